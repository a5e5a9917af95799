//! Error cases as a line, a list, a table or blocks of their own.

use super::errors_from;
use crate::base::words::normalize;
use crate::facts::{DocumentFacts, Table};
use crate::model::contract::pieces::Piece;
use crate::model::contract::{Contract, ErrorCase, errors};

pub(super) fn all(facts: &DocumentFacts, piece: &Piece<'_>, contract: &mut Contract) {
    contract.errors = Some(contract.errors.map_or(piece.extent, |span| span.to(piece.extent)));
    let value = facts.text_of(piece.value);
    let mut cases = errors::cases(value, piece.value.start as usize, true);
    for entry in &piece.entries {
        cases.extend(errors::cases(entry.text, entry.span.start as usize, true));
    }
    for table in &piece.tables {
        cases.extend(tabled(facts, table, false));
    }
    for &code in &piece.codes {
        let text = facts.text_of(code);
        if !text.trim_start().starts_with(['{', '[']) {
            cases.extend(errors::cases(text, code.start as usize, true));
        }
    }
    errors_from(cases, contract);
}

/// Rows of errors: `| 404 | NOT_FOUND | no such room |`. A status and a name beside it are one case
/// each, for contracts give the one or the other.
pub(in crate::model) fn error_rows(facts: &DocumentFacts, table: &Table) -> Vec<ErrorCase> {
    tabled(facts, table, true)
}

/// Rows of errors by their first column of codes, or by every one.
fn tabled(facts: &DocumentFacts, table: &Table, every: bool) -> Vec<ErrorCase> {
    let header: Vec<String> =
        table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
    let column = |names: &[&str]| {
        header
            .iter()
            .position(|name| names.iter().any(|one| name.split(' ').any(|word| word == *one)))
    };
    const CODES: &[&str] = &["status", "code", "http", "error", "errors"];
    let code = column(CODES).unwrap_or(0);
    let other = |names: &[&str]| column(names).filter(|&at| at != code);
    let meaning = other(&[
        "meaning",
        "description",
        "when",
        "reason",
        "condition",
        "message",
        "cause",
        "scenario",
    ])
    .or_else(|| (header.len() > 1).then_some(header.len() - 1));
    let is_code = |at: usize| {
        at == code
            || every && meaning != Some(at) && header[at].split(' ').any(|w| CODES.contains(&w))
    };
    let codes: Vec<usize> = (0..header.len()).filter(|&at| is_code(at)).collect();
    let mut found = Vec::new();
    for (row, &code) in table.rows().flat_map(|row| codes.iter().map(move |code| (row, code))) {
        let Some(&cell) = row.get(code) else { continue };
        let mut cases = errors::cases(facts.text_of(cell), cell.start as usize, true);
        if let Some(&told) = meaning.and_then(|at| row.get(at)) {
            for case in cases.iter_mut().filter(|_| meaning != Some(code)) {
                case.meaning = facts.text_of(told).trim_matches(['`', '*', ' ']).to_owned();
                case.span = case.span.to(told);
            }
        }
        found.extend(cases);
    }
    found
}

pub(super) fn one(facts: &DocumentFacts, piece: &Piece<'_>, status: u16, contract: &mut Contract) {
    let value = facts.text_of(piece.value);
    let from = value.trim_matches(['`', '*', ' ', '-', ':', '–', '—', '(', ')']);
    let sample = from.starts_with(['{', '[']);
    let noted = piece.label.split_once(&status.to_string()).map_or("", |(_, rest)| rest);
    let noted = noted.trim_matches([' ', ':', '*', '`', '(', ')', '-', '–', '—', '\n']);
    let meaning =
        if from.is_empty() || sample { noted } else { from.lines().next().unwrap_or(from) };
    let message = || piece.codes.iter().find_map(|&code| message(facts.text_of(code)));
    let meaning = if meaning.is_empty() { message().unwrap_or("") } else { meaning };
    let case =
        ErrorCase { code: status.to_string(), meaning: meaning.to_owned(), span: piece.extent };
    errors_from(vec![case], contract);
}

/// The message in a sample of an error's body.
fn message(code: &str) -> Option<&str> {
    let found = ["\"message\"", "\"error\"", "\"detail\""].iter().find_map(|key| {
        let rest = code[code.find(key)? + key.len()..].trim_start_matches([' ', ':']);
        rest.strip_prefix('"')?.split('"').next()
    });
    found.filter(|text| !text.is_empty())
}
