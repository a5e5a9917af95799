//! What each commit changed, by comparing the ids of trees.

use std::fmt;

use git2::Oid;

use super::commits::Commits;
use super::{Changed, CommitId, Journal, Step};
use crate::base::{Failure, RepoPath};
use crate::source::tree::{Comparison, Found, Kind, Tree, Trees};
use crate::source::{BlobId, name};

/// How many commits in a row may lack all paths asked for before a walk takes that for the time
/// before they were introduced. Removing a workflow and bringing it back within so many commits
/// does not make its past forgotten.
pub(super) const GAP: usize = 1000;

/// The changes of first-parent commits at some paths, newest first. Commits that change something
/// else cost next to nothing.
pub fn read(
    commits: &Commits<'_>,
    trees: &Trees<'_>,
    tip: Oid,
    paths: &[RepoPath],
) -> Result<Journal, Failure> {
    let mut steps = Vec::new();
    let (mut commit, mut gap, mut walked) = (commits.point(tip)?, 0, commits.walk(tip));
    let mut walk = Walk::new(trees, paths, commit.tree)?;
    loop {
        gap = if walk.is_present() { 0 } else { gap + 1 };
        let shallow = gap <= GAP && commits.overlay.is_boundary(commit.id);
        if gap > GAP || shallow {
            return Ok(Journal { steps: steps.into(), shallow });
        }
        let older = commit.parent.map(|parent| commits.point(parent)).transpose()?;
        let mut changes = Vec::new();
        if older.as_ref().is_none_or(|older| older.tree != commit.tree) {
            changes = walk.advance(&commit.id, older.as_ref().map(|older| older.tree))?;
        }
        if !changes.is_empty() {
            steps.push(Step {
                commit: CommitId(commit.id.to_string()),
                parent: older.as_ref().map(|older| CommitId(older.id.to_string())),
                merge: commit.merge,
                changes,
            });
        }
        match older {
            Some(older) if walked.is_new(older.id) => commit = older,
            _ => return Ok(Journal { steps: steps.into(), shallow }),
        }
    }
}

/// A walk from tree to older tree, with an eye on some paths.
pub(super) struct Walk<'w> {
    comparison: Comparison<'w>,
    tracks: Vec<Track<'w>>,
}

impl<'w> Walk<'w> {
    /// Begins at a tree.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn new(trees: &'w Trees<'w>, paths: &'w [RepoPath], tree: Oid) -> Result<Self, Failure> {
        let mut tracks: Vec<Track<'_>> = paths.iter().map(Track::new).collect();
        let tree = trees.open(tree)?;
        for track in &mut tracks {
            track.advance(trees, Some(&tree))?;
        }
        Ok(Self { comparison: Comparison::new(trees), tracks })
    }

    /// Whether anything stands at the paths.
    pub fn is_present(&self) -> bool {
        self.tracks.iter().any(|track| track.found.is_some())
    }

    /// Goes to an older tree, or to before the first one, and answers with what a commit changed
    /// since then, sorted by path.
    ///
    /// # Errors
    /// A tree cannot be read.
    pub fn advance(
        &mut self,
        commit: &dyn fmt::Display,
        older: Option<Oid>,
    ) -> Result<Vec<Changed>, Failure> {
        let mut changes = Vec::new();
        let moved = advance(&mut self.comparison, older, &mut self.tracks, &mut changes);
        moved.map_err(|failure| {
            let what = format!("cannot tell what the commit {commit} changed");
            Failure::new(what, &failure, &*failure.help)
        })?;
        if !changes.is_empty() {
            self.comparison.turn();
            changes.sort_unstable_by(|left: &Changed, right| left.path.cmp(&right.path));
            changes.dedup();
        }
        Ok(changes)
    }
}

/// One path asked for, and what the commit looked at last holds there.
struct Track<'p> {
    path: &'p [u8],
    /// The first part of the path, found in every commit's top folder; the rest only where that
    /// differs.
    top: &'p [u8],
    rest: &'p [u8],
    found_top: Option<Found>,
    found: Option<Found>,
}

impl<'p> Track<'p> {
    fn new(path: &'p RepoPath) -> Self {
        let (top, rest) = path.as_str().split_once('/').unwrap_or((path.as_str(), ""));
        let (path, top, rest) = (path.as_str().as_bytes(), top.as_bytes(), rest.as_bytes());
        Self { path, top, rest, found_top: None, found: None }
    }

    /// Looks the path up in another commit, given by its top folder. Answers whether something
    /// else stands there.
    fn advance(&mut self, trees: &Trees<'_>, tree: Option<&Tree<'_>>) -> Result<bool, Failure> {
        let top = match tree {
            Some(tree) if self.top.is_empty() => Some(Found { id: tree.id, kind: Kind::Folder }),
            Some(tree) => tree.get(self.top)?,
            None => None,
        };
        if top == self.found_top {
            return Ok(false);
        }
        let found = match top {
            Some(top) if top.kind == Kind::Folder => trees.find(top.id, self.rest)?,
            top => top.filter(|_| self.rest.is_empty()),
        };
        self.found_top = top;
        Ok(std::mem::replace(&mut self.found, found) != found)
    }
}

/// Moves all tracks to an older commit, or to before the first one, and remembers the changes
/// between.
fn advance(
    comparison: &mut Comparison<'_>,
    older: Option<Oid>,
    tracks: &mut [Track<'_>],
    changes: &mut Vec<Changed>,
) -> Result<(), Failure> {
    let trees = comparison.trees;
    let tree = older.map(|older| trees.open(older)).transpose()?;
    for track in tracks {
        let newer = track.found;
        if !track.advance(trees, tree.as_ref())? {
            continue;
        }
        comparison.differences(track.found, newer, track.path, &mut |raw, before, after| {
            let blob = |found: Found| BlobId(found.id.as_bytes().into());
            changes.push(Changed {
                path: name::repo_path(&raw),
                before: before.map(blob),
                after: after.map(blob),
            });
            Ok(())
        })?;
    }
    Ok(())
}
