//! What can be called or listened to, and which features offer it.

use std::collections::HashMap;

use super::contracts::{Stated, is_consumed, is_for_later};
use super::{ArtifactId, FeatureId, Project};
use crate::model::contract::Subject;

/// An endpoint or an event with all that the documents of the design state of it.
#[derive(Debug)]
pub struct Offer {
    /// In the order of the documents.
    pub stated: Vec<Place>,
    /// The features that state it, rather than only name it. Sorted.
    pub by: Vec<FeatureId>,
}

/// Where a contract is stated, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub artifact: ArtifactId,
    /// Its place among the contracts of the document.
    pub contract: usize,
    pub feature: Option<FeatureId>,
}

/// Everything that is offered, in the order of the documents.
pub(super) fn read(project: &Project) -> Vec<Offer> {
    let mut known: HashMap<&Subject, usize> = HashMap::new();
    let mut all: Vec<Vec<Stated<'_>>> = Vec::new();
    // Tables and types have a shape and nothing more.
    let called = |one: &Stated<'_>| {
        matches!(one.contract.subject, Subject::Endpoint { .. } | Subject::Event { .. })
    };
    for one in project.contracts().filter(called) {
        let place = *known.entry(&one.contract.subject).or_insert(all.len());
        match all.get_mut(place) {
            Some(stated) => stated.push(one),
            None => all.push(vec![one]),
        }
    }
    all.into_iter().map(|stated| Offer::of(project, &stated)).collect()
}

impl Offer {
    fn of(project: &Project, stated: &[Stated<'_>]) -> Self {
        let offers = |one: &&Stated<'_>| {
            let facts = project.artifacts[one.artifact].facts();
            let section = one.contract.section;
            facts.is_some_and(|facts| !is_consumed(facts, section) && !is_for_later(facts, section))
        };
        let says = stated.iter().any(|one| one.contract.says_more());
        let stated_well = stated.iter().filter(|one| one.contract.says_more() || !says);
        let mut by: Vec<FeatureId> =
            stated_well.filter(offers).filter_map(|one| one.feature).collect();
        by.sort_unstable();
        by.dedup();
        let place = |one: &Stated<'_>| Place {
            artifact: one.artifact,
            contract: one.place,
            feature: one.feature,
        };
        Self { stated: stated.iter().map(place).collect(), by }
    }
}
