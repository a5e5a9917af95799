//! What one side of a merge changed.

use std::collections::BTreeMap;

use git2::Oid;

use super::Merging;
use crate::base::Failure;
use crate::source::tree::{Comparison, Found, Kind};

/// A stored tree, and what stands at some paths instead.
#[derive(Debug, Default)]
pub struct Side {
    /// Nothing for a tree that holds nothing.
    pub tree: Option<Oid>,
    pub laid: Leaves,
}

/// What stands at paths, as bytes. Folders stand nowhere by themselves.
pub type Leaves = BTreeMap<Vec<u8>, Option<Found>>;

/// What was at each path that differs, and what is.
pub type Changes = BTreeMap<Vec<u8>, (Option<Found>, Option<Found>)>;

impl Merging<'_> {
    /// What stands at a path of a side, unless that is a folder.
    pub fn leaf(&self, side: &Side, path: &[u8]) -> Result<Option<Found>, Failure> {
        match (side.laid.get(path), side.tree) {
            (Some(laid), _) => Ok(*laid),
            (None, Some(tree)) => {
                Ok(self.trees.find(tree, path)?.filter(|found| found.kind != Kind::Folder))
            }
            (None, None) => Ok(None),
        }
    }

    /// In what a side differs from what it began with.
    pub fn changes(&self, base: &Side, side: &Side) -> Result<Changes, Failure> {
        let mut changes = Changes::new();
        let [older, newer] =
            [base, side].map(|one| one.tree.map(|id| Found { id, kind: Kind::Folder }));
        Comparison::new(&self.trees).differences(
            older,
            newer,
            b"",
            &mut |path, before, after| {
                let known = changes.entry(path).or_insert((None, None));
                *known = (known.0.or(before), known.1.or(after));
                Ok(())
            },
        )?;
        for path in base.laid.keys().chain(side.laid.keys()) {
            let change = (self.leaf(base, path)?, self.leaf(side, path)?);
            changes.insert(path.clone(), change);
        }
        changes.retain(|_, (before, after)| before != after);
        Ok(changes)
    }
}
