//! Annotations of GitHub Actions, from its workflow commands.
//!
//! A command is one line; whatever could end its line or its property early is escaped. GitHub
//! shows only so many annotations of a step and drops the rest in silence, so the gravest come
//! first and the rest follows as plain lines, with a sentence that says so.

use super::paths::plain;
use super::sanitize::{clean, clipped, inert};
use super::{agreements, concise, gates};
use crate::base::{Failure, Level, words};
use crate::report::{Report, ReportFinding};

/// How many annotations of each level GitHub shows for one step.
const CAP: usize = 10;
/// The longest message or help in an annotation, in characters.
const CLIP: usize = 600;

pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let mut rest: Vec<&ReportFinding> = Vec::new();
    for (level, command) in
        [(Level::Deny, "error"), (Level::Warn, "warning"), (Level::Note, "notice")]
    {
        let mut annotated = 0;
        let counted = report.findings.iter().filter(|finding| finding.counted());
        for finding in counted.filter(|finding| finding.level == level) {
            if annotated < CAP {
                out.push_str(&annotation(finding, command));
                annotated += 1;
            } else {
                rest.push(finding);
            }
        }
    }
    let mut lines = String::new();
    if !rest.is_empty() {
        let more = words::count(rest.len(), "more finding", "more findings");
        lines.push_str(&format!(
            "{more} without annotation, since GitHub shows {CAP} of each level:\n"
        ));
    }
    for finding in rest {
        lines.push_str(&concise::line(finding));
        lines.push('\n');
    }
    for uncounted in gates::uncounted(report) {
        lines.push_str(&format!("{uncounted}\n"));
    }
    for note in &report.notes {
        lines.push_str(&format!("note: {}\n", clipped(note, CLIP)));
    }
    for workflow in &report.workflows {
        let several = gates::iterations(workflow).len() > 1;
        for sentence in agreements::sentences(&workflow.agreements, several) {
            lines.push_str(&format!("{sentence}\n"));
        }
    }
    lines.push_str(&gates::verdict(report));
    lines.push('\n');
    out.push_str(&inert(&lines));
    out
}

/// Why there is no verdict, as an error at the place in the policy file.
pub fn failure(failure: &Failure) -> String {
    let mut properties = Vec::new();
    if let Some(place) = &failure.place {
        properties.push(format!("file={}", property(&clean(place.path.as_str()))));
        properties.push(format!("line={}", place.position.line));
        properties.push(format!("col={}", place.position.column));
    }
    properties.push("title=gatecheck reached no verdict".to_owned());
    let mut message = clipped(&failure.to_string(), CLIP);
    if !failure.help.is_empty() {
        message.push_str(&format!("\nhelp: {}", clipped(&failure.help, CLIP)));
    }
    format!("::error {}::{}\n", properties.join(","), data(&message))
}

/// `::error file=…,line=…,title=…::message`
fn annotation(finding: &ReportFinding, command: &str) -> String {
    let mut properties = vec![format!("file={}", property(&clean(plain(finding.path.as_str()))))];
    if let Some(place) = &finding.place {
        properties.push(format!("line={}", place.start.line));
        properties.push(format!("endLine={}", place.end.line));
        if place.start.line == place.end.line {
            properties.push(format!("col={}", place.start.column));
            properties.push(format!("endColumn={}", place.end.column));
        }
    }
    let promises = &finding.promises[..];
    let promises = match promises {
        [] => String::new(),
        promises => format!(" ({})", clean(&promises.join(", "))),
    };
    properties.push(format!("title={}", property(&format!("{}{promises}", finding.rule))));
    let mut message = clipped(&finding.message, CLIP);
    if !finding.help.is_empty() {
        message.push_str(&format!("\nhelp: {}", clipped(&finding.help, CLIP)));
    }
    for related in &finding.related {
        let place = super::human::plainly(&related.path, related.place.as_ref());
        message.push_str(&format!("\nsee {place}: {}", clipped(&related.message, CLIP)));
    }
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

/// The text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
