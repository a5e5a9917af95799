//! The outermost blocks of a stretch of a document, as a reader of deviations sees them.

use crate::base::Span;
use crate::facts::{Block, BlockId, BlockKind, DocumentFacts, Field, InlineKind};

/// One outermost block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub kind: PartKind,
    pub block: BlockId,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    Heading(u8),
    /// A paragraph that is bold from end to end.
    Label,
    Paragraph,
    List,
    /// An index into the tables.
    Table(usize),
    Other,
}

impl Part {
    /// How high it stands among the headings; bold labels are the lowest.
    pub fn rank(&self) -> Option<u8> {
        match self.kind {
            PartKind::Heading(level) => Some(level),
            PartKind::Label => Some(7),
            _ => None,
        }
    }
}

/// The outermost blocks that a span covers. Quotes are read through.
pub(super) fn parts(facts: &DocumentFacts, within: Span) -> Vec<Part> {
    let first = facts.blocks.partition_point(|block| block.span.start < within.start);
    let blocks = facts.blocks.iter().enumerate().skip(first);
    let covered = blocks.take_while(|(_, block)| block.span.start < within.end);
    let outer = covered.filter(|(_, block)| {
        within.covers(block.span)
            && block.kind != BlockKind::Quote
            && is_outer(facts, block, within)
    });
    outer.filter_map(|(id, block)| part(facts, id as BlockId, block)).collect()
}

fn is_outer(facts: &DocumentFacts, block: &Block, within: Span) -> bool {
    let mut at = block.parent;
    while let Some(id) = at {
        let holder = &facts.blocks[id as usize];
        if holder.kind != BlockKind::Quote && within.covers(holder.span) {
            return false;
        }
        at = holder.parent;
    }
    true
}

fn part(facts: &DocumentFacts, id: BlockId, block: &Block) -> Option<Part> {
    let kind = match block.kind {
        BlockKind::Heading => PartKind::Heading(facts.section(block.section).level),
        BlockKind::Paragraph if is_bold(facts, block) => PartKind::Label,
        BlockKind::Paragraph => PartKind::Paragraph,
        BlockKind::List => PartKind::List,
        BlockKind::Table => {
            let at = facts.tables.partition_point(|table| table.span.start < block.span.start);
            PartKind::Table(at)
        }
        BlockKind::Code => PartKind::Other,
        _ => return None,
    };
    Some(Part { kind, block: id, span: block.span })
}

/// Whether all text of a block is bold, a colon at its end aside.
fn is_bold(facts: &DocumentFacts, block: &Block) -> bool {
    let (from, to) = block.inlines;
    let inlines = &facts.inlines[from as usize..to as usize];
    let silent = |text: &str| text.trim().trim_matches([':', '.']).is_empty();
    !inlines.is_empty()
        && inlines.iter().all(|inline| {
            inline.style.strong
                || (inline.kind == InlineKind::Text && silent(facts.text_of(inline.span)))
        })
        && inlines.iter().any(|inline| inline.style.strong)
}

/// The items of a list.
pub(super) fn items(
    facts: &DocumentFacts,
    list: BlockId,
) -> impl Iterator<Item = (BlockId, &Block)> {
    let end = facts.blocks[list as usize].span.end;
    let below = facts.blocks.iter().enumerate().skip(list as usize + 1);
    let below = below.take_while(move |(_, block)| block.span.start < end);
    let items = below.filter(move |(_, block)| block.parent == Some(list));
    items.map(|(id, block)| (id as BlockId, block))
}

/// The text that a block says itself: its own, or that of the first paragraph of an item.
pub(super) fn own_text(facts: &DocumentFacts, id: BlockId) -> Span {
    let block = &facts.blocks[id as usize];
    let (mut from, mut to) = block.inlines;
    if from == to
        && block.kind == BlockKind::Item
        && let Some(next) = facts.blocks.get(id as usize + 1)
        && next.parent == Some(id)
    {
        (from, to) = next.inlines;
    }
    match &facts.inlines[from as usize..to as usize] {
        [] => Span { start: block.span.start, end: block.span.start },
        [first, .., last] => first.span.to(last.span),
        [only] => only.span,
    }
}

/// The bold words that a block begins with, unless it is bold throughout.
pub(super) fn bold_lead(facts: &DocumentFacts, id: BlockId) -> Option<Span> {
    let own = own_text(facts, id);
    let at = facts.inlines.partition_point(|inline| inline.span.start < own.start);
    let bold = facts.inlines[at..]
        .iter()
        .take_while(|inline| inline.style.strong && own.covers(inline.span));
    let lead = bold.map(|inline| inline.span).reduce(Span::to)?;
    (lead.end < own.end).then_some(lead)
}

/// The label that a block begins with.
pub(super) fn lead_field(facts: &DocumentFacts, id: BlockId) -> Option<&Field> {
    let own = own_text(facts, id);
    let at = facts.fields.partition_point(|field| field.label.start < own.start);
    let field = facts.fields.get(at)?;
    let before = Span { start: own.start, end: field.label.start };
    let leads = own.covers(field.label)
        && !facts.text_of(before).contains(|c: char| c.is_alphanumeric() && c != 'x');
    leads.then_some(field)
}

/// The fields whose labels stand in a span.
pub(super) fn fields_in(facts: &DocumentFacts, within: Span) -> &[Field] {
    let from = facts.fields.partition_point(|field| field.label.start < within.start);
    let to = facts.fields.partition_point(|field| field.label.start < within.end);
    &facts.fields[from..to.max(from)]
}
