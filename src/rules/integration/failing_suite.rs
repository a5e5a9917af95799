use super::report;
use crate::base::Level;
use crate::finding::Finding;
use crate::model::outcome::Outcome;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "failing-suite",
    summary: "the last result of a test suite is a failure",
    promises: &["S2.15"],
    level: Level::Deny,
    page: include_str!("../../../rules/failing-suite.md"),
    check: Check::Artifact(&[Kind::Integration], check),
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let Some(report) = report(artifact) else { return };
    for suite in report.model.suites.iter().filter(|suite| suite.outcome == Outcome::Fail) {
        let message = format!("the suite \"{}\" fails in its last result", suite.name);
        let help = "fix the failures, run the suite again and add its result";
        out.push(Finding::at(&artifact.path, suite.span, message).help(help).subject(&suite.key));
    }
}
