use std::collections::HashSet;

use super::{Drawn, drawn, stated, table_name};
use crate::base::{Level, RepoPath, Span};
use crate::finding::Finding;
use crate::model::architecture::{Boundary, Resource};
use crate::model::contract::Subject;
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "table-without-owner",
    summary: "a table is used or described, and no feature owns it",
    promises: &["S2.5"],
    level: Level::Warn,
    page: include_str!("../../../rules/table-without-owner.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all = drawn(project);
    let listing: HashSet<FeatureId> = all
        .iter()
        .filter(|one| one.claims(Resource::Table).next().is_some())
        .map(|one| one.feature)
        .collect();
    // Where nobody lists tables, ownership of tables is no part of the design.
    if listing.is_empty() {
        return;
    }
    let mut known = known(project);
    for one in stated(project, &all) {
        let lists = one.feature.is_none_or(|feature| listing.contains(&feature));
        if let Subject::Table { name } = &one.contract.subject
            && lists
        {
            say(&mut known, &one.artifact.path, one.contract.span, name, "is described", out);
        }
    }
    for Drawn { artifact, facts, boundary, .. } in &all {
        for &used in &boundary.uses {
            let how = format!("is used by {}", boundary.name);
            say(&mut known, &artifact.path, used, facts.text_of(used), &how, out);
        }
    }
}

/// Says once that a table has no owner.
fn say(
    known: &mut HashSet<String>,
    path: &RepoPath,
    span: Span,
    text: &str,
    how: &str,
    out: &mut Vec<Finding>,
) {
    let Some(name) = table_name(text) else { return };
    let bare = name.rsplit('.').next().unwrap_or(&name);
    let plural = format!("{bare}s");
    if known.contains(&name) || known.contains(bare) || known.contains(&plural) {
        return;
    }
    let message = format!("the table `{name}` {how}, and no feature owns it");
    out.push(
        Finding::at(path, span, message)
            .help("list it under \"Owns\" of the feature that writes it, or under \"Shared Resources\"")
            .subject(name.clone()),
    );
    known.insert(name);
}

/// The names of everything that somebody owns, or that is said to be shared.
fn known(project: &Project) -> HashSet<String> {
    let mut known = HashSet::new();
    for (_, facts, model) in project.architectures() {
        let owned = |one: &Boundary| one.owned.iter().map(|owned| owned.span).collect::<Vec<_>>();
        for span in model.boundaries.iter().flat_map(owned) {
            let name = table_name(facts.text_of(span));
            let bare = name.as_ref().and_then(|name| name.rsplit('.').next()).map(str::to_owned);
            known.extend(name.into_iter().chain(bare));
        }
        let shared =
            |name: &str| matches!(name.split(' ').next(), Some("shared" | "common" | "external"));
        for section in facts.sections.iter().filter(|one| shared(&one.name)) {
            let text = facts.text_of(section.extent);
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            known.extend(words.filter(|word| word.len() > 1).map(str::to_lowercase));
        }
    }
    known
}
