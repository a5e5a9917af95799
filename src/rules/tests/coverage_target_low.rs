use super::tested;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "coverage-target-low",
    summary: "test evidence whose unit tests aim at less coverage than is asked for",
    promises: &["S2.13"],
    level: Level::Warn,
    page: include_str!("../../../rules/coverage-target-low.md"),
    check: Check::Project(check),
};

/// What unit tests have to aim at, in percent (S2.13).
const LEAST: f32 = 90.0;

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in tested(project) {
        let targets = one.parts.iter().flat_map(|part| {
            let inside = part.tests.targets.iter().filter(|one| part.extent.covers(one.span));
            inside.map(|target| (*part, target))
        });
        // Of several targets for lines, branches and files the highest is the one that counts.
        let highest = targets.max_by(|(_, one), (_, other)| one.percent.total_cmp(&other.percent));
        let Some((part, target)) = highest.filter(|(_, target)| target.percent < LEAST) else {
            continue;
        };
        let feature = one.name(project);
        let message = format!(
            "the unit tests of {feature} aim at {}% coverage, less than {LEAST}%",
            target.percent
        );
        let help = format!("aim at {LEAST}% or more, and write the tests that this takes");
        let finding = one.finding(Some((part, target.span)), message);
        out.extend(
            finding.map(|one| one.help(help).subject(format!("{feature}: coverage target"))),
        );
    }
}
