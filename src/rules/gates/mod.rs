//! Rules about what is there at all: deliverables, their names, the order of phases.

mod ambiguous_feature;
mod begun_too_early;
mod ignored_deliverable;
mod iteration_not_covered;
mod misnamed_deliverable;
mod missing_deliverable;
mod no_feature_declared;
mod order;
mod phase_out_of_order;
mod two_candidates;
mod unreadable_document;
mod untracked_deliverable;
mod withdrawn_phase;
mod written_too_early;

use super::Rule;
use crate::project::{Duty, Project, Subject};

pub static RULES: &[&Rule] = &[
    &missing_deliverable::RULE,
    &misnamed_deliverable::RULE,
    &two_candidates::RULE,
    &iteration_not_covered::RULE,
    &ambiguous_feature::RULE,
    &no_feature_declared::RULE,
    &phase_out_of_order::RULE,
    &written_too_early::RULE,
    &begun_too_early::RULE,
    &withdrawn_phase::RULE,
    &unreadable_document::RULE,
    &ignored_deliverable::RULE,
    &untracked_deliverable::RULE,
];

/// How messages name what a duty asks for: `interface for feature "Todos"`.
fn wanted(project: &Project, duty: &Duty) -> String {
    let title = &project.workflow.phases[duty.phase].deliverables[duty.deliverable].title;
    match &duty.subject {
        Subject::Project => title.clone(),
        Subject::Feature(id) => {
            let (noun, name) = (&project.workflow.subjects.name, &project.features[*id].name);
            // "Task 2A: Importer" says itself that it is one.
            match name.to_lowercase().starts_with(&format!("{noun} ")) {
                true => format!("{title} of \"{name}\""),
                false => format!("{title} of {noun} \"{name}\""),
            }
        }
        Subject::Role(role) => {
            let role = project.workflow.role(role).map_or(&**role, |role| &role.title);
            format!("{title} of the {role}")
        }
    }
}

/// A stable name of a duty: the deliverable's id, with the feature or role it is due for.
fn subject(project: &Project, duty: &Duty) -> String {
    let id = &project.workflow.phases[duty.phase].deliverables[duty.deliverable].id;
    match &duty.subject {
        Subject::Project => id.clone(),
        Subject::Feature(feature) => format!("{id}/{}", project.features[*feature].slug),
        Subject::Role(role) => format!("{id}/{role}"),
    }
}
