use super::{gate, is_admitted};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

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
        let stated = offer.stated.iter().filter_map(|place| {
            let contract = project.contract_at(*place)?;
            Some((&project.artifacts[place.artifact], contract))
        });
        // The interface is where a reader looks it up.
        let looked_up = stated.min_by_key(|(artifact, contract)| {
            (!contract.says_more(), artifact.kind != Kind::Interface)
        });
        let Some((artifact, contract)) = looked_up else { continue };
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
        let iterations = offer.by.iter().map(|&feature| project.features[feature].iteration);
        if let Some((iteration, phase)) = iterations.min().and_then(|one| gate(project, one)) {
            finding = finding.gate(iteration, phase);
        }
        out.push(finding);
    }
}
