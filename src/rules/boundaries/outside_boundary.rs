use std::collections::BTreeMap;

use super::{SINGLE, named};
use crate::base::Level;
use crate::base::words::{count, few};
use crate::finding::Finding;
use crate::ledger::{By, Ledger, Outside};
use crate::project::{FeatureId, Project};
use crate::rules::agreement::reporting_phase;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "outside-boundary",
    summary: "the work of a feature changed a file that the feature does not own",
    promises: &["S2.14"],
    level: Level::Warn,
    page: include_str!("../../../rules/outside-boundary.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let mut alike: BTreeMap<(FeatureId, &[FeatureId]), Vec<&Outside>> = BTreeMap::new();
    for one in &ledger.work.outside {
        alike.entry((one.feature, &one.owners)).or_default().push(one);
    }
    for all in alike.values() {
        match &all[..] {
            many @ [first, ..] if many.len() > SINGLE => {
                let paths: Vec<&str> = many.iter().map(|one| one.path.as_str()).collect();
                let message = format!(
                    "{} changed {} that {}: {}; {} is one of the commits",
                    name(project, first),
                    count(many.len(), "file", "files"),
                    whose(project, first, "are"),
                    few(&paths, SINGLE),
                    commit(first),
                );
                let subject =
                    format!("{}: files of {}", name(project, first), owners(project, first));
                let members = paths.into_iter().map(str::to_owned);
                out.push(finding(project, first, message).subject(subject).members(members));
            }
            some => out.extend(some.iter().map(|one| {
                let more = match one.commits {
                    0 | 1 => String::new(),
                    many => format!(" and {}", count(many - 1, "other commit", "other commits")),
                };
                let message = format!(
                    "{} changed {} in {}{more}, and the file {}",
                    name(project, one),
                    one.path,
                    commit(one),
                    whose(project, one, "is"),
                );
                let subject = format!("{}: {}", name(project, one), one.path);
                finding(project, one, message).subject(subject)
            })),
        }
    }
}

fn finding(project: &Project, one: &Outside, message: String) -> Finding {
    let (path, span) = &one.place;
    let name = name(project, one);
    let instead = match &one.owners[..] {
        [] => format!("add it to the paths that {name} owns"),
        owners => format!(
            "leave the change to {}, add the path to what {name} owns",
            named(project, owners)
        ),
    };
    let help = format!(
        "{instead}, let an integration point of {name} name it, or report a deviation that names \
         it; `shared` in gatecheck.toml lists what everybody may change"
    );
    let mut finding = Finding::at(path, *span, message).help(help);
    for &owner in &one.owners {
        let (artifact, span) = project.features[owner].declared;
        let declared = &project.artifacts[artifact].path;
        let told = format!("{} is declared here", project.features[owner].name);
        finding = finding.related(declared, Some(span), told);
    }
    match reporting_phase(project) {
        Some(phase) => finding.gate(project.features[one.feature].iteration, phase),
        None => finding,
    }
}

fn name<'p>(project: &'p Project, one: &Outside) -> &'p str {
    &project.features[one.feature].name
}

fn owners(project: &Project, one: &Outside) -> String {
    if one.owners.is_empty() { "nobody".to_owned() } else { named(project, &one.owners) }
}

fn whose(project: &Project, one: &Outside, verb: &str) -> String {
    match &one.owners[..] {
        [] => format!("{verb} outside of the paths that it owns"),
        owners => format!("{verb} owned by {}", named(project, owners)),
    }
}

/// The commit, and why it is work of the feature.
fn commit(one: &Outside) -> String {
    let short = &one.commit.short;
    match &one.by {
        By::Trailer => format!("{short} (its own, as the message says)"),
        By::Author(name) => format!("{short} (by {name})"),
        By::Branch(branch) => format!("{short} (on the branch {branch})"),
        By::Evidence => format!("{short} (which changed its evidence)"),
        By::Listing => format!("{short} (whose files its evidence lists)"),
        By::Paths => short.clone(),
    }
}
