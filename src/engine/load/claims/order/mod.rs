//! The order in which documents came, held against the order of their phases (S2.20).
//!
//! A document is out of order when the commit that changed it last lacks a deliverable of an
//! earlier phase. Only what is there now is looked for in that commit: what is missing has rules
//! of its own. Nor are old commits judged: whether it was there is all that counts, so that later
//! edits of it change nothing.

pub mod adoption;
mod alike;
mod before;
mod stood;

use std::collections::BTreeMap;

use super::super::shallow;
use super::super::trees::Trees;
use super::history::{Since, is_committed, last_commit};
use crate::base::Failure;
use crate::config::Adoption;
use crate::ledger::{Claims, Early, Lacking, SinceThen};
use crate::model::Model;
use crate::project::{Artifact, ArtifactId, Duty, DutyState, Project, Subject, stages};
use crate::source::CommitId;
use crate::workflow::{Kind, Per};
use before::{Before, Earlier};
use stood::Stood;

/// Finds the documents that came before what they build on. Answers also with a note where a
/// shallow history leaves that open.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn early(
    trees: &mut Trees<'_>,
    adoption: Option<&Adoption>,
    claims: &mut Claims,
) -> Result<Option<String>, Failure> {
    let before = Before::of(trees, adoption);
    if before.is_empty() || trees.history.tip().is_none() {
        return Ok(None);
    }
    let (found, open) = Search::new(trees, before)?.run()?;
    for (artifact, one) in found {
        claims.early.extend(told(trees, artifact, one)?);
    }
    let what = "whether documents came in the order of their phases";
    open.then(|| shallow(trees.reading.config, what)).transpose()
}

/// A document that came before what it builds on.
struct Found {
    gates: Vec<(usize, usize)>,
    /// The place of the commit in the journal.
    place: usize,
    /// Indices of duties.
    lacks: Vec<usize>,
    since: SinceThen,
    /// It is about all features at once, whether they were planned already or not.
    shared: bool,
}

struct Search<'s, 'r> {
    trees: &'s Trees<'r>,
    before: Before,
    stood: Stood<'s, 'r>,
    /// The place of the journal from which on, backwards, nobody had configured anything.
    unconfigured: usize,
    /// Part of the history is missing that would tell.
    open: bool,
}

impl<'s, 'r> Search<'s, 'r> {
    fn new(trees: &'s Trees<'r>, before: Before) -> Result<Self, Failure> {
        let stood = Stood::new(trees)?;
        let unconfigured = adoption::unconfigured(trees)?;
        Ok(Self { trees, before, stood, unconfigured, open: false })
    }

    fn run(mut self) -> Result<(BTreeMap<ArtifactId, Found>, bool), Failure> {
        let project = self.trees.project;
        let mut all: BTreeMap<ArtifactId, Found> = BTreeMap::new();
        for later in &project.duties {
            let DutyState::Done(done) = &later.state else { continue };
            if self.before.of_stage(later.iteration, later.phase).is_none() {
                continue;
            }
            let mut found = Vec::new();
            let mut in_order = false;
            for &id in done {
                let artifact = &project.artifacts[id];
                if !affirms(artifact)
                    || !stages::begun_by(project, artifact).contains(&later.iteration)
                {
                    continue;
                }
                match self.judge(artifact, later)? {
                    Some(one) => found.push((id, one)),
                    None => in_order = true,
                }
            }
            // A shared document may name a later iteration in passing; where another one speaks
            // for it, that is the one that counts.
            if in_order && later.iteration > 0 && !matches!(later.subject, Subject::Feature(_)) {
                continue;
            }
            for (id, one) in found {
                match all.get_mut(&id) {
                    Some(known) => known.add(one),
                    None => _ = all.insert(id, one),
                }
            }
        }
        Ok((all, self.open))
    }

    /// Whether a document came before what a duty that it does builds on.
    fn judge(&mut self, artifact: &Artifact, later: &Duty) -> Result<Option<Found>, Failure> {
        let shared = !is_per_feature(self.trees.project, later);
        let found = |place, lacks, since| {
            let gates = vec![(later.iteration, later.phase)];
            Found { gates, place, lacks, since, shared }
        };
        let last = last_commit(self.trees, &artifact.path)?;
        if last == Since::Earlier {
            self.open |= self.trees.journal()?.shallow;
            return Ok(None);
        }
        if let Since::Step(place) = last {
            let lacks = self.lacks(artifact, later, place)?;
            if !lacks.is_empty() && is_committed(self.trees, artifact)? {
                let adopted = place >= self.unconfigured;
                let since = if adopted { SinceThen::Adopted } else { SinceThen::Untouched };
                return Ok(Some(found(place, lacks, since)));
            }
        }
        // When a shared document began to speak of a later iteration, no path tells. A list of
        // boxes may be drawn up at any time, as long as it is ticked off when that is due.
        if shared && later.iteration > 0 || is_list(self.trees.project, later) {
            return Ok(None);
        }
        let Some(first) = self.stood.since(&artifact.path)? else { return Ok(None) };
        if first >= self.unconfigured {
            return Ok(None);
        }
        let lacks = self.lacks(artifact, later, first)?;
        Ok((!lacks.is_empty()).then(|| found(first, lacks, SinceThen::Changed)))
    }

