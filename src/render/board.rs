//! The board: every phase with its deliverables and for whom they are done, and what to do next.

use serde::Serialize;

use super::agreements::AgreementJson;
use super::sanitize::{Shown, clean, inert};
use super::steps::{self, Step};
use super::text::{Paint, pad, width, wrap};
use super::{agreements, gates, json};
use crate::report::{
    DeliverableReport, DutyReport, GateReport, GateVerdict, Report, WorkflowReport,
};

pub fn render(report: &Report, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    if report.workflows.is_empty() {
        return format!("{}\n", gates::verdict(report));
    }
    for workflow in &report.workflows {
        let title = format!("{} in {}", gates::workflow_title(workflow), clean(&report.source));
        out.push_str(&format!("{}\n", paint.bold(&title)));
        let iterations = gates::iterations(workflow);
        for sentence in agreements::sentences(&workflow.agreements, iterations.len() > 1) {
            out.push_str(&format!("{}\n", paint.dim(&wrap(&sentence, 0, "  "))));
        }
        out.push('\n');
        for iteration in &iterations {
            if iterations.len() > 1 {
                let title = format!("Iteration {}", clean(iteration));
                out.push_str(&format!("{}\n\n", paint.bold(&title)));
            }
            for gate in workflow.gates.iter().filter(|gate| gate.iteration == *iteration) {
                out.push_str(&phase(gate, paint));
            }
        }
    }
    out.push_str(&next(report, paint));
    for note in &report.notes {
        out.push_str(&format!("{} {}\n", paint.bold("note:"), wrap(&clean(note), 6, "      ")));
    }
    inert(&out)
}

fn phase(gate: &GateReport, paint: Paint) -> String {
    let title = format!("Phase {}: {}", clean(&gate.phase), clean(&gate.title));
    let word = gate.verdict.word().replace('-', " ");
    let mut out = format!("{} {} — {word}", gates::mark(gate, paint), paint.bold(&title));
    if let Some(because) = &gate.because {
        let taken = width(&title) + width(&word) + 7;
        out.push_str(&format!(": {}", wrap(&clean(because), taken, "    ")));
    }
    out.push('\n');
    let titles = gate.deliverables.iter().map(|one| width(&clean(&one.title))).max().unwrap_or(0);
    for deliverable in &gate.deliverables {
        let title = pad(&clean(&deliverable.title), titles);
        let mark = mark(gate, deliverable, paint);
        out.push_str(&format!("    {mark} {title}  "));
        out.push_str(&owners(gate, deliverable, titles + 8, paint));
        out.push('\n');
    }
    out.push('\n');
    out
}

fn mark(gate: &GateReport, deliverable: &DeliverableReport, paint: Paint) -> String {
    let mut duties = deliverable.duties.iter();
    match deliverable.duties.is_empty() {
        false if duties.all(|duty| duty.done) => paint.good("✓"),
        false if !deliverable.optional && is_due(gate) => paint.bad("✗"),
        _ => paint.dim("–"),
    }
}

/// Whether what a gate misses stops somebody now.
fn is_due(gate: &GateReport) -> bool {
    gate.judged && !matches!(gate.verdict, GateVerdict::NotStarted | GateVerdict::Skipped)
}

/// For whom a deliverable is done.
fn owners(
    gate: &GateReport,
    deliverable: &DeliverableReport,
    indent: usize,
    paint: Paint,
) -> String {
    let optional = if deliverable.optional { " (optional)" } else { "" };
    match deliverable.duties.as_slice() {
        [] if deliverable.optional => paint.dim("optional"),
        [] => paint.dim("nobody owes one yet"),
        [DutyReport { subject: None, path, .. }] => {
            format!("{}{optional}", paint.path(&clean(path.as_str())))
        }
        duties => {
            let done = duties.iter().filter(|duty| duty.done).count();
            let mut text = format!("{done} of {}{optional}", duties.len());
            for duty in duties {
                let sign = match duty.done {
                    true => "✓",
                    false if is_due(gate) && !deliverable.optional => "✗",
                    false => "–",
                };
                // A name is never parted from its sign.
                let name = duty.subject.as_deref().unwrap_or("the project");
                let name = clean(name).replace(' ', "\u{a0}");
                text.push_str(&format!(" {sign}\u{a0}{name}"));
            }
            let wrapped = wrap(&text, indent, &" ".repeat(indent));
            wrapped.replace('\u{a0}', " ")
        }
    }
}

