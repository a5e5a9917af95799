//! The report for coding agents, who read it as one message: what to mend, and nothing at all
//! where there is nothing to mend.

use super::gates;
use super::human::plainly;
use super::ranked::gravest;
use super::sanitize::{clipped, inert};
use super::sentence::{of_failure, with_fix};
use crate::base::{Failure, Level};
use crate::report::{Report, ReportFinding, Verdict};

/// How many findings are told.
const FINDINGS: usize = 20;
/// How long the lines of findings are at most, in characters; two short ones follow.
const LENGTH: usize = 7_400;
/// The longest text of a document, in characters.
const CLIP: usize = 500;

/// The gravest findings that deny or warn, one in a line.
pub fn render(report: &Report) -> String {
    if report.verdict != Verdict::Fails {
        return String::new();
    }
    let told = gravest(report, |one| one.counted() && one.level >= Level::Warn);
    let mut out = String::new();
    let mut shown = 0;
    let mut length = 0;
    for line in told.iter().take(FINDINGS).map(|one| line(one.finding)) {
        length += line.chars().count() + 1;
        if length > LENGTH {
            break;
        }
        out.push_str(&format!("{line}\n"));
        shown += 1;
    }
    if told.len() > shown {
        out.push_str(&format!("{} more: run gatecheck\n", told.len() - shown));
    }
    out.push_str(&format!("{}\n", clipped(&gates::verdict(report), CLIP)));
    inert(&out)
}

pub fn failure(failure: &Failure) -> String {
    inert(&format!("No verdict: {}\n", of_failure(failure, CLIP)))
}

/// `path:line:column rule message. Fix: help.`
pub fn line(finding: &ReportFinding) -> String {
    let place = clipped(&plainly(&finding.path, finding.place.as_ref()), CLIP);
    let warns = if finding.level == Level::Warn { " (only warns)" } else { "" };
    format!("{place} {}{warns} {}", finding.rule, with_fix(finding, CLIP))
}
