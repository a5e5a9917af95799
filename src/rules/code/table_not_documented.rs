use super::{admissions, by_file, newest_gate};
use crate::base::Level;
use crate::base::words::{count, few};
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::project::surface::folded;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "table-not-documented",
    summary: "tables of the code that no document of the design names and no deviation reports",
    promises: &["S2.7", "S2.11"],
    level: Level::Warn,
    page: include_str!("../../../rules/table-not-documented.md"),
    check: Check::Ledger(check),
};

/// How many tables a message names.
const NAMED: usize = 4;

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let Some(surface) = project.surface.as_ref().filter(|one| !one.unstated_tables.is_empty())
    else {
        return;
    };
    let texts = admissions(ledger, project);
    let is_named = |name: &str| {
        let words = |text: &&str| {
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| folded(word) == folded(name))
        };
        texts.iter().any(words)
    };
    let unstated = surface.unstated_tables.iter().filter_map(|&at| surface.code.tables.get(at));
    for (file, tables) in by_file(unstated.filter(|one| !is_named(&one.name)), |one| &one.file) {
        let names: Vec<String> = tables.iter().map(|one| one.name.clone()).collect();
        let message = match &names[..] {
            [only] => format!("no document of the design names the table {only}"),
            _ => format!(
                "no document of the design names {} that are created here: {}",
                count(names.len(), "table", "tables"),
                few(&names, NAMED)
            ),
        };
        let mut finding = Finding::at(&file, tables[0].span, message)
            .help(
                "describe it in the interface of the feature that writes it, report it as a \
                 deviation, or drop it",
            )
            .subject(file.to_string())
            .members(names);
        if let Some((iteration, phase)) = newest_gate(project) {
            finding = finding.gate(iteration, phase);
        }
        out.push(finding);
    }
}
