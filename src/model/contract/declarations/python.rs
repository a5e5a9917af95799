//! Classes of Python with annotated members, and enumerations.

use super::tokens::{Kind, Tokens};
use super::types::{Types, without_null};
use super::{DEEPEST, Found, Language, extended, object};
use crate::model::contract::{Member, Shape};

/// Bases that say what kind of class it is, and nothing of its shape.
const KINDS: &[&str] = &[
    "BaseModel",
    "TypedDict",
    "NamedTuple",
    "Protocol",
    "ABC",
    "object",
    "Generic",
    "Base",
    "Model",
    "DeclarativeBase",
    "SQLModel",
    "BaseSettings",
    "str",
    "int",
    "Exception",
];
const ENUMS: &[&str] = &["Enum", "StrEnum", "IntEnum", "Flag", "IntFlag"];

pub(super) fn read(mut found: Found) {
    let end = found.tokens.list.len();
    let mut at = 0;
    while at < end {
        at = match found.tokens.text(at) {
            "class" if found.tokens.is_first(at) => class(&mut found, at, end),
            _ => found.tokens.after(at),
        };
    }
}

/// Reads a class and answers with the place behind it.
fn class(found: &mut Found, from: usize, end: usize) -> usize {
    let (tokens, name) = (found.tokens, from + 1);
    let indent = tokens.list[from].indent;
    let mut at = name + 1;
    if tokens.is(at, '[') {
        at = tokens.after(at);
    }
    let (mut bases, mut is_enum) = (Vec::new(), false);
    if tokens.is(at, '(') {
        let Some((inside, close)) = found.braces(name, at) else { return name };
        (bases, is_enum) = extends(tokens, inside, close);
        at = close + 1;
    }
    if !tokens.is_word(name) || !tokens.is(at, ':') {
        return name;
    }
    let body = at + 1;
    let mut after = body;
    while after < end && !(tokens.is_first(after) && tokens.list[after].indent <= indent) {
        after = tokens.after(after);
    }
    let after = after.min(end);
    if body >= after {
        found.unread(name, "has no body");
        return after.max(name);
    }
    let (members, values) = statements(found, body, after, is_enum);
    let shape = match is_enum {
        true => Shape::Either(values),
        false => extended(bases, object(members)),
    };
    found.add(name, (from, after), shape);
    after
}

/// The bases that say something of the shape, and whether the class lists values.
fn extends(tokens: &Tokens, from: usize, end: usize) -> (Vec<Shape>, bool) {
    let (mut bases, mut is_enum) = (Vec::new(), false);
    let mut types = Types::new(tokens, Language::Python, from, end);
    while types.at < end {
        let before = types.at;
        let setting = tokens.is(before + 1, '=');
        let base = types.read();
        let head = match &base {
            Shape::Name(name) => name.split(['[', '<']).next().unwrap_or("").to_owned(),
            _ => String::new(),
        };
        is_enum |= ENUMS.contains(&&*head);
        let says = !KINDS.contains(&&*head) && !matches!(&*head, "string" | "number" | "");
        bases.extend(Some(base).filter(|_| says && !setting));
        while types.at < end && !tokens.is(types.at, ',') {
            types.at = tokens.after(types.at);
        }
        types.at = types.at.max(before) + 1;
    }
    (bases, is_enum)
}

/// The members of a body, and the values that it gives names to.
fn statements(
    found: &mut Found,
    from: usize,
    end: usize,
    is_enum: bool,
) -> (Vec<Member>, Vec<Shape>) {
    let tokens = found.tokens;
    let indent = tokens.list[from].indent;
    let (mut members, mut values) = (Vec::new(), Vec::new());
    let mut at = from;
    while at < end {
        let mut after;
        if tokens.text(at) == "class" && tokens.is_first(at) && found.depth < DEEPEST {
            found.depth += 1;
            // Settings of a library are no type that somebody uses.
            let settings = matches!(tokens.text(at + 1), "Config" | "Meta");
            let kept = found.out.list.len();
            after = class(found, at, end).max(at + 1);
            found.depth -= 1;
            if settings {
                found.out.list.truncate(kept);
            }
        } else {
            after = tokens.after(at);
            while after < end && !(tokens.is_first(after) && tokens.list[after].indent <= indent) {
                after = tokens.after(after);
            }
            let after = after.min(end);
            members.extend(member(tokens, at, after));
            if is_enum && tokens.is_word(at) && tokens.is(at + 1, '=') {
                values.push(value(tokens, at));
            }
        }
        at = after;
    }
    (members, values)
}

/// `NAME = "value"`, or `NAME = auto()`.
fn value(tokens: &Tokens, name: usize) -> Shape {
    let given = tokens.list.get(name + 2).is_some_and(|token| token.kind != Kind::Word);
    let text = tokens.text(if given { name + 2 } else { name });
    Shape::Value(text.trim_matches(['"', '\'']).to_owned())
}

/// `name: type = default`, or a method that others may call.
fn member(tokens: &Tokens, from: usize, end: usize) -> Option<Member> {
    let start = from + usize::from(tokens.text(from) == "async");
    if tokens.text(start) == "def" {
        let name = start + 1;
        let hidden = tokens.text(name).starts_with('_');
        let mut at = tokens.after(name + 1);
        while at < end && !tokens.is(at, ':') {
            at = tokens.after(at);
        }
        let shape = Shape::Words(tokens.words(name + 1, at));
        let (written, span) = (tokens.text(name).to_owned(), tokens.span(name, name + 1));
        return (!hidden).then_some(Member { name: written, optional: false, shape, span });
    }
    if !tokens.is_word(from) || !tokens.is(from + 1, ':') {
        return None;
    }
    let required = tokens.text(from + 2) != "NotRequired";
    let mut types = Types::new(tokens, Language::Python, from + 2, end);
    let (shape, optional) = without_null(types.read());
    let name = tokens.text(from).to_owned();
    let span = tokens.span(from, from + 1);
    Some(Member { name, optional: optional || !required, shape, span })
}
