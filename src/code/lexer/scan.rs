//! From bytes to tokens.

use super::language::{Language, Quote};
use super::strings::{self, Read};
use super::{Kind, Piece, Token, heredoc};
use crate::base::Span;

pub fn tokens(text: &str, language: Language) -> Vec<Token> {
    let mut scan = Scan { text, language, at: 0, line: 0, first: true, found: Vec::new() };
    if language == Language::Php {
        scan.skip_page();
    }
    while scan.at < text.len() {
        scan.step();
    }
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    language: Language,
    at: usize,
    /// Where the line began.
    line: usize,
    /// Whether nothing stands on the line yet.
    first: bool,
    found: Vec<Token>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn step(&mut self) {
        let Some(c) = self.rest().chars().next() else { return };
        if c == '\n' {
            (self.at, self.line, self.first) = (self.at + 1, self.at + 1, true);
            return;
        }
        if c.is_whitespace() || c == '\u{feff}' {
            self.at += c.len_utf8();
            return;
        }
        if let Some(end) = self.comment() {
            self.at = end;
            return;
        }
        if self.language == Language::Php && self.rest().starts_with("?>") {
            self.skip_page();
            return;
        }
        if let Some((from, to, end)) = heredoc::at(self.text, self.at, self.language) {
            let said = self.text[from..to].to_owned();
            self.push(Kind::Text(vec![Piece::Said(said)]), end);
            return;
        }
        if let Some(read) = self.string(c) {
            self.push(Kind::Text(read.pieces), read.end);
            return;
        }
        if let Some(end) = self.bracketed() {
            let name = self.rest()[1..end].to_owned();
            self.push(Kind::Word(name.into()), self.at + end + 1);
            return;
        }
        if self.language.quote(c) == Some(Quote::Name)
            && let Some(end) = self.rest()[1..].find(c)
        {
            let name = self.rest()[1..=end].to_owned();
            self.push(Kind::Word(name.into()), self.at + end + 2);
            return;
        }
        if c.is_ascii_digit() {
            let len = self.rest().find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
            self.push(Kind::Number, self.at + len.unwrap_or(self.rest().len()));
        } else if self.language.in_word(c) {
            let len = self.rest().find(|c: char| !self.language.in_word(c));
            let word = self.rest()[..len.unwrap_or(self.rest().len())].to_owned();
            let end = self.at + word.len();
            self.push(Kind::Word(word.into()), end);
        } else {
            self.push(Kind::Mark(c), self.at + c.len_utf8());
        }
    }

    fn push(&mut self, kind: Kind, end: usize) {
        let span = Span::new(self.at, end);
        let indent = self.first.then(|| {
            let before = &self.text[self.line..self.at];
            before.chars().map(|c| if c == '\t' { 8 } else { 1 }).sum()
        });
        self.first = false;
        self.found.push(Token { kind, span, indent, pair: 0 });
        self.at = end.max(self.at + 1);
        // A string of several lines ends on another line than it began.
        if let Some(last) = self.text.get(span.range()).and_then(|text| text.rfind('\n')) {
            self.line = span.start as usize + last + 1;
        }
    }

    /// Where the bracket closes around a name of SQL: `[dbo].[users]`, no `array[1]`.
    fn bracketed(&self) -> Option<usize> {
        let rest = self.rest().strip_prefix('[').filter(|_| self.language == Language::Sql)?;
        let before = self.text[..self.at].chars().next_back();
        let end = rest.find(']')?;
        let named = rest.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && rest[..end].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-'));
        (named && before.is_none_or(|c| !c.is_alphanumeric())).then_some(end + 1)
    }

    /// Where the comment ends that begins here.
    fn comment(&self) -> Option<usize> {
        let rest = self.rest();
        let attribute = self.language == Language::Php && rest.starts_with("#[");
        let line = self.language.line_comments().iter().any(|open| rest.starts_with(open));
        if line && !attribute {
            return Some(self.at + rest.find('\n').unwrap_or(rest.len()));
        }
        if self.language == Language::Ruby && rest.starts_with("=begin") && self.at == self.line {
            return Some(self.at + rest.find("\n=end").map_or(rest.len(), |end| end + 5));
        }
        if !self.language.has_block_comments() || !rest.starts_with("/*") {
            return None;
        }
        let bytes = rest.as_bytes();
        let (mut depth, mut at) = (1, 2);
        while at < bytes.len() {
            if bytes[at..].starts_with(b"*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Some(self.at + at);
                }
            } else if self.language.nests_comments() && bytes[at..].starts_with(b"/*") {
                depth += 1;
                at += 2;
            } else {
                at += 1;
            }
        }
        Some(self.text.len())
    }

    /// The string that begins here, if one does.
    fn string(&self, c: char) -> Option<Read> {
        let (text, at, language) = (self.text, self.at, self.language);
        if let Some(read) = self.prefixed(c) {
            return Some(read);
        }
        if c == '/' && matches!(language, Language::Javascript | Language::Ruby) {
            return self.regex();
        }
        if c == '`' && language == Language::Ruby {
            return strings::quoted(text, at, Quote::Long, language, false);
        }
        let quote = language.quote(c).filter(|quote| *quote != Quote::Name)?;
        strings::quoted(text, at, quote, language, false)
    }

    /// A string with letters or signs before its quote: `r"…"`, `f'…'`, `$@"…"`, `r#"…"#`.
    fn prefixed(&self, c: char) -> Option<Read> {
        let (text, at, rest) = (self.text, self.at, self.rest());
        match self.language {
            Language::Python if c.is_ascii_alphabetic() => {
                let len = rest.find(['"', '\'']).filter(|len| *len <= 2)?;
                let signs = rest[..len].to_ascii_lowercase();
                if !signs.chars().all(|sign| "rbfu".contains(sign)) {
                    return None;
                }
                let quote = if signs.contains('r') { Quote::Raw } else { Quote::Plain };
                strings::quoted(text, at + len, quote, Language::Python, signs.contains('f'))
            }
            Language::Rust if matches!(c, 'r' | 'b') => {
                let signs = rest.trim_start_matches(['r', 'b']);
                let hashes = signs.len() - signs.trim_start_matches('#').len();
                let from = rest.len() - signs.len() + hashes;
                if from > 8 || !rest[from..].starts_with('"') {
                    return None;
                }
                if hashes == 0 && !rest[..from].contains('r') {
                    return strings::quoted(text, at + from, Quote::Long, Language::Rust, false);
                }
                Some(strings::raw(text, at + from + 1, &format!("\"{}", "#".repeat(hashes))))
            }
            Language::Csharp if matches!(c, '$' | '@') => {
                let len = rest.find('"').filter(|len| *len <= 2)?;
                let signs = &rest[..len];
                let quote = if signs.contains('@') { Quote::Raw } else { Quote::Plain };
                let fits = signs.chars().all(|sign| matches!(sign, '$' | '@'));
                fits.then(|| {
                    let holes = signs.contains('$');
                    strings::quoted(text, at + len, quote, Language::Csharp, holes)
                })?
            }
            _ => None,
        }
    }

    /// A regular expression, where one may stand: a value, not a division.
    fn regex(&self) -> Option<Read> {
        const BEFORE: &[&str] =
            &["return", "typeof", "case", "in", "of", "when", "and", "or", "if"];
        let may = match self.found.last().map(|token| &token.kind) {
            None => true,
            Some(Kind::Word(word)) => BEFORE.contains(&&**word),
            Some(Kind::Mark(mark)) => !matches!(mark, ')' | ']' | '}' | '<'),
            Some(_) => false,
        };
        let mut in_class = false;
        let mut escaped = false;
        for (at, c) in self.rest().char_indices().skip(1).filter(|_| may) {
            match c {
                '\n' => return None,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    // A pattern of paths stands for many, so that it says nothing here.
                    let pieces = vec![Piece::Name(String::new())];
                    return Some(Read { pieces, end: self.at + at + 1 });
                }
                _ => {}
            }
        }
        None
    }

    /// Goes on behind the next `<?php`: what stands before it is a page.
    fn skip_page(&mut self) {
        let open = self.rest().find("<?").map(|open| self.at + open);
        self.at = open.map_or(self.text.len(), |open| {
            let rest = &self.text[open..];
            let tag = if rest.starts_with("<?php") {
                5
            } else if rest.starts_with("<?=") {
                3
            } else {
                2
            };
            open + tag
        });
    }
}
