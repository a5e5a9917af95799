//! Who promises what: the contracts of the design documents with the features they belong to.

use super::features::{Match, Name};
use super::offers::{self, Offer, Place};
use super::{Artifact, ArtifactId, FeatureId, Project};
use crate::facts::{DocumentFacts, SectionId};
use crate::model::Model;
use crate::model::architecture::{Architecture, Boundary};
use crate::model::contract::{Contract, Unread};
use crate::model::phrases::{self, List, listed};

/// One writing of a contract, in one document.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'p> {
    pub artifact: ArtifactId,
    /// Nothing where the document does not say whose it is.
    pub feature: Option<FeatureId>,
    pub contract: &'p Contract,
    /// Its place among the contracts of the document.
    pub place: usize,
}

impl Project {
    /// Every contract that a document of the design states, document by document.
    pub fn contracts(&self) -> impl Iterator<Item = Stated<'_>> {
        let designs = self.artifacts.iter().enumerate();
        designs.flat_map(move |(id, artifact)| {
            let architecture = match &*artifact.model {
                Model::Architecture(one) if !one.contracts.list.is_empty() => Some(&**one),
                _ => None,
            };
            architecture.into_iter().flat_map(move |architecture| {
                let promiser = self.promiser(artifact, architecture);
                let contracts = architecture.contracts.list.iter();
                contracts.enumerate().map(move |(place, contract)| Stated {
                    artifact: id,
                    feature: promiser(contract),
                    contract,
                    place,
                })
            })
        })
    }

    /// What can be called or listened to, in the order of the documents. Several rules ask, and it
    /// is gathered once.
    pub fn offers(&self) -> &[Offer] {
        self.offers.get_or_init(|| offers::read(self))
    }

    /// The contract that is stated at a place.
    pub fn contract_at(&self, place: Place) -> Option<&Contract> {
        match &*self.artifacts.get(place.artifact)?.model {
            Model::Architecture(architecture) => architecture.contracts.list.get(place.contract),
            _ => None,
        }
    }

    /// What looks like a contract in a document of the design and could not be read.
    pub fn unread_contracts(&self) -> impl Iterator<Item = (ArtifactId, &Unread)> {
        self.artifacts.iter().enumerate().flat_map(|(id, artifact)| {
            let unread = match &*artifact.model {
                Model::Architecture(architecture) => &architecture.contracts.unread[..],
                _ => &[],
            };
            unread.iter().map(move |one| (id, one))
        })
    }

    /// The feature that promises a contract: that of the boundary it stands in, else that of the
    /// whole document.
    fn promiser<'p>(
        &self,
        artifact: &Artifact,
        architecture: &'p Architecture,
    ) -> impl Fn(&Contract) -> Option<FeatureId> + use<'p> {
        let named = |boundary: &Boundary| match self
            .names
            .find(&Name::new(&boundary.name, boundary.label.as_deref()))
        {
            Match::One(feature) => Some(feature),
            _ => None,
        };
        let drawn: Vec<_> = architecture.boundaries.iter().map(named).collect();
        let own = match artifact.features[..] {
            [only] => Some(only),
            _ => None,
        };
        move |contract| {
            let boundary = architecture.boundary_at(contract);
            boundary.and_then(|at| drawn.get(at).copied().flatten()).or(own)
        }
    }
}

/// Whether a section, by its heading or one above it, tells of what others offer. A title names a
/// product.
pub fn is_consumed(facts: &DocumentFacts, section: SectionId) -> bool {
    is_below(facts, section, OTHERS)
}

/// As [`is_consumed`], where headings from that of a feature outward tell nothing: one may be
/// called "Slack Integration".
pub fn is_consumed_within(
    facts: &DocumentFacts,
    section: SectionId,
    feature: Option<SectionId>,
) -> bool {
    let Some(feature) = feature else { return is_consumed(facts, section) };
    let sections = facts.outward(section).take_while(|(id, _)| *id != feature);
    let names = sections.filter(|(_, one)| one.level > 1).map(|(_, one)| &*one.name);
    names.into_iter().any(|name| phrases::words(name).any(|word| OTHERS.has(word)))
}

/// Headings of what a feature takes from others.
const OTHERS: &List = listed!(
    "consumes|consumed|consumption|depends|dependencies|dependency|needs|requires|uses|used|\
    calls|listens|subscribes|subscribed|subscriptions|external|upstream|incoming|integration|\
    integrations|party"
);

/// Whether a section tells of what is not promised: not yet, no longer, or not at all.
pub fn is_for_later(facts: &DocumentFacts, section: SectionId) -> bool {
    const WORDS: &List = listed!(
        "future|planned|roadmap|later|deprecated|rejected|unscheduled|excluded|exclusions|omitted|\
         alternatives|postponed|nongoals"
    );
    const BEGINNINGS: &List = listed!(
        "out of scope|non goal|non goals|not in|not part|not provided|not offered|not built|\
         not planned|not supported|left out"
    );
    is_below(facts, section, WORDS)
        || above(facts, section).any(|name| phrases::opens_with_any(name, BEGINNINGS))
}

/// Whether a word is in one of the headings around a section. A title names a product.
pub fn is_below(facts: &DocumentFacts, section: SectionId, words: &List) -> bool {
    above(facts, section).any(|name| phrases::words(name).any(|word| words.has(word)))
}

/// The names of the headings around a section, its own first, without the document's title.
pub fn above(facts: &DocumentFacts, section: SectionId) -> impl Iterator<Item = &str> {
    let sections = facts.outward(section).map(|(_, section)| section);
    sections.filter(|section| section.level > 1).map(|section| &*section.name)
}
