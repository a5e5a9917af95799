//! From byte spans to the lines and columns that people read.

use std::collections::HashMap;

use crate::base::{LineIndex, RepoPath, Span};
use crate::project::Project;
use crate::report::Place;
use crate::workflow::PolicyFile;

/// The texts that findings point into, each with its lines indexed at most once.
pub struct Places<'t> {
    texts: HashMap<&'t str, &'t str>,
    lines: HashMap<String, LineIndex<'t>>,
}

impl<'t> Places<'t> {
    pub fn new(
        projects: impl IntoIterator<Item = &'t Project>,
        policies: impl IntoIterator<Item = &'t PolicyFile>,
    ) -> Self {
        let mut texts = HashMap::new();
        for project in projects {
            for artifact in &project.artifacts {
                if let Some(facts) = artifact.facts() {
                    texts.insert(artifact.path.as_str(), &*facts.text);
                }
            }
            if let Some(surface) = &project.surface {
                let code = surface.code.texts.iter();
                texts.extend(code.map(|(path, text)| (path.as_str(), text.as_str())));
            }
            for file in &project.workflow.files {
                texts.insert(file.path.as_str(), &*file.text);
            }
        }
        for policy in policies {
            texts.insert(policy.path.as_str(), &*policy.text);
        }
        Self { texts, lines: HashMap::new() }
    }

    /// The place of a span, or nothing where the file holds no text.
    pub fn place(&mut self, path: &RepoPath, span: Option<Span>) -> Option<Place> {
        let (span, text) = (span?, *self.texts.get(path.as_str())?);
        if !self.lines.contains_key(path.as_str()) {
            self.lines.insert(path.as_str().to_owned(), LineIndex::new(text));
        }
        let lines = &self.lines[path.as_str()];
        Some(place(lines, text, span))
    }
}

/// A span as a place: without the line end it may stop at, with a few of its lines.
pub fn place(lines: &LineIndex<'_>, text: &str, span: Span) -> Place {
    const SHOWN: u32 = 3;
    let said = span.of(text).trim_end();
    let end = span.start + u32::try_from(said.len()).unwrap_or(0);
    let (start, end) = (lines.position(span.start), lines.position(end));
    let last = end.line.min(start.line.saturating_add(SHOWN - 1));
    let excerpt = (start.line..=last).map(|line| lines.line(line).to_owned()).collect();
    Place { start, end, excerpt }
}
