//! Every difference between an agreement and what stands now.
//!
//! Each file compares one sort of promise. What moved, was reformatted, renamed in its
//! parameters or written in another order is no difference; what was promised and is promised no
//! more is one, however it went.

mod contracts;

use super::{Change, Frozen};
use crate::project::Project;

/// What stands differently in a project than each of its agreements has it.
pub fn between(now: &Project, frozen: &[Frozen]) -> Vec<Change> {
    let mut changes = Vec::new();
    contracts::compare(now, frozen, &mut changes);
    changes
}
