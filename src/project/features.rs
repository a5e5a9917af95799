//! Which feature a name means: `INTERFACE-auth.md` and "Feature A: User Authentication".
//!
//! Names are compared as sets of words. A word matches another that it begins, so that `auth`
//! means "Authentication" and `todo` means "Todos". Words that any feature might carry, such as
//! "service", weigh little. Every place that has to know a feature by a name asks here.

use std::collections::{BTreeMap, HashMap};

use super::{Feature, FeatureId};
use crate::base::words::spelled_out;

/// What a name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    None,
    One(FeatureId),
    /// Several features fit equally well.
    Several(Vec<FeatureId>),
}

/// A feature as far as names tell it: what matching needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    words: Vec<String>,
    label: Option<String>,
}

impl Name {
    /// Reads a name, with the label it may carry: `Feature A: User Authentication`,
    /// `user-authentication`, `WebhookService`.
    pub fn new(written: &str, label: Option<&str>) -> Self {
        let words = words(written);
        let own = match &words[..] {
            [kind, label] if is_label_kind(kind) && label.len() <= 2 => Some(label.clone()),
            _ => None,
        };
        Self { words, label: label.map(str::to_lowercase).or(own) }
    }

    fn of(feature: &Feature) -> [Name; 2] {
        let label = feature.label.as_deref();
        [Name::new(&feature.name, label), Name::new(&feature.slug, label)]
    }
}

