//! Structs, interfaces and other types of Go.

use super::tokens::{Kind, Tokens};
use super::types::{Types, without_null};
use super::{Found, Language, extended, object};
use crate::model::contract::{Member, Shape};

pub(super) fn read(mut found: Found) {
    let tokens = found.tokens;
    let mut at = 0;
    while at < tokens.list.len() {
        let from = at;
        let end = match tokens.text(at) {
            "type" if tokens.is(at + 1, '(') => {
                let close = tokens.close(at + 1);
                let mut inner = at + 2;
                while let Some(close) = close
                    && inner < close
                {
                    inner = declaration(&mut found, inner, inner)
                        .unwrap_or_else(|| tokens.after(inner))
                        .max(inner + 1);
                }
                close
            }
            "type" if tokens.is_word(at + 1) => declaration(&mut found, at, at + 1),
            _ => None,
        };
        at = end.unwrap_or_else(|| tokens.after(at)).max(from + 1);
    }
}

fn declaration(found: &mut Found, from: usize, name: usize) -> Option<usize> {
    let tokens = found.tokens;
    if !tokens.is_word(name) {
        return None;
    }
    let mut at = name + 1;
    // `type Page[T any] struct`: parameters hold words, the length of an array does not.
    if tokens.is(at, '[') && tokens.is_word(at + 1) && tokens.is_word(at + 2) {
        at = tokens.after(at);
    }
    at += usize::from(tokens.is(at, '='));
    let keyword = tokens.text(at);
    if !matches!(keyword, "struct" | "interface") || !tokens.is(at + 1, '{') {
        if tokens.is_first(at) {
            return None;
        }
        let mut types = Types::new(tokens, Language::Go, at, tokens.list.len());
        let shape = types.read();
        found.add(name, (from, types.at), shape);
        return Some(types.at);
    }
    let (inside, close) = found.braces(name, at + 1)?;
    let shape = match keyword {
        "struct" => fields(tokens, inside, close),
        _ => methods(tokens, inside, close),
    };
    found.add(name, (from, close + 1), shape);
    Some(close + 1)
}

fn fields(tokens: &Tokens, from: usize, end: usize) -> Shape {
    let (mut bases, mut all) = (Vec::new(), Vec::new());
    let mut at = from;
    while at < end {
        let start = at;
        let mut names = Vec::new();
        while tokens.is_word(at) && at < end {
            names.push(at);
            at += 1;
            if !tokens.is(at, ',') {
                break;
            }
            at += 1;
        }
        let pointed = tokens.is(at, '*');
        let alone = tokens.is_first(at) || at >= end || tokens.is(at, '.') || tokens.is(at, ';');
        let embedded = alone || tokens.list[at].kind == Kind::Text || names.is_empty();
        let mut types = Types::new(tokens, Language::Go, if embedded { start } else { at }, end);
        let (shape, optional) = without_null(types.read());
        at = types.at;
        let tag = tokens.list.get(at).filter(|tag| tag.kind == Kind::Text && at < end);
        let tag = tag.map_or("", |_| tokens.text(at));
        let (renamed, omitted) = json(tag);
        if embedded {
            bases.push(shape);
        } else {
            for name in names {
                let written = renamed.unwrap_or(tokens.text(name)).to_owned();
                let span = tokens.span(name, name + 1);
                let optional = optional || omitted || pointed;
                all.push(Member { name: written, optional, shape: shape.clone(), span });
            }
        }
        at = line_end(tokens, at, end).max(start + 1);
    }
    // `json:"-"` says that nobody sees the member.
    all.retain(|member: &Member| member.name != "-");
    extended(bases, object(all))
}

/// The name that a tag gives a member in JSON, and whether it may be left out.
fn json(tag: &str) -> (Option<&str>, bool) {
    let Some((_, rest)) = tag.split_once("json:\"") else { return (None, false) };
    let mut parts = rest.split('"').next().unwrap_or("").split(',');
    let name = parts.next().filter(|name| !name.is_empty());
    (name, parts.any(|part| part == "omitempty" || part == "omitzero"))
}

fn methods(tokens: &Tokens, from: usize, end: usize) -> Shape {
    let (mut bases, mut all) = (Vec::new(), Vec::new());
    let mut at = from;
    while at < end {
        let after = line_end(tokens, tokens.after(at), end).max(at + 1);
        if tokens.is_word(at) && tokens.is(at + 1, '(') {
            let shape = Shape::Words(tokens.words(at + 1, after));
            let span = tokens.span(at, at + 1);
            let name = tokens.text(at).to_owned();
            all.push(Member { name, optional: false, shape, span });
        } else if tokens.is_word(at) {
            bases.push(Types::new(tokens, Language::Go, at, after).read());
        }
        at = after;
    }
    extended(bases, object(all))
}

/// The place of the next token that begins a line.
fn line_end(tokens: &Tokens, mut at: usize, end: usize) -> usize {
    while at < end && !tokens.is_first(at) {
        if tokens.is(at, ';') {
            return at + 1;
        }
        at = tokens.after(at);
    }
    at.min(end)
}
