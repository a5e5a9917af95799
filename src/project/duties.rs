//! What every phase owes, and by what each duty is done.
//!
//! Duties follow from the workflow and the declared features alone. A document can fulfill a
//! duty; its absence never removes one.

use std::collections::HashMap;

use rayon::prelude::*;

use super::team::Team;
use super::{Artifact, ArtifactId, Duty, DutyState, FeatureId, Project, Subject};
use crate::base::{RepoPath, words};
use crate::facts::SectionId;
use crate::workflow::{Captures, Deliverable, Kind, Per, Within};

/// Every duty of every iteration, in the order of iterations, phases and deliverables.
pub fn due(project: &Project) -> Vec<Duty> {
    let claims = Claims::new(project);
    let mut waves: Vec<Vec<FeatureId>> = vec![Vec::new(); project.iterations.len()];
    for (id, feature) in project.features.iter().enumerate() {
        waves[feature.iteration].push(id);
    }
    let mut owed: Vec<Due<'_>> = Vec::new();
    for (iteration, features) in waves.iter().enumerate() {
        for (phase, index, deliverable) in project.workflow.deliverables() {
            if !deliverable.optional {
                let needed = |subject: &Subject| {
                    project.varied.needs(&project.workflow, deliverable, subject)
                };
                let subjects = match deliverable.per {
                    Per::Participant => participants(project, &claims.team, phase, deliverable),
                    _ => subjects(deliverable, features),
                };
                let subjects = subjects.into_iter().filter(needed);
                let place = (phase, index);
                owed.extend(subjects.map(|subject| Due { place, deliverable, iteration, subject }));
            }
        }
    }
    let mut duties: Vec<Duty> = owed.into_par_iter().map(|due| claims.duty(due)).collect();
    claims.add_near_misses(&mut duties);
    duties
}

fn subjects(deliverable: &Deliverable, features: &[FeatureId]) -> Vec<Subject> {
    match &deliverable.per {
        Per::Project => vec![Subject::Project],
        Per::Feature => features.iter().copied().map(Subject::Feature).collect(),
        Per::Role(roles) => roles.iter().cloned().map(Subject::Role).collect(),
        Per::Participant => Vec::new(),
    }
}

/// Those who take part in a phase and whom it waits for.
fn participants(
    project: &Project,
    team: &Team<'_>,
    phase: usize,
    deliverable: &Deliverable,
) -> Vec<Subject> {
    let all = project.taking_part(team, phase).into_iter();
    all.filter(|role| !deliverable.beside.contains(role)).map(Subject::Role).collect()
}

/// Where the document would be looked for first.
fn expected(project: &Project, deliverable: &Deliverable, subject: &Subject) -> RepoPath {
    let captures = captures(project, subject);
    let first = deliverable.paths.first().map(|pattern| pattern.expected(&captures));
    project.root.join(&first.unwrap_or_default())
}

/// What the captures of a pattern stand for where it is about a subject.
fn captures(project: &Project, subject: &Subject) -> Captures {
    match subject {
        Subject::Project => Captures::new(),
        Subject::Feature(id) => {
            Captures::from([("feature".to_owned(), project.features[*id].slug.clone())])
        }
        Subject::Role(role) => Captures::from([("role".to_owned(), role.clone())]),
    }
}

/// One duty whose state is asked for.
struct Due<'p> {
    place: (usize, usize),
    deliverable: &'p Deliverable,
    iteration: usize,
    subject: Subject,
}

/// The artifacts by what they could fulfill, so that the cost grows with documents and duties
/// and not with their product.
struct Claims<'p> {
    project: &'p Project,
    by_place: HashMap<(usize, usize), Vec<ArtifactId>>,
    by_feature: HashMap<((usize, usize), FeatureId), Vec<ArtifactId>>,
    unclaimed: Vec<ArtifactId>,
    team: Team<'p>,
}

impl<'p> Claims<'p> {
    fn new(project: &'p Project) -> Self {
        let (mut by_place, mut by_feature) = (HashMap::new(), HashMap::new());
        for (id, artifact) in project.artifacts.iter().enumerate() {
            let Some(place) = artifact.deliverable else { continue };
            by_place.entry(place).or_insert_with(Vec::new).push(id);
            for &feature in &artifact.features {
                by_feature.entry((place, feature)).or_insert_with(Vec::new).push(id);
            }
        }
        let unclaimed = project.artifacts.iter().enumerate();
        let unclaimed = unclaimed.filter(|(_, one)| one.deliverable.is_none() && !one.foreign);
        let unclaimed = unclaimed.map(|(id, _)| id).collect();
        Self { project, by_place, by_feature, unclaimed, team: Team::of(project) }
    }

    fn duty(&self, due: Due<'_>) -> Duty {
        let expected = expected(self.project, due.deliverable, &due.subject);
        let state = self.state(&due);
        let Due { place: (phase, deliverable), iteration, subject, .. } = due;
        Duty { iteration, phase, deliverable, subject, expected, state }
    }

