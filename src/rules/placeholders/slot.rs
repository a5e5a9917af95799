use memchr::memchr3_iter;

use super::context::Place;
use super::sections::{Holds, Sections};
use super::slots::{self, Weight};
use super::{finding, marker, shown, undecided, words};
use crate::base::{Level, Span};
use crate::facts::{BlockId, BlockKind, DocumentFacts, InlineKind, Style};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "unfilled-slot",
    summary: "a slot of a template was never filled in",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/unfilled-slot.md"),
    check: Check::Text(check),
};

const HELP: &str = "replace the slot by what it asks for, or delete the line if it does not apply";

/// So many sure slots make a document one in which bracketed phrases are slots too.
const TEMPLATE: usize = 2;

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let sections = Sections::new(facts);
    let mut slots = bracketed(&sections, facts);
    slots.extend(blanks(facts));
    slots.extend(untitled(facts));
    slots.sort_by_key(|slot| slot.span);
    let sure = slots.iter().filter(|slot| slot.sure).count();
    let mut line = 0;
    while line < slots.len() {
        // The slots of one line ask for one thing.
        let next = slots[line..].iter().position(|slot| slot.line != slots[line].line);
        let end = next.map_or(slots.len(), |next| line + next);
        let together = &slots[line..end];
        let counts = together[0].sure || together.len() > 1 || sure >= TEMPLATE;
        let first = together.iter().find(|slot| slot.sure).unwrap_or(&together[0]);
        if counts && !is_said_otherwise(&sections, facts, together) {
            let message = format!("{} was never filled in", shown(facts.text_of(first.span)));
            out.push(finding(facts, first.span, message, HELP));
        }
        line = end;
    }
}

struct Slot {
    span: Span,
    /// Where its line begins.
    line: u32,
    /// A slot whatever else the document holds.
    sure: bool,
}

/// Slots in brackets, wherever text runs.
fn bracketed(sections: &Sections, facts: &DocumentFacts) -> Vec<Slot> {
    let mut found = Vec::new();
    let mut inlines = facts.inlines.iter().peekable();
    let mut done = 0;
    for at in memchr3_iter(b'[', b'<', b'{', facts.text.as_bytes()) {
        let place = at as u32;
        while inlines.next_if(|inline| inline.span.end <= place).is_some() {}
        let Some(inline) = inlines.peek() else { break };
        if place < inline.span.start.max(done) || inline.style.link || inline.style.struck {
            continue;
        }
        let opens = match inline.kind {
            InlineKind::Text => true,
            InlineKind::Html => place == inline.span.start,
            InlineKind::Code | InlineKind::Break => false,
        };
        if let Some(slot) = opens.then(|| bracket_at(sections, facts, at)).flatten() {
            done = slot.span.end.min(inline.span.end);
            found.push(slot);
        }
    }
    let blocks = facts.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Html);
    for (id, block) in blocks.filter(|(_, block)| sections.is_slot(block.span)) {
        let place = Place::in_block(facts, block.span, id as BlockId, Style::default());
        let waits = !place.is_announced();
        found.extend(waits.then_some(Slot {
            span: block.span,
            line: block.span.start,
            sure: true,
        }));
    }
    found
}

fn bracket_at(sections: &Sections, facts: &DocumentFacts, at: usize) -> Option<Slot> {
    let (slot, weight) = slots::at_start(&facts.text[at..])?;
    if weight == Weight::None || slot.contains("\n\n") {
        return None;
    }
    let span = Span::new(at, at + slot.len());
    let (inline, block) = facts.inline_at(span.start)?;
    let place = Place::in_block(facts, span, block, inline.style);
    let before = place.before_raw().chars().next_back();
    let after = place.after_raw();
    let glued = before
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | '\\' | '/' | '$' | '`' | '<'));
    let continued =
        after.starts_with(['(', '[', '/', '`', '.']) && !after.starts_with(". ") && after.len() > 1;
    if glued || continued {
        return None;
    }
    let whole = place.is_whole();
    let angle = slot.starts_with('<');
    if angle && sections.is_closed(slot) {
        return None;
    }
    if !whole && (place.is_quoted() || is_talked_about(&place) || angle && !begins_value(&place)) {
        return None;
    }
    let sure = match weight {
        Weight::Certain => true,
        Weight::Phrase => whole,
        Weight::Noun => whole && is_alone(&place),
        Weight::None => false,
    };
    // A parameter such as `Bearer <token>` stays one in the middle of a text.
    let counts = sure || (weight == Weight::Phrase && !angle);
    let parameter = angle && weight == Weight::Noun && place.kind == BlockKind::Cell;
    let shows = words::says(words::EXAMPLE_TITLES, &place.label);
    if !counts || parameter || shows || place.is_announced() || is_shape(&place, slot) {
        return None;
    }
    Some(Slot { span, line: place.segment.start.min(line_start(facts, at)), sure })
}