fn next(report: &Report, paint: Paint) -> String {
    let (steps, more) = steps::next(report);
    let mut out = String::new();
    if steps.is_empty() {
        out.push_str("Nothing is left to do\n");
        return out;
    }
    out.push_str(&format!("{}\n", paint.bold("What to do next")));
    for (index, step) in steps.iter().enumerate() {
        let what = wrap(step.what.as_str(), 5, "     ");
        let place = match step.line {
            Some(line) => format!("{}:{line}", step.path),
            None => step.path.to_string(),
        };
        out.push_str(&format!("  {}. {what}\n     {}\n", index + 1, paint.path(&place)));
        if let Some(command) = &step.command {
            out.push_str(&format!("     {command}\n"));
        }
    }
    if more > 0 {
        out.push_str(&format!("  and {more} more: gatecheck check\n"));
    }
    out
}

/// The same for programs.
pub fn json(report: &Report) -> String {
    let (next, more) = steps::next(report);
    let workflows = report.workflows.iter().map(WorkflowBoard::of).collect();
    let source = report.source.as_str().into();
    let verdict = report.verdict.word();
    let notes = report.notes.iter().map(Shown::from).collect();
    json::write(&Board { schema: json::SCHEMA, source, verdict, workflows, next, more, notes })
}

#[derive(Serialize)]
struct Board {
    schema: u32,
    source: Shown,
    verdict: &'static str,
    workflows: Vec<WorkflowBoard>,
    next: Vec<Step>,
    /// Further steps that are not listed.
    more: usize,
    /// What was not judged, and what nothing looks at.
    notes: Vec<Shown>,
}

#[derive(Serialize)]
struct WorkflowBoard {
    id: Shown,
    title: Shown,
    root: Shown,
    phases: Vec<PhaseBoard>,
    agreements: Vec<AgreementJson>,
}

#[derive(Serialize)]
struct PhaseBoard {
    id: Shown,
    iteration: Shown,
    title: Shown,
    verdict: &'static str,
    judged: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<Shown>,
    deliverables: Vec<DeliverableBoard>,
}

#[derive(Serialize)]
struct DeliverableBoard {
    title: Shown,
    expected: Shown,
    optional: bool,
    duties: Vec<DutyBoard>,
}

#[derive(Serialize)]
struct DutyBoard {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<Shown>,
    done: bool,
    path: Shown,
}

impl WorkflowBoard {
    fn of(workflow: &WorkflowReport) -> Self {
        Self {
            id: (&workflow.id).into(),
            title: (&workflow.title).into(),
            root: workflow.root.as_str().into(),
            phases: workflow.gates.iter().map(PhaseBoard::of).collect(),
            agreements: workflow.agreements.iter().map(AgreementJson::of).collect(),
        }
    }
}

impl PhaseBoard {
    fn of(gate: &GateReport) -> Self {
        Self {
            id: (&gate.phase).into(),
            iteration: (&gate.iteration).into(),
            title: (&gate.title).into(),
            verdict: gate.verdict.word(),
            judged: gate.judged,
            because: gate.because.as_ref().map(Shown::from),
            deliverables: gate.deliverables.iter().map(DeliverableBoard::of).collect(),
        }
    }
}

impl DeliverableBoard {
    fn of(deliverable: &DeliverableReport) -> Self {
        let duty = |duty: &DutyReport| DutyBoard {
            subject: duty.subject.as_ref().map(Shown::from),
            done: duty.done,
            path: duty.path.as_str().into(),
        };
        Self {
            title: (&deliverable.title).into(),
            expected: (&deliverable.expected).into(),
            optional: deliverable.optional,
            duties: deliverable.duties.iter().map(duty).collect(),
        }
    }
}
