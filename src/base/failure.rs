//! The one error of the program: why no verdict could be reached.

use std::fmt;

use super::{Position, RepoPath, Span};

/// A run that cannot give a verdict: what was being done, why it failed, what to try.
///
/// Findings are data and never failures. Every failure ends the process with exit status 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was being done, as a clause: "cannot read the index of /repo".
    pub what: String,
    /// Why it failed; empty where `what` says it all.
    pub why: String,
    /// What the reader should try next.
    pub help: String,
    /// The place in a configuration or workflow file that is wrong.
    pub place: Option<Box<FailurePlace>>,
}

/// Where in a policy file a failure comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailurePlace {
    pub path: RepoPath,
    /// The whole text of the file, so that a renderer can show the line.
    pub text: String,
    pub span: Span,
    pub position: Position,
}

impl Failure {
    pub fn new(what: impl Into<String>, why: impl fmt::Display, help: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.to_string(), help: help.into(), place: None }
    }

    /// The same failure, pointing at a place of a policy file.
    pub fn at(mut self, path: &RepoPath, text: &str, span: Span) -> Self {
        let position = super::LineIndex::new(text).position(span.start);
        let (path, text) = (path.clone(), text.to_owned());
        self.place = Some(Box::new(FailurePlace { path, text, span, position }));
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.what)?;
        if !self.why.is_empty() {
            write!(out, ": {}", self.why)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
