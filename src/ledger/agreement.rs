//! Which tree was agreed, and why that one.

use crate::base::{RepoPath, Span};

/// The tree in which the design of an iteration was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Position of the iteration.
    pub iteration: usize,
    pub commit: Option<Commit>,
    pub why: Why,
    pub standing: Standing,
}

/// A commit as reports name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub id: String,
    /// The shortest unambiguous form of the id.
    pub short: String,
}

/// What decided which tree was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The run was asked to compare with this revision.
    Base(String),
    /// The configuration or the workflow names this revision, at this place of that file.
    Named { revision: String, path: RepoPath, span: Span },
    /// It is the last commit before the first evidence, which this commit brought; nothing where
    /// that evidence is not committed yet.
    BeforeEvidence { path: RepoPath, commit: Option<Commit> },
}

/// Whether there is anything to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The tree holds contracts.
    Agreed,
    /// The tree holds none, or there is no tree: the design came together with the evidence, or
    /// after it.
    Nothing,
    /// The history that would tell is missing.
    Unknown,
}

impl Agreement {
    /// Which tree it is and why, as a clause: `1a2b3c4, the last commit before the first evidence
    /// (.work/…/EVIDENCE.md in 5d6e7f8)`.
    pub fn sentence(&self) -> String {
        if self.standing == Standing::Unknown {
            return "not known, since the history that would tell is missing".to_owned();
        }
        let commit = self.commit.as_ref().map_or("no commit", |commit| &commit.short);
        match &self.why {
            Why::Base(revision) if revision.starts_with(commit) => {
                format!("{commit}, as it was asked for")
            }
            Why::Base(revision) => format!("{commit}, asked for as {revision}"),
            Why::Named { revision, path, .. } => {
                format!("{commit}, which {path} names as {revision}")
            }
            Why::BeforeEvidence { path, commit: brought } => {
                let brought = match brought {
                    Some(brought) => format!("{path} in {}", brought.short),
                    None => format!("{path}, not committed yet"),
                };
                match self.commit {
                    Some(_) => {
                        format!("{commit}, the last commit before the first evidence ({brought})")
                    }
                    None => format!("no commit comes before the first evidence ({brought})"),
                }
            }
        }
    }
}
