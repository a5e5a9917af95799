use super::{gate, is_admitted};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::model::Model;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "table-not-in-code",
    summary: "a table of a built feature that no code creates",
    promises: &["S2.7"],
    level: Level::Warn,
    page: include_str!("../../../rules/table-not-in-code.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let Some(surface) = &project.surface else { return };
    for &(artifact, place) in &surface.absent_tables {
        let artifact = &project.artifacts[artifact];
        let Model::Architecture(model) = &*artifact.model else { continue };
        let Some(contract) = model.contracts.list.get(place) else { continue };
        if is_admitted(ledger, &contract.subject) {
            continue;
        }
        let message = format!("no code creates the table {}", contract.subject.name());
        let mut finding = Finding::at(&artifact.path, contract.span, message)
            .help(
                "add the migration that creates it, or report in the evidence of the feature \
                 what took its place; `gatecheck contracts --code` lists the tables that were found",
            )
            .subject(contract.subject.to_string());
        let iterations = artifact.features.iter().map(|&one| project.features[one].iteration);
        if let Some((iteration, phase)) = gate(project, iterations.min().unwrap_or(0)) {
            finding = finding.gate(iteration, phase);
        }
        out.push(finding);
    }
}
