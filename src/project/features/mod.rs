//! Which feature a name means: `INTERFACE-auth.md` and "Feature A: User Authentication".
//!
//! Names are compared as sets of words. A word matches another that it begins, so that `auth`
//! means "Authentication" and `todo` means "Todos". Words that any feature might carry, such as
//! "service", weigh little. Every place that has to know a feature by a name asks here.

mod by_word;
mod name;

use std::collections::HashMap;

use super::{Feature, FeatureId};
use crate::model::dependencies::kind_of;
use by_word::{ByWord, Said};
use name::{LIGHT, MINIMUM, bare_label, is_label_kind, likeness, weight, words};
pub use name::{Name, Stem, parted, slug};

/// What a name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    None,
    One(FeatureId),
    /// Several features fit equally well.
    Several(Vec<FeatureId>),
}

/// The declared features by their words, so that asking costs the same among ten or ten thousand.
#[derive(Debug, Default)]
pub struct Index {
    /// For each feature, the names it goes by.
    names: Vec<Vec<Name>>,
    /// By the whole text of a name.
    by_text: HashMap<String, FeatureId>,
    by_label: HashMap<String, FeatureId>,
    /// By identifiers, with their kind and without: `task2b`, `2b`, `t3`.
    by_id: HashMap<String, FeatureId>,
    /// The kinds of these identifiers: `task`.
    kinds: Vec<String>,
    /// By the weighty words of their names.
    by_word: ByWord,
    /// By the one word of each name that the fewest features have.
    by_rarest: ByWord,
    /// Features without a weighty word in their names: "API", "Core".
    plain: Vec<FeatureId>,
}

impl Index {
    pub fn new(features: &[Feature]) -> Self {
        let names: Vec<Vec<Name>> = features.iter().map(Name::of).collect();
        let mut index = Self::default();
        for (id, names) in names.iter().enumerate() {
            for name in names {
                index.by_text.entry(name.text.clone()).or_insert(id);
            }
            if names[0].words().all(|word| weight(word) <= LIGHT) {
                index.plain.push(id);
            }
            if let Some(label) = &names[0].label {
                index.by_label.entry(label.clone()).or_insert(id);
            }
        }
        for (place, id) in
            features.iter().enumerate().filter_map(|(place, one)| Some((place, one.id.as_ref()?)))
        {
            index.by_id.entry(id.clone()).or_insert(place);
            if let Some(kind) = kind_of(id) {
                index.by_id.entry(id[kind.len()..].to_owned()).or_insert(place);
                if !index.kinds.iter().any(|known| known == kind) {
                    index.kinds.push(kind.to_owned());
                }
            }
        }
        let each = || names.iter().enumerate().flat_map(|(id, of)| of.iter().map(move |n| (n, id)));
        let weighty = each().flat_map(|(name, id)| name.weighty().map(move |word| (word, id)));
        index.by_word = ByWord::new(weighty);
        let rarest = each().filter_map(|(name, id)| {
            let rarest = name.weighty().min_by_key(|word| index.by_word.holders(word).len());
            Some((rarest?, id))
        });
        index.by_rarest = ByWord::new(rarest);
        index.names = names;
        index
    }

    /// Finds the declared feature that a name means.
    pub fn find(&self, name: &Name) -> Match {
        if let Some(&exact) = self.by_text.get(&name.text) {
            return Match::One(exact);
        }
        if let Some(found) = self.identified(&name.text) {
            return found;
        }
        let labeled = name.label.as_ref().and_then(|label| self.by_label.get(label));
        let mut best = MINIMUM;
        let mut found: Vec<FeatureId> = Vec::new();
        for id in self.by_word.sharing(name.words()).into_iter().chain(labeled.copied()) {
            let known = &self.names[id];
            let score = known.iter().map(|known| likeness(name, known)).max().unwrap_or(0);
            if score > best {
                best = score;
                found = vec![id];
            } else if score == best && score > MINIMUM && !found.contains(&id) {
                found.push(id);
            }
        }
        match found[..] {
            [] => Match::None,
            [one] => Match::One(one),
            _ => Match::Several(found),
        }
    }

    /// Finds the feature that a name means beyond doubt: the same words, the label alone, or words
    /// that only one feature has all of. Unlike [`Index::find`] it takes no name for another that
    /// merely resembles it.
    pub fn find_surely(&self, name: &Name) -> Match {
        if let Some(&exact) = self.by_text.get(&name.text) {
            return Match::One(exact);
        }
        if let Some(found) = self.identified(&name.text) {
            return found;
        }
        let labeled = || name.label.as_ref().and_then(|label| self.by_label.get(label));
        if bare_label(&name.text).is_some() {
            return labeled().map_or(Match::None, |&one| Match::One(one));
        }
        let mut found = self.by_word.sharing(name.words());
        found.retain(|&id| self.names[id].iter().any(|known| name.is_part_of(known)));
        match found[..] {
            [] => labeled().map_or(Match::None, |&one| Match::One(one)),
            [one] => Match::One(one),
            _ => Match::Several(found),
        }
    }

    /// What a name means that begins with an identifier, where features have some: `task 2b`,
    /// `2b server updates`, `t 003`. Nothing for a name without one.
    fn identified(&self, text: &str) -> Option<Match> {
        if self.by_id.is_empty() {
            return None;
        }
        let mut words = words(text);
        let first = words.next()?;
        let second = words.next().unwrap_or("");
        let both = format!("{first}{}", second.trim_start_matches('0'));
        let number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
        let kind = self.kinds.iter().any(|kind| kind == first);
        let labeled = number(second) || kind && second.len() == 1;
        let found = self.by_id.get(&both).filter(|_| labeled);
        let found = found.or_else(|| self.by_id.get(first).filter(|_| number(first)));
        match found {
            Some(&found) => Some(Match::One(found)),
            None => (kind && labeled).then_some(Match::None),
        }
    }

    /// The features that a line of text names in full: every word of the feature's name stands
    /// in it, or every weighty one where there are several.
    pub fn named_in(&self, text: &str) -> Vec<FeatureId> {
        self.said_in(&Said::of(&parted(text)))
    }

    fn said_in(&self, said: &Said<'_>) -> Vec<FeatureId> {
        // A name in full holds its rarest word, and that leads to the fewest features.
        let mut found = self.by_rarest.sharing(said.words());
        found.extend(&self.plain);
        found.retain(|id| self.names[*id].iter().any(|name| name.is_said(|word| said.holds(word))));
        let kinds = said.words().zip(said.words().skip(1)).filter(|(kind, _)| is_label_kind(kind));
        found.extend(kinds.filter_map(|(_, label)| self.by_label.get(label)));
        if !self.by_id.is_empty() {
            let pairs = said.words().zip(said.words().skip(1));
            let joined = pairs.map(|(one, next)| format!("{one}{}", next.trim_start_matches('0')));
            found.extend(joined.filter_map(|id| self.by_id.get(&id)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The features that a text names in full, or of whose names it has a weighty word.
    pub fn hinted_at_in(&self, text: &str) -> Vec<FeatureId> {
        let parted = parted(text);
        let said = Said::of(&parted);
        let mut found = self.by_word.sharing(said.words());
        found.extend(self.said_in(&said));
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests;
