//! What stands around a suspicious word. The word alone never decides.

use super::words;
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, CheckState, DocumentFacts, Style};

/// A word or phrase of a document with what is needed to judge it.
pub(super) struct Place<'f> {
    pub facts: &'f DocumentFacts,
    pub span: Span,
    pub block: BlockId,
    pub kind: BlockKind,
    pub style: Style,
    /// The value, cell or line that the word stands in, box and label left out.
    pub segment: Span,
    /// All of the text that reads on: the value, the cell, or the text of the block.
    text: Span,
    /// The normalized label or column header that says what the segment is.
    pub label: String,
}

impl<'f> Place<'f> {
    /// The place of a span of running text. Nothing for code, markup and what is outside of
    /// blocks: comments, definitions of links.
    pub fn find(facts: &'f DocumentFacts, span: Span) -> Option<Self> {
        if facts.front_matter.is_some_and(|front_matter| front_matter.covers(span)) {
            return Self::in_front_matter(facts, span);
        }
        if facts.inline_at(span.start).is_none() {
            return Self::in_html(facts, span);
        }
        let (inline, block) = facts.inline_at(span.start)?;
        if inline.kind != crate::facts::InlineKind::Text {
            return None;
        }
        Some(Self::in_block(facts, span, block, inline.style))
    }

    /// A value of front matter: behind the key, the dash of a list or the sign of a comment, and
    /// inside its quotes.
    fn in_front_matter(facts: &'f DocumentFacts, span: Span) -> Option<Self> {
        let front_matter = facts.front_matter?;
        let line = line_of(facts, near(facts, front_matter, span), span);
        let text = line.of(&facts.text);
        let value = match facts.field_at(span.start) {
            Some(field) if field.value.covers(span) => field.value.of(&facts.text),
            Some(field) if field.label.covers(span) => return None,
            _ => text.trim_start_matches(['-', '#', ' ']),
        };
        let bare = value.trim_matches(['"', '\'', ' ']);
        let start = (bare.as_ptr() as usize).checked_sub(facts.text.as_ptr() as usize)?;
        let segment = Span::new(start, start + bare.len());
        let key = facts.fields.partition_point(|field| field.label.start <= span.start);
        let label = key.checked_sub(1).map_or("", |key| &facts.fields[key].name).to_owned();
        let (kind, style) = (BlockKind::FrontMatter, Style::default());
        let found = segment.covers(span);
        found.then_some(Self { facts, span, block: 0, kind, style, segment, text: segment, label })
    }

    /// Text between two tags, other than code.
    fn in_html(facts: &'f DocumentFacts, span: Span) -> Option<Self> {
        let after = facts.blocks.partition_point(|block| block.span.start <= span.start);
        let id = after.checked_sub(1)?;
        let block = facts.blocks[id];
        let commented = facts.comments.partition_point(|comment| comment.start <= span.start);
        let comment = commented.checked_sub(1).map(|last| facts.comments[last]);
        if block.kind != BlockKind::Html
            || !block.span.covers(span)
            || comment.is_some_and(|comment| comment.covers(span))
        {
            return None;
        }
        let around = near(facts, block.span, span);
        let before = Span { start: around.start, end: span.start }.of(&facts.text);
        let behind = Span { start: span.end, end: around.end }.of(&facts.text);
        let start = before.rfind(['<', '>']).map_or(0, |at| at + 1);
        let tag = before[..start].rfind('<').map_or("", |at| &before[at..start]);
        if before[..start].ends_with('<')
            || ["<code", "<pre", "<kbd", "<script", "<style"]
                .iter()
                .any(|code| tag.starts_with(code))
        {
            return None;
        }
        let end = span.end + behind.find('<').unwrap_or(behind.len()) as u32;
        let segment = Span { start: around.start + start as u32, end };
        let (kind, style, label) = (BlockKind::Html, Style::default(), String::new());
        let block = id as BlockId;
        Some(Self { facts, span, block, kind, style, segment, text: segment, label })
    }

