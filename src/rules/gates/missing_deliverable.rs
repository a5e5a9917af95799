use std::collections::HashMap;

use super::{phase_out_of_order, subject, wanted};
use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::project::{Duty, DutyState, Project, Subject, Witness, stages};
use crate::rules::{Check, Rule};
use crate::source::Node;

pub static RULE: Rule = Rule {
    id: "missing-deliverable",
    summary: "a document that a phase owes is not there",
    promises: &["S2.1", "S2.3", "S2.9", "S2.15", "S2.16", "S2.17", "S2.18"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-deliverable.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    // A shared document that several iterations miss is missing once.
    let mut shared: HashMap<(usize, usize, &RepoPath), usize> = HashMap::new();
    for duty in &project.duties {
        let DutyState::Missing { near } = &duty.state else { continue };
        if has_its_own_finding(project, duty) {
            continue;
        }
        let known = match duty.subject {
            Subject::Feature(_) => None,
            _ => Some((duty.phase, duty.deliverable, &duty.expected)),
        };
        match known.and_then(|known| shared.get(&known)) {
            Some(&at) => out[at].gates.push((duty.iteration, duty.phase)),
            None => {
                shared.extend(known.map(|known| (known, out.len())));
                out.push(missing(project, duty, near));
            }
        }
    }
}

fn missing(project: &Project, duty: &Duty, near: &[usize]) -> Finding {
    let phase = &project.workflow.phases[duty.phase];
    let deliverable = &phase.deliverables[duty.deliverable];
    let near: Vec<&str> = near.iter().map(|&id| project.artifacts[id].path.as_str()).collect();
    let help = match &near[..] {
        [] => format!("write {}", duty.expected),
        [one] => format!("write {}, or move {one} there if that is it", duty.expected),
        _ => format!("write {}, or move one of those below there if that is it", duty.expected),
    };
    let help = unfollowed(project, &duty.expected).unwrap_or(help);
    let message = format!("missing {}, which phase {} owes", wanted(project, duty), phase.id);
    let file = project.workflow.file(deliverable.place);
    let finding = Finding::about(&duty.expected, message)
        .help(help)
        .subject(subject(project, duty))
        .gate(duty.iteration, duty.phase)
        .promise(&deliverable.promise)
        .related(&file.path, Some(deliverable.place.span), "demanded here");
    near.iter().fold(finding, |finding, path| {
        finding.related(&RepoPath::new(*path), None, "has nearly the right name")
    })
}

/// What to do where something stands at the path, or at a folder above it, that is not followed.
fn unfollowed(project: &Project, expected: &RepoPath) -> Option<String> {
    let mut above = project.unfollowed.iter();
    let (path, node) = above.find(|(path, _)| expected.below(path).is_some())?;
    let what = match node {
        Node::Symlink => "a symbolic link",
        Node::Submodule => "a submodule",
        _ => "no plain file",
    };
    Some(format!("{path} is {what}, which is not followed; put the document itself there"))
}

/// A phase that was withdrawn, and that nothing later needs, has a finding of its own, and so has
/// one that was never started although a later one was.
fn has_its_own_finding(project: &Project, duty: &Duty) -> bool {
    let (iteration, phase) = (duty.iteration, duty.phase);
    let withdrawn =
        matches!(project.stage(iteration, phase).entered, Some(Witness::Withdrawn { .. }))
            && stages::furthest(project, iteration).contains(&phase);
    withdrawn
        || stages::is_begun(project, iteration, phase)
            && phase_out_of_order::is_unstarted(project, iteration, phase)
}
