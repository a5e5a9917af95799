//! Rules that hold contracts against code (S2.7): what is promised is served, and what is served is
//! promised, and was so first.

mod code_before_contract;
mod endpoint_not_documented;
mod endpoint_not_in_code;
mod table_not_documented;
mod table_not_in_code;

use std::collections::BTreeMap;

use super::Rule;
use crate::base::RepoPath;
use crate::facts::DocumentFacts;
use crate::ledger::Ledger;
use crate::model::Model;
use crate::model::contract::{Contract, Subject, mentions};
use crate::project::offers::Offer;
use crate::project::{Artifact, Project, stages};
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[
    &endpoint_not_in_code::RULE,
    &endpoint_not_documented::RULE,
    &table_not_in_code::RULE,
    &table_not_documented::RULE,
    &code_before_contract::RULE,
];

/// The rule that asks the history for the code of earlier commits.
pub const CODE_BEFORE_CONTRACT: &str = code_before_contract::ID;

pub const IDS: &[&str] = &[
    "endpoint-not-in-code",
    "endpoint-not-documented",
    "table-not-in-code",
    "table-not-documented",
    CODE_BEFORE_CONTRACT,
];

/// The gate of the evidence of an iteration: what is built differs from what was promised.
fn gate(project: &Project, iteration: usize) -> Option<(usize, usize)> {
    let mut all = project.workflow.deliverables();
    all.find(|(.., one)| one.kind == Kind::Evidence).map(|(phase, ..)| (iteration, phase))
}

/// The same for the first iteration whose features offer something.
fn first_gate(project: &Project, offer: &Offer) -> Option<(usize, usize)> {
    let iterations = offer.by.iter().map(|&feature| project.features[feature].iteration);
    iterations.min().and_then(|one| gate(project, one))
}

/// Where a reader looks up what is offered: in the interface, where that says anything.
fn looked_up<'p>(project: &'p Project, offer: &Offer) -> Option<(&'p Artifact, &'p Contract)> {
    let stated = offer.stated.iter().filter_map(|place| {
        let contract = project.contract_at(*place)?;
        Some((&project.artifacts[place.artifact], contract))
    });
    stated.min_by_key(|(artifact, contract)| {
        (!contract.says_more(), artifact.kind != Kind::Interface)
    })
}

/// The gate of the newest iteration whose evidence has begun.
fn newest_gate(project: &Project) -> Option<(usize, usize)> {
    let begun = |iteration: &usize| {
        let (iteration, phase) = gate(project, *iteration).unwrap_or_default();
        stages::is_begun(project, iteration, phase)
    };
    let newest = (0..project.iterations.len()).rev().find(begun);
    gate(project, newest.unwrap_or(0))
}

/// Whether a reported deviation, or what integration settled, names a contract of the design.
fn is_admitted(ledger: &Ledger, subject: &Subject) -> bool {
    let account = &ledger.account;
    let all = [&account.entries, &account.updates, &account.resolutions];
    all.into_iter().flatten().any(|one| one.contracts.contains(subject))
}

/// The texts in which evidence and the integration report admit something.
fn admissions<'p>(ledger: &Ledger, project: &'p Project) -> Vec<&'p str> {
    let mut texts = Vec::new();
    let facts = |artifact: usize| project.artifacts[artifact].facts();
    for one in &ledger.books.entries {
        let Model::Evidence(evidence) = &*project.artifacts[one.artifact].model else { continue };
        let entry = evidence.deviations.entries.get(one.place);
        texts.extend(entry.zip(facts(one.artifact)).map(|(one, facts)| facts.text_of(one.extent)));
    }
    let settled = ledger.books.resolutions.iter().map(|one| (one.artifact, one.extent));
    let updated = ledger.books.updates.iter().map(|one| (one.artifact, one.extent));
    let of =
        |(artifact, extent)| facts(artifact).map(|facts: &DocumentFacts| facts.text_of(extent));
    texts.extend(settled.chain(updated).filter_map(of));
    texts
}

/// Whether one of some texts names a route.
fn names_route(texts: &[&str], method: &str, path: &str) -> bool {
    let Ok(route) = crate::model::contract::Route::read(path) else { return false };
    texts.iter().any(|text| {
        mentions(text, 0).into_iter().any(|one| {
            let same = one.route.key() == route.key()
                || route.key().ends_with(one.route.key())
                || one.open && route.key().starts_with(one.route.key());
            same && (one.methods.is_empty()
                || method == "ANY"
                || one.methods.iter().any(|own| own.word() == method))
        })
    })
}

/// Things under the files that hold them.
fn by_file<'c, T>(
    all: impl Iterator<Item = &'c T>,
    file: impl Fn(&T) -> &RepoPath,
) -> BTreeMap<RepoPath, Vec<&'c T>> {
    let mut found: BTreeMap<RepoPath, Vec<&T>> = BTreeMap::new();
    for one in all {
        found.entry(file(one).clone()).or_default().push(one);
    }
    found
}
