use std::collections::HashMap;

use super::named;
use crate::base::{Level, RepoPath, Span};
use crate::finding::Finding;
use crate::model::records::Decisions;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "duplicate-decision",
    summary: "two decisions have the same id",
    promises: &["S0.5", "S3.3", "S4.9"],
    level: Level::Deny,
    page: include_str!("../../../rules/duplicate-decision.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut known: HashMap<&str, (&RepoPath, Span)> = HashMap::new();
    for (artifact, facts, decisions) in project.records::<Decisions>() {
        for decision in &decisions.0 {
            let Some(id) = decision.id.as_deref() else { continue };
            let Some(&(path, span)) = known.get(id) else {
                known.insert(id, (&artifact.path, decision.place));
                continue;
            };
            let title = named(facts.text_of(decision.title));
            let id = title.split([':', ' ']).next().unwrap_or(&title).to_owned();
            let message = format!("the id {id} belongs to another decision already");
            out.push(
                Finding::at(&artifact.path, decision.place, message)
                    .help("give this decision the next free id, and correct what refers to it")
                    .subject(title)
                    .related(path, Some(span), "the first decision with this id"),
            );
        }
    }
}
