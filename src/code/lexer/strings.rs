//! What strings say.

use super::Piece;
use super::language::{Language, Quote};

/// A string that was read: what it says, and where it ends.
pub struct Read {
    pub pieces: Vec<Piece>,
    pub end: usize,
}

/// Reads a string that begins at `at` with a mark of this kind. Nothing comes back where it is
/// none: an apostrophe in the text of a page, the lifetime of a reference.
pub fn quoted(
    text: &str,
    at: usize,
    quote: Quote,
    language: Language,
    holes: bool,
) -> Option<Read> {
    let bytes = text.as_bytes();
    let mark = *bytes.get(at)?;
    if language.has_triple() && text.get(at..)?.as_bytes().starts_with(&[mark; 3]) {
        return Some(triple(text, at, mark, holes || language == Language::Kotlin));
    }
    if quote == Quote::Character {
        return character(text, at);
    }
    let holes = holes || quote == Quote::Template;
    let mut out = Pieces::default();
    let mut i = at + 1;
    while let Some(&byte) = bytes.get(i) {
        if byte == mark {
            if language == Language::Sql && bytes.get(i + 1) == Some(&mark) {
                out.said.push(mark as char);
                i += 2;
                continue;
            }
            return Some(Read { pieces: out.done(), end: i + 1 });
        }
        if byte == b'\n' && quote == Quote::Plain {
            return None;
        }
        if byte == b'\\' && quote != Quote::Raw && language != Language::Sql {
            i = out.escaped(text, i);
        } else if let Some((name, end)) = hole(text, i, language).filter(|_| holes) {
            out.hole(name);
            i = end;
        } else {
            i = out.push(text, i);
        }
    }
    None
}

/// Reads a string that ends where `close` stands, without escapes: `r#"…"#`, `@"…"`.
pub fn raw(text: &str, from: usize, close: &str) -> Read {
    let rest = text.get(from..).unwrap_or("");
    let len = rest.find(close).unwrap_or(rest.len());
    let pieces = vec![Piece::Said(rest[..len].to_owned())];
    Read { pieces, end: (from + len + close.len()).min(text.len()) }
}

fn triple(text: &str, at: usize, mark: u8, holes: bool) -> Read {
    let close = [mark; 3];
    let bytes = text.as_bytes();
    let mut out = Pieces::default();
    let mut i = at + 3;
    while i < bytes.len() {
        if bytes[i..].starts_with(&close) {
            return Read { pieces: out.done(), end: i + 3 };
        }
        if bytes[i] == b'\\' {
            i = out.escaped(text, i);
        } else if let Some((name, end)) = hole(text, i, Language::Python).filter(|_| holes) {
            out.hole(name);
            i = end;
        } else {
            i = out.push(text, i);
        }
    }
    Read { pieces: out.done(), end: bytes.len() }
}

fn character(text: &str, at: usize) -> Option<Read> {
    let rest = text.get(at + 1..)?;
    let mut chars = rest.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let close = rest.get(2..)?.find('\'').filter(|close| *close < 10)?;
        return Some(Read { pieces: vec![Piece::Said(String::new())], end: at + 4 + close });
    }
    let (next, close) = chars.next()?;
    let pieces = vec![Piece::Said(first.to_string())];
    (close == '\'').then_some(Read { pieces, end: at + 2 + next })
}

/// An expression in a string: `${x}`, `{x}`, `#{x}`, `$x`. Its name, where it is one, and where it
/// ends.
fn hole(text: &str, at: usize, language: Language) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let opening: &str = match language {
        Language::Javascript | Language::Kotlin => "${",
        Language::Ruby => "#{",
        Language::Python | Language::Csharp | Language::Php => "{",
        _ => return None,
    };
    let rest = &text[at..];
    if !rest.starts_with(['$', '#', '{']) || rest.starts_with("{{") {
        return None;
    }
    let variable = language != Language::Php || rest.starts_with("{$");
    if rest.starts_with(opening) && variable {
        let from = at + opening.len();
        let mut depth = 1;
        let mut i = from;
        while depth > 0 {
            match bytes.get(i)? {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            i += 1;
        }
        return Some((name_in(&text[from..i - 1]), i));
    }
    let variable = matches!(language, Language::Php | Language::Kotlin) && rest.starts_with('$');
    let len = rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len() - 1);
    (variable && len > 0).then(|| (rest[1..=len].to_owned(), at + 1 + len))
}

/// The name that an expression is; nothing for any other.
fn name_in(written: &str) -> String {
    let name = written.trim().trim_start_matches('$');
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
    if plain { name.to_owned() } else { String::new() }
}

#[derive(Default)]
struct Pieces {
    said: String,
    list: Vec<Piece>,
}

impl Pieces {
    fn push(&mut self, text: &str, at: usize) -> usize {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
        self.said.push(c);
        at + c.len_utf8()
    }

    /// A backslash and what it stands before. Only what a path may hold matters.
    fn escaped(&mut self, text: &str, at: usize) -> usize {
        match text.as_bytes().get(at + 1) {
            None => at + 1,
            Some(b'n' | b't' | b'r' | b'\n') => {
                self.said.push(' ');
                at + 2
            }
            Some(b'\\' | b'"' | b'\'' | b'`' | b'/') => self.push(text, at + 1),
            Some(_) => {
                self.said.push('\\');
                self.push(text, at + 1)
            }
        }
    }

    fn hole(&mut self, name: String) {
        if !self.said.is_empty() {
            self.list.push(Piece::Said(std::mem::take(&mut self.said)));
        }
        self.list.push(Piece::Name(name));
    }

    fn done(mut self) -> Vec<Piece> {
        if !self.said.is_empty() || self.list.is_empty() {
            self.list.push(Piece::Said(self.said));
        }
        self.list
    }
}
