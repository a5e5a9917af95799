use crate::base::Level;
use crate::finding::Finding;
use crate::project::{Project, Witness, stages};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "withdrawn-phase",
    summary: "a phase had begun, and all that showed it is gone",
    promises: &["S2.20", "X.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/withdrawn-phase.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for stage in &project.stages {
        let Some(Witness::Withdrawn { path, commit }) = &stage.entered else { continue };
        if !stages::furthest(project, stage.iteration).contains(&stage.phase) {
            continue;
        }
        let phase = &project.workflow.phases[stage.phase];
        let message = format!(
            "phase {} ({}) had begun with this document in commit {commit}, and it is gone",
            phase.id, phase.title
        );
        // A shared document may have begun the phase for several iterations.
        if let Some(known) = out.iter_mut().find(|known| known.message == message) {
            known.gates.push((stage.iteration, stage.phase));
            continue;
        }
        let finding = Finding::about(path, message)
            .help("restore it; to take back a phase on purpose, waive this rule with a reason")
            .subject(format!("phase {}", phase.id))
            .gate(stage.iteration, stage.phase);
        out.push(finding);
    }
}
