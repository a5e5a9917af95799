//! Since when documents say something.

use super::super::trees::Trees;
use crate::base::{Failure, RepoPath};
use crate::project::Artifact;
use crate::source::{BlobId, Changed, CommitId, SourceKind};

/// Since when something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It is not committed as it stands.
    Uncommitted,
    /// Since the commit at this place of the journal.
    Step(usize),
    /// Since before the journal begins.
    Earlier,
}

/// The commit with an id, in full or abbreviated; nothing for one that is not here, and for an id
/// that several begin with.
pub fn known(trees: &Trees<'_>, written: &str) -> Result<Option<CommitId>, Failure> {
    let found = trees.history.commit(written)?;
    let whole = |id: &str| matches!(id.len(), 40 | 64);
    let found = found.filter(|one| one.ancestor.is_some() || whole(&one.id));
    Ok(found.map(|one| CommitId(one.id)))
}

/// The digits of an id.
pub fn hex(id: &BlobId) -> String {
    let digits = id.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// What changed a document last. A move is no change.
pub fn last_change(trees: &Trees<'_>, artifact: &Artifact) -> Result<Since, Failure> {
    match is_committed(trees, artifact)? {
        true => last_commit(trees, &artifact.path),
        false => Ok(Since::Uncommitted),
    }
}

/// What changed a path last, as far as that is committed. A move is no change.
pub fn last_commit(trees: &Trees<'_>, path: &RepoPath) -> Result<Since, Failure> {
    let (mut path, mut from, mut newest) = (path, 0, true);
    while let Some(&(place, change)) = next(trees, path, from)? {
        if change.after.is_none() {
            return Ok(Since::Uncommitted);
        }
        newest = false;
        match trees.moved_from(place, change)?.filter(|_| change.before.is_none()) {
            Some((older, _)) => (path, from) = (older, place + 1),
            None => return Ok(Since::Step(place)),
        }
    }
    let earlier = !newest || trees.journal()?.shallow;
    Ok(if earlier { Since::Earlier } else { Since::Uncommitted })
}

/// Whether a document is committed as it stands.
pub fn is_committed(trees: &Trees<'_>, artifact: &Artifact) -> Result<bool, Failure> {
    let Some(&(place, change)) = next(trees, &artifact.path, 0)? else {
        return Ok(trees.journal()?.shallow);
    };
    let Some(after) = &change.after else { return Ok(false) };
    let commit = &trees.journal()?.steps[place].commit;
    is_same(trees, artifact, commit, after)
}

/// The newest change of a path from a place of the journal on.
fn next<'t>(
    trees: &'t Trees<'_>,
    path: &RepoPath,
    from: usize,
) -> Result<Option<&'t (usize, &'t Changed)>, Failure> {
    let all = trees.touching(path)?;
    Ok(all.get(all.partition_point(|(place, _)| *place < from)))
}

/// Whether the judged tree has what a commit has. Line ends are nobody's change: a checkout may
/// have made them.
fn is_same(
    trees: &Trees<'_>,
    artifact: &Artifact,
    commit: &CommitId,
    blob: &BlobId,
) -> Result<bool, Failure> {
    let Some(facts) = artifact.facts() else { return Ok(true) };
    let source = trees.reading.source;
    if source.kind() == SourceKind::Revision || source.blob_id(facts.text.as_bytes()) == *blob {
        return Ok(true);
    }
    let bytes = trees.bytes(commit, &artifact.path, blob)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).lines().eq(facts.text.lines()))
}

/// Since when a document, which stands at a path now, holds some words.
pub fn said_since(trees: &Trees<'_>, path: &RepoPath, words: &str) -> Result<Since, Failure> {
    let says = |commit: &CommitId, path: &RepoPath, blob| -> Result<bool, Failure> {
        let bytes = trees.bytes(commit, path, blob)?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).contains(words))
    };
    let steps = &trees.journal()?.steps;
    let (mut path, mut from, mut newest) = (path, 0, true);
    while let Some(&(place, change)) = next(trees, path, from)? {
        let step = &steps[place];
        let Some(after) = &change.after else { return Ok(Since::Uncommitted) };
        if newest && !says(&step.commit, path, after)? {
            return Ok(Since::Uncommitted);
        }
        newest = false;
        let before = match &change.before {
            Some(before) => Some((&change.path, before)),
            None => trees.moved_from(place, change)?,
        };
        let (Some((older, before)), Some(parent)) = (before, &step.parent) else {
            return Ok(Since::Step(place));
        };
        if !says(parent, older, before)? {
            return Ok(Since::Step(place));
        }
        (path, from) = (older, place + 1);
    }
    Ok(if newest { Since::Uncommitted } else { Since::Earlier })
}
