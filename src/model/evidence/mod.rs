//! Reads evidence documents: what an implementer or a tester did, and departed from.

pub mod deviations;
pub mod files;
pub mod tested;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::commits;
use crate::workflow::{Kind, Workflow};
pub use deviations::{Declared, Deviation, Deviations, Statement};
pub use files::NamedFile;
pub use tested::Tests;

/// What a document of evidence says.
#[derive(Debug, Default)]
pub struct Evidence {
    pub deviations: Deviations,
    /// Files that it claims to exist.
    pub files: Vec<NamedFile>,
    /// Ids of commits that it names.
    pub commits: Vec<Span>,
    /// What it says is tested, where it is evidence of tests.
    pub tests: Tests,
}

/// Reads a document of evidence.
pub fn read(kind: Kind, facts: &DocumentFacts, workflow: &Workflow) -> Evidence {
    Evidence {
        deviations: deviations::read(facts, &workflow.vocabulary),
        files: files::read(facts),
        commits: commits::read(facts),
        tests: tested::read(facts, &of_tests(kind, facts, workflow)),
    }
}

/// The parts of a document that are evidence of tests: the whole, or sections of it that the
/// workflow takes for such.
fn of_tests(kind: Kind, facts: &DocumentFacts, workflow: &Workflow) -> Vec<Span> {
    if kind == Kind::TestEvidence {
        return vec![Span::new(0, facts.text.len())];
    }
    let deliverables = workflow.deliverables().filter(|(.., one)| one.kind == Kind::TestEvidence);
    let names: Vec<_> = deliverables.flat_map(|(.., one)| &one.within).collect();
    let named =
        facts.sections.iter().filter(|one| names.iter().any(|name| name.is_named(&one.name)));
    let mut parts: Vec<Span> = Vec::new();
    for section in named {
        if parts.last().is_none_or(|last| !last.covers(section.extent)) {
            parts.push(section.extent);
        }
    }
    parts
}
