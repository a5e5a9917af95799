use super::{admissions, by_file, names_route, newest_gate};
use crate::base::Level;
use crate::base::words::{count, few};
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "endpoint-not-documented",
    summary: "routes of the code that no contract states and no deviation reports",
    promises: &["S2.7", "S2.11"],
    level: Level::Warn,
    page: include_str!("../../../rules/endpoint-not-documented.md"),
    check: Check::Ledger(check),
};

/// How many routes a message names.
const NAMED: usize = 4;

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let Some(surface) = project.surface.as_ref().filter(|one| !one.unstated.is_empty()) else {
        return;
    };
    let texts = admissions(ledger, project);
    let unstated = surface.unstated.iter().filter_map(|&at| surface.code.routes.get(at));
    let unstated = unstated.filter(|one| !names_route(&texts, &one.method, &one.path));
    for (file, routes) in by_file(unstated, |one| &one.file) {
        let mut names: Vec<String> =
            routes.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        names.dedup();
        let message = match &names[..] {
            [only] => format!("no contract states {only}, which this file serves"),
            _ => format!(
                "no contract states {} that this file serves: {}",
                count(names.len(), "route", "routes"),
                few(&names, NAMED)
            ),
        };
        let mut finding = Finding::at(&file, routes[0].span, message)
            .help(
                "state it in the interface of the feature that offers it, report it as a \
                 deviation, or take it out",
            )
            .subject(file.to_string())
            .members(names);
        if let Some((iteration, phase)) = newest_gate(project) {
            finding = finding.gate(iteration, phase);
        }
        out.push(finding);
    }
}
