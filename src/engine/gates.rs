//! The verdict of every gate, and the board that shows it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::settings::Settings;
use crate::base::words;
use crate::project::{Duty, DutyState, Project, Subject, stages};
use crate::report::{DeliverableReport, DutyReport, GateReport, GateVerdict};

/// One gate for each iteration and phase, iterations first. `denied` are the gates, by iteration
/// and phase, that some finding denies; `known` how many would deny each that are known.
pub fn verdicts(
    project: &Project,
    settings: &Settings<'_>,
    judged: &[bool],
    denied: &HashSet<(usize, usize)>,
    known: &HashMap<(usize, usize), usize>,
) -> Vec<GateReport> {
    let mut gates: Vec<GateReport> = Vec::new();
    let documents = documents(project);
    for (at, stage) in project.stages.iter().enumerate() {
        let phase = &project.workflow.phases[stage.phase];
        let (verdict, mut because) = verdict(project, settings, judged, denied, &gates, at);
        if let (GateVerdict::Holds, Some(&known)) =
            (verdict, known.get(&(stage.iteration, stage.phase)))
        {
            let known = words::count(known, "known finding is", "known findings are");
            because = Some(format!("{known} forgiven"));
        }
        gates.push(GateReport {
            phase: phase.id.clone(),
            title: phase.title.clone(),
            iteration: project.iterations[stage.iteration].id.clone(),
            verdict,
            judged: judged[at] && verdict != GateVerdict::Skipped,
            subjects: documents[at] + project.due(stage.iteration, stage.phase).len(),
            because,
            deliverables: board(project, stage.iteration, stage.phase),
        });
    }
    gates
}

fn verdict(
    project: &Project,
    settings: &Settings<'_>,
    judged: &[bool],
    denied: &HashSet<(usize, usize)>,
    earlier: &[GateReport],
    at: usize,
) -> (GateVerdict, Option<String>) {
    let stage = &project.stages[at];
    if let Some(reason) = settings.skipped(stage.phase) {
        return (GateVerdict::Skipped, Some(reason));
    }
    if !judged[at] {
        let begun = stages::is_begun(project, stage.iteration, stage.phase);
        return (if begun { GateVerdict::NotJudged } else { GateVerdict::NotStarted }, None);
    }
    if denied.contains(&(stage.iteration, stage.phase)) {
        return (GateVerdict::Fails, None);
    }
    let base = stage.iteration * project.workflow.phases.len();
    let before = project.workflow.before(stage.phase);
    let failing = before.into_iter().map(|phase| &earlier[base + phase]);
    match failing.into_iter().find(|gate| gate.verdict == GateVerdict::Fails) {
        Some(gate) => (GateVerdict::Blocked, Some(format!("phase {} fails", gate.phase))),
        None => (GateVerdict::Holds, None),
    }
}

/// For each stage, how many documents its gate looks at.
fn documents(project: &Project) -> Vec<usize> {
    let phases = project.workflow.phases.len();
    let mut counts = vec![0; project.stages.len()];
    let mut shared = vec![0; phases];
    for artifact in &project.artifacts {
        let Some((phase, _)) = artifact.deliverable else { continue };
        let iterations = artifact.features.iter().map(|&id| project.features[id].iteration);
        let own: BTreeSet<usize> = iterations.collect();
        shared[phase] += usize::from(own.is_empty());
        for iteration in own {
            counts[iteration * phases + phase] += 1;
        }
    }
    counts.iter().enumerate().map(|(at, count)| count + shared[at % phases]).collect()
}

fn board(project: &Project, iteration: usize, phase: usize) -> Vec<DeliverableReport> {
    let deliverables = project.workflow.phases[phase].deliverables.iter().enumerate();
    let rows = deliverables.map(|(index, deliverable)| {
        let due = project.due(iteration, phase).iter();
        let duties = due.filter(|duty| duty.deliverable == index);
        let first = deliverable.paths.first().map_or("", |pattern| &pattern.written);
        DeliverableReport {
            id: deliverable.id.clone(),
            title: deliverable.title.clone(),
            expected: project.root.join(first).to_string(),
            optional: deliverable.optional,
            duties: duties.map(|duty| row(project, duty)).collect(),
        }
    });
    rows.collect()
}

fn row(project: &Project, duty: &Duty) -> DutyReport {
    let (subject, slug) = match &duty.subject {
        Subject::Project => (None, None),
        Subject::Feature(id) => {
            let feature = &project.features[*id];
            (Some(feature.name.clone()), Some(feature.slug.clone()))
        }
        Subject::Role(id) => {
            let title = project.workflow.role(id).map_or(id, |role| &role.title);
            (Some(title.clone()), Some(id.clone()))
        }
    };
    let path = match &duty.state {
        DutyState::Done(done) | DutyState::Contested(done) => {
            done.first().map(|&id| project.artifacts[id].path.clone())
        }
        DutyState::Within(id, _) => Some(project.artifacts[*id].path.clone()),
        DutyState::Elsewhere(path) => Some(path.clone()),
        DutyState::Uncovered(_) | DutyState::Missing { .. } => None,
    };
    let done = path.is_some() && !matches!(duty.state, DutyState::Contested(_));
    DutyReport { subject, slug, done, path: path.unwrap_or_else(|| duty.expected.clone()) }
}
