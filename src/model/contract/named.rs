//! Finds the name of an endpoint or an event where a text begins with one.

use super::{Method, Route, Subject};
use crate::base::Span;

/// A name that a text begins with.
#[derive(Debug, PartialEq)]
pub(super) struct Name {
    /// One for each method: `GET|POST /x` names two.
    pub subjects: Vec<Subject>,
    /// Why the path cannot be read; then there are no subjects.
    pub broken: Option<&'static str>,
    /// From the first letter of the method to the end of the path.
    pub span: Span,
    /// Where the rest of the text begins, marks of code and emphasis skipped.
    pub end: usize,
}

/// Whether a text may hold a name at all: a test that costs little, in one pass without the
/// preparation of a search for each word.
pub(super) fn may_name(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let words: &[&str] = match first {
            b'G' => &["ET"],
            b'P' => &["OST", "UT", "ATCH"],
            b'D' => &["EL"],
            b'H' => &["EAD"],
            b'O' => &["PTIONS"],
            b'W' => &["S", "EBSOCKET"],
            b'S' => &["SE"],
            b'E' => &["VENT", "vent"],
            _ => &[],
        };
        if words.iter().any(|word| after.starts_with(word.as_bytes())) {
            return true;
        }
        rest = after;
    }
    false
}

/// The name at the beginning of a text that stands at an offset of the document.
pub(super) fn at_start(text: &str, offset: usize) -> Option<Name> {
    let lead = text.len() - text.trim_start_matches(is_mark).len();
    event(text, lead, offset).or_else(|| endpoint(text, lead, offset))
}

/// What may stand around and between the parts of a name.
fn is_mark(c: char) -> bool {
    matches!(c, ' ' | '\t' | '*' | '`' | '_' | '[' | '\u{a0}')
}

fn endpoint(text: &str, lead: usize, offset: usize) -> Option<Name> {
    let mut methods = Vec::new();
    let mut at = lead;
    loop {
        let rest = &text[at..];
        let word = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
        methods.push(Method::read(&rest[..word])?);
        at += word;
        let after = text[at..].trim_start_matches(is_mark);
        let next = after.strip_prefix(['|', ',', '/', '&']).or_else(|| after.strip_prefix("\\|"));
        let next =
            next.or_else(|| after.strip_prefix("or ")).or_else(|| after.strip_prefix("and "));
        let next = next.map(|next| next.trim_start_matches(is_mark));
        let is_method = |next: &&str| {
            let end = next.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(next.len());
            Method::read(&next[..end]).is_some()
        };
        let Some(next) = next.filter(is_method) else { break };
        at = text.len() - next.len();
    }
    let after = text[at..].trim_start_matches(is_mark);
    let after = after.strip_prefix(':').unwrap_or(after).trim_start_matches(is_mark);
    let start = text.len() - after.len();
    // "PUT/x" is a word with a slash, not a method with a path.
    if start == at || !begins_path(after) {
        return None;
    }
    let path = path(after);
    // "SSE / ApiEvent" are two words.
    if path == "/" && after[1..].trim_start().starts_with(char::is_alphanumeric) {
        return None;
    }
    let end = start + path.len();
    let read = Route::read(path);
    let span = Span::new(offset + lead, offset + end);
    let rest = text[end..].trim_start_matches(['`', '*', '_', ']']);
    let rest = rest.strip_prefix(" HTTP/").map_or(rest, |rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '`' | '*'))
    });
    let end = text.len() - rest.len();
    let route = match read {
        Ok(route) => route,
        Err(why) => return Some(Name { subjects: Vec::new(), broken: Some(why), span, end }),
    };
    let of = |method: Method| Subject::Endpoint { method, route: route.clone() };
    let subjects = methods.into_iter().map(of).collect();
    Some(Name { subjects, broken: None, span, end })
}

/// Whether a text begins with a path or an address.
pub(super) fn begins_path(text: &str) -> bool {
    const STARTS: [&str; 6] = ["/", "http://", "https://", "ws://", "wss://", "{{"];
    let variable = || {
        let inner = text.strip_prefix(['{', '<', '$', '[']);
        let close = inner.and_then(|inner| inner.find(['}', '>', ']']).map(|at| &inner[at + 1..]));
        close.is_some_and(|rest| rest.starts_with('/'))
    };
    STARTS.iter().any(|start| text.starts_with(start)) && !text.starts_with("//") || variable()
}

