//! Finds and reads the tree that was agreed for each iteration (DESIGN: frozen contracts).

use std::collections::HashMap;
use std::sync::Arc;

use super::{Reading, shallow};
use crate::base::{Failure, RepoPath};
use crate::ledger::{Agreement, Commit, Frozen, Standing, Why};
use crate::project::features::{Match, Name};
use crate::project::{ArtifactId, Feature, Project};
use crate::source::{CommitId, History, Journal};
use crate::workflow::Kind;

/// The agreement of every iteration whose evidence has begun. Answers also with a note where a
/// shallow history leaves open what was agreed.
///
/// # Errors
/// A revision that was asked for is not there, the history cannot be read, or the configuration
/// requires the history that is missing.
pub fn freeze(
    reading: &Reading<'_>,
    project: &Project,
) -> Result<(Vec<Frozen>, Option<String>), Failure> {
    let history = reading.source.history();
    let mut frozen = Vec::new();
    let begun = begun(project);
    if begun.iter().all(Option::is_none) && !may_have_begun(project) {
        return Ok((frozen, None));
    }
    if history.tip().is_none() && reading.request.base.is_none() {
        let note = "not judged: whether contracts were changed since they were agreed, because \
                    nothing is committed yet; commit the design before anybody builds";
        return Ok((frozen, Some(note.to_owned())));
    }
    let given = reading.request.base.as_deref().map(|base| given(history, base)).transpose()?;
    let journal = match given {
        Some(_) => Journal::default(),
        None => history.journal(&folders(project))?,
    };
    let first = first_evidence(project, &journal);
    let mut trees = Trees { reading, history, project, known: HashMap::new() };
    let mut unknown = false;
    for iteration in 0..project.iterations.len() {
        let standing = begun[iteration].map(|id| &project.artifacts[id].path);
        let (commit, why) = match (&given, &first[iteration], standing) {
            (Some((commit, why)), _, Some(_)) => (Some(commit.clone()), why.clone()),
            (None, Some(first), _) => {
                let brought = Some(named(history, &first.commit));
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
            commit: commit.as_ref().map(|commit| named(history, commit)),
            why,
            standing: Standing::Nothing,
        };
        if journal.shallow {
            // An earlier commit, which is not here, may have brought evidence before.
            agreement.standing = Standing::Unknown;
            unknown = true;
            frozen.push(Frozen { agreement, project: None });
            continue;
        }
        let then = commit.as_ref().map(|commit| trees.at(commit)).transpose()?;
        let then = then.filter(|then| is_comparable(then, project, iteration));
        if then.is_some() {
            agreement.standing = Standing::Agreed;
        }
        frozen.push(Frozen { agreement, project: then });
    }
    let what = "whether contracts were changed since they were agreed";
    let note = unknown.then(|| shallow(reading.config, what)).transpose()?;
    Ok((frozen, note))
}

/// For each iteration, a document of evidence that stands.
fn begun(project: &Project) -> Vec<Option<ArtifactId>> {
    let mut begun = vec![None; project.iterations.len()];
    for (id, artifact) in project.artifacts.iter().enumerate() {
        if !artifact.kind.is_evidence() || artifact.deliverable.is_none() {
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
        project.workflow.phases[phase].deliverables.iter().any(|one| one.kind.is_evidence())
    };
    project.stages.iter().any(|stage| stage.entered.is_some() && leaves(stage.phase))
}

/// Where the documents of the project stand and stood.
fn folders(project: &Project) -> Vec<RepoPath> {
    let usual = project.home.join(&project.workflow.root);
    let mut folders = vec![project.root.clone()];
    folders.extend((usual != project.root).then_some(usual));
    folders
}

/// The commit that brought the first evidence.
struct First {
    path: RepoPath,
    commit: CommitId,
    parent: Option<CommitId>,
}

/// For each iteration, the first evidence that a commit brought.
fn first_evidence(project: &Project, journal: &Journal) -> Vec<Option<First>> {
    let mut first: Vec<Option<First>> = (0..project.iterations.len()).map(|_| None).collect();
    for step in &journal.steps {
        let added = step.changes.iter().filter(|one| one.before.is_none());
        for change in added {
            for iteration in iterations_of(project, &change.path) {
                first[iteration] = Some(First {
                    path: change.path.clone(),
                    commit: step.commit.clone(),
                    parent: step.parent.clone(),
                });
            }
        }
    }
    first
}

/// The iterations of the features that a path is evidence of, whether it still stands or not.
fn iterations_of(project: &Project, path: &RepoPath) -> Vec<usize> {
    let usual = project.home.join(&project.workflow.root);
    let below = path.below(&project.root).or_else(|| path.below(&usual));
    let Some(found) = below.and_then(|below| project.workflow.classify(below)) else {
        return Vec::new();
    };
    let deliverable = &project.workflow.phases[found.phase].deliverables[found.deliverable];
    if !deliverable.kind.is_evidence() {
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
    let found = history.resolve(base)?.ok_or_else(|| {
        let help = match history.shallow() {
            true => "fetch it first: the clone is shallow",
            false => "name a commit, branch or tag of this repository",
        };
        Failure::new(format!("cannot compare with `{base}`"), "nothing is called so", help)
    })?;
    Ok((found, Why::Base(base.to_owned())))
}

fn named(history: &dyn History, commit: &CommitId) -> Commit {
    Commit { id: commit.0.clone(), short: history.short(commit) }
}

/// Trees of other commits, each read once: only what is agreed before anybody builds.
struct Trees<'r> {
    reading: &'r Reading<'r>,
    history: &'r dyn History,
    project: &'r Project,
    known: HashMap<CommitId, Arc<Project>>,
}

impl Trees<'_> {
    fn at(&mut self, commit: &CommitId) -> Result<Arc<Project>, Failure> {
        if let Some(known) = self.known.get(commit) {
            return Ok(known.clone());
        }
        let source = self.history.at(commit)?;
        let workflow = self.project.workflow.clone();
        let mut read = None;
        for root in folders(self.project) {
            let mut listed = source.list(&root)?;
            if listed.is_empty() {
                continue;
            }
            listed.retain(|entry| {
                let below = entry.path.below(&root).unwrap_or_default();
                workflow.classify(below).is_some_and(|found| workflow.is_agreed(found.phase))
            });
            let reading = Reading { source: &*source, ..*self.reading };
            read = Some(reading.project(workflow.clone(), &root, &listed)?);
            break;
        }
        let read = match read {
            Some(read) => read,
            None => {
                let reading = Reading { source: &*source, ..*self.reading };
                reading.project(workflow, &self.project.root, &[])?
            }
        };
        let read = Arc::new(read);
        self.known.insert(commit.clone(), read.clone());
        Ok(read)
    }
}

/// Whether a tree holds what an iteration can be held to: contracts of its features, or a design
/// where they have none to this day.
fn is_comparable(then: &Project, now: &Project, iteration: usize) -> bool {
    let of_iteration = |feature: Option<usize>| {
        feature.is_none_or(|feature| now.features[feature].iteration == iteration)
    };
    let known = |feature: &Feature| match now
        .names
        .find(&Name::new(&feature.name, feature.label.as_deref()))
    {
        Match::One(feature) => Some(feature),
        _ => None,
    };
    let mut agreed = then.contracts().map(|one| one.feature.map(|id| &then.features[id]));
    let has_agreed = agreed.any(|feature| of_iteration(feature.and_then(known)));
    let has_design = then.artifacts.iter().any(|one| one.kind == Kind::Architecture);
    has_agreed || has_design && !now.contracts().any(|one| of_iteration(one.feature))
}
