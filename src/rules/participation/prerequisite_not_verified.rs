use crate::base::Level;
use crate::finding::Finding;
use crate::model::outcome::Outcome;
use crate::model::records::Prerequisites;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "prerequisite-not-verified",
    summary: "a prerequisite was not verified, or none is listed",
    promises: &["S1.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/prerequisite-not-verified.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, one) in project.records::<Prerequisites>() {
        if one.items.is_empty() && facts.says_anything() {
            out.push(
                Finding::at(&artifact.path, facts.beginning(), "no prerequisite is listed")
                    .help(
                        "list what must be there before anybody begins, each with a box that is \
                           ticked when it was verified",
                    )
                    .subject("items"),
            );
        }
        for item in &one.items {
            let name = facts.text_of(item.name).trim();
            let (message, help) = match item.outcome {
                Some(Outcome::Pass) => continue,
                Some(Outcome::Fail) => (
                    format!("the prerequisite \"{name}\" is missing"),
                    "get it, verify it, and note that here",
                ),
                Some(Outcome::Open) | None => (
                    format!("the prerequisite \"{name}\" is not verified"),
                    "verify it and tick it off, or take it out if nobody needs it",
                ),
            };
            out.push(Finding::at(&artifact.path, item.name, message).help(help).subject(name));
        }
    }
}
