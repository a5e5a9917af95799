use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unknown-citation",
    summary: "evidence cites a digest that no document of the design ever had",
    promises: &["S2.12"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-citation.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for &(artifact, span) in &ledger.claims.unknown {
        let artifact = &project.artifacts[artifact];
        let Some(facts) = artifact.facts() else { continue };
        let cited = facts.text_of(span);
        let message = format!(
            "the blob {cited} is cited here, and no document of the design ever had this content"
        );
        let help = "cite what `git rev-parse COMMIT:PATH` prints for the document that was read";
        out.push(Finding::at(&artifact.path, span, message).help(help).subject(cited));
    }
}
