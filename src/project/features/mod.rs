//! Which feature a name means: `INTERFACE-auth.md` and "Feature A: User Authentication".
//!
//! Names are compared as sets of words. A word matches another that it begins, so that `auth`
//! means "Authentication" and `todo` means "Todos". Words that any feature might carry, such as
//! "service", weigh little. Every place that has to know a feature by a name asks here.

mod name;

use std::collections::{BTreeMap, HashMap};

use super::{Feature, FeatureId};
use name::{LIGHT, MINIMUM, SYLLABLE, is_label_kind, likeness, parted, same_word, weight};
pub use name::{Name, slug};

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
    names: Vec<[Name; 2]>,
    /// For each of these names, the words that a text must hold to name the feature in full.
    needed: Vec<[Vec<String>; 2]>,
    by_words: HashMap<Vec<String>, FeatureId>,
    by_label: HashMap<String, FeatureId>,
    /// Sorted by word.
    by_word: Vec<(String, Vec<FeatureId>)>,
    /// As `by_word`, of the one word of each name that the fewest features have.
    by_rarest: Vec<(String, Vec<FeatureId>)>,
    /// Features without a weighty word in their names: "API", "Core".
    plain: Vec<FeatureId>,
}

impl Index {
    pub fn new(features: &[Feature]) -> Self {
        let mut index = Self::default();
        let mut by_word: BTreeMap<String, Vec<FeatureId>> = BTreeMap::new();
        for (id, feature) in features.iter().enumerate() {
            let names = Name::of(feature);
            for name in &names {
                index.by_words.entry(name.words.clone()).or_insert(id);
                for word in name.words.iter().filter(|word| weight(word) > LIGHT) {
                    let holders = by_word.entry(word.clone()).or_default();
                    if holders.last() != Some(&id) {
                        holders.push(id);
                    }
                }
            }
            if names[0].words.iter().all(|word| weight(word) <= LIGHT) {
                index.plain.push(id);
            }
            if let Some(label) = &names[0].label {
                index.by_label.entry(label.clone()).or_insert(id);
            }
            index.needed.push(names.each_ref().map(Name::needed));
            index.names.push(names);
        }
        index.by_word = by_word.into_iter().collect();
        index.by_rarest = index.rarest();
        index
    }

    /// Each feature under the rarest weighty word of each of its names.
    fn rarest(&self) -> Vec<(String, Vec<FeatureId>)> {
        let holders = |word: &String| {
            let place = self.by_word.binary_search_by(|(known, _)| known.cmp(word));
            place.map_or(usize::MAX, |place| self.by_word[place].1.len())
        };
        let mut by_rarest: BTreeMap<String, Vec<FeatureId>> = BTreeMap::new();
        for (id, name) in self
            .names
            .iter()
            .enumerate()
            .flat_map(|(id, names)| names.each_ref().map(|name| (id, name)))
        {
            let weighty = name.words.iter().filter(|word| weight(word) > LIGHT);
            if let Some(rarest) = weighty.min_by_key(|word| holders(word)) {
                let known = by_rarest.entry(rarest.clone()).or_default();
                if known.last() != Some(&id) {
                    known.push(id);
                }
            }
        }
        by_rarest.into_iter().collect()
    }

    /// Finds the declared feature that a name means.
    pub fn find(&self, name: &Name) -> Match {
        if let Some(&exact) = self.by_words.get(&name.words) {
            return Match::One(exact);
        }
        let labeled = name.label.as_ref().and_then(|label| self.by_label.get(label));
        let mut best = MINIMUM;
        let mut found: Vec<FeatureId> = Vec::new();
        for id in sharing(&self.by_word, name.words.iter().map(String::as_str))
            .into_iter()
            .chain(labeled.copied())
        {
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

    /// The features that a line of text names in full: every word of the feature's name stands
    /// in it, or every weighty one where there are several.
    pub fn named_in(&self, text: &str) -> Vec<FeatureId> {
        let parted = parted(text);
        let text: Vec<&str> = parted.split(' ').filter(|word| !word.is_empty()).collect();
        let said = |word: &String| text.iter().any(|other| same_word(word, other));
        let names = |id: &FeatureId| {
            self.needed[*id].iter().any(|needed| !needed.is_empty() && needed.iter().all(said))
        };
        // A name in full holds its rarest word, and that leads to the fewest features.
        let mut found = sharing(&self.by_rarest, text.iter().copied());
        found.extend(&self.plain);
        found.retain(names);
        let pairs = text.windows(2).filter(|pair| is_label_kind(pair[0]));
        found.extend(pairs.filter_map(|pair| self.by_label.get(pair[1])));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Features by a word, sorted by word.
type ByWord = [(String, Vec<FeatureId>)];

/// Features with a weighty word in common. A word that very many features carry tells none of
/// them from another, so it leads to none.
fn sharing<'w>(known: &ByWord, words: impl Iterator<Item = &'w str>) -> Vec<FeatureId> {
    const TOO_MANY: usize = 64;
    let mut found = Vec::new();
    let mut add = |holders: &[FeatureId]| {
        if holders.len() <= TOO_MANY {
            found.extend(holders);
        }
    };
    let mut words: Vec<&str> = words.filter(|word| weight(word) > LIGHT).collect();
    words.sort_unstable();
    words.dedup();
    for word in words {
        let place = known.partition_point(|(known, _)| **known < *word);
        let longer = known[place..].iter();
        let longer = longer.take_while(|(known, _)| known.starts_with(word));
        let longer = longer.filter(|(known, _)| same_word(word, known));
        longer.for_each(|(_, holders)| add(holders));
        beginnings_of(known, word, place, &mut add);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Calls `each` for the known words, not too short, that a word begins with; all of them stand
/// before its place.
fn beginnings_of(
    by_word: &ByWord,
    word: &str,
    mut place: usize,
    each: &mut impl FnMut(&[FeatureId]),
) {
    let mut below = word;
    while let Some((known, _)) = place.checked_sub(1).map(|last| &by_word[last]) {
        // Whatever begins the word stands between its beginning and the word in the order of
        // the words, so all of it that is left begins what the two nearest have in common.
        let same = known.chars().zip(below.chars()).take_while(|(one, other)| one == other);
        below = &below[..same.map(|(c, _)| c.len_utf8()).sum()];
        if below.len() < SYLLABLE {
            return;
        }
        let before = by_word[..place].partition_point(|(known, _)| **known < *below);
        if before < place && by_word[before].0 == below {
            each(&by_word[before].1);
        }
        place = before;
    }
}

#[cfg(test)]
mod tests;
