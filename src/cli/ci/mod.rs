//! `gatecheck ci`: the change that a job of GitHub Actions was started for.

mod event;

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, ViewArgs};
use super::check;
use super::output::Outcome;
use super::view;
use crate::base::Failure;
use crate::report::{Report, Verdict};
use crate::source::{self, History, Selection};
use event::Event;

/// What a shallow checkout needs.
const FETCH: &str = "set `fetch-depth: 0` under `with:` of the step that uses actions/checkout";

pub fn run(args: &CheckArgs, color: bool) -> Result<Outcome, Failure> {
    let judged = judged(args);
    tell(judged.as_ref().ok())?;
    Ok(check::shown(&judged?, args, color))
}

/// The report on the commit that was checked out, with all that the event of the job settles and
/// the arguments do not.
fn judged(args: &CheckArgs) -> Result<Report, Failure> {
    let mut args = args.view.clone();
    args.through.get_or_insert_with(|| "previous".to_owned());
    if !args.source.worktree && !args.source.staged && args.agreement.range.is_none() {
        args.source.rev.get_or_insert_with(|| "HEAD".to_owned());
    }
    let to = args.source.rev.clone().unwrap_or_else(|| "HEAD".to_owned());
    let opened = source::open(Path::new("."), Selection::Revision(to.clone()))?;
    let history = opened.source.history();
    let judged = settle(&mut args, history, to).and_then(|note| {
        let mut report = view::evaluate(&args)?;
        report.notes.splice(..0, note);
        Ok(report)
    });
    if !history.shallow() {
        return judged;
    }
    match judged {
        Ok(mut report) => {
            report.notes.push(format!("the checkout is shallow; {FETCH}"));
            Ok(report)
        }
        Err(failure) if failure.place.is_none() => {
            Err(Failure { help: FETCH.to_owned(), ..failure })
        }
        Err(failure) => Err(failure),
    }
}

/// Fills in what the event settles, and says what the change is compared with. A range says so
/// itself.
///
/// # Errors
/// Nothing is known of the event, or the checkout lacks what stood before.
fn settle(
    args: &mut ViewArgs,
    history: &dyn History,
    to: String,
) -> Result<Option<String>, Failure> {
    if args.agreement.range.is_some() {
        return Ok(None);
    }
    let before = event()?.before(history)?;
    let terms = before.change(to).terms(history, &args.through())?;
    let policy = &mut args.policy;
    if policy.policy_from.is_none() && args.source.config.is_none() {
        policy.policy_from = terms.policy_from;
    }
    policy.since = policy.since.take().or(terms.since);
    args.agreement.base = args.agreement.base.take().or(terms.base);
    Ok(Some(before.note(history)))
}

/// The event that started the job.
///
/// # Errors
/// The environment is not that of a job, or the file with the event cannot be read.
fn event() -> Result<Event, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let cannot = "cannot tell what started this job";
    let missing = |name: &str| {
        let help = "run it in a job of GitHub Actions; elsewhere, \
                    `gatecheck check --through previous --since REV --policy-from REV` does the same";
        Failure::new(cannot, format!("the environment holds no {name}"), help)
    };
    let name = variable("GITHUB_EVENT_NAME").ok_or_else(|| missing("GITHUB_EVENT_NAME"))?;
    let path = variable("GITHUB_EVENT_PATH").ok_or_else(|| missing("GITHUB_EVENT_PATH"))?;
    let broken = |why: String| {
        let help = "let the runner set GITHUB_EVENT_PATH to the file with the event";
        Failure::new(format!("{cannot}, from `{path}`"), why, help)
    };
    let bytes = std::fs::read(&path).map_err(|error| broken(error.to_string()))?;
    let about = serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    Ok(Event { name, about })
}

/// Gives the following steps of the job the verdict and the number of findings that count.
///
/// # Errors
/// The file that the runner names for it cannot be written.
fn tell(report: Option<&Report>) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_OUTPUT").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    let verdict = report.map_or(Verdict::None, |report| report.verdict).word();
    let findings = report.map(|report| report.findings.iter().filter(|one| one.counted()).count());
    let findings = findings.map_or_else(String::new, |findings| findings.to_string());
    let file = OpenOptions::new().append(true).create(true).open(&path);
    let text = format!("verdict={verdict}\nfindings={findings}\n");
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| {
        let what = format!("cannot write the outputs of the step to `{}`", path.display());
        Failure::new(what, error, "let the runner set GITHUB_OUTPUT, or unset it")
    })
}
