use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::model::records::Reviews;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "review-incomplete",
    summary: "a review does not say who reviewed, or with which result",
    promises: &["S4.7"],
    level: Level::Deny,
    page: include_str!("../../../rules/review-incomplete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, reviews) in project.records::<Reviews>() {
        for review in &reviews.list {
            let parts = [
                ("who reviewed", review.reviewer.is_none() && !review.by_author),
                ("with which result", review.result.is_none()),
            ];
            let missing: Vec<&str> =
                parts.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name).collect();
            if missing.is_empty() {
                continue;
            }
            let name = facts.text_of(review.title).trim();
            let message = format!("\"{name}\" does not say {}", list(&missing));
            out.push(
                Finding::at(&artifact.path, review.place, message)
                    .help("name who looked at the work, and what they decided")
                    .subject(name),
            );
        }
    }
}
