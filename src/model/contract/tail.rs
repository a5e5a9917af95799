//! What stands on the line of a name behind it: "- {a} → 201 {b} (auth required)".

use super::{Auth, Contract, Part, errors, parts, shape};
use crate::base::{Span, words::listed};

/// Whether the words behind a name leave it standing for itself, as a description does and the
/// rest of a sentence does not.
pub(super) fn parts_from(tail: &str) -> bool {
    let tail = tail.trim_start_matches(['*', '`', '_', ' ', '\t', ']']);
    const MARKS: &[char] =
        &['-', '–', '—', ':', '→', '=', '(', '#', '{', '⇒', '|', '✅', '🔒', '⟶', '←'];
    tail.is_empty()
        || tail.starts_with(MARKS)
        || tail.starts_with("//")
        || tail.starts_with("returns ")
        || matches!(tail.trim_end(), "endpoint" | "route")
}

/// Whether the words behind a name say that there is no such thing: "is left out on purpose".
pub(super) fn takes_back(tail: &str) -> bool {
    let mut words = tail.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("");
    let next = match (first, words.next().unwrap_or("")) {
        ("has" | "have", "been") => words.next().unwrap_or(""),
        (_, next) => next,
    };
    match first {
        "is" | "are" | "was" | "were" | "has" | "have" => listed!(
            "not|left|out|no|planned|deferred|removed|postponed|excluded|omitted|gone|rejected\
             |dropped|deprecated"
        )
        .has(next),
        "comes" | "follows" => matches!(next, "later" | "in" | "with"),
        "does" | "do" => next == "not" && matches!(words.next(), Some("exist" | "belong")),
        _ => false,
    }
}

/// Where what stands behind a name ends, if a layout wrapped it: `from` is where it begins in a
/// paragraph, and `end` where its line ends. It goes on while a bracket is open, and around an arrow.
pub(super) fn wrapped(text: &str, from: usize, end: usize) -> usize {
    const ARROWS: &[&str] = &["→", "⇒", "⟶", "->", "=>"];
    let mut to = end;
    loop {
        let said = text[from..to].trim_end();
        let next = text[to..].trim_start();
        let open = depth(said) > 0;
        let around = ARROWS.iter().any(|one| said.ends_with(one) || next.starts_with(one));
        let answer = next.starts_with(['{', '[']) && arrow(said).is_some();
        if next.is_empty() || !(open || around || answer) {
            return if open { end } else { to };
        }
        let start = text.len() - next.len();
        to = start + next.lines().next().map_or(0, |line| line.trim_end().len());
    }
}

/// How many brackets are open at the end of a text.
fn depth(text: &str) -> i32 {
    text.chars().fold(0, |depth, c| match c {
        '{' | '(' | '[' => depth + 1,
        '}' | ')' | ']' => depth - 1,
        _ => depth,
    })
}

/// Adds what the words behind a name say.
pub(super) fn read(text: &str, offset: usize, contract: &mut Contract) {
    auth(text, offset, contract);
    let (before, after) = match arrow(text) {
        Some((at, length)) => (&text[..at], Some((at + length, &text[at + length..]))),
        None => (text, None),
    };
    let lead = before.len()
        - before.trim_start_matches([' ', '\t', '-', '–', '—', ':', '*', '`', '#', '_']).len();
    let asked = &before[lead..];
    if asked.starts_with(['{', '[']) {
        let body = shape::body(asked, offset + lead);
        if body.shape.is_said() {
            let span = Span::new(offset + lead, offset + before.trim_end().len());
            parts::request(contract, Part { span, shape: body.shape, status: None }, false);
        }
    } else if after.is_some() && asked.contains('{') {
        // "body {a} → {b}"
        let body = shape::body(asked, offset + lead);
        if body.shape.is_said() {
            let span = Span::new(offset + lead, offset + before.trim_end().len());
            parts::request(contract, Part { span, shape: body.shape, status: None }, body.is_query);
        }
    }
    let Some((at, answered)) = after else { return };
    let body = shape::body(answered, offset + at);
    let success = body.status.is_none_or(|status| status < 400);
    if success && (body.shape.is_said() || body.status.is_some()) {
        let end = answered.trim_end().len();
        let shape = match body.shape {
            shape::Shape::Words(_) => shape::Shape::Unsaid,
            shape => shape,
        };
        let span = Span::new(offset + at, offset + at + end);
        parts::response(contract, Part { span, shape, status: body.status });
    }
    let from = if success { body.end.min(answered.len()) } else { 0 };
    let rest = answered.get(from..).unwrap_or("");
    let rest_at = offset + at + answered.len() - rest.len();
    parts::errors_from(errors::cases(rest, rest_at, false), contract);
}

/// The first arrow outside of brackets, with its length.
fn arrow(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            '→' | '⇒' | '⟶' if depth <= 0 => return Some((at, c.len_utf8())),
            '-' | '=' if depth <= 0 && text[at + 1..].starts_with('>') => return Some((at, 2)),
            'r' if depth <= 0 && text[at..].starts_with("returns ") => return Some((at, 8)),
            _ => {}
        }
    }
    None
}

/// `(no auth)`, `(auth required)`, `[public]`, 🔒.
fn auth(text: &str, offset: usize, contract: &mut Contract) {
    if contract.auth.is_some() {
        return;
    }
    if let Some(at) = text.find('🔒') {
        let span = Span::new(offset + at, offset + at + '🔒'.len_utf8());
        contract.auth = Some(Auth { required: true, span });
    }
    let mut at = 0;
    while let Some(open) =
        text.get(at..).and_then(|rest| rest.find(['(', '['])).map(|open| at + open)
    {
        let inner = &text[open + 1..];
        let Some(close) = inner.find([')', ']']) else { return };
        let words = inner[..close].to_lowercase();
        let speaks = words.len() <= 40
            && (words.contains("auth") && !words.contains("oauth")
                || words == "public"
                || words == "protected"
                || words.contains("login required"));
        if speaks {
            let span = Span::new(offset + open + 1, offset + open + 1 + close);
            let free = words.contains("no auth")
                || words.contains("without")
                || words.contains("unauth")
                || words.contains("not required")
                || words == "public";
            contract.auth = Some(Auth { required: !free, span });
            return;
        }
        at = open + 1 + close;
    }
}
