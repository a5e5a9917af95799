use super::order::{lacks, report};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::{Ledger, SinceThen};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "begun-too-early",
    summary: "a document was there before a deliverable of an earlier phase, which no longer denies",
    promises: &["S2.18", "S2.20"],
    level: Level::Warn,
    page: include_str!("../../../rules/begun-too-early.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for early in &ledger.claims.early {
        let (commit, lacks) = (&early.commit.short, lacks(project, early));
        let (message, help) = match early.since {
            SinceThen::Untouched => continue,
            SinceThen::Changed => (
                format!(
                    "this was begun in {commit} and changed since; what it builds on came in \
                     between: {lacks}"
                ),
                "see that it takes into account what came later; a waiver with that as its reason \
                 settles this",
            ),
            SinceThen::Adopted => (
                format!(
                    "{commit} changed this last, before the project had its configuration, and \
                     what it builds on came later: {lacks}"
                ),
                "look at it again with what came later in hand, and commit what that changes in \
                 it, at least its date or signature",
            ),
        };
        out.push(report(project, early, message, help));
    }
}
