//! The command line: arguments in, one text and one exit status out.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod args;
mod baseline;
mod check;
mod ci;
mod contracts;
mod desk;
mod documents;
mod explain;
mod files;
mod forms;
mod graph;
mod hook;
mod init;
mod inspect;
mod ledger;
mod lint;
mod log;
mod memo;
mod new;
mod notes;
mod output;
mod push;
mod rewrite;
mod schema;
mod selftest;
mod shell;
mod view;
mod workflow;
mod write;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use crate::base::Failure;
use crate::render::{self, Format};
use crate::source;
use args::{Cli, Color, Command, FormArgs, GraphForm, LedgerForm, ReportFormat};
use files::Target;
use output::Outcome;

/// What the first panic said, for the sentence that ends the process.
static PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs the command that the arguments of the process name.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::read(&arguments) {
        Ok(cli) => cli,
        Err(error) => return misused(&error, &arguments),
    };
    let (targets, outcome) = match guarded(|| prepare(&cli)) {
        Ok(targets) => (targets, guarded(|| run(&cli))),
        Err(failure) => (Vec::new(), Err(failure)),
    };
    let outcome = match (&cli.command, outcome) {
        // A wrong folder stops no agent either.
        (Some(Command::Hook(_)), Err(failure)) => Ok(hook::excuse(&failure)),
        (_, outcome) => outcome,
    };
    output::deliver(outcome, &targets, answer(&cli), cli.color)
}

/// Runs a command; a panic is a failure like any other and never a trace on the screen.
fn guarded<T>(run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let before = panic::take_hook();
    panic::set_hook(Box::new(|panic| {
        let mut said = PANIC.lock().unwrap_or_else(PoisonError::into_inner);
        said.get_or_insert_with(|| panic.to_string());
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(broken()));
    panic::set_hook(before);
    outcome
}

/// Goes to the folder to start in, and looks up the files that are to be written from there.
fn prepare(cli: &Cli) -> Result<Vec<Target>, Failure> {
    if let Some(folder) = &cli.folder {
        std::env::set_current_dir(folder).map_err(|error| {
            let what = format!("cannot start in {}", folder.display());
            Failure::new(what, error, "give -C a folder that exists")
        })?;
    }
    Target::all(forms(cli).map_or(&[], |forms| &forms.output))
}

fn run(cli: &Cli) -> Result<Outcome, Failure> {
    // Whoever is judged by these has a hand in the repository.
    if let Some(Command::Ci(_) | Command::PrePush(_) | Command::PreReceive(_) | Command::Hook(_)) =
        cli.command
    {
        source::read_as_stored();
    }
    let color = output::stdout_colored(cli.color);
    match &cli.command {
        None => check::check(&cli.check, color),
        Some(Command::Check(args)) => check::check(args, color),
        Some(Command::Status(args)) => check::status(args, color),
        Some(Command::Contracts(args)) => contracts::run(args, color),
        Some(Command::Graph(args)) => graph::run(args, color),
        Some(Command::Ledger(args)) => ledger::run(args, color),
        Some(Command::Lint(args)) => lint::run(args, color),
        Some(Command::Log(args)) => log::run(args, color),
        Some(Command::Workflow(args)) => workflow::run(args, color),
        Some(Command::Ci(args)) => ci::run(args, color),
        Some(Command::PrePush(args)) => push::pre_push(args, color),
        Some(Command::PreReceive(args)) => push::pre_receive(args, color),
        Some(Command::Inspect(args)) => inspect::run(args, color),
        Some(Command::Explain(args)) => explain::explain(args, color),
        Some(Command::Rules(args)) => explain::rules(args, color),
        Some(Command::Selftest(args)) => selftest::run(args, color),
        Some(Command::Init(args)) => init::run(args),
        Some(Command::New(args)) => new::run(args, color),
        Some(Command::Schema(args)) => Ok(schema::run(args)),
        Some(Command::Completions(args)) => Ok(shell::completions(args)),
        Some(Command::Man(args)) => shell::man(args),
        Some(Command::Baseline(args)) => baseline::run(args),
        Some(Command::Hook(args)) => Ok(hook::run(args)),
    }
}

/// The forms of the report, of commands that make one.
fn forms(cli: &Cli) -> Option<&FormArgs> {
    match &cli.command {
        None => Some(&cli.check.forms),
        Some(Command::Check(args) | Command::Ci(args)) => Some(&args.forms),
        Some(Command::Lint(args)) => Some(&args.forms),
        Some(Command::Workflow(args)) => args.forms(),
        Some(_) => None,
    }
}

/// The form in which programs read the output; people read standard error where there is none.
fn answer(cli: &Cli) -> Option<Format> {
    let json = match &cli.command {
        None | Some(Command::Check(_) | Command::Ci(_) | Command::Lint(_)) => {
            return forms(cli).and_then(|forms| forms.format.answer());
        }
        Some(Command::Workflow(args)) => {
            return args.forms().and_then(|forms| forms.format.answer());
        }
        Some(Command::Status(args)) => args.shape.is_json(),
        Some(Command::Contracts(args)) => args.shape.is_json(),
        Some(Command::Graph(args)) => args.format == GraphForm::Json,
        Some(Command::Ledger(args)) => args.format == LedgerForm::Json,
        Some(Command::Inspect(args)) => args.shape.is_json(),
        Some(Command::Log(args)) => args.shape.is_json(),
        Some(Command::Explain(args)) => args.shape.is_json(),
        Some(Command::Rules(args)) => args.shape.is_json(),
        Some(Command::Selftest(args)) => args.shape.is_json(),
        Some(Command::PrePush(_) | Command::PreReceive(_)) => false,
        Some(Command::Init(_) | Command::New(_) | Command::Baseline(_) | Command::Hook(_)) => false,
        Some(Command::Schema(_) | Command::Completions(_) | Command::Man(_)) => false,
    };
    json.then_some(Format::Json)
}

/// Help and version are answers; everything else is a usage error, also for programs.
fn misused(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let text = error.render().to_string();
    if !error.use_stderr() {
        return output::deliver(Ok(Outcome::shown(text)), &[], None, Color::Never);
    }
    output::complain(&render::plain(&text));
    let first = text.lines().next().unwrap_or_default();
    let what = first.strip_prefix("error: ").unwrap_or(first);
    let failure = Failure::new(what, "", "gatecheck --help shows what can be written");
    let format = ReportFormat::asked_for(arguments).and_then(ReportFormat::answer);
    // Agents take status 2 of a hook for an order to work on, and no mistake of ours may give one.
    let is_hook = arguments.iter().skip(1).find(|one| Cli::is_command(one));
    if is_hook.is_some_and(|one| one == "hook") {
        return ExitCode::from(output::FAILS);
    }
    output::refuse(&failure, format)
}

/// The failure that a panic amounts to.
fn broken() -> Failure {
    let said = PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
    let why = said.unwrap_or_else(|| "no reason was given".to_owned());
    let help = "this is a defect of gatecheck; please report it with the file that it was reading";
    Failure::new("gatecheck broke down", why, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_with_a_sentence() {
        let failure = guarded::<Outcome>(|| panic!("out of luck")).err();
        let failure = failure.map(|failure| failure.to_string()).unwrap_or_default();
        assert!(failure.starts_with("gatecheck broke down: "), "{failure}");
        assert!(failure.contains("out of luck"), "{failure}");
    }
}
