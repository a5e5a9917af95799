//! The file format of git's index, versions 2 to 4.
//!
//! libgit2 builds an object for every entry, which in a repository of some hundred thousand files
//! costs more than the whole check. This reader keeps the file and where its entries stand.

use std::ops::Range;

use memchr::memchr;

/// All entries of an index, sorted by path and stage.
#[derive(Debug, Default)]
pub(super) struct IndexFile {
    bytes: Vec<u8>,
    /// The names of version 4, which stores of each only what differs from the one before.
    expanded: Vec<u8>,
    /// Bytes per object id.
    width: usize,
    entries: Vec<Slot>,
}

/// Where an entry stands in the file, and where its name does: there too, or expanded.
#[derive(Debug)]
struct Slot {
    at: usize,
    name: usize,
    length: usize,
}

/// One entry of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IndexEntry<'i> {
    pub path: &'i [u8],
    pub id: &'i [u8],
    /// File type and permissions, as in `stat`.
    pub mode: u32,
    /// Zero, or the side of an unresolved conflict: 1 base, 2 ours, 3 theirs.
    pub stage: u16,
    /// `git add --intent-to-add`: announced, without content.
    pub announced: bool,
    /// Left out of the working tree by a sparse checkout.
    pub skipped: bool,
}

/// What the disk said of a file when git last compared it with its entry: times in whole seconds
/// and what is left of them in nanoseconds, numbers cut to 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub changed: (u32, u32),
    pub modified: (u32, u32),
    pub inode: u32,
    pub size: u32,
}

/// Why an index cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Split,
    Sparse,
    /// A version or mandatory extension that this reader does not know.
    Unknown(String),
    /// At which byte the file stops making sense.
    Damaged(usize),
}

impl IndexFile {
    /// Reads a whole index. `width` is the length of an object id in bytes.
    ///
    /// The trailing checksum is not compared, as in git itself outside `git fsck`.
    pub(super) fn parse(bytes: Vec<u8>, width: usize) -> Result<Self, Trouble> {
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        if cursor.take(4)? != b"DIRC" {
            return Err(Trouble::Damaged(0));
        }
        let version = cursor.u32()?;
        if !(2..=4).contains(&version) {
            return Err(Trouble::Unknown(format!("version {version}")));
        }
        let count = cursor.u32()? as usize;
        let mut expanded = Vec::new();
        // Each entry takes more than 40 bytes, so that a false count cannot ask for much memory.
        let mut entries: Vec<Slot> = Vec::with_capacity(count.min(bytes.len() / 40));
        for _ in 0..count {
            let at = cursor.at;
            cursor.take(40 + width)?;
            let flags = cursor.u16()?;
            if flags & EXTENDED != 0 {
                cursor.u16()?;
            }
            entries.push(if version == 4 {
                let before = entries.last().map_or(0..0, |slot| slot.name..slot.name + slot.length);
                let kept = before.len().checked_sub(cursor.varint()?);
                let (kept, name) = (kept.ok_or(Trouble::Damaged(at))?, expanded.len());
                expanded.extend_from_within(before.start..before.start + kept);
                expanded.extend_from_slice(cursor.name(0)?);
                Slot { at, name, length: expanded.len() - name }
            } else {
                let name = cursor.at;
                let length = cursor.name(usize::from(flags & 0xfff))?.len();
                // The name's own NUL counts as the first of one to eight bytes of padding.
                let whole = name + length - at;
                cursor.take((whole + 8) / 8 * 8 - whole - 1)?;
                Slot { at, name, length }
            });
        }
        extensions(&mut cursor, width)?;
        let index = Self { bytes, expanded, width, entries };
        let order = |slot| (index.name(slot), index.stage(slot));
        let damaged = index.entries.windows(2).find(|pair| order(&pair[0]) >= order(&pair[1]));
        damaged.map_or(Ok(()), |pair| Err(Trouble::Damaged(pair[1].at)))?;
        Ok(index)
    }

