//! Names that are values of labels.

use super::blocks::{holding_item, names};
use super::{Anchor, Place};
use crate::base::Span;
use crate::facts::{BlockKind, DocumentFacts, Field};
use crate::model::contract::context::{Context, Standing, of_heading};
use crate::model::contract::named::{self, Name};
use crate::model::contract::tail;
use crate::model::contract::{Form, Method, Route, Subject};

/// `**Endpoint**: POST /x`, `Login: POST /x`, `Method: POST` with `Path: /x`.
pub(super) fn read(facts: &DocumentFacts, context: &Context) -> Vec<Anchor> {
    let mut found = Vec::new();
    for (at, field) in facts.fields.iter().enumerate() {
        let value = facts.text_of(field.value);
        let section = facts.section(field.section);
        if section.heading.covers(field.label)
            || facts.front_matter.is_some_and(|span| span.covers(field.label))
        {
            continue;
        }
        let block = &facts.blocks[field.block as usize];
        let item = holding_item(facts, field.block);
        let standing = context.at(field.section);
        let names_it = is_place(&field.name) || is_method(&field.name);
        let anchor = |name: Name, tail: Span, needs_parts: bool| Anchor {
            name,
            form: Form::Line,
            place: item.filter(|_| !names_it).map_or(Place::Field, Place::Item),
            section: field.section,
            standing,
            tail,
            needs_parts,
            fenced: Vec::new(),
        };
        if is_method(&field.name)
            && let Some(name) = method_and_path(facts, at)
        {
            let end = name.span.end;
            found.push(anchor(name, Span { start: end, end }, false));
            continue;
        }
        if !named::may_name(value) {
            continue;
        }
        let offset = field.value.start as usize;
        let called = matches!(of_heading(&field.name), Standing::Told | Standing::Passing)
            || CALLS.iter().any(|word| field.name.split(' ').any(|one| one == *word));
        for (name, end) in names(value.lines().next().unwrap_or(value), offset) {
            let tail = Span { start: (offset + end) as u32, end: field.value.end };
            let sentence = !tail::parts_from(facts.text_of(tail).lines().next().unwrap_or(""));
            if called || sentence && !names_it || block.kind == BlockKind::Cell {
                continue;
            }
            let stated =
                standing == Standing::Stated || of_heading(&field.name) == Standing::Stated;
            found.push(anchor(name, tail, !names_it && (!stated || standing == Standing::Passing)));
        }
    }
    found
}

/// Words of labels whose values are called rather than stated.
const CALLS: &[&str] = &[
    "call", "see", "like", "via", "trigger", "request", "expected", "actual", "verify", "input",
    "output", "if", "when", "then", "action", "command",
];

fn is_place(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    matches!(
        last,
        "endpoint"
            | "endpoints"
            | "route"
            | "routes"
            | "url"
            | "uri"
            | "path"
            | "api"
            | "http"
            | "signature"
            | "event"
            | "line"
    ) && name.split(' ').count() <= 4
        || matches!(name, "request" | "http request" | "method and path" | "rest" | "operation")
}

pub(super) fn is_method(name: &str) -> bool {
    matches!(name, "method" | "http method" | "verb" | "http verb" | "request method")
}

pub(super) fn method_of(facts: &DocumentFacts, field: &Field) -> Option<Method> {
    let value = facts.text_of(field.value).trim_matches(['`', '*', ' ']);
    Method::read(value.split([' ', ',', '`', '|']).next().unwrap_or(value))
}

/// A method and a path in two fields beside each other.
fn method_and_path(facts: &DocumentFacts, at: usize) -> Option<Name> {
    let field = &facts.fields[at];
    let method = method_of(facts, field)?;
    let near = [at.checked_sub(1), Some(at + 1), at.checked_sub(2), Some(at + 2)];
    let near = near.into_iter().flatten().filter_map(|other| facts.fields.get(other));
    let is_path = |other: &&Field| {
        let value = facts.text_of(other.value).trim_start_matches(['`', '*']);
        other.section == field.section && is_place(&other.name) && named::begins_path(value)
    };
    let other = near.into_iter().find(is_path)?;
    let value = facts.text_of(other.value);
    let bare = value.trim_start_matches(['`', '*']);
    let path = named::path(bare);
    let start = other.value.start as usize + value.len() - bare.len();
    let span = field.value.to(Span::new(start, start + path.len()));
    let (subjects, broken) = match Route::read(path) {
        Ok(route) => (vec![Subject::Endpoint { method, route }], None),
        Err(why) => (Vec::new(), Some(why)),
    };
    Some(Name { subjects, broken, span, end: 0 })
}
