use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::ledger::{Ledger, Standing};
use crate::model::integration::Way;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "contract-not-updated",
    summary: "a deviation is resolved by a contract update, and the contract is as it was",
    promises: &["S2.15"],
    level: Level::Note,
    page: include_str!("../../../rules/contract-not-updated.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    if ledger.agreements.iter().any(|one| one.standing != Standing::Agreed) {
        return;
    }
    let resolutions = ledger.books.resolutions.iter().zip(&ledger.account.resolutions);
    // What the agreement holds already was settled before it.
    let new = resolutions.filter(|(_, naming)| !naming.stood).map(|(one, _)| one);
    for resolution in new.filter(|one| one.way == Some(Way::Contract)) {
        // Which of several deviations it means is not certain enough.
        let [entry] = resolution.entries[..] else { continue };
        let naming = &ledger.account.entries[entry];
        if !naming.untouched {
            continue;
        }
        let names: Vec<String> = naming.contracts.iter().map(ToString::to_string).collect();
        let (verb, was) = if names.len() == 1 { ("reads", "was") } else { ("read", "were") };
        let entry = &ledger.books.entries[entry];
        let message = format!(
            "\"{}\" is resolved by updating the contract, and {} {verb} as {was} agreed",
            entry.title,
            few(&names, 3)
        );
        let evidence = &project.artifacts[entry.artifact].path;
        out.push(
            Finding::at(&project.artifacts[resolution.artifact].path, resolution.span, message)
                .help(
                    "write the new contract into the architecture, or say how else it was resolved",
                )
                .subject(&entry.title)
                .related(evidence, Some(entry.span), "the deviation is reported here"),
        );
    }
}
