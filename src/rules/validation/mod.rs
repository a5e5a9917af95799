//! Rules about validation: verdicts, signatures, conditions, results of stories and journeys.

mod failed_check;
mod failed_story_result;
mod missing_verdict;
mod open_condition;
mod rejected_verdict;
mod self_signed;
mod signed_too_early;
mod stale_sign_off;
mod stories;
mod undated_sign_off;
mod unsigned_sign_off;
mod unverified_journey;
mod unverified_story;

use super::Rule;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::validation::{Validation, Verdict};
use crate::project::duties::counts_for;
use crate::project::{Artifact, Duty, DutyState, Project, Subject};
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[
    &missing_verdict::RULE,
    &rejected_verdict::RULE,
    &open_condition::RULE,
    &unsigned_sign_off::RULE,
    &undated_sign_off::RULE,
    &stale_sign_off::RULE,
    &signed_too_early::RULE,
    &self_signed::RULE,
    &unverified_story::RULE,
    &unverified_journey::RULE,
    &failed_story_result::RULE,
    &failed_check::RULE,
];

/// A readable validation document or sign-off.
#[derive(Clone, Copy)]
struct Document<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    model: &'p Validation,
}

fn documents(project: &Project) -> impl Iterator<Item = Document<'_>> {
    project.artifacts.iter().filter_map(document)
}

fn document(artifact: &Artifact) -> Option<Document<'_>> {
    match &*artifact.model {
        Model::Validation(model) if artifact.deliverable.is_some() => {
            Some(Document { artifact, facts: artifact.facts()?, model })
        }
        _ => None,
    }
}

/// A verdict that a role owes in an iteration.
struct Due<'p> {
    duty: &'p Duty,
    role: &'p str,
    /// It has to stand in a formal sign-off.
    formal: bool,
}

/// The verdicts that are owed where the documents that may hold them are there.
fn due(project: &Project) -> impl Iterator<Item = Due<'_>> {
    let done = project.duties.iter().filter(|duty| matches!(duty.state, DutyState::Done(_)));
    done.flat_map(|duty| {
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        let signing = match &duty.subject {
            Subject::Role(role) if deliverable.kind == Kind::SignOff => Some(&**role),
            _ => None,
        };
        let signing = signing.into_iter().map(move |role| Due { duty, role, formal: true });
        let validating = deliverable.verdicts.iter().map(String::as_str);
        signing.chain(validating.map(move |role| Due { duty, role, formal: false }))
    })
}

/// The verdict of a role that counts: of the latest date, else the later in the documents. What
/// is called a verdict counts before what is the result of one part of the role's work.
fn latest<'p>(
    project: &'p Project,
    documents: &[Document<'p>],
    due: &Due<'_>,
) -> Option<(Document<'p>, &'p Verdict)> {
    let counts = |document: &Document<'_>| {
        let deliverable = project.deliverable(document.artifact);
        let formal = !due.formal || document.artifact.kind == Kind::SignOff;
        formal
            && deliverable.is_some_and(|one| counts_for(one, document.artifact, due.duty.iteration))
    };
    let given = documents.iter().copied().filter(counts).flat_map(|document| {
        let own =
            document.model.verdicts.iter().filter(move |verdict| {
                role_of(project, document.artifact, verdict) == Some(due.role)
            });
        let formal = own.clone().any(|verdict| verdict.formal);
        own.filter(move |verdict| verdict.formal || !formal).map(move |verdict| (document, verdict))
    });
    given.max_by_key(|(document, verdict)| (verdict.date, &document.artifact.path, verdict.span))
}

/// Whose verdict it is: as the document says, else by the name of its file.
fn role_of<'p>(project: &'p Project, artifact: &Artifact, verdict: &'p Verdict) -> Option<&'p str> {
    match &verdict.role {
        Some(role) => Some(role),
        None => named_role(project, artifact),
    }
}

/// The role that the name of a file speaks of.
fn named_role<'p>(project: &'p Project, artifact: &Artifact) -> Option<&'p str> {
    let name = artifact.path.name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    project.workflow.role_in(&normalize(stem)).map(|role| &*role.id)
}

/// How messages name a role.
fn title<'p>(project: &'p Project, role: &'p str) -> &'p str {
    project.workflow.role(role).map_or(role, |role| &role.title)
}

/// A verdict that counts, with every gate for which it does.
struct Governing<'p> {
    due: Due<'p>,
    document: Document<'p>,
    verdict: &'p Verdict,
    gates: Vec<(usize, usize)>,
}

impl Governing<'_> {
    /// The finding, in all these gates.
    fn in_gates(&self, finding: Finding) -> Finding {
        let gates = self.gates.iter();
        gates.fold(finding, |finding, &(iteration, phase)| finding.gate(iteration, phase))
    }
}

/// Each verdict that counts for some gate, once.
fn governing(project: &Project) -> Vec<Governing<'_>> {
    let mut found: Vec<Governing<'_>> = Vec::new();
    let documents: Vec<Document<'_>> = documents(project).collect();
    for due in due(project) {
        let Some((document, verdict)) = latest(project, &documents, &due) else { continue };
        let gate = (due.duty.iteration, due.duty.phase);
        match found.iter_mut().find(|known| std::ptr::eq(known.verdict, verdict)) {
            Some(known) => {
                known.due.formal |= due.formal;
                known.gates.extend((!known.gates.contains(&gate)).then_some(gate));
            }
            None => found.push(Governing { due, document, verdict, gates: vec![gate] }),
        }
    }
    found
}