/// `Response: {id}`: an object with one field. A field called `response` would say nothing there.
fn is_shape(place: &Place, slot: &str) -> bool {
    let Some(name) = slot.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) else {
        return false;
    };
    let name = name.trim();
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name && !words::contains(words::BODIES, name) && announces_body(place)
}

/// Whether a body is expected at a place: by its label, or by that of the item around its item.
fn announces_body(place: &Place) -> bool {
    let is_body = |label: &str| {
        let known = |word: &str| {
            words::contains(words::BODIES, word) || word.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mut parts = label.split(|c: char| !c.is_alphanumeric()).filter(|one| !one.is_empty());
        parts.clone().any(|word| words::contains(words::BODIES, word)) && parts.all(known)
    };
    if !place.label.is_empty() {
        return is_body(&place.label);
    }
    let facts = place.facts;
    let around = facts.blocks[place.block as usize].parent;
    let around = around.map(|id| &facts.blocks[id as usize]);
    let item = around.filter(|block| block.kind == BlockKind::Item);
    item.is_some_and(|block| is_body(facts.text_of(facts.own_text(block)).trim()))
}

/// A sentence about slots shows some.
fn is_talked_about(place: &Place) -> bool {
    words::says(words::ABOUT_SLOTS, place.before())
        || words::says(words::ABOUT_SLOTS, place.after())
}

/// Behind a label, a dash or an arrow, where a value is expected. Elsewhere in a text angles name
/// a parameter.
fn begins_value(place: &Place) -> bool {
    let before = place.before_raw().trim_end();
    before.is_empty() || before.ends_with([':', '-', '–', '—', '|', '=', '→', '>', '*', '('])
}

/// One word in brackets is a slot where a value is expected, not where a line consists of it.
fn is_alone(place: &Place) -> bool {
    !place.label.is_empty()
        || matches!(place.kind, BlockKind::Item | BlockKind::Heading | BlockKind::Cell)
        || place.facts.text_of(place.span).starts_with("{{")
        || place.facts.text_of(place.span).starts_with('<')
}

/// Values that are lines to write on, forms of a date, dots or a question
/// mark.
fn blanks(facts: &DocumentFacts) -> Vec<Slot> {
    let values = facts.fields.iter().map(|field| (field.value, &*field.name));
    let cells =
        facts.tables.iter().flat_map(|table| table.cells.iter().map(|cell| (*cell, "cell")));
    let mut found = Vec::new();
    for (value, name) in values.chain(cells) {
        let text = facts.text_of(value);
        // Most values begin with another letter, and few begin with a sign.
        if text.starts_with(|c: char| c.is_ascii_alphanumeric() && !matches!(c, 'Y' | 'D' | 'M')) {
            continue;
        }
        let text = text.trim();
        let blank = text.len() >= 3 && text.bytes().all(|byte| byte == b'_');
        let date = text.starts_with(['Y', 'D', 'M']) && slots::fills(text);
        let dots = matches!(text, "..." | "…" | "?" | "??") && name != "cell";
        let is_format = || ["format", "pattern", "style"].iter().any(|word| name.contains(word));
        if (blank || date || dots) && !is_format() {
            let line = line_start(facts, value.start as usize);
            found.push(Slot { span: value, line, sure: true });
        }
    }
    found
}

/// Headings that end in a dash where their title should follow.
fn untitled(facts: &DocumentFacts) -> impl Iterator<Item = Slot> {
    let headings = facts.sections.iter().skip(1);
    headings
        .filter(|section| {
            let title = facts.text_of(section.title).trim_end();
            title.strip_suffix(['—', '–', '-']).is_some_and(|title| title.ends_with(' '))
        })
        .map(|section| Slot { span: section.title, line: section.heading.start, sure: true })
}

/// Whether another rule speaks about these slots: they hold a marker, or are all that their
/// section holds.
fn is_said_otherwise(sections: &Sections, facts: &DocumentFacts, slots: &[Slot]) -> bool {
    let first = &slots[0];
    let last = &slots[slots.len() - 1];
    let all = first.span.to(last.span);
    if marker::marks(facts, all) || undecided::leaves_open(facts, all) {
        return true;
    }
    let id = sections.at(all.start);
    facts.section(id).body.covers(all)
        && matches!(sections.holds(id), Holds::Slot(slot) if slot.covers(all))
        && super::empty_section::speaks_of(sections, facts, id)
}

fn line_start(facts: &DocumentFacts, at: usize) -> u32 {
    facts.text[..at].rfind('\n').map_or(0, |newline| newline as u32 + 1)
}
