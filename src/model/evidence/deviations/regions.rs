//! Where a document speaks of deviations: under a heading, behind a label, in a row of a summary.

use super::Declared;
use super::labels::aspect;
use super::outline::{self, Beside};
use super::parts::fields_in;
use super::topics;
use super::topics::{Topic, heads_one, is_numbered, topic};
use crate::base::Span;
use crate::facts::{DocumentFacts, Field, Section, SectionId};
use crate::model::phrases::{List, flat, listed, number, one_of, title};

/// One place that speaks of deviations.
#[derive(Debug)]
pub(super) struct Region {
    pub form: Form,
    /// The heading, label or cell that announces them.
    pub name: Span,
    pub topic: Topic,
    /// What is said there.
    pub body: Span,
    /// Nested places that speak for themselves.
    pub apart: Vec<Span>,
    pub declared: Option<Declared>,
    /// What follows it and tells why, or what it means for others.
    pub beside: Beside,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A heading or bold label over several.
    Heading,
    /// A heading that is one deviation itself.
    Entry,
    /// A label with its value: the value and all that belongs to it.
    Label { value: Span },
}

pub(super) fn find(facts: &DocumentFacts) -> Vec<Region> {
    let mut found: Vec<Region> = Vec::new();
    // The stretches that are read already, heading and all. Those of mixed regions are not:
    // headings and labels inside them speak for themselves.
    let mut read: Vec<Span> = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
        if !holds(&read, section.heading)
            && let Some(region) = headed(facts, id, section)
        {
            if !region.topic.mixed {
                read.push(region.name.to(region.body));
            }
            found.push(region);
        }
    }
    let labels = facts.fields.iter().filter(|field| !holds(&read, field.label));
    found.extend(labels.filter_map(|field| labeled(facts, field)));
    found.extend(rows(facts).filter(|row| !holds(&read, row.name)));
    found.sort_by_key(|region| region.name);
    set_apart(&mut found);
    found
}

/// Whether one of these stretches, in order and apart from each other, holds a place.
fn holds(read: &[Span], place: Span) -> bool {
    let after = read.partition_point(|span| span.start <= place.start);
    after > 0 && read[after - 1].covers(place)
}

fn set_apart(regions: &mut [Region]) {
    for at in 0..regions.len() {
        if regions[at].topic.mixed {
            let body = regions[at].body;
            let inner = regions.iter().filter(|region| body.covers(region.name));
            regions[at].apart = inner.map(|region| region.name.to(region.body)).collect();
        }
    }
}

fn headed(facts: &DocumentFacts, id: SectionId, section: &Section) -> Option<Region> {
    let written = facts.text_of(section.title);
    let name = flat(written);
    let topic = topic(&section.name).or_else(|| topic(&name))?;
    let end = extent_end(facts, id, section);
    let body = Span { start: section.heading.end, end: end.max(section.heading.end) };
    if section.level == 1 && is_whole_document(facts, id) && !is_all_about_it(&section.name) {
        return None;
    }
    let bare = title(written);
    let form = if heads_one(&bare) { Form::Entry } else { Form::Heading };
    let declared = counted_in_title(written, section.title);
    let beside = outline::after_section(facts, section, body.end);
    Some(Region { form, name: section.heading, topic, body, apart: Vec::new(), declared, beside })
}

/// A section as a place that speaks of deviations, whatever its name.
pub(super) fn of_section(section: &Section) -> Region {
    Region {
        form: Form::Heading,
        name: section.heading,
        topic: Topic::default(),
        body: Span { start: section.heading.end, end: section.extent.end },
        apart: Vec::new(),
        declared: None,
        beside: Vec::new(),
    }
}

/// A bold label heads what follows it up to the next one; a list of numbered or known labels
/// still belongs to it.
fn extent_end(facts: &DocumentFacts, id: SectionId, section: &Section) -> u32 {
    if section.level != Section::PSEUDO {
        return section.extent.end;
    }
    let following = facts.sections[id as usize + 1..].iter();
    let belonging = following.take_while(|next| {
        next.level == Section::PSEUDO && next.parent == section.parent && {
            let written = title(facts.text_of(next.title));
            is_numbered(facts.text_of(next.title))
                || heads_one(&written)
                || aspect(&next.name).is_some()
        }
    });
    belonging.last().map_or(section.extent.end, |last| last.extent.end)
}

fn is_whole_document(facts: &DocumentFacts, id: SectionId) -> bool {
    facts.title().is_some_and(|title| std::ptr::eq(title, facts.section(id)))
        && facts.sections.iter().any(|section| (2..=6).contains(&section.level))
}

