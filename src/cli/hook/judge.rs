//! What an agent is told about the working tree.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::memory::Charge;
use crate::base::{Failure, Level, RepoPath};
use crate::cli::view;
use crate::engine::{self, Request, Through};
use crate::report::{Report, ReportFinding};
use crate::rules::{self, Check};
use crate::source::{self, Opened, Selection, Source};

/// Rules whose findings no draft explains: something that is said is not so, or was made easier
/// for itself. What is missing or open in the phase at hand sends nobody back, or an agent would
/// invent what people have not decided yet.
const UNTRUE: &[&str] = &[
    "conflict-marker",
    "contract-update-without-deviation",
    "deviations-contradictory",
    "expired-waiver",
    "failed-check",
    "ignored-deliverable",
    "named-commit-unknown",
    "named-file-empty",
    "named-file-missing",
    "phase-out-of-order",
    "self-signed",
    "stale-citation",
    "stale-sign-off",
    "unknown-citation",
    "unknown-resolution",
    "unreadable-waiver",
    "unreported-change",
    "waiver-without-reason",
    "wildcard-waiver",
    "withdrawn-phase",
];

/// The rule that speaks of documents which are not there.
const MISSING: &str = "missing-deliverable";

/// What stands against an agent that wants to stop.
pub struct Verdict {
    /// The top of the working tree.
    pub top: PathBuf,
    pub grounds: Grounds,
    /// One for each finding of the report, or the one for the failure.
    pub charges: Vec<Charge>,
}

/// Why an agent is sent back.
pub enum Grounds {
    /// A report of what sends it back and nothing else.
    Findings(Report),
    /// The working tree cannot be judged any more, though HEAD can.
    Broken(Failure),
}

impl Verdict {
    /// Leaves out what is not charged with one of these keys.
    pub fn keep(&mut self, keys: &[String]) {
        let charged = self.charges.iter().map(|one| keys.contains(&one.key)).collect::<Vec<_>>();
        let mut charged = charged.into_iter();
        if let Grounds::Findings(report) = &mut self.grounds {
            report.findings.retain(|_| charged.next().unwrap_or(true));
        }
    }
}

/// Judges the working tree for an agent that wants to stop. Nothing where there is no workflow.
/// Whoever makes the working tree unfit to be judged is charged with that.
///
/// # Errors
/// There is no verdict, and none on HEAD either.
pub fn stop() -> Result<Option<Verdict>, Failure> {
    working_tree().or_else(|failure| match top_of_sound_head() {
        Some(top) => {
            let charges = vec![Charge { key: failure.to_string(), old: false }];
            Ok(Some(Verdict { top, grounds: Grounds::Broken(failure), charges }))
        }
        None => Err(failure),
    })
}

/// The top of the working tree where HEAD holds a workflow and can be judged.
fn top_of_sound_head() -> Option<PathBuf> {
    let head = source::open_head(Path::new(".")).ok()??;
    let request = view::asked(None, head.prefix).ok()?;
    engine::check(&*head.source, &request).ok()?;
    head.top
}

fn working_tree() -> Result<Option<Verdict>, Failure> {
    let Some(Asked { opened, head, request }) = asked()? else { return Ok(None) };
    let source = &*opened.source;
    // Whoever could waive what it is sent back for would.
    let request = Request { policy_from: request.since.clone(), ..request };
    let mut report = engine::check(source, &request)?;
    let due = Request { since: None, through: Through::Previous, ..request };
    let due = engine::check(source, &due)?;
    let new: HashSet<String> = report.denied().map(key).collect();
    let mut findings: Vec<ReportFinding> = due.denied().cloned().collect();
    let known: HashSet<String> = findings.iter().map(key).collect();
    for finding in report.denied().filter(|finding| !known.contains(&key(finding))) {
        if UNTRUE.contains(&finding.rule) || is_deleted(finding, head.as_deref())? {
            findings.push(finding.clone());
        }
    }
    let charge = |finding: &ReportFinding| {
        let key = key(finding);
        Charge { old: !new.contains(&key), key }
    };
    let charges = findings.iter().map(charge).collect();
    report.findings = findings;
    let grounds = Grounds::Findings(report);
    Ok(Some(Verdict { top: opened.top.unwrap_or_default(), grounds, charges }))
}

