//! One promise that stands differently now.

use crate::base::{RepoPath, Span};
use crate::model::contract::Subject;
use crate::model::contract::compare::Element;
use crate::project::{Artifact, FeatureId};

/// A difference between what was agreed and what stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Position of the iteration whose agreement it departs from.
    pub iteration: usize,
    pub thing: Thing,
    pub way: Way,
    /// The difference as a clause: `response field user.email was removed`. It does not repeat
    /// the name of the thing.
    pub told: String,
    /// The features that it concerns: whose promise it was, and who relies on it. Empty for what
    /// belongs to the product as a whole, which any evidence may report.
    pub concerns: Vec<FeatureId>,
    /// Where it stands now; for what is gone, where it stood or should be reported.
    pub place: Place,
    /// Where it stood in the agreement; nothing for what was added.
    pub then: Option<Then>,
}

/// What a change is about: what an entry has to name.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// An endpoint, event, table or type: one element of it, or the whole.
    Contract { subject: Subject, element: Option<Element> },
    /// A feature that came or went.
    Feature { name: String },
    /// A route, table or file that a feature owns.
    Owned { feature: String, what: String },
    /// That a feature needs another.
    Need { from: String, to: String },
    /// The batch or iteration that a feature is built in.
    Schedule { feature: String },
    /// A user story, by its id or title.
    Story { name: String },
    /// A criterion of a story, by its text.
    Criterion { story: String, text: String },
    /// A golden path or user journey, by its title.
    Journey { name: String },
    /// A line of a checklist.
    Item { list: String, text: String },
    /// A number that something must reach: `test coverage`, `response time of search`.
    Threshold { name: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    Added,
    Removed,
    Changed,
}

/// A place of the judged tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub path: RepoPath,
    /// Nothing for a document as a whole.
    pub span: Option<Span>,
}

/// A place of the agreed tree, whose text is not at hand any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Then {
    pub path: RepoPath,
    /// Counted from one.
    pub line: u32,
}

impl Then {
    /// The place of a span in a document of the agreed tree.
    pub fn at(artifact: &Artifact, span: Span) -> Self {
        let text = artifact.facts().map_or("", |facts| &*facts.text);
        let before = text.as_bytes().get(..span.start as usize).unwrap_or_default();
        let lines = before.iter().filter(|&&byte| byte == b'\n').count();
        Self { path: artifact.path.clone(), line: lines as u32 + 1 }
    }
}

impl Thing {
    /// What kind of thing it is, in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Thing::Contract { subject: Subject::Endpoint { .. }, .. } => "endpoint",
            Thing::Contract { subject: Subject::Event { .. }, .. } => "event",
            Thing::Contract { subject: Subject::Table { .. }, .. } => "table",
            Thing::Contract { subject: Subject::Type { .. }, .. } => "type",
            Thing::Feature { .. } => "feature",
            Thing::Owned { .. } => "ownership",
            Thing::Need { .. } => "dependency",
            Thing::Schedule { .. } => "schedule",
            Thing::Story { .. } => "story",
            Thing::Criterion { .. } => "criterion",
            Thing::Journey { .. } => "golden path",
            Thing::Item { .. } => "checklist",
            Thing::Threshold { .. } => "threshold",
        }
    }
}

impl std::fmt::Display for Thing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Thing::Contract { subject, .. } => write!(out, "{subject}"),
            Thing::Feature { name } => write!(out, "feature {name}"),
            Thing::Owned { what, .. } => write!(out, "{what}"),
            Thing::Need { from, .. } => write!(out, "{from}"),
            Thing::Schedule { feature } => write!(out, "schedule of {feature}"),
            Thing::Story { name } => write!(out, "story {name}"),
            Thing::Criterion { story, text } => write!(out, "{story}: {}", shortened(text)),
            Thing::Journey { name } => write!(out, "golden path {name}"),
            Thing::Item { list, text } => write!(out, "{list}: {}", shortened(text)),
            Thing::Threshold { name } => write!(out, "{name}"),
        }
    }
}

/// The beginning of a line, which is enough to find it.
fn shortened(text: &str) -> String {
    const MOST: usize = 14;
    let mut words = text.split(' ');
    let shown: Vec<&str> = words.by_ref().take(MOST).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    format!("{}{more}", shown.join(" ").trim_end_matches(['.', ',', ';']))
}
