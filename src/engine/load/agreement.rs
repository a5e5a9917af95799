//! Finds and reads the tree that was agreed for each iteration (DESIGN: frozen contracts).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::past::{lacking, shallow};
use super::revision::{self, Names};
use super::trees::Trees;
use crate::base::{Failure, RepoPath};
use crate::config::Adoption;
use crate::ledger::{Agreement, Frozen, Standing, Why};
use crate::project::features::{Match, Name};
use crate::project::{ArtifactId, Feature, FeatureId, Project};
use crate::source::{Changed, CommitId, History, Journal, Step};
use crate::workflow::Kind;

/// The agreement of every iteration whose evidence has begun. Answers also with a note where a
/// shallow history leaves open what was agreed.
///
/// # Errors
/// A revision that was asked for or configured is not there, the history cannot be read, or the
/// configuration requires the history that is missing.
pub fn freeze(
    trees: &mut Trees<'_>,
    adoption: Option<&Adoption>,
) -> Result<(Vec<Frozen>, Option<String>), Failure> {
    let (reading, history, project) = (trees.reading, trees.history, trees.project);
    let given = reading.request.base.as_deref().map(|base| given(history, base)).transpose()?;
    let mut frozen = Vec::new();
    let begun = begun(project);
    if begun.iter().all(Option::is_none) && !may_have_begun(project) {
        return Ok((frozen, None));
    }
    if history.tip().is_none() && given.is_none() {
        let remedy = "commit the design before anybody builds";
        let note = lacking(reading.config, WHAT, "nothing is committed yet", remedy)?;
        return Ok((frozen, Some(note)));
    }
    let names = Names { config: reading.config, adoption, workflow: &project.workflow };
    let mut decided = vec![given; begun.len()];
    for (iteration, decided) in decided.iter_mut().enumerate() {
        if decided.is_none() && begun[iteration].is_some() {
            *decided = names.agreement(history, &project.iterations[iteration].id)?;
        }
    }
    let unasked = Journal::default();
    let journal = if decided.iter().all(Option::is_some) { &unasked } else { trees.journal()? };
    let first = first_evidence(project, &trees.folders, journal);
    for (iteration, decided) in decided.iter_mut().enumerate() {
        if decided.is_none() && first[iteration].is_some() {
            *decided = names.agreement(history, &project.iterations[iteration].id)?;
        }
    }
    let mut unknown = false;
    let mut comparable = Comparable::with(project);
    for (iteration, decided) in decided.into_iter().enumerate() {
        let standing = begun[iteration].map(|id| &project.artifacts[id].path);
        let open = decided.is_none() && journal.shallow;
        let (commit, why) = match (decided, &first[iteration], standing) {
            (Some((commit, why)), Some(_), _) | (Some((commit, why)), _, Some(_)) => {
                (Some(commit), why)
            }
            (None, Some(first), _) => {
                let brought = Some(trees.named(&first.commit));
                let why = Why::BeforeEvidence { path: first.path.clone(), commit: brought };
                (first.parent.clone(), why)
            }
            (None, None, Some(path)) => {
                (history.tip(), Why::BeforeEvidence { path: path.clone(), commit: None })
            }
            (_, _, None) => continue,
        };
        let mut agreement = Agreement {
            iteration,
            commit: commit.as_ref().map(|commit| trees.named(commit)),
            why,
            standing: Standing::Nothing,
        };
        if open {
            // An earlier commit, which is not here, may have brought evidence before.
            agreement.standing = Standing::Unknown;
            unknown = true;
            frozen.push(Frozen { agreement, project: None, told: Arc::default() });
            continue;
        }
        let then = commit.as_ref().map(|commit| trees.design(commit)).transpose()?;
        let then = then.filter(|then| comparable.holds(then, iteration));
        let mut told = Arc::default();
        if let (Some(_), Some(commit)) = (&then, &commit) {
            agreement.standing = Standing::Agreed;
            told = trees.told(commit)?;
        }
        frozen.push(Frozen { agreement, project: then, told });
    }
    let note = unknown.then(|| shallow(reading.config, WHAT)).transpose()?;
    Ok((frozen, note))
}

/// What an agreement is there to tell.
const WHAT: &str = "whether contracts were changed since they were agreed";

/// For each iteration, a document of evidence that stands.
fn begun(project: &Project) -> Vec<Option<ArtifactId>> {
    let mut begun = vec![None; project.iterations.len()];
    for (id, artifact) in project.artifacts.iter().enumerate() {
        if !project.workflow.begins(artifact.kind) || artifact.deliverable.is_none() {
            continue;
        }
        let features = artifact.features.iter().map(|&id| project.features[id].iteration);
        let mut iterations: Vec<usize> = features.collect();
        if iterations.is_empty() {
            iterations.push(0);
        }
        iterations.into_iter().for_each(|at| {
            begun[at].get_or_insert(id);
        });
    }
    begun
}

/// Whether the history may hold evidence though none stands now.
fn may_have_begun(project: &Project) -> bool {
    let leaves = |phase: usize| {
        project.workflow.phases[phase]
            .deliverables
            .iter()
            .any(|one| project.workflow.begins(one.kind))
    };
    project.stages.iter().any(|stage| stage.entered.is_some() && leaves(stage.phase))
}

