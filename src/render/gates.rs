//! Gates in words: what they are called, which findings are theirs, how a run ended.

use std::collections::BTreeMap;

use super::agreements;
use super::sanitize::{clean, clipped};
use super::sentence::capital;
use super::text::{Paint, pad, width, wrap};
use crate::base::{Level, words};
use crate::report::{
    GateReport, GateVerdict, Report, ReportFinding, Standing, Verdict, WorkflowReport,
};

/// How many gates a sentence names before it counts them instead.
const NAMED: usize = 6;
/// The longest text of a document in a line of the board.
const CLIP: usize = 160;

/// Findings that belong together.
pub struct Group<'r> {
    pub owner: Owner<'r>,
    pub findings: Vec<&'r ReportFinding>,
}

/// What findings belong to.
#[derive(Clone, Copy)]
pub enum Owner<'r> {
    /// The configuration, or nothing where files are judged on their own.
    Policy,
    Gate(&'r WorkflowReport, &'r GateReport),
    /// Documents under a root that no phase asks for.
    NoPhase,
}

impl Group<'_> {
    /// Whether these are the findings of a gate.
    pub fn is_of(&self, gate: &GateReport) -> bool {
        matches!(self.owner, Owner::Gate(_, own) if std::ptr::eq(own, gate))
    }

    /// The heading of the group; empty where files are judged on their own.
    pub fn title(&self, report: &Report) -> String {
        match self.owner {
            _ if report.workflows.is_empty() => String::new(),
            Owner::Policy => "Configuration and waivers".to_owned(),
            Owner::Gate(workflow, gate) => title(report, workflow, gate),
            Owner::NoPhase => "Documents of no phase".to_owned(),
        }
    }
}

/// The counted findings by what they belong to: the configuration, the gates in the order of the
/// report, no phase. The gravest stand first in their group.
pub fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut of_gates: BTreeMap<(usize, usize), Vec<&ReportFinding>> = BTreeMap::new();
    let (mut policy, mut no_phase) = (Vec::new(), Vec::new());
    for finding in report.findings.iter().filter(|finding| finding.counted()) {
        match gate_of(report, finding) {
            Some(gate) => of_gates.entry(gate).or_default().push(finding),
            None if finding.workflow.is_empty() => policy.push(finding),
            None => no_phase.push(finding),
        }
    }
    let mut groups = vec![Group { owner: Owner::Policy, findings: policy }];
    groups.extend(of_gates.into_iter().map(|((workflow, gate), findings)| {
        let workflow = &report.workflows[workflow];
        Group { owner: Owner::Gate(workflow, &workflow.gates[gate]), findings }
    }));
    groups.push(Group { owner: Owner::NoPhase, findings: no_phase });
    groups.retain(|group| !group.findings.is_empty());
    for group in &mut groups {
        group.findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    }
    groups
}

/// The places in the report of the workflow and gate that a finding belongs to.
pub fn gate_of(report: &Report, finding: &ReportFinding) -> Option<(usize, usize)> {
    let phase = finding.phase.as_ref()?;
    let numbered = || {
        let all = report.workflows.iter().enumerate();
        all.filter(|(_, workflow)| workflow.id == finding.workflow)
    };
    let holds = |workflow: &WorkflowReport| finding.path.below(&workflow.root).is_some();
    let (index, workflow) =
        numbered().find(|(_, workflow)| holds(workflow)).or_else(|| numbered().next())?;
    let gate = workflow.gates.iter().position(|gate| {
        gate.phase == *phase
            && finding.iteration.as_ref().is_none_or(|iteration| gate.iteration == *iteration)
    })?;
    Some((index, gate))
}

/// `Gate 1: Foundation design`, with iteration and workflow where there are several.
pub fn title(report: &Report, workflow: &WorkflowReport, gate: &GateReport) -> String {
    let mut title = format!("Gate {}: {}", clean(&gate.phase), clipped(&gate.title, CLIP));
    if iterations(workflow).len() > 1 {
        title.push_str(&format!(", iteration {}", clean(&gate.iteration)));
    }
    if report.workflows.len() > 1 {
        title.push_str(&format!(" ({})", workflow_title(workflow)));
    }
    title
}

