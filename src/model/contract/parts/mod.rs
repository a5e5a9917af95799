//! What a labeled piece adds to a contract.

mod content;
mod failures;
mod headers;
mod role;

use super::pieces::Piece;
use super::shape::{self, Shape};
use super::{Auth, Contract, ErrorCase, Part, Subject, errors};
use crate::base::Span;
use crate::facts::DocumentFacts;
use content::{content, split};
pub(in crate::model) use failures::error_rows;
pub(super) use headers::header;
pub(super) use role::{Role, role};

/// Adds what a piece says to a contract. What was said before stays.
pub(super) fn apply(facts: &DocumentFacts, piece: &Piece<'_>, contract: &mut Contract) {
    let Some(role) = role(&piece.name, piece.label) else { return };
    let value = facts.text_of(piece.value);
    match role {
        Role::Path => {}
        Role::Headers => headers::all(facts, piece, contract),
        Role::Header => header(piece.label, value, piece.extent, contract),
        Role::Auth => {
            contract.auth.get_or_insert(Auth {
                required: requires(value),
                span: piece.span.to(piece.value),
            });
        }
        Role::Errors => failures::all(facts, piece, contract),
        Role::Error(status) => failures::one(facts, piece, status, contract),
        Role::Statuses => statuses(facts, piece, contract),
        Role::Request | Role::Query => {
            if split(facts, piece, contract) {
                return;
            }
            let (status, query, shape) = content(facts, piece);
            let part = Part { span: piece.extent, shape, status };
            request(contract, part, query || role == Role::Query);
        }
        Role::Response(status) => {
            if split(facts, piece, contract) {
                return;
            }
            let (said, _, shape) = content(facts, piece);
            let status = status.or(said);
            let shape = if matches!(status, Some(204 | 304)) && !shape.is_said() {
                Shape::Nothing
            } else {
                shape
            };
            response(contract, Part { span: piece.extent, shape, status });
            let rest = if value.contains("or 4") || value.contains(" 4") { value } else { "" };
            let begun = shape::body(rest, 0).end;
            let rest = rest.get(begun..).unwrap_or("");
            let from = piece.value.end as usize - rest.len();
            errors_from(errors::cases(rest, from, false), contract);
        }
    }
}

/// Takes a sample that stands below an event under no label of its own for its payload.
pub(super) fn payload(facts: &DocumentFacts, extent: Span, contract: &mut Contract) {
    if contract.request.is_some() || !matches!(contract.subject, Subject::Event { .. }) {
        return;
    }
    let sample = facts.codes_in(extent).find_map(|code| {
        let text = facts.text_of(code.body);
        let lead = text.len() - text.trim_start().len();
        let begins = text[lead..].starts_with('{');
        let shape = begins.then(|| shape::parse(&text[lead..], code.body.start as usize + lead));
        Some(Part { span: code.span, shape: shape.flatten()?.0, status: None })
    });
    if let Some(part) = sample {
        request(contract, part, false);
    }
}

pub(super) fn request(contract: &mut Contract, part: Part, is_query: bool) {
    let bodiless =
        matches!(&contract.subject, Subject::Endpoint { method, .. } if method.is_bodiless());
    let place = if is_query && !bodiless { &mut contract.query } else { &mut contract.request };
    merge(place, part);
}

pub(super) fn response(contract: &mut Contract, part: Part) {
    // The first of several is the one that callers meet.
    merge(&mut contract.response, part);
}

/// What says a shape stands before what says none.
fn merge(place: &mut Option<Part>, part: Part) {
    let said = |part: &Part| part.shape.is_said();
    match place {
        Some(known) if said(known) || !said(&part) => {
            known.status = known.status.or(part.status.filter(|_| !said(known)));
        }
        Some(known) => *known = Part { status: part.status.or(known.status), ..part },
        None => *place = Some(part),
    }
}

pub(super) fn errors_from(cases: Vec<ErrorCase>, contract: &mut Contract) {
    for case in cases {
        contract.errors = Some(contract.errors.map_or(case.span, |span| span.to(case.span)));
        let known = contract.error_cases.iter_mut().find(|known| {
            known.code == case.code && (known.meaning.is_empty() || known.meaning == case.meaning)
        });
        match known {
            Some(known) => known.meaning = case.meaning,
            None => contract.error_cases.push(case),
        }
    }
}

/// A list, a table or a line of statuses, of success and of errors.
fn statuses(facts: &DocumentFacts, piece: &Piece<'_>, contract: &mut Contract) {
    let mut texts: Vec<Span> = Vec::new();
    if !piece.value.is_empty() {
        texts.push(piece.value);
    }
    texts.extend(piece.entries.iter().map(|entry| entry.span));
    for table in &piece.tables {
        texts.extend(table.rows().filter_map(|row| Some(row.first()?.to(*row.last()?))));
    }
    for span in texts {
        let text = facts.text_of(span);
        let said = shape::body(text, span.start as usize);
        if let Some(status) = said.status.filter(|status| *status < 400) {
            let bare = if status == 204 { Shape::Nothing } else { Shape::Unsaid };
            let shape = if said.shape.is_said() { said.shape } else { bare };
            response(contract, Part { span, shape, status: Some(status) });
        } else if said.status.is_none() && said.shape.is_said() {
            response(contract, Part { span, shape: said.shape, status: None });
        }
        errors_from(errors::cases(text, span.start as usize, false), contract);
    }
    if contract.response.is_none() && !piece.codes.is_empty() {
        let (status, _, shape) = content(facts, piece);
        response(contract, Part { span: piece.extent, shape, status });
    }
}

/// Whether words on authentication say that it is needed.
pub(super) fn requires(text: &str) -> bool {
    let text = text
        .trim_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '❌' | '✗' | '-' | '—' | '✅' | '🔒')
        })
        .to_lowercase();
    const FREE: &[&str] = &[
        "no",
        "none",
        "not",
        "public",
        "optional",
        "false",
        "❌",
        "✗",
        "-",
        "—",
        "anonymous",
        "n/a",
        "without",
        "open",
    ];
    let first = text.split([' ', ',', '(', '.', ';', ':']).next().unwrap_or("");
    !FREE.contains(&first)
}
