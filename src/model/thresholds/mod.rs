//! Reads the numbers that something must reach or must not pass: coverage targets, response
//! times, availability, limits.
//!
//! A number is one where a comparison stands beside it ("under 200 ms", "≥ 90 %"), where its
//! label or column says that it is a target, or where what it measures leaves no doubt ("99.9 %
//! availability"). Dates, versions, prices, ranges and what is merely counted are none.

mod bounds;
mod numbers;

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts, InlineKind, SectionId, Table};
use crate::model::part_of;
use crate::model::phrases::{List, flat, has_any, listed, words};

pub use bounds::Bound;
pub use numbers::Measure;

/// A number that something must reach or must not pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// What the number is of: the label, or the words around it.
    pub name: String,
    /// The number with its unit, as written.
    pub span: Span,
    /// The item, row or paragraph that says so.
    pub line: Span,
    pub section: SectionId,
    /// In seconds, bytes, percent, or in the unit that the measure names.
    pub value: f64,
    pub measure: Measure,
    /// Nothing where it takes a reader to say which way is better.
    pub bound: Option<Bound>,
    /// It is a line of its own: a labeled value, a row, an item.
    pub listed: bool,
}

/// Every threshold of a document, in its order.
pub fn read(facts: &DocumentFacts) -> Vec<Threshold> {
    read_in(facts, Span::new(0, facts.text.len()))
}

/// Every number of a text that may be one to reach, with its unit: where it stands, how much it is
/// and what it measures.
pub fn figures(text: &str) -> Vec<(Span, f64, Measure)> {
    numbers::find(text).into_iter().map(|one| (one.span, one.value, one.measure)).collect()
}

/// The thresholds in a part of a document.
pub fn read_in(facts: &DocumentFacts, extent: Span) -> Vec<Threshold> {
    let mut found = Vec::new();
    // An item begins with its bullet, before what it says.
    let before = facts.text.get(..extent.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let around = Span { start: Span::new(line, line).start, end: extent.end };
    for block in part_of(&facts.blocks, around, |block| block.span) {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            let line = facts.own_text(block);
            let listed = block.kind == BlockKind::Item || facts.is_inside(block, BlockKind::Item);
            let said = Line { span: line, listed, section: block.section };
            said.read(facts, &mut found);
        }
    }
    for table in facts.tables.iter().filter(|table| meet(table.span, extent)) {
        rows(facts, table, &mut found);
    }
    found.retain(|one| extent.covers(one.span));
    found.sort_by_key(|one| one.span.start);
    found.dedup_by_key(|one| one.span);
    found
}

