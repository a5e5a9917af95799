//! Citations of contracts that have changed since (S2.12).

use std::ptr;
use std::sync::Arc;

use super::{Cited, Stale};
use crate::ledger::{Agreement, Books, Change, Frozen, Standing, Thing, Why, changes, reported};
use crate::project::{FeatureId, Project};

/// The citations whose features had a contract changed between the state that they name and the
/// last change of their evidence, except for changes that evidence or the integration report of
/// the project admits.
pub fn stale(project: &Project, cited: &[Cited], books: &Books) -> Vec<Stale> {
    let mut found = Vec::new();
    let mut compared: Vec<Compared<'_>> = Vec::new();
    for one in cited {
        let last = one.last.as_deref().unwrap_or(project);
        let mut newest = None;
        for (span, then) in &one.states {
            let same =
                |known: &Compared<'_>| Arc::ptr_eq(known.then, then) && ptr::eq(known.last, last);
            let at = compared.iter().position(same).unwrap_or_else(|| {
                compared.push(Compared::between(then, last, project, books));
                compared.len() - 1
            });
            let features = project.artifacts[one.artifact].features.iter().copied();
            let features = features.filter(|&feature| compared[at].promised(feature, project));
            let changes = features.flat_map(|feature| compared[at].of(feature).cloned()).collect();
            newest = Some((*span, changes));
            if newest.as_ref().is_some_and(|(_, changes): &(_, Vec<Change>)| changes.is_empty()) {
                break;
            }
        }
        let Some((span, changes)) = newest.filter(|(_, changes)| !changes.is_empty()) else {
            continue;
        };
        let (artifact, commit) = (one.artifact, one.commit.clone());
        found.push(Stale { artifact, span, changes, commit });
    }
    found
}

/// What changed between two states of the design, without what is admitted.
struct Compared<'c> {
    then: &'c Arc<Project>,
    last: &'c Project,
    changes: Vec<Change>,
}

impl<'c> Compared<'c> {
    fn between(then: &'c Arc<Project>, last: &'c Project, now: &Project, books: &Books) -> Self {
        let frozen: Vec<Frozen> = (0..last.iterations.len()).map(|at| held(then, at)).collect();
        let mut found = changes::of_contracts(last, &frozen);
        if found.is_empty() {
            return Self { then, last, changes: found };
        }
        for change in &mut found {
            let known = change.concerns.iter().filter_map(|&id| again(last, id, now));
            change.concerns = known.collect();
        }
        let known = reported::Known::of(now, &frozen);
        let account = reported::account(now, &frozen, &known, &found, books);
        let admitted = account.reporters.into_iter().map(|reporters| !reporters.is_empty());
        let changes = found.into_iter().zip(admitted);
        let changes = changes.filter(|(_, admitted)| !admitted).map(|(change, _)| change).collect();
        Self { then, last, changes }
    }

    /// The changes of the contracts that a feature of the judged tree owns.
    fn of(&self, feature: FeatureId) -> impl Iterator<Item = &Change> {
        let owns = move |change: &&Change| {
            matches!(change.thing, Thing::Contract { .. })
                && change.concerns.first() == Some(&feature)
        };
        self.changes.iter().filter(owns)
    }

    /// Whether a feature had any contract in the state that is cited: what had none was not read.
    fn promised(&self, feature: FeatureId, now: &Project) -> bool {
        let then = again(now, feature, self.then);
        then.is_some() && self.then.contracts().any(|one| one.feature == then)
    }
}

/// A state of the design, as if it had been agreed for an iteration.
fn held(then: &Arc<Project>, iteration: usize) -> Frozen {
    let (why, standing) = (Why::Base(String::new()), Standing::Agreed);
    let agreement = Agreement { iteration, commit: None, why, standing };
    Frozen { agreement, project: Some(then.clone()), told: Arc::default() }
}

/// A feature of one tree in another one.
fn again(from: &Project, feature: FeatureId, to: &Project) -> Option<FeatureId> {
    if ptr::eq(from, to) {
        return Some(feature);
    }
    to.found_again(&from.features[feature]).next()
}
