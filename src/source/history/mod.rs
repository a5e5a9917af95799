//! The commits before a view: what was there once, what changed when, who comes after whom.

mod ancestry;
mod branches;
mod commits;
mod git;
mod graph;
mod journal;
mod line;
mod log;
mod names;

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::{Asked, BlobId, Entry, Source};
use crate::base::{Failure, RepoPath};

pub(super) use ancestry::{bases, descends};
pub(super) use commits::Commits;
pub(super) use git::GitHistory;
pub use line::{Line, Record, Steps, Stop, Title};
pub(super) use names::{Back, is_hex, parted, resolve};

/// The history that ends in a view: in its commit, or in HEAD for a working tree and an index.
pub trait History: Sync {
    /// What first-parent commits changed at or below these paths.
    ///
    /// The walk ends before the paths were introduced, so that a caller names the configuration
    /// file too where that may be older than the folders.
    ///
    /// # Errors
    /// A commit or tree that should be there cannot be read. A shallow boundary is no error.
    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure>;

    /// The commits up to the one that the history ends in that are not part of each of `after`,
    /// with what they say and what they changed anywhere.
    ///
    /// # Errors
    /// As [`History::journal`].
    fn log(&self, after: &[CommitId]) -> Result<Log, Failure>;

    /// The content of a file in the commit that the history ends in.
    ///
    /// # Errors
    /// As [`History::journal`].
    fn holds(&self, path: &RepoPath) -> Result<Option<BlobId>, Failure>;

    /// What stands at or below these paths in the commit that the history ends in, sorted.
    ///
    /// # Errors
    /// As [`History::journal`].
    fn standing(&self, paths: &[RepoPath]) -> Result<Vec<RepoPath>, Failure>;

    /// What is known of the commit with this id, in full or abbreviated to four characters or
    /// more. Nothing for an unknown commit, which in a shallow history proves little.
    ///
    /// # Errors
    /// The objects cannot be read.
    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure>;

    /// The full id of the commit that [`History::commit`] finds, or what was asked for where
    /// several objects begin so.
    ///
    /// # Errors
    /// As [`History::commit`].
    fn id(&self, abbreviated: &str) -> Result<Option<String>, Failure> {
        Ok(self.commit(abbreviated)?.map(|one| one.id))
    }

    /// The commit that `written` names: a branch, a tag, `HEAD~2`, an id. Nothing where nothing
    /// is called so.
    ///
    /// # Errors
    /// It names something that is no commit, or the objects cannot be read.
    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure>;

    /// The best common ancestor of two commits; nothing where they have none, or where a shallow
    /// history hides it.
    ///
    /// # Errors
    /// The history cannot be read.
    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure>;

    /// Whether a commit is another one or comes after it. Nothing where a shallow history leaves
    /// that open.
    ///
    /// # Errors
    /// The history cannot be read.
    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure>;

    /// The view of a commit, which [`History::resolve`] or [`History::journal`] gave.
    ///
    /// # Errors
    /// The commit cannot be read.
    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure>;

    /// The first-parent line that it ends in.
    ///
    /// # Errors
    /// A commit cannot be read. A shallow boundary is no error.
    fn line(&self) -> Result<Line, Failure>;

    /// What the commits of a line changed at or below these paths.
    ///
    /// # Errors
    /// As [`History::journal`].
    fn record(&self, line: &Line, paths: &[RepoPath]) -> Result<Record, Failure>;

    /// Whether the trees of two commits answer all that was asked about one of them alike, the
    /// sizes of files roughly (see [`super::Node::rough`]).
    ///
    /// # Errors
    /// A tree cannot be read.
    fn is_alike(&self, one: &Stop, other: &Stop, asked: &Asked) -> Result<bool, Failure>;

    /// What people call a commit, which [`History::resolve`] or [`History::line`] gave.
    ///
    /// # Errors
    /// The commit cannot be read.
    fn title(&self, commit: &CommitId) -> Result<Title, Failure>;

