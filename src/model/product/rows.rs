//! Stories that are rows of a table.

use super::stories::{Story, story};
use super::{Sentence, criteria, leading, priorities, sentence};
use crate::base::{Span, words::normalize};
use crate::facts::{DocumentFacts, Table};

/// Columns that make a table tell stories.
const TOLD: &[&str] =
    &["as a", "description", "i want", "i want to", "story", "title", "user story"];

/// The stories of every table that tells some.
pub(super) fn read(facts: &DocumentFacts) -> Vec<Story> {
    facts.tables.iter().flat_map(|table| of_table(facts, table)).collect()
}

fn of_table(facts: &DocumentFacts, table: &Table) -> Vec<Story> {
    let header = table.header().iter().map(|&cell| normalize(facts.text_of(cell)));
    let header: Vec<String> = header.collect();
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
    if column(TOLD).is_none() {
        return Vec::new();
    }
    let who = column(&["as a", "as an", "role", "actor", "persona", "who", "user"]);
    let what = column(&["i want", "i want to", "goal", "what", "need"]);
    let why = column(&["so that", "benefit", "value", "why", "reason", "in order to"]);
    let title = column(&["title", "name", "story", "user story", "i want", "i want to"]);
    let told = table.rows().filter_map(|row| {
        let filled = |at: Option<usize>| {
            at.and_then(|at| row.get(at)).copied().filter(|cell| !cell.is_empty())
        };
        let first = *row.first()?;
        let extent = row.iter().fold(first, |whole, &cell| whole.to(cell));
        let id = leading(facts, first).map(|mention| mention.id);
        let cell = filled(title).or_else(|| filled(column(TOLD))).unwrap_or(first);
        // The sentence may stand in any column, whichever gives the title.
        let cells = std::iter::once(cell).chain(row.iter().copied());
        let sentences = cells.map(|cell| sentence::read(facts, cell));
        let mut sentence = sentences.fold(Sentence::default(), fuller);
        if what.is_some() {
            let parts = Sentence { who: filled(who), what: filled(what), why: filled(why) };
            sentence = if sentence.is_whole() { sentence } else { parts };
        }
        let story_like = id.as_ref().is_some_and(|id| id.prefix() == "US");
        if !story_like && (sentence.who.is_none() || sentence.what.is_none()) {
            return None;
        }
        let span = if id.is_some() { first } else { cell };
        let mut story = story(facts, id, table.section, span, extent);
        story.title = facts.text_of(cell).trim_matches(['*', '`', ' ']).to_owned();
        story.name = normalize(&story.title);
        story.sentence = sentence;
        let has = |announces: fn(&str) -> bool| {
            let mut columns = header.iter().zip(row);
            columns.any(|(name, cell): (&String, &Span)| announces(name) && !cell.is_empty())
        };
        story.has_criteria |= has(criteria::announces);
        story.has_priority |= has(priorities::announces);
        Some(story)
    });
    told.collect()
}

/// The sentence that says more; the first of two that say equally much.
fn fuller(one: Sentence, other: Sentence) -> Sentence {
    let parts = |said: &Sentence| [said.who, said.what, said.why].iter().flatten().count();
    if parts(&other) > parts(&one) { other } else { one }
}
