//! What may be written on the command line, and what `--help` says about it.

// Doc comments here are help texts, in which brackets mean what is optional.
#![allow(rustdoc::broken_intra_doc_links)]

mod baseline;
mod begin;
mod documents;
mod form;
mod hook;
mod log;
mod push;
mod range;
mod told;
mod view;
mod workflow;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use super::forms::{Color, GraphForm, LedgerForm, ReportFormat, ViewFormat};
pub use baseline::BaselineArgs;
pub use begin::{CompletionsArgs, InitArgs, ManArgs, NewArgs, SchemaArgs, SchemaOf};
pub use documents::{InspectArgs, LintArgs};
pub use form::{FormArgs, Output};
pub use hook::{Agent, EventArgs, HookArgs, HookEvent};
pub use log::LogArgs;
pub use push::{PrePushArgs, PreReceiveArgs, PushArgs};
pub use range::Range;
pub use told::{ContractsArgs, GraphArgs, LedgerArgs, SelftestArgs};
pub use view::{AgreementArgs, ShapeArgs, SourceArgs, ViewArgs};
pub use workflow::{WorkflowArgs, WorkflowCheckArgs, WorkflowCommand};

/// Tells whether the documents of a delivery workflow hold what they promise, and whether git
/// agrees.
///
/// gatecheck reads. It writes only where that is what a command or --output is for, runs nothing
/// from the repository and needs no network. Without a command it is `gatecheck check`.
#[derive(Debug, Parser)]
#[command(name = "gatecheck", version)]
#[command(after_help = "\
Examples:
  gatecheck                              judge the working tree
  gatecheck --staged --through previous  judge what is about to be committed
  gatecheck status                       see what is done and what comes next

Exit status: 0 nothing judged is denied, 1 something is, 2 there is no verdict.")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Run as if started in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub folder: Option<PathBuf>,
    /// When to use colors: auto heeds NO_COLOR and CLICOLOR_FORCE, else asks for a terminal
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", global = true)]
    pub color: Color,
    #[command(flatten)]
    pub check: CheckArgs,
}

