//! The shape that a piece states, in whatever form.

use super::apply;
use super::role::{Role, role, status_of};
use crate::base::{Span, words::normalize};
use crate::facts::DocumentFacts;
use crate::model::contract::pieces::Piece;
use crate::model::contract::shape::{self, Entry, Shape};
use crate::model::contract::{Contract, openapi};

/// The shape that a piece states, in whatever form, with its status.
pub(super) fn content(facts: &DocumentFacts, piece: &Piece<'_>) -> (Option<u16>, bool, Shape) {
    let said = shape::body(facts.text_of(piece.value), piece.value.start as usize);
    if said.shape.is_said() {
        return (said.status, said.is_query, said.shape);
    }
    let codes =
        piece.codes.iter().filter_map(|&code| of_code(facts.text_of(code), code.start as usize));
    let tables = piece.tables.iter().filter_map(|table| shape::from_table(facts, table));
    let entries = || shape::from_entries(&piece.entries, piece.is_drawn);
    let mut found = codes.chain(tables.map(|shape| (None, shape)));
    match found.next().or_else(|| entries().map(|shape| (None, shape))) {
        Some((status, shape)) => (said.status.or(status), said.is_query, shape),
        None => (said.status, said.is_query, said.shape),
    }
}

/// The shape that a block of code shows: JSON, an HTTP message, a type.
fn of_code(text: &str, offset: usize) -> Option<(Option<u16>, Shape)> {
    let lead = text.len() - text.trim_start().len();
    let bare = &text[lead..];
    let mut status = None;
    let mut at = lead;
    if bare.starts_with("HTTP/") {
        let line = bare.lines().next().unwrap_or("");
        status = status_of(line.split_once(' ').map_or("", |(_, rest)| rest));
        let body = bare.find("\n\n").or_else(|| bare.find("\n{")).or_else(|| bare.find("\n["));
        let Some(body) = body else { return Some((status, Shape::Nothing)) };
        at += body;
    } else if !bare.starts_with(['{', '[']) {
        // A declaration, or a request line with headers: the body begins at a bracket.
        let declared = bare.starts_with("interface ")
            || bare.starts_with("type ")
            || bare.starts_with("export ");
        let comment = bare.starts_with("//") || bare.starts_with('#');
        let blank = bare
            .find("\n\n")
            .map(|at| at + 2)
            .filter(|&at| bare[at..].trim_start().starts_with(['{', '[']));
        at += if declared || comment {
            bare.find(['{'])?
        } else {
            blank.or_else(|| bare.find("\n{").map(|at| at + 1))?
        };
    }
    let place = Span::new(offset + at, offset + text.len());
    if let Some(shape) = openapi::json_schema(&text[at..], place) {
        return Some((status, shape));
    }
    let (shape, _) = shape::parse(&text[at..], offset + at)?;
    Some((status, shape))
}

/// Labels inside a list of a part: "- Success (200): {…}", "- Error: 401". Whether there are any.
pub(super) fn split(facts: &DocumentFacts, piece: &Piece<'_>, contract: &mut Contract) -> bool {
    if !piece.codes.is_empty() || facts.text_of(piece.value).contains('{') {
        return false;
    }
    let top = piece.entries.first().map_or(0, |entry| entry.depth);
    let labels = |entry: &Entry<'_>| entry.depth == top && labeled(entry).is_some();
    if !piece.entries.iter().any(labels) {
        return false;
    }
    for (at, entry) in piece.entries.iter().enumerate().filter(|(_, entry)| entry.depth == top) {
        let Some((label, value)) = labeled(entry) else { continue };
        let below = piece.entries[at + 1..].iter().take_while(|next| next.depth > top).copied();
        let inner = Piece {
            name: normalize(label).into(),
            label,
            span: Span::new(entry.span.start as usize, entry.span.start as usize + label.len()),
            value,
            entries: below.collect(),
            extent: entry.span,
            ..Piece::default()
        };
        apply(facts, &inner, contract);
    }
    true
}

/// The label of a list's line that announces a part, and its value.
fn labeled<'f>(entry: &Entry<'f>) -> Option<(&'f str, Span)> {
    let starts = entry.text.trim_start_matches(['`', '*', ' ']);
    let by_status = starts.get(..3).is_some_and(|code| status_of(code).is_some());
    if by_status {
        return Some(("status codes", entry.span));
    }
    let (label, _) = entry.text.split_once(':')?;
    let name = normalize(label);
    // "body: string" is a field.
    let value = entry.span.start as usize + label.len() + 1;
    let field = shape::from_entries(&[*entry], false).is_some();
    let announces = matches!(
        role(&name, label)?,
        Role::Response(_) | Role::Error(_) | Role::Errors | Role::Statuses
    );
    (announces && (!field || matches!(name.as_str(), "success" | "error" | "errors")))
        .then(|| (label, Span::new(value, entry.span.end as usize)))
}
