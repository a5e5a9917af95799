//! An agreement beside what stands now: which features are the same, and which documents.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::{Frozen, Place};
use super::again::found_again;
use super::place::of_gone;
use crate::base::Span;
use crate::facts::{DocumentFacts, SectionId};
use crate::model::{Model, dependencies};
use crate::project::{Artifact, ArtifactId, FeatureId, Project, Text};

/// One agreement and what stands now.
pub struct Sides<'p> {
    pub now: &'p Project,
    pub then: &'p Project,
    /// Position of the iteration that the agreement is for.
    pub iteration: usize,
    /// For each feature of then, the one that it is now.
    pub features: Vec<Option<FeatureId>>,
    /// For each feature of then, whether it is held to this agreement and to no older one.
    pub held: Vec<bool>,
    /// A design of then says what is built in which iteration.
    has_schedule: bool,
}

impl<'p> Sides<'p> {
    /// The agreements that can be compared with, the oldest first.
    pub fn of(now: &'p Project, frozen: &'p [Frozen]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut taken = vec![false; now.features.len()];
        for one in frozen {
            let Some(then) = one.project.as_deref() else { continue };
            let iteration = one.agreement.iteration;
            let features = found_again(then, now);
            let id = now.iterations.get(iteration).map(|one| &one.id);
            let mut held = Vec::with_capacity(features.len());
            for (feature, &known) in then.features.iter().zip(&features) {
                let planned = then.iterations.get(feature.iteration).map(|one| &one.id) == id;
                let built = known.is_some_and(|known| now.features[known].iteration == iteration);
                let new = known.is_none_or(|known| !taken[known]);
                held.push((planned || built) && new);
            }
            for (&known, _) in features.iter().zip(&held).filter(|(_, held)| **held) {
                known.into_iter().for_each(|known| taken[known] = true);
            }
            let has_schedule = then.artifacts.iter().any(|artifact| match &*artifact.model {
                Model::Architecture(model) => !model.scheduled.is_empty(),
                _ => false,
            });
            all.push(Self { now, then, iteration, features, held, has_schedule });
        }
        all
    }

    /// The features of then that are held to this agreement and still there, each with what it
    /// is now.
    pub fn pairs(&self) -> impl Iterator<Item = (FeatureId, FeatureId)> {
        let held = self.features.iter().zip(&self.held).enumerate();
        held.filter_map(|(then, (now, held))| Some((then, (*now).filter(|_| *held)?)))
    }

    /// The feature of then that one of now is.
    pub fn before(&self, now: FeatureId) -> Option<FeatureId> {
        self.features.iter().position(|known| *known == Some(now))
    }

    /// Whether a feature of then was to be built in the iteration that this is the agreement of.
    pub fn plans(&self, then: FeatureId) -> bool {
        let planned = &self.then.iterations[self.then.features[then].iteration];
        planned.id == self.now.iterations[self.iteration].id
    }

    /// Whether a part of an agreed document is about a later iteration, which has an agreement
    /// of its own.
    pub fn is_later(&self, facts: &DocumentFacts, section: SectionId) -> bool {
        let own = self.now.iterations.get(self.iteration).map(|one| &one.id);
        let titles = facts.outward(section).map(|(_, section)| facts.text_of(section.title));
        let named = titles.filter_map(dependencies::iteration).next();
        self.has_schedule && named.is_some_and(|named| own.is_some_and(|own| *own != named))
    }

    /// Whether a document of then stands as it was, at its place.
    pub fn is_untouched(&self, then: &Artifact) -> bool {
        let same = |now: &Artifact| match (&now.text, &then.text) {
            (Text::Document(now), Text::Document(then)) => {
                Arc::ptr_eq(now, then) || now.text == then.text
            }
            _ => false,
        };
        now_at(self.now, then).is_some_and(same)
    }

    /// Whether any document that was agreed was touched.
    pub fn differ(&self) -> bool {
        self.then.artifacts.iter().any(|artifact| !self.is_untouched(artifact))
    }

    /// The documents of now in which something agreed may stand: those of the phases before anybody
    /// builds, and whatever else stands in their folders.
    pub fn documents(&self) -> impl Iterator<Item = (&'p Artifact, &'p DocumentFacts)> {
        documents(self.now)
    }

    /// The same of then.
    pub fn documents_then(&self) -> impl Iterator<Item = (&'p Artifact, &'p DocumentFacts)> {
        documents(self.then)
    }

    /// Where something is missed that stood in a section of an agreed document: the section now,
    /// else the document, else one of its kind.
    pub fn missed(&self, then: &Artifact, facts: &DocumentFacts, section: SectionId) -> Place {
        let like = || {
            let same =
                |one: &&Artifact| (one.kind, one.deliverable) == (then.kind, then.deliverable);
            self.now.artifacts.iter().find(same)
        };
        match now_at(self.now, then).is_none().then(like).flatten() {
            Some(like) => Place { path: like.path.clone(), span: None },
            None => of_gone(self, then, facts.section(section).heading, None),
        }
    }
}

fn documents(project: &Project) -> impl Iterator<Item = (&Artifact, &DocumentFacts)> {
    let is_agreed =
        |one: &Artifact| one.deliverable.map(|(phase, _)| project.workflow.is_agreed(phase));
    let agreed = project.artifacts.iter().filter(|one| is_agreed(one) == Some(true));
    let folders: HashSet<_> = agreed.map(|one| one.path.folder()).collect();
    let stands = move |one: &&Artifact| {
        is_agreed(one).unwrap_or_else(|| folders.contains(&one.path.folder()))
    };
    let standing = project.artifacts.iter().filter(stands);
    standing.filter_map(|one| Some((one, one.facts()?)))
}

/// Whether all that was agreed stands word for word, and nothing was written beside it.
pub fn is_same(then: &Project, now: &Project) -> bool {
    let text = |facts: &DocumentFacts| std::ptr::from_ref(facts);
    let all = |project| documents(project).map(move |(one, facts)| (&one.path, text(facts)));
    all(then).eq(all(now))
}

/// The first line of a part of a document of now.
pub fn stands(artifact: &Artifact, facts: &DocumentFacts, span: Span) -> Place {
    let text = facts.text_of(span);
    let first = text.find('\n').map_or(text.len(), |end| text[..end].trim_end().len());
    let span = Span::new(span.start as usize, span.start as usize + first);
    Place { path: artifact.path.clone(), span: Some(span) }
}

/// A place of the judged project.
pub fn place(now: &Project, artifact: ArtifactId, span: Span) -> Place {
    Place { path: now.artifacts[artifact].path.clone(), span: Some(span) }
}

/// The document at the same place.
fn now_at<'p>(now: &'p Project, then: &Artifact) -> Option<&'p Artifact> {
    let at = now.artifacts.binary_search_by(|one| one.path.cmp(&then.path)).ok()?;
    Some(&now.artifacts[at])
}
