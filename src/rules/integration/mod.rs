//! Rules about the integration report: suites, deviations and how they were resolved.

mod failing_suite;
mod kinds;
mod missing_suite_result;
mod unknown_resolution;
mod unresolved_deviation;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::evidence::Deviation;
use crate::model::integration::matching::{Reported, Speaking, assign};
use crate::model::integration::{Integration, Resolution};
use crate::project::{Artifact, Duty, DutyState, Project};
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[
    &unresolved_deviation::RULE,
    &unknown_resolution::RULE,
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

/// A deviation that some evidence reports.
struct Told<'p> {
    artifact: &'p Artifact,
    deviation: &'p Deviation,
}

/// Every reported deviation and every resolution of the project, with the deviations that each
/// resolution speaks of.
struct Closure<'p> {
    told: Vec<Told<'p>>,
    resolutions: Vec<(&'p Artifact, &'p Resolution)>,
    /// For each resolution, positions in `told`.
    speaks_of: Vec<Vec<usize>>,
    /// For each of `told`, positions in `resolutions`.
    spoken_of: Vec<Vec<usize>>,
}

fn closure(project: &Project) -> Closure<'_> {
    let mut told = Vec::new();
    let mut reported = Vec::new();
    for (artifact, _) in project.documents(Kind::Evidence) {
        let Model::Evidence(evidence) = &*artifact.model else { continue };
        for (at, deviation) in evidence.deviations.entries.iter().enumerate() {
            told.push(Told { artifact, deviation });
            let (title, features) = (deviation.title.clone(), artifact.features.clone());
            reported.push(Reported { title, number: at + 1, features });
        }
    }
    let reports = project.artifacts.iter().filter_map(report);
    let resolutions: Vec<(&Artifact, &Resolution)> = reports
        .flat_map(|report| report.model.resolutions.iter().map(move |one| (report.artifact, one)))
        .collect();
    let speaking: Vec<Speaking> = resolutions
        .iter()
        .map(|(_, one)| Speaking {
            title: one.title.clone(),
            context: one.context.clone(),
            features: project.names.named_in(&one.context),
        })
        .collect();
    let speaks_of = assign(&speaking, &reported);
    let mut spoken_of = vec![Vec::new(); told.len()];
    for (resolution, deviations) in speaks_of.iter().enumerate() {
        deviations.iter().for_each(|&at| spoken_of[at].push(resolution));
    }
    Closure { told, resolutions, speaks_of, spoken_of }
}