    /// The place of a span in the text of a block that is known already.
    pub fn in_block(facts: &'f DocumentFacts, span: Span, block: BlockId, style: Style) -> Self {
        let held = &facts.blocks[block as usize];
        let (kind, whole) = (held.kind, near(facts, facts.own_text(held), span));
        let mut place = Self {
            facts,
            span,
            block,
            kind,
            style,
            segment: whole,
            text: whole,
            label: String::new(),
        };
        if kind == BlockKind::Cell {
            place.segment = held.span;
            place.text = held.span;
            place.label = column(facts, span);
            return place;
        }
        place.segment = line_of(facts, whole, span);
        let checks = facts.checks.partition_point(|check| check.mark.start <= span.start);
        if let Some(check) = checks.checked_sub(1).map(|last| &facts.checks[last])
            && check.block == block
            && check.text.covers(span)
        {
            place.segment.start = place.segment.start.max(check.text.start);
        }
        match facts.field_at(span.start) {
            Some(field) if field.block == block && field.value.covers(span) => {
                place.segment.start = place.segment.start.max(field.value.start);
                place.segment.end = place.segment.end.min(field.value.end);
                place.text = near(facts, field.value, span);
                place.label = field.name.to_string();
            }
            _ => {}
        }
        place
    }

    /// Whether nothing else stands in the segment but emphasis and punctuation.
    pub fn is_whole(&self) -> bool {
        let outside = |from, to| Span { start: from, end: to }.of(&self.facts.text);
        let before = outside(self.segment.start.min(self.span.start), self.span.start);
        let after = outside(self.span.end, self.segment.end.max(self.span.end));
        before.chars().all(is_decoration) && after.chars().all(is_decoration)
    }

    /// Whether the segment begins with the word.
    pub fn is_first(&self) -> bool {
        let before = Span { start: self.segment.start, end: self.span.start };
        before.of(&self.facts.text).chars().all(is_decoration)
    }

    /// Whether the word fills a pair of parentheses.
    pub fn is_parenthesized(&self) -> bool {
        self.before_raw().trim_end().ends_with('(')
            && self.after_raw().trim_start().starts_with(')')
    }

    /// Whether the word stands in quotation marks, as a word that is talked about.
    pub fn is_quoted(&self) -> bool {
        let opens = self.before_raw().ends_with(['"', '\'', '“', '‘', '«', '„', '`']);
        let closes = self.after_raw().starts_with(['"', '\'', '”', '’', '»', '`']);
        opens && closes || self.is_in_quotation()
    }

    /// The rest of the clause before the word: commas, dashes and parentheses part clauses.
    pub fn clause_before(&self) -> &'f str {
        let sentence = self.before();
        sentence.rfind(is_clause_border).map_or(sentence, |at| {
            let border = sentence[at..].chars().next().map_or(1, char::len_utf8);
            &sentence[at + border..]
        })
    }

    /// The sentence before the word.
    pub fn before(&self) -> &'f str {
        let before = self.before_raw();
        let ends = before.as_bytes().windows(2).rposition(ends_sentence);
        &before[ends.map_or(0, |at| at + 2)..]
    }

    /// The sentence after the word.
    pub fn after(&self) -> &'f str {
        let after = self.after_raw();
        let ends = after.as_bytes().windows(2).position(ends_sentence);
        &after[..ends.unwrap_or(after.len())]
    }

    pub fn before_raw(&self) -> &'f str {
        let start = self.text.start.min(self.span.start);
        Span { start, end: self.span.start }.of(&self.facts.text)
    }

    pub fn after_raw(&self) -> &'f str {
        let end = self.text.end.max(self.span.end);
        Span { start: self.span.end, end }.of(&self.facts.text)
    }

    /// Whether one of the last words of the clause before is in a list.
    pub fn is_preceded_by(&self, list: &str, within: usize) -> bool {
        last_words(self.clause_before(), within).any(|word| words::contains(list, word))
    }

    /// Whether the segment is about output that a reader will see: its holder announces it.
    pub fn is_announced(&self) -> bool {
        announced(self.facts, self.block, "")
    }

    /// Whether the item that holds this belongs below an open box, so that nobody chose it yet.
    pub fn is_below_open_box(&self) -> bool {
        let mut at = self.facts.blocks[self.block as usize].parent;
        while let Some(id) = at {
            if box_of(self.facts, id) == Some(CheckState::Open) {
                return true;
            }
            at = self.facts.blocks[id as usize].parent;
        }
        false
    }

    /// Whether this is the text of an open box.
    pub fn is_in_open_box(&self) -> bool {
        self.kind == BlockKind::Item && box_of(self.facts, self.block) == Some(CheckState::Open)
    }

    /// Inside a longer quotation: an odd number of straight quotes before the word in its line
    /// and one behind it, or a curly or single quote that is open.
    fn is_in_quotation(&self) -> bool {
        let line = Span { start: self.segment.start, end: self.span.start }.of(&self.facts.text);
        let rest = Span { start: self.span.end, end: self.segment.end.max(self.span.end) };
        let rest = rest.of(&self.facts.text);
        let single = line.rfind(" '") > line.rfind("' ") && rest.contains('\'');
        let open = line.matches('"').count() % 2 == 1 || line.rfind('“') > line.rfind('”');
        single || open && rest.contains(['"', '”'])
    }
}

