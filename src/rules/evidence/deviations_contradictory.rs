use super::evidence;
use crate::base::Level;
use crate::base::words::count;
use crate::finding::Finding;
use crate::model::evidence::Statement;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "deviations-contradictory",
    summary: "evidence denies deviations, or counts them, and tells something else",
    promises: &["S2.10"],
    level: Level::Deny,
    page: include_str!("../../../rules/deviations-contradictory.md"),
    check: Check::Artifact(&[Kind::Evidence], check),
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let Some((_, evidence)) = evidence(artifact) else { return };
    let deviations = &evidence.deviations;
    if deviations.statement != Statement::Contradictory {
        return;
    }
    let told = count(deviations.entries.len(), "deviation", "deviations");
    let (place, message) = match (deviations.none, deviations.declared) {
        (Some(none), Some(declared)) if deviations.entries.is_empty() => {
            let said = count(declared.count, "deviation", "deviations");
            (none, format!("the evidence counts {said} and says that there are none"))
        }
        (Some(none), _) => {
            (none, format!("the evidence says that there are no deviations and tells {told}"))
        }
        (None, Some(declared)) => {
            let said = count(declared.count, "deviation", "deviations");
            (
                declared.span,
                format!("the evidence counts {said} and tells {}", deviations.entries.len()),
            )
        }
        (None, None) => return,
    };
    let mut finding = Finding::at(&artifact.path, place, message)
        .help("make the statement and the entries agree")
        .subject("deviations");
    if let Some(first) = deviations.entries.first() {
        finding = finding.related(&artifact.path, Some(first.span), "the first one told");
    }
    out.push(finding);
}
