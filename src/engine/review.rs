//! Judging workflow files on their own.

use std::collections::BTreeMap;

use super::load::rule_ids;
use super::{fingerprint, places};
use crate::base::{Failure, LineIndex, RepoPath};
use crate::report::{Place, RelatedPlace, ReportFinding, RuleNote, Standing};
use crate::rules;
use crate::workflow::review::{Check, UNUSABLE, checks, review as remarks};
use crate::workflow::{self, PolicyFile, Workflow};

/// Everything that is wrong with a workflow file and those it extends.
///
/// # Errors
/// A file that it extends cannot be read.
pub fn review(
    file: PolicyFile,
    load: &mut dyn FnMut(&RepoPath) -> Result<PolicyFile, Failure>,
) -> Result<Vec<ReportFinding>, Failure> {
    let workflow = match workflow::parse(file, &rule_ids(), load) {
        Ok(workflow) => workflow,
        Err(failure) => return unusable(failure).map(|finding| vec![finding]),
    };
    let needs = |id: &str| rules::find(id).map_or(&[][..], |rule| rule.needs());
    let lines: Vec<LineIndex<'_>> =
        workflow.files.iter().map(|file| LineIndex::new(&file.text)).collect();
    let place = |at: workflow::Place| -> Option<Place> {
        let text = &workflow.file(at).text;
        Some(places::place(&lines[at.file], text, at.span))
    };
    let found = remarks(&workflow, &needs).into_iter().map(|remark| {
        let related = remark.related.into_iter().map(|(at, message)| RelatedPlace {
            path: path(&workflow, at),
            place: place(at),
            message,
        });
        ReportFinding {
            message: remark.message,
            help: remark.help,
            place: place(remark.place),
            related: related.collect(),
            ..finding(remark.check, path(&workflow, remark.place), remark.subject)
        }
    });
    Ok(found.collect())
}

/// What reports say of the checks of workflow files.
pub fn notes(ids: impl Iterator<Item = &'static str>) -> BTreeMap<&'static str, RuleNote> {
    let note = |check: &'static Check| RuleNote {
        summary: check.summary,
        promises: &[],
        level: check.level,
        page: "",
    };
    let known = |id| checks().find(|check| check.id == id);
    ids.filter_map(|id| Some((id, note(known(id)?)))).collect()
}

fn path(workflow: &Workflow, at: workflow::Place) -> RepoPath {
    workflow.path_of(at).clone()
}

/// The failure of a file as a finding, where it says the place.
fn unusable(failure: Failure) -> Result<ReportFinding, Failure> {
    let Some(at) = &failure.place else { return Err(failure) };
    let place = places::place(&LineIndex::new(&at.text), &at.text, at.span);
    let why = if failure.why.is_empty() { &failure.what } else { &failure.why };
    Ok(ReportFinding {
        message: why.clone(),
        help: failure.help.clone(),
        place: Some(place),
        ..finding(&UNUSABLE, at.path.clone(), why.clone())
    })
}

fn finding(check: &'static Check, path: RepoPath, subject: String) -> ReportFinding {
    ReportFinding {
        rule: check.id,
        level: check.level,
        fingerprint: fingerprint(check.id, path.as_str(), &subject, ""),
        message: String::new(),
        help: String::new(),
        subject,
        members: Vec::new(),
        path,
        place: None,
        workflow: String::new(),
        phase: None,
        iteration: None,
        also: Vec::new(),
        standing: Standing::Counted,
        related: Vec::new(),
        promises: Vec::new(),
    }
}
