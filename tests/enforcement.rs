//! Holds the tables of `rules/enforcement/`: every line of the lists by which a workflow is enforced
//! has a rule that holds it, or the reason why it is left to people.
#![allow(clippy::disallowed_methods)]

use std::fs;

use gatecheck::base::Failure;
use gatecheck::rules;
use gatecheck::workflow::{self, Kind, PolicyFile, Workflow, builtins};

const FOLDER: &str = "rules/enforcement";
const LEFT: &str = "Left to people: ";

/// Every rule must be one that can speak in the workflow.
#[test]
fn every_line_has_a_rule_or_a_reason() {
    for workflow in builtins().map(parsed) {
        let path = format!("{FOLDER}/{}.md", workflow.id);
        let page = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let lists: Vec<&str> = page.split("\n## ").skip(1).collect();
        assert!(!lists.is_empty(), "{path}: no list");
        for list in lists {
            hold(&path, list, &workflow);
        }
    }
}

/// A heading says how many lines its list has, and the rows are numbered up to that.
fn hold(path: &str, list: &str, workflow: &Workflow) {
    let heading = list.lines().next().unwrap_or_default();
    let count = heading.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    let count: usize = count.and_then(|count| count.parse().ok()).unwrap_or_default();
    let rows: Vec<&str> = list.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert!(count > 0 && rows.len() == count, "{path}: {heading} has {} rows", rows.len());
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [line, asked, held] = cells[..] else { panic!("{path}: {row}") };
        assert_eq!(line, (number + 1).to_string(), "{path}: {heading}");
        assert!(asked.split(' ').count() > 1, "{path}: {row}");
        let named: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
        for id in &named {
            let rule = rules::find(id).unwrap_or_else(|| panic!("{path}: no rule {id} in {row}"));
            let needs = rule.needs();
            let speaks = needs.is_empty() || kinds(workflow).any(|kind| needs.contains(&kind));
            assert!(speaks, "{path}: {id} has nothing to judge in {}", workflow.id);
        }
        let reason = held.strip_prefix(LEFT).map_or(0, |reason| reason.split(' ').count());
        assert!(!named.is_empty() || reason > 4, "{path}: neither rule nor reason in {row}");
    }
}

fn kinds(workflow: &Workflow) -> impl Iterator<Item = Kind> {
    workflow.deliverables().flat_map(|(.., one)| {
        std::iter::once(one.kind).chain(one.parts.iter().filter_map(|part| part.kind))
    })
}

fn parsed(id: &str) -> Workflow {
    let rules: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let file = PolicyFile::builtin(id).expect("a file");
    let mut load = |path: &_| Err(Failure::new("no file", path, ""));
    workflow::parse(file, &rules, &mut load).unwrap_or_else(|failure| panic!("{failure}"))
}
