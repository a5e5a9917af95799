//! One line for each finding: `path:line:column: level[rule] message — help`.

use super::human::plainly;
use super::sanitize::{clean, clipped, inert};
use super::{Look, agreements, gates};
use crate::report::{Report, ReportFinding, Standing};

/// The longest message or help that is shown whole, in characters.
const CLIP: usize = 600;

pub fn render(report: &Report, look: Look) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        if finding.counted() || look.verbose {
            out.push_str(&line(finding));
            if look.verbose && finding.can_be_waived() {
                out.push_str(&format!(" (subject: {})", clipped(&finding.subject, CLIP)));
            }
            out.push('\n');
        }
    }
    for uncounted in gates::uncounted(report) {
        out.push_str(&format!("{uncounted}\n"));
    }
    for workflow in &report.workflows {
        let several = gates::iterations(workflow).len() > 1;
        for sentence in agreements::sentences(&workflow.agreements, several) {
            out.push_str(&format!("{sentence}\n"));
        }
    }
    for note in &report.notes {
        out.push_str(&format!("note: {}\n", clipped(note, CLIP)));
    }
    out.push_str(&gates::verdict(report));
    out.push('\n');
    inert(&out)
}

pub fn line(finding: &ReportFinding) -> String {
    let place = plainly(&finding.path, finding.place.as_ref());
    let (level, rule) = (finding.level.word(), finding.rule);
    let mut line = format!("{place}: {level}[{rule}] {}", clipped(&finding.message, CLIP));
    if !finding.help.is_empty() {
        line.push_str(&format!(" — {}", clipped(&finding.help, CLIP)));
    }
    match &finding.standing {
        Standing::Counted => {}
        Standing::Later => line.push_str(" (later)"),
        Standing::Waived(reason) => line.push_str(&format!(" (waived: {})", clean(reason))),
        Standing::Known => line.push_str(" (known)"),
    }
    line
}
