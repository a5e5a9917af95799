//! Joining what two sides did to a tree.

use std::collections::BTreeMap;

use super::changes::{Changes, Side};
use super::content::Joined;
use super::{Clash, Merging, Why};
use crate::base::Failure;
use crate::source::tree::{Found, Kind};

/// What stands at one place before, on one side and on the other.
#[derive(Clone, Copy, Default)]
struct Place {
    base: Option<Found>,
    ours: Option<Found>,
    theirs: Option<Found>,
    /// What is decided already.
    why: Option<Why>,
}

impl Merging<'_> {
    /// The first of two sides with all that the other one changed since `base`, and what they
    /// disagree about. `deep` counts the merges that this one is made for.
    pub fn three_way(
        &mut self,
        base: &Side,
        [ours, theirs]: &[Side; 2],
        deep: usize,
    ) -> Result<(Side, Vec<Clash>), Failure> {
        let (left, right) = (self.changes(base, ours)?, self.changes(base, theirs)?);
        let mut places = places(&left, &right);
        let moved = [self.moves(&left, &right)?, self.moves(&right, &left)?];
        follow(&mut places, moved);
        let mut merged = Side { tree: ours.tree, laid: ours.laid.clone() };
        let mut clashes = Vec::new();
        for (path, place) in places {
            let (found, why) = self.settle(place, deep)?;
            merged.laid.insert(path.clone(), found);
            clashes.extend(why.map(|why| Clash { path, why }));
        }
        self.clear(&mut merged, &mut clashes)?;
        Ok((merged, clashes))
    }

    /// What comes to stand at a place, and what is left to people.
    fn settle(
        &mut self,
        place: Place,
        deep: usize,
    ) -> Result<(Option<Found>, Option<Why>), Failure> {
        let Place { base, ours, theirs, why } = place;
        let is_file = |one: &Option<Found>| one.is_some_and(|one| one.kind == Kind::File);
        let settled = match (ours, theirs) {
            _ if why.is_some() => (ours.or(theirs), why),
            _ if ours == theirs || theirs == base => (ours, None),
            _ if ours == base => (theirs, None),
            // Within the merge of what the sides have in common nobody is there to decide.
            (None, _) | (_, None) if deep > 0 => (base, None),
            (None, one) => (one, Some(Why::Deleted { by_ours: true })),
            (one, None) => (one, Some(Why::Deleted { by_ours: false })),
            (Some(one), Some(other)) if is_file(&ours) && is_file(&theirs) => {
                let base = base.filter(|base| base.kind == Kind::File);
                let Joined { found, why } = self.join(base, one, other, deep)?;
                (Some(found), why)
            }
            (Some(_), Some(_)) => (ours, Some(Why::Whole)),
        };
        Ok(settled)
    }

    /// Takes away what stands where a folder does.
    fn clear(&self, merged: &mut Side, clashes: &mut Vec<Clash>) -> Result<(), Failure> {
        let mut above: Vec<Vec<u8>> = Vec::new();
        for path in merged.laid.iter().filter(|(_, found)| found.is_some()).map(|(path, _)| path) {
            let ends = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
            above.extend(ends.map(|(end, _)| path[..end].to_owned()));
        }
        above.sort_unstable();
        above.dedup();
        for path in above {
            if self.leaf(merged, &path)?.is_some() {
                merged.laid.insert(path.clone(), None);
                clashes.push(Clash { path, why: Why::Folder });
            }
        }
        Ok(())
    }
}

/// Every place that one of two sides changed.
fn places(left: &Changes, right: &Changes) -> BTreeMap<Vec<u8>, Place> {
    let mut places: BTreeMap<Vec<u8>, Place> = BTreeMap::new();
    for (path, &(base, ours)) in left {
        places.insert(path.clone(), Place { base, ours, theirs: base, why: None });
    }
    for (path, &(base, theirs)) in right {
        let place = Place { base, ours: base, ..Place::default() };
        places.entry(path.clone()).or_insert(place).theirs = theirs;
    }
    places
}

/// Takes what stood at a place to where a side moved it, with what the other side did to it.
fn follow(places: &mut BTreeMap<Vec<u8>, Place>, [ours, theirs]: [Moves; 2]) {
    for (from, to) in &ours {
        let elsewhere = theirs.get(from).is_some_and(|other| other != to);
        carry(places, from, to, elsewhere, |place| &mut place.theirs);
    }
    for (from, to) in theirs.iter().filter(|(from, _)| !ours.contains_key(*from)) {
        carry(places, from, to, false, |place| &mut place.ours);
    }
}

/// From where to where a side moved files.
pub type Moves = BTreeMap<Vec<u8>, Vec<u8>>;

/// `other` is the side that did not move it so.
fn carry(
    places: &mut BTreeMap<Vec<u8>, Place>,
    from: &[u8],
    to: &[u8],
    elsewhere: bool,
    other: fn(&mut Place) -> &mut Option<Found>,
) {
    let Some(mut left) = places.get(from).copied() else { return };
    let Some(place) = places.get_mut(to) else { return };
    let (base, changed) = (left.base, *other(&mut left));
    match *other(place) {
        _ if elsewhere => place.why = Some(Why::Moved),
        // Both brought a file here: by the same move, or by different ways.
        Some(_) if changed.is_none() => place.base = base,
        Some(_) => place.why = Some(Why::Added),
        None if changed.is_none() => place.why = Some(Why::Moved),
        None => {
            place.base = base;
            *other(place) = changed;
        }
    }
    places.insert(from.to_owned(), Place { base, ..Place::default() });
}
