//! Names of features, as words that weigh more or less.

use super::super::Feature;
use crate::base::words::spelled_out;

/// A feature as far as names tell it: what matching needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// As [`parted`] gives it.
    pub(super) text: String,
    pub(super) label: Option<String>,
}

impl Name {
    /// Reads a name, with the label it may carry: `Feature A: User Authentication`,
    /// `user-authentication`, `WebhookService`.
    pub fn new(written: &str, label: Option<&str>) -> Self {
        let text = parted(written);
        let label = label.map(str::to_lowercase).or_else(|| bare_label(&text).map(str::to_owned));
        Self { text, label }
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.text)
    }

    /// Whether every word of weight stands in another name too. Names that each have a word the
    /// other lacks are two things: "API design" is no part of "Data model design".
    pub fn is_part_of(&self, other: &Name) -> bool {
        let holds = |name: &Name, word: &str| name.words().any(|own| same_word(word, own));
        let mut own = self.weighty().peekable();
        own.peek().is_some()
            && own.all(|word| holds(other, word))
            && (self.words().all(|word| is_joint(word) || holds(other, word))
                || other.weighty().all(|word| holds(self, word)))
    }

    /// How its words of weight begin. Words that are taken for the same have the same stem.
    pub fn stems(&self) -> impl Iterator<Item = Stem> + '_ {
        self.weighty().map(stem)
    }

    pub(super) fn weighty(&self) -> impl Iterator<Item = &str> {
        self.words().filter(|word| weight(word) > LIGHT)
    }

    /// Whether a text says every word without which nothing names it in full: all, or the
    /// weighty ones where there are several.
    pub(super) fn is_said(&self, mut says: impl FnMut(&str) -> bool) -> bool {
        let (mut weighty, mut all) = (0, !self.text.is_empty());
        for word in self.words() {
            let said = says(word);
            if weight(word) > LIGHT {
                if !said {
                    return false;
                }
                weighty += 1;
            }
            all &= said;
        }
        all || weighty > 1
    }

    /// The names that a feature goes by: the one people read, and the one in paths where it has
    /// other words.
    pub(super) fn of(feature: &Feature) -> Vec<Name> {
        let label = feature.label.as_deref();
        let (name, slug) = (Name::new(&feature.name, label), Name::new(&feature.slug, label));
        if name == slug { vec![name] } else { vec![name, slug] }
    }
}

/// The form of a feature's name that stands in paths: `User Authentication` →
/// `user-authentication`.
pub fn slug(name: &str) -> String {
    parted(name).replace(' ', "-")
}

/// Scores are percentages. A name that shares less than this with a feature means another thing.
pub(super) const MINIMUM: u32 = 29;
/// A word begins another only from this many bytes on.
pub(super) const SYLLABLE: usize = 4;
pub(super) const LIGHT: u32 = 3;
const HEAVY: u32 = 10;

/// How much of two names is the same, from 0 to 100.
pub(super) fn likeness(left: &Name, right: &Name) -> u32 {
    if left.text == right.text && !left.text.is_empty() {
        return 100;
    }
    let bare = |name: &Name| bare_label(&name.text).is_some();
    if left.label.is_some() && left.label == right.label && (bare(left) || bare(right)) {
        return 100;
    }
    let in_both = |one: &Name, other: &Name| {
        let shared = one.words().filter(|word| other.words().any(|o| same_word(word, o)));
        shared.map(weight).fold((0, 0), |(sum, most), weight| (sum + weight, most.max(weight)))
    };
    let (common, heaviest) = in_both(left, right);
    if heaviest <= LIGHT {
        return 0;
    }
    let total = |name: &Name| name.words().map(weight).sum::<u32>();
    let union = total(left) + total(right) - in_both(right, left).0;
    (100 * common / union.max(1)).min(99)
}

/// The label where a name is nothing else: `feature-a`.
pub(super) fn bare_label(text: &str) -> Option<&str> {
    let (kind, label) = text.split_once(' ')?;
    (label.len() <= 2 && !label.contains(' ') && is_label_kind(kind)).then_some(label)
}

pub(super) fn is_label_kind(word: &str) -> bool {
    matches!(word, "feature" | "component" | "module" | "epic" | "team")
}

/// As many bytes as two words must share to be the same.
pub type Stem = [u8; SYLLABLE];

fn stem(word: &str) -> Stem {
    let mut stem = [0; SYLLABLE];
    for (to, from) in stem.iter_mut().zip(word.bytes()) {
        *to = from;
    }
    stem
}

/// Equal words, or one the beginning of the other and not much shorter than a syllable.
pub(super) fn same_word(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    short == long || (short.len() >= SYLLABLE && long.starts_with(short))
}

pub(super) fn weight(word: &str) -> u32 {
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
            | "engine"
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
            | "subsystem"
            | "system"
            | "team"
            | "the"
            | "tests"
            | "ui"
            | "with"
    )
}

/// The words of a text as [`parted`] gives it.
pub(super) fn words(parted: &str) -> impl Iterator<Item = &str> {
    parted.split(' ').filter(|word| !word.is_empty())
}

/// Words that tell nothing about a thing, whatever name they stand in.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "a" | "and"
            | "component"
            | "components"
            | "feature"
            | "for"
            | "module"
            | "of"
            | "the"
            | "with"
    )
}

/// The lower-case words of a name, parted by single blanks; parts of `camelCase` count as words.
/// Letters with marks are spelled out as in names of files, whichever way Unicode has of writing
/// them.
pub fn parted(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let (mut before_lower, mut between) = (false, true);
    let mut add = |c: char, in_word: bool, is_upper: bool, is_lower: bool| {
        if !between && (!in_word || before_lower && is_upper) {
            out.push(' ');
            between = true;
        }
        if in_word {
            match c.is_ascii() {
                true => out.push(c.to_ascii_lowercase()),
                false => out.extend(c.to_lowercase()),
            }
            between = false;
        }
        before_lower = is_lower;
    };
    if name.is_ascii() {
        for c in name.bytes() {
            let in_word = c.is_ascii_alphanumeric();
            add(char::from(c), in_word, c.is_ascii_uppercase(), c.is_ascii_lowercase());
        }
    } else {
        for c in spelled_out(name).chars() {
            add(c, c.is_alphanumeric(), c.is_uppercase(), c.is_lowercase());
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}
