//! What a merge of two commits would hold, made in memory.
//!
//! The merge is the one that `git merge --no-ff` makes: file by file against what both sides have
//! in common, with the files followed that one side moved, and the lines of a file joined where
//! both changed it. Folders that one side moved as a whole are not followed, and attributes of
//! files choose no other way of merging.
//!
//! Its blobs, trees and its commit become objects that are laid over those of the repository, so
//! that everything else reads them as it reads any commit. Nothing is written.

mod changes;
mod content;
mod moves;
mod three_way;

use std::sync::Arc;

use git2::{ObjectType, Oid};

use super::Conflicts;
use super::failures::LACKING;
use super::history::{self, Commits};
use super::name;
use super::overlay::{Made, Overlay};
use super::repository::Location;
use super::store::Store;
use super::tree::Trees;
use crate::base::{Failure, RepoPath, words};
use changes::Side;

/// A merge that nobody made.
pub(super) struct Merge {
    /// With the objects of the merge.
    pub overlay: Arc<Overlay>,
    pub commit: Oid,
    pub clashes: Clashes,
}

/// The merge of two commits, each with its name.
///
/// # Errors
/// They have no commit in common, or something cannot be read.
pub(super) fn merge(
    location: &Location,
    store: &Store,
    (ours, one): (&str, Oid),
    (theirs, other): (&str, Oid),
) -> Result<Merge, Failure> {
    let overlay = &location.overlay;
    let commits = Commits::of(store, overlay)?;
    let clashes = Clashes::between(ours, theirs);
    // Git makes no merge where there is nothing to bring.
    if history::descends(&commits, one, other)? == Some(true) {
        return Ok(Merge { overlay: overlay.clone(), commit: one, clashes });
    }
    let trees = Trees::of(store, overlay)?;
    let mut merging = Merging { commits, trees, made: Made::default() };
    let Some(base) = merging.base(&[one], other, 0)? else {
        return Err(apart(location, ours, theirs));
    };
    let sides = [merging.side(one)?, merging.side(other)?];
    let (merged, found) = merging.three_way(&base, &sides, 0)?;
    let clashes = Clashes { found, ..clashes };
    let tree = merging.trees.rebuilt(merged.tree, &merged.laid, &mut merging.made)?;
    let time = [one, other].map(|id| merging.commits.read(id).map(|commit| commit.time()));
    let [one_time, other_time] = time;
    let time = one_time?.max(other_time?).unwrap_or_default();
    let text =
        format!("tree {tree}\nparent {one}\nparent {other}\ncommitter  <> {time} +0000\n\nMerge\n");
    let (format, mut made) = (location.format, merging.made);
    let commit = made.add(format, ObjectType::Commit, text.into_bytes())?;
    let overlay = Arc::new(overlay.with(made));
    Ok(Merge { overlay, commit, clashes })
}

/// What a merge reads from, and the objects that it makes.
struct Merging<'r> {
    commits: Commits<'r>,
    trees: Trees<'r>,
    made: Made,
}

/// How deep the common ancestors of common ancestors are merged. Below that one of them has to do.
const DEEPEST: usize = 8;

impl Merging<'_> {
    /// What some commits and another one have in common: where there are several such states, the
    /// merge of them, as git makes it. Nothing where they have none.
    fn base(&mut self, ones: &[Oid], other: Oid, depth: usize) -> Result<Option<Side>, Failure> {
        let mut bases = history::bases(&self.commits, ones, other)?;
        if depth >= DEEPEST {
            bases.truncate(1);
        }
        let Some(first) = bases.pop() else { return Ok(None) };
        let (mut merged, mut seen) = (self.side(first)?, vec![first]);
        // The oldest first.
        while let Some(next) = bases.pop() {
            let base = self.base(&seen, next, depth + 1)?.unwrap_or_default();
            let side = self.side(next)?;
            merged = self.three_way(&base, &[merged, side], depth + 1)?.0;
            seen.push(next);
        }
        Ok(Some(merged))
    }

    fn side(&self, commit: Oid) -> Result<Side, Failure> {
        Ok(Side { tree: Some(self.commits.read(commit)?.tree), ..Side::default() })
    }
}

