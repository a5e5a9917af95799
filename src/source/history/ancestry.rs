//! Who comes after whom.

use std::collections::{BinaryHeap, HashMap, HashSet};

use git2::Oid;

use super::commits::Commits;
use crate::base::Failure;

/// A commit to look at, by its date: the newest first. Its parents are known.
type Waiting = (Option<i64>, Oid, Vec<Oid>);

fn waiting(commits: &Commits<'_>, id: Oid) -> Result<Waiting, Failure> {
    let commit = commits.read(id)?;
    Ok((commit.time(), id, commit.parents))
}

/// A commit and all before it, found as far as somebody asks: many questions cost one walk.
pub struct Ancestors {
    seen: HashSet<Oid>,
    waiting: BinaryHeap<Waiting>,
    /// A shallow clone left some out.
    is_cut: bool,
}

impl Ancestors {
    pub fn of(commits: &Commits<'_>, tip: Oid) -> Result<Self, Failure> {
        let waiting = BinaryHeap::from([waiting(commits, tip)?]);
        Ok(Self { seen: HashSet::from([tip]), waiting, is_cut: false })
    }

    /// Whether a commit is among them; nothing where a shallow history leaves that open.
    pub fn has(&mut self, commits: &Commits<'_>, id: Oid) -> Result<Option<bool>, Failure> {
        while !self.seen.contains(&id)
            && let Some((_, next, parents)) = self.waiting.pop()
        {
            self.is_cut |= commits.overlay.is_boundary(next);
            for parent in parents {
                if self.seen.insert(parent) {
                    self.waiting.push(waiting(commits, parent)?);
                }
            }
        }
        let is_there = self.seen.contains(&id);
        Ok((is_there || !self.is_cut).then_some(is_there))
    }
}

/// From which of two commits one can be reached.
const ONE: u8 = 1;
const OTHER: u8 = 2;
const BOTH: u8 = ONE | OTHER;
/// That a common ancestor comes after it.
const STALE: u8 = 4;

/// The best common ancestor; nothing where there is none.
pub fn fork(commits: &Commits<'_>, one: Oid, other: Oid) -> Result<Option<Oid>, Failure> {
    Ok(bases(commits, &[one], other)?.first().copied())
}

/// The common ancestors of some commits and another one that no other such ancestor comes after,
/// the newest first. Histories that merged each other crosswise have several.
pub fn bases(commits: &Commits<'_>, ones: &[Oid], other: Oid) -> Result<Vec<Oid>, Failure> {
    let shared = Reach::of(commits, ones, other)?.shared;
    let mut best = Vec::new();
    // Where clocks went wrong, an ancestor of the best one may come first.
    'next: for &candidate in &shared {
        for &better in shared.iter().filter(|&&better| better != candidate) {
            if descends(commits, better, candidate)? == Some(true) {
                continue 'next;
            }
        }
        best.push(candidate);
    }
    Ok(best)
}

/// Whether a commit is another one or comes after it; nothing where a shallow history leaves
/// that open.
pub fn descends(commits: &Commits<'_>, later: Oid, earlier: Oid) -> Result<Option<bool>, Failure> {
    let reach = Reach::of(commits, &[later], earlier)?;
    if reach.marks(earlier) & ONE != 0 {
        return Ok(Some(true));
    }
    let mut own = reach.seen.iter().filter(|(_, seen)| seen.marks & BOTH == ONE);
    let is_open = own.any(|(&commit, _)| commits.overlay.is_boundary(commit));
    Ok((!is_open).then_some(false))
}

/// The commits that one reaches and a base does not.
pub fn beyond(commits: &Commits<'_>, one: Oid, base: Oid) -> Result<HashSet<Oid>, Failure> {
    let reach = Reach::of(commits, &[one], base)?;
    let own = reach.seen.into_iter().filter(|(_, seen)| seen.marks & BOTH == ONE);
    Ok(own.map(|(id, _)| id).collect())
}

/// What commits and another one reach, as far back as it takes to know what both of them do.
#[derive(Default)]
struct Reach {
    seen: HashMap<Oid, Seen>,
    waiting: BinaryHeap<Waiting>,
    /// How many of those that wait are not stale.
    fresh: usize,
    /// The common ancestors that no other one comes after.
    shared: Vec<Oid>,
}

#[derive(Default)]
struct Seen {
    marks: u8,
    waits: bool,
}

impl Reach {
    fn of(commits: &Commits<'_>, ones: &[Oid], other: Oid) -> Result<Self, Failure> {
        let mut reach = Self::default();
        for &one in ones {
            reach.mark(commits, one, ONE)?;
        }
        reach.mark(commits, other, OTHER)?;
        while reach.fresh > 0
            && let Some((_, id, parents)) = reach.waiting.pop()
        {
            let mut marks = reach.marks(id);
            reach.seen.entry(id).or_default().waits = false;
            reach.fresh -= usize::from(marks & STALE == 0);
            if marks & BOTH == BOTH {
                if marks & STALE == 0 && !reach.shared.contains(&id) {
                    reach.shared.push(id);
                }
                marks |= STALE;
            }
            for parent in parents {
                reach.mark(commits, parent, marks)?;
            }
        }
        let Self { seen, shared, .. } = &mut reach;
        shared.retain(|id| seen.get(id).is_some_and(|seen| seen.marks & STALE == 0));
        Ok(reach)
    }

    /// Adds marks to a commit, and looks at it again where that tells something new.
    fn mark(&mut self, commits: &Commits<'_>, id: Oid, marks: u8) -> Result<(), Failure> {
        let seen = self.seen.entry(id).or_default();
        let (before, after) = (seen.marks, seen.marks | marks);
        if before == after {
            return Ok(());
        }
        self.fresh -= usize::from(seen.waits && before & STALE == 0);
        self.fresh += usize::from(after & STALE == 0);
        seen.marks = after;
        if !std::mem::replace(&mut seen.waits, true) {
            self.waiting.push(waiting(commits, id)?);
        }
        Ok(())
    }

    fn marks(&self, commit: Oid) -> u8 {
        self.seen.get(&commit).map_or(0, |seen| seen.marks)
    }
}
