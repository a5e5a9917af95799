use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::source::Tracking;

pub static RULE: Rule = Rule {
    id: "untracked-deliverable",
    summary: "a deliverable is not tracked by git yet",
    promises: &["X.1"],
    level: Level::Warn,
    page: include_str!("../../../rules/untracked-deliverable.md"),
    check: Check::WorkingTree(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let deliverables = project.artifacts.iter().filter(|artifact| artifact.deliverable.is_some());
    for artifact in deliverables.filter(|artifact| artifact.tracking == Tracking::Untracked) {
        let message = "git does not track this document yet, so the next clone will not have it";
        let help = "add it with `git add`";
        out.push(
            Finding::about(&artifact.path, message).help(help).subject(artifact.path.as_str()),
        );
    }
}