/// Whether a document's title says that it is about deviations alone: "Plan deviations".
fn is_all_about_it(name: &str) -> bool {
    name.split(' ').count() <= 4
}

/// The count in `Deviations from spec (2)`.
fn counted_in_title(written: &str, span: Span) -> Option<Declared> {
    let inner = written.trim_end().strip_suffix(')')?.rsplit_once('(')?.1;
    let count = number(flat(inner).as_str())?;
    Some(Declared { count, partial: false, span })
}

fn labeled(facts: &DocumentFacts, field: &Field) -> Option<Region> {
    let topic = topic(&field.name)?;
    let value = facts.text_of(field.value);
    let heads = facts.section(field.section).heading.covers(field.label);
    let total = topics::counts(&field.name);
    let measure = value.contains('%') || is_measure(value);
    if heads || measure || topics::is_aside(&field.name) && !total {
        return None;
    }
    let span = field.label.to(field.value);
    let counts = total || counts_plainly(&field.name, value);
    let declared = counted(value).filter(|_| counts);
    let declared = declared.map(|(count, partial)| Declared { count, partial, span });
    let body = field.content;
    let form = Form::Label { value: field.value };
    let name = field.label;
    (declared.is_some() || !total).then_some(Region {
        form,
        name,
        topic,
        body,
        apart: Vec::new(),
        declared,
        beside: outline::after_label(facts, field),
    })
}

/// Whether a value is a count and no sentence that opens with one: `2`, `3 minor deviations`.
fn counts_plainly(name: &str, value: &str) -> bool {
    const COUNTED: &List = listed!(
        "deviation|deviations|minor|major|small|auto|fixed|documented|reported|\
        accepted|approved|total|see|below"
    );
    let words = flat(value);
    !one_of(listed!("deviation|divergence|departure"), name)
        && words.split(' ').skip(1).all(|word| one_of(COUNTED, word))
}

/// `0.4`, `< 5`, `±2`: the deviation of a measurement.
fn is_measure(value: &str) -> bool {
    let value = value.trim_start();
    let signed = value.starts_with(['<', '>', '±', '~', '+']);
    let decimal = value.split_once('.').is_some_and(|(whole, rest)| {
        !whole.is_empty()
            && whole.bytes().all(|byte| byte.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_ascii_digit())
    });
    signed || decimal
}

/// The count that a value opens with: `2`, `2 auto-fixed (1 bug, 1 blocking)`, `two`. Several
/// counts outside of parentheses are no clear one. Also says whether it counts some kind only.
fn counted(value: &str) -> Option<(usize, bool)> {
    let mut outside = String::new();
    let mut depth = 0usize;
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let first = outside.lines().next().unwrap_or("").split(['—', '–', '.', ';']).next()?;
    let words = flat(first);
    let mut words = words.split(' ');
    let count = number(words.next()?)?;
    let plain = |word: &str| matches!(word, "deviation" | "deviations" | "total");
    let partial = !words.clone().all(plain);
    words.all(|word| !word.starts_with(|c: char| c.is_ascii_digit())).then_some((count, partial))
}

/// `| Deviations | None |`: a row of a table of two columns.
fn rows(facts: &DocumentFacts) -> impl Iterator<Item = Region> {
    let narrow = facts.tables.iter().filter(|table| table.columns == 2);
    let rows =
        narrow.flat_map(|table| (0..table.cells.len()).step_by(2).map(|at| &table.cells[at..]));
    rows.filter_map(|rows| {
        let &[name, value, ref following @ ..] = rows else { return None };
        let written = facts.text_of(name);
        let topic = topic(&flat(written))?;
        let said = facts.text_of(value);
        if is_measure(said) || said.contains('%') {
            return None;
        }
        let declared = counted(said).filter(|_| counts_plainly(&flat(written), said));
        let declared = declared.map(|(count, partial)| Declared { count, partial, span: value });
        let telling =
            declared.is_some() || flat(said).split(' ').count() > 1 || flat(said) == "none";
        telling.then_some(Region {
            form: Form::Label { value },
            name,
            topic,
            body: value,
            apart: Vec::new(),
            declared,
            beside: outline::after_row(facts, following),
        })
    })
}

/// The count that the closing lines of a region state.
pub(super) fn total(facts: &DocumentFacts, body: Span) -> Option<Declared> {
    let totals = fields_in(facts, body).iter().filter(|field| {
        let name = &*field.name;
        matches!(name, "total" | "count") || topic(name).is_some() && topics::counts(name)
    });
    totals.clone().find_map(|field| {
        let (count, partial) = counted(facts.text_of(field.value))?;
        Some(Declared { count, partial, span: field.label.to(field.value) })
    })
}
