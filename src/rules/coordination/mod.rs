//! Rules about plans of work done side by side: workstreams, who takes part in them, where they
//! meet, and whether the plan was approved.

mod component_without_workstream;
mod integration_point_incomplete;
mod plan_not_approved;
mod unknown_role;
mod workstream_ends_early;
mod workstream_without_lead;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::model::records::{Workstream, Workstreams};
use crate::project::features::Name;
use crate::project::{Artifact, Project};

pub static RULES: &[&Rule] = &[
    &plan_not_approved::RULE,
    &workstream_without_lead::RULE,
    &unknown_role::RULE,
    &component_without_workstream::RULE,
    &workstream_ends_early::RULE,
    &integration_point_incomplete::RULE,
];

/// Every workstream with its document.
fn workstreams(
    project: &Project,
) -> impl Iterator<Item = (&Artifact, &DocumentFacts, &Workstream)> {
    project.records::<Workstreams>().flat_map(|(artifact, facts, all)| {
        all.0.iter().map(move |workstream| (artifact, facts, workstream))
    })
}

/// Whether a workstream says that it builds a component: by its name or anything that it lists.
fn builds(facts: &DocumentFacts, workstream: &Workstream, component: &Name) -> bool {
    let lines = facts.text_of(workstream.extent).lines();
    let mut said = lines.flat_map(|line| line.split([',', ';', '|']));
    said.any(|part| component.is_part_of(&Name::new(part, None)))
}
