//! Parses what stands in braces: members with their types.

use super::parse::{Parser, is_word};
use super::{Member, Object, Shape};
use crate::base::Span;

/// No note behind a member is longer, in characters. The limit keeps the work on long texts
/// proportional to their length.
const NOTE: usize = 200;

impl Parser<'_> {
    pub fn object(&mut self, depth: u32) -> Shape {
        self.eat("{");
        let mut object = Object::default();
        loop {
            self.blank();
            while self.eat(",") || self.eat(";") {
                self.blank();
            }
            match self.peek() {
                None | Some('}') => break,
                _ if self.eat("...") || self.eat("…") => {
                    object.open = true;
                    self.word();
                }
                _ => match self.member(depth, &mut object.sample) {
                    Some(member) => object.members.push(member),
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
        let optional = self.eat("?") || marked;
        self.gap();
        let shape = if self.eat(":") {
            self.blank();
            let shape = self.union(depth + 1, quoted).unwrap_or(Shape::Unsaid);
            // A sample that shows null does not show the type.
            let empty = quoted && matches!(&shape, Shape::Name(name) if name == "null");
            let shape = if empty { Shape::Unsaid } else { shape };
            self.note();
            shape
        } else {
            // `{token: string} (secret)` and the like: words behind a name are a note.
            self.note();
            Shape::Unsaid
        };
        Some(Member { name: name.to_owned(), optional, shape, span })
    }

    /// Skips words behind a member's type, up to the next member.
    fn note(&mut self) {
        let rest = self.rest();
        let mut ends =
            rest.char_indices().take(NOTE).filter(|(_, c)| matches!(c, ',' | ';' | '}' | '\n'));
        let Some((end, _)) = ends.next() else { return };
        let words = &rest[..end];
        if !words.contains(['{', '[', '"']) {
            self.at += end;
        }
    }

    /// Skips what cannot be read, up to the next member.
    fn skip(&mut self) {
        let rest = self.rest();
        let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, ',' | ';' | '}' | '\n'));
        self.at += end.map_or(rest.len(), |(at, _)| at);
    }
}
