//! The labeled pieces of a document's part: "Request:" with what stands behind and below it.

use std::borrow::Cow;

use super::loose;
use super::parts::role;
use super::shape::{self, Entry};
use crate::base::{Span, words::normalize};
use crate::facts::{Block, BlockKind, DocumentFacts, Field, SectionId, Table};

/// A label with its value and the blocks that belong to it.
#[derive(Debug, Default)]
pub(super) struct Piece<'f> {
    /// The label as [`normalize`] gives it.
    pub name: Cow<'f, str>,
    /// The label with the notes behind it: `Response (200)`.
    pub label: &'f str,
    pub span: Span,
    /// What stands on the label's line.
    pub value: Span,
    pub entries: Vec<Entry<'f>>,
    /// What stands between fences.
    pub codes: Vec<Span>,
    pub tables: Vec<&'f Table>,
    /// Its lines stand in a fence, where names need no marks.
    pub is_drawn: bool,
    /// All of it.
    pub extent: Span,
}

/// No body on the lines of a label is longer, in bytes. The limit keeps the work on long
/// paragraphs proportional to their length.
const LONGEST: usize = 4000;

/// The pieces in a part of the document that say a part of a contract, in its order.
pub(super) fn within(facts: &DocumentFacts, extent: Span) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let sections = facts.headings_in(extent).filter_map(|(id, _)| of_section(facts, id, extent));
    found.extend(sections);
    let in_heading = |place: Span| {
        let section = facts.section(facts.section_at(place));
        section.heading.covers(place)
    };
    let fields = facts.fields_in(extent).filter(|field| !in_heading(field.label));
    found.extend(fields.filter_map(|field| of_field(facts, field, extent)));
    for (id, block) in facts.blocks_in(extent) {
        if matches!(block.kind, BlockKind::Item | BlockKind::Paragraph) {
            found.extend(loose::of_mark(facts, id, block, extent));
            found.extend(loose::of_sentences(facts, block));
        }
        if block.kind == BlockKind::Item {
            found.extend(loose::of_status(facts, block));
        }
    }
    found.extend(facts.tables_in(extent).flat_map(|table| loose::of_table(facts, table)));
    found.extend(facts.codes_in(extent).filter_map(|code| {
        let language = facts.text_of(code.language);
        let http = matches!(language, "" | "http" | "text" | "HTTP");
        let response = http && facts.text_of(code.body).trim_start().starts_with("HTTP/");
        let label = if response { Some("response") } else { unmarked_label(facts, code.block) };
        let label = label?;
        Some(Piece {
            name: normalize(label).into(),
            label,
            span: code.span,
            codes: vec![code.body],
            extent: code.span,
            ..Piece::default()
        })
    }));
    found.sort_by_key(|piece| (piece.extent.start, std::cmp::Reverse(piece.extent.end)));
    let mut until = 0;
    found.retain(|piece| {
        let outer = piece.extent.start >= until;
        until = if outer { piece.extent.end } else { until };
        outer
    });
    found
}

/// A short paragraph right before a code that says what it shows: `Request body`, `Response 200`.
fn unmarked_label(facts: &DocumentFacts, code: u32) -> Option<&str> {
    let before = facts.blocks.get(code.checked_sub(1)? as usize)?;
    let text = facts.text_of(facts.own_text(before));
    let text = text.trim_matches(['*', '_', '`', ':', ' ']);
    let short = before.kind == BlockKind::Paragraph && text.len() <= 40 && !text.contains('\n');
    (short && role(&normalize(text), text).is_some()).then_some(text)
}

fn of_section<'f>(facts: &'f DocumentFacts, id: SectionId, limit: Span) -> Option<Piece<'f>> {
    let section = facts.section(id);
    let title = facts.text_of(section.title);
    role(&section.name, title)?;
    let body = section.body;
    let extent = Span { start: section.heading.start, end: body.end.min(limit.end) };
    let inside = Span { start: body.start, end: extent.end };
    let first = facts.blocks_in(inside).find(|(_, block)| block.parent.is_none());
    let said = first.filter(|(_, block)| block.kind == BlockKind::Paragraph);
    let value = said.map_or(Span { start: inside.start, end: inside.start }, |(_, block)| {
        facts.own_text(block)
    });
    // A label in the section's own text says more exactly what it is.
    let mut fields = facts.fields_in(inside);
    let inner = fields.find(|field| role(&field.name, facts.text_of(field.label)).is_some());
    let inner =
        inner.filter(|field| facts.blocks[field.block as usize].kind == BlockKind::Paragraph);
    let inner = inner.map(|field| field.label.start);
    let mut paragraphs =
        facts.blocks_in(inside).filter(|(_, block)| block.kind == BlockKind::Paragraph);
    let marked = paragraphs.find_map(|(_, block)| Some(loose::marked_label(facts, block)?.0.start));
    let inner = [inner, marked].into_iter().flatten().min();
    if inner.is_some_and(|start| start <= value.end) {
        return None;
    }
    let end = inner.unwrap_or(extent.end);
    let inside = Span { start: inside.start, end };
    Some(Piece {
        name: Cow::Borrowed(&section.name),
        label: title,
        span: section.title,
        value,
        entries: entries(facts, inside),
        codes: facts.codes_in(inside).map(|code| code.body).collect(),
        tables: facts.tables_in(inside).collect(),
        is_drawn: false,
        extent: Span { start: extent.start, end },
    })
}

