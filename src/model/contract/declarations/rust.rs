//! Structs and enums of Rust.

use super::tokens::Tokens;
use super::types::{Types, without_null};
use super::{Found, Language, object};
use crate::model::contract::{Member, Shape};

pub(super) fn read(mut found: Found) {
    let tokens = found.tokens;
    let mut at = 0;
    while at < tokens.list.len() {
        let from = at;
        at = skipped(tokens, at);
        let keyword = tokens.text(at);
        let end = match keyword {
            "struct" | "enum" if tokens.is_word(at + 1) => declaration(&mut found, from, at + 1),
            "mod" if tokens.is(at + 2, '{') => Some(at + 3),
            _ => None,
        };
        at = end.unwrap_or_else(|| tokens.after(at)).max(from + 1);
    }
}

/// The place behind attributes and `pub`.
fn skipped(tokens: &Tokens, mut at: usize) -> usize {
    loop {
        let attribute = tokens.is(at, '#').then(|| at + 1 + usize::from(tokens.is(at + 1, '!')));
        if let Some(open) = attribute.filter(|open| tokens.is(*open, '[')) {
            at = tokens.after(open);
        } else if tokens.text(at) == "pub" {
            at += 1;
            if tokens.is(at, '(') && matches!(tokens.text(at + 1), "crate" | "super" | "in") {
                at = tokens.after(at);
            }
        } else {
            return at;
        }
    }
}

fn declaration(found: &mut Found, from: usize, name: usize) -> Option<usize> {
    let (tokens, end) = (found.tokens, found.tokens.list.len());
    let is_enum = tokens.text(name - 1) == "enum";
    let mut open = tokens.after_angles(name + 1, end);
    if tokens.is(open, '(') && !is_enum {
        let (_, close) = found.braces(name, open)?;
        found.add(name, (from, close + 1), tuple(tokens, open, close));
        return Some(close + 1);
    }
    if tokens.text(open) == "where" {
        while open < end && !tokens.is(open, '{') && !tokens.is(open, ';') {
            open = tokens.after(open);
        }
    }
    if tokens.is(open, ';') && !is_enum {
        found.add(name, (from, open), object(Vec::new()));
        return Some(open);
    }
    if !tokens.is(open, '{') {
        return None;
    }
    let (inside, close) = found.braces(name, open)?;
    let shape = match is_enum {
        true => Shape::Either(variants(tokens, inside, close)),
        false => object(fields(tokens, inside, close)),
    };
    found.add(name, (from, close + 1), shape);
    Some(close + 1)
}

/// What stands in parentheses: of one part, that part.
fn tuple(tokens: &Tokens, open: usize, close: usize) -> Shape {
    let mut types = Types::new(tokens, Language::Rust, skipped(tokens, open + 1), close);
    let first = types.read();
    let whole = types.at >= close || tokens.is(types.at, ',') && types.at + 1 == close;
    if whole { first } else { Shape::Words(tokens.words(open, close + 1)) }
}

fn fields(tokens: &Tokens, from: usize, end: usize) -> Vec<Member> {
    let mut all = Vec::new();
    let mut at = from;
    while at < end {
        let name = skipped(tokens, at).min(end);
        let mut types = Types::new(tokens, Language::Rust, name, end);
        if tokens.is_word(name) && tokens.is(name + 1, ':') {
            types.at += 2;
            let (shape, optional) = without_null(types.read());
            let written = tokens.text(name).trim_start_matches("r#").to_owned();
            all.push(Member { name: written, optional, shape, span: tokens.span(name, name + 1) });
        }
        at = next(tokens, types.at, end);
    }
    all
}

fn variants(tokens: &Tokens, from: usize, end: usize) -> Vec<Shape> {
    let mut all = Vec::new();
    let mut at = from;
    while at < end {
        let name = skipped(tokens, at).min(end);
        if tokens.is_word(name) && name < end {
            let written = tokens.text(name).to_owned();
            let close = tokens.close(name + 1).filter(|close| *close < end);
            let held = close.map(|close| match tokens.is(name + 1, '{') {
                true => object(fields(tokens, name + 2, close)),
                false => tuple(tokens, name + 1, close),
            });
            all.push(match held {
                None => Shape::Value(written),
                Some(shape) => {
                    let span = tokens.span(name, name + 1);
                    object(vec![Member { name: written, optional: false, shape, span }])
                }
            });
        }
        at = next(tokens, name, end);
    }
    all
}

/// The place behind the next comma.
fn next(tokens: &Tokens, mut at: usize, end: usize) -> usize {
    while at < end && !tokens.is(at, ',') {
        at = tokens.after(at);
    }
    at + 1
}