impl Cli {
    /// Reads the arguments of a process, its name among them.
    ///
    /// Options of `check` may stand alone, since it is the default; before another command they
    /// would be lost in silence, so that is an error.
    pub fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let matches = Self::command().try_get_matches_from(arguments)?;
        if let Some(name) = matches.subcommand_name() {
            let mut command = Self::command();
            command.build();
            let lost = command.get_arguments().filter(|argument| !argument.is_global_set());
            let mut lost = lost.filter(|argument| {
                let given = matches.value_source(argument.get_id().as_str());
                given == Some(ValueSource::CommandLine)
            });
            if let Some(argument) = lost.next() {
                let message = format!("{argument} must stand after {name}, not before it");
                return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
            }
        }
        Self::from_arg_matches(&matches)
    }

    /// Whether a word of the command line names a command.
    pub fn is_command(word: &OsStr) -> bool {
        let name = word.to_str().unwrap_or_default();
        Self::command().get_subcommands().any(|command| command.get_name() == name)
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge the gates of the workflow
    #[command(after_help = "\
Examples:
  gatecheck check
  gatecheck check --rev main --format json
  gatecheck check --through 2:1          gate 1 of iteration 2 and those before it
  gatecheck check --range main..HEAD     a pull request, by the policy that main has
  gatecheck check --since main           what is new since then
  gatecheck check --merge-with main      what a merge with main would hold
  gatecheck check --format github --output sarif=gatecheck.sarif --output junit=gatecheck.xml

Exit status: 0 nothing judged is denied, 1 something is, 2 there is no verdict.")]
    Check(CheckArgs),
    /// Show the board: phases, deliverables, features, and what to do next
    #[command(after_help = "\
Examples:
  gatecheck status
  gatecheck -C service status --format json

Exit status: 0, or 2 where there is nothing to show.")]
    Status(StatusArgs),
    /// Show what every feature promises: endpoints and events with request, response, errors
    #[command(after_help = "\
Examples:
  gatecheck contracts
  gatecheck contracts --feature accounts --format json
  gatecheck contracts --code             what the code declares, as it was read

Exit status: 0, or 2 where there is nothing to show.")]
    Contracts(ContractsArgs),
    /// Show what was agreed and what became of it: each change, who reported it, how it was resolved
    #[command(after_help = "\
Examples:
  gatecheck ledger
  gatecheck ledger --open                only what waits for somebody
  gatecheck ledger --range main..HEAD --format markdown

Exit status: 0, or 2 where there is nothing to show.")]
    Ledger(LedgerArgs),
    /// Tell when each gate first held, broke and held again, commit by commit, and what did it
    #[command(after_help = log::EXAMPLES)]
    Log(LogArgs),
    /// Begin a project: configuration, hook, gate on GitHub, and the first documents
    #[command(after_help = "\
Examples:
  gatecheck init
  gatecheck init --dry-run               list what would be written
  gatecheck init --workflow multi-persona
  gatecheck init --workflow .config/flow.toml
  gatecheck -C service init --no-ci

Exit status: 0, or 2 where something cannot be written.")]
    Init(InitArgs),
    /// Begin the document of a deliverable, with slots to fill in
    #[command(after_help = "\
Examples:
  gatecheck new                          list what comes next
  gatecheck new architecture
  gatecheck new interface accounts

Exit status: 0, or 2 where nothing was written.")]
    New(NewArgs),
    /// Print the JSON Schema of gatecheck.toml or of workflow files, for editors
    #[command(after_help = "\
Examples:
  gatecheck schema config
  gatecheck schema workflow

Editors use it once it is saved and the first line of the file is `#:schema` with its path.")]
    Schema(SchemaArgs),
    /// Print what makes a shell complete commands and options
    #[command(after_help = "\
Examples:
  gatecheck completions bash             save it in ~/.local/share/bash-completion/completions
  gatecheck completions fish             save it in ~/.config/fish/completions
  gatecheck completions zsh              save it as _gatecheck in a folder of fpath")]
    Completions(CompletionsArgs),
    /// Print the manual page of the program or of a command
    #[command(after_help = "\
Examples:
  gatecheck man
  gatecheck man check                    the page gatecheck-check.1")]
    Man(ManArgs),
    /// Judge Markdown files on their own, without a workflow
    #[command(after_help = "\
Examples:
  gatecheck lint docs README.md
  gatecheck lint docs --output gitlab=gl-code-quality-report.json
  git show HEAD:docs/plan.md | gatecheck lint -

Exit status: 0 nothing is denied, 1 something is, 2 there is no verdict.")]
    Lint(LintArgs),
    /// Look for mistakes in workflow files, and show the built-in ones
    #[command(after_help = workflow::EXAMPLES)]
    Workflow(WorkflowArgs),
    /// Judge the change that started a job of GitHub Actions
    #[command(after_help = "\
Examples:
  gatecheck ci --format github
  gatecheck ci --through 2.5 --format github

It takes the options of `check` and settles what is not given: the commit that was checked
out is judged through \"previous\", by the policy of what stood before the pull request, the merge
group or the push, whose findings are forgiven. Whoever asks for another phase wants that gate
whole: nothing is forgiven then. It reads GITHUB_EVENT_NAME and the file of GITHUB_EVENT_PATH, and
appends `verdict` and `findings` to the file of GITHUB_OUTPUT, where that is set.

Exit status: 0 nothing judged is denied, 1 something is, 2 there is no verdict.")]
    Ci(CheckArgs),
    /// Before a push leaves: judge what it brings to each branch. git runs this as a hook
    #[command(after_help = "\
Examples, the first as .git/hooks/pre-push:
  gatecheck pre-push \"$@\"
  gatecheck pre-push --ref main --ref 'release/*'

Each branch is judged by the policy of what the remote has of it, and what the remote has already
is forgiven. A new branch is compared with the default branch of the remote. A deletion leaves
nothing to judge. pre-commit and prek tell what is pushed in their own way, which is understood.

Exit status: 0 the push may leave, 1 it breaks a gate, 2 there is no verdict.")]
    PrePush(PrePushArgs),
    /// Before a push is taken: judge what it brings to the governed branches of a server. git runs
    /// this as a hook
    #[command(after_help = "\
Examples, the first as hooks/pre-receive of a bare repository:
  gatecheck pre-receive
  gatecheck pre-receive --ref main --ref 'release/*' --ref 'refs/tags/v*'

Each branch is judged by the policy of what stands on the server, and what stands there already is
forgiven. A new branch is compared with the default branch. Where nothing stands yet, the push is
judged by its own policy. Deleting the default branch is refused, since it governs new ones; other
deletions leave nothing to judge. A force push is judged as any other.

Without a verdict the push is refused too. Whoever runs the server and wants it otherwise writes
`|| [ $? = 2 ]` after the command.

Exit status: 0 the push is taken, 1 it breaks a gate, 2 there is no verdict.")]
    PreReceive(PreReceiveArgs),
    /// Draw who waits for whom: parallel batches, critical path, cycles
    #[command(after_help = "\
Examples:
  gatecheck graph
  gatecheck graph --format svg --iteration 2
  gatecheck graph --format mermaid --feature accounts

Exit status: 0, or 2 where there is nothing to show.")]
    Graph(GraphArgs),
    /// Show what is understood from documents
    #[command(after_help = "\
Examples:
  gatecheck inspect .work/integration/INTEGRATION-REPORT.md
  gatecheck inspect --as evidence --format json notes.md

Exit status: 0, or 2 where a file cannot be read.")]
    Inspect(InspectArgs),
    /// Explain a rule: what it does, why it matters, how to fix what it finds
    #[command(after_help = "\
Examples:
  gatecheck explain missing-deliverable
  gatecheck explain                      list the rules

Exit status: 0, or 2 where no rule has this name.")]
    Explain(ExplainArgs),
    /// List the rules
    #[command(after_help = "\
Examples:
  gatecheck rules
  gatecheck rules --format json")]
    Rules(RulesArgs),
    /// Plant a violation of each rule, in memory, and see whether it is found under the
    /// configuration and the workflows that stand here
    #[command(after_help = told::SELFTEST)]
    Selftest(SelftestArgs),
    /// Mark the findings of today as known, so that only new ones count
    ///
    /// The working tree is judged as check does it. Where there is no baseline one is written,
    /// beside the configuration or where the key "baseline" says; one that exists is changed only
    /// with --add or --prune.
    #[command(after_help = baseline::EXAMPLES)]
    Baseline(BaselineArgs),
    /// Answer the events of coding agents: when one wants to stop, and after an edit
    #[command(after_help = hook::EXAMPLES)]
    Hook(HookArgs),
}