fn meet(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// A line of text outside of tables.
struct Line {
    span: Span,
    listed: bool,
    section: SectionId,
}

/// Words that say that a number is to be reached or kept.
const TARGETS: &List = listed!(
    "target|targets|goal|goals|limit|limits|threshold|thresholds|minimum|maximum|min|max|budget|\
    sla|slo|requirement|required|quota|cap|timeout|at least|at most|ziel|mindestens|höchstens"
);
/// Headings and labels of plans, where every number is a guess.
const PLANS: &List = listed!(
    "timeline|schedule|roadmap|milestone|milestones|effort|estimate|estimates|estimated|duration|\
    sprint|sprints|week|weeks|day|days|month|months|phase|budget|cost|costs|price|prices|pricing|\
    team|risk|risks|history|changelog|example|examples|revision"
);

impl Line {
    fn read(&self, facts: &DocumentFacts, found: &mut Vec<Threshold>) {
        let text = facts.text_of(self.span);
        let numbers = numbers::find(text);
        if numbers.is_empty() {
            return;
        }
        let label = facts.field_at(self.span.start).filter(|field| self.span.covers(field.label));
        let planned = facts.outward(self.section).any(|(_, one)| has_any(&one.name, PLANS))
            || label.is_some_and(|field| has_any(&field.name, PLANS));
        for number in numbers {
            let span = shifted(number.span, self.span);
            if is_code(facts, span) || planned && number.measure.is_of_plans() {
                continue;
            }
            let field = label.filter(|field| field.value.covers(span));
            let mut clause = clause(text, number.span);
            if let Some(field) = field {
                clause.start = clause.start.max(field.value.start - self.span.start);
            }
            let before = &text[clause.start as usize..number.span.start as usize];
            let after = &text[number.span.end as usize..clause.end as usize];
            let mut name = match field {
                Some(field) => joined(facts.text_of(field.label), &named_before(before)),
                None => around(before, after),
            };
            let said = bounds::said(before, after, &number);
            let listed = self.listed || field.is_some();
            let aimed = field.is_some_and(|field| has_any(&field.name, TARGETS));
            let plain = listed && number.measure == Measure::Share;
            if said.is_none() && !aimed && !(plain && bounds::is_quality(&flat(&name))) {
                continue;
            }
            let condition = bounds::is_condition(&text[..number.span.start as usize]);
            let bound = said.or_else(|| bounds::of_quantity(&flat(&name)));
            if flat(&name).is_empty() {
                name = around_line(text);
            }
            found.push(Threshold {
                name,
                span,
                line: self.span,
                section: self.section,
                value: number.value,
                measure: number.measure,
                bound: bound.filter(|_| !condition),
                listed,
            });
        }
    }
}

/// Columns that hold what is to be reached.
const COLUMNS: &List = listed!(
    "target|targets|goal|goals|limit|limits|threshold|thresholds|minimum|maximum|sla|slo|\
    requirement|acceptance|acceptable|target value|expected|ziel|zielwert"
);
/// Columns that hold what was found, planned or paid.
const OTHERS: &List = listed!(
    "actual|current|measured|result|results|baseline|status|effort|estimate|duration|date|\
    priority|cost|price|id|version|probability|risk|achieved|score"
);

/// The thresholds in the rows of a table.
fn rows(facts: &DocumentFacts, table: &Table, found: &mut Vec<Threshold>) {
    let planned = facts.outward(table.section).any(|(_, one)| has_any(&one.name, PLANS));
    for row in table.rows() {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        for (at, &cell) in row.iter().enumerate() {
            let header = table.header().get(at).map_or("", |&cell| facts.text_of(cell));
            let header_name = normalize(header);
            let aimed = has_any(&header_name, COLUMNS);
            if has_any(&header_name, OTHERS) && !aimed {
                continue;
            }
            let text = facts.text_of(cell);
            for number in numbers::find(text) {
                let span = shifted(number.span, cell);
                let before = &text[..number.span.start as usize];
                let after = &text[number.span.end as usize..];
                let said = bounds::said(before, after, &number);
                let in_plan = planned && number.measure.is_of_plans();
                if said.is_none() && !aimed || in_plan || is_code(facts, span) {
                    continue;
                }
                let head = if at == 0 { "" } else { facts.text_of(*first) };
                let column = if aimed { "" } else { header };
                let name = joined(head, &joined(column, &around(before, after)));
                let bound = said.or_else(|| bounds::of_quantity(&flat(&name)));
                found.push(Threshold {
                    bound: bound.filter(|_| !bounds::is_condition(before)),
                    name,
                    span,
                    line: first.to(*last),
                    section: table.section,
                    value: number.value,
                    measure: number.measure,
                    listed: true,
                });
            }
        }
    }
}

fn shifted(span: Span, by: Span) -> Span {
    Span { start: span.start + by.start, end: span.end + by.start }
}

/// Whether a number stands in code that is more than the number with its comparison.
fn is_code(facts: &DocumentFacts, span: Span) -> bool {
    facts.inline_at(span.start).is_some_and(|(inline, _)| {
        let code = facts.text_of(inline.span).trim_matches('`');
        inline.kind == InlineKind::Html
            || inline.kind == InlineKind::Code
                && !code.trim_start().starts_with(['<', '>', '≤', '≥'])
                && !code.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// The part of a text around a number that speaks of it: between marks that part clauses.
fn clause(text: &str, number: Span) -> Span {
    let (from, to) = (number.start as usize, number.end as usize);
    let parts = |at: usize, c: char| match c {
        ',' | ';' | '(' | ')' | '|' | '→' | '—' | '!' | '?' => true,
        '.' => text[at + 1..].starts_with(char::is_whitespace),
        // A line that begins with a label says something else.
        '\n' => text[at..].trim_start().starts_with(['-', '*']),
        _ => false,
    };
    let before = text[..from].char_indices().rev().find(|&(at, c)| parts(at, c));
    let after = text[to..].char_indices().find(|&(at, c)| parts(to + at, c));
    let start = before.map_or(0, |(at, c)| at + c.len_utf8());
    Span::new(start, after.map_or(text.len(), |(at, _)| to + at))
}

/// What a number is of, by the words before it, else by those behind it.
fn around(before: &str, after: &str) -> String {
    let before = named_before(before);
    if before.is_empty() { shortened(after, false) } else { before }
}

fn named_before(before: &str) -> String {
    let before = shortened(bounds::without(before), true);
    if words(&flat(&before)).any(is_telling) { before } else { String::new() }
}

/// What a line is about, where the clause of a number says nothing.
fn around_line(text: &str) -> String {
    let end = text.find(['(', ':', '<', '>', '≤', '≥']).unwrap_or(text.len());
    shortened(&text[..end], false)
}

fn is_telling(word: &str) -> bool {
    const FILLERS: &List = listed!(
        "a|an|the|of|is|are|be|to|in|on|at|and|or|with|for|must|should|shall|will|it|its|than|by|\
        per|stay|stays|than|has|have|not|that"
    );
    word.chars().any(char::is_alphabetic) && !FILLERS.has(word)
}

/// The last or the first words of a text, without marks.
fn shortened(text: &str, last: bool) -> String {
    const MOST: usize = 6;
    let plain = plain(text);
    let all: Vec<&str> = plain.split_whitespace().collect();
    let from = if last { all.len().saturating_sub(MOST) } else { 0 };
    let shown = &all[from..all.len().min(from + MOST)];
    let is_edge = |word: &&&str| !is_telling(&flat(word));
    let lead = shown.iter().take_while(is_edge).count();
    let tail = shown[lead..].iter().rev().take_while(is_edge).count();
    shown[lead..shown.len() - tail].join(" ")
}

/// A text without marks of Markdown, on one line.
fn plain(text: &str) -> String {
    let bare = text.replace(['*', '`', '_', '~'], "");
    let words: Vec<&str> = bare.split_whitespace().collect();
    words.join(" ").trim_matches([':', '-', ' ', '[', ']', '.', '"']).to_owned()
}

fn joined(one: &str, other: &str) -> String {
    let (one, other) = (plain(one), plain(other));
    match (one.is_empty(), other.is_empty()) {
        (false, false) => format!("{one}: {other}"),
        (true, _) => other,
        (_, true) => one,
    }
}

#[cfg(test)]
mod tests;
