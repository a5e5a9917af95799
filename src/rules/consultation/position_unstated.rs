use super::consulted;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "position-unstated",
    summary: "a consultant does not say whether they agree",
    promises: &["S3.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/position-unstated.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in consulted(project) {
        let who = &one.role.title;
        let (place, message) = match one.said.position {
            Some((_, Some(_))) => continue,
            Some((place, None)) => {
                (place, format!("the position of the {who} neither agrees nor objects"))
            }
            None if !one.facts.says_anything() => continue,
            None => (one.facts.beginning(), format!("the {who} takes no position")),
        };
        out.push(
            Finding::at(&one.artifact.path, place, message)
                .help("write \"Position: Agreed\", \"Agreed with conditions\" or \"Objects\"; a strategy needs the agreement of everybody who was asked")
                .subject(format!("position of the {who}")),
        );
    }
}
