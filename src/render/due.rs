//! The documents that come next, with the command that begins each.

use super::gates;
use super::sanitize::{clean, inert};
use super::text::{Paint, pad, width};
use crate::base::RepoPath;
use crate::report::{
    DeliverableReport, DutyReport, GateReport, GateVerdict, Report, WorkflowReport,
};

/// The first phase of each iteration that lacks a document, and what it lacks.
pub fn render(report: &Report, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    for workflow in &report.workflows {
        let iterations = gates::iterations(workflow);
        for iteration in &iterations {
            let mut own = workflow.gates.iter().filter(|gate| gate.iteration == *iteration);
            let Some(gate) = own.find(|gate| is_asked(gate) && is_lacking(gate)) else { continue };
            let mut title = format!("phase {}, {}", clean(&gate.phase), clean(&gate.title));
            if iterations.len() > 1 {
                title.push_str(&format!(", of iteration {}", clean(iteration)));
            }
            let root = clean(workflow.root.as_str());
            out.push_str(&format!("{root} lacks for {}\n\n", paint.bold(&title)));
            out.push_str(&rows(gate, root_of(report, workflow), paint));
            out.push('\n');
        }
    }
    if out.is_empty() {
        out.push_str("Every document is there; `gatecheck status` shows what they lack\n");
    }
    inert(&out)
}

fn rows(gate: &GateReport, root: Option<&RepoPath>, paint: Paint) -> String {
    let missing = gate.missing().map(|(row, duty)| {
        let command =
            command(row, duty, root).unwrap_or_else(|| format!("the {}", clean(&row.title)));
        (command, clean(duty.path.as_str()).into_owned())
    });
    let undeclared = undeclared(gate).map(|row| {
        (format!("the {} of each feature", clean(&row.title)), clean(&row.expected).into_owned())
    });
    let lines: Vec<(String, String)> = missing.chain(undeclared).collect();
    let columns = lines.iter().map(|(what, _)| width(what)).max().unwrap_or(0);
    let line = |(what, path): &(String, String)| {
        format!("  {}  {}\n", pad(what, columns), paint.path(path))
    };
    lines.iter().map(line).collect()
}

/// What was written, and what to do with it.
pub fn begun(gate: &GateReport, path: &RepoPath) -> String {
    let mut out = format!("Wrote {}\n", clean(path.as_str()));
    if gate.verdict == GateVerdict::NotStarted {
        let (phase, title) = (clean(&gate.phase), clean(&gate.title));
        out.push_str(&format!("Phase {phase}, {title}, has begun with it.\n"));
    }
    out.push_str("Fill in what stands in brackets; `gatecheck status` shows what is left.\n");
    inert(&out)
}

/// The root that commands have to name: that of one workflow among several.
pub fn root_of<'r>(report: &Report, workflow: &'r WorkflowReport) -> Option<&'r RepoPath> {
    (report.workflows.len() > 1).then_some(&workflow.root)
}

/// The command that begins a document. Nothing for a name that a shell would take apart, which
/// nobody should copy from a document into one.
pub fn command(
    row: &DeliverableReport,
    duty: &DutyReport,
    root: Option<&RepoPath>,
) -> Option<String> {
    let is_plain = |word: &str| {
        let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        !word.is_empty() && !word.starts_with('-') && word.chars().all(is_safe)
    };
    let mut words = vec![&*row.id];
    words.extend(duty.slug.as_deref());
    words.extend(root.map(RepoPath::as_str));
    if !words.iter().all(|word| is_plain(word)) {
        return None;
    }
    if root.is_some() {
        words.insert(words.len() - 1, "--root");
    }
    Some(format!("gatecheck new {}", words.join(" ")))
}

/// What is owed for each feature while none is declared.
fn undeclared(gate: &GateReport) -> impl Iterator<Item = &DeliverableReport> {
    gate.deliverables.iter().filter(|row| !row.optional && row.duties.is_empty())
}

fn is_asked(gate: &GateReport) -> bool {
    gate.verdict != GateVerdict::Skipped
}

fn is_lacking(gate: &GateReport) -> bool {
    gate.missing().next().is_some() || undeclared(gate).next().is_some()
}
