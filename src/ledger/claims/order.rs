//! Documents and code that came before what they build on (S2.20).

use crate::base::RepoPath;
use crate::ledger::Commit;
use crate::project::ArtifactId;

/// A document that a commit brought or changed which lacks a deliverable of an earlier phase.
#[derive(Debug)]
pub struct Early {
    pub artifact: ArtifactId,
    /// The gates that it belongs to and that ask for what was lacking: iteration and phase.
    pub gates: Vec<(usize, usize)>,
    pub commit: Commit,
    /// What the commit lacks and the judged tree holds, never empty; in the order of duties.
    pub lacks: Vec<Lacking>,
    pub since: SinceThen,
}

/// An endpoint that the code declared before the design named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeFirst {
    /// Index into [`crate::project::Project::offers`].
    pub offer: usize,
    /// The route that serves it now, by its place in [`crate::code::Code::routes`].
    pub route: usize,
    /// The commit whose design names it first, and nothing states it otherwise since.
    pub named: Commit,
    /// The one before, whose code declares it.
    pub before: Commit,
}

/// A deliverable that was not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Index into [`crate::project::Project::duties`].
    pub duty: usize,
    /// Where it stands now.
    pub path: RepoPath,
    /// The commit that brought it; nothing where it is not committed.
    pub by: Option<Commit>,
}

/// What happened to a document since the commit that lacks something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SinceThen {
    /// Nothing: it stands as that commit has it.
    Untouched,
    /// Nothing, but the project had no configuration then, so that nobody held it to an order.
    Adopted,
    /// It was changed when nothing lacked any more. The commit is the one that brought it.
    Changed,
}
