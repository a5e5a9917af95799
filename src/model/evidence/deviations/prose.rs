//! Deviations in documents without a place for them: said in passing, marked, or told as a pair
//! of what was specified and what was implemented.

use memchr::memchr2_iter;

use super::labels::{Aspect, aspect};
use super::parts::own_text;
use super::{Deviation, Said, aspects, body::short};
use super::{denials, topics};
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, DocumentFacts, Field};
use crate::model::phrases::{List, flat, has_any, listed, sentences};

pub(super) fn read(facts: &DocumentFacts) -> Said {
    let mut said = Said::default();
    for (id, block) in facts.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell) {
            continue;
        }
        let own = if block.inlines.0 == block.inlines.1 {
            continue;
        } else {
            own_text(facts, id as BlockId)
        };
        let text = facts.text_of(own);
        if !speaks(text) {
            continue;
        }
        match claim(text) {
            Some(Claim::Denied) => said.none = said.none.or(Some(own)),
            Some(Claim::Told) => {
                let extent = own.to(block.span);
                let mut entry =
                    Deviation { title: short(text), span: own, extent, ..Deviation::default() };
                aspects::fill(facts, &mut entry);
                said.entries.push(entry);
            }
            None => {}
        }
    }
    if said.entries.is_empty() {
        said.entries = pairs(facts);
    }
    if !said.entries.is_empty() {
        said.none = None;
    }
    said
}

fn speaks(text: &str) -> bool {
    // What all stems hold is rare enough to look there only.
    let bytes = text.as_bytes();
    memchr2_iter(b'v', b'p', bytes).any(|at| {
        let holds =
            |before: usize, stem: &[u8]| at >= before && bytes[at - before..].starts_with(stem);
        holds(1, b"eviat") || holds(1, b"iverge") || holds(1, b"eparture")
    })
}

enum Claim {
    Denied,
    Told,
}

/// What the sentences of a text claim about deviations. Talk about reporting them claims nothing.
fn claim(text: &str) -> Option<Claim> {
    let marked = text.split(['(', ')']).skip(1).step_by(2).any(|inner| {
        let words = flat(inner);
        topics::ends_in_noun(&words) && !has_any(&words, listed!("no|if|any|zero|see"))
    });
    for sentence in sentences(text) {
        let words = flat(sentence);
        if !topics::mentions(&words) && !speaks(sentence) || denials::is_unsure(&words) {
            continue;
        }
        if denials::denies(&words) {
            return Some(Claim::Denied);
        }
        if tells(&words) {
            return Some(Claim::Told);
        }
    }
    marked.then_some(Claim::Told)
}

fn tells(words: &str) -> bool {
    const ABOUT: &List = listed!(
        "documented|reported|recorded|explained|must|should|any|if|will|may|report|\
        document|all|review|reconcile|standard|can|not"
    );
    const FROM: &List = listed!(
        "deviates from|deviated from|deviation from|deviations from|diverges from|\
        diverged from|departs from|departure from"
    );
    has_any(words, FROM) && topics::names_agreement(words) && !has_any(words, ABOUT)
}

/// `Specified: …` beside `Implemented: …`: nobody writes both unless they differ.
fn pairs(facts: &DocumentFacts) -> Vec<Deviation> {
    let mut found: Vec<Deviation> = Vec::new();
    for (at, field) in facts.fields.iter().enumerate() {
        let agreed = matches!(&*field.name, "specified") || field.name.ends_with(" specified");
        let near = facts.fields[at + 1..].iter().take(3);
        let mut near =
            near.filter(|next| next.section == field.section || next.block == field.block);
        let done = near.find(|next| is_done(next));
        let (true, Some(done)) = (agreed, done) else { continue };
        let after = facts.fields[at + 1..].iter();
        let following =
            after.take_while(|next| next.name != field.name && aspect(&next.name).is_some());
        let end = following.last().map_or(done.content, |last| last.content);
        let extent = field.label.to(end);
        let span = field.label.to(field.value);
        let title = short(facts.text_of(Span { ..field.content }));
        let mut entry = Deviation { title, span, extent, ..Deviation::default() };
        aspects::fill(facts, &mut entry);
        found.push(entry);
    }
    found
}

fn is_done(field: &Field) -> bool {
    let name = &*field.name;
    aspect(name) == Some(Aspect::Done)
        && (name.starts_with("implement") || name.starts_with("actual"))
}
