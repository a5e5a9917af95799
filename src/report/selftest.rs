//! What came of planting a violation of each rule.

use crate::base::RepoPath;

/// The outcome for every rule under every root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelfTest {
    /// The view whose configuration governs.
    pub source: String,
    pub tests: Vec<RuleTest>,
}

/// One rule under one root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTest {
    pub rule: &'static str,
    pub workflow: String,
    pub root: RepoPath,
    pub outcome: Outcome,
}

/// What a rule made of what was planted for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It spoke: where, and what it said.
    Fired { path: RepoPath, message: String },
    /// A setting keeps it from speaking; which, as a clause.
    Cannot { why: String },
    /// It was silent, and nothing that is set explains it.
    Silent { why: String },
}

impl Outcome {
    /// The word that programs read.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Fired { .. } => "fired",
            Outcome::Cannot { .. } => "cannot-fire",
            Outcome::Silent { .. } => "did-not-fire",
        }
    }
}

impl SelfTest {
    /// Whether no rule was silent without a reason.
    pub fn holds(&self) -> bool {
        self.count("did-not-fire") == 0
    }

    /// How many rules had this outcome.
    pub fn count(&self, word: &str) -> usize {
        self.tests.iter().filter(|one| one.outcome.word() == word).count()
    }
}