/// `.work (standard-orchestration)`
pub fn workflow_title(workflow: &WorkflowReport) -> String {
    format!("{} ({})", clean(workflow.root.as_str()), clean(&workflow.id))
}

/// The iterations of a workflow, in order.
pub fn iterations(workflow: &WorkflowReport) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for gate in &workflow.gates {
        if !found.contains(&gate.iteration.as_str()) {
            found.push(&gate.iteration);
        }
    }
    found
}

/// One line for each gate: its verdict, what was looked at, why.
pub fn board(report: &Report, paint: Paint) -> String {
    let groups = groups(report);
    let mut out = String::new();
    for workflow in &report.workflows {
        let iterations = iterations(workflow);
        out.push_str(&paint.bold(&format!("Gates of {}", workflow_title(workflow))));
        out.push('\n');
        let ids = widest(workflow, |gate| &gate.phase);
        let titles = widest(workflow, |gate| &gate.title);
        for iteration in &iterations {
            if iterations.len() > 1 {
                out.push_str(&format!("  iteration {}\n", clean(iteration)));
            }
            for gate in workflow.gates.iter().filter(|gate| gate.iteration == *iteration) {
                let indent = if iterations.len() > 1 { "    " } else { "  " };
                let title = clipped(&gate.title, CLIP);
                let line = format!(
                    "{indent}{} {}  {}  ",
                    mark(gate, paint),
                    pad(&clean(&gate.phase), ids),
                    pad(&title, titles),
                );
                let taken = indent.len() + 2 + ids + 2 + titles + 2;
                let word = pad(&gate.verdict.word().replace('-', " "), 11);
                let rest = format!("{word}  {}", detail(gate, &groups));
                out.push_str(&line);
                out.push_str(&wrap_aligned(rest.trim_end(), taken));
                out.push('\n');
            }
        }
        for sentence in agreements::sentences(&workflow.agreements, iterations.len() > 1) {
            out.push_str(&format!("  {}\n", paint.dim(&wrap(&sentence, 2, "    "))));
        }
    }
    out
}

/// Wraps without closing up the blanks that align the first words.
fn wrap_aligned(text: &str, taken: usize) -> String {
    let (head, rest) = text.split_at(text.find("  ").map_or(text.len(), |_| 13.min(text.len())));
    let wrapped = wrap(rest, taken + width(head), &" ".repeat(taken + width(head)));
    format!("{head}{wrapped}").trim_end().to_owned()
}

fn widest(workflow: &WorkflowReport, text: impl Fn(&GateReport) -> &String) -> usize {
    let widths = workflow.gates.iter().map(|gate| width(&clipped(text(gate), CLIP)));
    widths.max().unwrap_or(0).min(40)
}

/// The sign of a gate's verdict; the word always stands beside it.
pub fn mark(gate: &GateReport, paint: Paint) -> String {
    match gate.verdict {
        GateVerdict::NotStarted => paint.dim("·"),
        GateVerdict::Skipped => paint.dim("–"),
        GateVerdict::NotJudged => paint.dim("…"),
        _ if !gate.judged => paint.dim("…"),
        GateVerdict::Holds => paint.good("✓"),
        GateVerdict::Fails => paint.bad("✗"),
        GateVerdict::Blocked => paint.bad("!"),
    }
}

/// What was looked at in a gate, what it found and why its verdict is what it is.
pub fn detail(gate: &GateReport, groups: &[Group]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let begun =
        matches!(gate.verdict, GateVerdict::Holds | GateVerdict::Fails | GateVerdict::Blocked);
    if begun && !gate.judged {
        parts.push("not judged in this run".to_owned());
    } else if begun && gate.subjects > 0 {
        parts.push(format!("{} checked", gate.subjects));
    }
    let own = groups.iter().find(|group| group.is_of(gate));
    let findings = own.map_or(&[][..], |group| &group.findings);
    let count = |level: Level| findings.iter().filter(|finding| finding.level == level).count();
    match count(Level::Deny) {
        // What fails it is told under the first gate that it belongs to.
        0 if gate.verdict == GateVerdict::Fails => {
            parts.push("found under another iteration".to_owned());
        }
        0 => {}
        denied => parts.push(format!("{denied} to resolve")),
    }
    match count(Level::Warn) {
        0 => {}
        warned => parts.push(words::count(warned, "warning", "warnings")),
    }
    let parts = parts.join(", ");
    match (&gate.because, parts.is_empty()) {
        (None, _) => parts,
        (Some(because), true) => clipped(because, CLIP),
        (Some(because), false) => format!("{parts}; {}", clipped(because, CLIP)),
    }
}

