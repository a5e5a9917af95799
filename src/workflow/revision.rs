//! Names of revisions, as files that decide state them.

use super::PolicyFile;
use super::raw::Words;
use crate::base::{Failure, Span};

/// What stands for the id of the iteration in the name of a revision.
const ITERATION: &str = "{iteration}";

/// The name of a branch or tag, in which `{iteration}` stands for the id of an iteration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionName {
    pub written: String,
    pub span: Span,
}

impl RevisionName {
    /// The name for an iteration. One that does not mention the iteration serves all of them.
    pub fn of(&self, iteration: &str) -> String {
        self.written.replace(ITERATION, iteration)
    }

    /// Reads one name or a list of them.
    ///
    /// # Errors
    /// There is none, or one of them could not name a revision.
    pub fn read(file: &PolicyFile, words: &Words) -> Result<Vec<Self>, Failure> {
        let names = words.0.iter().map(|word| {
            let (written, place) = (word.get_ref(), word.span());
            let rest = written.replace(ITERATION, "1");
            let odd = |c: char| c.is_whitespace() || c.is_control() || "{}*?[\\".contains(c);
            if rest.is_empty() || rest.starts_with('-') || rest.contains("..") || rest.contains(odd)
            {
                let help = "write the name of a tag or a branch, such as `design-gate-{iteration}`";
                return Err(file.fail(place, format!("`{written}` names no revision"), help));
            }
            Ok(Self { written: written.clone(), span: Span::new(place.start, place.end) })
        });
        names.collect()
    }
}
