use crate::base::Level;
use crate::finding::Finding;
use crate::project::{Artifact, Project, Text};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unreadable-document",
    summary: "a deliverable is there and cannot be read",
    promises: &["X.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/unreadable-document.md"),
    check: Check::Artifact(&[], check),
};

fn check(artifact: &Artifact, _project: &Project, out: &mut Vec<Finding>) {
    let (Text::Unreadable(why), Some(_)) = (&artifact.text, artifact.deliverable) else { return };
    let message = format!("this document cannot be read: {why}");
    let finding = Finding::about(&artifact.path, message)
        .help("make it readable for whoever runs the check, or replace it")
        .subject(artifact.path.as_str());
    out.push(finding);
}
