use super::SINGLE;
use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unknown-committer",
    summary: "commits changed files of roles, and nothing tells in which role",
    promises: &["S1.4"],
    level: Level::Note,
    page: include_str!("../../../rules/unknown-committer.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let commits = &ledger.work.roles.unattributed;
    let short: Vec<&str> = commits.iter().map(|one| &*one.short).collect();
    let (number, noun) = match commits.len() {
        0 => return,
        1 => ("one".to_owned(), "commit"),
        many => (many.to_string(), "commits"),
    };
    let message = format!(
        "{number} {noun} changed files that belong to roles, and nothing tells in which role: {}",
        few(&short, SINGLE)
    );
    let finding = Finding::about(&project.root, message)
        .help(
            "list the address of each person under \"Identities\" where the roles stand, end the \
             message of a commit with a line such as `Role: backend developer`, or work on a \
             branch that begins with the role",
        )
        .subject("commits of nobody")
        .members(commits.iter().map(|one| one.id.clone()));
    out.push(match project.working_phase() {
        Some(phase) => finding.gate(0, phase),
        None => finding,
    });
}
