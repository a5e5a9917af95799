//! What a section holds under its heading.

use std::cell::OnceCell;
use std::collections::HashSet;

use memchr::memmem;

use super::{slots, words};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{Block, BlockKind, DocumentFacts, InlineKind, SectionId};

/// What stands directly under a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Nothing,
    /// Comments that no reader sees.
    Comment,
    /// One slot and nothing else.
    Slot(Span),
    /// One bullet without a text.
    EmptyItem,
    Content,
}

/// Questions about the sections of a document.
pub(super) struct Sections<'f> {
    facts: &'f DocumentFacts,
    /// The names of the tags that the document closes.
    closed: OnceCell<HashSet<&'f str>>,
}

impl<'f> Sections<'f> {
    pub fn new(facts: &'f DocumentFacts) -> Self {
        Self { facts, closed: OnceCell::new() }
    }

    /// What a section holds, its subsections left out.
    pub fn holds(&self, id: SectionId) -> Holds {
        let facts = self.facts;
        let first = facts.blocks.partition_point(|block| block.section < id);
        let last = facts.blocks.partition_point(|block| block.section <= id);
        let mut found = Holds::Nothing;
        let mut header = 0;
        for (index, block) in facts.blocks[first..last].iter().enumerate() {
            if block.kind == BlockKind::Table {
                header = facts.cell_at(block.span.start).map_or(0, |(table, _)| table.columns);
            }
            if block.kind == BlockKind::Cell && header > 0 {
                header -= 1;
                continue;
            }
            let next = facts.blocks[first..last].get(index + 1);
            let holder = next.is_some_and(|next| next.parent == Some((first + index) as u32));
            match self.unit(block, holder) {
                None => {}
                Some(unit) if found == Holds::Nothing => found = unit,
                Some(_) => return Holds::Content,
            }
        }
        if found == Holds::Nothing && self.comment(id).is_some() {
            return Holds::Comment;
        }
        found
    }

    pub fn has_subsections(&self, id: SectionId) -> bool {
        self.facts.sections.get(id as usize + 1).is_some_and(|next| next.parent == Some(id))
    }

    /// Whether an offset stands in a section that holds nothing a reader sees.
    pub fn is_bare(&self, offset: u32) -> bool {
        let id = self.at(offset);
        id > 0 && !self.has_subsections(id) && self.holds(id) == Holds::Comment
    }

    /// The section that holds an offset.
    pub fn at(&self, offset: u32) -> SectionId {
        let sections = &self.facts.sections;
        let after = sections.partition_point(|section| section.heading.start <= offset);
        after.saturating_sub(1) as SectionId
    }

    /// Whether an element is one that the document closes again: then it parts the text and
    /// waits for nothing.
    pub fn is_closed(&self, tag: &str) -> bool {
        let name = |rest: &'f str| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | ':'));
            &rest[..end.unwrap_or(rest.len())]
        };
        let closed = self.closed.get_or_init(|| {
            let text: &'f str = &self.facts.text;
            memmem::find_iter(text.as_bytes(), b"</").map(|at| name(&text[at + 2..])).collect()
        });
        closed.contains(tag.trim_matches(['<', '>', ' ']))
    }

    /// Whether a text is a slot from its first character to its last.
    pub fn is_slot(&self, text: Span) -> bool {
        let text = text.of(&self.facts.text).trim();
        slots::fills(text) && !(text.starts_with('<') && self.is_closed(text))
    }

    /// Whether the section says "None" in a comment.
    pub fn says_none(&self, id: SectionId) -> bool {
        let text = self.comment(id).map_or("", |comment| comment.of(&self.facts.text));
        let said = text.trim_start_matches("<!--").trim_end_matches("-->");
        matches!(&*normalize(said), "none" | "n a" | "na" | "nothing")
    }

    fn comment(&self, id: SectionId) -> Option<Span> {
        let body = self.facts.section(id).body;
        let after = self.facts.comments.partition_point(|comment| comment.start < body.start);
        self.facts.comments.get(after).copied().filter(|comment| body.covers(*comment))
    }

    /// What one block adds, if anything. `holder` says that other blocks stand in it.
    fn unit(&self, block: &Block, holder: bool) -> Option<Holds> {
        let facts = self.facts;
        let text = facts.own_text(block);
        let said = |text: Span| if self.is_slot(text) { Holds::Slot(text) } else { Holds::Content };
        match block.kind {
            BlockKind::Paragraph | BlockKind::Cell => says(facts, block).then(|| said(text)),
            BlockKind::Item if says(facts, block) => Some(said(text)),
            BlockKind::Item if holder => None,
            BlockKind::Item => Some(Holds::EmptyItem),
            BlockKind::Code => {
                let after = facts.codes.partition_point(|code| code.span.start <= block.span.start);
                let code = facts.codes.get(after.checked_sub(1)?)?;
                let body = code.body.of(&facts.text);
                let offset = code.body.start as usize + (body.len() - body.trim_start().len());
                let line = Span::new(offset, offset + body.trim().len());
                let unit = if code.language.is_empty() { said(line) } else { Holds::Content };
                (!line.is_empty()).then_some(unit)
            }
            BlockKind::Html => html(facts.text_of(block.span)).then(|| said(block.span)),
            _ => None,
        }
    }
}

/// Whether a block shows anything: text, code, a picture.
fn says(facts: &DocumentFacts, block: &Block) -> bool {
    let (first, last) = (block.inlines.0 as usize, block.inlines.1 as usize);
    let mut inlines = facts.inlines[first..last].iter();
    let shown = inlines.any(|inline| match inline.kind {
        InlineKind::Text => shows(facts.text_of(inline.span)),
        InlineKind::Code => true,
        InlineKind::Html => html(facts.text_of(inline.span)),
        InlineKind::Break => false,
    });
    let links = facts.links.partition_point(|link| link.span.start < block.span.start);
    let pictured = facts.links.get(links).is_some_and(|link| block.span.covers(link.span));
    shown || (pictured && first == last)
}

/// Whether a text is more than blanks, hard ones among them, or a stop.
fn shows(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        || !matches!(text.trim(), "" | "." | "&nbsp;" | "&#160;")
}

/// Whether HTML shows anything: text between tags, an element that is something by itself, or a
/// tag that no browser knows.
fn html(text: &str) -> bool {
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        if !rest[..open].trim().is_empty() {
            return true;
        }
        rest = &rest[open..];
        let element = rest[1..].trim_start_matches('/');
        let end = element.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(element.len());
        if end > 0 && !words::contains(words::ELEMENTS, &element[..end]) {
            return true;
        }
        let elements = ["<img", "<svg", "<iframe", "<video", "<object", "<input", "<hr"];
        if elements
            .iter()
            .any(|tag| rest.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag)))
        {
            return true;
        }
        let (end, skip) = if rest.starts_with("<!--") { ("-->", 3) } else { (">", 1) };
        rest = rest.find(end).map_or("", |at| &rest[at + skip..]);
    }
    !rest.trim().is_empty()
}
