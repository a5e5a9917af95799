//! One thing a rule says about one place.

use crate::base::{RepoPath, Span};

/// What a rule found. The engine adds what every finding has: rule, level, gate, fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file it is about; for a missing file, where it is expected.
    pub path: RepoPath,
    /// The place in it; nothing for a file that is not there or not text.
    pub span: Option<Span>,
    /// One sentence without a full stop: what is wrong, with the names involved.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// What the finding is about, stable against edits elsewhere: a heading, a story id, a
    /// feature. Waivers and fingerprints go by it. Empty where the message serves.
    pub subject: String,
    pub related: Vec<Related>,
    /// What a finding that speaks of several things counts, each by a name that stays. One that is
    /// known or forgiven knows these and no others.
    pub members: Vec<String>,
    /// The requirements that it is about, by id; empty for all that its rule protects.
    pub promises: Vec<String>,
    /// The gates it belongs to, where the place does not tell: iteration and phase.
    pub gates: Vec<(usize, usize)>,
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub path: RepoPath,
    pub span: Option<Span>,
    pub message: String,
}

impl Finding {
    /// A finding at a place of a document.
    pub fn at(path: &RepoPath, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::about(path, message) }
    }

    /// A finding about a whole file, present or missing.
    pub fn about(path: &RepoPath, message: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            span: None,
            message: message.into(),
            help: String::new(),
            subject: String::new(),
            related: Vec::new(),
            members: Vec::new(),
            promises: Vec::new(),
            gates: Vec::new(),
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// Says which things it counts.
    pub fn members(mut self, members: impl IntoIterator<Item = String>) -> Self {
        self.members = members.into_iter().collect();
        self.members.sort_unstable();
        self.members.dedup();
        self
    }

    /// Adds another place: a span of that file, or the file as a whole.
    pub fn related(
        mut self,
        path: &RepoPath,
        span: Option<Span>,
        message: impl Into<String>,
    ) -> Self {
        self.related.push(Related { path: path.clone(), span, message: message.into() });
        self
    }

    /// Says which requirement it is about. An empty id says nothing.
    pub fn promise(mut self, id: &str) -> Self {
        self.promises.extend((!id.is_empty()).then(|| id.to_owned()));
        self
    }

    /// Says that it belongs to a gate.
    pub fn gate(mut self, iteration: usize, phase: usize) -> Self {
        self.gates.push((iteration, phase));
        self
    }
}
