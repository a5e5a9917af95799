//! What stands under the roots of a run.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::base::{Failure, RepoPath};
use crate::source::{Entry, Source};

/// What stands under each root, listed once.
pub struct Listings<'s> {
    pub source: &'s dyn Source,
    known: RefCell<HashMap<RepoPath, Arc<Vec<Entry>>>>,
}

impl<'s> Listings<'s> {
    pub fn new(source: &'s dyn Source) -> Self {
        Self { source, known: RefCell::default() }
    }

    /// As [`Source::list`].
    pub fn list(&self, root: &RepoPath) -> Result<Arc<Vec<Entry>>, Failure> {
        if let Some(known) = self.known.borrow().get(root) {
            return Ok(known.clone());
        }
        Ok(self.keep(root, self.source.list(root)?))
    }

    /// Remembers what stands under a root.
    pub fn keep(&self, root: &RepoPath, listed: Vec<Entry>) -> Arc<Vec<Entry>> {
        let listed = Arc::new(listed);
        self.known.borrow_mut().insert(root.clone(), listed.clone());
        listed
    }
}
