use super::order::{lacks, report};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::{Early, Ledger, SinceThen};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "written-too-early",
    summary: "a document was last changed before a deliverable of an earlier phase was there",
    promises: &["S2.18", "S2.20"],
    level: Level::Deny,
    page: include_str!("../../../rules/written-too-early.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let untouched = |one: &&Early| one.since == SinceThen::Untouched;
    out.extend(ledger.claims.early.iter().filter(untouched).map(|early| {
        let lacks = lacks(project, early);
        let message = format!(
            "{} changed this last, and what it builds on came later: {lacks}",
            early.commit.short
        );
        let help = "look at it again with what came later in hand, and commit what that changes \
                    in it, at least its date or signature";
        report(project, early, message, help)
    }));
}
