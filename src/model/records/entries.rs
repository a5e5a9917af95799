//! Entries of a list, in any of the ways people write one: rows of a table, headings with labeled
//! values below, items with labeled values nested in them, labels that come again and again.

use crate::base::Span;
use crate::base::words::{self, normalize};
use crate::facts::{Block, BlockId, BlockKind, DocumentFacts, Field, Section, SectionId, Table};
use crate::model::phrases::{List, one_of};

/// One entry, with its labeled values in the order of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is called, as it stands there.
    pub title: Span,
    /// Where findings about it stand: its heading, its item's text, its first cell.
    pub place: Span,
    /// All that belongs to it.
    pub extent: Span,
    pub values: Vec<Value>,
}

/// A labeled value of an entry: a cell below its header, what follows a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The label as [`normalize`] gives it.
    pub name: Box<str>,
    /// The label, or the header of the column.
    pub label: Span,
    /// What stands on the label's line, or in the cell.
    pub line: Span,
    /// The value with the list, table or code that belongs to it.
    pub content: Span,
}

impl Entry {
    /// The first value under one of these labels.
    pub fn value(&self, labels: &List) -> Option<&Value> {
        self.values.iter().find(|value| one_of(labels, &value.name))
    }

    /// The text under one of these labels, where it says anything at all.
    pub fn text<'f>(&self, facts: &'f DocumentFacts, labels: &List) -> Option<&'f str> {
        let text = facts.text_of(self.value(labels)?.content).trim();
        (!crate::model::phrases::is_blank(text)).then_some(text)
    }
}

/// The entries of a part of a document: what carries at least one of the labels that are theirs
/// alone. In document order.
pub fn entries(facts: &DocumentFacts, extent: Span, labels: &List) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for table in facts.tables_in(extent) {
        found.extend(rows(facts, table, labels));
    }
    found.extend(groups(facts, extent, labels));
    found.sort_by_key(|entry| entry.place.start);
    found
}

/// A part of a document as one entry: everything that stands in it under a label, under a heading
/// or beside a name in a table of two columns.
pub fn whole(facts: &DocumentFacts, extent: Span) -> Entry {
    let mut values: Vec<Value> = facts.fields_in(extent).map(value).collect();
    for (_, section) in facts.headings_in(extent) {
        let is_label = values.iter().any(|one| section.heading.covers(one.label));
        if !is_label && section.level > 1 {
            let content = Span { start: section.heading.end, end: section.extent.end };
            let (name, label) = (section.name.clone(), section.title);
            values.push(Value { name, label, line: section.body, content });
        }
    }
    for table in facts.tables_in(extent).filter(|table| table.columns == 2) {
        let rows = std::iter::once(table.header()).chain(table.rows());
        values.extend(rows.filter_map(|row| {
            let [label, cell] = *row else { return None };
            let name = normalize(facts.text_of(label)).into();
            Some(Value { name, label, line: cell, content: cell })
        }));
    }
    values.sort_by_key(|value| value.label.start);
    let inside = |title: &&Section| extent.covers(title.heading);
    let title = facts.title().filter(inside).map_or(facts.beginning(), |title| title.title);
    Entry { title, place: title, extent, values }
}

fn value(field: &Field) -> Value {
    Value {
        name: field.name.clone(),
        label: field.label,
        line: field.value,
        content: field.content,
    }
}

/// The rows of a table that has one of the labels in its header. The first column that is no
/// number and no mark names the entry.
fn rows(facts: &DocumentFacts, table: &Table, labels: &List) -> Vec<Entry> {
    let names: Vec<String> =
        table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
    if !names.iter().any(|name| one_of(labels, name)) {
        return Vec::new();
    }
    let entry = |row: &[Span]| {
        let columns = names.iter().zip(table.header()).zip(row);
        let values = columns.map(|((name, &label), &cell)| Value {
            name: name.as_str().into(),
            label,
            line: cell,
            content: cell,
        });
        let is_name =
            |cell: &&Span| facts.text_of(**cell).chars().filter(|c| c.is_alphabetic()).count() > 1;
        let (first, last) = (*row.first()?, *row.last()?);
        let title = row.iter().find(is_name).copied().unwrap_or(first);
        Some(Entry { title, place: first, extent: first.to(last), values: values.collect() })
    };
    table.rows().filter_map(entry).collect()
}

