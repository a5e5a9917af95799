//! Whether two trees answer the same questions alike.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use git2::Oid;

use super::{DEEPEST, Found, Item, Items, Kind, Trees, too_deep};
use crate::base::{Failure, RepoPath};
use crate::source::name;

/// What was asked about a tree.
#[derive(Debug, Default)]
pub struct Asked {
    top: Questions,
    /// The names of all files were asked for.
    names: bool,
}

/// The questions about what stands at a path, and about what is below it by name.
#[derive(Debug, Default)]
struct Questions {
    below: BTreeMap<Vec<u8>, Questions>,
    /// What stands here was asked for.
    itself: bool,
    /// All that stands here or below was asked for.
    all: bool,
}

impl Asked {
    /// Notes that somebody asked what stands at a path.
    pub fn look(&mut self, path: &RepoPath) {
        self.at(path).itself = true;
    }

    /// Notes that somebody asked for all that stands at or below a path.
    pub fn list(&mut self, path: &RepoPath) {
        self.at(path).all = true;
    }

    /// Notes that somebody asked for the names of all files.
    pub fn names(&mut self) {
        self.names = true;
    }

    fn at(&mut self, path: &RepoPath) -> &mut Questions {
        let parts = path.as_str().as_bytes().split(|&byte| byte == b'/');
        parts
            .filter(|part| !part.is_empty())
            .fold(&mut self.top, |here, part| here.below.entry(part.to_owned()).or_default())
    }
}

/// Whether two trees give the same answers. Only the folders are read in which they differ and
/// about which something was asked.
pub fn alike(trees: &Trees<'_>, one: Oid, other: Oid, asked: &Asked) -> Result<bool, Failure> {
    let folder = |id| Found { id, kind: Kind::Folder };
    let comparison = Comparison { trees, names: asked.names };
    comparison.alike(Some(folder(one)), Some(folder(other)), b"", Some(&asked.top))
}

struct Comparison<'t> {
    trees: &'t Trees<'t>,
    /// The names of all files were asked for.
    names: bool,
}

impl Comparison<'_> {
    fn alike(
        &self,
        one: Option<Found>,
        other: Option<Found>,
        path: &[u8],
        asked: Option<&Questions>,
    ) -> Result<bool, Failure> {
        if one == other {
            return Ok(true);
        }
        if asked.is_some_and(|asked| asked.all) {
            return Ok(false);
        }
        let kinds = [one, other].map(|found| found.map(|found| found.kind));
        if let [Some(Kind::Folder), Some(Kind::Folder)] = kinds {
            return match one.zip(other) {
                Some((one, other)) => self.folders(one.id, other.id, path, asked),
                None => Ok(true),
            };
        }
        if kinds[0] != kinds[1] {
            // Whether a name is that of a link or of a file is not told with it.
            let is_file = |kind: Option<Kind>| kind.is_some_and(|kind| kind != Kind::Folder);
            let same_names = !self.names || kinds.into_iter().all(is_file);
            return Ok(asked.is_none() && same_names);
        }
        if !asked.is_some_and(|asked| asked.itself) {
            return Ok(true);
        }
        let node = |found: Option<Found>| found.map(|one| self.trees.node(one, path)).transpose();
        let [one, other] = [node(one)?, node(other)?];
        Ok(one.map(|node| node.rough()) == other.map(|node| node.rough()))
    }

    fn folders(
        &self,
        one: Oid,
        other: Oid,
        path: &[u8],
        asked: Option<&Questions>,
    ) -> Result<bool, Failure> {
        if !self.names && asked.is_none_or(|asked| asked.below.is_empty()) {
            return Ok(true);
        }
        if path.iter().filter(|&&byte| byte == b'/').count() > DEEPEST {
            return Err(too_deep(path));
        }
        let (one, other) = (self.trees.read(one, path)?, self.trees.read(other, path)?);
        let width = self.trees.objects.width();
        let mut left = Items { rest: one.data(), width };
        let mut right = Items { rest: other.data(), width };
        loop {
            left.skip_equal(&mut right);
            let (one, other) = (left.head(path)?, right.head(path)?);
            let order = match (one, other) {
                (None, None) => return Ok(true),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => one.order(&other),
            };
            let one = one.filter(|_| order != Ordering::Greater);
            let other = other.filter(|_| order != Ordering::Less);
            if one != other
                && let Some(item) = one.or(other)
                && !self.item(one, other, &name::join(path, item.name), item.name, asked)?
            {
                return Ok(false);
            }
            one.is_some().then(|| left.advance());
            other.is_some().then(|| right.advance());
        }
    }

    fn item(
        &self,
        one: Option<Item<'_>>,
        other: Option<Item<'_>>,
        path: &[u8],
        name: &[u8],
        asked: Option<&Questions>,
    ) -> Result<bool, Failure> {
        let found = |item: Option<Item<'_>>| item.map(|item| item.found(path)).transpose();
        let asked = asked.and_then(|asked| asked.below.get(name));
        if asked.is_none() && !self.names {
            return Ok(true);
        }
        self.alike(found(one)?, found(other)?, path, asked)
    }
}
