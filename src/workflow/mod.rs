//! Workflows as data: phases, deliverables, roles, vocabulary.
//!
//! A workflow file says what must be there and how it may be spelled. It holds no judgment: the
//! rules that apply follow from the kinds of its deliverables. Every part keeps the span of the
//! line that states it, so that a missing file can be shown by the line that demands it.

mod boundaries;
mod builtin;
mod deliverable;
mod kind;
mod layer;
mod mistakes;
mod parse;
pub mod pattern;
mod policy;
mod query;
mod raw;
pub mod review;
mod revision;
pub mod schema;
mod template;
mod variation;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::{Level, Span};
pub use boundaries::{Boundaries, Router};
pub use builtin::{builtin, builtin_root, builtins};
pub use kind::Kind;
pub use parse::parse;
pub use pattern::{Captures, Near, Pattern};
pub use policy::{PolicyFile, read_schema, read_toml, suggestion};
pub use query::{Classified, is_named};
pub use raw::Words;
pub use revision::RevisionName;

/// One workflow, as its file states it.
#[derive(Debug)]
pub struct Workflow {
    pub id: String,
    pub title: String,
    /// The folder of its documents, below the folder of the project: `.work`.
    pub root: String,
    /// In an order in which every phase stands after those it follows.
    pub phases: Vec<Phase>,
    pub roles: Vec<Role>,
    /// The figures that plans promise and teams report.
    pub metrics: Vec<Metric>,
    /// The ways in which a feature may go through the phases; of several kinds of features each
    /// needs other people and documents. None where all of them need the same.
    pub variations: Vec<Variation>,
    pub vocabulary: Vocabulary,
    pub boundaries: Boundaries,
    /// Levels of rules that differ from the rules' own.
    pub levels: BTreeMap<String, (Level, Place)>,
    /// The place of each pattern of a deliverable, by phase, deliverable and path: the most
    /// specific first, equally specific ones as they stand in the file.
    pub narrowest: Vec<(usize, usize, usize)>,
    /// The phases whose documents are agreed before anybody builds: indices into
    /// [`Workflow::phases`].
    pub agreed: Vec<usize>,
    /// Names in paths that never are a feature's, normalized: `tests`, `evidence`.
    pub reserved: Vec<String>,
    /// What `per = "feature"` is about, where a team does not build features.
    pub subjects: Subjects,
    /// The revision that holds what was agreed: the first that exists of these.
    pub agreement: Agreed,
    /// The file that was asked for, then the one it extends, and so on.
    pub files: Vec<PolicyFile>,
}

/// The things that one deliverable each is due for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subjects {
    /// How messages call one of them: `feature`, `task`.
    pub name: String,
    /// And several.
    pub plural: String,
    /// The graph of what needs what declares them, and no boundaries do.
    pub from_graph: bool,
}

impl Default for Subjects {
    fn default() -> Self {
        Self { name: "feature".to_owned(), plural: "features".to_owned(), from_graph: false }
    }
}

/// Names of the revision that holds what was agreed, as one of the files of a workflow states them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    pub names: Vec<RevisionName>,
    /// Index into [`Workflow::files`].
    pub file: usize,
}

/// A place in one of the files of a workflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Index into [`Workflow::files`].
    pub file: usize,
    pub span: Span,
}

/// One phase, and so one gate.
#[derive(Debug)]
pub struct Phase {
    pub id: String,
    pub title: String,
    /// The phases that must hold before this one: indices into [`Workflow::phases`].
    pub after: Vec<usize>,
    pub deliverables: Vec<Deliverable>,
    pub place: Place,
    /// Where its order is set: what it comes after, else the phase itself.
    pub order: Place,
}