/// What labeled values belong to: an item that is no label itself, else a heading that is none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Item(BlockId),
    Section(SectionId),
}

/// Labeled values by what holds them. Where a holder has its first label twice, it holds several.
fn groups(facts: &DocumentFacts, extent: Span, labels: &List) -> Vec<Entry> {
    let mut groups: Vec<(Holder, Vec<&Field>)> = Vec::new();
    for field in facts.fields_in(extent) {
        let holder = holder(facts, extent, field, labels);
        match groups.iter_mut().rev().find(|(known, _)| *known == holder) {
            Some((_, fields)) if fields.first().is_none_or(|one| one.name != field.name) => {
                fields.push(field);
            }
            _ => groups.push((holder, vec![field])),
        }
    }
    let carries = |fields: &[&Field]| fields.iter().any(|one| one_of(labels, &one.name));
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, all)| carries(all)).collect();
    groups.sort_by_key(|(_, fields)| fields[0].label.start);
    let several = |holder: Holder| groups.iter().filter(|(one, _)| *one == holder).count() > 1;
    groups.iter().map(|(holder, fields)| entry(facts, *holder, fields, several(*holder))).collect()
}

fn holder(facts: &DocumentFacts, extent: Span, field: &Field, labels: &List) -> Holder {
    let mut at = Some(field.block);
    while let Some(id) = at {
        let block = &facts.blocks[id as usize];
        if block.kind == BlockKind::Item && is_entry(facts, block, labels) {
            return Holder::Item(id);
        }
        at = block.parent.filter(|&id| extent.covers(facts.blocks[id as usize].span));
    }
    let is_entry = |(_, section): &(SectionId, &Section)| !one_of(labels, &section.name);
    let section = facts.outward(field.section).find(is_entry);
    Holder::Section(section.map_or(field.section, |(id, _)| id))
}

/// Whether an item is an entry: it holds one of the labels, and begins with none of them itself.
fn is_entry(facts: &DocumentFacts, item: &Block, labels: &List) -> bool {
    let text = facts.own_text(item);
    let text = if text.is_empty() { item.span } else { text };
    let leads = |field: &Field| {
        let before = Span { start: text.start, end: field.label.start.max(text.start) };
        !facts.text_of(before).contains(char::is_alphanumeric)
    };
    let mut own = facts.fields_in(item.span).filter(|field| one_of(labels, &field.name));
    own.next().is_some_and(|first| !leads(first))
}

fn entry(facts: &DocumentFacts, holder: Holder, fields: &[&Field], several: bool) -> Entry {
    let last = fields.last().map_or(fields[0].content, |field| field.content);
    let own = fields[0].label.to(last);
    let (title, place, extent) = match holder {
        _ if several => (fields[0].value, fields[0].label, own),
        Holder::Item(id) => {
            let item = &facts.blocks[id as usize];
            let text = first_line(facts, item);
            (text, text, item.span)
        }
        Holder::Section(id) => {
            let section = facts.section(id);
            let place = if section.heading.is_empty() { fields[0].label } else { section.heading };
            (section.title, place, section.extent)
        }
    };
    let values = fields.iter().map(|field| value(field)).collect();
    Entry { title, place, extent, values }
}

/// What an item says before anything nested in it.
pub(super) fn first_line(facts: &DocumentFacts, item: &Block) -> Span {
    let own = facts.own_text(item);
    let span = if own.is_empty() { item.span } else { own };
    let text = facts.text_of(span);
    let lead = text.len() - text.trim_start_matches(['-', '*', '+', ' ', '\t']).len();
    let line = text[lead..].lines().next().unwrap_or("").trim_end();
    let start = span.start as usize + lead;
    Span::new(start, start + line.len())
}

/// The id that a title begins with: `DEC-3: Storage`, `R1 – Slow build`, `Task 2A`.
pub fn id(title: &str) -> Option<String> {
    let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = bare.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).next()?;
    let numbered = word.contains(|c: char| c.is_ascii_digit());
    (numbered && word.starts_with(|c: char| c.is_alphabetic())).then(|| words::flat(word))
}