/// The places that git leaves to people.
#[derive(Debug)]
pub(super) struct Clashes {
    ours: String,
    theirs: String,
    found: Vec<Clash>,
}

/// A place that the two sides of a merge disagree about.
#[derive(Debug)]
pub(super) struct Clash {
    pub path: Vec<u8>,
    pub why: Why,
}

/// What the two sides of a merge did to one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Both changed the same lines.
    Lines,
    /// Both put different files there.
    Added,
    /// Both changed what has no lines: a link, a submodule, a file of bytes.
    Whole,
    /// The content of a file that both changed is not at hand.
    Unread,
    /// One changed what the other deleted.
    Deleted { by_ours: bool },
    /// One moved here what the other deleted or moved elsewhere.
    Moved,
    /// One has a file where the other has a folder.
    Folder,
}

/// How many places a message names.
const NAMED: usize = 5;

impl Clashes {
    fn between(ours: &str, theirs: &str) -> Self {
        Self { ours: ours.to_owned(), theirs: theirs.to_owned(), found: Vec::new() }
    }

    /// Fails where git would leave something to people at or below a path, or above it.
    pub(super) fn check(&self, raw: &[u8]) -> Result<(), Failure> {
        let is_below = |path: &[u8], folder: &[u8]| {
            let rest = path.strip_prefix(folder);
            rest.is_some_and(|rest| rest.is_empty() || folder.is_empty() || rest[0] == b'/')
        };
        let concerns = |clash: &&Clash| is_below(&clash.path, raw) || is_below(raw, &clash.path);
        let found: Vec<&Clash> = self.found.iter().filter(concerns).collect();
        if found.is_empty() {
            return Ok(());
        }
        let Self { ours, theirs, .. } = self;
        let mut told: Vec<String> = found.iter().take(NAMED).map(|one| self.told(one)).collect();
        if let more @ 1.. = found.len().saturating_sub(NAMED) {
            told.push(format!("{more} more"));
        }
        let lacks = found.iter().all(|clash| clash.why == Why::Unread);
        let help = match lacks {
            true => LACKING.to_owned(),
            false => format!(
                "merge `{theirs}` into `{ours}` with git, settle the conflicts, and judge that"
            ),
        };
        let what = format!("cannot judge the merge of `{ours}` with `{theirs}`");
        let why = format!("it stops at a conflict in {}", words::list(&told));
        Err(Failure::new(what, why, help))
    }

    /// All of them, if there are any.
    pub(super) fn conflicts(&self) -> Option<Conflicts> {
        let Self { ours, theirs, found } = self;
        let mut paths: Vec<RepoPath> =
            found.iter().map(|clash| name::repo_path(&clash.path)).collect();
        paths.sort_unstable();
        let (ours, theirs) = (ours.clone(), theirs.clone());
        (!paths.is_empty()).then_some(Conflicts { ours, theirs, paths })
    }

    fn told(&self, Clash { path, why }: &Clash) -> String {
        let Self { ours, theirs, .. } = self;
        let why = match why {
            Why::Lines => "both change the same lines".to_owned(),
            Why::Added => "both add a file there, and the two differ".to_owned(),
            Why::Whole => "both change what has no lines to join".to_owned(),
            Why::Unread => "both change it, and its content is not in this repository".to_owned(),
            Why::Deleted { by_ours: true } => format!("`{theirs}` changes what `{ours}` deletes"),
            Why::Deleted { by_ours: false } => format!("`{ours}` changes what `{theirs}` deletes"),
            Why::Moved => "one moves it, and the other deletes it or moves it elsewhere".to_owned(),
            Why::Folder => "one has a file there and the other a folder".to_owned(),
        };
        format!("{} ({why})", name::repo_path(path))
    }
}

fn apart(location: &Location, ours: &str, theirs: &str) -> Failure {
    let what = format!("cannot merge `{ours}` with `{theirs}`");
    match location.overlay.is_shallow() {
        true => {
            let help = "fetch the whole history with `git fetch --unshallow`";
            Failure::new(what, "the clone is shallow and hides where they parted", help)
        }
        false => {
            let help = "name two commits of one history; git does not merge others either";
            Failure::new(what, "they have no commit in common", help)
        }
    }
}
