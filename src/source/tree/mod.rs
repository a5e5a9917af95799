//! Walking git trees: only the folders asked for, never the rest.
//!
//! Trees are read in the form git stores them. Building libgit2's object for each costs several
//! times what comparing two of them does, and history is the comparison of many.

mod alike;
mod build;
mod compare;

use std::cmp::Ordering;

use git2::{ObjectFormat, ObjectType, Oid};
use memchr::memchr;

use super::overlay::Overlay;
use super::store::{Object, Objects, Store};
use super::{BlobId, Entry, Node, Tracking, failures, name};
use crate::base::Failure;
pub use alike::Asked;
pub(super) use alike::alike;
pub(super) use compare::Comparison;

/// How deep folders may nest, as in git itself (`core.maxTreeDepth`).
const DEEPEST: usize = 2048;

/// The trees of one repository.
pub(super) struct Trees<'r> {
    objects: Objects<'r>,
    overlay: &'r Overlay,
    /// The id of the blob without content.
    empty: Oid,
}

/// What a tree holds at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub id: Oid,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    Symlink,
    Submodule,
}

/// Called with the path of everything found, as bytes.
pub(super) type Visit<'v> = dyn FnMut(Vec<u8>, Found) -> Result<(), Failure> + 'v;

impl<'r> Trees<'r> {
    pub(super) fn of(store: &'r Store, overlay: &'r Overlay) -> Result<Self, Failure> {
        let objects = store.objects()?;
        let empty = Oid::hash_object_ext(ObjectType::Blob, b"", objects.format)
            .map_err(|error| failures::object("cannot open the objects", &error))?;
        Ok(Self { objects, overlay, empty })
    }

    /// The hash function of the ids.
    pub(super) fn format(&self) -> ObjectFormat {
        self.objects.format
    }

    /// What a file holds; nothing where the repository lacks it.
    pub(super) fn content(&self, id: Oid) -> Result<Option<Vec<u8>>, Failure> {
        match self.overlay.read(&self.objects, id) {
            Ok(object) => Ok(Some(object.into_data())),
            Err(error) if failures::is_missing(&error) => Ok(None),
            Err(error) => Err(failures::object(format!("cannot read the object {id}"), &error)),
        }
    }

    /// Whether something found has no content.
    pub(super) fn is_empty(&self, found: Found) -> bool {
        found.id == self.empty
    }

    /// A tree, which stays open as long as it is needed.
    pub(super) fn open(&self, id: Oid) -> Result<Tree<'_>, Failure> {
        Ok(Tree { id, object: self.read(id, b"")?, width: self.objects.width() })
    }

    /// What stands at a path below a tree, exactly spelled. The empty path is the tree itself.
    pub(super) fn find(&self, root: Oid, path: &[u8]) -> Result<Option<Found>, Failure> {
        let mut here = Found { id: root, kind: Kind::Folder };
        for part in path.split(|&byte| byte == b'/').filter(|part| !part.is_empty()) {
            if here.kind != Kind::Folder {
                return Ok(None);
            }
            let object = self.read(here.id, path)?;
            match (Tree { id: here.id, object, width: self.objects.width() }).get(part)? {
                Some(found) => here = found,
                None => return Ok(None),
            }
        }
        Ok(Some(here))
    }

    /// Visits everything but folders at or below a path, in the order of the paths' bytes.
    pub(super) fn each(
        &self,
        at: Found,
        path: &[u8],
        visit: &mut Visit<'_>,
    ) -> Result<(), Failure> {
        self.descend(at, path.to_owned(), 0, visit)
    }

    fn descend(
        &self,
        at: Found,
        path: Vec<u8>,
        depth: usize,
        visit: &mut Visit<'_>,
    ) -> Result<(), Failure> {
        if at.kind != Kind::Folder {
            return visit(path, at);
        }
        if depth > DEEPEST {
            return Err(too_deep(&path));
        }
        let tree = self.read(at.id, &path)?;
        let mut items = Items { rest: tree.data(), width: self.objects.width() };
        while let Some(item) = items.head(&path)? {
            let below = name::join(&path, item.name);
            self.descend(item.found(&path)?, below, depth + 1, visit)?;
            items.advance();
        }
        Ok(())
    }

    /// The listed form of something found.
    pub(super) fn entry(&self, raw: Vec<u8>, found: Found) -> Result<Entry, Failure> {
        let node = self.node(found, &raw)?;
        Ok(self.entry_of(raw, found, node))
    }

    /// As [`Trees::entry`], without the size of a file.
    pub(super) fn entry_unmeasured(&self, raw: Vec<u8>, found: Found) -> Entry {
        let node = match found.kind {
            Kind::Folder => Node::Folder,
            Kind::Symlink => Node::Symlink,
            Kind::Submodule => Node::Submodule,
            Kind::File => Node::File(None),
        };
        self.entry_of(raw, found, node)
    }

    fn entry_of(&self, raw: Vec<u8>, found: Found, node: Node) -> Entry {
        let path = name::repo_path(&raw);
        let is_blob = matches!(found.kind, Kind::File | Kind::Symlink);
        let id = self.overlay.replacement(found.id);
        let blob = is_blob.then(|| BlobId(id.as_bytes().into()));
        Entry { path, node, blob, tracking: Tracking::Tracked, raw }
    }

    /// What reports call it. Only a file costs a look into the object database, for its size.
    pub(super) fn node(&self, found: Found, path: &[u8]) -> Result<Node, Failure> {
        Ok(match found.kind {
            Kind::Folder => Node::Folder,
            Kind::Symlink => Node::Symlink,
            Kind::Submodule => Node::Submodule,
            Kind::File if found.id == self.empty => Node::File(Some(0)),
            Kind::File => match self.overlay.size(&self.objects, found.id) {
                Ok(size) => Node::File(Some(size as u64)),
                Err(error) if failures::is_missing(&error) => Node::File(None),
                Err(error) => return Err(failures::object(cannot_read(path), &error)),
            },
        })
    }

    fn read(&self, id: Oid, path: &[u8]) -> Result<Object<'_>, Failure> {
        let object = self.overlay.read(&self.objects, id);
        let object = object.map_err(|error| failures::object(cannot_read(path), &error))?;
        if object.kind() == ObjectType::Tree { Ok(object) } else { Err(damaged(path)) }
    }
}