/// What a phase must leave behind.
#[derive(Debug)]
pub struct Deliverable {
    pub id: String,
    /// How messages name it, in the singular and in lower case: `test evidence`.
    pub title: String,
    pub kind: Kind,
    /// Below the workflow root. The first is the path that messages propose.
    pub paths: Vec<Pattern>,
    /// Anywhere in the repository. Such a file enters no phase, and satisfies the duty only where
    /// a document under the root, or the configuration, names it.
    pub elsewhere: Vec<Pattern>,
    pub per: Per,
    /// Several documents may share one duty; else two of them are contested.
    pub several: bool,
    /// Roles, by id, whose verdict is due in any of these documents.
    pub verdicts: Vec<String>,
    /// The requirement that asks for it, by id: `S2.9`. Empty where nothing says.
    pub promise: String,
    /// The requirement that asks for its parts, where that is another one.
    pub parts_promise: String,
    /// Optional deliverables are judged where they stand and never missed.
    pub optional: bool,
    /// From the second iteration on it counts only where it names the iteration or its features.
    pub by_iteration: bool,
    /// One is due for each day or week of work.
    pub every: Option<Rhythm>,
    pub parts: Vec<Part>,
    /// Headings of the checklists whose boxes this gate asks to be ticked, normalized.
    pub checklists: Vec<String>,
    /// Roles, by id, that work beside the phase: it does not wait for their part.
    pub beside: Vec<String>,
    /// The phase, by id, that waits for those instead.
    pub beside_until: Option<String>,
    /// The roles sign one after the other.
    pub in_order: bool,
    /// Sections of other deliverables that fulfill this duty as well.
    pub within: Vec<Within>,
    /// The path that demands it.
    pub place: Place,
}

/// How often something is due while work goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Every working day.
    Day,
    Week,
}

/// How many of a deliverable are due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Per {
    /// One for the whole project.
    Project,
    /// One for each declared feature.
    Feature,
    /// One for each of these roles, by id.
    Role(Vec<String>),
    /// One for each who takes part in the phase, as the documents declare.
    Participant,
}

/// A section, field or file beside the document that a deliverable must have.
#[derive(Debug)]
pub struct Part {
    pub id: String,
    /// How messages name it: `integration points`.
    pub title: String,
    /// What the part holds, where it is read as records of a kind.
    pub kind: Option<Kind>,
    /// Normalized headings or labels, any of which will do; see [`is_named`]. A file beside the
    /// document will do as well where its stem is one of them. Where several documents share one
    /// duty, the part may stand in any of them.
    pub names: Vec<String>,
    /// Part of each feature's section rather than of the document.
    pub per_feature: bool,
    /// Asked for from the second iteration on only.
    pub later_iterations: bool,
    /// Other deliverables, by id, whose documents may hold it instead.
    pub also_in: Vec<String>,
    pub place: Place,
}

/// A section of another deliverable that fulfills a duty.
#[derive(Debug)]
pub struct Within {
    /// The id of the other deliverable.
    pub deliverable: String,
    /// Normalized headings or labels, any of which will do.
    pub names: Vec<String>,
}

/// Somebody who delivers or signs.
#[derive(Debug)]
pub struct Role {
    pub id: String,
    pub title: String,
    /// Normalized names under which documents know this role, and the work that is this role's
    /// alone: `security audit`. Its id and title are among them.
    pub names: Vec<String>,
    /// What it does, as a clause: `builds pages and components`. Empty where nothing says.
    pub work: String,
    /// No other voice counts against this one where it objects.
    pub veto: bool,
}

/// A way to go through the phases. What some variation names is due only in the features that
/// declare one which names it; what none names is always due.
#[derive(Debug)]
pub struct Variation {
    pub id: String,
    pub title: String,
    /// Normalized names under which documents know it. Its id and title are among them.
    pub names: Vec<String>,
    /// The roles it needs, by id.
    pub roles: Vec<String>,
    /// The deliverables it needs, by id, and parts, written `deliverable.part`.
    pub deliverables: Vec<String>,
    /// Parts, written `deliverable.part`, that have to tell a result which passes.
    pub results: Vec<String>,
    /// Normalized words that a feature of this variation had better not speak of.
    pub too_simple_for: Vec<String>,
    pub place: Place,
}

/// A figure that plans promise and teams report.
#[derive(Debug)]
pub struct Metric {
    pub id: String,
    pub title: String,
    /// Normalized names under which documents know it. Its id and title are among them.
    pub names: Vec<String>,
    /// The smaller the better.
    pub less: bool,
}

/// The words that carry a meaning in this workflow's documents, normalized.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Ways to say that there is nothing to report.
    pub none: Vec<String>,
    /// Words that take back what was said with one of `none`: "except".
    pub except: Vec<String>,
    /// Verdicts that approve.
    pub approve: Vec<String>,
    /// Verdicts that approve under conditions.
    pub conditional: Vec<String>,
    /// Verdicts that reject.
    pub reject: Vec<String>,
    /// Results that pass.
    pub pass: Vec<String>,
    /// Results that fail.
    pub fail: Vec<String>,
}
