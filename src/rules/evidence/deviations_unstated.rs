use super::evidence;
use crate::base::Level;
use crate::finding::Finding;
use crate::model::evidence::Statement;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "deviations-unstated",
    summary: "evidence does not say whether it departs from the contracts",
    promises: &["S2.10", "S2.11"],
    level: Level::Deny,
    page: include_str!("../../../rules/deviations-unstated.md"),
    check: Check::Artifact(&[Kind::Evidence], check),
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let Some((facts, evidence)) = evidence(artifact) else { return };
    let deviations = &evidence.deviations;
    // An empty section is a finding already, whatever it is about.
    if deviations.statement != Statement::Silent || deviations.blank {
        return;
    }
    let place = deviations.place.unwrap_or_else(|| facts.beginning());
    out.push(
        Finding::at(
            &artifact.path,
            place,
            "the evidence does not say whether it deviates from the architecture",
        )
        .help(
            "add a section \"Deviations\": list each with what, why and impact, or write \"None\"",
        )
        .subject("deviations"),
    );
}
