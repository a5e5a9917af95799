//! The features of an agreement, found again among those of now.

use std::collections::{HashMap, HashSet};

use crate::model::contract::Subject;
use crate::project::features;
use crate::project::{Feature, FeatureId, Project};

/// For each feature of then, the one that it is now: by the same name, else by a name that means
/// no other, else by what it promises.
pub fn found_again(then: &Project, now: &Project) -> Vec<Option<FeatureId>> {
    let mut exact: HashMap<String, FeatureId> = HashMap::new();
    for (id, feature) in now.features.iter().enumerate() {
        for name in names(feature) {
            exact.entry(name).or_insert(id);
        }
    }
    let same = |feature: &Feature| names(feature).into_iter().find_map(|name| exact.get(&name));
    let mut found: Vec<_> = then.features.iter().map(|one| same(one).copied()).collect();
    let taken: HashSet<FeatureId> = found.iter().flatten().copied().collect();
    for (feature, found) in then.features.iter().zip(&mut found).filter(|(_, one)| one.is_none()) {
        *found = now.found_again(feature).find(|one| !taken.contains(one));
    }
    by_promises(then, now, &mut found);
    found
}

fn names(feature: &Feature) -> [String; 2] {
    [features::slug(&feature.name), features::slug(&feature.slug)]
}

/// A feature with another name that promises most of what one of then promised is the same.
fn by_promises(then: &Project, now: &Project, found: &mut [Option<FeatureId>]) {
    let taken: HashSet<FeatureId> = found.iter().flatten().copied().collect();
    let is_new = |feature: &FeatureId| !taken.contains(feature);
    if taken.len() == now.features.len() || found.iter().all(Option::is_some) {
        return;
    }
    let named = |one: &Subject| matches!(one, Subject::Endpoint { .. } | Subject::Event { .. });
    let mut held: HashMap<&Subject, FeatureId> = HashMap::new();
    for one in now.contracts().filter(|one| named(&one.contract.subject)) {
        if let Some(feature) = one.feature.filter(is_new) {
            held.entry(&one.contract.subject).or_insert(feature);
        }
    }
    let mut promised: HashMap<FeatureId, HashSet<&Subject>> = HashMap::new();
    for one in then.contracts().filter(|one| named(&one.contract.subject)) {
        if let Some(feature) = one.feature.filter(|&feature| found[feature].is_none()) {
            promised.entry(feature).or_default().insert(&one.contract.subject);
        }
    }
    for (feature, subjects) in promised {
        let mut votes: HashMap<FeatureId, usize> = HashMap::new();
        for now in subjects.iter().filter_map(|subject| held.get(subject)) {
            *votes.entry(*now).or_default() += 1;
        }
        let most = votes.into_iter().find(|(_, votes)| votes * 2 > subjects.len());
        found[feature] = most.map(|(now, _)| now);
    }
}
