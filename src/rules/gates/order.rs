//! What both rules about order in history say.

use std::collections::HashSet;

use super::{subject, wanted};
use crate::base::words::few;
use crate::finding::Finding;
use crate::ledger::Early;
use crate::project::{Duty, Project};

/// More deliverables than this are not named.
const NAMED: usize = 3;
/// More places than this are not shown.
const SHOWN: usize = 8;

/// The deliverables that a commit lacks.
pub fn lacks(project: &Project, early: &Early) -> String {
    let mut names: Vec<String> = duties(project, early).map(|duty| name(project, duty)).collect();
    // What all iterations share is lacking once.
    let mut known = HashSet::new();
    names.retain(|name| known.insert(name.clone()));
    few(&names.iter().map(String::as_str).collect::<Vec<_>>(), NAMED)
}

fn name(project: &Project, duty: &Duty) -> String {
    let wanted = wanted(project, duty);
    let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
    match deliverable.by_iteration && project.iterations.len() > 1 {
        true => format!("{wanted} for iteration {}", project.iterations[duty.iteration].id),
        false => wanted,
    }
}

/// A finding about one document, with what came later.
pub fn report(project: &Project, early: &Early, message: String, help: &str) -> Finding {
    let artifact = &project.artifacts[early.artifact];
    let finding = match artifact.facts() {
        Some(facts) => Finding::at(&artifact.path, facts.beginning(), message),
        None => Finding::about(&artifact.path, message),
    };
    let finding = finding
        .help(help)
        .subject(artifact.path.as_str())
        .members(duties(project, early).map(|duty| subject(project, duty)));
    let mut known = HashSet::new();
    let later = early.lacks.iter().filter(|one| known.insert(&one.path));
    let finding = later.take(SHOWN).fold(finding, |finding, lacking| {
        let came = match &lacking.by {
            Some(by) => format!("came later, in {}", by.short),
            None => "came later and is not committed yet".to_owned(),
        };
        let at = project.artifacts.binary_search_by(|one| one.path.cmp(&lacking.path)).ok();
        let span = at.and_then(|at| project.artifacts[at].facts()).map(|facts| facts.beginning());
        finding.related(&lacking.path, span, came)
    });
    early.gates.iter().fold(finding, |finding, &(at, phase)| finding.gate(at, phase))
}

fn duties<'p>(project: &'p Project, early: &'p Early) -> impl Iterator<Item = &'p Duty> {
    early.lacks.iter().map(|lacking| &project.duties[lacking.duty])
}
