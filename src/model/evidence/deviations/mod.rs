//! Reads whether a document departs from what was agreed, and what it says about each departure
//! (S2.10, S2.11).
//!
//! Writers use headings, bold paragraphs, bullets, tables and labels for the same thing. What
//! counts is where the document speaks of deviations and what stands there, never single words.

mod aspects;
mod body;
mod denials;
mod entries;
mod flat;
mod kept;
mod labels;
mod outline;
mod parts;
mod prose;
mod regions;
mod runs;
mod table;
#[cfg(test)]
mod tests;
mod topics;

use crate::base::Span;
use crate::facts::{DocumentFacts, Section};
use crate::model::phrases::is_blank;
use crate::workflow::Vocabulary;

/// What a document says about its deviations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deviations {
    pub statement: Statement,
    /// The first heading or label that announces them.
    pub place: Option<Span>,
    /// Whether nothing stands at any such place, or only what holds the place of something.
    pub blank: bool,
    /// Where it says that there are none.
    pub none: Option<Span>,
    /// How many it says there are.
    pub declared: Option<Declared>,
    pub entries: Vec<Deviation>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Statement {
    /// It says that there are none.
    None,
    /// It tells of some.
    Reported,
    /// It says nothing.
    #[default]
    Silent,
    /// It says that there are none, or how many, and tells something else.
    Contradictory,
}

/// A number of deviations that a document states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    pub count: usize,
    /// It counts a part of them only, such as those fixed automatically.
    pub partial: bool,
    pub span: Span,
}

/// One reported departure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deviation {
    /// How the document names it, without emphasis and numbering.
    pub title: String,
    /// The line or cell that names it.
    pub span: Span,
    /// Everything that is said about it.
    pub extent: Span,
    /// What was agreed and what was done instead.
    pub what: Option<Span>,
    pub why: Option<Span>,
    /// What it means for other features.
    pub impact: Option<Span>,
    pub resolution: Option<Span>,
}

impl Statement {
    /// The word that `inspect` prints.
    pub fn word(self) -> &'static str {
        match self {
            Statement::None => "none",
            Statement::Reported => "reported",
            Statement::Silent => "silent",
            Statement::Contradictory => "contradictory",
        }
    }
}

impl Deviation {
    /// The parts that are not stated, as messages name them.
    pub fn missing(&self) -> Vec<&'static str> {
        let parts = [(self.what, "what changed"), (self.why, "why"), (self.impact, "its impact")];
        parts.iter().filter(|(part, _)| part.is_none()).map(|(_, name)| *name).collect()
    }
}

/// What one place of a document says.
#[derive(Debug, Default)]
struct Said {
    none: Option<Span>,
    declared: Option<Declared>,
    entries: Vec<Deviation>,
}

/// Reads what a document says about its deviations.
pub fn read(facts: &DocumentFacts, words: &Vocabulary) -> Deviations {
    let regions = regions::find(facts);
    let mut said: Vec<Said> =
        regions.iter().map(|region| body::read(facts, words, region)).collect();
    if said.iter().all(|one| one.none.is_none() && one.entries.is_empty()) {
        said.push(prose::read(facts));
    }
    let place = regions.first().map(|region| region.name);
    let blank = !regions.is_empty() && regions.iter().all(|region| is_empty(facts, region.body));
    Deviations { place, blank, ..conclude(said) }
}

/// What a section tells, one by one, in the forms in which deviations are told: for sections that
/// resolve them or list changes.
pub fn told(facts: &DocumentFacts, words: &Vocabulary, section: &Section) -> Vec<Deviation> {
    body::read(facts, words, &regions::of_section(section)).entries
}

/// Whether a place holds nothing but comments and slots.
fn is_empty(facts: &DocumentFacts, body: Span) -> bool {
    let mut comments = facts.comments.iter().filter(|comment| body.covers(**comment)).peekable();
    if comments.peek().is_none() {
        return facts.text_of(body).lines().all(is_blank);
    }
    let mut text = facts.text_of(body).to_owned();
    for comment in comments {
        text = text.replace(facts.text_of(*comment), "");
    }
    text.lines().all(is_blank)
}

fn conclude(said: Vec<Said>) -> Deviations {
    let torn = said.iter().any(|one| one.none.is_some() && !one.entries.is_empty());
    let none = said.iter().filter(|one| !torn || !one.entries.is_empty()).find_map(|one| one.none);
    let declared = said.iter().find_map(|one| one.declared);
    let mut entries: Vec<Deviation> = said.into_iter().flat_map(|one| one.entries).collect();
    entries.sort_by_key(|entry| entry.span);
    let miscounted = declared.is_some_and(|declared| {
        declared.count > entries.len() || !declared.partial && declared.count != entries.len()
    });
    let statement = match (entries.is_empty(), none.is_some() || declared.is_some()) {
        (_, true) if torn || miscounted => Statement::Contradictory,
        (false, _) => Statement::Reported,
        (true, true) => Statement::None,
        (true, false) => Statement::Silent,
    };
    Deviations { statement, none, declared, entries, ..Deviations::default() }
}