    fn state(&self, due: &Due<'_>) -> DutyState {
        let project = self.project;
        let counts =
            |id: &ArtifactId| counts_for(due.deliverable, &project.artifacts[*id], due.iteration);
        let there = self.fulfilling(due.place, &due.subject);
        let done: Vec<ArtifactId> = there.iter().copied().filter(counts).collect();
        if done.is_empty() {
            let mut sections = due.deliverable.within.iter();
            return match sections.find_map(|within| self.section(within, due)) {
                Some((artifact, section)) => DutyState::Within(artifact, section),
                None if !there.is_empty() => DutyState::Uncovered(there),
                None => DutyState::Missing { near: Vec::new() },
            };
        }
        if done.len() == 1 {
            return DutyState::Done(done);
        }
        // The files of a folder of stories, and an overview beside it, are one deliverable together.
        let alone = done.iter().filter(|&&id| !self.is_of_many(due.deliverable, id));
        let (written, described): (Vec<ArtifactId>, Vec<ArtifactId>) =
            alone.copied().partition(|&id| is_prose(&project.artifacts[id].path));
        // A description for machines beside the document adds to it.
        let candidates = if written.is_empty() { described.len() } else { written.len() };
        let contested = !due.deliverable.several && candidates > 1;
        if contested { DutyState::Contested(done) } else { DutyState::Done(done) }
    }

    /// Whether the deliverable takes an artifact only as one of a folder.
    fn is_of_many(&self, deliverable: &Deliverable, id: ArtifactId) -> bool {
        let path = self.project.artifacts[id].path.below(&self.project.root).unwrap_or_default();
        let mut fitting = deliverable.paths.iter().filter(|one| one.matches(path).is_some());
        fitting.all(|one| one.is_of_many())
    }

    /// Says of missing documents which artifacts that nothing claims have nearly their names.
    /// Among very many unclaimed files, or for very many missing ones, the hint is not worth its
    /// cost.
    fn add_near_misses(&self, duties: &mut [Duty]) {
        const FILES: usize = 200;
        const DUTIES: usize = 50;
        let unclaimed = &self.unclaimed[..self.unclaimed.len().min(FILES)];
        let missing = duties.iter_mut().filter_map(|duty| match &mut duty.state {
            DutyState::Missing { near } => {
                Some((near, (duty.phase, duty.deliverable), &duty.subject))
            }
            _ => None,
        });
        for (near, (phase, index), subject) in missing.take(DUTIES) {
            let patterns = &self.project.workflow.phases[phase].deliverables[index].paths;
            let captures = captures(self.project, subject);
            let has_near_name = |id: &ArtifactId| {
                let path = self.project.artifacts[*id].path.below(&self.project.root);
                let path = path.unwrap_or_default();
                patterns.iter().any(|pattern| pattern.near(&captures, path).is_some())
            };
            *near = unclaimed.iter().copied().filter(has_near_name).collect();
        }
    }

    /// The artifacts of a deliverable that speak for a subject.
    fn fulfilling(&self, place: (usize, usize), subject: &Subject) -> Vec<ArtifactId> {
        let all = || self.by_place.get(&place).cloned().unwrap_or_default();
        match subject {
            Subject::Project => all(),
            Subject::Feature(id) => self.by_feature.get(&(place, *id)).cloned().unwrap_or_default(),
            Subject::Role(role) => {
                let mut found = all();
                found.retain(|&id| {
                    let artifact = &self.project.artifacts[id];
                    match artifact.kind {
                        Kind::Report => self.team.reporters(artifact).contains(role),
                        _ => speaks_for_role(self.project, artifact, role),
                    }
                });
                found
            }
        }
    }

    /// A section of another deliverable that fulfills the duty, among the documents that speak
    /// for the same subject.
    fn section(&self, within: &Within, due: &Due<'_>) -> Option<(ArtifactId, SectionId)> {
        let mut deliverables = self.project.workflow.deliverables();
        let (phase, index, other) =
            deliverables.find(|(_, _, other)| other.id == within.deliverable)?;
        self.fulfilling((phase, index), &due.subject).into_iter().find_map(|id| {
            let artifact = &self.project.artifacts[id];
            let facts = artifact.facts()?;
            let mut sections = facts.sections().filter(|(_, one)| within.is_named(&one.name));
            let mut fields = facts.fields.iter().filter(|one| within.is_named(&one.name));
            let section = sections.next().map(|(id, _)| id);
            let section = section.or_else(|| fields.next().map(|field| field.section))?;
            counts_for(other, artifact, due.iteration).then_some((id, section))
        })
    }
}

/// Whether a file is written for people, and no description of an API in YAML or JSON.
fn is_prose(path: &RepoPath) -> bool {
    let ending = path.name().rsplit('.').next().unwrap_or("");
    !["yaml", "yml", "json"].iter().any(|one| one.eq_ignore_ascii_case(ending))
}

/// A role is read from the path, else from the verdicts that the document holds.
fn speaks_for_role(project: &Project, artifact: &Artifact, role: &str) -> bool {
    let captured = artifact.captures.get("role");
    let captured = captured.and_then(|name| project.workflow.role_in(&words::normalize(name)));
    match captured {
        Some(named) => named.id == role,
        None => artifact.model.roles().any(|spoken| spoken == role),
    }
}

/// Whether an artifact counts for an iteration: from the second on, shared documents of the later
/// phases have to name it or one of its features. What nobody could read, a description of an API
/// in YAML, is not asked what it names.
pub fn counts_for(deliverable: &Deliverable, artifact: &Artifact, iteration: usize) -> bool {
    artifact.facts().is_none() || speaks_of(deliverable, artifact, iteration)
}

/// Whether an artifact is one of an iteration's, and so shows that its phase was begun.
pub fn speaks_of(deliverable: &Deliverable, artifact: &Artifact, iteration: usize) -> bool {
    let shared = deliverable.per != Per::Feature;
    iteration == 0
        || !shared
        || !deliverable.by_iteration
        || artifact.iterations.binary_search(&iteration).is_ok()
}
