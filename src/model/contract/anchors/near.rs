//! Names that are nearly those of an endpoint: what looks like a contract and is none must not
//! lend its parts to the contract before it.

use super::blocks::holding_item;
use super::{Anchor, Place};
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, DocumentFacts, Section, SectionId};
use crate::model::contract::context::{Context, Standing};
use crate::model::contract::named::{self, Name};
use crate::model::contract::{Form, Method, Route, Subject, tail};

/// Whether a heading may be such a name: a test that costs little.
pub(in crate::model::contract) fn may_head(facts: &DocumentFacts) -> bool {
    facts.sections.iter().any(|section| {
        let title = facts.text_of(section.title);
        title.contains('/') && near(title, section.title.start as usize).is_some()
    })
}

/// Headings, lines and items that are a word and a path, and no name of an endpoint. A method in
/// small letters is read; what else stands there cannot be.
///
/// Each counts only where parts of a contract are stated below.
pub(super) fn read(facts: &DocumentFacts, context: &Context) -> Vec<Anchor> {
    let mut found = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
        let title = facts.text_of(section.title);
        let offset = section.title.start as usize;
        let Some(name) = near(title, offset).or_else(|| lone(facts, section, title)) else {
            continue;
        };
        let above = section.parent.map_or(Standing::Neutral, |parent| context.at(parent));
        let form = if section.level == Section::PSEUDO { Form::Label } else { Form::Heading };
        let place = Place::Heading;
        found.push(anchor(name, form, place, id, above.min(context.at(id)), section.title));
    }
    for (id, block) in facts.blocks.iter().enumerate() {
        let text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
            && block.inlines.0 != block.inlines.1;
        if !text {
            continue;
        }
        let own = facts.own_text(block);
        if facts.section(block.section).heading.covers(own) {
            continue;
        }
        let line = facts.text_of(own);
        let line = line.split('\n').next().unwrap_or(line).trim_end();
        let Some(name) = near(line, own.start as usize) else { continue };
        let item = holding_item(facts, id as BlockId);
        // An item that holds nothing names in passing.
        if item.is_some_and(|item| facts.blocks[item as usize].span.end <= own.end + 2) {
            continue;
        }
        let place = item.map_or(Place::Line, Place::Item);
        let end = Span::new(own.start as usize, own.start as usize + line.len());
        let standing = context.at(block.section);
        found.push(anchor(name, Form::Line, place, block.section, standing, end));
    }
    found
}

fn anchor(
    name: Name,
    form: Form,
    place: Place,
    section: SectionId,
    standing: Standing,
    line: Span,
) -> Anchor {
    let tail = Span { start: name.span.end.min(line.end), end: line.end };
    Anchor { name, form, place, section, standing, tail, needs_parts: true, fenced: Vec::new() }
}

/// No method is longer, in letters.
const LONGEST: usize = 9;

/// A name at the beginning of a line that says nothing else: `post /x`, `DELET /x`, `GET x/y`,
/// `/x GET`.
fn near(line: &str, offset: usize) -> Option<Name> {
    let lead = line.len() - line.trim_start_matches(['*', '`', ' ']).len();
    let bare = &line[lead..];
    if bare.starts_with('/') {
        return behind(bare, offset + lead);
    }
    let end = bare.bytes().take(LONGEST + 1).position(|byte| !byte.is_ascii_alphabetic())?;
    let word = &bare[..end];
    let rest = bare[end..].trim_start_matches(['*', '`', ' ']);
    if end < 3 || rest.len() + end == bare.len() || !rest.contains('/') {
        return None;
    }
    let path = named::path(rest);
    let after = rest.get(path.len()..).unwrap_or("");
    if path.len() < 2 || !tail::parts_from(after) {
        return None;
    }
    let rooted = path.starts_with('/') && path[1..].starts_with(|c: char| c.is_alphanumeric());
    let method = Method::read(&word.to_ascii_uppercase()).filter(|one| *one != Method::Socket);
    let stop = lead + bare.len() - rest.len() + path.len();
    let span = Span::new(offset + lead, offset + stop);
    let broken = |why| Some(Name { subjects: Vec::new(), broken: Some(why), span, end: stop });
    let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
    match method {
        // The usual name is read elsewhere.
        Some(_) if rooted && capitals => None,
        Some(method) if rooted => match Route::read(path) {
            Ok(route) => {
                let subjects = vec![Subject::Endpoint { method, route }];
                Some(Name { subjects, broken: None, span, end: stop })
            }
            Err(why) => broken(why),
        },
        Some(_) if capitals && is_relative(path) => broken("the path does not begin with a slash"),
        None if rooted && capitals && is_misspelled(word) => {
            broken("the word before the path is no method")
        }
        _ => None,
    }
}

