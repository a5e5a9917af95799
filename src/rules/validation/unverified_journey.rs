use super::stories::{journeys, stories, unverified};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unverified-journey",
    summary: "no validation document gives a result for a golden path",
    promises: &["S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/unverified-journey.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let journeys = journeys(project, &stories(project));
    unverified(project, &journeys, ("golden path", "golden paths"), out);
}
