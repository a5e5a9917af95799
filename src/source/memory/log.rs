//! The commits of a history in memory, with all that they changed.

use std::collections::HashSet;

use super::{Committed, File, Memory};
use crate::base::RepoPath;
use crate::source::{BlobId, Changed, CommitId, Log, Logged};

/// As [`crate::source::History::log`].
pub fn read(memory: &Memory, after: &[CommitId]) -> Log {
    let merged = memory.branch.as_ref().map_or(0, |(_, merged)| *merged);
    let mut log = Log { shallow: memory.shallow, ..Log::default() };
    log.branch = memory.branch.as_ref().map(|(name, _)| name.clone());
    let (mut open, mut placed) = (vec![(&memory.line[..], 0, None)], HashSet::new());
    while let Some((line, from, brought_by)) = open.pop() {
        for at in (from..line.len()).rev() {
            let one = &line[at];
            let base = |id: &CommitId| line.iter().position(|one| one.id == id.0);
            let later = (0..after.len()).filter(|&place| base(&after[place]) < Some(at));
            let later: Vec<usize> = later.collect();
            if later.is_empty() || !placed.insert(&*one.id) {
                break;
            }
            if !one.merged.is_empty() {
                let shared = one.merged.iter().zip(line);
                let shared = shared.take_while(|(left, right)| left.id == right.id).count();
                open.push((&one.merged, shared, Some(log.commits.len())));
            }
            let parents = [at.checked_sub(1).map(|at| &line[at]), one.merged.last()];
            log.commits.push(Logged {
                commit: CommitId(one.id.clone()),
                author: one.author.clone(),
                message: one.message.clone(),
                brought_by,
                unmerged: brought_by.is_none() && at >= merged,
                after: later,
                changes: one.changes(&parents),
            });
        }
    }
    log
}

impl Committed {
    /// What is as in none of these commits, against the first.
    fn changes(&self, parents: &[Option<&Committed>; 2]) -> Vec<Changed> {
        let file = |parent: Option<&Committed>, path: &RepoPath| -> Option<BlobId> {
            parent.and_then(|one| one.files.get(path)).map(File::blob)
        };
        let known = parents.iter().flatten().flat_map(|one| one.files.keys());
        let mut paths: Vec<&RepoPath> = self.files.keys().chain(known).collect();
        paths.sort_unstable();
        paths.dedup();
        let changed = paths.into_iter().map(|path| Changed {
            path: path.clone(),
            before: file(parents[0], path),
            after: file(Some(self), path),
        });
        let other = |one: &Changed| match parents[1] {
            Some(_) => file(parents[1], &one.path) != one.after,
            None => true,
        };
        changed.filter(|one| one.before != one.after && other(one)).collect()
    }
}