    /// The duties of earlier phases that the commit at a place of the journal lacks.
    fn lacks(
        &mut self,
        artifact: &Artifact,
        later: &Duty,
        place: usize,
    ) -> Result<Vec<usize>, Failure> {
        let project = self.trees.project;
        let Some(earlier) = self.before.of_stage(later.iteration, later.phase) else {
            return Ok(Vec::new());
        };
        let mut lacks = Vec::new();
        let mut look = |group: &Earlier| -> Result<(), Failure> {
            if Some(place) <= group.all_since(&self.stood, project)? {
                return Ok(());
            }
            for &duty in &group.duties {
                if !self.stood.held(&project.duties[duty], place)? {
                    lacks.push(duty);
                }
            }
            Ok(())
        };
        look(&earlier.shared)?;
        match is_per_feature(project, later) {
            true => {
                for feature in &artifact.features {
                    earlier.of_feature.get(feature).map_or(Ok(()), &mut look)?;
                }
            }
            false => earlier.of_feature.values().try_for_each(look)?,
        }
        lacks.sort_unstable();
        Ok(lacks)
    }
}

impl Found {
    /// Takes in what another duty of the same document says of it.
    fn add(&mut self, other: Self) {
        match (self.since == SinceThen::Changed, other.since == SinceThen::Changed) {
            (false, true) => return,
            (true, false) => {
                *self = other;
                return;
            }
            _ => {}
        }
        self.gates.extend(other.gates);
        self.gates.sort_unstable();
        self.gates.dedup();
        self.lacks.extend(other.lacks);
        self.lacks.sort_unstable();
        self.lacks.dedup();
        self.shared |= other.shared;
    }
}

fn is_per_feature(project: &Project, duty: &Duty) -> bool {
    project.workflow.phases[duty.phase].deliverables[duty.deliverable].per == Per::Feature
}

/// Whether all that is due is a list of boxes.
fn is_list(project: &Project, duty: &Duty) -> bool {
    let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
    deliverable.kind == Kind::Document && !deliverable.checklists.is_empty()
}

/// Whether a document says anything of what came before: a plan that stands among validations
/// holds neither verdict nor result.
fn affirms(artifact: &Artifact) -> bool {
    match (artifact.kind, &*artifact.model) {
        (Kind::Validation, Model::Validation(model)) => {
            !model.verdicts.is_empty() || !model.results.is_empty()
        }
        _ => true,
    }
}

/// What is found, in the words of the ledger. What was changed since lacked nothing for a feature
/// that nobody had planned then.
fn told(
    trees: &mut Trees<'_>,
    artifact: ArtifactId,
    found: Found,
) -> Result<Option<Early>, Failure> {
    let project = trees.project;
    let Found { gates, place, mut lacks, since, shared } = found;
    let commit: CommitId = trees.journal()?.steps[place].commit.clone();
    let of_feature = |duty: usize| match project.duties[duty].subject {
        Subject::Feature(feature) => Some(feature),
        _ => None,
    };
    if shared && since == SinceThen::Changed && lacks.iter().any(|&one| of_feature(one).is_some()) {
        let then = trees.design(&commit)?;
        lacks.retain(|&one| {
            let feature = of_feature(one).map(|feature| &project.features[feature]);
            feature.is_none_or(|feature| then.found_again(feature).next().is_some())
        });
    }
    if lacks.is_empty() {
        return Ok(None);
    }
    let lacks = {
        let stood = Stood::new(trees)?;
        let mut all = Vec::new();
        for duty in lacks {
            let duty_now = &project.duties[duty];
            let Some(path) = stood::documents(project, duty_now).next() else { continue };
            let by = match stood.came(duty_now, path, place)? {
                Some(came) => Some(trees.named(&trees.journal()?.steps[came].commit)),
                None => None,
            };
            all.push(Lacking { duty, path: path.clone(), by });
        }
        all
    };
    let commit = trees.named(&commit);
    Ok(Some(Early { artifact, gates, commit, lacks, since }))
}