fn of_field<'f>(facts: &'f DocumentFacts, field: &'f Field, limit: Span) -> Option<Piece<'f>> {
    let label = facts.text_of(Span { start: field.label.start, end: field.value.start });
    role(&field.name, label)?;
    let block = &facts.blocks[field.block as usize];
    let value = whole_value(facts, field, block);
    let below = Span { start: value.end, end: field.content.end.min(limit.end) };
    let codes: Vec<Span> = facts.codes_in(below).map(|code| code.body).collect();
    let end = field.content.end.max(value.end).min(limit.end.max(value.end));
    let mut piece = Piece {
        name: Cow::Borrowed(&field.name),
        label,
        span: field.label,
        value,
        entries: entries(facts, below),
        codes,
        tables: facts.tables_in(below).collect(),
        is_drawn: false,
        extent: Span { start: field.label.start, end },
    };
    following(facts, field.block, limit, &mut piece);
    Some(piece)
}

/// Takes the code that follows a label's paragraph where the label has words of its own on its
/// line: `Response: a member` and then the sample.
pub(super) fn following(facts: &DocumentFacts, block: u32, limit: Span, piece: &mut Piece<'_>) {
    let is_empty = piece.codes.is_empty() && piece.entries.is_empty() && piece.tables.is_empty();
    let text = facts.text_of(piece.value);
    if !is_empty || text.contains(['{', '[']) {
        return;
    }
    let own = &facts.blocks[block as usize];
    let last_line =
        !facts.text_of(Span { start: piece.value.end, end: own.span.end }).contains('\n');
    let next = facts.blocks.get(block as usize + 1).filter(|next| next.kind == BlockKind::Code);
    if let Some(next) = next.filter(|next| limit.covers(next.span) && last_line)
        && let Some(code) = facts.codes_in(next.span).next()
    {
        piece.codes.push(code.body);
        piece.extent.end = next.span.end;
    }
}

/// The value of a field with the lines that a bracket in it goes on over.
fn whole_value(facts: &DocumentFacts, field: &Field, block: &Block) -> Span {
    let text = facts.text_of(field.value);
    let opened = text.matches('{').count() > text.matches('}').count();
    if !opened {
        return field.value;
    }
    let rest = Span { start: field.value.start, end: block.span.end.max(field.value.end) };
    let mut depth = 0;
    for (at, brace) in facts.text_of(rest).match_indices(['{', '}']) {
        match brace {
            "{" => depth += 1,
            _ => depth -= 1,
        }
        if depth == 0 && brace == "}" {
            return Span::new(rest.start as usize, rest.start as usize + at + 1);
        }
        if at > LONGEST || depth > shape::DEPTH {
            break;
        }
    }
    field.value
}

/// The items in a part of the document, as lines of a list.
fn entries(facts: &DocumentFacts, inside: Span) -> Vec<Entry<'_>> {
    let items = facts.blocks_in(inside).filter(|(_, block)| block.kind == BlockKind::Item);
    let depth = |block: &Block| {
        let (mut depth, mut at) = (0, block.parent);
        while let Some(id) = at {
            depth += u32::from(facts.blocks[id as usize].kind == BlockKind::Item);
            at = facts.blocks[id as usize].parent;
        }
        depth
    };
    let entry = |item: &Block| {
        let span = item_text(facts, item);
        Entry { text: facts.text_of(span), span, depth: depth(item) }
    };
    items.map(|(_, item)| entry(item)).filter(|entry| !entry.text.is_empty()).collect()
}

/// The text of an item without what is nested in it.
pub(super) fn item_text(facts: &DocumentFacts, item: &Block) -> Span {
    let own = facts.own_text(item);
    if !own.is_empty() {
        return own;
    }
    let first = facts.blocks_in(item.span).find(|(_, block)| block.kind == BlockKind::Paragraph);
    first.map_or(own, |(_, paragraph)| facts.own_text(paragraph))
}
