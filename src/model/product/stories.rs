//! Finds the stories that a stories document tells.

use std::collections::HashMap;

use super::{Sentence, rows};
use super::{above, bare_title, criteria, is_deferred, leading, priorities, sentence};
use crate::base::Span;
use crate::base::words::{normalize, without_markup};
use crate::facts::{Block, BlockKind, DocumentFacts, Section, SectionId};
use crate::model::ids::{self, Form, Id, Mention};
use crate::model::part_of;
use crate::model::phrases::words;

/// One user story.
#[derive(Debug, PartialEq)]
pub struct Story {
    pub id: Option<Id>,
    /// Without the identifier: `Join the shed`. The sentence's beginning where it has no title.
    pub title: String,
    /// The title, normalized: what other documents may call the story by.
    pub name: String,
    /// The story's own section, or the one that holds its item or row.
    pub section: SectionId,
    /// Where the story is named: its heading's text, or the beginning of its item or row.
    pub span: Span,
    /// Everything that is said about it here.
    pub extent: Span,
    pub sentence: Sentence,
    /// A label, a column, a mark in the title or a heading above gives it a priority.
    pub has_priority: bool,
    /// It has criteria here, in whatever form.
    pub has_criteria: bool,
    /// It is kept for later, or was given up.
    pub deferred: bool,
    /// It says itself that no user asks for it.
    pub technical: bool,
}

/// Prefixes of identifiers that stories do not have.
const OTHER: &[&str] = &["AC", "EPIC", "FR", "GP", "NFR", "UF", "UJ"];
/// Headings that show what a story looks like.
const TEMPLATES: &[&str] = &["example", "examples", "format", "gabarit", "legend", "template"];

/// Every story, in document order: headings tell them, else rows, else items.
pub(super) fn read(facts: &DocumentFacts) -> Vec<Story> {
    let mut found = headed(facts);
    if found.is_empty() {
        found = rows::read(facts);
    }
    found.extend(items(facts, &found));
    found.sort_by_key(|story| story.span.start);
    let mut known: HashMap<&Id, usize> = HashMap::new();
    let mut first = |at, id| *known.entry(id).or_insert(at);
    let ids = found.iter().map(|story| story.id.as_ref()).enumerate();
    let firsts: Vec<usize> = ids.map(|(at, id)| id.map_or(at, |id| first(at, id))).collect();
    let mut kept: Vec<Story> = Vec::with_capacity(found.len());
    let mut places: Vec<usize> = Vec::with_capacity(found.len());
    for (story, first) in found.into_iter().zip(firsts) {
        match places.get(first) {
            Some(&place) => {
                unite(&mut kept[place], &story);
                places.push(place);
            }
            None => {
                places.push(kept.len());
                kept.push(story);
            }
        }
    }
    kept
}

/// A story named twice, in a list and with its details, is one.
fn unite(known: &mut Story, again: &Story) {
    let longer = again.extent.end - again.extent.start > known.extent.end - known.extent.start;
    if longer {
        (known.section, known.span, known.extent) = (again.section, again.span, again.extent);
    }
    if !again.sentence.is_absent() {
        known.sentence = again.sentence;
    }
    known.has_priority |= again.has_priority;
    known.has_criteria |= again.has_criteria;
    known.deferred &= again.deferred;
    known.technical |= again.technical;
}

/// The stories that have a heading.
fn headed(facts: &DocumentFacts) -> Vec<Story> {
    let mut found: Vec<Story> = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
        let inner = found
            .last()
            .is_some_and(|story| story.extent.covers(section.heading) && story.id.is_some());
        if is_template(facts, id) || (inner && leading(facts, section.title).is_none()) {
            continue;
        }
        found.extend(of_section(facts, id, section));
    }
    // What has other identifiers than most is a story only if it tells one.
    let mut told: Vec<String> = found
        .iter()
        .filter(|story| !story.sentence.is_absent())
        .filter_map(|story| Some(story.id.as_ref()?.prefix().to_owned()))
        .collect();
    told.sort_unstable();
    told.dedup();
    found.retain(|story| match story.id.as_ref().map(Id::prefix) {
        Some(prefix) => prefix == "US" || told.iter().any(|known| known == prefix),
        None => !story.sentence.is_absent(),
    });
    found
}

/// Whether a section shows what a story looks like: "Story Format".
fn is_template(facts: &DocumentFacts, section: SectionId) -> bool {
    above(facts, section).any(|name| {
        let (first, last) = (name.split(' ').next(), name.split(' ').next_back());
        let told = |word: Option<&str>| word.is_some_and(|word| TEMPLATES.contains(&word));
        (told(first) || told(last)) && !name.starts_with("us ") && name.split(' ').count() < 5
    })
}

