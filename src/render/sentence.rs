//! What is wrong and what to do about it, in sentences on one line.

use super::sanitize::clipped;
use crate::base::Failure;
use crate::report::ReportFinding;

/// `TBD stands where content belongs. Fix: write what belongs here.`
///
/// Each of the two parts is cut after `limit` characters.
pub fn with_fix(finding: &ReportFinding, limit: usize) -> String {
    joined(&finding.message, &finding.help, limit)
}

/// Why there is no verdict, in the same form.
pub fn of_failure(failure: &Failure, limit: usize) -> String {
    joined(&failure.to_string(), &failure.help, limit)
}

fn joined(what: &str, help: &str, limit: usize) -> String {
    let said = ended(&clipped(what, limit));
    match help.is_empty() {
        true => said,
        false => format!("{said} Fix: {}", ended(&clipped(help, limit))),
    }
}

/// A clause with a full stop, unless it ends like a sentence already.
pub fn ended(clause: &str) -> String {
    let stop = if clause.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{clause}{stop}")
}

/// A clause of our own with a capital letter.
pub fn capital(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
