//! Bodies and statuses that are broken: what they mean cannot be known and is not guessed.

use super::parts::{Role, role};
use super::pieces::Piece;
use super::{Unread, shape};
use crate::base::Span;
use crate::facts::DocumentFacts;

/// Takes the contents out of each piece that is broken, so that they are compared with nothing,
/// and says what is wrong with it. `extent` is everything that is said of the contract.
pub(super) fn set_aside(
    facts: &DocumentFacts,
    pieces: &mut [Piece<'_>],
    extent: Span,
    unread: &mut Vec<Unread>,
) {
    for piece in pieces {
        let value = facts.text_of(piece.value);
        // Most values are words or empty; a body has a brace and a status a digit.
        if !value.bytes().any(|byte| byte == b'{' || byte.is_ascii_digit()) {
            continue;
        }
        let why = match role(&piece.name, piece.label) {
            Some(Role::Request | Role::Query) => of_body(facts, piece.value, extent),
            Some(Role::Response(_)) => {
                of_status(value).or_else(|| of_body(facts, piece.value, extent))
            }
            Some(Role::Errors) => value.split([',', ';']).find_map(of_status),
            _ => None,
        };
        let Some(why) = why else { continue };
        unread.push(Unread { span: piece.value, why });
        let end = piece.value.end;
        piece.value = Span { start: end, end };
        piece.entries.clear();
        piece.codes.clear();
        piece.tables.clear();
    }
}

/// `2O1 {…}`: a number of three places in which a letter stands for a digit.
fn of_status(text: &str) -> Option<String> {
    let bare = text.trim_start_matches(['`', '*', ' ', '(']);
    let end = bare.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(bare.len());
    let word = &bare[..end];
    let looks = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'O' | b'o' | b'l' | b'I');
    let digit = |byte: u8| byte.is_ascii_digit();
    let mixed = word.len() == 3
        && word.starts_with(|c: char| ('1'..='5').contains(&c))
        && word.bytes().all(looks)
        && !word.bytes().all(digit);
    let follows = bare[end..].trim_start_matches(['`', '*', ' ']);
    let ends = follows.is_empty() || follows.starts_with(['{', '(', '-', ':', '–', '—']);
    (mixed && ends).then(|| format!("{word} is no status, a letter stands for a digit"))
}

fn of_body(facts: &DocumentFacts, value: Span, extent: Span) -> Option<String> {
    let text = facts.text_of(value);
    let at = text.find('{')?;
    // A shape stands at the beginning, behind a status or a few words; a sentence may show one.
    let few = text[..at].split_whitespace().count() <= 3 && !text[..at].contains(['.', '}', '"']);
    if !few || text.contains(['\n', '…']) || text.contains("...") || text.contains("{{") {
        return None;
    }
    let shape = &text[at..];
    if let Some(broken) = unbalanced(shape) {
        let rest = Span { start: value.end, end: extent.end.max(value.end) };
        // A body may go on in the lines below.
        let settled = braces(facts.text_of(rest)) == 0 && !facts.text_of(rest).contains("```");
        let finished = !shape.trim_end_matches(['`', ' ']).ends_with(['{', ',', '[', '(']);
        return (settled && finished).then(|| broken.to_owned());
    }
    let inner = closed(shape)?;
    of_members(inner, 0)
}

/// How many more braces open than close.
fn braces(text: &str) -> i32 {
    let count = |brace: &str| text.matches(brace).count() as i32;
    count("{") - count("}")
}

fn unbalanced(shape: &str) -> Option<&'static str> {
    if shape.contains(['"', '\'']) {
        return None;
    }
    match braces(shape) {
        0 => None,
        1.. => Some("a brace opens that nothing closes"),
        _ => Some("a brace closes that nothing opens"),
    }
}

/// What stands between the first brace and the one that closes it.
fn closed(text: &str) -> Option<&str> {
    let mut depth = 0u32;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return text.get(1..at);
        }
        if depth > shape::DEPTH {
            return None;
        }
    }
    None
}

/// Why one of the fields between braces is broken.
fn of_members(text: &str, level: u32) -> Option<String> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for part in parts(text) {
        let part = part.trim_matches(['`', ' ', '\t']);
        if part == ":" || part.starts_with(": ") {
            return Some("a field has no name".to_owned());
        }
        let Some((name, of)) = part.split_once(':') else { continue };
        let bare = name.trim_matches(['"', '\'', ' ', '?', '`']);
        let is_name = !bare.is_empty()
            && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            continue;
        }
        if of.trim().is_empty() {
            return Some(format!("the field {bare} has no type"));
        }
        if of.starts_with(": ") {
            return Some(format!("two colons stand behind the field {bare}"));
        }
        if known.iter().any(|(known, type_)| *known == bare && *type_ != of.trim()) {
            return Some(format!("the field {bare} stands twice, with different types"));
        }
        if known.len() < MOST {
            known.push((bare, of.trim()));
        }
        let nested = of.trim_start();
        if nested.starts_with('{') && level < shape::DEPTH {
            let why = closed(nested).and_then(|inner| of_members(inner, level + 1));
            if why.is_some() {
                return why;
            }
        }
    }
    None
}

/// No body has more fields that are worth comparing with each other.
const MOST: usize = 64;

/// The members between braces: parted by commas and semicolons that stand in no bracket.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut quoted) = (0u32, false);
    text.split(move |c: char| {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' | '(' | '<' if !quoted => depth += 1,
            '}' | ']' | ')' | '>' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && !quoted && matches!(c, ',' | ';')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let shape = |text: &str| closed(text).and_then(|inner| of_members(inner, 0));
        let found = of_status(text).or_else(|| unbalanced(text).map(str::to_owned));
        found.or_else(|| shape(text)).unwrap_or_default()
    }

    #[test]
    fn what_is_broken_is_told() {
        let rows = [
            ("2O1 {member: Member}", "2O1 is no status, a letter stands for a digit"),
            ("40l", "40l is no status, a letter stands for a digit"),
            ("{toolId: string", "a brace opens that nothing closes"),
            ("{toolId: string}}", "a brace closes that nothing opens"),
            ("{toolId:: string}", "two colons stand behind the field toolId"),
            ("{toolId: , n: int}", "the field toolId has no type"),
            ("{: string}", "a field has no name"),
            ("{a: {b: int, b: string}}", "the field b stands twice, with different types"),
            ("{a: string, b: int, ...}", ""),
            ("{...}", ""),
            ("{a, b?, c: \"x, a: y\", d: (a: int, a: string) => void}", ""),
            ("{key: value, key: value}", ""),
            ("{id: uuid::Uuid}", ""),
            ("{a: {id: int}, b: {id: string}}", ""),
            ("{:id}", ""),
            ("20l items", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
