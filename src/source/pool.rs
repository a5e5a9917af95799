//! Open repositories that nobody uses at the moment. Opening one costs more than many a view of a
//! commit, and a history has thousands of those.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use super::lock;
use super::store::Store;

/// How many are kept.
const KEPT: usize = 8;

/// Where all that share a location leave what they opened.
#[derive(Clone, Default)]
pub(super) struct Pool(Arc<Mutex<Vec<Store>>>);

/// An open repository, which goes back where it came from.
pub(super) struct Lease {
    store: Option<Store>,
    pool: Pool,
}

impl Pool {
    /// One that lies unused.
    pub(super) fn take(&self) -> Option<Lease> {
        let store = lock(&self.0).pop();
        store.map(|store| self.lend(store))
    }

    /// Lets somebody use a repository that was opened.
    pub(super) fn lend(&self, store: Store) -> Lease {
        Lease { store: Some(store), pool: self.clone() }
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Pool({})", lock(&self.0).len())
    }
}

impl Deref for Lease {
    type Target = Store;

    fn deref(&self) -> &Store {
        match &self.store {
            Some(store) => store,
            None => unreachable!("it goes back when nobody can ask any more"),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut unused = lock(&self.pool.0);
        if unused.len() < KEPT {
            unused.extend(self.store.take());
        }
    }
}
