use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "stale-report",
    summary: "the work went on for more than two weeks after the latest status report",
    promises: &["S0.6"],
    level: Level::Warn,
    page: include_str!("../../../rules/stale-report.md"),
    check: Check::Ledger(check),
};

/// A report may be this many days behind the work.
const FRESH: i32 = 14;

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for report in ledger.claims.overtaken.iter().filter(|report| report.days > FRESH) {
        let artifact = &project.artifacts[report.artifact];
        let Some(facts) = artifact.facts() else { continue };
        let message = format!(
            "{} was changed {} days after this report, the latest there is",
            report.path, report.days
        );
        out.push(
            Finding::at(&artifact.path, facts.beginning(), message)
                .help("write a new status report that tells how far the work is now")
                .subject("latest report")
                .related(&report.path, None, format!("changed in {}", report.commit.short)),
        );
    }
}
