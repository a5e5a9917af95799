//! Reads evidence documents: what an implementer or a tester did, and departed from.

pub mod citations;
pub mod deviations;
pub mod files;
pub mod tested;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::commits;
use crate::workflow::{Kind, Workflow};
pub use citations::{By, Citation};
pub use deviations::{Declared, Deviation, Deviations, Statement};
pub use files::NamedFile;
pub use tested::Tests;

/// What a document of evidence says.
#[derive(Debug, Default)]
pub struct Evidence {
    pub deviations: Deviations,
    /// Files that it claims to exist.
    pub files: Vec<NamedFile>,
    /// Ids of commits that it names, those of its citations among them.
    pub commits: Vec<Span>,
    /// The states of the design that it says it was built against.
    pub citations: Vec<Citation>,
    /// What it says is tested, where it is evidence of tests.
    pub tests: Tests,
}

/// Reads a document of evidence.
pub fn read(kind: Kind, facts: &DocumentFacts, workflow: &Workflow) -> Evidence {
    let citations = citations::read(facts);
    Evidence {
        commits: commits_named(facts, &citations),
        citations,
        deviations: deviations::read(facts, &workflow.vocabulary),
        files: files::read(facts),
        tests: tested::read(facts, &of_tests(kind, facts, workflow)),
    }
}

/// The commits in labeled values and tables, and those that citations name. What a citation says
/// is a digest is no commit.
fn commits_named(facts: &DocumentFacts, citations: &[Citation]) -> Vec<Span> {
    let mut named = commits::read(facts);
    named.retain(|span| citations.iter().all(|one| one.span != *span || one.by == By::Commit));
    let cited = citations.iter().filter(|one| one.by == By::Commit);
    named.extend(cited.map(|one| one.span));
    named.sort_unstable();
    named.dedup();
    named
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
