use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::{Kind, Per};

pub static RULE: Rule = Rule {
    id: "no-feature-declared",
    summary: "no feature is declared, so that nothing can be asked for per feature",
    promises: &["S2.4", "S4.1", "X.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/no-feature-declared.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    if !project.features.is_empty() {
        return;
    }
    // Without an architecture its absence is the finding.
    let subjects = &project.workflow.subjects;
    let declaring = if subjects.from_graph { Kind::Dependencies } else { Kind::Architecture };
    let Some((architecture, _)) = project.documents(declaring).next() else { return };
    let name = &subjects.name;
    let message = format!("no {name} is declared here, so nothing can be judged {name} by {name}");
    let help = match subjects.from_graph {
        true => format!("list each {name} with what it needs, or that it needs nothing"),
        false => format!("give each {name} a section of its own under \"Feature Boundaries\""),
    };
    let mut finding = Finding::at(&architecture.path, Span::default(), message)
        .help(help)
        .subject(subjects.plural.clone());
    for (phase, _, deliverable) in project.workflow.deliverables() {
        if deliverable.per == Per::Feature && !finding.gates.contains(&(0, phase)) {
            finding = finding.gate(0, phase);
        }
    }
    out.push(finding);
}
