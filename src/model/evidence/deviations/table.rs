//! Deviations told in the rows of a table.

use super::body::short;
use super::entries::Entries;
use super::labels::{self, Aspect, aspect};
use super::topics::topic;
use super::{Deviation, denials, kept};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{DocumentFacts, Table};
use crate::model::phrases::{flat, is_blank};

/// Reads each row as one deviation. The header says which column tells what.
pub(super) fn read(entries: &mut Entries<'_>, table: &Table) {
    let facts = entries.facts;
    let column = |cell: &Span| column(facts.text_of(*cell));
    let columns: Vec<Option<Aspect>> = table.header().iter().map(column).collect();
    let answers = Answers::of(facts, table, &columns);
    for row in table.rows() {
        let whole = row.iter().copied().reduce(Span::to).unwrap_or_default();
        let told: Vec<(Option<Aspect>, Span)> = columns
            .iter()
            .copied()
            .zip(row.iter().copied())
            .filter(|(aspect, cell)| {
                let text = facts.text_of(*cell);
                !is_blank(text) && (aspect.is_some() || !is_id(text))
            })
            .collect();
        let Some(&(first, opening)) = told.first() else { continue };
        let denied = denials::says_none(facts.text_of(opening), entries.words);
        if denied && (told.len() == 1 || first != Some(Aspect::Agreed)) {
            entries.none = entries.none.or(Some(whole));
        } else if answers.keep(entries, row) {
            entries.kept = entries.kept.or(Some(whole));
        } else if entries.none.is_some() && agrees(facts, &told) {
            // A table that shows what was agreed and kept bears the denial out.
        } else if !flat(facts.text_of(opening)).starts_with("total") {
            let all = flat(facts.text_of(whole));
            let mut entry = entry(&told, whole);
            // Only a column of its own says for certain that a reason or an impact is missing.
            if entry.why.is_none() && !columns.contains(&Some(Aspect::Why)) {
                entry.why = labels::gives_reason(&all).then_some(whole);
            }
            if entry.impact.is_none() && !columns.contains(&Some(Aspect::Impact)) {
                entry.impact = labels::gives_impact(&all).then_some(whole);
            }
            let done = told.iter().find(|(aspect, _)| *aspect == Some(Aspect::Done));
            let named = done.filter(|_| first.is_none()).map_or(opening, |&(_, cell)| cell);
            entry.title = short(facts.text_of(named));
            entries.found.push(entry);
        }
    }
}

/// The columns that say whether something is as agreed.
struct Answers {
    /// Those that name deviations, and those that ask "As designed?".
    states: Vec<(bool, bool)>,
    /// Those of a plain state, in a table that gives no reasons.
    plain: Vec<bool>,
}

impl Answers {
    fn of(facts: &DocumentFacts, table: &Table, columns: &[Option<Aspect>]) -> Self {
        let state = |cell: &Span| {
            let name = normalize(facts.text_of(*cell));
            (topic(&name).is_some(), kept::asks(&name))
        };
        let states: Vec<(bool, bool)> = table.header().iter().map(state).collect();
        let reports = columns.iter().any(|one| matches!(one, Some(Aspect::Why | Aspect::Impact)))
            || states.iter().any(|&(deviations, _)| deviations);
        let plain = columns.iter().map(|one| match one {
            Some(Aspect::Done) => true,
            Some(Aspect::Resolution) | None => !reports,
            _ => false,
        });
        Self { plain: plain.collect(), states }
    }

    /// Whether a row says that what it names first is as agreed.
    fn keep(&self, entries: &Entries<'_>, row: &[Span]) -> bool {
        let columns = self.states.iter().zip(&self.plain);
        row.iter().zip(columns).skip(1).any(|(cell, (&(deviations, asks), &plain))| {
            let text = entries.facts.text_of(*cell);
            deviations && denials::says_none(text, entries.words)
                || asks && kept::affirms(text)
                || plain && kept::keeps(text) && flat(text) != "none"
        })
    }
}

/// Whether a row says that what was done is what was agreed.
fn agrees(facts: &DocumentFacts, told: &[(Option<Aspect>, Span)]) -> bool {
    let text = |wanted: Aspect| {
        let found = told.iter().find(|(aspect, _)| *aspect == Some(wanted));
        found.map(|(_, cell)| flat(facts.text_of(*cell)))
    };
    let agreed = text(Aspect::Agreed);
    agreed.is_none() || text(Aspect::Done).is_none_or(|done| Some(done) == agreed)
}

fn entry(told: &[(Option<Aspect>, Span)], whole: Span) -> Deviation {
    let find = |wanted: Aspect| {
        told.iter().find(|(aspect, _)| *aspect == Some(wanted)).map(|&(_, cell)| cell)
    };
    let what = match (find(Aspect::Agreed), find(Aspect::Done)) {
        (Some(agreed), Some(done)) => Some(agreed.to(done)),
        (agreed, done) => done.or(agreed).or(told.first().map(|&(_, cell)| cell)),
    };
    Deviation {
        title: String::new(),
        span: whole,
        extent: whole,
        what,
        why: find(Aspect::Why).or(find(Aspect::Issue)),
        impact: find(Aspect::Impact),
        resolution: find(Aspect::Resolution),
    }
}

fn column(header: &str) -> Option<Aspect> {
    let name = normalize(header);
    if topic(&name).is_some() { Some(Aspect::Done) } else { aspect(&name) }
}

/// `1`, `D-2`, `#3`: a cell that numbers its row.
fn is_id(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['#', '*']).trim_end_matches('*');
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
    let numbers = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    text.len() <= 8 && !digits.is_empty() && numbers
}
