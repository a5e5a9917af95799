use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "contract-update-without-deviation",
    summary: "the integration report updates a contract that no reported deviation is about",
    promises: &["S2.15", "S2.11"],
    level: Level::Deny,
    page: include_str!("../../../rules/contract-update-without-deviation.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    // An evidence without a word may be the one that owes the report.
    if project.has_silent(Kind::Evidence) {
        return;
    }
    let updates = ledger.books.updates.iter().zip(&ledger.account.updates);
    for (update, naming) in updates.filter(|(update, _)| !update.called_for) {
        let names: Vec<String> = naming.contracts.iter().map(ToString::to_string).collect();
        let message =
            format!("{} was updated, and no evidence reports a deviation from it", few(&names, 3));
        out.push(
            Finding::at(&project.artifacts[update.artifact].path, update.span, message)
                .help(
                    "report what was built otherwise in the evidence of the feature, with what, \
                     why and impact, and name its deviation here",
                )
                .subject(few(&names, 3)),
        );
    }
}