/// One stored tree.
pub(super) struct Tree<'t> {
    pub id: Oid,
    object: Object<'t>,
    width: usize,
}

impl Tree<'_> {
    /// What has this name in it, exactly spelled.
    pub(super) fn get(&self, name: &[u8]) -> Result<Option<Found>, Failure> {
        let mut items = Items { rest: self.object.data(), width: self.width };
        while let Some(item) = items.head(name)? {
            if item.name == name {
                return item.found(name).map(Some);
            }
            items.advance();
        }
        Ok(None)
    }
}

/// What is left to read of a stored tree: `<mode> <name>\0<id>` over and over.
#[derive(Clone, Copy)]
struct Items<'t> {
    rest: &'t [u8],
    width: usize,
}

/// One item of a stored tree.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Item<'t> {
    name: &'t [u8],
    kind: Kind,
    id: &'t [u8],
}

impl<'t> Items<'t> {
    /// The next item, or nothing at the end.
    fn head(&self, path: &[u8]) -> Result<Option<Item<'t>>, Failure> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.parse().map(Some).ok_or_else(|| damaged(path))
    }

    fn parse(&self) -> Option<Item<'t>> {
        let entry = &self.rest[..self.length()?];
        let (entry, id) = entry.split_at(entry.len() - self.width);
        let space = entry.iter().take(8).position(|&byte| byte == b' ')?;
        let mode = entry[..space].iter().try_fold(0_u32, |mode, &digit| {
            matches!(digit, b'0'..=b'7').then(|| mode << 3 | u32::from(digit - b'0'))
        })?;
        Some(Item { name: &entry[space + 1..entry.len() - 1], kind: Kind::of(mode), id })
    }

    /// How many bytes the next item has, or nothing where it is cut off.
    fn length(&self) -> Option<usize> {
        let length = memchr(0, self.rest)? + 1 + self.width;
        (length <= self.rest.len()).then_some(length)
    }

    fn advance(&mut self) {
        self.rest = self.length().map_or(&[], |length| &self.rest[length..]);
    }

    /// Drops most of the items that both begin with, without taking them apart.
    fn skip_equal(&mut self, other: &mut Self) {
        const CHUNK: usize = 256;
        let chunks = self.rest.chunks_exact(CHUNK).zip(other.rest.chunks_exact(CHUNK));
        let mut equal = CHUNK * chunks.take_while(|(left, right)| left == right).count();
        while let Some(length) = self.length().filter(|&length| length <= equal) {
            (self.rest, other.rest) = (&self.rest[length..], &other.rest[length..]);
            equal -= length;
        }
    }
}

impl Item<'_> {
    pub(super) fn found(self, path: &[u8]) -> Result<Found, Failure> {
        let id = Oid::from_bytes(self.id).map_err(|_| damaged(path))?;
        Ok(Found { id, kind: self.kind })
    }

    /// The order of items in git's trees: a folder's name counts as ending in a slash.
    fn order(&self, other: &Self) -> Ordering {
        let shorter = self.name.len().min(other.name.len());
        let order = self.name[..shorter].cmp(&other.name[..shorter]);
        order.then_with(|| {
            let next = |item: &Self| {
                let slash = (item.kind == Kind::Folder).then_some(b'/');
                item.name.get(shorter).copied().or(slash)
            };
            next(self).cmp(&next(other)).then(self.name.len().cmp(&other.name.len()))
        })
    }
}

impl Kind {
    /// The kind that a mode of an index or tree entry stands for.
    pub(super) fn of(mode: u32) -> Self {
        match mode & 0o170_000 {
            0o040_000 => Self::Folder,
            0o120_000 => Self::Symlink,
            0o160_000 => Self::Submodule,
            _ => Self::File,
        }
    }
}

pub(super) fn cannot_read(path: &[u8]) -> String {
    if path.is_empty() {
        return "cannot read the top folder".to_owned();
    }
    format!("cannot read `{}`", name::repo_path(path))
}

fn damaged(path: &[u8]) -> Failure {
    Failure::new(cannot_read(path), "a tree object is damaged", "check it with `git fsck`")
}

fn too_deep(path: &[u8]) -> Failure {
    let shown: String = String::from_utf8_lossy(path).chars().take(60).collect();
    let why = format!("its folders nest deeper than {DEEPEST}");
    Failure::new(format!("cannot read `{shown}…`"), why, "flatten the folders")
}
