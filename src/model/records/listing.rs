//! What a part of a document lists, whatever it is: its items, the rows of its tables, headings of
//! its own, else its paragraphs.

use super::entries::first_line;
use crate::base::Span;
use crate::facts::{Block, BlockKind, DocumentFacts};
use crate::model::phrases::is_blank;

/// One thing that is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is said first: the line of an item, the first cell with words, a heading.
    pub title: Span,
    /// With all that belongs to it.
    pub extent: Span,
    /// The header of the table and the cells, for a row.
    pub cells: Vec<(Span, Span)>,
}

/// Everything that a part lists, in document order. What only holds a place is left out.
pub fn lines(facts: &DocumentFacts, extent: Span) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for table in facts.tables_in(extent) {
        for row in table.rows() {
            let [first, .., last] = row else { continue };
            let named = row.iter().find(|cell| !is_blank(facts.text_of(**cell))).unwrap_or(first);
            let cells = table.header().iter().copied().zip(row.iter().copied()).collect();
            found.push(Line { title: *named, extent: first.to(*last), cells });
        }
    }
    let items = facts.blocks_in(extent).filter(|(_, block)| block.kind == BlockKind::Item);
    for (_, item) in items.filter(|(_, item)| !is_nested(facts, item, extent)) {
        let title = first_line(facts, item);
        found.push(Line { title, extent: item.span, cells: Vec::new() });
    }
    if found.is_empty() {
        let below = facts.headings_in(extent).filter(|(_, one)| one.heading.start > extent.start);
        for (_, section) in below {
            let line = Line { title: section.title, extent: section.extent, cells: Vec::new() };
            if !found.iter().any(|known| known.extent.covers(section.extent)) {
                found.push(line);
            }
        }
    }
    if found.is_empty() {
        let words = facts.blocks_in(extent).filter(|(_, one)| one.kind == BlockKind::Paragraph);
        let line = |span| Line { title: span, extent: span, cells: Vec::new() };
        found.extend(words.map(|(_, block)| line(block.span)));
        let text = facts.text_of(extent);
        // The value of a label is no paragraph of its own.
        if found.is_empty() && !text.contains('\n') {
            found.push(line(extent));
        }
    }
    found.retain(|line| !is_blank(facts.text_of(line.title)));
    found.sort_by_key(|line| line.extent.start);
    found
}

/// Whether an item stands below another item of the same part.
fn is_nested(facts: &DocumentFacts, item: &Block, extent: Span) -> bool {
    let mut at = item.parent;
    while let Some(id) = at {
        let holder = &facts.blocks[id as usize];
        if holder.kind == BlockKind::Item && extent.covers(holder.span) {
            return true;
        }
        at = holder.parent;
    }
    false
}