#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub view: ViewArgs,
    #[command(flatten)]
    pub forms: FormArgs,
    /// List the findings that do not count too, those of later gates, those waived and those known,
    /// and name the subject of each as a waiver has it
    #[arg(short, long)]
    pub verbose: bool,
    /// Put waived findings into SARIF too, as suppressed results. GitHub heeds no suppressions and
    /// would open alerts for them
    #[arg(long)]
    pub include_waived: bool,
    /// Judge anew, even where the same state was judged before and its report is still known
    #[arg(long)]
    pub no_cache: bool,
}

#[derive(Clone, Debug, Args)]
pub struct StatusArgs {
    #[command(flatten)]
    pub view: ViewArgs,
    #[command(flatten)]
    pub shape: ShapeArgs,
}

#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// The name of the rule; without it the rules are listed
    pub rule: Option<String>,
    #[command(flatten)]
    pub shape: ShapeArgs,
}

#[derive(Clone, Debug, Args)]
pub struct RulesArgs {
    #[command(flatten)]
    pub shape: ShapeArgs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Selection;

    #[test]
    fn the_definition_is_sound_and_every_command_has_an_example() {
        let command = Cli::command();
        command.clone().debug_assert();
        for command in std::iter::once(&command).chain(command.get_subcommands()) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("\n  gatecheck {}", own(command))), "{help}");
        }
        fn own(command: &clap::Command) -> &str {
            if command.get_name() == "gatecheck" { "status" } else { command.get_name() }
        }
    }

    #[test]
    fn every_example_of_the_help_can_be_parsed() {
        let command = Cli::command();
        let all = std::iter::once(&command).chain(command.get_subcommands());
        let helps: Vec<String> =
            all.filter_map(|one| one.get_after_help().map(ToString::to_string)).collect();
        let lines = helps.iter().flat_map(|help| help.lines());
        let examples: Vec<&str> = lines
            .filter_map(|line| line.find("gatecheck").map(|at| &line[at..]))
            .map(|line| line.split("  ").next().unwrap_or(line))
            .collect();
        assert!(examples.len() > 10, "{examples:?}");
        for example in examples {
            let parsed = Cli::try_parse_from(example.split_whitespace());
            assert!(parsed.is_ok(), "{example}: {:?}", parsed.err());
        }
    }

    #[test]
    fn options_of_check_are_not_lost_before_a_command() {
        let read = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            Cli::read(&words)
        };
        assert!(read("gatecheck --staged check").is_err());
        assert!(read("gatecheck --format json rules").is_err());
        assert!(read("gatecheck -C x --color never rules").is_ok());
        assert!(read("gatecheck rules -C x --format json").is_ok());
        assert!(read("gatecheck --staged --format json").is_ok());
    }

    #[test]
    fn only_one_view_can_be_chosen() {
        assert!(Cli::try_parse_from(["gatecheck", "--staged", "--rev", "HEAD"]).is_err());
        let cli = Cli::try_parse_from(["gatecheck", "check", "--rev", "HEAD"]).ok();
        let chosen = cli.and_then(|cli| cli.command).map(|command| match command {
            Command::Check(args) => args.view.source.selection(),
            _ => Selection::WorkingTree,
        });
        assert_eq!(chosen, Some(Selection::Revision("HEAD".into())));
    }
}
