//! What is wrong with a workflow file that can be used: patterns that match nothing, words that
//! mean two things, gates that could not fail.
//!
//! A file that cannot be used at all is a failure of [`parse`](fn@super::parse). What stands here is
//! said by `gatecheck workflow check` and by nothing else: a gate never fails for it.

mod duties;
mod paths;
mod sections;
mod stated;
mod vocabulary;

use super::{Kind, Place, Workflow};
use crate::base::Level;
use stated::Stated;

/// One thing that is looked for in workflow files.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// Kebab case, says what is wrong: `hidden-pattern`.
    pub id: &'static str,
    /// One line: what is found.
    pub summary: &'static str,
    pub level: Level,
}

/// What a check found.
#[derive(Debug)]
pub struct Remark {
    pub check: &'static Check,
    pub place: Place,
    /// One sentence without a full stop, with the names involved.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// What it is about, by the names in the file.
    pub subject: String,
    /// Other places that explain it.
    pub related: Vec<(Place, String)>,
}

/// A file that [`parse`](fn@super::parse) refuses, in the words of its failure.
pub static UNUSABLE: Check = Check {
    id: "unusable-workflow",
    summary: "a workflow file that cannot be used",
    level: Level::Deny,
};

/// Every check.
pub fn checks() -> impl Iterator<Item = &'static Check> {
    let all = [paths::CHECKS, duties::CHECKS, sections::CHECKS, vocabulary::CHECKS];
    std::iter::once(&UNUSABLE).chain(all.into_iter().flatten().copied())
}

/// Everything that is wrong with a workflow, in the order of its files. `judged` tells which kinds
/// of documents a rule looks at, where it looks at some only.
///
/// Of what a built-in workflow says that another file extends, nothing is said.
pub fn review(workflow: &Workflow, judged: &dyn Fn(&str) -> &'static [Kind]) -> Vec<Remark> {
    let stated = Stated::of(workflow);
    let mut found = Vec::new();
    paths::review(workflow, &stated, &mut found);
    duties::review(workflow, &stated, judged, &mut found);
    sections::review(workflow, &stated, &mut found);
    vocabulary::review(workflow, &stated, &mut found);
    let is_given = |place: Place| place.file > 0 && workflow.file(place).is_builtin();
    for remark in &mut found {
        // Who reads it can change their own line only.
        let own = remark.related.iter().position(|(place, _)| !is_given(*place));
        if let (true, Some(own)) = (is_given(remark.place), own) {
            std::mem::swap(&mut remark.place, &mut remark.related[own].0);
        }
    }
    found.retain(|remark| !is_given(remark.place));
    found.sort_by_key(|remark| (remark.place.file, remark.place.span));
    found
}

impl Remark {
    fn new(check: &'static Check, place: Place, message: String) -> Self {
        let (help, subject) = (String::new(), String::new());
        Self { check, place, message, help, subject, related: Vec::new() }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    fn see(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push((place, message.into()));
        self
    }
}
