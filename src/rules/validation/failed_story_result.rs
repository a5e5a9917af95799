use super::stories::{Results, journeys, signed, stories};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "failed-story-result",
    summary: "the last result of a user story or golden path is a failure",
    promises: &["S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/failed-story-result.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let stories = stories(project);
    let journeys = journeys(project, &stories);
    let results = Results::of(project);
    for wanted in stories.iter().chain(&journeys) {
        let Some((document, checked)) = results.failed(wanted) else { continue };
        let message = format!("{} failed when it was last validated", wanted.id);
        let mut finding = Finding::at(&document.artifact.path, checked.span, message)
            .help("fix what failed, validate it again and add the new result")
            .subject(wanted.id.to_string());
        let planned = signed(project).find(|(duty, _)| Some(duty.iteration) == wanted.iteration);
        if let Some((duty, _)) = planned {
            finding = finding.gate(duty.iteration, duty.phase);
        }
        out.push(finding);
    }
}
