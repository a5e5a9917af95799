//! From the arguments to a report: what is opened, and what the engine is asked for.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{AgreementArgs, Range, SourceArgs, ViewArgs};
use super::documents::Named;
use crate::base::{Failure, RepoPath};
use crate::code::Code;
use crate::engine::{self, Request, Through};
use crate::ledger::Ledger;
use crate::project::Project;
use crate::report::selftest::SelfTest;
use crate::report::{Report, Verdict};
use crate::source::{self, CommitId, History, Selection, Source};
use crate::workflow::PolicyFile;

/// The report on what the arguments ask for.
///
/// # Errors
/// There is no verdict.
pub fn evaluate(args: &ViewArgs) -> Result<Report, Failure> {
    let (source, request) = opened(args)?;
    judged(args, &*source, &request)
}

/// The view that the arguments name, and what they ask the engine for.
///
/// # Errors
/// A revision or the given configuration cannot be read.
pub fn opened(args: &ViewArgs) -> Result<(Box<dyn Source>, Request), Failure> {
    let (source, mut request) = open(&args.source, &args.agreement)?;
    request.through = args.through();
    request.policy_from = args.policy.policy_from.clone().or(request.policy_from);
    request.since.clone_from(&args.policy.since);
    request.frozen_baseline = args.policy.frozen_baseline;
    request.today = args.now.unwrap_or(request.today);
    Ok((source, request))
}

/// The report on a view that was opened by the same arguments.
///
/// # Errors
/// There is no verdict.
pub fn judged(args: &ViewArgs, source: &dyn Source, request: &Request) -> Result<Report, Failure> {
    if args.if_present && !is_present(source, request)? {
        engine::check_names(request)?;
        return Ok(Report {
            source: source.label(),
            verdict: Verdict::NotDue,
            ..Report::default()
        });
    }
    engine::check(source, request)
}

/// A change that goes where something may stand already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The commit that it leads to.
    pub to: String,
    /// What stands where it goes: the first of these that there is.
    pub from: Vec<String>,
    /// The first of them is what the branch itself held, which the change takes the place of.
    pub replaces: bool,
}

/// What a change is judged by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The commit whose policy governs; nothing where nothing stands yet.
    pub policy_from: Option<String>,
    /// The commit whose findings are forgiven: where the change parted from what stands, so that
    /// it answers for nothing that others did.
    pub since: Option<String>,
    /// The commit that holds what was agreed, where the history that would tell was rewritten.
    pub base: Option<String>,
}

impl Change {
    /// What the change is judged by, as far as it is. Who asks for a certain gate wants it whole,
    /// and nothing is forgiven.
    ///
    /// # Errors
    /// The commit it leads to is unknown, or a shallow history hides where the two parted.
    pub fn terms(&self, history: &dyn History, through: &Through) -> Result<Terms, Failure> {
        let to = engine::revision(history, &self.to, "cannot judge")?;
        for (at, name) in self.from.iter().enumerate() {
            let Some(from) = history.resolve(name)? else { continue };
            let parted = || parting(history, (name, &from), (&self.to, &to));
            // A history that was written anew says of what was agreed whatever its writer likes.
            let is_rewritten = self.replaces
                && at == 0
                && parted()?.is_none_or(|parted| parted != from && parted != to);
            let base = is_rewritten.then(|| from.0.clone());
            let since = match through {
                Through::Previous => parted()?.map(|commit| commit.0),
                Through::Begun | Through::Phase { .. } => None,
            };
            return Ok(Terms { policy_from: Some(from.0), since, base });
        }
        Ok(Terms::default())
    }
}

/// The report on a change, judged by the policy of what stands where it goes. Nothing where
/// neither holds a workflow. The terms are those that it was judged by.
///
/// # Errors
/// There is no verdict.
pub fn change(change: &Change, through: &Through) -> Result<Option<(Report, Terms)>, Failure> {
    let opened = source::open(Path::new("."), Selection::Revision(change.to.clone()))?;
    let source = &*opened.source;
    let terms = change.terms(source.history(), through)?;
    let request = Request {
        start: opened.prefix,
        through: through.clone(),
        policy_from: terms.policy_from.clone(),
        since: terms.since.clone(),
        base: terms.base.clone(),
        ..Request::new(today())
    };
    match engine::is_present(source, &request)? {
        true => Ok(Some((engine::check(source, &request)?, terms))),
        false => Ok(None),
    }
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
        Some(range) => args.commit(&range.to),
        None => args.selection(),
    };
    let opened = source::open(Path::new("."), selection)?;
    let mut request = asked_of(args, opened.prefix)?;
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
    match parting(history, (from, &end(from)?), (to, &end(to)?))? {
        Some(commit) => Ok(commit.0),
        None => {
            let help = "name two commits of one history, or write `..` instead of `...`";
            let what = format!("cannot find where `{to}` parted from `{from}`");
            Err(Failure::new(what, "they have no commit in common", help))
        }
    }
}

/// The commit in which two others parted, each with its name. Nothing where they have none in
/// common.
///
/// # Errors
/// A shallow history hides it, or it cannot be read.
fn parting(
    history: &dyn History,
    (from, one): (&str, &CommitId),
    (to, other): (&str, &CommitId),
) -> Result<Option<CommitId>, Failure> {
    let found = history.fork(one, other)?;
    if found.is_none() && history.shallow() {
        let what = format!("cannot find where `{to}` parted from `{from}`");
        let help = "fetch the whole history with `git fetch --unshallow`";
        return Err(Failure::new(what, "the clone is shallow", help));
    }
    Ok(found)
}

/// The name of the state that the arguments ask for, and the projects in it. Nothing is judged.
///
/// # Errors
/// They cannot be read, or there are none.
pub fn projects(args: &SourceArgs) -> Result<(String, Vec<Project>), Failure> {
    let opened = source::open(Path::new("."), args.selection())?;
    let request = asked_of(args, opened.prefix)?;
    Ok((opened.source.label(), engine::projects(opened.source.as_ref(), &request)?))
}

/// What the code declares, with the name of the view.
///
/// # Errors
/// The view or the configuration cannot be read.
pub fn code(args: &SourceArgs) -> Result<(String, Code), Failure> {
    let opened = source::open(Path::new("."), args.selection())?;
    let request = asked_of(args, opened.prefix)?;
    Ok((opened.source.label(), engine::code(opened.source.as_ref(), &request)?))
}

/// What comes of planting a violation of each rule under the configuration of a state.
///
/// # Errors
/// The state or its configuration cannot be read, or there is no project.
pub fn selftest(args: &SourceArgs) -> Result<SelfTest, Failure> {
    let opened = source::open(Path::new("."), args.selection())?;
    let request = asked_of(args, opened.prefix)?;
    engine::selftest(opened.source.as_ref(), &request)
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
fn asked_of(args: &SourceArgs, start: RepoPath) -> Result<Request, Failure> {
    Ok(Request { workflow: args.workflow.clone(), ..asked(args.config.as_deref(), start)? })
}

/// What the engine is asked for from a folder, by a configuration given by hand or the one found.
///
/// # Errors
/// The given configuration cannot be read.
pub fn asked(config: Option<&Path>, start: RepoPath) -> Result<Request, Failure> {
    let config = config.map(policy).transpose()?;
    Ok(Request { start, config, ..Request::new(today()) })
}

/// Whether the judged state or HEAD holds a workflow: deleting it is no way around it.
pub fn is_present(source: &dyn Source, request: &Request) -> Result<bool, Failure> {
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

/// The current day, by which waivers are judged.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