/// Judges what stands in files that were edited. Nothing where there is no workflow, or none of
/// them could be part of it.
///
/// # Errors
/// There is no verdict.
pub fn edit(folder: Option<&Path>, edited: &[PathBuf]) -> Result<Option<Report>, Failure> {
    if !edited.iter().any(|path| may_be_judged(path)) {
        return Ok(None);
    }
    let Some(Asked { opened, request, .. }) = asked()? else { return Ok(None) };
    let top = opened.top.unwrap_or_default();
    let edited: Vec<RepoPath> =
        edited.iter().filter_map(|path| below(&top, folder, path)).collect();
    if edited.is_empty() {
        return Ok(None);
    }
    let mut report = engine::check(&*opened.source, &request)?;
    // A file that was just written is not tracked by git yet: nobody needs to hear that.
    let of_text = |finding: &ReportFinding| {
        !rules::find(finding.rule).is_some_and(|rule| matches!(rule.check, Check::WorkingTree(_)))
    };
    report.findings.retain(|finding| {
        let grave = finding.counted() && finding.level >= Level::Warn;
        grave && of_text(finding) && edited.contains(&finding.path)
    });
    Ok(Some(report))
}

/// What is judged, and how.
struct Asked {
    opened: Opened,
    head: Option<Box<dyn Source>>,
    request: Request,
}

/// The working tree, compared with HEAD where there is one. Nothing where neither of them holds a
/// workflow.
fn asked() -> Result<Option<Asked>, Failure> {
    let here = Path::new(".");
    let opened = source::open(here, Selection::WorkingTree)?;
    let request = view::asked(None, opened.prefix.clone())?;
    if !view::is_present(&*opened.source, &request)? {
        return Ok(None);
    }
    let head = source::open_head(here)?.map(|head| head.source);
    let since = head.is_some().then(|| "HEAD".to_owned());
    Ok(Some(Asked { opened, head, request: Request { since, ..request } }))
}

/// What tells a finding from others: the same text may be wrong in two documents, and one that
/// speaks of several things may come to speak of more.
fn key(finding: &ReportFinding) -> String {
    let members = finding.members.join(" ");
    format!("{} {} {members}", finding.fingerprint, finding.path).trim_end().to_owned()
}

/// Whether a document is missing that HEAD has, alone or among others that are told with it.
fn is_deleted(finding: &ReportFinding, head: Option<&dyn Source>) -> Result<bool, Failure> {
    let Some(head) = head.filter(|_| finding.rule == MISSING) else { return Ok(false) };
    let others = finding.related.iter().filter(|related| related.place.is_none());
    for path in others.map(|related| &related.path).chain([&finding.path]) {
        if head.look(path)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether findings can stand in a file: in documents, descriptions of APIs, and policy.
fn may_be_judged(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let known = ["md", "markdown", "mdown", "mkd", "yaml", "yml", "json", "toml"];
    known.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// A path of the disk as one of the repository; nothing for what lies outside.
fn below(top: &Path, folder: Option<&Path>, written: &Path) -> Option<RepoPath> {
    let path = folder.unwrap_or(Path::new(".")).join(written);
    // The folder may be spelled through links, the file itself is taken as it is.
    let path = path.parent()?.canonicalize().ok()?.join(path.file_name()?);
    let below = path.strip_prefix(top.canonicalize().ok()?).ok()?;
    let parts: Option<Vec<&str>> =
        below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(RepoPath::new(parts?.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_is_named_exists() {
        for id in UNTRUE.iter().chain([&MISSING]) {
            assert!(rules::find(id).is_some(), "{id}");
        }
    }
}
