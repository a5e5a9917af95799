//! What each commit changed, by comparing the ids of trees.

use super::git::{GAP, Track, WALKING, Walk, shallow_commits};
use super::{Changed, CommitId, Identity, Journal, Step};
use crate::base::{Failure, RepoPath};
use crate::source::tree::{Found, Trees};
use crate::source::{BlobId, failures, name};

/// The changes of first-parent commits at some paths, newest first.
pub fn read(walk: &Walk<'_>, paths: &[RepoPath]) -> Result<Journal, Failure> {
    let mut journal = Journal::default();
    let Some(tip) = walk.tip else { return Ok(journal) };
    let trees = Trees::of(walk.repository)?;
    let boundary = shallow_commits(walk.repository);
    let mut tracks: Vec<Track<'_>> = paths.iter().map(Track::new).collect();
    let mut commit = walk.find(tip)?;
    for track in &mut tracks {
        track.advance(&trees, commit.tree_id())?;
    }
    let mut gap = 0;
    loop {
        gap = if tracks.iter().any(|track| track.found.is_some()) { 0 } else { gap + 1 };
        let cut = boundary.contains(&commit.id());
        if gap > GAP || cut {
            journal.shallow = cut && gap == 0;
            return Ok(journal);
        }
        let parent = match commit.parent_count() {
            0 => None,
            _ => Some(commit.parent_id(0).map_err(|error| failures::object(WALKING, &error))?),
        };
        let older = parent.map(|id| walk.find(id)).transpose()?;
        let mut changes = Vec::new();
        for track in &mut tracks {
            let newer = track.found;
            let changed = match &older {
                Some(older) => track.advance(&trees, older.tree_id())?,
                None => track.found.take().is_some(),
            };
            if changed {
                differences(&trees, track.found, newer, track.path, &mut changes)?;
            }
        }
        if !changes.is_empty() {
            changes.sort_by(|left: &Changed, right| left.path.cmp(&right.path));
            changes.dedup();
            let author = commit.author();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            journal.steps.push(Step {
                commit: CommitId(commit.id().to_string()),
                parent: parent.map(|id| CommitId(id.to_string())),
                author: Identity {
                    name: text(author.name_bytes()),
                    email: text(author.email_bytes()),
                },
                changes,
            });
        }
        match older {
            Some(older) => commit = older,
            None => return Ok(journal),
        }
    }
}

/// Every file that one of two trees holds at or below a path and the other holds differently or
/// not at all.
fn differences(
    trees: &Trees<'_>,
    older: Option<Found>,
    newer: Option<Found>,
    path: &[u8],
    changes: &mut Vec<Changed>,
) -> Result<(), Failure> {
    trees.differences(older, newer, path, &mut |raw, before, after| {
        let blob = |found: Found| BlobId(found.id.as_bytes().into());
        changes.push(Changed {
            path: name::repo_path(&raw),
            before: before.map(blob),
            after: after.map(blob),
        });
        Ok(())
    })
}
