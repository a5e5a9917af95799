use super::wanted;
use crate::base::Level;
use crate::base::words::count;
use crate::finding::Finding;
use crate::project::{Duty, DutyState, Project, Witness};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "phase-out-of-order",
    summary: "a phase has begun although an earlier one was never started",
    promises: &["S2.20"],
    level: Level::Deny,
    page: include_str!("../../../rules/phase-out-of-order.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for iteration in 0..project.iterations.len() {
        let mut skipped: Vec<usize> = Vec::new();
        for later in 0..project.workflow.phases.len() {
            let Some(Witness::Artifact(witness)) = project.stage(iteration, later).entered else {
                continue;
            };
            for earlier in project.workflow.before(later) {
                if skipped.contains(&earlier) || !is_unstarted(project, iteration, earlier) {
                    continue;
                }
                skipped.push(earlier);
                report(project, (iteration, earlier, later), witness, out);
            }
        }
    }
}

fn report(
    project: &Project,
    (iteration, earlier, later): (usize, usize, usize),
    witness: usize,
    out: &mut Vec<Finding>,
) {
    let path = &project.artifacts[witness].path;
    let [earlier_phase, later_phase] = [earlier, later].map(|at| &project.workflow.phases[at]);
    let message = format!(
        "phase {} ({}) has begun here, but phase {} ({}) was never started",
        later_phase.id, later_phase.title, earlier_phase.id, earlier_phase.title
    );
    // One document may begin a phase in several iterations, and is out of order once.
    let known = out.iter_mut().find(|known| known.path == *path && known.message == message);
    if let Some(known) = known {
        known.gates.push((iteration, earlier));
        return;
    }
    let owed: Vec<&Duty> = owed(project, iteration, earlier).collect();
    let paths: Vec<&str> = owed.iter().map(|duty| duty.expected.as_str()).collect();
    let help = match &paths[..] {
        [one] => format!("finish phase {} first: it owes {one}", earlier_phase.id),
        all => {
            format!("finish phase {} first: it owes the {} below", earlier_phase.id, documents(all))
        }
    };
    let file = project.workflow.file(later_phase.order);
    let finding = Finding::about(path, message)
        .help(help)
        .subject(format!("{} before {}", later_phase.id, earlier_phase.id))
        .gate(iteration, earlier)
        .related(&file.path, Some(later_phase.order.span), "the order is set here");
    out.push(owed.iter().fold(finding, |finding, duty| {
        finding.related(&duty.expected, None, format!("owed: {}", wanted(project, duty)))
    }));
}

fn documents(paths: &[&str]) -> String {
    count(paths.len(), "document", "documents")
}

/// Whether nothing of the phase is there now, and nothing was.
pub fn is_unstarted(project: &Project, iteration: usize, phase: usize) -> bool {
    let mut duties = owed(project, iteration, phase).peekable();
    let absent =
        |duty: &Duty| matches!(duty.state, DutyState::Missing { .. } | DutyState::Uncovered(_));
    project.stage(iteration, phase).entered.is_none()
        && duties.peek().is_some()
        && duties.all(absent)
}

fn owed(project: &Project, iteration: usize, phase: usize) -> impl Iterator<Item = &Duty> {
    let of_stage = move |duty: &&Duty| (duty.iteration, duty.phase) == (iteration, phase);
    project.duties.iter().filter(of_stage)
}
