//! Names of features, as words that weigh more or less.

use super::super::Feature;
use crate::base::words::spelled_out;

/// A feature as far as names tell it: what matching needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    pub(super) words: Vec<String>,
    pub(super) label: Option<String>,
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

    /// The words without which nothing names it in full: all, or the weighty ones where there
    /// are several.
    pub(super) fn needed(&self) -> Vec<String> {
        let weighty = |word: &&String| weight(word) > LIGHT;
        let several = self.words.iter().filter(weighty).count() > 1;
        self.words.iter().filter(|word| !several || weighty(word)).cloned().collect()
    }

    pub(super) fn of(feature: &Feature) -> [Name; 2] {
        let label = feature.label.as_deref();
        [Name::new(&feature.name, label), Name::new(&feature.slug, label)]
    }
}

/// The form of a feature's name that stands in paths: `User Authentication` →
/// `user-authentication`.
pub fn slug(name: &str) -> String {
    words(name).join("-")
}

/// Scores are percentages. A name that shares less than this with a feature means another thing.
pub(super) const MINIMUM: u32 = 29;
/// A word begins another only from this many bytes on.
pub(super) const SYLLABLE: usize = 4;
pub(super) const LIGHT: u32 = 3;
const HEAVY: u32 = 10;

/// How much of two names is the same, from 0 to 100.
pub(super) fn likeness(left: &Name, right: &Name) -> u32 {
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

pub(super) fn is_label_kind(word: &str) -> bool {
    matches!(word, "feature" | "component" | "module" | "epic" | "team")
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

/// The lower-case words of a name, as [`parted`] gives them.
fn words(name: &str) -> Vec<String> {
    let parted = parted(name);
    parted.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The lower-case words of a name, parted by single blanks; parts of `camelCase` count as words.
/// Letters with marks are spelled out as in names of files, whichever way Unicode has of writing
/// them.
pub(super) fn parted(name: &str) -> String {
    let plain;
    let name = if name.is_ascii() {
        name
    } else {
        plain = spelled_out(name);
        &plain
    };
    let mut out = String::with_capacity(name.len() + 8);
    let mut before_lower = false;
    for c in name.chars() {
        let ends = !c.is_alphanumeric() || (before_lower && c.is_uppercase());
        if ends && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
        before_lower = c.is_lowercase();
    }
    out
}
