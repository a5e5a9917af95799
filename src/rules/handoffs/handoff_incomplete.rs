use std::collections::HashMap;

use crate::base::words::list;
use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::project::plan::Given;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "handoff-incomplete",
    summary: "a handoff does not say from whom, to whom, what, or what is still open",
    promises: &["S1.3", "S3.5", "S4.3", "S4.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/handoff-incomplete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let given = project.handoffs();
    let mut held: HashMap<&RepoPath, usize> = HashMap::new();
    for one in &given {
        *held.entry(&one.artifact.path).or_default() += 1;
    }
    for one in &given {
        let alone = held.get(&one.artifact.path) == Some(&1);
        let missing = missing(project, one, alone);
        let name = one.facts.text_of(one.handoff.title).trim();
        if !missing.is_empty() {
            let message = format!("the handoff \"{name}\" does not say {}", list(&missing));
            out.push(
                Finding::at(&one.artifact.path, one.handoff.place, message)
                    .help("fill it in, so that the receiver can begin without asking")
                    .subject(name),
            );
        }
        let unfinished = one.percent().filter(|percent| *percent < 100.0);
        let says_issues = one.handoff.issues.is_some_and(|issues| {
            !project.workflow.vocabulary.says_none(one.facts.text_of(issues))
        });
        if let (Some(percent), false) = (unfinished, says_issues) {
            let message =
                format!("the handoff \"{name}\" says {percent} % and not what is still to be done");
            let place = one.handoff.completion.unwrap_or(one.handoff.place);
            out.push(
                Finding::at(&one.artifact.path, place, message)
                    .help("list what is open under \"Issues\", with who does it and until when")
                    .subject(format!("{name}: open")),
            );
        }
    }
}

/// What a handoff leaves out. What a lone handoff in a document has no place for is said as a
/// missing part of the document.
fn missing(project: &Project, one: &Given<'_>, alone: bool) -> Vec<String> {
    let handoff = one.handoff;
    let labeled = |names: &[&str]| handoff.values.iter().any(|value| names.contains(&&*value.name));
    let asked = |names: &[&str]| {
        parts(project, one.artifact).any(|part| names.iter().any(|name| part.is_named(name)))
    };
    let wanted = [
        (handoff.from.is_none(), "from whom it comes", ["from", "handed over by"]),
        (handoff.to.is_none(), "to whom it goes", ["to", "handed over to"]),
        (handoff.what.is_none(), "what is handed over", ["deliverables", "what"]),
    ];
    let mut found: Vec<String> = Vec::new();
    for (is_missing, told, names) in wanted {
        let elsewhere = alone && asked(&names) && !labeled(&names);
        found.extend((is_missing && !elsewhere).then(|| told.to_owned()));
    }
    let completion = ["completion", "progress"];
    let untold = handoff.completion.is_none() && asked(&completion) && !labeled(&completion);
    // A part called "Status" may hold everything but that.
    if untold && labeled(&["status"]) {
        found.push("how far it is".to_owned());
    }
    if !alone {
        let known = ["from", "to", "deliverables", "what", "handed over by", "handed over to"];
        let others = parts(project, one.artifact)
            .filter(|part| !known.iter().any(|name| part.is_named(name)))
            .filter(|part| !handoff.says(one.facts, |name| part.is_named(name)));
        found.extend(others.map(|part| format!("the {}", part.title)));
    }
    found
}

fn parts<'p>(
    project: &'p Project,
    artifact: &Artifact,
) -> impl Iterator<Item = &'p crate::workflow::Part> + use<'p> {
    let place = artifact.deliverable;
    let deliverable = place.map(|(phase, at)| &project.workflow.phases[phase].deliverables[at]);
    let asked = deliverable.filter(|one| one.kind == crate::workflow::Kind::Handoffs);
    asked.into_iter().flat_map(|one| &one.parts)
}
