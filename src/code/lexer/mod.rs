//! Code as tokens: comments left out, strings told apart from what runs.
//!
//! This is no parser. It knows of each language what a comment and a string look like, and where a
//! bracket or a block ends, which is what it takes to find a declaration without being fooled by a
//! comment, a sample in a string or a test's title.

mod heredoc;
mod language;
mod scan;
mod strings;

use crate::base::Span;
pub use language::Language;

/// The tokens of one file.
#[derive(Debug, Default)]
pub struct Tokens {
    pub list: Vec<Token>,
    /// Whether upper and lower case are the same.
    pub folds: bool,
    /// Whether a statement ends with its line.
    by_lines: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub span: Span,
    /// Whether it is the first of its line, and how far that is indented.
    pub indent: Option<u32>,
    /// The token that closes this bracket or opens it; its own place for everything else.
    pub pair: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A name, a keyword, or a quoted name of SQL.
    Word(Box<str>),
    /// A string: what it says, piece by piece.
    Text(Vec<Piece>),
    Number,
    /// A punctuation mark: one character each.
    Mark(char),
}

/// A piece of what a string says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    Said(String),
    /// A name whose value stands here: `config.prefix`. Other expressions are an empty name.
    Name(String),
}

/// Reads the tokens of a file. Whatever the bytes are, something comes back.
pub fn read(text: &str, language: Language) -> Tokens {
    let (folds, by_lines) = (language == Language::Sql, language.has_end());
    let mut tokens = Tokens { list: scan::tokens(text, language), folds, by_lines };
    tokens.pair_up(language);
    tokens
}

impl Tokens {
    /// Finds the other end of every bracket. One that nothing closes ends with the file.
    fn pair_up(&mut self, language: Language) {
        let mut open: Vec<usize> = Vec::new();
        let ends = language.has_end();
        for at in 0..self.list.len() {
            self.list[at].pair = at;
            let closes = match &self.list[at].kind {
                Kind::Mark('(' | '[' | '{') => {
                    open.push(at);
                    continue;
                }
                Kind::Word(_) if ends && self.opens_block(at) => {
                    open.push(at);
                    continue;
                }
                Kind::Mark(close @ (')' | ']' | '}')) => *close,
                Kind::Word(word) if ends && &**word == "end" && !self.is_member(at) => 'e',
                _ => continue,
            };
            let fits = |&begin: &usize| {
                matches!(
                    (&self.list[begin].kind, closes),
                    (Kind::Mark('('), ')')
                        | (Kind::Mark('['), ']')
                        | (Kind::Mark('{'), '}')
                        | (Kind::Word(_), 'e')
                )
            };
            if let Some(found) = open.iter().rposition(fits) {
                let begin = open[found];
                open.truncate(found);
                self.list[begin].pair = at;
                self.list[at].pair = begin;
            }
        }
        for begin in open {
            self.list[begin].pair = self.list.len() - 1;
        }
    }

    /// Whether a word of Ruby begins what `end` ends. An `if` behind a statement does not.
    fn opens_block(&self, at: usize) -> bool {
        let Some(word) = self.word(at).filter(|_| !self.is_member(at)) else { return false };
        let first = self.list[at].indent.is_some();
        let assigned = at > 0 && self.is_mark(at - 1, '=');
        match word {
            "do" => {
                let line = (0..at).rev().find(|&one| self.list[one].indent.is_some());
                let line = line.and_then(|one| self.word(one));
                !matches!(line, Some("while" | "until" | "for"))
            }
            "def" | "class" | "module" | "begin" => true,
            "case" | "if" | "unless" | "while" | "until" | "for" => first || assigned,
            _ => false,
        }
    }

    /// Whether a word is a member or key: `x.end`, `end:`.
    fn is_member(&self, at: usize) -> bool {
        at > 0 && (self.is_mark(at - 1, '.') || self.is_mark(at - 1, ':'))
            || self.is_mark(at + 1, ':')
                && !(self.is_mark(at + 2, ':') && self.span(at + 1).end == self.span(at + 2).start)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn word(&self, at: usize) -> Option<&str> {
        match &self.list.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn text(&self, at: usize) -> Option<&[Piece]> {
        match &self.list.get(at)?.kind {
            Kind::Text(pieces) => Some(pieces),
            _ => None,
        }
    }

    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.list.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    pub fn is_word(&self, at: usize, word: &str) -> bool {
        self.word(at).is_some_and(|own| self.same(own, word))
    }

    /// Whether two words are one in this language.
    pub fn same(&self, own: &str, word: &str) -> bool {
        own == word || self.folds && own.eq_ignore_ascii_case(word)
    }

    /// Whether a bracket opens here that closes further on.
    pub fn opens(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| token.pair > at)
    }

    /// Whether a bracket closes here.
    pub fn closes(&self, at: usize) -> bool {
        matches!(self.list.get(at).map(|token| &token.kind), Some(Kind::Mark(')' | ']' | '}')))
            || self.list.get(at).is_some_and(|token| token.pair < at)
    }

    /// The token behind this one, or behind the bracket that it opens.
    pub fn skip(&self, at: usize) -> usize {
        if self.opens(at) { self.list[at].pair + 1 } else { at + 1 }
    }

    /// Whether the statement before a token ends with it, or before it on a line of its own.
    pub fn ends_statement(&self, at: usize) -> bool {
        let goes_on = |before: usize| {
            matches!(self.list[before].kind, Kind::Mark(',' | '(' | '[' | '{' | '=' | '>'))
        };
        self.is_mark(at, ';')
            || self.by_lines
                && self.list.get(at).is_some_and(|token| token.indent.is_some())
                && !self.is_mark(at, '.')
                && !at.checked_sub(1).is_some_and(goes_on)
    }

    pub fn span(&self, at: usize) -> Span {
        self.list.get(at).map(|token| token.span).unwrap_or_default()
    }

    /// The end of the block of a language that indents: the first token at or behind `from` that
    /// stands no further in than `indent`.
    pub fn dedent(&self, from: usize, indent: u32) -> usize {
        let mut at = from;
        while at < self.len() {
            if self.list[at].indent.is_some_and(|own| own <= indent) {
                return at;
            }
            at = self.skip(at);
        }
        self.len()
    }
}

#[cfg(test)]
mod tests;
