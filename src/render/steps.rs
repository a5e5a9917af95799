//! What to do next, concluded from a report.

use serde::Serialize;

use super::sanitize::Shown;
use super::{due, gates};
use crate::base::words;
use crate::report::{
    DeliverableReport, GateReport, GateVerdict, Report, ReportFinding, WorkflowReport,
};

/// How many steps are named; more would hide the first.
const STEPS: usize = 5;
/// How many subjects one step names.
const NAMED: usize = 3;

/// Something concrete to do, at a path.
#[derive(Debug, Serialize)]
pub struct Step {
    #[serde(rename = "do")]
    pub what: Shown,
    pub path: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// What begins the document at the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

/// The next few steps, and how many more there are.
///
/// First what stops the gates that were judged, earlier gates before later ones; with nothing
/// stopped, what the next phase owes.
pub fn next(report: &Report) -> (Vec<Step>, usize) {
    let mut steps: Vec<Step> = Vec::new();
    let policy = report.denied().filter(|finding| gates::gate_of(report, finding).is_none());
    steps.extend(policy.map(fix));
    let groups = gates::groups(report);
    let judged = |gate: &GateReport| gate.judged && gate.verdict != GateVerdict::Skipped;
    for (workflow, gate) in all(report).filter(|(_, gate)| judged(gate)) {
        let own = groups.iter().find(|group| group.is_of(gate));
        let denied = own.iter().flat_map(|group| &group.findings).filter(|one| one.denies());
        steps.extend(owed(report, workflow, gate));
        steps.extend(denied.filter(|finding| !is_owed(gate, finding)).map(|finding| fix(finding)));
    }
    if steps.is_empty() {
        for workflow in &report.workflows {
            for iteration in gates::iterations(workflow) {
                let mut own = workflow.gates.iter().filter(|gate| gate.iteration == iteration);
                let open = [GateVerdict::NotStarted, GateVerdict::NotJudged];
                if let Some(gate) = own.find(|gate| open.contains(&gate.verdict)) {
                    steps.extend(owed(report, workflow, gate));
                }
            }
        }
    }
    let more = steps.len().saturating_sub(STEPS);
    steps.truncate(STEPS);
    (steps, more)
}

fn all(report: &Report) -> impl Iterator<Item = (&WorkflowReport, &GateReport)> {
    report.workflows.iter().flat_map(|one| one.gates.iter().map(move |gate| (one, gate)))
}

fn fix(finding: &ReportFinding) -> Step {
    let what = if finding.help.is_empty() {
        finding.message.clone()
    } else {
        format!("{}: {}", finding.message, finding.help)
    };
    Step {
        what: what.into(),
        path: finding.path.as_str().into(),
        line: finding.place.as_ref().map(|place| place.start.line),
        rule: Some(finding.rule),
        command: None,
    }
}

/// One step for each deliverable that a gate misses.
fn owed<'r>(
    report: &Report,
    workflow: &'r WorkflowReport,
    gate: &'r GateReport,
) -> impl Iterator<Item = Step> + 'r {
    let root = due::root_of(report, workflow);
    let several = gates::iterations(workflow).len() > 1;
    gate.deliverables.iter().filter(|one| !one.optional).filter_map(move |deliverable| {
        let missing: Vec<_> = deliverable.duties.iter().filter(|duty| !duty.done).collect();
        let first = missing.first()?;
        let subjects: Vec<&str> =
            missing.iter().filter_map(|duty| duty.subject.as_deref()).collect();
        let mut what = format!("write the {}", deliverable.title);
        if !subjects.is_empty() {
            what.push_str(&format!(" of {}", named(&subjects)));
        }
        what.push_str(&format!(" for phase {}", gate.phase));
        if several {
            what.push_str(&format!(" of iteration {}", gate.iteration));
        }
        let (path, command) = (first.path.as_str().into(), due::command(deliverable, first, root));
        Some(Step { what: what.into(), path, line: None, rule: None, command })
    })
}

fn named(subjects: &[&str]) -> String {
    match subjects.len().checked_sub(NAMED) {
        None | Some(0) => words::list(subjects),
        Some(more) => format!("{} and {more} more", subjects[..NAMED].join(", ")),
    }
}

/// Whether a finding says no more than that a deliverable is missing.
fn is_owed(gate: &GateReport, finding: &ReportFinding) -> bool {
    let misses = |deliverable: &DeliverableReport| {
        let mut missing = deliverable.duties.iter().filter(|duty| !duty.done).peekable();
        missing.peek().is_some()
            && (deliverable.expected == finding.path.as_str()
                || missing.any(|duty| duty.path == finding.path))
    };
    finding.place.is_none() && gate.deliverables.iter().any(misses)
}