/// The commit that brought the first evidence.
struct First {
    path: RepoPath,
    commit: CommitId,
    parent: Option<CommitId>,
}

/// For each iteration, the first evidence that a commit brought.
fn first_evidence(
    project: &Project,
    folders: &[RepoPath],
    journal: &Journal,
) -> Vec<Option<First>> {
    let mut first: Vec<Option<First>> = (0..project.iterations.len()).map(|_| None).collect();
    let mut moved: HashMap<&RepoPath, Vec<usize>> = HashMap::new();
    for step in journal.steps.iter() {
        let mut came = Vec::new();
        for change in step.changes.iter().rev().filter(|one| one.before.is_none()) {
            let iterations = iterations_of(project, folders, &change.path);
            if iterations.is_empty() {
                continue;
            }
            // What it was evidence of under its later name, it was under this one.
            let iterations = moved.remove(&change.path).unwrap_or(iterations);
            for &iteration in &iterations {
                first[iteration] = Some(First {
                    path: change.path.clone(),
                    commit: step.commit.clone(),
                    parent: step.parent.clone(),
                });
            }
            came.push((change, iterations));
        }
        for (change, iterations) in came {
            if let Some(path) = moved_from(step, change) {
                moved.insert(path, iterations);
            }
        }
    }
    first
}

/// Where a step moved a file from that it did not change.
fn moved_from<'s>(step: &'s Step, to: &Changed) -> Option<&'s RepoPath> {
    let mut from = step.changes.iter().filter(|one| one.after.is_none() && one.before == to.after);
    from.next().filter(|_| from.next().is_none()).map(|one| &one.path)
}

/// The iterations of the features that a path is evidence of, whether it still stands or not.
fn iterations_of(project: &Project, folders: &[RepoPath], path: &RepoPath) -> Vec<usize> {
    let below = folders.iter().find_map(|folder| path.below(folder));
    let Some(found) = below.and_then(|below| project.workflow.classify(below)) else {
        return Vec::new();
    };
    let deliverable = &project.workflow.phases[found.phase].deliverables[found.deliverable];
    if !project.workflow.begins(deliverable.kind) {
        return Vec::new();
    }
    let standing = project.artifacts.binary_search_by(|one| one.path.cmp(path));
    if let Ok(id) = standing
        && !project.artifacts[id].features.is_empty()
    {
        let features = project.artifacts[id].features.iter();
        return features.map(|&id| project.features[id].iteration).collect();
    }
    vec![found.captures.get("feature").map_or(0, |name| project.iteration_of(name))]
}

/// The revision that the run was asked to compare with.
fn given(history: &dyn History, base: &str) -> Result<(CommitId, Why), Failure> {
    let commit = revision::asked(history, base, "cannot compare with")?;
    Ok((commit, Why::Base(base.to_owned())))
}

/// Whether trees hold what an iteration can be held to. Iterations that were designed together
/// share one, which is looked through once.
struct Comparable<'p> {
    now: &'p Project,
    promised: Promised,
    agreed: Option<(Arc<Project>, Promised)>,
}

/// Whose contracts a tree holds.
#[derive(Default)]
struct Promised {
    /// Some belong to no feature that the project still has.
    general: bool,
    iterations: HashSet<usize>,
}

impl Promised {
    /// `known` finds the feature of today that one of the tree is.
    fn by(tree: &Project, now: &Project, known: impl Fn(FeatureId) -> Option<FeatureId>) -> Self {
        let features: HashSet<Option<FeatureId>> =
            tree.contracts().map(|one| one.feature).collect();
        let mut promised = Self::default();
        for feature in features {
            match feature.and_then(&known) {
                Some(feature) => _ = promised.iterations.insert(now.features[feature].iteration),
                None => promised.general = true,
            }
        }
        promised
    }

    fn to(&self, iteration: usize) -> bool {
        self.general || self.iterations.contains(&iteration)
    }
}

impl<'p> Comparable<'p> {
    fn with(now: &'p Project) -> Self {
        Self { now, promised: Promised::by(now, now, Some), agreed: None }
    }

    /// Whether a tree holds contracts of the features of an iteration, or a design where they have
    /// none to this day.
    fn holds(&mut self, then: &Arc<Project>, iteration: usize) -> bool {
        let known = self.agreed.take().filter(|(known, _)| Arc::ptr_eq(known, then));
        let (_, agreed) = self.agreed.insert(known.unwrap_or_else(|| {
            let feature = |id: FeatureId| {
                let feature: &Feature = &then.features[id];
                let name = Name::new(&feature.name, feature.label.as_deref());
                match self.now.names.find(&name) {
                    Match::One(feature) => Some(feature),
                    _ => None,
                }
            };
            (then.clone(), Promised::by(then, self.now, feature))
        }));
        let plan =
            if self.now.workflow.has_evidence() { Kind::Architecture } else { Kind::Dependencies };
        let has_design = then.artifacts.iter().any(|one| one.kind == plan);
        agreed.to(iteration) || has_design && !self.promised.to(iteration)
    }
}
