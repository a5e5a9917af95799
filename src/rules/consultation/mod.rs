//! Rules about consultations: where consultants stand, what they recommend and what became of it.

mod answer_without_reason;
mod open_objection;
mod position_unstated;
mod standing_veto;
mod unanswered_recommendation;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::model::phrases;
use crate::model::records::Consultation;
use crate::project::{Artifact, Project, Subject};
use crate::workflow::{Per, Role};

pub static RULES: &[&Rule] = &[
    &position_unstated::RULE,
    &open_objection::RULE,
    &standing_veto::RULE,
    &unanswered_recommendation::RULE,
    &answer_without_reason::RULE,
];

/// The rule about vetoes.
pub const VETO: &str = standing_veto::ID;

/// A consultation with the role whose document it is.
struct Consulted<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    said: &'p Consultation,
    role: &'p Role,
}

/// The consultations of the roles that the workflow asks, whether this feature needs them or not.
fn consulted(project: &Project) -> impl Iterator<Item = Consulted<'_>> {
    project.records::<Consultation>().filter_map(|(artifact, facts, said)| {
        let name = artifact.captures.get("role")?;
        let role = project.workflow.role_in(&crate::base::words::normalize(name))?;
        let asked = match &project.deliverable(artifact)?.per {
            Per::Role(roles) => roles.contains(&role.id),
            _ => true,
        };
        asked.then_some(Consulted { artifact, facts, said, role })
    })
}

/// What stands at a place, as messages quote it.
fn quoted(text: &str) -> String {
    const LONG: usize = 60;
    let title = phrases::title(text.lines().next().unwrap_or(""));
    match title.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    }
}

/// The first phase that asks for something of a role.
fn gate_of(project: &Project, role: &str) -> Option<(usize, usize)> {
    let of_role = |subject: &Subject| matches!(subject, Subject::Role(one) if one == role);
    let duty = project.duties.iter().find(|duty| of_role(&duty.subject))?;
    Some((duty.iteration, duty.phase))
}
