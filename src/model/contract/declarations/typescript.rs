//! Interfaces, types, enums and classes of TypeScript.

use super::tokens::Kind;
use super::types::{Types, annotation};
use super::{Found, Language, extended, object};
use crate::model::contract::{Member, Shape};

/// Words before a declaration or a member that change nothing about its shape.
const MODIFIERS: &[&str] = &[
    "export",
    "default",
    "declare",
    "abstract",
    "readonly",
    "public",
    "static",
    "override",
    "async",
    "get",
    "set",
    "const",
    "private",
    "protected",
    "accessor",
];

pub(super) fn read(mut found: Found) {
    let tokens = found.tokens;
    let mut at = 0;
    while at < tokens.list.len() {
        let from = at;
        while MODIFIERS.contains(&tokens.text(at)) && tokens.is_word(at + 1) {
            at += 1;
        }
        let named = tokens.is_word(at + 1);
        let end = match tokens.text(at) {
            "interface" | "class" if named => declared(&mut found, from, at + 1),
            "enum" if named => values(&mut found, from, at + 1),
            "type" if named => alias(&mut found, from, at + 1),
            // What stands in a namespace stands in its own braces.
            "namespace" | "module" if named && tokens.is(at + 2, '{') => Some(at + 3),
            _ => None,
        };
        at = end.unwrap_or_else(|| tokens.after(at)).max(from + 1);
    }
}

/// `interface A<T> extends B, C { … }`
fn declared(found: &mut Found, from: usize, name: usize) -> Option<usize> {
    let tokens = found.tokens;
    let mut types = Types::new(tokens, Language::TypeScript, name + 1, tokens.list.len());
    types.at = tokens.after_angles(types.at, types.end);
    let mut bases = Vec::new();
    while types.at < types.end && !tokens.is(types.at, '{') {
        let kept = tokens.text(types.at) == "extends";
        if !kept && tokens.text(types.at) != "implements" {
            return None;
        }
        loop {
            types.at += 1;
            let base = types.named_type();
            bases.extend(Some(base).filter(|_| kept));
            if !tokens.is(types.at, ',') {
                break;
            }
        }
    }
    if types.at >= types.end {
        return None;
    }
    let (inside, close) = found.braces(name, types.at)?;
    let members = members(Types { at: inside, end: close, ..types });
    found.add(name, (from, close + 1), extended(bases, object(members)));
    Some(close + 1)
}

/// `enum A { B = "b", C }`
fn values(found: &mut Found, from: usize, name: usize) -> Option<usize> {
    let tokens = found.tokens;
    let open = Some(name + 1).filter(|open| tokens.is(*open, '{'))?;
    let (mut at, close) = found.braces(name, open)?;
    let mut all = Vec::new();
    while at < close {
        let value = if tokens.is(at + 1, '=') { at + 2 } else { at };
        let texts = matches!(tokens.list[at].kind, Kind::Word | Kind::Text);
        all.extend(texts.then(|| Shape::Value(unquoted(tokens.text(value)).to_owned())));
        while at < close && !tokens.is(at, ',') {
            at = tokens.after(at);
        }
        at += 1;
    }
    found.add(name, (from, close + 1), Shape::Either(all));
    Some(close + 1)
}

/// `type A<T> = …;`
fn alias(found: &mut Found, from: usize, name: usize) -> Option<usize> {
    let tokens = found.tokens;
    let mut types = Types::new(tokens, Language::TypeScript, name + 1, tokens.list.len());
    types.at = tokens.after_angles(types.at, types.end);
    if !tokens.is(types.at, '=') {
        return None;
    }
    types.at += 1;
    if tokens.is(types.at, '{') && tokens.close(types.at).is_none() {
        found.unread(name, "has a brace that nothing closes");
        return None;
    }
    let shape = types.read();
    found.add(name, (from, types.at), shape);
    Some(types.at)
}

/// The members between two braces.
pub(super) fn members(mut types: Types) -> Vec<Member> {
    let tokens = types.tokens;
    let mut all = Vec::new();
    while types.at < types.end {
        let from = types.at;
        if tokens.is(from, '@') {
            types.at = annotation(tokens, from);
            continue;
        }
        let member = member(&mut types);
        all.extend(member);
        // Whatever is left of a member, a default or a body, says nothing of its shape.
        while types.at < types.end
            && !tokens.is(types.at, ';')
            && !tokens.is(types.at, ',')
            && (types.at == from || !tokens.is_first(types.at))
        {
            types.at = tokens.after(types.at);
        }
        let parted = tokens.is(types.at, ';') || tokens.is(types.at, ',');
        types.at = (types.at + usize::from(parted)).max(from + 1);
    }
    all
}

/// One member, unless it is hidden from others or only builds the object.
fn member(types: &mut Types) -> Option<Member> {
    let (tokens, from) = (types.tokens, types.at);
    let mut hidden = false;
    while MODIFIERS.contains(&tokens.text(types.at))
        && (tokens.is_word(types.at + 1) || tokens.is(types.at + 1, '['))
    {
        hidden |= matches!(tokens.text(types.at), "private" | "protected" | "static");
        types.at += 1;
    }
    let name = types.at;
    let written = match tokens.list.get(name)?.kind {
        Kind::Sign('[') => tokens.words(name, tokens.after(name)),
        Kind::Word | Kind::Text | Kind::Number => unquoted(tokens.text(name)).to_owned(),
        Kind::Sign(_) => return None,
    };
    types.at = tokens.after(name);
    let span = tokens.span(name, types.at);
    let optional = tokens.is(types.at, '?');
    types.at += usize::from(optional || tokens.is(types.at, '!'));
    let angles = tokens.after_angles(types.at, types.end);
    let shape = if tokens.is(angles, '(') {
        types.at = tokens.after(angles);
        if types.at < types.end && tokens.is(types.at, ':') {
            types.at += 1;
            types.read();
        }
        Shape::Words(tokens.words(name + 1, types.at))
    } else if types.at < types.end && tokens.is(types.at, ':') {
        types.at += 1;
        types.read()
    } else {
        Shape::Unsaid
    };
    hidden |= written == "constructor" || types.at > types.end || from >= types.end;
    (!hidden).then_some(Member { name: written, optional, shape, span })
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\'', '`'])
}
