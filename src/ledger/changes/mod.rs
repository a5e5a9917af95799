//! Every difference between an agreement and what stands now.
//!
//! Each file compares one sort of promise. What moved, was reformatted, renamed in its
//! parameters or written in another order is no difference; what was promised and is promised no
//! more is one, however it went.

mod again;
mod checklists;
mod concerns;
mod contracts;
mod dependencies;
mod features;
mod lines;
mod ownership;
mod place;
mod product;
mod sides;
mod standing;
mod thresholds;
mod wording;

use super::{Change, Frozen};
use crate::project::Project;
use sides::Sides;

/// What stands differently in a project than each of its agreements has it.
pub fn between(now: &Project, frozen: &[Frozen]) -> Vec<Change> {
    let mut changes = Vec::new();
    // Iterations that were designed together were agreed in one tree.
    let mut trees: Vec<&Project> = frozen.iter().filter_map(|one| one.project.as_deref()).collect();
    trees.dedup_by(|one, other| std::ptr::eq(*one, *other));
    if trees.into_iter().all(|then| sides::is_same(then, now)) {
        return changes;
    }
    let sides: Vec<Sides<'_>> = Sides::of(now, frozen);
    features::compare(&sides, &mut changes);
    contracts::compare(&sides, &mut changes);
    ownership::compare(&sides, &mut changes);
    dependencies::compare(&sides, &mut changes);
    product::compare(&sides, &mut changes);
    checklists::compare(&sides, &mut changes);
    thresholds::compare(&sides, &mut changes);
    changes
}

/// As [`between`], of contracts only.
pub fn of_contracts(now: &Project, frozen: &[Frozen]) -> Vec<Change> {
    let mut changes = Vec::new();
    contracts::compare(&Sides::of(now, frozen), &mut changes);
    changes
}