/// The declared features by their words, so that asking costs the same among ten or ten thousand.
#[derive(Debug, Default)]
pub struct Index {
    /// For each feature, the names it goes by.
    names: Vec<[Name; 2]>,
    by_words: HashMap<Vec<String>, FeatureId>,
    by_label: HashMap<String, FeatureId>,
    /// Sorted by word.
    by_word: Vec<(String, Vec<FeatureId>)>,
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
            index.names.push(names);
        }
        index.by_word = by_word.into_iter().collect();
        index
    }

    /// Finds the declared feature that a name means.
    pub fn find(&self, name: &Name) -> Match {
        if let Some(&exact) = self.by_words.get(&name.words) {
            return Match::One(exact);
        }
        let labeled = name.label.as_ref().and_then(|label| self.by_label.get(label));
        let mut best = MINIMUM;
        let mut found: Vec<FeatureId> = Vec::new();
        for id in self.sharing_a_word(&name.words).into_iter().chain(labeled.copied()) {
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
        let text = words(text);
        let names = |id: &FeatureId| {
            self.names[*id].iter().any(|name| {
                let weighty = name.words.iter().filter(|word| weight(word) > LIGHT).count();
                let mut needed =
                    name.words.iter().filter(|word| weighty < 2 || weight(word) > LIGHT);
                let said = |word: &String| text.iter().any(|other| same_word(word, other));
                !name.words.is_empty() && needed.all(said)
            })
        };
        let mut found = self.sharing_a_word(&text);
        found.extend(&self.plain);
        found.retain(names);
        let pairs = text.windows(2).filter(|pair| is_label_kind(&pair[0]));
        found.extend(pairs.filter_map(|pair| self.by_label.get(&pair[1])));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Features with a weighty word in common. A word that very many features carry tells none
    /// of them from another, so it leads to none.
    fn sharing_a_word(&self, words: &[String]) -> Vec<FeatureId> {
        const TOO_MANY: usize = 64;
        let mut found = Vec::new();
        let mut add = |holders: &[FeatureId]| {
            if holders.len() <= TOO_MANY {
                found.extend(holders);
            }
        };
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        for word in words.into_iter().filter(|word| weight(word) > LIGHT) {
            let place = self.by_word.partition_point(|(known, _)| **known < *word);
            let longer = self.by_word[place..].iter();
            let longer = longer.take_while(|(known, _)| known.starts_with(word));
            let longer = longer.filter(|(known, _)| same_word(word, known));
            longer.for_each(|(_, holders)| add(holders));
            self.beginnings_of(word, place, &mut add);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Calls `each` for the known words, not too short, that a word begins with; all of them stand
    /// before its place.
    fn beginnings_of(&self, word: &str, mut place: usize, each: &mut impl FnMut(&[FeatureId])) {
        let mut below = word;
        while let Some((known, _)) = place.checked_sub(1).map(|last| &self.by_word[last]) {
            // Whatever begins the word stands between its beginning and the word in the order of
            // the words, so all of it that is left begins what the two nearest have in common.
            let same = known.chars().zip(below.chars()).take_while(|(one, other)| one == other);
            below = &below[..same.map(|(c, _)| c.len_utf8()).sum()];
            if below.len() < SYLLABLE {
                return;
            }
            let before = self.by_word[..place].partition_point(|(known, _)| **known < *below);
            if before < place && self.by_word[before].0 == below {
                each(&self.by_word[before].1);
            }
            place = before;
        }
    }
}

/// The form of a feature's name that stands in paths: `User Authentication` →
/// `user-authentication`.
pub fn slug(name: &str) -> String {
    words(name).join("-")
}

/// Scores are percentages. A name that shares less than this with a feature means another thing.
const MINIMUM: u32 = 29;
/// A word begins another only from this many bytes on.
const SYLLABLE: usize = 4;
const LIGHT: u32 = 3;
const HEAVY: u32 = 10;

/// How much of two names is the same, from 0 to 100.
fn likeness(left: &Name, right: &Name) -> u32 {
    if left.words == right.words && !left.words.is_empty() {
        return 100;
    }
    if left.label.is_some() && left.label == right.label && bare_label(left) | bare_label(right) {
        return 100;
    }
    let shared: Vec<&String> =
        left.words.iter().filter(|word| right.words.iter().any(|o| same_word(word, o))).collect();
    if !shared.iter().any(|word| weight(word) > LIGHT) {
        return 0;
    }
    let total = |words: &[String]| words.iter().map(|word| weight(word)).sum::<u32>();
    let common: u32 = shared.iter().map(|word| weight(word)).sum();
    let united = total(&left.words) + total(&right.words);
    let only_right: u32 = right
        .words
        .iter()
        .filter(|word| left.words.iter().any(|other| same_word(word, other)))
        .map(|word| weight(word))
        .sum();
    let union = united - only_right;
    (100 * common / union.max(1)).min(99)
}

/// Whether a name is nothing but a label: `feature-a`.
fn bare_label(name: &Name) -> bool {
    matches!(&name.words[..], [kind, label] if is_label_kind(kind) && label.len() <= 2)
}

fn is_label_kind(word: &str) -> bool {
    matches!(word, "feature" | "component" | "module" | "epic" | "team")
}

/// Equal words, or one the beginning of the other and not much shorter than a syllable.
fn same_word(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    short == long || (short.len() >= SYLLABLE && long.starts_with(short))
}

fn weight(word: &str) -> u32 {
    let numbered = word.bytes().all(|byte| byte.is_ascii_digit());
    if numbered || is_common(word) { LIGHT } else { HEAVY }
}

fn is_common(word: &str) -> bool {
    matches!(
        word,
        "a" | "and"
            | "api"
            | "app"
            | "backend"
            | "component"
            | "components"
            | "core"
            | "epic"
            | "feature"
            | "for"
            | "frontend"
            | "handling"
            | "implementation"
            | "interface"
            | "layer"
            | "management"
            | "module"
            | "of"
            | "page"
            | "service"
            | "services"
            | "support"
            | "system"
            | "team"
            | "the"
            | "tests"
            | "ui"
            | "with"
    )
}

/// The lower-case words of a name; parts of `camelCase` count as words. Letters with marks are
/// spelled out as in names of files, whichever way Unicode has of writing them.
fn words(name: &str) -> Vec<String> {
    let plain;
    let name = if name.is_ascii() {
        name
    } else {
        plain = spelled_out(name);
        &plain
    };
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && before_lower) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before_lower = c.is_lowercase();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;

    fn features(names: &[&str]) -> Vec<Feature> {
        let feature = |written: &&str| {
            let (label, name) = match written.split_once(": ") {
                Some((label, name)) => (label.rsplit(' ').next().map(str::to_lowercase), name),
                None => (None, *written),
            };
            let declared = (0, Span::default());
            Feature { name: name.into(), slug: slug(name), label, iteration: 0, declared }
        };
        names.iter().map(feature).collect()
    }

    /// Each row: the declared features, a name met in a path or a heading, what it means.
    #[test]
    fn names_find_their_features() {
        const APP: &[&str] = &["Feature A: User Authentication", "Feature B: Todo Management"];
        const SLACK: &[&str] =
            &["Data Layer", "Feedback System", "Neural Network", "Slack Integration"];
        let rows: &[(&[&str], &str, Match)] = &[
            (APP, "auth", Match::One(0)),
            (APP, "user-authentication", Match::One(0)),
            (APP, "todos", Match::One(1)),
            (APP, "todo-management", Match::One(1)),
            (APP, "feature-b", Match::One(1)),
            (APP, "FeatureA", Match::One(0)),
            (&["Übersicht", "Suche"], "uebersicht", Match::One(0)),
            (&["Uebersicht", "Suche"], "U\u{308}bersicht", Match::One(0)),
            (APP, "billing", Match::None),
            (APP, "management", Match::None),
            (SLACK, "data-layer", Match::One(0)),
            (SLACK, "NeuralNetwork", Match::One(2)),
            (SLACK, "slack", Match::One(3)),
            (SLACK, "infrastructure", Match::None),
            (&["User Profile", "User Settings"], "user", Match::Several(vec![0, 1])),
            (&["Search", "Search Index"], "search", Match::One(0)),
        ];
        for (declared, name, expected) in rows {
            let found = Index::new(&features(declared)).find(&Name::new(name, None));
            assert_eq!(found, *expected, "{name} among {declared:?}");
        }
    }

    #[test]
    fn words_are_found_by_what_they_begin_with() {
        let names = ["Übersetzungen", "Auth", "Authent", "Authority", "Aut", "Überse"];
        let index = Index::new(&features(&names));
        let sharing = |word: &str| index.sharing_a_word(&[word.to_owned()]);
        assert_eq!(sharing("authentication"), [1, 2]);
        assert_eq!(sharing("authent"), [1, 2]);
        assert_eq!(sharing("aut"), [4]);
        assert_eq!(sharing("uebersetzung"), [0, 5]);
        assert_eq!(sharing("ueber"), [0, 5]);
        assert_eq!(sharing("zebra"), [] as [usize; 0]);
    }

    #[test]
    fn a_heading_names_features_in_full_or_by_label() {
        let declared =
            Index::new(&features(&["Feature A: Slack Integration", "Feature B: Data Layer"]));
        assert_eq!(declared.named_in("Epic 1: Slack Integration and data models"), [0]);
        assert_eq!(declared.named_in("Results for Feature B"), [1]);
        assert_eq!(declared.named_in("Integration report"), [] as [usize; 0]);

        let plain = Index::new(&features(&["API", "Search"]));
        assert_eq!(plain.named_in("API unit tests"), [0]);
        assert_eq!(plain.named_in("Search unit tests"), [1]);
    }
}
