//! Many identifiers at once, so that asking for one costs the same among ten or ten thousand.

use std::collections::{HashMap, HashSet};

use super::{Id, Mention};

/// Identifiers that documents name, one by one or in ranges.
#[derive(Debug, Default)]
pub struct Named<'m> {
    ids: HashSet<&'m Id>,
    /// By prefix, sorted by where ranges begin, each with the furthest end of those up to it.
    ranges: HashMap<&'m str, Vec<(&'m Id, &'m Id)>>,
}

impl<'m> Named<'m> {
    pub fn by(mentions: impl IntoIterator<Item = &'m Mention>) -> Self {
        let mut named = Self::default();
        for mention in mentions {
            match &mention.until {
                None => {
                    named.ids.insert(&mention.id);
                }
                Some(until) => {
                    let same_prefix = named.ranges.entry(mention.id.prefix()).or_default();
                    same_prefix.push((&mention.id, until));
                }
            }
        }
        for ranges in named.ranges.values_mut() {
            ranges.sort_unstable();
            for at in 1..ranges.len() {
                ranges[at].1 = ranges[at].1.max(ranges[at - 1].1);
            }
        }
        named
    }

    /// Whether any of the mentions covers the identifier; see [`Mention::covers`].
    pub fn covers(&self, id: &Id) -> bool {
        let in_range = || {
            let ranges = self.ranges.get(id.prefix())?;
            let begun = ranges.partition_point(|(first, _)| *first <= id);
            Some(ranges[begun.checked_sub(1)?].1 >= id)
        };
        self.ids.contains(id) || in_range().unwrap_or(false)
    }
}

/// What identifiers are built upon: every shorter run of their parts.
#[derive(Debug, Default)]
pub struct Bases<'m>(HashSet<&'m str>);

impl<'m> Bases<'m> {
    pub fn of(ids: impl IntoIterator<Item = &'m Id>) -> Self {
        Self(ids.into_iter().flat_map(Id::base_keys).collect())
    }

    /// Whether any of the identifiers is built upon this one; see [`Id::builds_on`].
    pub fn hold(&self, id: &Id) -> bool {
        self.0.contains(&*id.key)
    }
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    #[test]
    fn sets_answer_as_their_members_do() {
        let text =
            "US-001 through US-003, US-002 to US-9, US-20, US-30 to US-25, AC-7.1, US-40-AC-2";
        let mentions = find(text);
        let (named, bases) = (Named::by(&mentions), Bases::of(mentions.iter().map(|one| &one.id)));
        for number in 0..50 {
            for written in
                [format!("US-{number}"), format!("AC-{number}"), format!("US-{number}.1")]
            {
                let id = &find(&written)[0].id;
                let covered = mentions.iter().any(|mention| mention.covers(id));
                assert_eq!(named.covers(id), covered, "{written}");
                let base = mentions.iter().any(|mention| mention.id.builds_on(id));
                assert_eq!(bases.hold(id), base, "{written}");
            }
        }
    }
}
