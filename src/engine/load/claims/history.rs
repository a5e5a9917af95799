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
    let steps = &trees.journal()?.steps;
    let (mut path, mut from, mut newest) = (&artifact.path, 0, true);
    while let Some(&(place, change)) = next(trees, path, from)? {
        let Some(after) = &change.after else { return Ok(Since::Uncommitted) };
        if newest && !is_committed(trees, artifact, &steps[place].commit, (path, after))? {
            return Ok(Since::Uncommitted);
        }
        newest = false;
        match moved_from(&steps[place].changes, change).filter(|_| change.before.is_none()) {
            Some((older, _)) => (path, from) = (older, place + 1),
            None => return Ok(Since::Step(place)),
        }
    }
    let earlier = !newest || trees.journal()?.shallow;
    Ok(if earlier { Since::Earlier } else { Since::Uncommitted })
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
fn is_committed(
    trees: &Trees<'_>,
    artifact: &Artifact,
    commit: &CommitId,
    (path, blob): (&RepoPath, &BlobId),
) -> Result<bool, Failure> {
    let Some(facts) = artifact.facts() else { return Ok(true) };
    let source = trees.reading.source;
    if source.kind() == SourceKind::Revision || source.blob_id(facts.text.as_bytes()) == *blob {
        return Ok(true);
    }
    let bytes = trees.bytes(commit, path, blob)?.unwrap_or_default();
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
            None => moved_from(&step.changes, change),
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

/// Where a file stood, with the same content, before the commit that moved it.
pub fn moved_from<'c>(changes: &'c [Changed], to: &Changed) -> Option<(&'c RepoPath, &'c BlobId)> {
    let mut from = changes.iter().filter(|one| one.after.is_none() && one.before == to.after);
    let only = from.next().filter(|_| from.next().is_none())?;
    Some((&only.path, only.before.as_ref()?))
}
