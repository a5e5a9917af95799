//! Names at the beginning of paragraphs and of items.

use std::collections::HashSet;

use super::{Anchor, Place};
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, DocumentFacts};
use crate::model::contract::context::{Context, Standing};
use crate::model::contract::named::{self, Name};
use crate::model::contract::{Form, tail};

/// Paragraphs and items that begin with a name.
pub(super) fn read(facts: &DocumentFacts, context: &Context) -> Vec<Anchor> {
    let checks = boxes(facts);
    let mut found: Vec<Anchor> = Vec::new();
    for (id, block) in facts.blocks.iter().enumerate() {
        let id = id as BlockId;
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
            || block.inlines.0 == block.inlines.1
        {
            continue;
        }
        let own = facts.own_text(block);
        let text = facts.text_of(own);
        if !named::may_name(text) || facts.section(block.section).heading.covers(own) {
            continue;
        }
        let item = holding_item(facts, id);
        let checked = checks.contains(&id) || item.is_some_and(|item| checks.contains(&item));
        let standing = item.map_or(context.at(block.section), |item| context.of_item(facts, item));
        let mut at = own.start as usize;
        for (nth, line) in text.split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            let bare = line.trim_end();
            let lead = if item.is_some() { signs(bare) } else { 0 };
            for (name, end) in names(&bare[lead..], start + lead) {
                let end = end + lead;
                let first = own.start as usize;
                let wrapped = tail::wrapped(text, start + end - first, start + bare.len() - first);
                let rest = Span::new(start + end, first + wrapped);
                let sentence = !tail::parts_from(facts.text_of(rest));
                let listed = item.filter(|_| nth == 0);
                // A task says what to build where endpoints are listed, elsewhere what to call.
                let stray = (sentence || checked) && standing != Standing::Stated;
                if stray || sentence && (listed.is_none() || tail::takes_back(facts.text_of(rest)))
                {
                    continue;
                }
                let strong =
                    facts.inline_at(name.span.start).is_some_and(|(inline, _)| inline.style.strong);
                let lone = listed.is_some() && standing == Standing::Neutral;
                found.push(Anchor {
                    form: if strong { Form::Label } else { Form::Line },
                    place: listed.map_or(Place::Line, Place::Item),
                    section: block.section,
                    standing,
                    tail: rest,
                    needs_parts: standing == Standing::Passing || lone,
                    fenced: Vec::new(),
                    name,
                });
            }
        }
    }
    together(facts, &mut found);
    found
}

/// The length of signs that decorate the beginning of an item: `✅ `. A cross takes it back.
fn signs(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| {
        c == ' ' || !c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '❌' | '✗' | '→' | '│')
    });
    text.len() - rest.len()
}

/// The items that begin with a box to tick: tasks, which name what they are about in passing.
fn boxes(facts: &DocumentFacts) -> HashSet<BlockId> {
    let boxes = facts.checks.iter().filter(|check| facts.text_of(check.mark).starts_with('['));
    boxes.map(|check| check.block).collect()
}

/// The names that a line begins with: "GET /x, POST /y". With each, where it ends.
pub(super) fn names(line: &str, offset: usize) -> Vec<(Name, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(name) = named::at_start(&line[at..], offset + at) {
        at += name.end;
        found.push((name, at));
        let rest = line[at..].trim_start_matches([' ', '`']);
        let next =
            [",", ";", "and ", "/ ", "|", "·"].iter().find_map(|mark| rest.strip_prefix(mark));
        let Some(next) = next else { break };
        at = line.len() - next.len();
    }
    // What stands behind the last is said of all.
    let end = found.last().map_or(0, |(_, end)| *end);
    found.iter_mut().for_each(|(_, own)| *own = end);
    found
}

/// Endpoints of a list that nothing leads in are meant where several stand together.
fn together(facts: &DocumentFacts, found: &mut [Anchor]) {
    let list = |anchor: &Anchor| match anchor.place {
        Place::Item(item) if anchor.standing == Standing::Neutral => {
            facts.blocks[item as usize].parent
        }
        _ => None,
    };
    let lists: Vec<Option<BlockId>> = found.iter().map(list).collect();
    let checks = boxes(facts);
    for at in 0..found.len() {
        let same = |other: Option<usize>| {
            other.and_then(|other| lists.get(other)).is_some_and(|one| *one == lists[at])
        };
        let beside = same(at.checked_sub(1)) || same(Some(at + 1));
        let open = matches!(found[at].place, Place::Item(item) if checks.contains(&item));
        if lists[at].is_some() && beside && !open {
            found[at].needs_parts = false;
        }
    }
}

/// The item that a block is, or whose first text it is.
pub(super) fn holding_item(facts: &DocumentFacts, id: BlockId) -> Option<BlockId> {
    let block = &facts.blocks[id as usize];
    if block.kind == BlockKind::Item {
        return Some(id);
    }
    let parent = block.parent?;
    let holder = &facts.blocks[parent as usize];
    (holder.kind == BlockKind::Item && holder.inlines.0 == holder.inlines.1 && parent + 1 == id)
        .then_some(parent)
}
