use super::evidence;
use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "deviation-incomplete",
    summary: "a reported deviation lacks what changed, why, or its impact",
    promises: &["S2.10"],
    level: Level::Deny,
    page: include_str!("../../../rules/deviation-incomplete.md"),
    check: Check::Artifact(&[Kind::Evidence], check),
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let Some((_, evidence)) = evidence(artifact) else { return };
    for deviation in &evidence.deviations.entries {
        let missing = deviation.missing();
        if !missing.is_empty() {
            let message =
                format!("the deviation \"{}\" does not say {}", deviation.title, list(&missing));
            let finding = Finding::at(&artifact.path, deviation.span, message)
                .help(format!("add {} under this deviation", list(&missing)))
                .subject(&deviation.title);
            out.push(finding);
        }
    }
}
