//! Parses a shape written in braces, in the manner of JSON, TypeScript or neither quite.

use super::sample::singular;
use super::{Object, Primitive, Shape};

/// How deep shapes may nest. What lies deeper is unsaid.
pub const DEPTH: u32 = 32;

/// The shape that a text begins with, and where it ends. `offset` is where the text stands in its
/// document. Nothing where it begins with no shape.
pub fn parse(text: &str, offset: usize) -> Option<(Shape, usize)> {
    let mut parser = Parser { text, at: 0, offset };
    parser.blank();
    let shape = parser.union(0, false)?;
    Some((shape, parser.at))
}

pub(super) struct Parser<'t> {
    pub text: &'t str,
    pub at: usize,
    pub offset: usize,
}

impl<'t> Parser<'t> {
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn eat(&mut self, mark: &str) -> bool {
        let found = self.rest().starts_with(mark);
        self.at += if found { mark.len() } else { 0 };
        found
    }

    /// Skips blanks and marks of code between words.
    pub fn gap(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '`']).len();
    }

    /// Skips blanks, lines and comments.
    pub fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let next = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '`');
            self.at += rest.len() - next.len();
            if next.starts_with("//") || next.starts_with('#') {
                self.at += next.find('\n').unwrap_or(next.len());
            } else if let Some(inner) = next.strip_prefix("/*") {
                self.at += inner.find("*/").map_or(next.len(), |end| end + 4);
            } else {
                return;
            }
        }
    }

    /// `A | B & C`. In a `sample` a lone value stands for its type.
    pub fn union(&mut self, depth: u32, sample: bool) -> Option<Shape> {
        self.eat("|");
        let first = self.both(depth, sample)?;
        let mut some = vec![first];
        loop {
            let before = self.at;
            self.gap();
            if self.rest().starts_with("||") || !(self.eat("|") || self.eat("\\|")) {
                // A union may go on in the next line.
                self.at = before;
                let line = self.rest().trim_start();
                if !line.starts_with('|') || line.starts_with("||") {
                    break;
                }
                self.at = self.text.len() - line.len() + 1;
            }
            self.blank();
            let Some(next) = self.both(depth, sample) else {
                self.at = before;
                break;
            };
            some.push(next);
        }
        Some(match some.len() {
            1 => some.remove(0).settled(sample),
            _ => Shape::Either(some),
        })
    }

    fn both(&mut self, depth: u32, sample: bool) -> Option<Shape> {
        let mut some = vec![self.postfix(depth, sample)?];
        loop {
            let before = self.at;
            self.gap();
            if !self.eat("&") {
                self.at = before;
                break;
            }
            self.blank();
            let Some(next) = self.postfix(depth, sample) else {
                self.at = before;
                break;
            };
            some.push(next);
        }
        Some(if some.len() == 1 { some.remove(0) } else { Shape::Both(some) })
    }

    fn postfix(&mut self, depth: u32, sample: bool) -> Option<Shape> {
        let mut shape = self.primary(depth, sample)?;
        while self.eat("[]") {
            shape = Shape::List(Box::new(shape));
        }
        Some(shape)
    }

    fn primary(&mut self, depth: u32, sample: bool) -> Option<Shape> {
        if depth > DEPTH {
            self.at = self.text.len();
            return Some(Shape::Unsaid);
        }
        match self.peek()? {
            '{' => Some(self.object(depth)),
            '[' => Some(self.list(depth, sample)),
            '(' => {
                self.at += 1;
                self.blank();
                let inner = self.union(depth + 1, sample)?;
                self.blank();
                self.eat(")").then_some(inner)
            }
            '"' | '\'' => self.quoted().map(|text| Shape::Value(format!("\"{text}\""))),
            '.' | '…' => (self.eat("...") || self.eat("…")).then(|| self.word_after_dots()),
            '<' => {
                // `<unix-timestamp>`: a slot in a sample says that there is a value.
                let end = self
                    .rest()
                    .find(['>', '\n'])
                    .filter(|&end| self.rest()[end..].starts_with('>'))?;
                let word = &self.rest()[1..end];
                self.at += end + 1;
                Some(
                    Primitive::read(word).map_or(Shape::Unsaid, |one| Shape::Name(one.name.into())),
                )
            }
            c if c.is_ascii_digit() || c == '-' => self.number(),
            c if is_word(c) => self.named(depth, sample),
            _ => None,
        }
    }

    fn word_after_dots(&mut self) -> Shape {
        let word = self.word();
        if word.is_empty() { Shape::Unsaid } else { Shape::Name(word.to_owned()) }
    }

    fn number(&mut self) -> Option<Shape> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '+'));
        let text = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '-']);
        self.at += text.len().max(1);
        text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            .then(|| Shape::Value(text.to_owned()))
    }

    pub fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !is_word(c) && !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches('.');
        self.at += word.len();
        word
    }

    fn named(&mut self, depth: u32, _sample: bool) -> Option<Shape> {
        let start = self.at;
        let mut word = self.word();
        // `ISO-8601`, `date-time`
        while !word.is_empty()
            && self.rest().strip_prefix('-').is_some_and(|rest| rest.starts_with(is_part))
        {
            self.at += 1;
            self.at += self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len());
            word = &self.text[start..self.at];
        }
        if word.is_empty() {
            return None;
        }
        if matches!(word, "true" | "false") {
            return Some(Shape::Value(word.to_owned()));
        }
        if self.peek() == Some('<') {
            return self.generic(word, depth);
        }
        if word.eq_ignore_ascii_case("enum")
            && let Some(values) = self.values()
        {
            return Some(values);
        }
        let article = word.eq_ignore_ascii_case("array") || word.eq_ignore_ascii_case("list");
        if article && self.rest().starts_with(" of ") {
            self.at += 4;
            self.gap();
            let inner = self.postfix(depth + 1, false).unwrap_or(Shape::Unsaid);
            return Some(Shape::List(Box::new(singular(inner))));
        }
        let Some(primitive) = Primitive::read(word) else {
            return Some(Shape::Name(word.to_owned()));
        };
        Some(match primitive.name {
            "array" => Shape::List(Box::new(Shape::Unsaid)),
            "object" => Shape::Object(Object { open: true, ..Object::default() }),
            name => Shape::Name(name.to_owned()),
        })
    }

    /// The values behind `enum`: `enum(open, done)`.
    fn values(&mut self) -> Option<Shape> {
        let rest = self.rest();
        let open = rest.len() - rest.trim_start().len();
        let close = match rest[open..].chars().next()? {
            '(' => ')',
            '[' => ']',
            _ => return None,
        };
        let inner = &rest[open + 1..];
        let inner = &inner
            [..inner.find([close, '\n', '{']).filter(|&at| inner[at..].starts_with(close))?];
        let values =
            inner.split(['|', ',', '/']).map(|one| one.trim_matches(['"', '\'', '`', ' ', '\\']));
        let said = values
            .clone()
            .all(|one| !one.is_empty() && !one.contains(' ') && !one.starts_with(['.', '…']));
        self.at += open + inner.len() + 2;
        let values = values.map(|one| Shape::Value(format!("\"{one}\""))).collect();
        Some(if said { Shape::Either(values) } else { Shape::Unsaid })
    }

    /// `Array<Todo>`, `Partial<Todo>`, `Page<Todo>`.
    fn generic(&mut self, word: &str, depth: u32) -> Option<Shape> {
        let start = self.at - word.len();
        self.eat("<");
        let mut arguments = Vec::new();
        loop {
            self.blank();
            let Some(argument) = self.union(depth + 1, false) else { break };
            arguments.push(argument);
            self.blank();
            if !self.eat(",") {
                break;
            }
        }
        self.blank();
        self.eat(">");
        let lists = [
            "Array",
            "ReadonlyArray",
            "List",
            "Set",
            "Vec",
            "Iterable",
            "Collection",
            "list",
            "array",
        ];
        if lists.contains(&word) && arguments.len() == 1 {
            return Some(Shape::List(Box::new(arguments.remove(0))));
        }
        if matches!(word, "Promise" | "ResponseEntity" | "Observable") && arguments.len() == 1 {
            return Some(arguments.remove(0));
        }
        if matches!(word, "Optional" | "Option") && arguments.len() == 1 {
            return Some(Shape::Either(vec![arguments.remove(0), Shape::Name("null".into())]));
        }
        let text: String = self.text.get(start..self.at)?.split_whitespace().collect();
        Some(Shape::Name(text))
    }

    pub fn quoted(&mut self) -> Option<&'t str> {
        let mark = self.peek()?;
        let inner = &self.rest()[1..];
        let mut escaped = false;
        let end = inner.char_indices().find(|&(_, c)| {
            let ends = (c == mark && !escaped) || c == '\n';
            escaped = c == '\\' && !escaped;
            ends
        });
        let (end, _) = end.filter(|&(_, c)| c == mark)?;
        self.at += end + 2;
        Some(&inner[..end])
    }

    fn list(&mut self, depth: u32, sample: bool) -> Shape {
        self.eat("[");
        self.blank();
        let mut inner = Shape::Unsaid;
        let mut first = true;
        while let Some(next) = self.union(depth + 1, sample) {
            // Further entries of a sample are of the same shape; the first shows it.
            if first {
                inner = if matches!(next, Shape::Value(_)) { next.settled(true) } else { next };
            }
            first = false;
            self.blank();
            if !self.eat(",") {
                break;
            }
            self.blank();
        }
        self.close(']');
        Shape::List(Box::new(inner))
    }

    /// Goes behind the bracket that closes, past what could not be read.
    fn close(&mut self, bracket: char) {
        let rest = self.rest();
        let end = rest.find([bracket, '}', '\n']).unwrap_or(rest.len());
        self.at += end;
        if self.peek() == Some(bracket) {
            self.at += 1;
        }
    }
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '$' | '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse(text, 0).map_or("-".into(), |(shape, _)| shape.to_string())
    }

    #[test]
    fn writings_of_one_shape_give_one_tree() {
        let rows = [
            ("{token: string, user: {id, email}}", "{token: string, user: {id, email}}"),
            ("{ token : String; user: { id; email } }", "{token: string, user: {id, email}}"),
            (
                "{\"email\": \"a@b.c\", \"age\": 3, \"ok\": true}",
                "{email: string, age: number, ok: boolean}",
            ),
            ("{\"id\": \"uuid\", \"tags\": [\"a\", \"b\"]}", "{id: uuid, tags: string[]}"),
            ("{name?: str, size: int}", "{name?: string, size: integer}"),
            ("{items: Todo[], next: string | null}", "{items: Todo[], next: string | null}"),
            ("{role: 'a' | \"b\"}", "{role: \"a\" | \"b\"}"),
            ("List<Todo>", "Todo[]"),
            ("array of strings", "string[]"),
            ("Page<Todo, 2>", "Page<Todo,2>"),
            ("Summary & {description: string}", "Summary & {description: string}"),
            ("{token, ...}", "{token, ...}"),
            ("[{\"id\": 1}, {\"id\": 2}]", "{id: number}[]"),
            ("{\n  // who\n  id: string, // key\n  n: number\n}", "{id: string, n: number}"),
            ("{\"state\": \"UP\" | \"DOWN\"}", "{state: \"UP\" | \"DOWN\"}"),
            ("{a: {b: {c", "{a: {b: {c}}}"),
            ("{at: ISO-8601, b: date-time}", "{at: datetime, b: datetime}"),
            ("{a: string (1-64 chars, no blanks), b (x, y)}", "{a: string, b}"),
            ("{a: string(uuid), required, b: enum(x, y)}", "{a: string, b: \"x\" | \"y\"}"),
            ("{a: string (open, b: string}", "{a: string, b: string}"),
            ("{a: string?, b: string | undefined}", "{a?: string, b?: string}"),
            ("{a: optional string, b: string (optional)}", "{a?: string, b?: string}"),
            ("{\n  a: string, // optional\n  b: string\n}", "{a?: string, b: string}"),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn any_text_is_read_to_an_end() {
        for open in ["{a:", "[", "(", "A<", "{", "|", "{\"a\":[", "{a?"] {
            let _ = shown(&open.repeat(5000));
        }
        let _ = shown("{\"a\": \"\\\"}");
        let _ = shown("{é: ü, …}");
    }
}
