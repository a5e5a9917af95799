use super::{first_gate, is_admitted, looked_up};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "endpoint-not-in-code",
    summary: "an endpoint of a built feature that no route of the code serves",
    promises: &["S2.7"],
    level: Level::Warn,
    page: include_str!("../../../rules/endpoint-not-in-code.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let Some(surface) = &project.surface else { return };
    let offers = project.offers();
    for offer in surface.absent.iter().filter_map(|&at| offers.get(at)) {
        let Some((artifact, contract)) = looked_up(project, offer) else { continue };
        if is_admitted(ledger, &contract.subject) {
            continue;
        }
        let message = format!("no route of the code serves {}", contract.subject);
        let mut finding = Finding::at(&artifact.path, contract.span, message)
            .help(
                "build it, or report in the evidence of the feature that it is not there; \
                 `gatecheck contracts --code` lists the routes that were found",
            )
            .subject(contract.subject.to_string());
        if let Some((iteration, phase)) = first_gate(project, offer) {
            finding = finding.gate(iteration, phase);
        }
        out.push(finding);
    }
}
