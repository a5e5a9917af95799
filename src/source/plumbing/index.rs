//! The index as git expands it: split and sparse ones too.

use std::collections::HashSet;

use git2::{ObjectType, Oid};

use super::{Git, Refusal};
use crate::source::index_file::{IndexEntry, IndexFile};
use crate::source::store::id_width;

impl Git {
    /// All entries of the index that git means here.
    ///
    /// # Errors
    /// Git cannot read it, or lacks a tree that a sparse one stands for.
    pub(in crate::source) fn index(&self) -> Result<IndexFile, Refusal> {
        let unknown = || Refusal::Said("git ls-files answered in an unknown form".to_owned());
        let listed = self.runner.run(&["ls-files", "--stage", "-t", "-z"])?;
        let records = listed.split(|&byte| byte == 0).filter(|record| !record.is_empty());
        let listed = records.map(|record| self.listed(record)).collect::<Option<Vec<_>>>();
        let mut listed = listed.ok_or_else(unknown)?;
        // What is announced has no content yet, and git lists it with the id of an empty file.
        let empty = Oid::hash_object_ext(ObjectType::Blob, b"", self.format).ok();
        let announced = |one: &Listed<'_>| one.stage == 0 && Some(one.id) == empty;
        if listed.iter().any(announced) {
            let staged = self.staged()?;
            let staged: HashSet<&[u8]> =
                staged.split(|&byte| byte == 0).skip(1).step_by(2).collect();
            for one in listed.iter_mut().filter(|one| announced(one)) {
                one.announced = !staged.contains(one.path);
            }
        }
        let entries = listed.iter().map(|one| IndexEntry {
            path: one.path,
            id: one.id.as_bytes(),
            mode: one.mode,
            stage: one.stage,
            announced: one.announced,
            skipped: one.skipped,
        });
        Ok(IndexFile::of(entries, id_width(self.format)))
    }

    /// What the next commit would hold as changes since an empty tree: a line of ids, and a path.
    fn staged(&self) -> Result<Vec<u8>, Refusal> {
        let nothing = Oid::hash_object_ext(ObjectType::Tree, b"", self.format);
        let nothing = nothing.map(|id| id.to_string()).unwrap_or_default();
        self.runner.run(&[
            "diff-index",
            "--cached",
            "--raw",
            "-z",
            "--no-renames",
            "--ita-invisible-in-index",
            &nothing,
            "--",
        ])
    }

    /// Takes `<tag> <mode> <id> <stage>\t<path>` apart.
    fn listed<'l>(&self, record: &'l [u8]) -> Option<Listed<'l>> {
        let tab = record.iter().position(|&byte| byte == b'\t')?;
        let mut words = str::from_utf8(&record[..tab]).ok()?.split(' ');
        let skipped = words.next()? == "S";
        let mode = u32::from_str_radix(words.next()?, 8).ok()?;
        let id = Oid::from_str_ext(words.next()?, self.format).ok()?;
        let stage = words.next()?.parse().ok()?;
        Some(Listed { path: &record[tab + 1..], id, mode, stage, announced: false, skipped })
    }
}

struct Listed<'l> {
    path: &'l [u8],
    id: Oid,
    mode: u32,
    stage: u16,
    announced: bool,
    skipped: bool,
}
