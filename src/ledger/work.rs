//! Whether the work of each feature stayed inside what the feature owns (S2.14).

use super::Commit;
use crate::base::{RepoPath, Span};
use crate::project::{ArtifactId, FeatureId};

/// What commits and evidence tell of the work of features, as far as anybody says what a feature
/// owns. Empty where nobody does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// In the order of features and paths.
    pub outside: Vec<Outside>,
    /// Files that evidence lists and that are not its feature's.
    pub listed: Vec<Listed>,
    /// Features with work that say nothing of what they own, while others do.
    pub unbounded: Vec<FeatureId>,
    /// The commits that changed what features own, and nobody can tell whose work they are,
    /// newest first.
    pub unattributed: Vec<Unattributed>,
    /// What commits name as their feature although none is called so, in the order of names.
    pub misnamed: Vec<Misnamed>,
    /// Names in the configuration that are no feature's.
    pub unknown: Vec<UnknownShare>,
    /// The same of roles.
    pub roles: RoleWork,
}

/// What commits tell of the work of roles, as far as documents say which paths are whose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleWork {
    /// In the order of roles and paths.
    pub astray: Vec<Astray>,
    /// The commits that changed what roles own, and nobody can tell in which role, newest first.
    pub unattributed: Vec<Commit>,
}

/// A path of other roles that somebody changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The ids of the roles in which it was changed, never empty.
    pub roles: Vec<String>,
    pub path: RepoPath,
    /// The ids of the roles that own it, never empty.
    pub owners: Vec<String>,
    /// The newest commit that changed it, and how many did.
    pub commit: Commit,
    pub commits: usize,
    pub by: By,
}

/// Whose work something is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Feature(FeatureId),
    /// A role, by its id.
    Role(String),
}

/// What tells whose work a commit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A line at the end of its message.
    Trailer,
    /// Its author, who has the role.
    Author(String),
    /// The branch that it was made on.
    Branch(String),
    /// The evidence that it changed.
    Evidence,
    /// The evidence that lists what it changed.
    Listing,
    /// What it changed is one party's alone.
    Paths,
}

/// A path that the work of a feature changed and that the feature does not own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub feature: FeatureId,
    pub path: RepoPath,
    /// Who owns it.
    pub owners: Vec<FeatureId>,
    /// The newest commit that changed it, and how many did.
    pub commit: Commit,
    pub commits: usize,
    pub by: By,
    /// Where the feature says what it owns, or where it is declared.
    pub place: (RepoPath, Span),
}

/// Files that a document of evidence lists and that are outside of what its feature owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub artifact: ArtifactId,
    pub feature: FeatureId,
    /// The places of the files in the document, never empty.
    pub files: Vec<(Span, RepoPath)>,
    pub place: (RepoPath, Span),
}

/// A commit that might be anybody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unattributed {
    pub commit: Commit,
    /// The features that own something of what it changed.
    pub features: Vec<FeatureId>,
}

/// A name that the messages of commits give as that of a feature, and that is none's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misnamed {
    pub name: String,
    /// Newest first.
    pub commits: Vec<Commit>,
}

/// A name in the configuration that is no feature's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownShare {
    pub name: String,
    pub place: (RepoPath, Span),
}
