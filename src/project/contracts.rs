//! Who promises what: the contracts of the design documents with the features they belong to.

use super::features::{Match, Name};
use super::{Artifact, ArtifactId, FeatureId, Project};
use crate::facts::{DocumentFacts, SectionId};
use crate::model::Model;
use crate::model::contract::{Contract, Unread};

/// One writing of a contract, in one document.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'p> {
    pub artifact: ArtifactId,
    /// Nothing where the document does not say whose it is.
    pub feature: Option<FeatureId>,
    pub contract: &'p Contract,
}

impl Project {
    /// Every contract that a document of the design states, document by document.
    pub fn contracts(&self) -> impl Iterator<Item = Stated<'_>> {
        let designs = self.artifacts.iter().enumerate();
        designs.flat_map(move |(id, artifact)| {
            let contracts = match &artifact.model {
                Model::Architecture(architecture) => &architecture.contracts.list[..],
                _ => &[],
            };
            contracts.iter().map(move |contract| {
                let feature = self.promiser(artifact, contract);
                Stated { artifact: id, feature, contract }
            })
        })
    }

    /// What looks like a contract in a document of the design and could not be read.
    pub fn unread_contracts(&self) -> impl Iterator<Item = (ArtifactId, &Unread)> {
        self.artifacts.iter().enumerate().flat_map(|(id, artifact)| {
            let unread = match &artifact.model {
                Model::Architecture(architecture) => &architecture.contracts.unread[..],
                _ => &[],
            };
            unread.iter().map(move |one| (id, one))
        })
    }

    /// The feature that promises a contract: that of the boundary it stands in, else that of the
    /// whole document.
    fn promiser(&self, artifact: &Artifact, contract: &Contract) -> Option<FeatureId> {
        let Model::Architecture(architecture) = &artifact.model else { return None };
        let boundary = architecture.boundary_of(contract);
        let named = boundary.and_then(|boundary| {
            match self.names.find(&Name::new(&boundary.name, boundary.label.as_deref())) {
                Match::One(feature) => Some(feature),
                _ => None,
            }
        });
        named.or(match artifact.features[..] {
            [only] => Some(only),
            _ => None,
        })
    }
}

/// Whether a section, by its heading or one above it, tells of what others offer. A title names a
/// product.
pub fn is_consumed(facts: &DocumentFacts, section: SectionId) -> bool {
    const WORDS: &[&str] = &[
        "consumes",
        "consumed",
        "consumption",
        "depends",
        "dependencies",
        "dependency",
        "needs",
        "requires",
        "uses",
        "used",
        "calls",
        "listens",
        "subscribes",
        "subscribed",
        "subscriptions",
        "external",
        "upstream",
        "incoming",
        "integration",
        "integrations",
        "party",
    ];
    is_below(facts, section, WORDS)
}

/// Whether a section tells of what is not promised yet, or no longer.
pub fn is_for_later(facts: &DocumentFacts, section: SectionId) -> bool {
    const WORDS: &[&str] =
        &["future", "planned", "roadmap", "later", "deprecated", "rejected", "unscheduled"];
    is_below(facts, section, WORDS)
}

fn is_below(facts: &DocumentFacts, section: SectionId, words: &[&str]) -> bool {
    let mut at = Some(section);
    let above = std::iter::from_fn(|| {
        let section = facts.section(at?);
        at = section.parent;
        Some(section)
    });
    let mut headings = above.filter(|section| section.level > 1);
    headings.any(|section| section.name.split(' ').any(|word| words.contains(&word)))
}
