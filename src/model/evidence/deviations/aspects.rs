//! What, why and impact of one deviation, from labels or from its own sentences.

use super::Deviation;
use super::labels;
use super::labels::{Aspect, aspect};
use super::parts::{PartKind, fields_in, lead_field, parts};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts, Section};
use crate::model::part_of;
use crate::model::phrases::{flat, is_blank, sentences, title};

/// The named parts of a stretch of text, in order: from labels, and from headings that are labels.
pub(super) fn named(facts: &DocumentFacts, within: Span) -> Vec<(Aspect, Span)> {
    let fields = fields_in(facts, within).iter();
    let fields =
        fields.filter_map(|field| Some((aspect(&field.name)?, field.content, field.label.start)));
    let first = facts.sections.partition_point(|section| section.heading.start < within.start);
    let sections = facts.sections[first..].iter().take_while(|s| s.heading.start < within.end);
    let sections = sections.filter_map(|section| {
        Some((aspect(&section.name)?, body_of(section, within), section.heading.start))
    });
    let running = running(facts, within);
    let apart = |&(_, _, start): &(Aspect, Span, u32)| {
        !running.iter().any(|(block, ..)| block.start <= start && start < block.end)
    };
    let running = running.iter().map(|&(_, aspect, said)| (aspect, said, said.start));
    let mut found: Vec<_> = fields.filter(apart).chain(sections).chain(running).collect();
    found.sort_by_key(|&(_, _, start)| start);
    let stated = found.into_iter().filter(|(_, said, _)| !is_blank(facts.text_of(*said)));
    stated.map(|(aspect, said, _)| (aspect, trimmed(facts, said))).collect()
}

/// Labels in bold that follow each other on one line, `**What**: … **Why**: …`: the block they
/// stand in, and what is said up to the next.
fn running(facts: &DocumentFacts, within: Span) -> Vec<(Span, Aspect, Span)> {
    let mut found = Vec::new();
    for block in part_of(&facts.blocks, within, |block| block.span) {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        let inlines = &facts.inlines[block.inlines.0 as usize..block.inlines.1 as usize];
        let end = inlines.last().map_or(block.span.end, |last| last.span.end);
        let labels = inlines.iter().filter(|one| one.style.strong).filter_map(|one| {
            let after = facts.text[one.span.end as usize..].trim_start_matches(['*', '_']);
            let text = facts.text_of(one.span).trim_end();
            let marked = text.ends_with(':') || after.starts_with(':');
            Some((aspect(&normalize(text))?, one.span)).filter(|_| marked)
        });
        let labels: Vec<(Aspect, Span)> = labels.collect();
        let fields = fields_in(facts, block.span);
        let is_field = |label: Span| {
            fields.iter().any(|one| one.label.start <= label.end && label.start <= one.label.end)
        };
        if labels.iter().all(|&(_, label)| is_field(label)) {
            continue;
        }
        for (at, &(aspect, label)) in labels.iter().enumerate() {
            let next = labels.get(at + 1).map_or(end, |(_, next)| next.start);
            let text = facts.text_of(Span { start: label.end, end: next });
            let lead = text.len() - text.trim_start_matches(['*', '_', ':', ' ']).len();
            let said = text.trim_end_matches(['*', '_', ' ']).len().max(lead);
            let said = Span { start: label.end + lead as u32, end: label.end + said as u32 };
            found.push((block.span, aspect, said));
        }
    }
    found
}

fn body_of(section: &Section, within: Span) -> Span {
    let end = section.extent.end.min(within.end);
    Span { start: section.heading.end.min(end), end }
}

pub(super) fn trimmed(facts: &DocumentFacts, span: Span) -> Span {
    let text = facts.text_of(span);
    let lead = (text.len() - text.trim_start().len()) as u32;
    let start = span.start + lead;
    Span { start, end: start + text.trim().len() as u32 }
}

