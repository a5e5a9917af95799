use std::collections::BTreeSet;

use super::{SINGLE, named};
use crate::base::Level;
use crate::base::words::{closest, either, few};
use crate::finding::Finding;
use crate::ledger::{Ledger, Misnamed};
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

/// How many known features a message names.
const KNOWN: usize = 5;

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    match &ledger.work.misnamed[..] {
        many if many.len() > SINGLE => out.push(misnamed(project, many)),
        few => out.extend(few.chunks(1).map(|one| misnamed(project, one))),
    }
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

/// Names in messages that are no feature's.
fn misnamed(project: &Project, names: &[Misnamed]) -> Finding {
    let written: Vec<String> = names.iter().map(|one| format!("`{}`", one.name)).collect();
    let mut commits: Vec<_> = names.iter().flat_map(|one| &one.commits).collect();
    let mut seen = BTreeSet::new();
    commits.retain(|commit| seen.insert(&commit.id));
    let short: Vec<&str> = commits.iter().map(|commit| &*commit.short).collect();
    let (are, called) = match names.len() {
        1 => ("is named as the feature", "so"),
        _ => ("are named as the features", "like one of these"),
    };
    let of = match commits.len() {
        1 => "one commit".to_owned(),
        many => format!("{many} commits"),
    };
    let message = format!(
        "{} {are} of {of}, and no feature is called {called}: {}",
        few(&written, SINGLE),
        few(&short, SINGLE)
    );
    let slugs: Vec<&str> = project.features.iter().map(|feature| &*feature.slug).collect();
    let mut near: Vec<&str> =
        names.iter().filter_map(|one| closest(&one.name, slugs.iter().copied())).collect();
    near.sort_unstable();
    near.dedup();
    let meant = match near.is_empty() {
        true => format!("the features are called {};", few(&slugs, KNOWN)),
        false => format!("did you mean {}?", either(&near, KNOWN)),
    };
    let help = format!("{meant} `Feature: none` says that a commit is nobody's alone");
    let finding = Finding::about(&project.root, message)
        .help(help)
        .subject(names.iter().map(|one| &*one.name).collect::<Vec<_>>().join(", "))
        .members(commits.iter().map(|commit| commit.id.clone()));
    match reporting_phase(project) {
        Some(phase) => finding.gate(0, phase),
        None => finding,
    }
}
