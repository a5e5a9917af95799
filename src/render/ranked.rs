//! Findings by their weight, each with a key that no other one has.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::sanitize::clean;
use crate::report::{Report, ReportFinding};

/// A finding as programs keep track of it from run to run.
pub struct Ranked<'r> {
    pub finding: &'r ReportFinding,
    /// The fingerprint, and which of those that share it: `9f86d081…:1`.
    pub key: String,
}

/// The findings that fit, the gravest first, else in the order of the report.
///
/// Equal text at several places has one fingerprint; numbers in the order of the report tell them
/// apart, so that a change elsewhere renames none.
pub fn gravest<'r>(report: &'r Report, fits: impl Fn(&ReportFinding) -> bool) -> Vec<Ranked<'r>> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut ranked = Vec::new();
    for finding in report.findings.iter().filter(|finding| fits(finding)) {
        let number = seen.entry(&finding.fingerprint).or_default();
        *number += 1;
        let key = format!("{}:{number}", clean(&finding.fingerprint));
        ranked.push(Ranked { finding, key });
    }
    ranked.sort_by_key(|one| Reverse(one.finding.level));
    ranked
}