    /// Who made a commit, which [`History::resolve`] or [`History::journal`] gave.
    ///
    /// # Errors
    /// The commit cannot be read.
    fn author(&self, commit: &CommitId) -> Result<Identity, Failure>;

    /// When a commit was made, in seconds since 1970; nothing where it does not say.
    ///
    /// # Errors
    /// The commit cannot be read.
    fn time(&self, commit: &CommitId) -> Result<Option<i64>, Failure>;

    /// The shortest unambiguous form of an id, seven characters or more.
    fn short(&self, commit: &CommitId) -> String;

    /// The commit that the history ends in; nothing before the first commit.
    fn tip(&self) -> Option<CommitId>;

    /// Whether the repository holds a part of its history only.
    fn shallow(&self) -> bool;

    /// Whether the commits stand as they are stored: nothing replaces one or cuts the history.
    fn is_plain(&self) -> bool {
        !self.shallow()
    }
}

/// The full id of a commit, in hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub String);

impl fmt::Display for CommitId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A path that stood in the history, and the last commit that had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub path: RepoPath,
    pub commit: CommitId,
}

/// A commit that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitInfo {
    /// The full id, or what was asked for where several objects begin so.
    pub id: String,
    /// Whether the judged commit (HEAD for a working tree or index) is this one or comes after
    /// it. Nothing where that cannot be told: an ambiguous id, a shallow history.
    pub ancestor: Option<bool>,
}

/// What first-parent commits changed at some paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// The commits that changed something there, newest first.
    pub steps: Steps,
    /// The history ends at a shallow boundary, so that there may be more.
    pub shallow: bool,
}

impl Journal {
    /// What stood in some commit and is not `listed`, sorted by path. `standing` is what stands
    /// in the `tip`, the commit that the journal begins with.
    pub fn gone(
        &self,
        tip: Option<&CommitId>,
        standing: Vec<RepoPath>,
        listed: &[Entry],
    ) -> Vec<Gone> {
        let listed: HashSet<&RepoPath> = listed.iter().map(|entry| &entry.path).collect();
        let mut gone = BTreeMap::new();
        if let Some(tip) = tip {
            let standing = standing.into_iter().filter(|path| !listed.contains(path));
            gone.extend(standing.map(|path| (path, tip)));
        }
        for step in self.steps.iter() {
            let Some(parent) = &step.parent else { continue };
            let removed = step.changes.iter().filter(|one| one.after.is_none());
            for Changed { path, .. } in removed.filter(|one| !listed.contains(&one.path)) {
                gone.entry(path.clone()).or_insert(parent);
            }
        }
        gone.into_iter().map(|(path, commit)| Gone { path, commit: commit.clone() }).collect()
    }
}

/// What one commit changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub commit: CommitId,
    /// Its first parent; nothing for the first commit of a history.
    pub parent: Option<CommitId>,
    /// It has several parents, so that its author may be nobody's who made the changes.
    pub merge: bool,
    /// Sorted by path.
    pub changes: Vec<Changed>,
}

/// A file that one commit changed: its contents before and after, nothing where it was not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub path: RepoPath,
    pub before: Option<BlobId>,
    pub after: Option<BlobId>,
}

/// Commits with all that they changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The first parents, newest first; then those that their merges brought.
    pub commits: Vec<Logged>,
    /// The branch that ends in the newest of them, without `refs/heads/`; nothing where there is
    /// none, where nobody can tell which, and for the default branch.
    pub branch: Option<String>,
    /// The history ends at a shallow boundary, so that there may be more.
    pub shallow: bool,
}

/// A commit with all that it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logged {
    pub commit: CommitId,
    pub author: Identity,
    pub message: String,
    /// The merge that brought it, by its place in [`Log::commits`]; nothing for first parents.
    pub brought_by: Option<usize>,
    /// It is part of the branch that is judged and of no other that is known.
    pub unmerged: bool,
    /// The places of those commits that it is not part of, among those that were asked for.
    pub after: Vec<usize>,
    /// Sorted by path. Of a merge, what is as in none of its parents.
    pub changes: Vec<Changed>,
}

/// Who made a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    pub name: String,
    pub email: String,
}