/// The box or mark at the start of a block.
fn box_of(facts: &DocumentFacts, id: BlockId) -> Option<CheckState> {
    let start = facts.blocks[id as usize].span.start;
    let first = facts.checks.partition_point(|check| check.mark.start < start);
    facts.checks.get(first).filter(|check| check.block == id).map(|check| check.state)
}

/// Whether the text before a block says that an example or an output follows, in the words for
/// any block or in these.
pub(super) fn announced(facts: &DocumentFacts, block: BlockId, more: &str) -> bool {
    let mut at = Some(block);
    while let Some(id) = at {
        let held = &facts.blocks[id as usize];
        // What announces a block is the text right before it, or that of the item that holds it.
        // A block whose neighbor holds other blocks follows no text.
        let before = id.checked_sub(1).filter(|before| {
            let before_held = &facts.blocks[*before as usize];
            let holder = Some(*before) == held.parent && before_held.kind == BlockKind::Item;
            holder || (before_held.parent == held.parent && held.kind != BlockKind::Item)
        });
        let before = before.map(|id| &facts.blocks[id as usize]);
        if let Some(before) = before
            && before.section == held.section
            && is_announcement(facts.text_of(facts.own_text(before)), more)
        {
            return true;
        }
        at = held.parent;
    }
    false
}

fn is_announcement(text: &str, more: &str) -> bool {
    let text = text.trim_end_matches(is_decoration_but_colon);
    let Some(text) = text.strip_suffix(':') else { return false };
    let last = text.rsplit(['\n', '.']).next().unwrap_or(text);
    words::says(words::ANNOUNCING, last) || words::says(more, last)
}

/// The words before a place, nearest first, without decoration.
pub(super) fn last_words(text: &str, within: usize) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace().rev().take(within);
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The first word of a text, without decoration.
pub(super) fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
    &text[..end]
}

pub(super) fn is_decoration(c: char) -> bool {
    c == ':' || is_decoration_but_colon(c)
}

fn is_decoration_but_colon(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '*' | '_' | '~' | '(' | ')' | '[' | ']' | '.' | '!' | '-' | '–' | '—' | '>' | '…'
        )
}

/// A stop with a blank behind it, or the end of a line that HTML breaks.
fn ends_sentence(pair: &[u8]) -> bool {
    matches!(pair, [b'.' | b'!' | b'?' | b'>', b' ' | b'\n'])
}

fn is_clause_border(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '(' | ')' | '—' | '–' | '|')
}

/// The part of a text around a span that is worth a look. It keeps the work on long lines
/// proportional to their length.
fn near(facts: &DocumentFacts, text: Span, span: Span) -> Span {
    const REACH: u32 = 1000;
    let border = |mut at: u32| {
        while !facts.text.is_char_boundary(at as usize) {
            at -= 1;
        }
        at
    };
    let start = text.start.max(border(span.start.saturating_sub(REACH)));
    let end = text.end.min(border(span.end.saturating_add(REACH).min(facts.text.len() as u32)));
    Span { start: start.min(span.start), end: end.max(span.end) }
}

/// The line of a text that holds a span, without the marker of a quote around it.
fn line_of(facts: &DocumentFacts, text: Span, span: Span) -> Span {
    let before = Span { start: text.start.min(span.start), end: span.start };
    let after = Span { start: span.end, end: text.end.max(span.end) };
    let start = match before.of(&facts.text).rfind('\n') {
        Some(at) => before.start + at as u32 + 1,
        None => before.start,
    };
    let end = match after.of(&facts.text).find('\n') {
        Some(at) => after.start + at as u32,
        None => after.end,
    };
    let line = Span { start, end: end.max(start) };
    let bare = line.of(&facts.text).trim_start_matches(['>', ' ', '\t']);
    Span { start: line.end - bare.len() as u32, end: line.end }
}

fn column(facts: &DocumentFacts, span: Span) -> String {
    let Some((table, cell)) = facts.cell_at(span.start) else { return String::new() };
    let columns = table.columns as usize;
    if cell < columns {
        return String::new();
    }
    crate::base::words::normalize(facts.text_of(table.cells[cell % columns]))
}