fn of_section(facts: &DocumentFacts, id: SectionId, section: &Section) -> Option<Story> {
    let named = own_id(facts, section);
    let extent = Span { start: section.heading.start, end: section.extent.end };
    let told = part_of(&facts.blocks, section.body, |block| block.span).iter();
    let sentences = told.filter(|block| block.kind == BlockKind::Item && tells(facts, block));
    if named.is_none() && sentences.count() > 1 {
        return None;
    }
    let region = story_region(facts, id, section, named.is_some());
    let sentence = sentence::read(facts, region);
    if named.is_none() && (sentence.who.is_none() || sentence.what.is_none()) {
        return None;
    }
    if sentence.who.is_some_and(|who| facts.text_of(who).starts_with(['[', '<', '{'])) {
        return None;
    }
    // The rows of a table are stories of their own.
    let in_table = |who: Span| facts.tables_in(region).any(|table| table.span.covers(who));
    if named.is_none() && sentence.who.is_some_and(in_table) {
        return None;
    }
    let title = facts.text_of(section.title);
    let mut story = story(facts, named.map(|mention| mention.id), id, section.title, extent);
    story.sentence = sentence;
    story.has_priority |= priorities::in_title(title);
    Some(story)
}

/// The identifier of a story's heading: at its beginning, or the one it names in parentheses.
fn own_id(facts: &DocumentFacts, section: &Section) -> Option<Mention> {
    let fits = |mention: &Mention| !OTHER.contains(&mention.id.prefix());
    if let Some(mention) = leading(facts, section.title) {
        return fits(&mention).then_some(mention);
    }
    let mut named = ids::within(facts, section.title);
    let first = named.pop().filter(|_| named.is_empty())?;
    let lone = first.until.is_none() && first.id.prefix() == "US" && first.id.form == Form::Code;
    lone.then_some(first)
}

/// Where a section tells its story: up to its criteria or the next story. Without an identifier
/// the section must tell it at once.
fn story_region(facts: &DocumentFacts, id: SectionId, section: &Section, named: bool) -> Span {
    let mut end = section.extent.end;
    let below = part_of(&facts.sections, section.extent, |section| section.heading).iter();
    for inner in below.filter(|inner| inner.heading.start > section.heading.start) {
        let story = named && leading(facts, inner.title).is_none();
        let part = inner.level == Section::PSEUDO || story;
        if criteria::announces(&inner.name) || !part {
            end = end.min(inner.heading.start);
        }
    }
    let fields = part_of(&facts.fields, section.extent, |field| field.label).iter();
    let labels = fields.filter(|field| criteria::announces(&field.name));
    end = labels.map(|field| field.label.start).fold(end, u32::min);
    let start = if id == 0 { 0 } else { section.heading.end };
    Span { start: start.min(end), end }
}

/// Whether an item tells a story by itself.
fn tells(facts: &DocumentFacts, block: &Block) -> bool {
    let sentence = sentence::read(facts, block.span);
    sentence.who.is_some() && sentence.what.is_some()
}

/// The stories that are items of a list, outside of the stories found so far.
fn items(facts: &DocumentFacts, found: &[Story]) -> Vec<Story> {
    let inside = |block: &Block| {
        let next = found.partition_point(|story| story.extent.start <= block.span.start);
        found[..next].iter().rev().take(8).any(|story| story.extent.covers(block.span))
    };
    let mut more: Vec<Story> = Vec::new();
    let mut end = 0;
    for block in facts.blocks.iter().filter(|block| block.kind == BlockKind::Item) {
        let shows = is_template(facts, block.section);
        if block.span.start < end || shows || inside(block) {
            continue;
        }
        let named =
            leading(facts, block.span).filter(|mention| !OTHER.contains(&mention.id.prefix()));
        let told = tells(facts, block);
        // An item that only names a story lists it; details are told elsewhere, or nowhere.
        let lists = named.as_ref().is_some_and(|one| one.id.prefix() == "US") && found.is_empty();
        if told || lists {
            end = block.span.end;
            let line = first_line(facts, block.span);
            let mut story = story(facts, named.map(|one| one.id), block.section, line, block.span);
            story.sentence = sentence::read(facts, block.span);
            more.push(story);
        }
    }
    more
}

