//! What the product documents of a project say together.

use super::{Artifact, DutyState, Project};
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::product::{self, Product, Story};
use crate::workflow::Kind;

impl Project {
    /// Every readable product document with what it says.
    pub fn products(&self) -> impl Iterator<Item = (&Artifact, &DocumentFacts, &Product)> {
        self.artifacts.iter().filter_map(|artifact| match &*artifact.model {
            Model::Product(product) => Some((artifact, artifact.facts()?, &**product)),
            _ => None,
        })
    }

    /// Every story that is told and not kept for later, with the document that tells it.
    pub fn stories(&self) -> impl Iterator<Item = (&Artifact, &Story)> {
        self.products().flat_map(|(artifact, _, product)| {
            let told = product.stories.iter().filter(|story| !story.deferred);
            told.map(move |story| (artifact, story))
        })
    }

    /// The stories that a design owes something: those with identifiers, of iterations that the
    /// project has. A later iteration is designed later.
    pub fn stories_to_design(&self) -> impl Iterator<Item = (&Artifact, &Story)> {
        self.stories().filter(|(artifact, story)| {
            let planned = artifact.facts().is_none_or(|facts| {
                let headings = || product::above(facts, story.section);
                let named = headings().find_map(|name| name.strip_prefix("iteration "));
                named.is_none_or(|id| self.iterations.iter().any(|one| id.starts_with(&one.id)))
            });
            story.id.is_some() && planned
        })
    }

    /// Whether a document of this kind is due and missing, or there and silent, so that nobody
    /// can judge what it says.
    pub fn misses(&self, kind: Kind) -> bool {
        self.has_silent(kind)
            || self.duties.iter().any(|duty| {
                let deliverable = &self.workflow.phases[duty.phase].deliverables[duty.deliverable];
                deliverable.kind == kind && matches!(duty.state, DutyState::Missing { .. })
            })
    }

    /// Whether a document of this kind is there and says nothing.
    pub fn has_silent(&self, kind: Kind) -> bool {
        self.documents(kind).any(|(_, facts)| !facts.says_anything())
    }

    /// The documents that belong to the requirements: all product documents, and whatever else
    /// stands in a folder with stories.
    pub fn requirements(&self) -> impl Iterator<Item = (&Artifact, &DocumentFacts)> {
        let of_stories = self.artifacts.iter().filter(|artifact| artifact.kind == Kind::Stories);
        let folders: Vec<_> = of_stories.map(|artifact| artifact.path.folder()).collect();
        self.artifacts.iter().filter_map(move |artifact| {
            let beside = folders.iter().any(|folder| artifact.path.below(folder).is_some());
            let product = matches!(*artifact.model, Model::Product(_));
            Some((artifact, artifact.facts()?)).filter(|_| beside || product)
        })
    }
}
