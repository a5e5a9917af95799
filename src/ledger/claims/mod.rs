//! What documents claim of the history, and how the history has it (S2.12, S2.16, S2.20).

mod order;
mod stale;

use std::collections::HashMap;
use std::sync::Arc;

use super::{Books, Change, Commit};
use crate::base::{RepoPath, Span};
use crate::model::people::Person;
use crate::project::{ArtifactId, Project};
pub use order::{CodeFirst, Early, Lacking, SinceThen};

/// The claims of one project that the history can confirm.
#[derive(Debug, Default)]
pub struct Claims {
    /// Citations whose state of the design is not the one that stood when the evidence was
    /// written.
    pub cited: Vec<Cited>,
    /// Those of them that no longer tell what the evidence was built against.
    pub stale: Vec<Stale>,
    /// Digests that evidence cites and that no document of the design ever had.
    pub unknown: Vec<(ArtifactId, Span)>,
    /// What changed after the commit that a sign-off names.
    pub outdated: Vec<Outdated>,
    /// What configured people committed of evidence and reports.
    pub written: Vec<Written>,
    pub people: People,
    /// Documents that came before what they build on.
    pub early: Vec<Early>,
    /// Frontends that were begun before their contract.
    pub hasty: Vec<Hasty>,
    /// Status reports after which the work went on.
    pub overtaken: Vec<Overtaken>,
    /// Endpoints that were built before a contract named them, in the order of offers.
    pub code_first: Vec<CodeFirst>,
}

/// A status report, with the last change of what it reports on.
#[derive(Debug)]
pub struct Overtaken {
    pub artifact: ArtifactId,
    /// How many days after the report that change was made: one or more.
    pub days: i32,
    /// What was changed, or the first of it.
    pub path: RepoPath,
    pub commit: Commit,
}

/// Citations in evidence of one thing, with the design as it stood when the evidence was last
/// changed.
#[derive(Debug)]
pub struct Cited {
    pub artifact: ArtifactId,
    /// The id as the evidence has it, with the design as it stood there. Where there are several,
    /// the design was read again.
    pub states: Vec<(Span, Arc<Project>)>,
    /// Nothing where the evidence is not committed as it stands, so that the judged tree counts.
    pub last: Option<Arc<Project>>,
    /// The commit that changed the evidence last.
    pub commit: Option<Commit>,
}

/// A citation of contracts that were changed before the evidence was, and nobody admits it.
#[derive(Debug)]
pub struct Stale {
    pub artifact: ArtifactId,
    pub span: Span,
    /// What was changed, never empty. The places are those of the tree in which the evidence was
    /// changed last.
    pub changes: Vec<Change>,
    /// As [`Cited::commit`].
    pub commit: Option<Commit>,
}

/// A commit that a sign-off names, and that lacks what the integration report says now.
#[derive(Debug)]
pub struct Outdated {
    pub artifact: ArtifactId,
    /// The commit as the sign-off has it.
    pub span: Span,
    /// Position of the iteration that the report speaks of.
    pub iteration: usize,
    /// The commit that changed what the report says; nothing where that is not committed.
    pub by: Option<Commit>,
}

/// A commit of somebody who is configured, which changed evidence or a report.
#[derive(Debug)]
pub struct Written {
    pub artifact: ArtifactId,
    pub commit: Commit,
    /// As in [`Person::key`].
    pub by: String,
}

/// A frontend that was begun before the contract that it builds on was committed.
#[derive(Debug)]
pub struct Hasty {
    /// The brief that declares its paths.
    pub artifact: ArtifactId,
    pub place: Span,
    pub path: RepoPath,
    /// The first commit that changed something there.
    pub commit: Commit,
    /// The commit since which the contract is stated; nothing where it is not committed.
    pub contract: Option<Commit>,
}

/// The people whom the configuration knows: each by all names and addresses.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The key of a person by the keys of all names and by the addresses.
    keys: HashMap<String, String>,
}

impl Claims {
    /// Finds the citations that are stale, but for what the documents admit.
    pub fn compared(mut self, project: &Project, books: &Books) -> Self {
        self.stale = stale::stale(project, &self.cited, books);
        self
    }
}

impl People {
    /// Says that a person goes by a name or an address as well.
    pub fn add(&mut self, person: &Person, alias: String) {
        self.keys.insert(person.key.clone(), person.key.clone());
        self.keys.insert(alias, person.key.clone());
    }

    /// What tells a person from others, under whatever name a document has them.
    pub fn key<'p>(&'p self, name: &'p str) -> &'p str {
        self.known(name).unwrap_or(name)
    }

    /// As [`People::key`], for a name or address of somebody who is configured.
    pub fn known(&self, name: &str) -> Option<&str> {
        self.keys.get(name).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}
