//! Which phases each iteration has begun.

use super::{Artifact, DutyState, Project, Stage, Witness, duties};
use crate::base::RepoPath;
use crate::facts::CheckState;
use crate::source::{CommitId, Gone};
use crate::workflow::Per;

/// A stage for each iteration and phase, iterations first, with the document that shows that it
/// was begun.
pub fn entered(project: &Project) -> Vec<Stage> {
    let phases = project.workflow.phases.len();
    let mut stages: Vec<Stage> = (0..project.iterations.len() * phases)
        .map(|at| Stage { iteration: at / phases, phase: at % phases, entered: None })
        .collect();
    for (id, artifact) in project.artifacts.iter().enumerate() {
        let Some((phase, _)) = artifact.deliverable else { continue };
        for iteration in begun_by(project, artifact) {
            let stage = &mut stages[iteration * phases + phase];
            stage.entered.get_or_insert(Witness::Artifact(id));
        }
    }
    // A checklist that stands in the document of another phase begins its own with the first tick.
    for duty in &project.duties {
        let DutyState::Within(id, section) = duty.state else { continue };
        if project.artifacts[id].deliverable.is_some_and(|(own, _)| own == duty.phase) {
            continue;
        }
        let begun = project.artifacts[id].facts().is_some_and(|facts| {
            let extent = facts.section(section).extent;
            let mut boxes = facts.checks.iter().filter(|item| extent.covers(item.mark));
            boxes.any(|item| item.state == CheckState::Done)
        });
        if begun {
            let stage = &mut stages[duty.iteration * phases + duty.phase];
            stage.entered.get_or_insert(Witness::Artifact(id));
        }
    }
    stages
}

/// The iterations whose phase an artifact shows to be begun. Shared documents begin the first
/// iteration; a later one they begin only where the workflow counts them by iteration.
pub fn begun_by(project: &Project, artifact: &Artifact) -> Vec<usize> {
    let Some(deliverable) = project.deliverable(artifact) else { return Vec::new() };
    if deliverable.per == Per::Feature {
        let mut own: Vec<usize> =
            artifact.features.iter().map(|&id| project.features[id].iteration).collect();
        own.sort_unstable();
        own.dedup();
        return if own.is_empty() { vec![0] } else { own };
    }
    let later = 1..project.iterations.len();
    let counted = |&iteration: &usize| {
        deliverable.by_iteration && duties::speaks_of(deliverable, artifact, iteration)
    };
    std::iter::once(0).chain(later.filter(counted)).collect()
}

/// The furthest phases that an iteration has begun: those that no other begun phase comes after.
pub fn furthest(project: &Project, iteration: usize) -> Vec<usize> {
    let begun: Vec<usize> = (0..project.workflow.phases.len())
        .filter(|&phase| project.stage(iteration, phase).entered.is_some())
        .collect();
    let earlier: Vec<usize> =
        begun.iter().flat_map(|&phase| project.workflow.before(phase)).collect();
    begun.into_iter().filter(|phase| !earlier.contains(phase)).collect()
}

/// Whether an iteration has begun a phase, or one that comes after it.
pub fn is_begun(project: &Project, iteration: usize, phase: usize) -> bool {
    let entered = |phase: usize| project.stage(iteration, phase).entered.is_some();
    let mut phases = 0..project.workflow.phases.len();
    entered(phase)
        || phases.any(|later| entered(later) && project.workflow.before(later).contains(&phase))
}

/// Whether an earlier commit may show that a phase was begun which nothing shows now: a document
/// that is gone can be about the first iteration, about features, or about later iterations that
/// had come so far.
pub fn may_be_withdrawn(project: &Project, stage: &Stage) -> bool {
    let mut deliverables = project.workflow.phases[stage.phase].deliverables.iter();
    let possible = stage.iteration == 0
        || deliverables.any(|one| one.per == Per::Feature)
        || !project.workflow.before(stage.phase).is_empty();
    stage.entered.is_none() && possible
}

/// Marks phases that are not begun now as begun where a deliverable of theirs stood in an earlier
/// commit. `folders` are where its documents stand and stood, `gone` the paths that the judged
/// view no longer has; `short` abbreviates the id of a commit.
pub fn withdraw(
    project: &mut Project,
    folders: &[RepoPath],
    gone: &[Gone],
    short: impl Fn(&CommitId) -> String,
) {
    for Gone { path, commit } in gone {
        let below = folders.iter().find_map(|folder| path.below(folder));
        let Some(found) = below.and_then(|below| project.workflow.classify(below)) else {
            continue;
        };
        let deliverable = &project.workflow.phases[found.phase].deliverables[found.deliverable];
        let iterations = match (&deliverable.per, found.captures.get("feature")) {
            (Per::Feature, Some(captured)) => vec![project.iteration_of(captured)],
            _ => iterations_at(project, found.phase),
        };
        for iteration in iterations {
            let at = iteration * project.workflow.phases.len() + found.phase;
            let witness = || Witness::Withdrawn { path: path.clone(), commit: short(commit) };
            project.stages[at].entered.get_or_insert_with(witness);
        }
    }
}

/// The iterations that a shared document of a phase may have been about: the first, and every
/// later one that has begun all phases before.
fn iterations_at(project: &Project, phase: usize) -> Vec<usize> {
    let before = project.workflow.before(phase);
    let arrived = |&iteration: &usize| {
        !before.is_empty() && before.iter().all(|&one| is_begun(project, iteration, one))
    };
    let later = (1..project.iterations.len()).filter(arrived);
    std::iter::once(0).chain(later).collect()
}