/// No parameter has a longer name, in characters. The limit keeps the work on long lines
/// proportional to their length.
const PARAMETER: usize = 60;

const PUNCTUATION: [char; 5] = [',', '.', ';', ':', '!'];

/// The path at the beginning of a text, up to a blank, a mark or a bracket that it did not open.
pub(super) fn path(text: &str) -> &str {
    let mut open: Vec<char> = Vec::new();
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '{' => open.push('}'),
            '<' => open.push('>'),
            '[' => open.push(']'),
            '(' => open.push(')'),
            '}' | '>' | ']' | ')' if open.pop() != Some(c) => {
                end = at;
                break;
            }
            '`' | '|' | '"' | '\'' | '\n' | '\r' | '→' | '\\' => {
                end = at;
                break;
            }
            ' ' | '\t' => {
                // A parameter may be written in two words; an open bracket may also be broken.
                let closes = open.last().is_some_and(|&close| {
                    let mut near = text[at..].chars().take(PARAMETER);
                    near.by_ref().find(|c| *c == close || matches!(c, '/' | '`' | '\n'))
                        == Some(close)
                });
                if !closes {
                    end = at;
                    break;
                }
            }
            _ => {}
        }
    }
    let path = text[..end].trim_end_matches(PUNCTUATION);
    let path = if path.matches('*').count() > 1 && path.ends_with("**") && !path.ends_with("/**") {
        &path[..path.len() - 2]
    } else if path.ends_with('*') && !path.ends_with("/*") && !path.ends_with("/**") {
        path.trim_end_matches('*')
    } else {
        path
    };
    path.trim_end_matches(PUNCTUATION)
}

fn event(text: &str, lead: usize, offset: usize) -> Option<Name> {
    let rest = text[lead..].strip_prefix("EVENT").or_else(|| {
        let rest = text[lead..].strip_prefix("Event")?;
        // "Event sourcing" is a matter of its own.
        (rest.starts_with(':') || rest.trim_start_matches(['*', ' ']).starts_with('`'))
            .then_some(rest)
    })?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let bare = rest.trim_start_matches(is_mark);
    if bare.len() == rest.len() {
        return None;
    }
    let name = event_name(bare)?;
    let start = text.len() - bare.len();
    let end = start + name.len();
    let span = Span::new(offset + lead, offset + end);
    let rest = text[end..].trim_start_matches(['`', '*', '_']);
    let subjects = vec![Subject::Event { name: name.to_owned() }];
    Some(Name { subjects, broken: None, span, end: text.len() - rest.len() })
}

/// The name of an event at the beginning of a text: one word.
pub(super) fn event_name(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':' | '/');
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    let name = text[..end].trim_end_matches(['.', ':', '-']);
    (name.starts_with(char::is_alphabetic) && name.len() > 1).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Some(name) = at_start(text, 0) else { return "-".into() };
        let subjects: Vec<String> = name.subjects.iter().map(ToString::to_string).collect();
        format!("{}{}", subjects.join(","), &text[name.end..])
    }

    #[test]
    fn names_begin_a_text() {
        let rows = [
            ("POST /api/x", "POST /api/x"),
            ("`POST` `/x` – Create", "POST /x – Create"),
            ("**GET|POST** `/x`", "GET /x,POST /x"),
            ("GET, POST /x", "GET /x,POST /x"),
            ("**GET /x**: list", "GET /x: list"),
            ("`GET /x?page=1`: list", "GET /x: list"),
            ("GET https://api.x.org/v1/z HTTP/1.1", "GET /v1/z"),
            ("[DELETE /x/{id}](#a)", "DELETE /x/{id}(#a)"),
            ("WS /live", "WS /live"),
            ("EVENT member.suspended", "EVENT member.suspended"),
            ("Event: `user.created` (v1)", "EVENT user.created (v1)"),
            ("Event `booking.created.v1`", "EVENT booking.created.v1"),
            ("Event sourcing", "-"),
            ("GET /x/{user id}/y.", "GET /x/{user id}/y."),
            ("PUT it there", "-"),
            ("POSTS /x", "-"),
            ("get /x", "-"),
            ("SSE / ApiEvent", "-"),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert!(at_start("GET /x/{id", 0).is_some_and(|name| name.broken.is_some()));
    }
}
