//! Rules about status reports: whether their numbers, their risks and their claims hold.

mod blocker_without_mitigation;
mod implausible_percentage;
mod stale_report;
mod workstream_file_missing;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::model::records::Status;
use crate::project::{Artifact, Project};

pub static RULES: &[&Rule] = &[
    &implausible_percentage::RULE,
    &blocker_without_mitigation::RULE,
    &workstream_file_missing::RULE,
    &stale_report::RULE,
];

/// The report that counts now: of the latest day, else the last by its path.
fn latest(project: &Project) -> Option<(&Artifact, &DocumentFacts, &Status)> {
    project.records::<Status>().max_by_key(|(artifact, _, status)| (status.date, &artifact.path))
}
