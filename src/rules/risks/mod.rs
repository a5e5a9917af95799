//! Rules about risks, the colors in which people report, and whether they report at all.

mod escalation_incomplete;
mod open_red;
mod report_missing;
mod risk_incomplete;

use super::Rule;
use crate::model::dates::{Date, date};
use crate::model::records::Risks;
use crate::project::Artifact;

pub static RULES: &[&Rule] =
    &[&risk_incomplete::RULE, &open_red::RULE, &report_missing::RULE, &escalation_incomplete::RULE];

/// The day of a report: as it says, else by its name.
fn day(artifact: &Artifact, report: &Risks) -> Option<Date> {
    report.date.or_else(|| date(artifact.path.name()))
}
