//! What a part of a document lists, whatever it is: its items, the rows of its tables, headings of
//! its own, else its paragraphs.

use super::entries::{first_line, id};
use crate::base::Span;
use crate::facts::{Block, BlockId, BlockKind, DocumentFacts};
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
    let mut found = headings(facts, extent);
    let own: Vec<Span> = found.iter().map(|line| line.extent).collect();
    let is_free = |place: Span| !own.iter().any(|heading| heading.covers(place));
    for table in facts.tables_in(extent).filter(|table| is_free(table.span)) {
        for row in table.rows() {
            let [first, .., last] = row else { continue };
            let named = row.iter().find(|cell| !is_blank(facts.text_of(**cell))).unwrap_or(first);
            let cells = table.header().iter().copied().zip(row.iter().copied()).collect();
            found.push(Line { title: *named, extent: first.to(*last), cells });
        }
    }
    for (_, item) in items(facts, extent).filter(|(_, item)| is_free(item.span)) {
        if !is_nested(facts, item, extent) {
            let title = first_line(facts, item);
            found.push(Line { title, extent: item.span, cells: Vec::new() });
        }
    }
    if found.is_empty() {
        let words = facts.blocks_in(extent).filter(|(_, one)| one.kind == BlockKind::Paragraph);
        let line = |span| Line { title: span, extent: span, cells: Vec::new() };
        found.extend(words.map(|(_, block)| line(block.span)));
        // The value of a label is no paragraph of its own.
        if found.is_empty() && !facts.text_of(extent).contains('\n') {
            found.push(line(extent));
        }
    }
    found.retain(|line| !is_blank(facts.text_of(line.title)));
    found.sort_by_key(|line| line.extent.start);
    found
}

/// The headings that are entries themselves: those that begin with an id or a number, and those
/// that hold neither items nor tables. Others put entries into groups.
fn headings(facts: &DocumentFacts, extent: Span) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    for (_, section) in facts.headings_in(extent) {
        let title = facts.text_of(section.title);
        let counts = id(title).is_some() || title.trim().starts_with(|c: char| c.is_ascii_digit());
        let lists = items(facts, section.extent).next().is_some()
            || facts.tables_in(section.extent).next().is_some();
        let below = facts.headings_in(section.extent).filter(|(_, one)| one.level > section.level);
        let groups = lists || below.count() > 0;
        let known = found.iter().any(|known| known.extent.covers(section.extent));
        if !known && (counts || !groups) {
            let (title, extent) = (section.title, section.extent);
            found.push(Line { title, extent, cells: Vec::new() });
        }
    }
    found
}

fn items(facts: &DocumentFacts, extent: Span) -> impl Iterator<Item = (BlockId, &Block)> {
    facts.blocks_in(extent).filter(|(_, block)| block.kind == BlockKind::Item)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn listed(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        let all = lines(&facts, Span::new(0, facts.text.len()));
        all.iter().map(|line| facts.text_of(line.title).trim().to_owned()).collect()
    }

    #[test]
    fn headings_are_entries_or_put_them_into_groups() {
        let entries = "### SEC-1: Hash\n\n- with a key\n\n### 2. Wait\n\n- ten seconds\n";
        assert_eq!(listed(entries), ["SEC-1: Hash", "2. Wait"]);
        let groups = "### Security\n\n- Hash\n  - with a key\n\n### Speed\n\n| What |  |\n|-|-|\n| Wait | x |\n";
        assert_eq!(listed(groups), ["Hash", "Wait"]);
        assert_eq!(listed("Hash it.\n\nWait.\n"), ["Hash it.", "Wait."]);
    }
}
