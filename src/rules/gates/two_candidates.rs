use super::{subject, wanted};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::{DutyState, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "two-candidates",
    summary: "several documents claim to be the one that a phase owes",
    promises: &["S2.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/two-candidates.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for duty in &project.duties {
        let DutyState::Contested(several) = &duty.state else { continue };
        let [first, others @ ..] = &several[..] else { continue };
        // The same documents contest a shared duty in every iteration; once is enough.
        let path = &project.artifacts[*first].path;
        if out.iter().any(|known: &Finding| known.path == *path) {
            continue;
        }
        let message = format!("more than one document claims to be the {}", wanted(project, duty));
        let mut finding = Finding::about(path, message)
            .help("keep one of them, or merge them into one")
            .subject(subject(project, duty))
            .gate(duty.iteration, duty.phase);
        for &other in others {
            finding = finding.related(&project.artifacts[other].path, None, "claims it as well");
        }
        out.push(finding);
    }
}
