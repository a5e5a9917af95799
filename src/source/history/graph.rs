//! The commit graph that `git gc` keeps beside the objects: the tree and the parents of every
//! commit in one table, which saves reading the commits themselves.
//!
//! The format is that of `gitformat-commit-graph`. A file that is not as expected is left aside,
//! as git does with one that it cannot use; chains of several files are not read.

use std::fs;
use std::ops::Range;

use git2::{ObjectFormat, Oid};

use crate::source::store::{Store, id_width};

/// What a graph tells of one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub id: Oid,
    pub tree: Oid,
    pub parent: Option<Oid>,
    /// It has several parents.
    pub merge: bool,
    /// When it was committed, in seconds since 1970; nothing where it does not say.
    pub time: Option<i64>,
}

/// The commits of a graph file, sorted by id.
pub struct CommitGraph {
    bytes: Vec<u8>,
    width: usize,
    /// How many ids begin with each byte or a lower one.
    fanout: Range<usize>,
    ids: Range<usize>,
    commits: Range<usize>,
}

/// Larger files belong to histories of a million commits, of which a walk sees a small part.
const LARGEST: u64 = 64 << 20;
/// Signature, versions, and the numbers of chunks and of other files.
const HEADER: usize = 8;
/// Name and offset of a chunk.
const CHUNK: usize = 12;
/// The bits that hold a date.
const SECONDS: u64 = (1 << 34) - 1;
/// No parent.
const NONE: u32 = 0x7000_0000;

impl CommitGraph {
    /// The graph of a repository; nothing where it has none that git itself would use.
    pub fn of(store: &Store) -> Option<Self> {
        let path = store.common_dir().join("objects/info/commit-graph");
        if fs::metadata(&path).ok()?.len() > LARGEST {
            return None;
        }
        if store.setting("core.commitGraph") == Some(false) {
            return None;
        }
        let version = if store.format() == ObjectFormat::Sha256 { 2 } else { 1 };
        Self::parse(fs::read(path).ok()?, version, id_width(store.format()))
    }

    fn parse(bytes: Vec<u8>, version: u8, width: usize) -> Option<Self> {
        let [b'C', b'G', b'P', b'H', 1, hash, chunks, 0] = *bytes.first_chunk::<HEADER>()? else {
            return None;
        };
        let entry = |at: usize| bytes.get(HEADER + at * CHUNK..)?.first_chunk::<CHUNK>();
        let offset = |entry: &[u8; CHUNK]| {
            let offset = entry.last_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes));
            offset.and_then(|offset| usize::try_from(offset).ok())
        };
        let chunk = |name: &[u8; 4]| {
            let at = (0..usize::from(chunks))
                .find(|&at| entry(at).is_some_and(|one| one.starts_with(name)))?;
            // The entry after the last chunk says where that one ends.
            let extent = offset(entry(at)?)?..offset(entry(at + 1)?)?;
            bytes.get(extent.clone()).map(|_| extent)
        };
        let (fanout, ids, commits) = (chunk(b"OIDF")?, chunk(b"OIDL")?, chunk(b"CDAT")?);
        let count = ids.len() / width;
        let fits = hash == version
            && fanout.len() == 256 * 4
            && ids.len() == count * width
            && commits.len() == count * (width + 16);
        fits.then_some(Self { bytes, width, fanout, ids, commits })
    }

    /// What the graph tells of a commit; nothing of one that it does not hold.
    pub fn find(&self, id: Oid) -> Option<Point> {
        let first = usize::from(*id.as_bytes().first()?);
        let mut low = first.checked_sub(1).map_or(Some(0), |before| self.below(before))?;
        let mut high = self.below(first)?.min(self.count());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.id(middle)?.cmp(id.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return self.point(id, middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn point(&self, id: Oid, position: usize) -> Option<Point> {
        let (size, all) = (self.width + 16, &self.bytes[self.commits.clone()]);
        let (tree, rest) = all.get(position * size..(position + 1) * size)?.split_at(self.width);
        let first = number(rest)?;
        let parent = match first {
            NONE => None,
            position => Some(Oid::from_bytes(self.id(position as usize)?).ok()?),
        };
        let merge = number(&rest[4..])? != NONE;
        // The generation of the commit takes the upper bits.
        let seconds = rest[8..].first_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes))?;
        let time = i64::try_from(seconds & SECONDS).ok();
        Some(Point { id, tree: Oid::from_bytes(tree).ok()?, parent, merge, time })
    }

    fn count(&self) -> usize {
        self.ids.len() / self.width
    }

    fn id(&self, position: usize) -> Option<&[u8]> {
        let at = position.checked_mul(self.width)?;
        self.bytes[self.ids.clone()].get(at..at + self.width)
    }

    /// How many ids begin with this byte or a lower one.
    fn below(&self, byte: usize) -> Option<usize> {
        number(self.bytes[self.fanout.clone()].get(4 * byte..)?).map(|count| count as usize)
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut graph = b"CGPH\x01\x01\x03\x00".to_vec();
            graph.extend(bytes);
            if let Some(graph) = CommitGraph::parse(graph, 1, 20) {
                graph.find(Oid::ZERO_SHA1);
            }
        }
    }
}
