//! What a hook answers to a coding agent: one line for each finding, as many as it can use at once.

use super::agent;
use super::ranked::gravest;
use super::sanitize::{clipped, inert};
use super::sentence::of_failure;
use crate::base::{Failure, words};
use crate::report::Report;

/// How many findings are told; with more, the first are as good a start as any.
const MOST: usize = 20;
/// How many characters they may take together. What an agent reads, it pays for.
const BUDGET: usize = 4_000;
/// The longest text of a document in a failure, in characters.
const CLIP: usize = 500;

/// Why it may not stop. Whoever must leave no hole fills it with anything, so that it is told that
/// it need not.
pub fn stop(report: &Report) -> String {
    let must = words::count(report.findings.len(), "finding must be", "findings must be");
    inert(&format!(
        "gatecheck: {must} resolved before the work is done.\n{}Repair what is yours to repair. \
         Invent nothing: where somebody else has to decide, leave it and say so in your answer.",
        lines(report)
    ))
}

/// Why it may not stop where the working tree cannot be judged any more, though HEAD can.
pub fn broken(failure: &Failure) -> String {
    let place = failure.place.as_ref().map(|place| {
        let (path, position) = (clipped(place.path.as_str(), CLIP), place.position);
        format!("{path}:{}:{} ", position.line, position.column)
    });
    inert(&format!(
        "gatecheck: HEAD can be judged, and the working tree cannot any more: {}{}\nRepair what is \
         yours to repair; `git diff HEAD` shows what changed. Where somebody else has to decide, \
         leave it and say so in your answer.",
        place.unwrap_or_default(),
        of_failure(failure, CLIP)
    ))
}

/// What is wrong in a file that it edited.
pub fn edit(report: &Report) -> String {
    let findings = words::count(report.findings.len(), "finding", "findings");
    let lines = lines(report);
    inert(&format!("gatecheck: the edit is kept. {findings} in what you edited:\n{lines}"))
}

/// All findings of the report, the gravest first.
fn lines(report: &Report) -> String {
    let ranked = gravest(report, |_| true);
    let (mut out, mut told, mut length) = (String::new(), 0, 0);
    for line in ranked.iter().take(MOST).map(|one| agent::line(one.finding)) {
        length += line.chars().count() + 1;
        if told > 0 && length > BUDGET {
            break;
        }
        out.push_str(&format!("{line}\n"));
        told += 1;
    }
    let more = ranked.len() - told;
    if more > 0 {
        let more = words::count(more, "more finding", "more findings");
        out.push_str(&format!("{more}: run `gatecheck --format concise`\n"));
    }
    out
}
