use super::{subject, wanted};
use crate::base::words::either;
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::project::{DutyState, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "iteration-not-covered",
    summary: "a shared document was not updated for a later iteration",
    promises: &["S2.15", "S2.16", "S2.17", "S2.18"],
    level: Level::Deny,
    page: include_str!("../../../rules/iteration-not-covered.md"),
    check: Check::Project(check),
};

/// More features than this are not worth naming.
const NAMED: usize = 8;

fn check(project: &Project, out: &mut Vec<Finding>) {
    for duty in &project.duties {
        let DutyState::Uncovered(documents) = &duty.state else { continue };
        let Some(&first) = documents.first() else { continue };
        let iteration = &project.iterations[duty.iteration].id;
        let features = project.features.iter().filter(|one| one.iteration == duty.iteration);
        let names: Vec<String> = features.map(|one| format!("\"{}\"", one.name)).collect();
        let message = format!(
            "nothing in the {} speaks of iteration {iteration} or of {}",
            wanted(project, duty),
            either(&names, NAMED)
        );
        let promise = &project.workflow.phases[duty.phase].deliverables[duty.deliverable].promise;
        let path = &project.artifacts[first].path;
        let finding = Finding::at(path, Span::default(), message)
            .help("bring it up to date and name the iteration or its features in it")
            .subject(format!("{} for iteration {iteration}", subject(project, duty)))
            .gate(duty.iteration, duty.phase)
            .promise(promise);
        out.push(finding);
    }
}
