//! Contracts: endpoints, events, tables and types, element by element.

use super::super::{Change, Frozen};
use crate::project::Project;

/// Adds what was added, removed and changed among the contracts.
pub fn compare(_now: &Project, _frozen: &[Frozen], _changes: &mut Vec<Change>) {}
