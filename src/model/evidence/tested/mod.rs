//! What test evidence says is tested: endpoints with the answers expected of them, the kinds of
//! tests, the coverage they aim at (S2.13).

mod lines;
mod said;
mod table;
mod targets;
#[cfg(test)]
mod tests;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::contract::{Mention, Method};
pub use said::{error_words, speaks_of_errors};
pub use targets::Target;

/// What one document says of tests.
#[derive(Debug, Default)]
pub struct Tests {
    /// Every line that says something, in document order.
    pub lines: Vec<Line>,
    /// Stated targets of unit tests, or of all tests where nothing says of which.
    pub targets: Vec<Target>,
}

/// An item, a row, a heading, a paragraph or a line of code.
#[derive(Debug)]
pub struct Line {
    pub span: Span,
    /// It says that something is not tested, or stands below words that do.
    pub denied: bool,
    /// What it is about: endpoints that it names, else those that it stands below.
    pub about: Vec<About>,
    /// The line that it stands below where it names nothing itself: a heading, the item around it.
    pub below: Option<usize>,
    /// Statuses of answers that it names, or that its columns name.
    pub statuses: Vec<u16>,
    /// It speaks of every error case.
    pub every_error: bool,
    /// It speaks of all events, or all contracts.
    pub every_event: bool,
}

/// Endpoints that a line is about, with what it says of them.
#[derive(Clone, Debug)]
pub struct About {
    pub what: What,
    pub span: Span,
    /// The part of the line that is about them.
    pub said: Span,
    pub statuses: Vec<u16>,
}

#[derive(Clone, Debug)]
pub enum What {
    Endpoint(Mention),
    /// All endpoints, or all of one method.
    All(Option<Method>),
}

/// Reads what parts of a document say of tests.
pub fn read(facts: &DocumentFacts, within: &[Span]) -> Tests {
    let mut tests = Tests::default();
    for &extent in within {
        lines::read(facts, extent, &mut tests.lines);
    }
    tests.lines.shrink_to_fit();
    tests.targets = targets::read(facts, &tests.lines);
    tests
}