/// Fills the parts of a deviation from the labels in its extent, then from its sentences.
pub(super) fn fill(facts: &DocumentFacts, entry: &mut Deviation) {
    let named = named(facts, entry.extent);
    let first =
        |wanted: Aspect| named.iter().find(|(aspect, _)| *aspect == wanted).map(|&(_, said)| said);
    let (agreed, done) = (first(Aspect::Agreed), first(Aspect::Done));
    let issue = first(Aspect::Issue);
    entry.what = match (agreed, done) {
        (Some(agreed), Some(done)) => Some(agreed.to(done)),
        (agreed, done) => done.or(agreed).or(issue),
    };
    entry.why = first(Aspect::Why).or(if entry.what == issue { None } else { issue });
    entry.impact = first(Aspect::Impact);
    entry.resolution = first(Aspect::Resolution);
    let empty = empty(facts, entry.extent);
    let labeled = named.iter().map(|(aspect, _)| aspect).chain(&empty).any(|one| one.is_telling());
    read_sentences(facts, entry, labeled, &empty);
}

/// The parts whose labels are there and have nothing behind them, up to the next label.
fn empty(facts: &DocumentFacts, within: Span) -> Vec<Aspect> {
    let fields = fields_in(facts, within);
    let empty = fields.iter().enumerate().filter(|&(at, field)| {
        let next = fields.get(at + 1).map_or(within.end, |next| next.label.start);
        let rest = Span { start: field.label.end, end: next.max(field.label.end) };
        !facts.text_of(rest).contains(char::is_alphanumeric)
    });
    empty.filter_map(|(_, field)| aspect(&field.name)).collect()
}

/// What the writer says in plain sentences counts as much as what a label announces. Beside
/// labels the sentences have to be certain: a value holds "for" and "needs" for other reasons.
/// An empty label says that its part is still to be told.
fn read_sentences(facts: &DocumentFacts, entry: &mut Deviation, labeled: bool, empty: &[Aspect]) {
    let lacks = |aspect: Aspect| empty.contains(&aspect);
    let lacks_what = lacks(Aspect::Done) || lacks(Aspect::Agreed);
    for span in plain(facts, entry, labeled) {
        let words = flat(facts.text_of(span));
        let reason = labels::states_reason(&words) || !labeled && labels::gives_reason(&words);
        let impact = labels::states_impact(&words) || !labeled && labels::gives_impact(&words);
        if entry.what.is_none() && !lacks_what && tells(&words, &entry.title) {
            entry.what = Some(span);
        }
        if entry.why.is_none() && !lacks(Aspect::Why) && reason {
            entry.why = Some(sentence(facts, span, labels::states_reason));
        }
        if entry.impact.is_none() && !lacks(Aspect::Impact) && impact {
            entry.impact = Some(sentence(facts, span, labels::states_impact));
        }
    }
}

/// The sentence of a paragraph that says something for certain; the paragraph where none does.
fn sentence(facts: &DocumentFacts, within: Span, says: fn(&str) -> bool) -> Span {
    let text = facts.text_of(within);
    let found = sentences(text).find(|one| says(&flat(one)));
    found.map_or(within, |one| {
        let start = within.start + (one.as_ptr() as usize - text.as_ptr() as usize) as u32;
        Span { start, end: start + one.len() as u32 }
    })
}

/// The places of a deviation that hold plain sentences: its title and what stands below.
fn plain(facts: &DocumentFacts, entry: &Deviation, labeled: bool) -> Vec<Span> {
    let mut found = vec![entry.span];
    let below = parts(facts, entry.extent).into_iter().filter(|part| {
        let paragraph = part.kind == PartKind::Paragraph && lead_field(facts, part.block).is_none();
        if labeled { paragraph } else { part.kind != PartKind::Other }
    });
    found.extend(below.map(|part| part.span));
    if labeled && fields_in(facts, entry.span).iter().any(|field| aspect(&field.name).is_some()) {
        found.remove(0);
    }
    found
}

/// Whether words tell what changed, rather than naming its subject only.
fn tells(words: &str, heading: &str) -> bool {
    let count = words.split(' ').count();
    labels::departs(words) || count >= 5 || count == 4 && words != flat(&title(heading))
}
