//! What still stands by its name, though it cannot be read as what it was.
//!
//! A promise that was only written in another form is not gone: whoever reads the document finds
//! it. What is read says itself what it promises, and what is struck through, denied, in a
//! comment or kept for later promises nothing.

use super::promises::{Group, Writing};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::contract::compare::Element;
use crate::model::contract::{Contract, Form, Part, Shape, Subject};
use crate::project::Project;
use crate::project::contracts::is_for_later;
use crate::workflow::Kind;

/// Whether a document of the design still names a table, with most of its columns.
pub fn describes(now: &Project, table: &Group<'_>) -> bool {
    let columns = table.writings.iter().map(|one| fields(&one.contract.response));
    let Some(columns) = columns.max_by_key(Vec::len).filter(|columns| !columns.is_empty()) else {
        return false;
    };
    let name = table.subject.name();
    let design = now
        .artifacts
        .iter()
        .filter(|one| matches!(one.kind, Kind::Architecture | Kind::Interface))
        .filter_map(|one| Some((one.facts()?, one.model.contracts())));
    design.filter(|(facts, _)| facts.text.contains(name)).any(|(facts, contracts)| {
        let whole = Span::new(0, facts.text.len());
        let all = Unread::of(facts, contracts, whole);
        all.places(name).filter(|&place| !is_in_path(facts, place)).any(|place| {
            let section = facts.section(facts.section_at(place));
            // Everything stands below the title.
            let within = if section.level > 1 { section.extent } else { section.body };
            let near = Unread { within, ..all.clone() };
            columns.iter().filter(|column| near.names(column)).count() * 2 > columns.len()
        })
    })
}

/// Whether a writing of now still names an element that one of then promised, in words around
/// what is read of it.
pub fn names(now: &Writing<'_>, then: &Contract, element: &Element) -> bool {
    if is_structured(now.contract.form) {
        return false;
    }
    let contracts = now.artifact.model.contracts();
    let around = Unread::of(now.facts, contracts, around(now, contracts));
    let body = |part: &Option<Part>, name: &str| match name {
        "" => {
            let fields = fields(part);
            !fields.is_empty() && fields.into_iter().all(|field| around.has_key(field))
        }
        _ => around.has_key(name.rsplit('.').next().unwrap_or(name).trim_end_matches("[]")),
    };
    match element {
        Element::Request(name) => body(&then.request, name),
        Element::Query(name) => body(&then.query, name),
        Element::Response(name) => body(&then.response, name),
        Element::ErrorCase(code) => around.names(code),
        Element::Status => then
            .response
            .as_ref()
            .and_then(|part| part.status)
            .is_some_and(|status| around.names(&status.to_string())),
        Element::Auth => around.speaks_of_authentication(),
        Element::Header(name) if name == "authorization" => around.speaks_of_authentication(),
        Element::Header(name) => around.has_key(name),
    }
}

/// Whether all of a form is read, whatever it says.
fn is_structured(form: Form) -> bool {
    matches!(form, Form::OpenApi | Form::Sql | Form::Declaration)
}

/// What is said of a contract, read or not: up to the next one. A row says all by itself.
fn around(now: &Writing<'_>, contracts: &[Contract]) -> Span {
    let own = now.contract.extent.to(now.contract.span);
    if now.contract.form == Form::Row {
        return own;
    }
    let section = now.facts.section(now.contract.section).extent;
    let is_call = |one: &&Contract| {
        matches!(one.subject, Subject::Endpoint { .. } | Subject::Event { .. })
            && one.span.start > now.contract.span.start
    };
    let next = contracts.iter().filter(is_call).map(|one| one.span.start).min();
    let end = section.end.min(next.unwrap_or(section.end));
    Span { start: own.start, end: own.end.max(end) }
}

/// The names of the fields on the first level of a body.
fn fields(part: &Option<Part>) -> Vec<&str> {
    let mut shape = part.as_ref().map(|part| &part.shape);
    while let Some(Shape::List(inner)) = shape {
        shape = Some(inner);
    }
    match shape {
        Some(Shape::Object(object)) => object.members.iter().map(|one| &*one.name).collect(),
        _ => Vec::new(),
    }
}

/// A part of a document, less what is read in it as part of a contract.
#[derive(Clone)]
struct Unread<'p> {
    facts: &'p DocumentFacts,
    within: Span,
    read: Vec<Span>,
}

impl<'p> Unread<'p> {
    fn of(facts: &'p DocumentFacts, contracts: &[Contract], within: Span) -> Self {
        let is_read = |part: &&Part| matches!(part.shape, Shape::Object(_) | Shape::List(_));
        let read = contracts.iter().flat_map(|one| {
            let parts = [&one.request, &one.query, &one.response].into_iter().flatten();
            let parts = parts.filter(is_read).map(|part| part.span);
            let whole = is_structured(one.form).then_some(one.extent);
            parts.chain(one.error_cases.iter().map(|case| case.span)).chain(whole)
        });
        Self { facts, within, read: read.filter(|span| !span.is_empty()).collect() }
    }

