//! Patterns over tokens: what a declaration looks like, as an extractor's file writes it.
//!
//! A pattern is written like the code it finds. `rules/extractors/README.md` explains the signs.

mod parse;
mod run;
mod values;

use super::lexer::Piece;
pub use run::find;
pub use values::{behind_types, dotted, dotted_before, text, types_before, value_end};

/// A pattern, ready to be looked for.
#[derive(Debug)]
pub struct Pattern {
    steps: Vec<Step>,
    /// A word without which nothing matches, so that most places need not be tried.
    first: Option<Step>,
    /// It begins with a `.` or an arrow: what stands before that is whom it is called on.
    pub has_receiver: bool,
    pub names: Vec<Name>,
}

/// What a capture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The path of a route.
    Path,
    /// The methods of a route.
    Method,
    /// What is put before the paths of others.
    Prefix,
    /// What is mounted.
    Target,
    /// A table of a database.
    Table,
    /// The new name of a table.
    To,
    /// The name by which code calls something.
    Name,
    /// The body in which a prefix holds.
    Body,
    /// Which of the actions of a resource there are, and which there are not.
    Only,
    Except,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Word(Box<str>),
    Mark(char),
    /// A string that says this.
    Said(Box<str>),
    Hole(Option<Name>, Kind),
    /// Anything within the bracket.
    Skip,
    Maybe(Vec<Step>),
    Many(Vec<Step>),
    Either(Vec<Vec<Step>>),
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// A word, one of these where there are any.
    Word(Vec<Box<str>>),
    /// A string or what is put together from strings and names.
    Text,
    /// The same, or a list of them.
    Texts,
    /// A string or the last word of a name, or a list of them.
    Words,
    /// A name with dots.
    Dotted,
    /// Everything up to a comma or the end of the bracket.
    Value,
    /// Everything up to the end of the bracket.
    Rest,
}

/// A place where a pattern fits.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The tokens that it fits, half open.
    pub start: usize,
    pub end: usize,
    pub captures: Vec<Capture>,
}

#[derive(Clone, Debug)]
pub struct Capture {
    pub name: Name,
    /// The tokens that it stands for, half open.
    pub start: usize,
    pub end: usize,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Words(Vec<String>),
    Texts(Vec<Vec<Piece>>),
    /// Code, by its place only.
    Code,
}

impl Found {
    pub fn of(&self, name: Name) -> impl Iterator<Item = &Capture> {
        self.captures.iter().filter(move |one| one.name == name)
    }

    /// The texts of a capture; empty where nothing was captured.
    pub fn texts(&self, name: Name) -> Vec<Vec<Piece>> {
        let all = self.of(name).flat_map(|one| match &one.value {
            Value::Texts(texts) => texts.clone(),
            Value::Words(words) => {
                words.iter().map(|word| vec![Piece::Said(word.clone())]).collect()
            }
            Value::Code => Vec::new(),
        });
        all.collect()
    }

    /// The words of a capture.
    pub fn words(&self, name: Name) -> Vec<String> {
        let all = self.of(name).flat_map(|one| match &one.value {
            Value::Words(words) => words.clone(),
            Value::Texts(texts) => {
                let said = texts.iter().filter_map(|text| match &text[..] {
                    [Piece::Said(said)] => Some(said.clone()),
                    _ => None,
                });
                said.collect()
            }
            Value::Code => Vec::new(),
        });
        all.collect()
    }
}

#[cfg(test)]
mod tests;
