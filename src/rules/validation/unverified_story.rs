use super::stories::{stories, unverified};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unverified-story",
    summary: "no validation document gives a result for a user story",
    promises: &["S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/unverified-story.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    unverified(project, &stories(project), ("story", "stories"), out);
}