    /// Where a word stands as a promise.
    fn places(&self, word: &str) -> impl Iterator<Item = Span> {
        let start = self.within.start as usize;
        let text = self.facts.text_of(self.within);
        let found = text.match_indices(word).filter(|(at, word)| is_word(text, *at, word.len()));
        let found = found.map(move |(at, word)| Span::new(start + at, start + at + word.len()));
        found.filter(|&place| {
            let covers = |span: &Span| span.covers(place);
            let struck = |one: &crate::facts::Inline| one.style.struck && one.span.covers(place);
            !self.read.iter().any(covers)
                && !self.facts.comments.iter().any(covers)
                && !self.facts.inlines.iter().any(struck)
                && !says_any(self.sentence(place), DENIALS)
                && !is_for_later(self.facts, self.facts.section_at(place))
        })
    }

    fn names(&self, word: &str) -> bool {
        self.places(word).next().is_some()
    }

    /// Whether a name stands as that of a field: in code, before a colon or in a cell.
    fn has_key(&self, name: &str) -> bool {
        let text = &*self.facts.text;
        self.places(name).any(|place| {
            let before = text.get(..place.start as usize).unwrap_or("");
            let behind = text.get(place.end as usize..).unwrap_or("").trim_start_matches(' ');
            before.ends_with(['`', '"', '\'', '{'])
                || before.trim_end_matches(' ').ends_with('|')
                || behind.starts_with(['`', '"', ':', '?', '('])
        })
    }

    /// Whether any word says that a caller must be known. How a call without that fails says it
    /// too, but may be left over.
    fn speaks_of_authentication(&self) -> bool {
        let lower = self.facts.text_of(self.within).to_lowercase();
        let words = WORDS_OF_AUTHENTICATION.iter().filter(|word| lower.contains(**word));
        let spellings = words.flat_map(|word| {
            let mut capital = (*word).to_owned();
            capital[..1].make_ascii_uppercase();
            [(*word).to_owned(), capital]
        });
        spellings.into_iter().any(|word| {
            self.places(&word).any(|place| {
                let sentence = self.sentence(place);
                !says_any(sentence, OPEN) && !says_any(sentence, &["401", "403"])
            })
        })
    }

    /// The sentence of a line, a cell's row or an item around a place.
    fn sentence(&self, place: Span) -> &'p str {
        let text = &*self.facts.text;
        let (before, behind) = text.split_at_checked(place.start as usize).unwrap_or((text, ""));
        let start = before.rfind('\n').max(before.rfind(". ")).map_or(0, |at| at + 1);
        let ends = [behind.find('\n'), behind.find(". ")].into_iter().flatten().min();
        text.get(start..ends.map_or(text.len(), |end| before.len() + end)).unwrap_or("")
    }
}

/// What makes a sentence say that something is promised no more.
const DENIALS: &[&str] = &[
    "no longer",
    "any more",
    "anymore",
    "never",
    "removed",
    "dropped",
    "used to",
    "formerly",
    "deprecated",
    "instead of",
    "obsolete",
    "is not",
    "are not",
    "does not",
    "do not",
];
const WORDS_OF_AUTHENTICATION: &[&str] = &[
    "bearer",
    "token",
    "auth",
    "authorization",
    "authentication",
    "authenticated",
    "session",
    "logged in",
    "logged-in",
    "signed in",
    "signed-in",
    "api key",
];
/// What makes a sentence say that no caller must be known.
const OPEN: &[&str] = &[
    "no auth",
    "no token",
    "no session",
    "public",
    "none",
    "without",
    "anonymous",
    "anyone",
    "not required",
    "not needed",
    "optional",
    "unauthenticated",
];

fn says_any(sentence: &str, some: &[&str]) -> bool {
    let lower = sentence.to_lowercase();
    some.iter().any(|one| lower.contains(one))
}

fn is_word(text: &str, at: usize, length: usize) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    !text[..at].ends_with(inside) && !text[at + length..].starts_with(inside)
}

/// Whether a name is part of a path, or of a longer name: `/api/bookings`, `bookings.id`.
fn is_in_path(facts: &DocumentFacts, place: Span) -> bool {
    let (before, behind) = facts.text.split_at_checked(place.start as usize).unwrap_or(("", ""));
    let mut behind = behind.get(place.range().len()..).unwrap_or("").chars();
    let next = (behind.next(), behind.next());
    before.ends_with(['/', '.', '-'])
        || matches!(next.0, Some('/' | '-'))
        || next.0 == Some('.') && next.1.is_some_and(char::is_alphanumeric)
}
