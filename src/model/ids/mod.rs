//! Identifiers that documents give to stories, criteria, journeys: `US-001`, `AC-1.2`, `GP-3`.
//!
//! One identifier is written in many ways, so identifiers compare by their parts: `us-1`,
//! `US-001` and `User Story 1` are the same. What stands in code, in a file name or in a longer
//! word is no identifier.

mod mentions;
mod read;
mod scan;
mod set;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::base::Span;
use crate::facts::{DocumentFacts, InlineKind};

pub use mentions::Mentions;
pub use read::{find, leading};
pub use set::{Bases, Named};

/// One identifier. Equality and order go by its parts; the spelling is kept for messages.
#[derive(Clone, Debug, Eq)]
pub struct Id {
    /// Its parts joined by hyphens: words in upper case, and numbers without leading zeros behind
    /// a small letter that counts their digits, so that keys sort as their parts do: `US-b7`
    /// before `US-c12`. Documents name identifiers by the thousand, so each is one piece.
    key: Box<str>,
    /// As the document writes it; a number that shares the prefix of a list before it
    /// ("US-001, 002") stands with that prefix.
    pub written: Box<str>,
    pub form: Form,
}

/// How an identifier is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `US-001`, `US1`: cannot be read as anything else.
    Code,
    /// `Story 1`, `US 1`: prose may use the same words by chance.
    Words,
}

/// A place that names an identifier, or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub id: Id,
    /// The last identifier of a range such as "US-001 through US-019".
    pub until: Option<Box<Id>>,
    pub span: Span,
}

impl Id {
    /// One form of all its spellings.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The letters before the first number, in upper case: `US`, `US-AUTH`.
    pub fn prefix(&self) -> &str {
        let number = self.key.bytes().position(|byte| byte.is_ascii_lowercase());
        self.key[..number.unwrap_or(self.key.len())].trim_end_matches('-')
    }

    /// Whether both begin with the same letters, as members of one list do.
    pub fn is_like(&self, other: &Id) -> bool {
        self.prefix() == other.prefix()
    }

    /// The numbers right after the prefix, as one piece that equals that of equal numbers:
    /// `AC-001.2` has 1 and 2.
    pub fn numbers(&self) -> &str {
        let after = &self.key[self.prefix().len()..];
        let word = after.match_indices('-').find(|(joint, _)| {
            !after.as_bytes().get(joint + 1).is_some_and(u8::is_ascii_lowercase)
        });
        &after[..word.map_or(after.len(), |(joint, _)| joint)]
    }

    /// What numbers begin with: nothing, the first number, …, all but the last.
    pub fn beginnings(&self) -> impl Iterator<Item = &str> {
        let numbers = self.numbers();
        numbers.match_indices('-').map(move |(joint, _)| &numbers[..joint])
    }

    /// Whether this identifier is built upon another: `US-001-AC-2`, `AC-US-001-2` and
    /// `US-001.2` are built upon `US-001`.
    pub fn builds_on(&self, other: &Id) -> bool {
        self.base_keys().any(|key| *key == *other.key)
    }

    /// Everything shorter that this identifier is built upon.
    pub fn bases(&self) -> impl Iterator<Item = Id> {
        self.base_keys().map(|key| Id { key: key.into(), ..self.clone() })
    }

    /// The keys of the shorter runs of its parts.
    fn base_keys(&self) -> impl Iterator<Item = &str> {
        let key = &*self.key;
        let joints = || key.match_indices('-').map(|(at, _)| at);
        let starts = std::iter::once(0).chain(joints().map(|at| at + 1));
        starts
            .flat_map(move |start| {
                let ends = joints().chain([key.len()]).filter(move |end| *end > start);
                ends.map(move |end| &key[start..end])
            })
            .filter(|base| base.len() < key.len())
    }

    /// Whether the numbers of this identifier begin with those of another, as those of `AC-001.2`
    /// begin with those of `US-001`: a way to tell that one belongs to the other.
    pub fn continues(&self, other: &Id) -> bool {
        let others = other.numbers();
        self.beginnings().any(|beginning| beginning == others)
    }
}

impl Mention {
    /// Whether this place names the identifier, by itself or within its range.
    pub fn covers(&self, id: &Id) -> bool {
        match &self.until {
            None => self.id == *id,
            Some(until) => self.id.is_like(id) && self.id <= *id && *id <= **until,
        }
    }

