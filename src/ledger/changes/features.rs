//! Features that came or went, and those that promise something for the first time.

use std::collections::HashSet;

use super::concerns::Dependents;
use super::contracts::{Key, promised, promising, stated};
use super::place;
use super::sides::Sides;
use crate::base::words;
use crate::ledger::{Change, Place, Then, Thing, Way};
use crate::project::FeatureId;

/// Adds the features that an agreement holds and the project does not declare any more, and the
/// other way round.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let Some(first) = sides.first() else { return };
    let dependents = Dependents::of(first.now);
    for side in sides {
        removed(side, changes);
        added(side, &dependents, changes);
    }
}

fn removed(side: &Sides<'_>, changes: &mut Vec<Change>) {
    let then = side.then;
    let gone = |id: &FeatureId| side.features[*id].is_none() && side.plans(*id);
    let gone: HashSet<FeatureId> = (0..then.features.len()).filter(gone).collect();
    if gone.is_empty() {
        return;
    }
    let (promised, dependents) = (promised(then, &gone), Dependents::of(then));
    for (id, feature) in then.features.iter().enumerate().filter(|(id, _)| gone.contains(id)) {
        let (artifact, span) = feature.declared;
        let artifact = &then.artifacts[artifact];
        let users = dependents.on(id).iter().filter_map(|&user| side.features[user]);
        changes.push(Change {
            iteration: side.iteration,
            thing: Thing::Feature { name: feature.name.clone() },
            way: Way::Removed,
            told: with_contracts("the feature was removed", promised.get(&id)),
            concerns: users.collect(),
            place: place::of_gone(side, artifact, span, None),
            then: Some(Then::at(artifact, span)),
        });
    }
}

fn added(side: &Sides<'_>, dependents: &Dependents, changes: &mut Vec<Change>) {
    let now = side.now;
    let known = promising(side);
    let is_new =
        |id: &FeatureId| now.features[*id].iteration == side.iteration && !known.contains(id);
    let new: HashSet<FeatureId> = (0..now.features.len()).filter(is_new).collect();
    if new.is_empty() {
        return;
    }
    let promised = promised(now, &new);
    let agreed: HashSet<Key> =
        stated(side.then).map(|one| Key::of(&one.contract.subject)).collect();
    let was: HashSet<FeatureId> = side.features.iter().copied().flatten().collect();
    for (id, feature) in now.features.iter().enumerate().filter(|(id, _)| new.contains(id)) {
        let contracts = promised.get(&id);
        let told = if was.contains(&id) {
            // What moved here from another place was agreed there.
            let added = contracts.map_or(0, |all| all.difference(&agreed).count());
            if added == 0 {
                continue;
            }
            let added = words::count(added, "contract was", "contracts were");
            format!("{added} added where none was agreed")
        } else {
            with_contracts("the feature was added", contracts)
        };
        let (artifact, span) = feature.declared;
        changes.push(Change {
            iteration: side.iteration,
            thing: Thing::Feature { name: feature.name.clone() },
            way: Way::Added,
            told,
            concerns: dependents.concerned([id], []),
            place: Place { path: now.artifacts[artifact].path.clone(), span: Some(span) },
            then: None,
        });
    }
}

fn with_contracts(what: &str, contracts: Option<&HashSet<Key>>) -> String {
    match contracts {
        Some(contracts) => {
            format!("{what}, with {}", words::count(contracts.len(), "contract", "contracts"))
        }
        None => what.to_owned(),
    }
}
