//! Features by the words of their names, and texts by theirs.

use super::super::FeatureId;
use super::name::{LIGHT, SYLLABLE, same_word, weight, words};

/// The features that carry each word.
#[derive(Debug, Default)]
pub(super) struct ByWord {
    /// Sorted by word.
    words: Vec<(String, Vec<FeatureId>)>,
    /// How the words begin, sorted. Most words of a text begin like none of them.
    heads: Vec<Head>,
}

impl ByWord {
    pub(super) fn new<'w>(pairs: impl Iterator<Item = (&'w str, FeatureId)>) -> Self {
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_unstable();
        pairs.dedup();
        let of_word = pairs.chunk_by(|one, other| one.0 == other.0);
        let words: Vec<(String, Vec<FeatureId>)> = of_word
            .map(|pairs| (pairs[0].0.to_owned(), pairs.iter().map(|&(_, id)| id).collect()))
            .collect();
        let mut heads: Vec<Head> = words.iter().map(|(word, _)| head(word)).collect();
        heads.dedup();
        Self { words, heads }
    }

    /// The features that carry exactly this word.
    pub(super) fn holders(&self, word: &str) -> &[FeatureId] {
        let place = self.words.binary_search_by(|(known, _)| (**known).cmp(word));
        place.map_or(&[], |place| &self.words[place].1)
    }

    /// Features with a weighty word in common. A word that very many features carry tells none of
    /// them from another, so it leads to none.
    pub(super) fn sharing<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<FeatureId> {
        const TOO_MANY: usize = 64;
        let mut found = Vec::new();
        let mut add = |holders: &[FeatureId]| {
            if holders.len() <= TOO_MANY {
                found.extend(holders);
            }
        };
        let known = |word: &&str| self.heads.binary_search(&head(word)).is_ok();
        let mut words: Vec<&str> =
            words.filter(known).filter(|word| weight(word) > LIGHT).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            let place = self.words.partition_point(|(known, _)| **known < *word);
            let longer = self.words[place..].iter();
            let longer = longer.take_while(|(known, _)| known.starts_with(word));
            let longer = longer.filter(|(known, _)| same_word(word, known));
            longer.for_each(|(_, holders)| add(holders));
            self.beginnings_of(word, place, &mut add);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Calls `each` for the known words, not too short, that a word begins with; all of them
    /// stand before its place.
    fn beginnings_of(&self, word: &str, mut place: usize, each: &mut impl FnMut(&[FeatureId])) {
        let mut below = word;
        while let Some((known, _)) = place.checked_sub(1).map(|last| &self.words[last]) {
            // Whatever begins the word stands between its beginning and the word in the order of
            // the words, so all of it that is left begins what the two nearest have in common.
            let same = known.chars().zip(below.chars()).take_while(|(one, other)| one == other);
            below = &below[..same.map(|(c, _)| c.len_utf8()).sum()];
            if below.len() < SYLLABLE {
                return;
            }
            let before = self.words[..place].partition_point(|(known, _)| **known < *below);
            if before < place && self.words[before].0 == below {
                each(&self.words[before].1);
            }
            place = before;
        }
    }
}

/// The words of a text.
pub(super) struct Said<'t>(Vec<(Head, &'t str)>);

impl<'t> Said<'t> {
    /// Reads a text as [`super::name::parted`] gives it.
    pub(super) fn of(parted: &'t str) -> Self {
        Self(words(parted).map(|word| (head(word), word)).collect())
    }

    /// In the order of the text.
    pub(super) fn words(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().map(|&(_, word)| word)
    }

    pub(super) fn holds(&self, word: &str) -> bool {
        let wanted = head(word);
        self.0.iter().any(|&(head, other)| head == wanted && same_word(word, other))
    }
}

/// How a word begins. Words of different beginnings are never the same.
type Head = [u8; SYLLABLE];

fn head(word: &str) -> Head {
    let (mut head, length) = (Head::default(), word.len().min(SYLLABLE));
    head[..length].copy_from_slice(&word.as_bytes()[..length]);
    head
}
