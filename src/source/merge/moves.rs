//! Finding the files that one side of a merge moved, as git does: by what they hold.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Merging;
use super::changes::Changes;
use super::three_way::Moves;
use crate::base::Failure;
use crate::source::tree::{Found, Kind};

/// How many pairs of files are compared at most.
const MOST: usize = 1_000_000;

impl Merging<'_> {
    /// From where to where a side moved files that matter: those that the other side changed, or
    /// no longer has either.
    pub fn moves(&self, own: &Changes, other: &Changes) -> Result<Moves, Failure> {
        let is_file = |found: &Found| found.kind == Kind::File;
        let gone = own.iter().filter_map(|(path, change)| match change {
            (Some(before), None) if is_file(before) => Some((path, *before)),
            _ => None,
        });
        let gone: BTreeMap<&Vec<u8>, Found> =
            gone.filter(|(path, _)| other.contains_key(*path)).collect();
        let new = own.iter().filter_map(|(path, change)| match change {
            (None, Some(after)) if is_file(after) => Some((path, *after)),
            _ => None,
        });
        let mut new: BTreeMap<&Vec<u8>, Found> = new.collect();
        let mut moves = Moves::new();
        for (from, before) in &gone {
            let same = new.iter().filter(|(_, after)| after.id == before.id);
            let same = same.filter(|(_, after)| !self.trees.is_empty(**after));
            let Some((&to, _)) = same.max_by_key(|(to, _)| name(to) == name(from)) else {
                continue;
            };
            new.remove(to);
            moves.insert((*from).clone(), to.clone());
        }
        let still = gone.iter().filter(|(from, _)| {
            !moves.contains_key(**from)
                && other.get(**from).is_some_and(|(_, after)| after.is_some())
        });
        let still: Vec<(&Vec<u8>, Found)> = still.map(|(from, found)| (*from, *found)).collect();
        if still.len() * new.len() <= MOST {
            moves.extend(self.likely(&still, &new)?);
        }
        Ok(moves)
    }

    /// The pairs that hold most of the same, the best first.
    fn likely(
        &self,
        gone: &[(&Vec<u8>, Found)],
        new: &BTreeMap<&Vec<u8>, Found>,
    ) -> Result<Moves, Failure> {
        let mut pairs = Vec::new();
        for &(from, before) in gone {
            let Some(before) = self.content(before)? else { continue };
            let lines = lines(&before);
            for (&to, &after) in new {
                let Some(after) = self.content(after)? else { continue };
                if let Some(share) = share(&lines, before.len(), &after) {
                    pairs.push((share, name(from) == name(to), from, to));
                }
            }
        }
        pairs.sort_unstable_by(|left, right| right.cmp(left));
        let (mut moves, mut taken) = (Moves::new(), BTreeSet::new());
        for (.., from, to) in pairs {
            if !moves.contains_key(from) && taken.insert(to) {
                moves.insert(from.clone(), to.clone());
            }
        }
        Ok(moves)
    }
}

fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|&byte| byte == b'/').next().unwrap_or(path)
}

/// How many bytes a text holds in each of its lines.
fn lines(text: &[u8]) -> HashMap<&[u8], usize> {
    let mut lines = HashMap::new();
    for line in text.split_inclusive(|&byte| byte == b'\n').flat_map(|line| line.chunks(64)) {
        *lines.entry(line).or_default() += line.len();
    }
    lines
}

/// How much of the larger of two texts the other one holds too, in percent; nothing below the half
/// from which git takes one for the other.
fn share(lines_before: &HashMap<&[u8], usize>, size: usize, after: &[u8]) -> Option<usize> {
    let (small, large) = (size.min(after.len()), size.max(after.len()));
    if small == 0 || 2 * small < large {
        return None;
    }
    let kept = lines(after)
        .into_iter()
        .map(|(line, bytes)| lines_before.get(line).map_or(0, |before| bytes.min(*before)));
    let share = 100 * kept.sum::<usize>() / large;
    (share >= 50).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_lines_make_a_file_another_one() {
        let text = b"one\ntwo\nthree\nfour\n";
        let of = |after: &[u8]| share(&lines(text), text.len(), after);
        assert_eq!(of(text), Some(100));
        assert_eq!(of(b"one\ntwo\nthree\nother\n"), Some(70));
        assert_eq!(of(b"one\ntwo\n"), None);
        assert_eq!(of(b"one\nsix\nseven\neight\nnine\n"), None);
        assert_eq!(of(b""), None);
    }
}
