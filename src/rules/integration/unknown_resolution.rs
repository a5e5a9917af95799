use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unknown-resolution",
    summary: "the integration report resolves a deviation that no evidence reports",
    promises: &["S2.15"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-resolution.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    // An evidence without a word may be the one that owes the report.
    if project.has_silent(Kind::Evidence) {
        return;
    }
    for resolution in ledger.books.resolutions.iter().filter(|one| one.entries.is_empty()) {
        let path = &project.artifacts[resolution.artifact].path;
        let message = format!("no evidence reports the deviation \"{}\"", resolution.title);
        out.push(
            Finding::at(path, resolution.span, message)
                .help("report it in the evidence of its feature, or name it as the evidence does")
                .subject(&resolution.title),
        );
    }
}
