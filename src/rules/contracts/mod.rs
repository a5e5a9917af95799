//! Rules about what features promise each other: each contract is complete, stated once, and the
//! same wherever it is stated.

mod contract_mismatch;
mod contract_without_auth;
mod duplicate_contract;
mod error_case_without_meaning;
mod incomplete_contract;
mod interface_without_contract;
mod one_sided;
mod unreadable_contract;

use std::collections::HashMap;

use super::Rule;
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::{Architecture, SharedPart};
use crate::model::contract::{Contract, Form, Subject};
use crate::model::phrases::List;
use crate::project::contracts::{is_below, is_consumed, is_for_later};
use crate::project::features::{Match, Name};
use crate::project::{Artifact, FeatureId, Project};
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[
    &incomplete_contract::RULE,
    &error_case_without_meaning::RULE,
    &duplicate_contract::RULE,
    &contract_mismatch::RULE,
    &interface_without_contract::RULE,
    &unreadable_contract::RULE,
    &contract_without_auth::RULE,
];

/// A contract where a design document states it.
#[derive(Clone, Copy)]
struct Statement<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    model: &'p Architecture,
    contract: &'p Contract,
}

/// The contracts of the architecture, then those of the interfaces.
fn statements(project: &Project) -> impl Iterator<Item = Statement<'_>> {
    let kinds = [Kind::Architecture, Kind::Interface].into_iter();
    let documents = kinds.flat_map(|kind| project.documents(kind));
    documents.flat_map(|(artifact, facts)| {
        let model = match &*artifact.model {
            Model::Architecture(model) => Some(&**model),
            _ => None,
        };
        model.into_iter().flat_map(move |model| {
            let all = model.contracts.list.iter();
            all.map(move |contract| Statement { artifact, facts, model, contract })
        })
    })
}

/// The statements of one endpoint or event, wherever they stand.
type Promise<'p> = Vec<Statement<'p>>;

/// What others can call or listen to, by what it is, in the order of the documents. What a
/// feature says of the calls that it makes itself is no promise.
fn promises(project: &Project) -> Vec<Promise<'_>> {
    let mut places: HashMap<&Subject, usize> = HashMap::new();
    let mut found: Vec<Promise> = Vec::new();
    for one in statements(project).filter(Statement::is_called) {
        let place = *places.entry(&one.contract.subject).or_insert(found.len());
        match found.get_mut(place) {
            Some(promise) => promise.push(one),
            None => found.push(vec![one]),
        }
    }
    let promised = |one: &Statement| !one.is_consumed() && !one.is_for_later();
    found.retain(|promise| promise.iter().any(promised));
    found
}

impl<'p> Statement<'p> {
    /// Where a finding about it as a whole stands: at its heading, so that it is no echo of one
    /// about an empty section.
    fn place(&self) -> Span {
        let heading = self.facts.section(self.contract.section).title;
        let headed = self.contract.form == Form::Heading && heading.covers(self.contract.span);
        if headed { heading } else { self.contract.span }
    }

    /// Whether it is an endpoint or an event.
    fn is_called(&self) -> bool {
        matches!(self.contract.subject, Subject::Endpoint { .. } | Subject::Event { .. })
    }

    /// The feature it belongs to: that of the interface, or of the boundary around it.
    fn feature(&self, project: &Project) -> Option<FeatureId> {
        if let [only] = self.artifact.features[..] {
            return Some(only);
        }
        let boundary = self.model.boundary_of(self.contract)?;
        match project.names.find(&Name::new(&boundary.name, boundary.label.as_deref())) {
            Match::One(feature) => Some(feature),
            _ => None,
        }
    }

    /// Whether it stands where a document tells of what others offer.
    fn is_consumed(&self) -> bool {
        is_consumed(self.facts, self.contract.section)
    }

    /// Whether it stands where a document tells of what is not promised yet, or no longer.
    fn is_for_later(&self) -> bool {
        is_for_later(self.facts, self.contract.section)
    }

    /// Whether a word is in one of the headings above it. A title names a product.
    fn is_below(&self, words: &List) -> bool {
        is_below(self.facts, self.contract.section, words)
    }

    /// What its document says once for all, and so for it.
    fn shared(&self) -> impl Iterator<Item = &'p SharedPart> {
        let place = self.contract.span;
        let shared = self.model.shared.iter().filter(move |one| one.scope.covers(place));
        shared.map(|one| &one.part)
    }

    /// Puts a finding about it into the gate of its feature's iteration, where the architecture
    /// holds several.
    fn in_gate(&self, project: &Project, finding: Finding) -> Finding {
        let architecture = self.artifact.kind == Kind::Architecture;
        let feature = architecture.then(|| self.feature(project)).flatten();
        match (feature, self.artifact.deliverable) {
            (Some(feature), Some((phase, _))) => {
                let gate = (project.features[feature].iteration, phase);
                if finding.gates.contains(&gate) { finding } else { finding.gate(gate.0, gate.1) }
            }
            _ => finding,
        }
    }
}

/// What the documents of one promise, and the architecture, say for all contracts.
fn said_for_all<'p>(project: &'p Project, promise: &Promise<'p>) -> Vec<&'p SharedPart> {
    let mut found: Vec<&SharedPart> = promise.iter().flat_map(Statement::shared).collect();
    for (artifact, facts) in project.documents(Kind::Architecture) {
        let Model::Architecture(model) = &*artifact.model else { continue };
        let whole = |extent: Span| extent.end as usize >= facts.text.len();
        let of_all = model.shared.iter().filter(|one| one.scope.start == 0 && whole(one.scope));
        found.extend(of_all.map(|one| &one.part));
    }
    found
}

/// The statement that a finding about a promise stands at: the most detailed document that a
/// feature's team reads, its interface.
fn home<'p>(promise: &Promise<'p>) -> Statement<'p> {
    let offered = || promise.iter().filter(|one| !one.is_consumed());
    let interface = offered().find(|one| one.artifact.kind == Kind::Interface);
    *interface.or_else(|| offered().next()).unwrap_or(&promise[0])
}
