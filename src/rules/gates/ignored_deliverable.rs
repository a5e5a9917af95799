use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::source::Tracking;

pub static RULE: Rule = Rule {
    id: "ignored-deliverable",
    summary: "a deliverable is ignored by git, so that the next clone will not have it",
    promises: &["X.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/ignored-deliverable.md"),
    check: Check::WorkingTree(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let deliverables = project.artifacts.iter().filter(|artifact| artifact.deliverable.is_some());
    for artifact in deliverables.filter(|artifact| artifact.tracking == Tracking::Ignored) {
        let message = "git ignores this document, so the next clone will not have it";
        let help = "take it out of the ignore rules, or add it with `git add --force`";
        out.push(
            Finding::about(&artifact.path, message).help(help).subject(artifact.path.as_str()),
        );
    }
}
