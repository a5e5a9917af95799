use std::collections::{BTreeMap, HashSet};

use super::evidence;
use crate::base::{self, Level};
use crate::finding::Finding;
use crate::model::evidence::Deviation;
use crate::model::ids::{self, Id};
use crate::model::phrases::{flat, has, words};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "duplicate-deviation",
    summary: "two features give different deviations the same number",
    promises: &["S2.10", "S2.15"],
    level: Level::Deny,
    page: include_str!("../../../rules/duplicate-deviation.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut by_id: BTreeMap<Id, Vec<Numbered>> = BTreeMap::new();
    for one in numbered(project) {
        let earlier = by_id.entry(one.id.clone()).or_default();
        if let Some(first) = earlier.iter().find(|first| is_other(project, first, &one)) {
            out.push(finding(project, first, &one));
        }
        earlier.push(one);
    }
}

/// A deviation with the number that its evidence gives it.
struct Numbered<'p> {
    id: Id,
    artifact: &'p Artifact,
    entry: &'p Deviation,
    /// What it is called behind the number, or what changed where it is called nothing.
    title: String,
}

fn numbered(project: &Project) -> impl Iterator<Item = Numbered<'_>> {
    let all = project.artifacts.iter().filter_map(|one| Some((one, evidence(one)?)));
    all.flat_map(|(artifact, (facts, evidence))| {
        let entries = evidence.deviations.entries.iter();
        entries.filter_map(move |entry| {
            let (id, end) = ids::leading(&entry.title).filter(|(id, _)| is_number(id))?;
            let mut title = flat(&entry.title[end..]);
            if let Some(what) = entry.what.filter(|_| title.is_empty()) {
                title = flat(facts.text_of(what));
            }
            Some(Numbered { id, artifact, entry, title })
        })
    })
}

/// Whether an identifier counts deviations, and not the stories that they concern.
fn is_number(id: &Id) -> bool {
    id.prefix().starts_with("DEV") || id.prefix() == "D"
}

/// Whether two deviations of one number are different ones of different features. What one
/// document retells of another is the same, and where each document counts its own from one, the
/// numbers are no names.
fn is_other(project: &Project, first: &Numbered, one: &Numbered) -> bool {
    let (left, right) = (&first.artifact.features, &one.artifact.features);
    let apart = !left.is_empty() && !right.is_empty() && !left.iter().any(|id| right.contains(id));
    apart && !is_retold(project, first, one) && !(counts_alone(first) && counts_alone(one))
}

/// Whether the document counts its deviations from one.
fn counts_alone(one: &Numbered) -> bool {
    let Some((_, evidence)) = evidence(one.artifact) else { return false };
    let mut ids = evidence.deviations.entries.iter().filter_map(|entry| ids::leading(&entry.title));
    ids.any(|(id, _)| id.is_like(&one.id) && id.numbers() == FIRST)
}

/// The number one, as [`Id::numbers`] gives it.
const FIRST: &str = "-b1";

/// Whether both are called alike, or one of them by the feature of the other.
fn is_retold(project: &Project, first: &Numbered, one: &Numbered) -> bool {
    let names = |one: &Numbered, other: &Numbered| {
        let mut features = other.artifact.features.iter();
        features.any(|id| has(&one.title, &flat(&project.features[*id].name)))
    };
    names(first, one) || names(one, first) || is_alike(&first.title, &one.title)
}

/// Whether half of the words of the shorter title stand in the other one.
fn is_alike(left: &str, right: &str) -> bool {
    let weighty = |title| -> HashSet<&str> { words(title).filter(|word| word.len() > 3).collect() };
    let (left, right) = (weighty(left), weighty(right));
    2 * left.intersection(&right).count() >= left.len().min(right.len())
}

fn finding(project: &Project, first: &Numbered, one: &Numbered) -> Finding {
    let names = [first, one].map(|one| {
        let names = one.artifact.features.iter().map(|id| &*project.features[*id].name);
        base::words::list(&names.collect::<Vec<_>>())
    });
    let message =
        format!("{} each report a deviation of their own as {}", names.join(" and "), one.id);
    Finding::at(&one.artifact.path, one.entry.span, message)
        .help(
            "give one of the two a number that is free, and use it wherever the integration report \
             and the commits mean this one",
        )
        .subject(one.id.written.to_string())
        .related(&first.artifact.path, Some(first.entry.span), "the other one")
}
