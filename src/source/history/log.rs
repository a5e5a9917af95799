//! The commits after some others, with what each says and what it changed anywhere.

use std::collections::{HashMap, HashSet};

use git2::Oid;

use super::branches::Branches;
use super::commits::{Commit, Commits};
use super::{Changed, CommitId, Log, Logged, ancestry};
use crate::base::Failure;
use crate::source::tree::{Comparison, Found, Kind, Trees};
use crate::source::{BlobId, name};

/// The commits from a tip back that are not part of each of `after`, and which of them are part of
/// the branch that ends there alone.
pub fn read(
    commits: &Commits<'_>,
    trees: &Trees<'_>,
    tip: Oid,
    after: &[Oid],
    branches: Branches,
) -> Result<Log, Failure> {
    let later: Vec<HashSet<Oid>> =
        after.iter().map(|&base| ancestry::beyond(commits, tip, base)).collect::<Result<_, _>>()?;
    let all: HashSet<Oid> = later.iter().flatten().copied().collect();
    let mut own = if branches.name.is_some() { all.clone() } else { HashSet::new() };
    // Of the others only those are looked at that this one goes on from.
    let others = branches.others.iter().map(|&other| (other, false));
    for (other, is_trunk) in branches.trunks.iter().map(|&one| (one, true)).chain(others) {
        if !own.is_empty() && (is_trunk || own.contains(&other)) {
            let beyond = ancestry::beyond(commits, tip, other)?;
            own.retain(|id| beyond.contains(id));
        }
    }
    let lines = Lines::of(commits, tip, &all)?;
    let (mut comparison, mut log) =
        (Comparison::new(trees), Log { branch: branches.name, ..Log::default() });
    for (id, brought_by) in lines.order {
        let commit = commits.read(id)?;
        log.shallow |= commits.overlay.is_boundary(id);
        let changes = changes(commits, &mut comparison, &commit).map_err(|failure| {
            let what = format!("cannot tell what the commit {id} changed");
            Failure::new(what, &failure, &*failure.help)
        })?;
        comparison.turn();
        log.commits.push(Logged {
            commit: CommitId(id.to_string()),
            author: commit.author(),
            message: commit.message(),
            brought_by,
            unmerged: own.contains(&id),
            after: (0..later.len()).filter(|&at| later[at].contains(&id)).collect(),
            changes,
        });
    }
    Ok(log)
}

/// In which order commits came, and by which merge.
#[derive(Default)]
struct Lines {
    /// With the place of the merge that brought a commit.
    order: Vec<(Oid, Option<usize>)>,
    placed: HashSet<Oid>,
}

impl Lines {
    /// The first parents of the tip, the newest first; then those that their merges brought, line
    /// by line. What came by several merges came by the oldest.
    fn of(commits: &Commits<'_>, tip: Oid, all: &HashSet<Oid>) -> Result<Self, Failure> {
        let mut lines = Self::default();
        let mut open = vec![(tip, None)];
        while let Some((first, brought_by)) = open.pop() {
            let mut next = Some(first);
            while let Some(id) = next.filter(|id| all.contains(id)) {
                if !lines.placed.insert(id) {
                    break;
                }
                let parents = commits.read(id)?.parents;
                let place = lines.order.len();
                lines.order.push((id, brought_by));
                open.extend(parents.iter().skip(1).rev().map(|&parent| (parent, Some(place))));
                next = parents.first().copied();
            }
        }
        Ok(lines)
    }
}

/// What a commit changed: of a merge, what is as in none of its parents.
fn changes(
    commits: &Commits<'_>,
    comparison: &mut Comparison<'_>,
    commit: &Commit<'_>,
) -> Result<Vec<Changed>, Failure> {
    let folder = |id| Some(Found { id, kind: Kind::Folder });
    let first = commit.parents.first();
    if first.is_none() && commits.overlay.is_boundary(commit.id) {
        // What its parents had is not here.
        return Ok(Vec::new());
    }
    let older = first.map(|&parent| tree(commits, parent)).transpose()?;
    let mut changed: HashMap<Vec<u8>, (Option<Found>, Option<Found>)> = HashMap::new();
    comparison.differences(
        older.and_then(folder),
        folder(commit.tree),
        b"",
        &mut |path, before, after| {
            // A file in the place of a folder is told as both.
            let known = changed.entry(path).or_insert((None, None));
            *known = (before.or(known.0), after.or(known.1));
            Ok(())
        },
    )?;
    for &parent in commit.parents.iter().skip(1) {
        let other = tree(commits, parent)?;
        let mut kept = HashMap::with_capacity(changed.len());
        for (path, (before, after)) in changed {
            if comparison.trees.find(other, &path)? != after {
                kept.insert(path, (before, after));
            }
        }
        changed = kept;
    }
    let blob = |found: Found| BlobId(found.id.as_bytes().into());
    let mut changes: Vec<Changed> = changed
        .into_iter()
        .map(|(path, (before, after))| Changed {
            path: name::repo_path(&path),
            before: before.map(blob),
            after: after.map(blob),
        })
        .collect();
    changes.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    Ok(changes)
}

fn tree(commits: &Commits<'_>, id: Oid) -> Result<Oid, Failure> {
    Ok(commits.point(id)?.tree)
}
