//! From the arguments to a report: what is opened, and what the engine is asked for.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{AgreementArgs, Range, SourceArgs, ViewArgs};
use super::documents::Named;
use crate::base::{Failure, RepoPath};
use crate::engine::{self, Request};
use crate::ledger::Ledger;
use crate::project::Project;
use crate::report::{Report, Verdict};
use crate::source::{self, History, Selection, Source};
use crate::workflow::PolicyFile;

/// The report on what the arguments ask for.
///
/// # Errors
/// There is no verdict.
pub fn evaluate(args: &ViewArgs) -> Result<Report, Failure> {
    let (source, mut request) = open(&args.source, &args.agreement)?;
    request.through = args.through();
    request.policy_from = args.policy.policy_from.clone().or(request.policy_from);
    request.since.clone_from(&args.policy.since);
    request.today = args.now.unwrap_or(request.today);
    if args.if_present && !is_present(&*source, &request)? {
        engine::check_names(&request)?;
        return Ok(Report {
            source: source.label(),
            verdict: Verdict::NotDue,
            ..Report::default()
        });
    }
    engine::check(&*source, &request)
}

/// Opens the view that the arguments name, with what it asks the engine for: of a range, its end,
/// by the agreement and the policy of its beginning.
///
/// # Errors
/// A revision or the given configuration cannot be read.
fn open(
    args: &SourceArgs,
    agreement: &AgreementArgs,
) -> Result<(Box<dyn Source>, Request), Failure> {
    let selection = match &agreement.range {
        Some(range) => Selection::Revision(range.to.clone()),
        None => args.selection(),
    };
    let opened = source::open(Path::new("."), selection)?;
    let mut request = asked(args, opened.prefix)?;
    request.base.clone_from(&agreement.base);
    if let Some(range) = &agreement.range {
        let from = beginning(opened.source.history(), range)?;
        request.base = Some(from.clone());
        request.policy_from = Some(from);
    }
    Ok((opened.source, request))
}

/// The revision that a range begins with.
///
/// # Errors
/// It names no commit, or the two ends have no commit in common.
fn beginning(history: &dyn History, range: &Range) -> Result<String, Failure> {
    let Range { from, to, parted } = range;
    if !parted {
        return Ok(from.clone());
    }
    let end = |name: &str| engine::revision(history, name, "cannot look up");
    match history.fork(&end(from)?, &end(to)?)? {
        Some(commit) => Ok(commit.0),
        None => {
            let help = match history.shallow() {
                true => "fetch the whole history with `git fetch --unshallow`",
                false => "name two commits of one history, or write `..` instead of `...`",
            };
            let what = format!("cannot find where `{to}` parted from `{from}`");
            Err(Failure::new(what, "they have no commit in common", help))
        }
    }
}

/// The name of the state that the arguments ask for, and the projects in it. Nothing is judged.
///
/// # Errors
/// They cannot be read, or there are none.
pub fn projects(args: &SourceArgs) -> Result<(String, Vec<Project>), Failure> {
    let opened = source::open(Path::new("."), args.selection())?;
    let request = asked(args, opened.prefix)?;
    Ok((opened.source.label(), engine::projects(opened.source.as_ref(), &request)?))
}

/// As [`projects`], each with its ledger.
///
/// # Errors
/// As [`projects`], or nothing is called like a revision that the arguments name.
pub fn ledgers(
    args: &SourceArgs,
    agreement: &AgreementArgs,
) -> Result<(String, Vec<(Project, Ledger)>), Failure> {
    let (source, request) = open(args, agreement)?;
    Ok((source.label(), engine::ledgers(&*source, &request)?))
}

/// What a view asks the engine for.
fn asked(args: &SourceArgs, start: RepoPath) -> Result<Request, Failure> {
    let config = args.config.as_deref().map(policy).transpose()?;
    Ok(Request { start, config, workflow: args.workflow.clone(), ..Request::new(today()) })
}

/// Whether the judged state or HEAD holds a workflow: deleting it is no way around it.
fn is_present(source: &dyn Source, request: &Request) -> Result<bool, Failure> {
    if engine::is_present(source, request)? {
        return Ok(true);
    }
    match source::open_head(Path::new("."))? {
        Some(head) => engine::is_present(head.source.as_ref(), request),
        None => Ok(false),
    }
}

/// The configuration given by hand, which need not stand in the repository.
fn policy(path: &Path) -> Result<PolicyFile, Failure> {
    let bytes = Named::File(path.to_owned()).read()?;
    PolicyFile::read(&RepoPath::new(path.to_string_lossy()), bytes)
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
