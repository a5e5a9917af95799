//! The report as Markdown, for the summary of a job of GitHub Actions.
//!
//! GitHub drops a summary that is too large as a whole. So there is an end to it: what must be
//! resolved stands first, and a sentence says what was left out.

use super::gates::{self, Group};
use super::human::plainly;
use super::markdown::text;
use super::sanitize::{clean, clipped, inert};
use super::sentence::{ended, of_failure, with_fix};
use super::text::Paint;
use super::{agreements, paths};
use crate::base::{Failure, Level, RepoPath, words};
use crate::report::{GateReport, Place, Report, ReportFinding, Verdict, WorkflowReport};

/// How long a summary is at most, in bytes; GitHub takes 1024 KiB.
const LENGTH: usize = 1_000_000;
/// What is kept free for the sentences that say what was left out, in bytes.
const RESERVE: usize = 10_000;
/// The longest text of a document, in characters.
const CLIP: usize = 600;
/// How many further places of a finding are named.
const RELATED: usize = 10;

pub fn render(report: &Report) -> String {
    let mut sheet = Sheet::default();
    let mark = match report.verdict {
        Verdict::Holds => "✓ ",
        Verdict::Fails => "✗ ",
        Verdict::NotDue | Verdict::None => "",
    };
    let verdict = ended(&clipped(&gates::verdict(report), CLIP));
    sheet.add(&format!("## {mark}gatecheck\n\n{}\n\n", text(&verdict)));
    if report.verdict != Verdict::NotDue {
        let groups = gates::groups(report);
        for workflow in &report.workflows {
            board(&mut sheet, report, workflow, &groups);
        }
        findings(&mut sheet, report, &groups);
    }
    let uncounted = gates::uncounted(report).into_iter().map(|line| ended(&line));
    let notes = report.notes.iter().map(|note| format!("Note: {}", ended(&clipped(note, CLIP))));
    let remarks = uncounted.chain(notes).map(|line| format!("{}\n\n", text(&line)));
    sheet.list(remarks, "remark", "remarks");
    sheet.finish()
}

pub fn failure(failure: &Failure) -> String {
    let place = failure.place.as_ref().map(|place| {
        let at = format!("{}:{}:{}", place.path, place.position.line, place.position.column);
        format!(" (<code>{}</code>)", text(&clean(&at)))
    });
    let said = text(&of_failure(failure, CLIP));
    inert(&format!("## ✗ gatecheck reached no verdict\n\n{said}{}\n", place.unwrap_or_default()))
}

