use std::collections::BTreeSet;

use super::{SINGLE, named};
use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::agreement::reporting_phase;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unattributed-work",
    summary: "commits changed what features own, and nothing tells whose work they are",
    promises: &["S2.14"],
    level: Level::Note,
    page: include_str!("../../../rules/unattributed-work.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let commits = &ledger.work.unattributed;
    let features: BTreeSet<_> = commits.iter().flat_map(|one| &one.features).copied().collect();
    let features: Vec<_> = features.into_iter().collect();
    let Some(iteration) = features.iter().map(|&id| project.features[id].iteration).max() else {
        return;
    };
    let short: Vec<&str> = commits.iter().map(|one| &*one.commit.short).collect();
    let (number, noun, it) = match commits.len() {
        1 => ("one".to_owned(), "commit", "it is"),
        many => (many.to_string(), "commits", "they are"),
    };
    let message = format!(
        "{number} {noun} changed files of {}, and nothing tells whose work {it}: {}",
        named(project, &features),
        few(&short, SINGLE)
    );
    let help = "end the message of a commit with a line such as `Feature: NAME` (`Feature: none` \
                for what is nobody's alone), work on a branch that is called like the feature, or \
                list the files in its evidence";
    let finding = Finding::about(&project.root, message)
        .help(help)
        .subject("commits")
        .members(commits.iter().map(|one| one.commit.id.clone()));
    out.push(match reporting_phase(project) {
        Some(phase) => finding.gate(iteration, phase),
        None => finding,
    });
}
