//! Type declarations in fences of programming languages. A type has a shape, and nothing more is
//! asked of it.

mod go;
mod java;
mod python;
mod rust;
pub(super) mod tokens;
pub(super) mod types;
mod typescript;

use super::{Contract, Contracts, Form, Member, Object, Shape, Subject, Unread};
use crate::base::Span;
use crate::facts::{Code, DocumentFacts, SectionId};
use tokens::Tokens;

/// How deep declarations may stand in each other.
const DEEPEST: u32 = 12;

/// A language whose declarations are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    TypeScript,
    Java,
    Python,
    Rust,
    Go,
    /// Read by [`super::sql`].
    Sql,
}

impl Language {
    /// By the word behind the marks of a fence.
    fn of(word: &str) -> Option<Language> {
        const NAMES: &[(Language, &[&str])] = &[
            (Language::TypeScript, &["typescript", "ts", "tsx", "mts"]),
            (Language::Java, &["java"]),
            (Language::Python, &["python", "py", "python3", "pydantic"]),
            (Language::Rust, &["rust", "rs"]),
            (Language::Go, &["go", "golang"]),
        ];
        let is = |name: &&str| name.eq_ignore_ascii_case(word);
        NAMES.iter().find(|(_, names)| names.iter().any(is)).map(|(language, _)| *language)
    }
}

/// Adds the types that the fences of a document declare.
pub fn read(facts: &DocumentFacts, out: &mut Contracts) {
    for code in facts.codes.iter().filter(|code| code.fenced) {
        if let Some(language) = Language::of(facts.text_of(code.language)) {
            in_fence(facts, code, language, out);
        }
    }
}

fn in_fence(facts: &DocumentFacts, code: &Code, language: Language, out: &mut Contracts) {
    let tokens = Tokens::of(&facts.text, code.body, language);
    let found = Found { tokens: &tokens, section: code.section, depth: 0, out };
    match language {
        Language::TypeScript => typescript::read(found),
        Language::Java => java::read(found),
        Language::Python => python::read(found),
        Language::Rust => rust::read(found),
        Language::Go => go::read(found),
        Language::Sql => {}
    }
}

/// What is found in one fence.
struct Found<'t, 'o> {
    tokens: &'t Tokens<'t>,
    section: SectionId,
    /// How many declarations stand around this place.
    depth: u32,
    out: &'o mut Contracts,
}

impl Found<'_, '_> {
    /// Adds a type by the token that names it and the tokens of its declaration.
    fn add(&mut self, name: usize, (from, to): (usize, usize), shape: Shape) {
        let subject = Subject::Type { name: self.tokens.text(name).to_owned() };
        let span = self.tokens.span(name, name + 1);
        let extent = self.tokens.span(from, to);
        let mut contract = Contract::new(subject, Form::Declaration, span, self.section);
        contract.extent = extent;
        contract.response = Some(super::Part { span: extent, shape, status: None });
        self.out.list.push(contract);
    }

    /// Says that a declaration could not be read.
    fn unread(&mut self, name: usize, why: &str) {
        let why = format!("the declaration of {} {why}", self.tokens.text(name));
        let span: Span = self.tokens.span(name, name + 1);
        self.out.unread.push(Unread { span, why });
    }

    /// The braces that a declaration opens: the tokens between them and the place behind. Where
    /// nothing closes them, that is said.
    fn braces(&mut self, name: usize, open: usize) -> Option<(usize, usize)> {
        let close = self.tokens.close(open);
        if close.is_none() {
            self.unread(name, "has a brace that nothing closes");
        }
        close.map(|close| (open + 1, close))
    }
}

/// The shape of a thing with these members.
pub(super) fn object(members: Vec<Member>) -> Shape {
    Shape::Object(Object { members, ..Object::default() })
}

/// A shape together with the types that it extends.
fn extended(mut bases: Vec<Shape>, own: Shape) -> Shape {
    if bases.is_empty() {
        return own;
    }
    if own != object(Vec::new()) {
        bases.push(own);
    }
    types::one_of_both(bases)
}

#[cfg(test)]
mod tests;