/// A row for each gate, and what its iterations are held to.
fn board(sheet: &mut Sheet, report: &Report, workflow: &WorkflowReport, groups: &[Group<'_>]) {
    if report.workflows.len() > 1 {
        sheet.add(&format!("### {}\n\n", text(&gates::workflow_title(workflow))));
    }
    let several = gates::iterations(workflow).len() > 1;
    let (first, line) = if several { ("Iteration | ", "--- | ") } else { ("", "") };
    sheet.add(&format!("| | {first}Gate | Verdict | |\n| --- | {line}--- | --- | --- |\n"));
    let row = |gate: &GateReport| {
        let mark = gates::mark(gate, Paint(false));
        let iteration = match several {
            true => format!("{} | ", text(&clipped(&gate.iteration, CLIP))),
            false => String::new(),
        };
        let title = text(&clipped(&format!("{} {}", gate.phase, gate.title), CLIP));
        let verdict = gate.verdict.word().replace('-', " ");
        let detail = text(&gates::detail(gate, groups));
        format!("| {mark} | {iteration}{title} | {verdict} | {detail} |\n")
    };
    let all = gates::iterations(workflow).into_iter().flat_map(|iteration| {
        workflow.gates.iter().filter(move |gate| gate.iteration == iteration)
    });
    sheet.list(all.map(row), "gate", "gates");
    sheet.add("\n");
    let agreed = agreements::sentences(&workflow.agreements, several);
    let agreed = agreed.iter().map(|sentence| format!("{}\n\n", text(&ended(sentence))));
    sheet.list(agreed, "agreement", "agreements");
}

/// What must be resolved by gates, then the rest, folded up.
fn findings(sheet: &mut Sheet, report: &Report, groups: &[Group<'_>]) {
    let all = || groups.iter().flat_map(|group| &group.findings);
    if all().any(|finding| finding.denies()) {
        sheet.add("### What must be resolved\n\n");
        part(sheet, report, groups, ReportFinding::denies);
    }
    let count = |level| all().filter(|finding| finding.level == level).count();
    let mut rest: Vec<String> = Vec::new();
    match count(Level::Warn) {
        0 => {}
        warnings => rest.push(words::count(warnings, "warning", "warnings")),
    }
    match count(Level::Note) {
        0 => {}
        notes => rest.push(words::count(notes, "note", "notes")),
    }
    if !rest.is_empty() {
        let summary = format!("<details><summary>{}</summary>\n\n", words::list(&rest));
        let is_open = sheet.add(&summary);
        part(sheet, report, groups, |finding| !finding.denies());
        sheet.out.push_str(if is_open { "</details>\n\n" } else { "" });
    }
}

fn part(
    sheet: &mut Sheet,
    report: &Report,
    groups: &[Group<'_>],
    fits: fn(&ReportFinding) -> bool,
) {
    let mut items: Vec<String> = Vec::new();
    for group in groups {
        let mut title = match group.title(report) {
            title if title.is_empty() => title,
            title => format!("#### {}\n\n", text(&title)),
        };
        for finding in group.findings.iter().filter(|finding| fits(finding)) {
            items.push(format!("{}{}", std::mem::take(&mut title), item(finding)));
        }
        if let Some(last) = items.last_mut().filter(|last| !last.ends_with("\n\n")) {
            last.push('\n');
        }
    }
    sheet.list(items.into_iter(), "finding", "findings");
}

/// A finding with its place, what to do about it, and the other places.
fn item(finding: &ReportFinding) -> String {
    let mut item = format!(
        "- **{}** {}: {}",
        finding.rule,
        at(&finding.path, finding.place.as_ref()),
        text(&with_fix(finding, CLIP)),
    );
    let related = finding.related.iter().filter(|one| paths::is_file(&one.path));
    for one in related.clone().take(RELATED) {
        let message = text(&ended(&clipped(&one.message, CLIP)));
        item.push_str(&format!("<br>see {}: {message}", at(&one.path, one.place.as_ref())));
    }
    match related.count().saturating_sub(RELATED) {
        0 => {}
        more => {
            item.push_str(&format!("<br>and {}", words::count(more, "more place", "more places")))
        }
    }
    item.push('\n');
    item
}

fn at(path: &RepoPath, place: Option<&Place>) -> String {
    format!("<code>{}</code>", text(&plainly(path, place)))
}

/// Markdown that stays below the limit.
#[derive(Default)]
struct Sheet {
    out: String,
    full: bool,
}

impl Sheet {
    /// Adds a text whole, or nothing any more once one did not fit.
    fn add(&mut self, text: &str) -> bool {
        self.full |= self.out.len() + text.len() > LENGTH - RESERVE;
        if !self.full {
            self.out.push_str(text);
        }
        !self.full
    }

    /// Adds texts as long as they fit, and says how many did not.
    fn list(&mut self, texts: impl Iterator<Item = String>, one: &str, many: &str) {
        let left_out = texts.filter(|text| !self.add(text)).count();
        if left_out > 0 {
            let more = words::count(left_out, &format!("more {one}"), &format!("more {many}"));
            self.out
                .push_str(&format!("\n{more} did not fit in here: run gatecheck to see all.\n\n"));
        }
    }

    fn finish(self) -> String {
        inert(&format!("{}\n", self.out.trim_end()))
    }
}
