//! Coverage that tests aim at.

use super::Line;
use crate::base::{Span, words::holds};
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, flat, has_any, listed};

/// A stated target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// In percent.
    pub percent: f32,
    pub span: Span,
    /// It is said of unit tests, rather than of tests in general.
    pub unit: bool,
}

const AIMS: &List = listed!(
    "target|targets|targeted|targeting|goal|goals|aim|aims|minimum|at least|threshold|required"
);
const COVERAGE: &List = listed!("coverage|cover|covers|covered");
const OTHERS: &List = listed!(
    "integration|contract|contracts|e2e|end to end|edge|mutation|performance|system|acceptance|ui|\
    component|endpoint|endpoints"
);

pub(super) fn read(facts: &DocumentFacts, lines: &[Line]) -> Vec<Target> {
    let mut found = Vec::new();
    for line in lines {
        let text = facts.text_of(line.span);
        if !text.contains('%') || line.denied {
            continue;
        }
        let flat = flat(text);
        let section = facts.section(facts.section_at(line.span));
        let cell = target_cell(facts, line.span);
        let of_coverage = cell.is_some_and(|(_, of_coverage)| of_coverage);
        if !of_coverage && !has_any(&flat, COVERAGE) && !has_any(&section.name, COVERAGE) {
            continue;
        }
        let percent = match cell {
            Some((cell, _)) => {
                percents(facts.text_of(cell), cell.start as usize).into_iter().next()
            }
            None if has_any(&flat, AIMS) || text.contains(['≥']) || text.contains(">=") => {
                aimed(text, line.span.start as usize)
            }
            None => None,
        };
        let unit = |words: &str| has_any(words, listed!("unit|units"));
        let is_unit = unit(&flat) || unit(&section.name) && !has_any(&flat, OTHERS);
        let other = !is_unit && (has_any(&flat, OTHERS) || has_any(&section.name, OTHERS));
        if let (Some((percent, span)), false) = (percent, other) {
            found.push(Target { percent, span, unit: is_unit });
        }
    }
    if found.iter().any(|target| target.unit) {
        found.retain(|target| target.unit);
    }
    found
}

/// The cell of a row below a heading that says "Target", and whether the table is about coverage.
fn target_cell(facts: &DocumentFacts, row: Span) -> Option<(Span, bool)> {
    let (table, cell) = facts.cell_at(row.start)?;
    let target = |&cell: &Span| {
        let header = facts.text_of(cell);
        holds(header, "target") || holds(header, "goal") || holds(header, "threshold")
    };
    let column = table.header().iter().position(target)?;
    let columns = table.columns.max(1) as usize;
    let of_coverage = table.header().iter().any(|&cell| holds(facts.text_of(cell), "coverage"));
    Some((*table.row(cell / columns).get(column)?, of_coverage))
}

/// The percentage that a text aims at: the first behind the word, else the first before it.
fn aimed(text: &str, offset: usize) -> Option<(f32, Span)> {
    let lower = text.to_ascii_lowercase();
    let words =
        ["target", "goal", "aim", "minimum", "at least", "threshold", "required", "≥", ">="];
    let word = words.iter().filter_map(|word| lower.find(word)).min()?;
    let all = percents(text, offset);
    let behind = all.iter().find(|(_, span)| span.start as usize >= offset + word);
    behind.or(all.last()).copied()
}

fn percents(text: &str, offset: usize) -> Vec<(f32, Span)> {
    let numbers = text.match_indices('%').filter_map(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '+', '*', '`']);
        let from = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |from| from + before[from..].chars().next().map_or(1, char::len_utf8));
        let percent = before[from..].parse().ok()?;
        Some((percent, Span::new(offset + from, offset + at + 1)))
    });
    numbers.collect()
}
