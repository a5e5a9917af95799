//! Rules about who owns what: features share nothing by accident, and use what is not theirs
//! where both sides know of it.

mod missing_integration_point;
mod ownership_overlap;
mod route_outside_ownership;
mod table_without_owner;

use std::collections::HashMap;

use super::Rule;
use crate::base::{RepoPath, Span};
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::architecture::{Boundary, Owned, Resource};
use crate::model::contract::Contract;
use crate::model::phrases::{self, List, listed};
use crate::project::features::{Match, Name};
use crate::project::{Artifact, FeatureId, Project};
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[
    &ownership_overlap::RULE,
    &route_outside_ownership::RULE,
    &table_without_owner::RULE,
    &missing_integration_point::RULE,
];

/// A boundary with the feature around which it is drawn.
#[derive(Clone, Copy)]
struct Drawn<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    boundary: &'p Boundary,
    feature: FeatureId,
}

/// The boundaries of declared features, those of earlier iterations first.
fn drawn(project: &Project) -> Vec<Drawn<'_>> {
    let mut all: Vec<Drawn> = Vec::new();
    for (artifact, facts, model) in project.architectures() {
        for boundary in &model.boundaries {
            let name = Name::new(&boundary.name, boundary.label.as_deref());
            if let Match::One(feature) = project.names.find(&name) {
                all.push(Drawn { artifact, facts, boundary, feature });
            }
        }
    }
    all.sort_by_key(|one| project.features[one.feature].iteration);
    all
}

/// A thing that a feature says is its own.
#[derive(Clone, Copy)]
struct Claim<'p> {
    by: Drawn<'p>,
    span: Span,
    text: &'p str,
}

impl<'p> Drawn<'p> {
    /// What the feature claims of one kind.
    fn claims(self, kind: Resource) -> impl Iterator<Item = Claim<'p>> {
        let claimed = self.boundary.owned.iter().filter(move |one| one.claimed && one.kind == kind);
        claimed.map(move |one: &Owned| Claim {
            by: self,
            span: one.span,
            text: self.facts.text_of(one.span),
        })
    }
}

/// A contract with the feature that states it, where it is one feature's.
#[derive(Clone, Copy)]
struct Stated<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    contract: &'p Contract,
    feature: Option<FeatureId>,
}

/// The contracts of the architecture and of the interfaces.
fn stated<'p>(project: &'p Project, all: &[Drawn<'p>]) -> Vec<Stated<'p>> {
    let mut found = Vec::new();
    let mut around: HashMap<&RepoPath, Vec<(Span, FeatureId)>> = HashMap::new();
    for one in all {
        let inside = around.entry(&one.artifact.path).or_default();
        inside.push((one.boundary.extent, one.feature));
    }
    around.values_mut().for_each(|inside| inside.sort_unstable_by_key(|(extent, _)| *extent));
    for kind in [Kind::Architecture, Kind::Interface] {
        for (artifact, facts) in project.documents(kind) {
            let Model::Architecture(model) = &*artifact.model else { continue };
            let around = around.get(&artifact.path).map_or(&[][..], Vec::as_slice);
            for contract in &model.contracts.list {
                let after =
                    around.partition_point(|(extent, _)| extent.start <= contract.span.start);
                let drawn = after.checked_sub(1).map(|at| around[at]);
                let drawn = drawn.filter(|(extent, _)| extent.covers(contract.span));
                let feature = match artifact.features[..] {
                    [one] => Some(one),
                    _ => drawn.map(|(_, feature)| feature),
                };
                found.push(Stated { artifact, facts, contract, feature });
            }
        }
    }
    found
}

impl Stated<'_> {
    /// Whether the contract is somebody else's that is only told of: an address of another host,
    /// or a heading such as "Needs From Other Features".
    fn is_elsewhere(&self) -> bool {
        const OTHERS: &List = listed!(
            "consumed|consumes|consumer|needs|need|uses|used|required|requires|depends|\
            dependencies|external|other|others|from|upstream|integration|integrations|shared|\
            third"
        );
        let mut at = Some(self.contract.section);
        while let Some(id) = at {
            let section = self.facts.section(id);
            if section.level > 1 && phrases::words(&section.name).any(|word| OTHERS.has(word)) {
                return true;
            }
            at = section.parent;
        }
        self.facts.text_of(self.contract.span).contains("://")
    }
}

/// A table's name in the form in which two are compared. Nothing for words that name none.
fn table_name(text: &str) -> Option<String> {
    let bare = text.trim_end_matches(" table").trim_matches(['`', '"', '*']);
    let named = bare.len() > 1
        && bare.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    const NOTHING: &[&str] = &["none", "nothing", "all", "various", "tbd", "na", "no", "same"];
    let lower = bare.to_lowercase();
    (named && !NOTHING.contains(&lower.as_str())).then_some(lower)
}
