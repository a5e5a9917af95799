//! Parses what stands in braces: members with their types.

use super::optional::{says_optional, without_mark};
use super::parse::{Parser, is_word};
use super::{Member, Object, Shape};
use crate::base::Span;

/// No note behind a member is longer, in characters. The limit keeps the work on long texts
/// proportional to their length.
const NOTE: usize = 200;

impl<'t> Parser<'t> {
    pub fn object(&mut self, depth: u32) -> Shape {
        self.eat("{");
        let mut object = Object::default();
        loop {
            self.blank();
            while self.eat(",") || self.eat(";") {
                if let Some(last) = object.members.last_mut() {
                    last.optional |= says_optional(self.comment());
                }
                self.blank();
            }
            match self.peek() {
                None | Some('}') => break,
                _ if self.eat("...") || self.eat("…") => {
                    object.open = true;
                    self.word();
                }
                _ => match self.member(depth, &mut object.sample) {
                    Some(member) => add(&mut object.members, member),
                    None => {
                        object.open = true;
                        self.skip();
                    }
                },
            }
        }
        self.eat("}");
        Shape::Object(object)
    }

    fn member(&mut self, depth: u32, sample: &mut bool) -> Option<Member> {
        let start = self.at;
        self.eat("readonly ");
        let quoted = matches!(self.peek(), Some('"' | '\''));
        let name = if quoted {
            self.quoted()?
        } else {
            let rest = self.rest();
            let inside =
                |c: char| is_word(c) || c.is_ascii_digit() || matches!(c, '-' | '.' | '[' | ']');
            let name = &rest[..rest.find(|c| !inside(c)).unwrap_or(rest.len())];
            self.at += name.len();
            name
        };
        if name.is_empty() {
            return None;
        }
        let span = Span::new(self.offset + start, self.offset + self.at);
        *sample |= quoted;
        let (name, marked) = name.strip_suffix('?').map_or((name, false), |bare| (bare, true));
        self.gap();
        let mut optional = self.eat("?") || marked;
        self.gap();
        let mut shape = Shape::Unsaid;
        if self.eat(":") {
            self.blank();
            let said = self.said();
            let start = self.at;
            let read = self.union(depth + 1, quoted).unwrap_or(Shape::Unsaid);
            // A sample that shows null does not show the type.
            let empty = quoted && matches!(&read, Shape::Name(name) if name == "null");
            let read = if empty { Shape::Unsaid } else { read };
            let written = self.text.get(start..self.at).unwrap_or("");
            let (read, missing) = without_mark(read, written);
            optional |= self.eat("?") || missing || said.is_some_and(says_optional);
            shape = read;
        }
        // `{token: string} (secret)` and the like: words behind a name or a type are a note.
        optional |= says_optional(self.note());
        Some(Member { name: name.to_owned(), optional, shape, span })
    }

    /// Goes behind a word before a type that says whether the member must be there:
    /// `optional string`.
    fn said(&mut self) -> Option<&'static str> {
        let rest = self.rest();
        let said = ["optional ", "required "].into_iter().find(|word| rest.starts_with(word))?;
        if !rest[said.len()..].trim_start().starts_with(|c| is_word(c) || "{[`".contains(c)) {
            return None;
        }
        self.at += said.len();
        self.gap();
        Some(said)
    }

    /// Skips words behind a member's type, up to the next member, and gives them. What stands in
    /// parentheses belongs to them.
    fn note(&mut self) -> &'t str {
        let rest = self.rest();
        let Some(end) = end_of_note(rest, true).or_else(|| end_of_note(rest, false)) else {
            return "";
        };
        let words = &rest[..end];
        let bare = words.split('(').next().unwrap_or(words);
        if bare.contains(['{', '[', '"']) {
            return "";
        }
        self.at += end;
        words
    }

    /// The comment behind the comma of a member, in its line.
    fn comment(&self) -> &'t str {
        let line = self.rest().trim_start_matches([' ', '\t']);
        let marks = line.starts_with("//") || line.starts_with('#') || line.starts_with("/*");
        let end = line.find(['\n', '}']).unwrap_or(line.len()).min(floor(line, NOTE));
        if marks { &line[..end] } else { "" }
    }

    /// Skips what cannot be read, up to the next member.
    fn skip(&mut self) {
        let rest = self.rest();
        let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, ',' | ';' | '}' | '\n'));
        self.at += end.map_or(rest.len(), |(at, _)| at);
    }
}

/// Adds a member, unless it is a word about the member before: `id: string(uuid), required`.
fn add(members: &mut Vec<Member>, member: Member) {
    let words = ["required", "mandatory", "optional", "nullable", "unique"];
    match members.last_mut() {
        Some(last)
            if member.shape == Shape::Unsaid
                && last.shape != Shape::Unsaid
                && words.contains(&&*member.name) =>
        {
            last.optional |= member.name == "optional";
        }
        _ => members.push(member),
    }
}

/// Where a note ends: before the next mark outside of `parentheses`, where they count. Nothing
/// where they are open at its end, or it has none.
fn end_of_note(text: &str, parentheses: bool) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices().take(NOTE) {
        match c {
            '(' if parentheses => depth += 1,
            ')' if parentheses && depth > 0 => depth -= 1,
            ',' | ';' | '}' | '\n' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// The last place up to `at` where a text can be cut.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
