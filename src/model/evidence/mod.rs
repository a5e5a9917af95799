//! Reads evidence documents: what an implementer or a tester did, and departed from.

pub mod deviations;
pub mod files;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::commits;
use crate::workflow::Vocabulary;
pub use deviations::{Declared, Deviation, Deviations, Statement};
pub use files::NamedFile;

/// What a document of evidence says.
#[derive(Debug, Default)]
pub struct Evidence {
    pub deviations: Deviations,
    /// Files that it claims to exist.
    pub files: Vec<NamedFile>,
    /// Ids of commits that it names.
    pub commits: Vec<Span>,
}

/// Reads a document of evidence.
pub fn read(facts: &DocumentFacts, words: &Vocabulary) -> Evidence {
    Evidence {
        deviations: deviations::read(facts, words),
        files: files::read(facts),
        commits: commits::read(facts),
    }
}
