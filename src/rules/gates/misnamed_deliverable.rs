use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::project::{DutyState, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "misnamed-deliverable",
    summary: "a document beside a fulfilled duty has nearly the same name and is not judged",
    promises: &["S2.1"],
    level: Level::Warn,
    page: include_str!("../../../rules/misnamed-deliverable.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (phase, index, deliverable) in project.workflow.deliverables() {
        let mut duties = project.duties.iter();
        let fulfilled = duties.find_map(|duty| match &duty.state {
            DutyState::Done(done) if (duty.phase, duty.deliverable) == (phase, index) => {
                done.first()
            }
            _ => None,
        });
        let Some(&fulfilled) = fulfilled else { continue };
        let fulfilled = &project.artifacts[fulfilled];
        let captures = fulfilled.captures.clone();
        let beside = |path: &RepoPath| path.folder() == fulfilled.path.folder();
        for artifact in project.artifacts.iter().filter(|artifact| artifact.deliverable.is_none()) {
            let path = artifact.path.below(&project.root).unwrap_or_default();
            let near =
                deliverable.paths.iter().any(|pattern| pattern.near(&captures, path).is_some());
            if near && beside(&artifact.path) {
                let message =
                    format!("nearly the name of the {}, but not judged", deliverable.title);
                let finding = Finding::about(&artifact.path, message)
                    .help(format!("merge it into {} or rename it", fulfilled.path))
                    .subject(artifact.path.as_str())
                    .gate(0, phase)
                    .related(
                        &fulfilled.path,
                        None,
                        format!("the {} that counts", deliverable.title),
                    );
                out.push(finding);
            }
        }
    }
}