    /// An index of entries that stand elsewhere in another form, sorted as here.
    pub(super) fn of<'i>(entries: impl Iterator<Item = IndexEntry<'i>>, width: usize) -> Self {
        let mut index = Self { width, ..Self::default() };
        for entry in entries {
            let (at, bytes) = (index.bytes.len(), &mut index.bytes);
            bytes.extend([0; 24]);
            bytes.extend(entry.mode.to_be_bytes());
            bytes.extend([0; 12]);
            bytes.extend(entry.id);
            bytes.extend((entry.stage << 12 | EXTENDED).to_be_bytes());
            let extended = if entry.announced { ANNOUNCED } else { 0 }
                | if entry.skipped { SKIPPED } else { 0 };
            bytes.extend(extended.to_be_bytes());
            let name = bytes.len();
            bytes.extend(entry.path);
            index.entries.push(Slot { at, name, length: entry.path.len() });
        }
        index
    }

    fn name(&self, slot: &Slot) -> &[u8] {
        let names = if self.expanded.is_empty() { &self.bytes } else { &self.expanded };
        &names[slot.name..slot.name + slot.length]
    }

    fn stage(&self, slot: &Slot) -> u16 {
        self.u16(slot.at + 40 + self.width) >> 12 & 3
    }

    fn u16(&self, at: usize) -> u16 {
        u16::from_be_bytes([self.bytes[at], self.bytes[at + 1]])
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, position: usize) -> IndexEntry<'_> {
        let slot = &self.entries[position];
        let (mode, id) = (slot.at + 24, slot.at + 40);
        let flags = id + self.width;
        let is_extended = self.u16(flags) & EXTENDED != 0;
        let extended = if is_extended { self.u16(flags + 2) } else { 0 };
        IndexEntry {
            path: self.name(slot),
            id: &self.bytes[id..flags],
            mode: u32::from(self.u16(mode)) << 16 | u32::from(self.u16(mode + 2)),
            stage: self.stage(slot),
            announced: extended & ANNOUNCED != 0,
            skipped: extended & SKIPPED != 0,
        }
    }

    /// What the disk said of the file of an entry.
    pub(super) fn stamp(&self, position: usize) -> Stamp {
        let at = self.entries[position].at;
        let number = |word: usize| {
            let word = at + 4 * word;
            u32::from(self.u16(word)) << 16 | u32::from(self.u16(word + 2))
        };
        Stamp {
            changed: (number(0), number(1)),
            modified: (number(2), number(3)),
            inode: number(5),
            size: number(9),
        }
    }

    /// The entries in a range of positions.
    pub(super) fn entries(&self, range: Range<usize>) -> impl Iterator<Item = IndexEntry<'_>> {
        range.map(|position| self.get(position))
    }

    /// The positions of the entries at exactly this path: one, or the sides of a conflict.
    pub(super) fn at(&self, path: &[u8]) -> Range<usize> {
        let start = self.first(|name| name < path);
        let same = self.entries[start..].iter().take_while(|slot| self.name(slot) == path);
        start..start + same.count()
    }

    /// The positions of the entries below a folder, without one at the folder's own path.
    pub(super) fn below(&self, folder: &[u8]) -> Range<usize> {
        if folder.is_empty() {
            return 0..self.len();
        }
        let start = super::name::join(folder, b"");
        let from = self.first(|name| name < start.as_slice());
        let below = |slot: &Slot| self.name(slot).starts_with(&start);
        from..from + self.entries[from..].partition_point(below)
    }

    /// Whether nothing is below a folder.
    pub(super) fn is_empty_below(&self, folder: &[u8]) -> bool {
        let start = super::name::join(folder, b"");
        let from = self.first(|name| name < start.as_slice());
        self.entries.get(from).is_none_or(|slot| !self.name(slot).starts_with(&start))
    }

    /// The position of the first entry whose name is not `before`.
    fn first(&self, before: impl Fn(&[u8]) -> bool) -> usize {
        self.entries.partition_point(|slot| before(self.name(slot)))
    }
}

/// The flag of entries that have two more bytes of flags.
const EXTENDED: u16 = 0x4000;

/// Flags among those two bytes.
const ANNOUNCED: u16 = 0x2000;
const SKIPPED: u16 = 0x4000;

