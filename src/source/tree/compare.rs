//! In what trees differ, for as many trees as a history has.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use git2::Oid;

use super::{DEEPEST, Found, Items, Kind, Trees, too_deep};
use crate::base::Failure;
use crate::source::name;
use crate::source::store::Object;

/// Compares trees, each with the one that the comparison before ended with.
pub struct Comparison<'t> {
    pub trees: &'t Trees<'t>,
    /// The older side of this comparison, and that of the one before, which is the newer side of
    /// this one.
    now: BTreeMap<Oid, Rc<Object<'t>>>,
    before: BTreeMap<Oid, Rc<Object<'t>>>,
}

/// Called with the path of everything that differs, as bytes, and what either side has there.
type Visit<'v> = dyn FnMut(Vec<u8>, Option<Found>, Option<Found>) -> Result<(), Failure> + 'v;

impl<'t> Comparison<'t> {
    pub fn new(trees: &'t Trees<'t>) -> Self {
        Self { trees, now: BTreeMap::new(), before: BTreeMap::new() }
    }

    /// Begins the next comparison.
    pub fn turn(&mut self) {
        self.before = mem::take(&mut self.now);
    }

    /// Visits everything but folders at or below a path in which two trees differ, with what
    /// either has there.
    pub fn differences(
        &mut self,
        older: Option<Found>,
        newer: Option<Found>,
        path: &[u8],
        visit: &mut Visit<'_>,
    ) -> Result<(), Failure> {
        let is_folder = |found: &Option<Found>| found.is_some_and(|one| one.kind == Kind::Folder);
        if older == newer {
            return Ok(());
        }
        if !is_folder(&older) && !is_folder(&newer) {
            return visit(path.to_owned(), older, newer);
        }
        if is_folder(&older) != is_folder(&newer) && older.is_some() && newer.is_some() {
            self.differences(older, None, path, visit)?;
            return self.differences(None, newer, path, visit);
        }
        if path.iter().filter(|&&byte| byte == b'/').count() > DEEPEST {
            return Err(too_deep(path));
        }
        let old = older.map(|one| self.older(one.id, path)).transpose()?;
        let new = newer.map(|one| self.newer(one.id, path)).transpose()?;
        let width = self.trees.objects.width();
        let mut old = Items { rest: old.as_ref().map_or(&[], |tree| tree.data()), width };
        let mut new = Items { rest: new.as_ref().map_or(&[], |tree| tree.data()), width };
        loop {
            old.skip_equal(&mut new);
            let (left, right) = (old.head(path)?, new.head(path)?);
            let order = match (left, right) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(left), Some(right)) => left.order(&right),
            };
            let left = left.filter(|_| order != Ordering::Greater);
            let right = right.filter(|_| order != Ordering::Less);
            if left != right
                && let Some(item) = left.or(right)
            {
                let below = name::join(path, item.name);
                let one = left.map(|item| item.found(path)).transpose()?;
                let other = right.map(|item| item.found(path)).transpose()?;
                self.differences(one, other, &below, visit)?;
            }
            left.is_some().then(|| old.advance());
            right.is_some().then(|| new.advance());
        }
    }

    fn older(&mut self, id: Oid, path: &[u8]) -> Result<Rc<Object<'t>>, Failure> {
        let tree = Rc::new(self.trees.read(id, path)?);
        self.now.insert(id, tree.clone());
        Ok(tree)
    }

    fn newer(&mut self, id: Oid, path: &[u8]) -> Result<Rc<Object<'t>>, Failure> {
        match self.before.remove(&id) {
            Some(known) => Ok(known),
            None => self.trees.read(id, path).map(Rc::new),
        }
    }
}
