//! Contracts: endpoints, events, tables and types, element by element.

mod added;
mod elements;
mod judge;
mod promises;
mod renamed;
mod still;
mod told;
mod types;

use super::concerns::Dependents;
use super::sides::Sides;
use crate::ledger::Change;
use added::Agreements;
use judge::Judge;
pub use promises::{Key, promised, promising, stated};
use renamed::pairs;

/// Adds what was added, removed and changed among the contracts.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let Some(first) = sides.first() else { return };
    let dependents = Dependents::of(first.now);
    let judges: Vec<Option<Judge<'_>>> =
        sides.iter().map(|one| Judge::of(one, &dependents)).collect();
    let agreements = Agreements { sides, judges: &judges };
    let from = changes.len();
    for (at, judge) in judges.iter().enumerate() {
        let Some(judge) = judge else { continue };
        let kept = judge.kept(&sides[..at]);
        changes.extend(kept.changes);
        let pairs = pairs(kept.gone, agreements.added(judge));
        changes.extend(pairs.renamed.iter().filter_map(|(gone, new)| judge.renamed(gone, new)));
        changes.extend(pairs.gone.iter().filter_map(|one| judge.removed(one)));
        changes.extend(pairs.new.iter().filter_map(|one| judge.added(one)));
    }
    changes[from..].sort_by(|left, right| {
        let place = |one: &Change| (one.iteration, one.place.path.clone(), one.place.span);
        place(left).cmp(&place(right))
    });
}