/// `/api/items/:id DELETE`: which comes first is part of how an endpoint is named.
fn behind(bare: &str, offset: usize) -> Option<Name> {
    let path = named::path(bare);
    let rest = bare.get(path.len()..)?.trim_matches(['*', '`', ' ']);
    Method::read(rest).filter(|_| path.len() > 1)?;
    let span = Span::new(offset, offset + bare.trim_end_matches(['*', '`', ' ']).len());
    let why = "the method stands behind the path";
    Some(Name { subjects: Vec::new(), broken: Some(why), span, end: bare.len() })
}

/// A heading that is a method and nothing else, where no path stands above or below it.
fn lone(facts: &DocumentFacts, section: &Section, title: &str) -> Option<Name> {
    let bare = title.trim_matches(['*', '`', ' ']);
    Method::read(bare)?;
    let above = std::iter::successors(section.parent, |&id| facts.section(id).parent);
    let mut titles = above.map(|id| facts.text_of(facts.section(id).title));
    if titles.any(|title| title.contains('/')) || facts.text_of(section.body).contains("/") {
        return None;
    }
    let why = "the method has no path";
    Some(Name { subjects: Vec::new(), broken: Some(why), span: section.title, end: title.len() })
}

/// `api/items/:id`: words parted by slashes, as no sentence has them.
fn is_relative(path: &str) -> bool {
    path.starts_with(|c: char| c.is_ascii_lowercase())
        && path.contains('/')
        && !path.contains("://")
        && path.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'/' | b'-' | b'_' | b':' | b'{' | b'}' | b'.' | b'<' | b'>')
        })
}

/// Whether a word is a method but for one letter that is wrong, missing, doubled or exchanged.
fn is_misspelled(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "SET", "LET", "NET", "PATH", "PORT", "HOST", "PAST", "READ", "PUSH", "BUT", "OUT", "CUT",
        "LEAD", "BET",
    ];
    const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    !WORDS.contains(&word) && METHODS.iter().any(|method| differs_by_one(word, method))
}

fn differs_by_one(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let begin = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    match (one, other) {
        ([a, b, rest @ ..], [c, d, end @ ..]) if a == d && b == c && rest == end => true,
        ([_, rest @ ..], [_, end @ ..]) if rest == end => true,
        ([_, rest @ ..], end) | (end, [_, rest @ ..]) if rest == end => true,
        ([_, rest @ ..], [_, ..]) => rest == other || one == &other[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match near(text, 0) {
            Some(Name { broken: Some(why), .. }) => why.to_owned(),
            Some(name) => name.subjects[0].to_string(),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn what_is_nearly_a_name_is_seen() {
        let rows = [
            ("post /api/x", "POST /api/x"),
            ("`Get /api/x/:id`", "GET /api/x/:id"),
            ("get /api/x: all of them", "GET /api/x"),
            ("DELET /api/x", "the word before the path is no method"),
            ("PUTT /api/x/:id", "the word before the path is no method"),
            ("GTE /api/x", "the word before the path is no method"),
            ("DELETE api/x/:id", "the path does not begin with a slash"),
            ("/api/x/:id DELETE", "the method stands behind the path"),
            ("POST /api/x", "-"),
            ("PATH /api/x", "-"),
            ("LIST /api/x", "-"),
            ("get /api/x from the server", "-"),
            ("PUT it/them away", "-"),
            ("Post and/or delete", "-"),
            ("post it", "-"),
            ("/api/x", "-"),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
