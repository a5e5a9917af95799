use super::reporting_phase;
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::{Agreement, Ledger, Standing, Why};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "no-agreement",
    summary: "no commit holds what was agreed before the work began",
    promises: &["S2.11"],
    level: Level::Warn,
    page: include_str!("../../../rules/no-agreement.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    // Where nothing is built and nothing measured there is nothing to compare.
    if !project.workflow.has_evidence() && project.workflow.metrics.is_empty() {
        return;
    }
    for agreement in ledger.agreements.iter().filter(|one| one.standing == Standing::Nothing) {
        let iteration = &project.iterations[agreement.iteration].id;
        let lacks = format!("what was agreed for iteration {iteration} cannot be found");
        let finding = match &agreement.why {
            Why::BeforeEvidence { path, commit } => {
                let brought = commit.as_ref().map(|commit| format!(" (commit {})", commit.short));
                let together = match project.workflow.has_evidence() {
                    true => "the design came together with its first evidence or after it",
                    false => "the plan came together with the first handoff or after it",
                };
                let message = format!("{lacks}: {together}{}", brought.unwrap_or_default());
                let standing = project.artifacts.iter().find(|one| one.path == *path);
                match standing.and_then(|one| one.facts()) {
                    Some(facts) => Finding::at(path, facts.beginning(), message),
                    None => Finding::about(path, message),
                }
            }
            Why::Named { revision, path, span } => {
                Finding::at(path, *span, format!("{lacks}: {revision} holds no contract"))
            }
            Why::Base(revision) => Finding::about(
                &first(project, agreement),
                format!("{lacks}: {revision} holds no contract"),
            ),
        };
        let gate = reporting_phase(project).map(|phase| (agreement.iteration, phase));
        let finding = finding
            .help(
                "name the revision that holds the agreed design, with --base REV or \
                 `agreement = \"TAG\"` in gatecheck.toml",
            )
            .subject(format!("iteration {iteration}"));
        out.push(gate.into_iter().fold(finding, |finding, (at, phase)| finding.gate(at, phase)));
    }
}

/// The first document of evidence of an iteration, else the folder of all documents.
fn first(project: &Project, agreement: &Agreement) -> crate::base::RepoPath {
    let of_iteration = |&id: &usize| project.features[id].iteration == agreement.iteration;
    let evidence = project.artifacts.iter().filter(|one| project.workflow.begins(one.kind));
    let mut own = evidence.filter(|one| one.features.iter().any(of_iteration));
    own.next().map_or_else(|| project.root.clone(), |one| one.path.clone())
}