/// Upper-case extensions are optional; without one of the others the entries mean nothing.
fn extensions(cursor: &mut Cursor<'_>, width: usize) -> Result<(), Trouble> {
    while cursor.at + width < cursor.bytes.len() {
        let signature = cursor.take(4)?;
        match signature {
            b"link" => return Err(Trouble::Split),
            b"sdir" => return Err(Trouble::Sparse),
            [b'A'..=b'Z', ..] => {}
            other => {
                let name = String::from_utf8_lossy(other);
                return Err(Trouble::Unknown(format!("extension `{}`", name.escape_default())));
            }
        }
        let length = cursor.u32()? as usize;
        cursor.take(length)?;
    }
    if cursor.at + width == cursor.bytes.len() { Ok(()) } else { Err(Trouble::Damaged(cursor.at)) }
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], Trouble> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = rest.get(..length).ok_or(Trouble::Damaged(self.at))?;
        self.at += length;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, Trouble> {
        Ok(self.take(4)?.iter().fold(0, |value, &byte| value << 8 | u32::from(byte)))
    }

    fn u16(&mut self) -> Result<u16, Trouble> {
        Ok(self.take(2)?.iter().fold(0, |value, &byte| value << 8 | u16::from(byte)))
    }

    /// The bytes up to the next NUL, which is skipped. `length` is a guess.
    fn name(&mut self, length: usize) -> Result<&'b [u8], Trouble> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let guess = Some(length).filter(|&length| rest.get(length) == Some(&0));
        let length = guess.or_else(|| memchr(0, rest)).ok_or(Trouble::Damaged(self.at))?;
        self.at += length + 1;
        Ok(&rest[..length])
    }

    /// Git's offset encoding: seven bits a byte, each continuation adding one.
    fn varint(&mut self) -> Result<usize, Trouble> {
        let mut value = 0_usize;
        loop {
            let byte = self.take(1)?[0];
            value = value.saturating_mul(128).saturating_add(usize::from(byte & 127));
            if byte & 128 == 0 {
                return Ok(value);
            }
            value = value.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An index as git would write it, of version 2 or 3.
    fn index(names: &[(&str, u16, u16)], extensions: &[u8]) -> Vec<u8> {
        let extended = names.iter().any(|&(_, _, extended)| extended != 0);
        let mut bytes = b"DIRC\0\0\0".to_vec();
        bytes.push(if extended { 3 } else { 2 });
        bytes.extend(u32::try_from(names.len()).expect("a few").to_be_bytes());
        for &(name, stage, more) in names {
            let begin = bytes.len();
            bytes.extend([0; 24]);
            bytes.extend(0o100_644_u32.to_be_bytes());
            bytes.extend([0; 12]);
            bytes.extend([7; 20]);
            let flag = if more == 0 { 0 } else { 0x4000 };
            bytes.extend((stage << 12 | flag | 1).to_be_bytes());
            if more != 0 {
                bytes.extend(more.to_be_bytes());
            }
            bytes.extend(name.as_bytes());
            bytes.push(0);
            while !(bytes.len() - begin).is_multiple_of(8) {
                bytes.push(0);
            }
        }
        bytes.extend(extensions);
        bytes.extend([0; 20]);
        bytes
    }

    fn paths(index: &IndexFile, range: Range<usize>) -> Vec<&[u8]> {
        index.entries(range).map(|entry| entry.path).collect()
    }

    #[test]
    fn folders_end_at_component_borders() {
        let names = ["a", "a.md", "a/b", "a/c/d", "a0", "b"].map(|name| (name, 0, 0));
        let index = IndexFile::parse(index(&names, b""), 20).expect("an index");
        assert_eq!(paths(&index, index.below(b"a")), [&b"a/b"[..], b"a/c/d"]);
        assert_eq!(paths(&index, index.below(b"a/c")), [b"a/c/d"]);
        assert_eq!(paths(&index, index.at(b"a")), [b"a"]);
        assert_eq!(index.below(b"").len(), 6);
        assert!(index.below(b"c").is_empty() && index.at(b"a/c").is_empty());
    }

    #[test]
    fn flags_and_stages_are_kept() {
        let names = [("a", 1, 0), ("a", 2, 0), ("b", 0, 0x2000), ("c", 0, 0x4000)];
        let index = IndexFile::parse(index(&names, b"TREE\0\0\0\x02xx"), 20).expect("an index");
        let stages: Vec<u16> = index.entries(index.at(b"a")).map(|entry| entry.stage).collect();
        assert_eq!(stages, [1, 2]);
        assert!(index.get(2).announced && !index.get(2).skipped);
        assert!(index.get(3).skipped && !index.get(3).announced);
        assert_eq!(index.get(3).id, [7; 20]);
    }

    #[test]
    fn what_changes_the_meaning_of_entries_is_refused() {
        let parse = |extensions| IndexFile::parse(index(&[("a", 0, 0)], extensions), 20);
        assert_eq!(parse(b"link\0\0\0\0").err(), Some(Trouble::Split));
        assert_eq!(parse(b"sdir\0\0\0\0").err(), Some(Trouble::Sparse));
        assert!(matches!(parse(b"new!\0\0\0\0"), Err(Trouble::Unknown(_))));
        assert!(matches!(parse(b"TREE\0\0\xff\xff"), Err(Trouble::Damaged(_))));
        let unsorted = index(&[("b", 0, 0), ("a", 0, 0)], b"");
        assert!(matches!(IndexFile::parse(unsorted, 20), Err(Trouble::Damaged(_))));
    }

    proptest! {
        #[test]
        fn damage_never_panics(
            version in 0_u8..6,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
            cut in 0_usize..40,
        ) {
            let names = [("a", 0, 0), ("a/b", 1, 0x2000), ("a/b", 2, 0), ("c", 0, 0x4000)];
            let mut bytes = index(&names, b"TREE\0\0\0\x02xx");
            bytes[7] = version;
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            bytes.truncate(bytes.len() - cut);
            if let Ok(index) = IndexFile::parse(bytes, 20) {
                for entry in index.entries(0..index.len()) {
                    prop_assert!(!index.at(entry.path).is_empty());
                    prop_assert!(index.below(entry.path).end <= index.len());
                }
            }
        }
    }
}
