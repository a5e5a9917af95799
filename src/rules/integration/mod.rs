//! Rules about the integration report: suites, deviations and how they were resolved.

mod contract_not_updated;
mod contract_update_without_deviation;
mod failing_suite;
mod kinds;
mod missing_suite_result;
mod unknown_resolution;
mod unresolved_deviation;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::integration::Integration;
use crate::project::{Artifact, Duty, DutyState, Project};

pub static RULES: &[&Rule] = &[
    &unresolved_deviation::RULE,
    &unknown_resolution::RULE,
    &contract_update_without_deviation::RULE,
    &contract_not_updated::RULE,
    &failing_suite::RULE,
    &missing_suite_result::RULE,
];

/// A readable integration report.
struct Report<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    model: &'p Integration,
}

/// The duties to report an integration that are done, each with its reports.
fn reported(project: &Project) -> impl Iterator<Item = (&Duty, Vec<Report<'_>>)> {
    project.duties.iter().filter_map(|duty| {
        let DutyState::Done(artifacts) = &duty.state else { return None };
        let reports: Vec<_> =
            artifacts.iter().filter_map(|&id| report(&project.artifacts[id])).collect();
        (!reports.is_empty()).then_some((duty, reports))
    })
}

fn report(artifact: &Artifact) -> Option<Report<'_>> {
    match &*artifact.model {
        Model::Integration(model) => Some(Report { artifact, facts: artifact.facts()?, model }),
        _ => None,
    }
}
