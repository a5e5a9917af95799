//! What stands where in a file: functions, classes, imports, and what names stand for.
//!
//! It is as much as following a name takes, from where a router is used to where it is made.

mod functions;
mod imports;
mod names;

use std::collections::HashMap;

use super::lexer::{Language, Piece, Tokens};

/// What one file is made of.
#[derive(Debug)]
pub struct Outline {
    pub language: Language,
    pub tokens: Tokens,
    pub functions: Vec<Function>,
    pub classes: Vec<Class>,
    pub imports: Vec<Import>,
    /// By name, the places at which values begin that are assigned to it.
    pub assigned: HashMap<String, Vec<usize>>,
    /// By name, the texts that it stands for. One that stands for several means none.
    pub constants: HashMap<String, Option<Vec<Piece>>>,
}

#[derive(Debug)]
pub struct Function {
    /// Empty for one without a name.
    pub name: String,
    pub params: Vec<Param>,
    /// The tokens from its parameters to the end of its body, half open.
    pub start: usize,
    pub end: usize,
    /// Whether a file that imports this one without naming anything gets it.
    pub default: bool,
}

#[derive(Debug)]
pub struct Param {
    pub name: String,
    /// The words of its type.
    pub types: Vec<String>,
    /// Its position. One that is taken apart has several names.
    pub position: usize,
}

#[derive(Debug)]
pub struct Class {
    pub name: String,
    /// The tokens of its body, half open.
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    /// What it is called here; `*` for everything.
    pub local: String,
    /// The module as the code writes it.
    pub module: String,
    /// What it is called there. Nothing for the module itself.
    pub name: Option<String>,
}

/// Reads what stands where.
pub fn read(tokens: Tokens, language: Language) -> Outline {
    let functions = functions::functions(&tokens, language);
    let classes = functions::classes(&tokens, language);
    let imports = imports::read(&tokens, language);
    let assigned = names::assigned(&tokens, language);
    let constants = names::constants(&tokens, &assigned);
    Outline { language, tokens, functions, classes, imports, assigned, constants }
}

impl Outline {
    /// The names in its constants.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        names(self.constants.values().flatten().flatten())
    }

    /// The functions around a token, the innermost first.
    pub fn around(&self, at: usize) -> Vec<usize> {
        let holds = |function: &Function| function.start <= at && at < function.end;
        let mut found: Vec<usize> =
            (0..self.functions.len()).filter(|&one| holds(&self.functions[one])).collect();
        found.sort_by_key(|&one| self.functions[one].end - self.functions[one].start);
        found
    }

    /// The class around a token.
    pub fn class(&self, at: usize) -> Option<&Class> {
        let around = self.classes.iter().filter(|one| one.start <= at && at < one.end);
        around.min_by_key(|one| one.end - one.start)
    }

    /// Where the expression begins that ends before a token: `a.b(c).d` before its last dot.
    pub fn chain_start(&self, end: usize) -> usize {
        let tokens = &self.tokens;
        let mut at = end;
        let mut start = end;
        while let Some(last) = at.checked_sub(1) {
            if tokens.is_mark(last, '?') || tokens.is_mark(last, '!') {
                at = last;
                continue;
            }
            // `Router::<State>::new()`
            if tokens.is_mark(last, '>')
                && tokens.is_mark(at, ':')
                && let Some(types) = super::pattern::types_before(tokens, at)
            {
                let turned = types > 1 && tokens.is_mark(types - 1, ':');
                at = if turned { types - 2 } else { types };
                continue;
            }
            if matches!(tokens.list[last].pair, pair if pair < last) {
                let open = tokens.list[last].pair;
                start = open;
                at = open;
                // A bracket of its own begins an expression; one behind a name or another
                // belongs to it.
                let behind = open.checked_sub(1).is_some_and(|before| {
                    is_name(tokens, before)
                        || tokens.closes(before) && tokens.list[open].indent.is_none()
                });
                let types = super::pattern::types_before(tokens, open);
                if let Some(types) = types {
                    at = types;
                } else if !behind {
                    return start;
                }
                continue;
            }
            if !is_name(tokens, last) {
                return start;
            }
            start = last;
            let before = |back: usize, mark: char| {
                last.checked_sub(back).is_some_and(|at| tokens.is_mark(at, mark))
            };
            if before(1, '$') {
                start = last - 1;
            }
            if before(1, '.') {
                at = if before(2, '?') || before(2, '!') { last - 2 } else { last - 1 };
            } else if before(1, ':') && before(2, ':') || before(1, '>') && before(2, '-') {
                at = last - 2;
            } else {
                return start;
            }
        }
        start
    }

    /// Where the expression ends that begins at a token.
    pub fn chain_end(&self, start: usize) -> usize {
        let tokens = &self.tokens;
        let mut at = self.chain_first(start);
        loop {
            if tokens.word(at).is_some() || tokens.text(at).is_some() {
                at += 1;
            } else if !tokens.is_mark(at, '(') {
                return at;
            }
            loop {
                if tokens.is_mark(at, '!') || tokens.is_mark(at, '?') {
                    at += 1;
                } else if tokens.is_mark(at, '(') || tokens.is_mark(at, '[') {
                    at = tokens.skip(at);
                } else if let Some(end) = super::pattern::behind_types(tokens, at)
                    && (tokens.is_mark(end, '(')
                        || tokens.is_mark(at, ':') && tokens.is_mark(end, ':'))
                {
                    at = end;
                } else {
                    break;
                }
            }
            if tokens.is_mark(at, '.') && tokens.word(at + 1).is_some() {
                at += 1;
            } else if (tokens.is_mark(at, ':') && tokens.is_mark(at + 1, ':')
                || tokens.is_mark(at, '-') && tokens.is_mark(at + 1, '>'))
                && tokens.word(at + 2).is_some()
            {
                at += 2;
            } else {
                return at;
            }
        }
    }

    /// Behind the words and marks that may stand before an expression: `await new x()`, `&mut x`.
    pub fn chain_first(&self, start: usize) -> usize {
        let mut at = start;
        while self.tokens.word(at).is_some_and(is_keyword)
            || ['&', '*', '$'].iter().any(|mark| self.tokens.is_mark(at, *mark))
        {
            at += 1;
        }
        at
    }
}

/// The names in what is put together from strings and names.
pub fn names<'p>(pieces: impl Iterator<Item = &'p Piece>) -> impl Iterator<Item = &'p str> {
    pieces.filter_map(|piece| match piece {
        Piece::Name(name) => Some(&**name),
        Piece::Said(_) => None,
    })
}

/// Whether a name stands here. What is a keyword elsewhere is a member behind a dot.
fn is_name(tokens: &Tokens, at: usize) -> bool {
    let member = at > 0 && (tokens.is_mark(at - 1, '.') || tokens.is_mark(at - 1, ':'));
    tokens.word(at).is_some_and(|word| member || !is_keyword(word))
}

/// Whether a word stands before expressions and is no name.
pub fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "await"
            | "new"
            | "return"
            | "yield"
            | "mut"
            | "async"
            | "typeof"
            | "void"
            | "throw"
            | "export"
            | "default"
            | "const"
            | "let"
            | "var"
            | "else"
            | "case"
            | "in"
            | "of"
            | "if"
            | "while"
            | "for"
            | "and"
            | "or"
            | "not"
            | "go"
            | "defer"
            | "val"
            | "move"
    )
}

#[cfg(test)]
mod tests;
