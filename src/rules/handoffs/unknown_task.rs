use super::ready_too_early::lines;
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::dependencies::{id, kind_of};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::{Kind, Per};

pub static RULE: Rule = Rule {
    id: "unknown-task",
    summary: "a handoff or a review is about something that the plan does not list",
    promises: &["S4.1", "S4.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-task.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    // Without any subject the plan is what is wrong.
    if project.features.is_empty() || !project.is_planned() {
        return;
    }
    let noun = &project.workflow.subjects.name;
    let help = format!("list the {noun} in the plan, or name one that is listed");
    for artifact in &project.artifacts {
        let Some(facts) = artifact.facts().filter(|_| is_of_subject(project, artifact)) else {
            continue;
        };
        if artifact.features.is_empty() && artifact.candidates.is_empty() {
            let title = artifact.kind.word().trim_end_matches('s');
            let message = format!("this {title} belongs to no {noun} that the plan lists");
            let known = artifact.captures.get("feature").map_or("", |name| name);
            out.push(
                Finding::at(&artifact.path, facts.beginning(), message)
                    .help(help.clone())
                    .subject(known),
            );
        }
    }
    for one in project.handoffs() {
        for (text, place) in lines(&one) {
            let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
            let Some((named, length)) = id(text) else { continue };
            let is_subject = kind_of(&named) == Some(noun.as_str());
            if is_subject && project.named_first(&text[..length]).is_none() {
                let written = &text[..length];
                let message = format!("{written} is named here, and the plan lists no such {noun}");
                out.push(
                    Finding::at(&one.artifact.path, Span { end: place.end, ..place }, message)
                        .help(help.clone())
                        .subject(written),
                );
            }
        }
    }
}

fn is_of_subject(project: &Project, artifact: &Artifact) -> bool {
    let due = project.deliverable(artifact).is_some_and(|one| one.per == Per::Feature);
    due && matches!(artifact.kind, Kind::Handoffs | Kind::Reviews)
}