    /// The identifiers that are spelled out here: one, or both ends of a range.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.id).chain(self.until.as_deref())
    }
}

/// The mentions in a span of a document, code and comments left out.
pub fn within(facts: &DocumentFacts, span: Span) -> Vec<Mention> {
    let mut found = find(facts.text_of(span));
    for mention in &mut found {
        mention.span.start += span.start;
        mention.span.end += span.start;
    }
    found.retain(|mention| !is_code(facts, mention.span));
    found
}

fn is_code(facts: &DocumentFacts, span: Span) -> bool {
    let inline = last_before(&facts.inlines, span, |inline| inline.span);
    let in_line = inline.is_some_and(|inline| {
        inline.span.covers(span) && matches!(inline.kind, InlineKind::Code | InlineKind::Html)
    });
    let code = last_before(&facts.codes, span, |code| code.span);
    let comment = last_before(&facts.comments, span, |comment| *comment);
    in_line
        || code.is_some_and(|code| code.span.covers(span))
        || comment.is_some_and(|comment| comment.covers(span))
}

/// The last of a list in document order that begins no later than a place.
fn last_before<T>(list: &[T], place: Span, span: impl Fn(&T) -> Span) -> Option<&T> {
    let after = list.partition_point(|one| span(one).start <= place.start);
    list.get(after.checked_sub(1)?)
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<String> {
        let shown = |mention: Mention| match mention.until {
            Some(until) => format!("{}..{until}", mention.id),
            None => mention.id.to_string(),
        };
        find(text).into_iter().map(shown).collect()
    }

    fn id(text: &str) -> Id {
        leading(text).map(|(id, _)| id).unwrap()
    }

    #[test]
    fn spellings_of_one_identifier_are_equal() {
        for spelling in ["us-1", "US-1", "US1", "US_01", "User Story 1", "Story #1", "STORY-001"] {
            assert_eq!(id(spelling), id("US-001"), "{spelling}");
        }
        assert_eq!(id("Golden Path 2"), id("GP-02"));
        assert_ne!(id("US-1.2"), id("US-1"));
        assert_eq!(id("US 1.2"), id("US-001.2"));
    }

    #[test]
    fn lists_and_ranges_name_what_they_leave_out() {
        assert_eq!(written("US-001 through US-019"), ["US-001..US-019"]);
        assert_eq!(written("US-001..003 and US-7"), ["US-001..US-003", "US-7"]);
        assert_eq!(written("**US-001** – **US-003**"), ["US-001..US-003"]);
        assert_eq!(written("US-001-US-003"), ["US-001..US-003"]);
        assert_eq!(written("US-1 to US-4."), ["US-1..US-4"]);
        assert_eq!(written("US-001, 002 and 004"), ["US-001", "US-002", "US-004"]);
        assert_eq!(written("US-001/002/US-003"), ["US-001", "US-002", "US-003"]);
        assert_eq!(written("Stories 1-3 and Story 5"), ["Stories 1..Stories 3", "Story 5"]);
        assert_eq!(written("US-001 to 10 users, US-2, 3 endpoints"), ["US-001", "US-2"]);
        assert_eq!(written("US-001 - Sign in"), ["US-001"]);
    }

    #[test]
    fn code_file_names_and_longer_words_name_nothing() {
        assert_eq!(written("`US-001` and ``a US-2``"), Vec::<String>::new());
        assert_eq!(written("US-001.md, US-001-login, docs/US-001, #us-001"), Vec::<String>::new());
        assert_eq!(written("BUS-1 us-east-1 give us 2 days, E2E, P0"), ["BUS-1", "us-east-1"]);
    }

    #[test]
    fn a_range_covers_what_lies_between() {
        let range = &find("US-001 through US-019")[0];
        assert!(range.covers(&id("US-7")));
        assert!(!range.covers(&id("US-20")));
        assert!(!range.covers(&id("AC-7")));
    }

    #[test]
    fn criteria_are_built_on_stories() {
        assert!(id("US-001-AC-2").builds_on(&id("US-1")));
        assert!(id("AC-US001-2").builds_on(&id("US-1")));
        assert!(!id("AC-001.2").builds_on(&id("US-1")));
        assert!(id("AC-001.2").continues(&id("US-1")));
        assert_eq!(id("US-AUTH-3").prefix(), "US-AUTH");
    }
}
