//! Trees that stand in no repository: a stored one with other files in it.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid};

use super::{Found, Item, Items, Kind, Trees};
use crate::base::Failure;
use crate::source::name;
use crate::source::overlay::Made;

impl Trees<'_> {
    /// The id of a tree with other leaves at some paths, or without any where there is nothing.
    /// What it takes of new objects comes to `made`.
    pub fn rebuilt(
        &self,
        tree: Option<Oid>,
        leaves: &BTreeMap<Vec<u8>, Option<Found>>,
        made: &mut Made,
    ) -> Result<Oid, Failure> {
        let leaves: Vec<Leaf<'_>> = leaves.iter().map(|(path, leaf)| (&**path, *leaf)).collect();
        match self.rebuild(tree, b"", &leaves, made)? {
            Some(id) => Ok(id),
            None => made.add(self.objects.format, ObjectType::Tree, Vec::new()),
        }
    }

    /// As [`Trees::rebuilt`], of the folder at a path, below which `leaves` count. Nothing for a
    /// folder that comes to hold nothing.
    fn rebuild(
        &self,
        tree: Option<Oid>,
        path: &[u8],
        leaves: &[Leaf<'_>],
        made: &mut Made,
    ) -> Result<Option<Oid>, Failure> {
        let object = tree.map(|id| self.read(id, path)).transpose()?;
        let width = self.objects.width();
        let mut items = Items { rest: object.as_ref().map_or(&[], |tree| tree.data()), width };
        let mut held = Held::new();
        while let Some(item) = items.head(path)? {
            let mode = items.rest.iter().take_while(|&&byte| byte != b' ').copied().collect();
            held.insert(item.name.to_owned(), (mode, item.found(path)?));
            items.advance();
        }
        let (mut below, mut is_other): (BTreeMap<&[u8], Vec<Leaf<'_>>>, bool) = Default::default();
        for &(rest, leaf) in leaves {
            match rest.iter().position(|&byte| byte == b'/') {
                Some(end) => below.entry(&rest[..end]).or_default().push((&rest[end + 1..], leaf)),
                // A folder is not taken away by saying that there is no file.
                None if leaf.is_none() && is_folder(&held, rest) => {}
                None => is_other |= put(&mut held, rest, leaf),
            }
        }
        for (part, leaves) in below {
            let known = held.get(part).map(|(_, found)| *found);
            let folder = known.filter(|found| found.kind == Kind::Folder).map(|found| found.id);
            if folder.is_none() && leaves.iter().all(|(_, leaf)| leaf.is_none()) {
                continue;
            }
            let rebuilt = self.rebuild(folder, &name::join(path, part), &leaves, made)?;
            let rebuilt = rebuilt.map(|id| Found { id, kind: Kind::Folder });
            is_other |= put(&mut held, part, rebuilt);
        }
        match tree {
            Some(id) if !is_other => Ok(Some(id)),
            _ if held.is_empty() => Ok(None),
            _ => made.add(self.objects.format, ObjectType::Tree, written(&held)).map(Some),
        }
    }
}

/// What stands at a path, or that nothing does.
type Leaf<'l> = (&'l [u8], Option<Found>);

/// What a folder holds by name: the mode as it is written, and the rest.
type Held = BTreeMap<Vec<u8>, (Vec<u8>, Found)>;

fn is_folder(held: &Held, part: &[u8]) -> bool {
    held.get(part).is_some_and(|(_, found)| found.kind == Kind::Folder)
}

/// Puts something into a folder, or takes it out, and tells whether that changes it.
fn put(held: &mut Held, part: &[u8], found: Option<Found>) -> bool {
    let known = held.get(part).map(|(_, found)| *found);
    match found {
        _ if known == found => return false,
        Some(found) => {
            held.insert(part.to_owned(), (mode(found.kind).to_owned(), found));
        }
        None => {
            held.remove(part);
        }
    }
    true
}

fn mode(kind: Kind) -> &'static [u8] {
    match kind {
        Kind::Folder => b"40000",
        Kind::File => b"100644",
        Kind::Symlink => b"120000",
        Kind::Submodule => b"160000",
    }
}

/// A tree as git stores it.
fn written(held: &Held) -> Vec<u8> {
    let mut all: Vec<_> = held.iter().collect();
    let item = |name, found: &Found| Item { name, kind: found.kind, id: &[] };
    all.sort_by(|(left, (_, one)), (right, (_, other))| {
        item(left.as_slice(), one).order(&item(right.as_slice(), other))
    });
    let mut bytes = Vec::new();
    for (name, (mode, found)) in all {
        bytes.extend([&**mode, b" ", &**name, b"\0", found.id.as_bytes()].concat());
    }
    bytes
}
