use super::{first_gate, is_admitted, looked_up};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub const ID: &str = "code-before-contract";

pub static RULE: Rule = Rule {
    id: ID,
    summary: "an endpoint that the code had before a document of the design named it",
    promises: &["S2.5", "S2.20"],
    level: Level::Warn,
    page: include_str!("../../../rules/code-before-contract.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let Some(surface) = &project.surface else { return };
    let offers = project.offers();
    for early in &ledger.claims.code_first {
        let offer = &offers[early.offer];
        let Some((artifact, contract)) = looked_up(project, offer) else { continue };
        if is_admitted(ledger, &contract.subject) {
            continue;
        }
        let (subject, before) = (&contract.subject, &early.before.short);
        let message = format!(
            "the code of {before} declares {subject} already, and {} is the first commit whose \
             design names it",
            early.named.short
        );
        let mut finding = Finding::at(&artifact.path, contract.span, message)
            .help(
                "agree on a contract before it is built; look at this one again with those who \
                 call it, and commit what that changes in its document, or report in the evidence \
                 of the feature that it was built first",
            )
            .subject(subject.to_string());
        if let Some(route) = surface.code.routes.get(early.route) {
            let declared = format!("declared here, and by {before} already");
            finding = finding.related(&route.file, Some(route.span), declared);
        }
        if let Some((iteration, phase)) = first_gate(project, offer) {
            finding = finding.gate(iteration, phase);
        }
        out.push(finding);
    }
}
