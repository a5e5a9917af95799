//! What one region says: that there are none, how many, which.

use super::entries::Entries;
use super::labels::Aspect;
use super::parts::parts;
use super::regions::{Form, Region, total};
use super::{Deviation, Said, aspects};
use super::{denials, kept, labels, topics};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::phrases::{flat, is_blank, sentences, title};
use crate::workflow::Vocabulary;

pub(super) fn read(facts: &DocumentFacts, words: &Vocabulary, region: &Region) -> Said {
    let mut said = match region.form {
        Form::Heading => under_heading(facts, words, region),
        Form::Entry => one(facts, words, region),
        Form::Label { value } => behind_label(facts, words, region, value),
    };
    if region.topic.mixed {
        said.entries.retain(|entry| is_marked(facts, entry));
        if !said.entries.is_empty() {
            said.none = None;
        }
    }
    share(facts, region, &mut said.entries);
    said.declared = region.declared.or_else(|| total(facts, region.body));
    said
}

fn under_heading(facts: &DocumentFacts, words: &Vocabulary, region: &Region) -> Said {
    let mut entries = Entries::new(facts, words, region.topic.mixed);
    let denied = region.topic.negated || title_denies(facts, words, region.name);
    if denied {
        entries.none = Some(region.name);
    }
    let apart = |span: Span| region.apart.iter().any(|inner| inner.covers(span));
    let mut parts = parts(facts, region.body);
    parts.retain(|part| !apart(part.span));
    entries.read(&parts);
    entries.finish()
}

/// `## Deviations: None`, `## Deviations from plan (none)`.
fn title_denies(facts: &DocumentFacts, words: &Vocabulary, name: Span) -> bool {
    let written = title(facts.text_of(name));
    let value = written.split_once([':', '—', '–', '(']).or_else(|| written.split_once(" - "));
    value.is_some_and(|(_, value)| denials::says_none(value.trim_end_matches(')'), words))
}

/// A heading that is one deviation.
fn one(facts: &DocumentFacts, words: &Vocabulary, region: &Region) -> Said {
    let written = title(facts.text_of(region.name));
    let named = written.split_once([':', '—', '–']).map_or("", |(_, rest)| rest);
    if denials::says_none(named, words) {
        return Said { none: Some(region.name), ..Said::default() };
    }
    let extent = region.name.to(region.body);
    let mut entry = Deviation { title: written, span: region.name, extent, ..Deviation::default() };
    aspects::fill(facts, &mut entry);
    Said { entries: vec![entry], ..Said::default() }
}

fn behind_label(facts: &DocumentFacts, words: &Vocabulary, region: &Region, value: Span) -> Said {
    let text = facts.text_of(value);
    let whole = region.name.to(value);
    let below = Span { start: value.end, end: region.body.end };
    let mut entries = Entries::new(facts, words, region.topic.mixed);
    if denials::says_none(text, words)
        || denials::agrees(text)
        || kept::keeps(text)
        || region.topic.negated
        || region.declared.is_some_and(|declared| declared.count == 0)
        || flat(text).is_empty() && !text.trim().is_empty() && is_blank(text)
    {
        entries.none = Some(whole);
    }
    entries.read(&parts(facts, below));
    let told = !text.trim().is_empty() && !is_blank(text) && entries.none.is_none();
    if told
        && entries.is_empty()
        && region.declared.is_none()
        && !topics::refers(text)
        && !is_answer(text)
        && !denials::evades(text)
    {
        let section = facts.section(field_section(facts, region.name));
        let lone = flat(facts.text_of(region.name)) == "deviation";
        let extent =
            if lone { whole.to(siblings(facts, region.name)) } else { whole.to(region.body) };
        let mut entry =
            Deviation { title: short(text), span: whole, extent, ..Deviation::default() };
        if lone && section.level > 1 {
            entry.title = title(facts.text_of(section.title));
        }
        aspects::fill(facts, &mut entry);
        entry.what = entry.what.or(Some(value));
        entries.push(entry);
    }
    entries.finish()
}

fn is_answer(text: &str) -> bool {
    matches!(flat(text).as_str(), "yes" | "true" | "some" | "documented" | "reported" | "minor")
}

fn field_section(facts: &DocumentFacts, label: Span) -> u32 {
    let at = facts.fields.partition_point(|field| field.label.start < label.start);
    facts.fields.get(at).map_or(0, |field| field.section)
}

/// The labels around a lone `Deviation:` label: its plan and its reason stand beside it.
fn siblings(facts: &DocumentFacts, label: Span) -> Span {
    let id = field_section(facts, label);
    let beside = facts.fields.iter().filter(|field| field.section == id);
    let lone = beside.clone().filter(|field| &*field.name == "deviation").count() == 1;
    let known = beside.filter(|field| lone && labels::aspect(&field.name).is_some());
    known.map(|field| field.label.to(field.content)).fold(label, Span::to)
}

/// The first words of a text, as a title.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 80;
    let first = sentences(text).next().unwrap_or("");
    let first = title(first.trim_end_matches(['.', ';', '—', '–', ' ']));
    match first.char_indices().nth(MOST) {
        None => first,
        Some((end, _)) => {
            let head = &first[..end];
            format!("{}…", head.rsplit_once(' ').map_or(head, |(head, _)| head))
        }
    }
}

/// Under a heading that announces other things too, only what says of itself that it deviates
/// counts: the word, or what was agreed beside what was done.
fn is_marked(facts: &DocumentFacts, entry: &Deviation) -> bool {
    let named = aspects::named(facts, entry.extent);
    let has = |wanted: Aspect| named.iter().any(|(aspect, _)| *aspect == wanted);
    let words = flat(facts.text_of(entry.extent));
    topics::mentions(&words) && !denials::denies(&words) || has(Aspect::Agreed) && has(Aspect::Done)
}

/// A reason or an impact that stands once for all belongs to each.
fn share(facts: &DocumentFacts, region: &Region, entries: &mut [Deviation]) {
    entries.sort_by_key(|entry| entry.extent);
    let inside = |said: Span| {
        let after = entries.partition_point(|entry| entry.extent.start <= said.start);
        after > 0 && entries[after - 1].extent.covers(said)
    };
    let named = aspects::named(facts, region.body);
    let outside = named.into_iter().filter(|&(_, said)| !inside(said));
    let outside: Vec<_> = outside.chain(region.beside.iter().copied()).collect();
    let first = |wanted: Aspect| {
        outside.iter().find(|(aspect, _)| *aspect == wanted).map(|&(_, said)| said)
    };
    let (why, impact) = (first(Aspect::Why), first(Aspect::Impact));
    for entry in entries {
        entry.why = entry.why.or(why);
        entry.impact = entry.impact.or(impact);
    }
}
