//! Reads product documents: stories, criteria, journeys, flows, priorities.
//!
//! Teams put these together freely, so one reader serves all of them. Only the stories document
//! declares stories; elsewhere a heading `US-001` refers to one.

mod criteria;
mod journeys;
mod priorities;
mod rows;
mod sentence;
mod stories;

use crate::base::Span;
use crate::base::words::{normalize, past_tags, without_markup};
use crate::facts::{DocumentFacts, SectionId};
use crate::model::ids::{self, Id, Mention, Mentions};
use crate::workflow::Kind;

pub use criteria::{Covered, Criterion, Heading};
pub use journeys::Journey;
pub use priorities::{Priorities, Priority};
pub use sentence::Sentence;
pub use stories::Story;

/// What a product document says.
#[derive(Debug, Default)]
pub struct Product {
    /// The stories that a stories document tells. Empty for other kinds.
    pub stories: Vec<Story>,
    pub criteria: Vec<Criterion>,
    /// The journeys of a document of golden paths. Empty for other kinds.
    pub journeys: Vec<Journey>,
    pub priorities: Priorities,
    /// Identifiers that begin a heading, an item or a row, whether or not a story is told there.
    pub headed: Vec<Mention>,
    /// Every identifier the document names.
    pub mentions: Mentions,
}

/// Reads a product document of a kind.
pub fn read(kind: Kind, facts: &DocumentFacts) -> Product {
    let mentions = Mentions::of(facts);
    let stories = match kind {
        Kind::Stories => stories::read(facts),
        _ => Vec::new(),
    };
    let journeys = match kind {
        Kind::Journeys => journeys::read(facts, &mentions),
        _ => Vec::new(),
    };
    Product {
        criteria: criteria::read(facts, &mentions, kind == Kind::Criteria),
        priorities: priorities::read(facts, |span| mentions.within(span)),
        headed: headed(facts),
        stories,
        journeys,
        mentions,
    }
}

/// What any document says about priorities: a roadmap sets them as well as the stories do.
pub fn priorities(facts: &DocumentFacts) -> Priorities {
    priorities::read(facts, |span| ids::within(facts, span).into())
}

/// Identifiers that begin a heading, an item or a row.
pub fn headed(facts: &DocumentFacts) -> Vec<Mention> {
    let headings = facts.sections.iter().map(|section| section.title);
    let items = facts.blocks.iter().filter(|block| block.kind == crate::facts::BlockKind::Item);
    let rows = facts.tables.iter().flat_map(|table| table.rows().filter_map(|row| row.first()));
    let starts = headings.chain(items.map(|item| item.span)).chain(rows.copied());
    let mut found: Vec<Mention> = starts.filter_map(|start| leading(facts, start)).collect();
    found.sort_by_key(|mention| mention.span.start);
    found
}

/// The identifier that a heading, item or cell begins with, past its markers.
fn leading(facts: &DocumentFacts, start: Span) -> Option<Mention> {
    let text = facts.text_of(start);
    let bare = past_tags(text);
    // "1. US-001" in a list: the marker's number is no identifier's beginning.
    let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = match numbered.strip_prefix(['.', ')']) {
        Some(rest) if numbered.len() < bare.len() => {
            rest.trim_start_matches(|c: char| !c.is_alphanumeric())
        }
        _ => bare,
    };
    let (id, length) = ids::leading(bare)?;
    let from = start.start as usize + text.len() - bare.len();
    Some(Mention { id, until: None, span: Span::new(from, from + length) })
}

/// Whether a heading above a place says that it is not for now: "Out of Scope", "Future Stories".
pub fn is_deferred(facts: &DocumentFacts, section: SectionId) -> bool {
    const LATER: &[&str] = &[
        "backlog",
        "cut",
        "deferred",
        "excluded",
        "future",
        "icebox",
        "later",
        "wont",
        "parked",
        "postponed",
        "rejected",
        "roadmap",
    ];
    above(facts, section).any(|name| {
        name.contains("out of scope")
            || name.contains("not in scope")
            || name.starts_with("wont ")
            || name.starts_with("outside ")
            || name.split(' ').any(|word| LATER.contains(&word)) && !name.contains("active")
    })
}

/// The normalized names of a section and of those that hold it.
pub fn above(facts: &DocumentFacts, section: SectionId) -> impl Iterator<Item = &str> {
    facts.outward(section).map(|(_, section)| &*section.name)
}

/// A title without its identifier and marks, normalized: what two documents have in common.
fn bare_title(text: &str, id: Option<&Id>) -> String {
    let text = without_markup(text);
    let after = id.and_then(|id| text.split_once(&*id.written));
    let name = normalize(after.map_or(&text, |(_, rest)| rest));
    match name.strip_prefix("user story ").or_else(|| name.strip_prefix("story ")) {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}
