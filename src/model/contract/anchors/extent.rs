//! How far what is said of an endpoint goes.

use super::{Anchor, Place};
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, DocumentFacts, Section, SectionId};
use crate::model::contract::context::is_part;
use crate::model::contract::parts;

/// Everything that is said about an anchor: up to the next, or to where another matter begins.
pub(super) fn of(facts: &DocumentFacts, anchors: &[Anchor], starts: &[u32], at: usize) -> Span {
    let anchor = &anchors[at];
    let name = anchor.name.span;
    // Names of one line share what follows them.
    let next = starts[at + 1..].iter().zip(&anchors[at + 1..]);
    let next = next
        .map(|(start, other)| (*start, other))
        .find(|(start, other)| other.tail.end != anchor.tail.end && *start >= name.end);
    let next = next.map_or(facts.text.len() as u32, |(_, other)| beginning(facts, other));
    let section = facts.section(anchor.section);
    let (start, limit) = match anchor.place {
        Place::Heading => (section.heading.end, section.extent.end),
        Place::Item(item) => (name.start, item_end(facts, item)),
        Place::Line => (name.start, sections_end(facts, anchor, sole(facts, anchors, at))),
        Place::Field => {
            let alone = sole(facts, anchors, at);
            let real = real_section(facts, anchor.section);
            let start =
                if alone { facts.section(real).body.start.min(name.start) } else { name.start };
            (start, sections_end(facts, anchor, alone))
        }
        Place::Fence(span) => (span.end, sections_end(facts, anchor, sole(facts, anchors, at))),
    };
    // Only the last endpoint of a fence can be meant by what follows the fence.
    let limit = match anchor.place {
        Place::Fence(span) if next <= span.end || !sole_in_fence(anchors, at, span) => span.end,
        _ => limit.min(next),
    };
    Span { start, end: limit.max(start) }
}

/// Where what is said about an anchor begins: at its item, its fence, or the label before it.
fn beginning(facts: &DocumentFacts, anchor: &Anchor) -> u32 {
    match anchor.place {
        Place::Heading => facts.section(anchor.section).heading.start,
        Place::Item(item) => facts.blocks[item as usize].span.start,
        Place::Fence(span) => {
            span.start.max(facts.section(anchor.section).body.start.min(span.start))
        }
        Place::Line | Place::Field => anchor.name.span.start,
    }
}

fn sole_in_fence(anchors: &[Anchor], at: usize, span: Span) -> bool {
    let inside =
        |other: Option<&Anchor>| other.is_some_and(|other| other.place == Place::Fence(span));
    !inside(at.checked_sub(1).and_then(|before| anchors.get(before)))
        && !inside(anchors.get(at + 1))
}

/// Whether no other anchor stands in the section with a real heading around this one.
fn sole(facts: &DocumentFacts, anchors: &[Anchor], at: usize) -> bool {
    let own = real_section(facts, anchors[at].section);
    let same = |other: Option<&Anchor>| {
        other.is_some_and(|other| real_section(facts, other.section) == own)
    };
    !same(at.checked_sub(1).and_then(|before| anchors.get(before))) && !same(anchors.get(at + 1))
}

fn real_section(facts: &DocumentFacts, id: SectionId) -> SectionId {
    let section = facts.section(id);
    match section.parent {
        Some(parent) if section.level == Section::PSEUDO => parent,
        _ => id,
    }
}

/// The end of what belongs to a line or a fence: sections that hold parts of a contract belong to
/// it, and labels of other matters end it where other endpoints stand beside it.
fn sections_end(facts: &DocumentFacts, anchor: &Anchor, sole: bool) -> u32 {
    let own = facts.section(anchor.section);
    let real = facts.section(real_section(facts, anchor.section));
    let mut end = own.body.end;
    let after = facts.section_at(anchor.name.span) as usize + 1;
    for section in facts.sections.get(after..).unwrap_or(&[]) {
        let title = facts.text_of(section.title);
        let pseudo = section.level == Section::PSEUDO;
        let below = pseudo || section.level > real.level || real.level == 0;
        let belongs = is_part(section, title) && (below || section.level >= real.level && sole);
        let inside = sole && pseudo && section.heading.start < real.extent.end;
        if !(belongs || inside) {
            return end.max(own.body.end).min(section.heading.start.max(own.body.end));
        }
        end = section.body.end;
    }
    end
}

/// The end of an item, and of those beside it that hold parts of the same contract.
fn item_end(facts: &DocumentFacts, item: BlockId) -> u32 {
    let block = &facts.blocks[item as usize];
    let mut end = block.span.end;
    let Some(list) = block.parent else { return end };
    let list_end = facts.blocks[list as usize].span.end;
    let rest = Span { start: block.span.end, end: list_end };
    for (id, next) in facts
        .blocks_in(rest)
        .filter(|(_, next)| next.kind == BlockKind::Item && next.parent == Some(list))
    {
        let label =
            facts.fields_in(next.span).find(|field| field.block == id || field.block == id + 1);
        let is_part = label
            .is_some_and(|field| parts::role(&field.name, facts.text_of(field.label)).is_some());
        if !is_part {
            break;
        }
        end = next.span.end;
    }
    end
}
