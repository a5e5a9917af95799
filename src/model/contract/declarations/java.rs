//! Classes, records, interfaces and enums of Java.

use super::tokens::{Kind, Tokens};
use super::types::{Types, annotation, without_null};
use super::{DEEPEST, Found, Language, extended, object};
use crate::model::contract::{Member, Shape};

const MODIFIERS: &[&str] = &[
    "public",
    "protected",
    "private",
    "static",
    "final",
    "abstract",
    "default",
    "synchronized",
    "transient",
    "volatile",
    "native",
    "sealed",
    "strictfp",
];

pub(super) fn read(mut found: Found) {
    let end = found.tokens.list.len();
    let mut at = 0;
    while at < end {
        let from = at;
        let (_, start) = modifiers(found.tokens, at, end);
        at = match declaration(&mut found, from, start) {
            Some(end) => end,
            None => found.tokens.after(start.min(end)),
        };
    }
}

/// Skips annotations and modifiers. Answers whether what follows is no part of every object.
fn modifiers(tokens: &Tokens, mut at: usize, end: usize) -> (bool, usize) {
    let mut is_static = false;
    while at < end {
        if tokens.is(at, '@') && tokens.text(at + 1) != "interface" {
            at = annotation(tokens, at);
        } else if MODIFIERS.contains(&tokens.text(at)) {
            is_static |= tokens.text(at) == "static";
            at += 1;
        } else {
            break;
        }
    }
    (is_static, at)
}

/// Reads a declaration whose keyword stands at a place. Answers with the place behind it.
fn declaration(found: &mut Found, from: usize, at: usize) -> Option<usize> {
    let (tokens, name) = (found.tokens, at + 1);
    let keyword = tokens.text(at);
    if !matches!(keyword, "class" | "interface" | "record" | "enum") || !tokens.is_word(name) {
        return None;
    }
    let mut types = Types::new(tokens, Language::Java, name + 1, tokens.list.len());
    types.at = tokens.after_angles(types.at, types.end);
    let mut members = Vec::new();
    if keyword == "record" {
        let open = Some(types.at).filter(|open| tokens.is(*open, '('))?;
        let (inside, close) = found.braces(name, open)?;
        members = parameters(Types { at: inside, end: close, ..types });
        types.at = close + 1;
    }
    let bases = bases(&mut types, keyword);
    if !tokens.is(types.at, '{') {
        return None;
    }
    let (mut inside, close) = found.braces(name, types.at)?;
    let mut shape = None;
    if keyword == "enum" {
        let (values, after) = constants(tokens, inside, close);
        shape = Some(Shape::Either(values));
        inside = after;
    }
    let body = body(found, name, inside, close);
    if keyword != "record" {
        members.extend(body);
    }
    let shape = shape.unwrap_or_else(|| extended(bases, object(members)));
    found.add(name, (from, close + 1), shape);
    Some(close + 1)
}

/// What a declaration extends. What a class implements is declared elsewhere.
fn bases(types: &mut Types, keyword: &str) -> Vec<Shape> {
    let tokens = types.tokens;
    let mut bases = Vec::new();
    let mut kept = false;
    while types.at < types.end && !tokens.is(types.at, '{') {
        match tokens.text(types.at) {
            word @ ("extends" | "implements" | "permits" | "throws") => {
                kept = word == "extends" && matches!(keyword, "class" | "interface");
                types.at += 1;
            }
            "," => types.at += 1,
            _ if tokens.is_word(types.at) => {
                let base = types.named_type();
                bases.extend(Some(base).filter(|_| kept));
            }
            _ => break,
        }
    }
    bases
}

/// The parts of a record.
fn parameters(mut types: Types) -> Vec<Member> {
    let tokens = types.tokens;
    let mut all = Vec::new();
    while types.at < types.end {
        let (_, at) = modifiers(tokens, types.at, types.end);
        types.at = at;
        let (shape, optional) = without_null(types.read());
        types.at += usize::from(tokens.is(types.at, '…'));
        if types.at < types.end && tokens.is_word(types.at) {
            let name = tokens.text(types.at).to_owned();
            all.push(Member { name, optional, shape, span: tokens.span(types.at, types.at + 1) });
        }
        while types.at < types.end && !tokens.is(types.at, ',') {
            types.at = tokens.after(types.at);
        }
        types.at = types.at.max(at) + 1;
    }
    all
}

/// The constants of an enum, and the place behind the semicolon that ends them.
fn constants(tokens: &Tokens, mut at: usize, end: usize) -> (Vec<Shape>, usize) {
    let mut all = Vec::new();
    while at < end && !tokens.is(at, ';') {
        if tokens.is(at, '@') {
            at = annotation(tokens, at);
            continue;
        }
        if tokens.list[at].kind == Kind::Word {
            all.push(Shape::Value(tokens.text(at).to_owned()));
        }
        while at < end && !tokens.is(at, ',') && !tokens.is(at, ';') {
            at = tokens.after(at);
        }
        at += usize::from(tokens.is(at, ','));
    }
    (all, (at + 1).min(end))
}

/// The fields and methods of a body. Declarations inside it are found on their own.
fn body(found: &mut Found, class: usize, from: usize, end: usize) -> Vec<Member> {
    let tokens = found.tokens;
    let mut types = Types::new(tokens, Language::Java, from, end);
    let mut all = Vec::new();
    while types.at < end {
        let start = types.at;
        let (is_static, at) = modifiers(tokens, start, end);
        types.at = at;
        if found.depth < DEEPEST {
            found.depth += 1;
            let inner = declaration(found, start, at).filter(|inner| *inner <= end);
            found.depth -= 1;
            if let Some(inner) = inner {
                types.at = inner;
                continue;
            }
        }
        let built = tokens.text(at) == tokens.text(class) && tokens.is(at + 1, '(');
        if tokens.is_word(at) && !built {
            all.extend(member(&mut types).filter(|_| !is_static));
        } else if tokens.is(at, '<') {
            types.at = tokens.after_angles(at, end);
            all.extend(member(&mut types).filter(|_| !is_static));
        }
        // Up to the end of the member: its semicolon or its body.
        while types.at < end && !tokens.is(types.at, ';') && !tokens.is(types.at, '{') {
            types.at = tokens.after(types.at);
        }
        types.at = tokens.after(types.at).min(end).max(start + 1);
    }
    all
}

fn member(types: &mut Types) -> Option<Member> {
    let tokens = types.tokens;
    let from = types.at;
    let (shape, optional) = without_null(types.read());
    let name = types.at;
    if name >= types.end || name == from || !tokens.is_word(name) {
        return None;
    }
    types.at += 1;
    let span = tokens.span(name, name + 1);
    let written = tokens.text(name).to_owned();
    if !tokens.is(types.at, '(') {
        // Values that a field begins with may hold braces.
        while types.at < types.end && !tokens.is(types.at, ';') {
            types.at = tokens.after(types.at);
        }
        return Some(Member { name: written, optional, shape, span });
    }
    types.at = tokens.after(types.at).min(types.end);
    let parameters = tokens.words(name + 1, types.at);
    let shape = Shape::Words(format!("{parameters}: {}", tokens.words(from, name)));
    Some(Member { name: written, optional: false, shape, span })
}