/// What is common to stories in any form.
pub(super) fn story(
    facts: &DocumentFacts,
    id: Option<Id>,
    section: SectionId,
    span: Span,
    extent: Span,
) -> Story {
    let text = &*without_markup(facts.text_of(span));
    let title = id.as_ref().and_then(|id| text.split_once(&*id.written));
    let title = title.map_or(
        text,
        |(before, after)| {
            if normalize(after).is_empty() { before } else { after }
        },
    );
    let title = title.trim_matches(|c: char| !c.is_alphanumeric() && !")]\"'".contains(c));
    let fields = || part_of(&facts.fields, extent, |field| field.label).iter();
    let valued = |field: &&crate::facts::Field| !field.content.is_empty();
    let said = |names: &[&str], values: &[&str]| {
        fields().any(|field| {
            names.contains(&&*field.name) && {
                let value = normalize(facts.text_of(field.value));
                values.iter().any(|word| value.starts_with(word))
            }
        })
    };
    let later = ["backlog", "cancel", "cut", "deferred", "future", "later", "out of scope", "wont"];
    let priority = |field: &crate::facts::Field| priorities::announces(&field.name);
    Story {
        name: bare_title(text, id.as_ref()),
        title: title.to_owned(),
        id,
        section,
        span,
        extent,
        sentence: Sentence::default(),
        has_priority: fields().filter(valued).any(priority)
            || above(facts, section).any(priorities::sorts),
        has_criteria: criteria::stand_in(facts, extent),
        deferred: is_deferred(facts, section)
            || said(&["status", "priority", "moscow", "release", "scope"], &later),
        technical: is_technical(&normalize(text))
            || above(facts, section).any(is_technical)
            || said(&["type", "kind", "category"], TECHNICAL),
    }
}

/// Types of stories that no user asks for.
const TECHNICAL: &[&str] =
    &["chore", "enabler", "infrastructure", "non functional", "spike", "tech", "technical"];

/// Whether a normalized title says the same; "Chore list" is a feature like any other.
fn is_technical(name: &str) -> bool {
    let says = |word: &str| matches!(word, "enabler" | "infrastructure" | "spike" | "technical");
    words(name).any(says) || name.contains("non functional")
}

/// The first line of an item, past its marker.
fn first_line(facts: &DocumentFacts, span: Span) -> Span {
    let text = facts.text_of(span);
    let line = text.lines().next().unwrap_or("");
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = span.start as usize + line.len() - bare.len();
    Span::new(start, start + bare.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn told(text: &str) -> Vec<String> {
        let shown = |story: &Story| {
            let id = story.id.as_ref().map_or("-", |id| &id.written);
            let marks = [
                (story.sentence.is_whole(), " whole"),
                (story.has_criteria, " criteria"),
                (story.has_priority, " priority"),
                (story.deferred, " deferred"),
            ];
            let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
            format!("{id} {}{marks}", story.title)
        };
        read(&extract(text.as_bytes())).iter().map(shown).collect()
    }

    #[test]
    fn headings_tell_stories() {
        let text = "# Stories\n## Epic 1: Setup\n### US-001: Install\n**AS A** user\n**I WANT** it\n\
            **SO THAT** it runs\n\n**ACCEPTANCE CRITERIA:**\n- [ ] fast\n\n### US-002: Run (P1)\n\nText.\n\
            ## Must Have\n### Story 3 - Stop\n\nAs a user, I want to stop.\n## Future Stories\n### US-9: Fly\n\
            ## <a id=\"us-10\"></a>[US-10: Land](#land)\n";
        let expected = [
            "US-001 Install whole criteria",
            "US-002 Run (P1) priority",
            "Story 3 Stop priority",
            "US-9 Fly deferred",
            "US-10 Land",
        ];
        assert_eq!(told(text), expected);
    }

    #[test]
    fn rows_and_items_tell_stories_where_no_heading_does() {
        let rows = "| ID | As a | I want | So that | Priority |\n|---|---|---|---|---|\n\
            | US-1 | user | to go | I get there | P1 |\n| US-2 | user | to stay |  |  |\n";
        assert_eq!(told(rows), ["US-1 to go whole priority", "US-2 to stay"]);
        let last = "# User Stories\n\n| ID | Title | Feature | Priority | Story |\n|---|---|---|---|---|\n\
            | US-1 | Going | A | P1 | As a user, I want to go, so that I get there. |\n\
            | US-2 | Staying | A | | As a user, I want to stay, so that I rest. |\n";
        assert_eq!(told(last), ["US-1 Going whole priority", "US-2 Staying whole"]);
        let items = "## Import\n- As a manager, I want to upload, so that I see it.\n\
            - As a clerk, I want to check.\n## Other\n- **US-7**: Sign out\n";
        let found = told(items);
        assert_eq!(found.len(), 3);
        assert!(found[0].ends_with(" whole") && found[2] == "US-7 Sign out");
    }

    #[test]
    fn other_sections_tell_none() {
        let text = "# User Stories\n\n## Story Format\n\n**As a** [role]\n**I want** [x]\n**So that** [y]\n\n\
            ## Personas\n- **Role**: admin\n## Epic 2: Money\n### AC-001: Paid\n- Given a\n\
            ## Definition of Done\n1. All criteria met\n";
        assert_eq!(told(text), Vec::<String>::new());
    }
}