/// The closing sentence: how the run ended and what was examined.
pub fn verdict(report: &Report) -> String {
    if report.verdict == Verdict::NotDue {
        return match report.workflows.is_empty() {
            true => "no gate is due, since no workflow is here".to_owned(),
            false => "no gate is due yet".to_owned(),
        };
    }
    let ended = match report.verdict {
        Verdict::Holds => gates_that(report, GateVerdict::Holds, "holds", "hold")
            .unwrap_or_else(|| "Nothing has to be resolved".to_owned()),
        Verdict::Fails => failing(report),
        Verdict::NotDue | Verdict::None => "No verdict was reached".to_owned(),
    };
    let warned = report.findings.iter().filter(|one| one.counted() && one.level == Level::Warn);
    let warnings = match warned.count() {
        0 => String::new(),
        warnings => format!(", {}", words::count(warnings, "warning", "warnings")),
    };
    let documents = words::count(report.documents, "document", "documents");
    let source = match report.workflows.is_empty() {
        true => String::new(),
        false => format!(" in {}", clean(&report.source)),
    };
    capital(&format!("{ended}{warnings}. Examined: {documents}{source}."))
}

fn failing(report: &Report) -> String {
    let resolve = match report.denied().count() {
        0 => None,
        1 => Some("1 finding must be resolved".to_owned()),
        denied => Some(format!("{denied} findings must be resolved")),
    };
    match (gates_that(report, GateVerdict::Fails, "fails", "fail"), resolve) {
        (Some(gates), Some(resolve)) => format!("{gates}: {resolve}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => "The check fails".to_owned(),
    }
}

/// `Gates 0 and 1 hold`: the judged gates with a verdict, iterations and workflows named where
/// there are several.
fn gates_that(report: &Report, verdict: GateVerdict, one: &str, many: &str) -> Option<String> {
    let mut total = 0;
    let mut parts: Vec<String> = Vec::new();
    for workflow in &report.workflows {
        let iterations = iterations(workflow);
        for iteration in &iterations {
            let gates = workflow.gates.iter().filter(|gate| gate.iteration == *iteration);
            let gates = gates.filter(|gate| gate.judged && gate.verdict == verdict);
            let ids: Vec<_> = gates.map(|gate| clean(&gate.phase)).collect();
            total += ids.len();
            let mut part = match ids.as_slice() {
                [] => continue,
                [id] => format!("gate {id}"),
                ids => format!("gates {}", words::list(ids)),
            };
            if iterations.len() > 1 {
                part.push_str(&format!(" of iteration {}", clean(iteration)));
            }
            if report.workflows.len() > 1 {
                part.push_str(&format!(" of {}", workflow_title(workflow)));
            }
            parts.push(part);
        }
    }
    let verb = if total == 1 { one } else { many };
    match total {
        0 => None,
        1..=NAMED => Some(format!("{} {verb}", words::list(&parts))),
        _ => Some(format!("{total} gates {verb}")),
    }
}

/// A line for each sort of findings that do not count, where some gate is judged.
pub fn uncounted(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if report.verdict == Verdict::NotDue {
        return lines;
    }
    let standing = |wanted: fn(&Standing) -> bool| {
        report.findings.iter().filter(|finding| wanted(&finding.standing)).count()
    };
    let later = standing(|standing| matches!(standing, Standing::Later));
    let waived = standing(|standing| matches!(standing, Standing::Waived(_)));
    let known = standing(|standing| matches!(standing, Standing::Known));
    let mut parts: Vec<String> = Vec::new();
    if later > 0 {
        let findings = words::count(later, "finding", "findings");
        parts.push(format!("{findings} of gates that are not judged yet"));
    }
    if waived > 0 {
        parts.push(format!("{} waived", words::count(waived, "finding", "findings")));
    }
    if !parts.is_empty() {
        lines.push(format!("Not counted: {}", words::list(&parts)));
    }
    if known > 0 {
        let findings = words::count(known, "known finding is", "known findings are");
        lines.push(format!("{findings} not counted"));
    }
    lines
}
