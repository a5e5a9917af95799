//! Frozen views of a repository: the working tree, the index, a revision.
//!
//! Everything that reads a disk or a git repository for a check stands in this folder. What comes
//! out is the same for every view, so that no rule can tell one from another.
#![allow(clippy::disallowed_methods)]

mod blobs;
mod failures;
mod history;
mod index;
mod index_file;
mod memory;
mod merge;
mod name;
mod overlay;
mod plumbing;
mod pool;
mod repository;
mod revision;
mod store;
mod tree;
mod working_tree;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::{Failure, RepoPath};
use repository::Location;
use store::Store;

pub use blobs::LARGEST;
pub use history::{
    Changed, CommitId, CommitInfo, Gone, History, Identity, Journal, Line, Log, Logged, Record,
    Step, Steps, Stop, Title,
};
pub use memory::Memory;
pub use overlay::read_as_stored;
pub use repository::remember_trees;
pub use tree::Asked;

/// Opens a view of the repository around `start`, as git would find it from there: `GIT_DIR`,
/// `GIT_INDEX_FILE` and the quarantine of a push are heeded inside hooks.
///
/// The repository is read through libgit2. Where it has a form that libgit2 cannot read, git
/// itself is asked if it is installed; nothing of what comes out tells which of them it was.
///
/// # Errors
/// There is no repository, it has a form that nobody here can read, it holds no such view (a bare
/// repository has neither working tree nor index), or it cannot be read.
pub fn open(start: &Path, what: Selection) -> Result<Opened, Failure> {
    let (location, store) = Location::find(start)?;
    opened(location, store, what)
}

/// Opens a view as [`open`] does, but asks git even where libgit2 could read the repository: so
/// that the two can be compared.
///
/// # Errors
/// As [`open`], or git is not installed.
pub fn open_through_git(start: &Path, what: Selection) -> Result<Opened, Failure> {
    let (location, store) = Location::find_through_git(start)?;
    opened(location, store, what)
}

/// Opens HEAD as [`open`] does, or answers with nothing where the current branch has no commit.
///
/// # Errors
/// As [`open`].
pub fn open_head(start: &Path) -> Result<Option<Opened>, Failure> {
    let (location, store) = Location::find(start)?;
    if store.head()?.is_none() {
        return Ok(None);
    }
    opened(location, store, Selection::Revision("HEAD".to_owned())).map(Some)
}

/// The full name of the branch that HEAD names, whether it has a commit or not; nothing where HEAD
/// names a commit itself.
///
/// # Errors
/// As [`open`].
pub fn branch(start: &Path) -> Result<Option<String>, Failure> {
    let (_, store) = Location::find(start)?;
    store.branch().map_err(|error| failures::object("cannot read HEAD", &error))
}

fn opened(location: Location, store: Store, what: Selection) -> Result<Opened, Failure> {
    let (prefix, root_display) = (location.prefix.clone(), location.display());
    let top = location.workdir.clone();
    let source: Box<dyn Source> = match (what, top.clone()) {
        (Selection::Revision(written), _) => Box::new(revision::Revision::open(
            location.clone(),
            location.pool.lend(store),
            &written,
        )?),
        (Selection::Merge { ours, theirs }, _) => Box::new(revision::Revision::merged(
            location.clone(),
            location.pool.lend(store),
            &ours,
            &theirs,
        )?),
        (_, None) => {
            return Err(Failure::new(
                format!("cannot judge the working tree or index of `{root_display}`"),
                "it is a bare repository and has neither",
                "judge a commit, for example with `--rev HEAD`",
            ));
        }
        (Selection::Index, _) => Box::new(index::Index::open(location, store)?),
        (Selection::WorkingTree, Some(top)) => {
            let index = index::Index::open(location, store)?;
            Box::new(working_tree::WorkingTree::new(index, top))
        }
    };
    Ok(Opened { source, prefix, root_display, top })
}

/// Which view of a repository to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    WorkingTree,
    Index,
    /// Anything that names a commit: `HEAD~2`, a branch, a tag, an abbreviated id.
    Revision(String),
    /// The commit that merging `theirs` into `ours` would make, each named as a revision is. It
    /// exists in memory only.
    Merge {
        ours: String,
        theirs: String,
    },
}

/// An opened view, and where it was opened from.
pub struct Opened {
    pub source: Box<dyn Source>,
    /// The start folder below the repository root; the root where there is no working tree.
    pub prefix: RepoPath,
    /// How people name the repository root: its folder on this disk.
    pub root_display: String,
    /// The top of the working tree; a bare repository has none.
    pub top: Option<PathBuf>,
}

/// One frozen view of a repository. All paths are from the repository root.
///
/// Symbolic links and submodules are listed as what they are and never followed.
pub trait Source: Send + Sync {
    fn kind(&self) -> SourceKind;

    /// How reports name this view: `working tree`, `index`, `HEAD (1a2b3c4)`.
    fn label(&self) -> String;

    /// What stands at a path, exactly spelled. A file that git ignores is not there: the next
    /// clone will not have it.
    ///
    /// # Errors
    /// The view cannot be read: a missing object, a conflict in the index at that path.
    fn look(&self, path: &RepoPath) -> Result<Option<Node>, Failure>;

    /// Every file, link and submodule at or below a folder, sorted by path. Working trees list
    /// ignored and untracked files too, marked as such. Nothing for a folder that is not there.
    ///
    /// # Errors
    /// A folder that cannot be read, a missing object, a conflict in the index below the folder.
    fn list(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure>;

    /// As [`Source::list`], without the sizes of files where each costs a look of its own.
    ///
    /// # Errors
    /// As [`Source::list`].
    fn list_unmeasured(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        self.list(folder)
    }

    /// Opens what one thread needs to read contents.
    ///
    /// # Errors
    /// The repository cannot be opened again.
    fn reader(&self) -> Result<Box<dyn Reader + '_>, Failure>;

    /// Every path of the view, sorted: of the index for a working tree. Read once, on demand.
    ///
    /// # Errors
    /// As [`Source::list`].
    fn names(&self) -> Result<&[RepoPath], Failure>;

    /// What git would leave to people, in a merge that nobody has made. Nothing where nothing is
    /// left, and in every other view.
    fn conflicts(&self) -> Option<Conflicts> {
        None
    }

    /// The history that ends in this view.
    fn history(&self) -> &dyn History;

    /// The id that git gives these bytes in this repository.
    fn blob_id(&self, bytes: &[u8]) -> BlobId;

    /// The id that git gives the content of a listed file, which is `bytes` as this view has it.
    fn id_of(&self, _: &Entry, bytes: &[u8]) -> BlobId {
        self.blob_id(bytes)
    }

    /// A digest of all that this view and its history can tell, by the ids of what they hold.
    /// Nothing where telling costs as much as reading, or where not all of it has an id.
    fn state(&self) -> Option<String> {
        None
    }
}

/// The places that the two sides of a merge disagree about. To list one of them is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicts {
    /// What is merged into, as it was named.
    pub ours: String,
    /// What is merged, as it was named.
    pub theirs: String,
    /// Never empty, and sorted.
    pub paths: Vec<RepoPath>,
}

/// Reads contents, one thread each.
pub trait Reader {
    /// The bytes of a listed entry.
    ///
    /// # Errors
    /// The object is missing from the repository, or the disk failed. A file that this user may
    /// not read is [`Content::Unreadable`], a finding of its own.
    fn read(&mut self, entry: &Entry) -> Result<Content, Failure>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Bytes(Vec<u8>),
    /// Why the bytes cannot be had, as a clause: "permission denied".
    Unreadable(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    WorkingTree,
    Index,
    Revision,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A regular file and its size in bytes. A partial clone may lack the content and with it
    /// the size, but never says so of an empty file.
    File(Option<u64>),
    Folder,
    Symlink,
    Submodule,
    /// A socket, a device, a pipe.
    Other,
}

impl Node {
    /// The same with the size of a file only as far as it tells whether that holds anything.
    pub fn rough(self) -> Self {
        const ANY: u64 = 64;
        match self {
            Node::File(size) => Node::File(size.map(|size| size.min(ANY))),
            other => other,
        }
    }
}

/// One listed file, link or submodule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: RepoPath,
    pub node: Node,
    /// The git blob id, where the view knows it without reading the content.
    pub blob: Option<BlobId>,
    pub tracking: Tracking,
    /// The path's bytes as the disk or git has them; the source reads by these.
    pub raw: Vec<u8>,
}

/// A git object id of either hash function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub Box<[u8]>);

/// Whether the next clone will have a file. Index and revisions hold tracked files only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracking {
    Tracked,
    Untracked,
    Ignored,
}

/// A short stable digest of bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    let id = git2::Oid::hash_object(git2::ObjectType::Blob, bytes);
    id.map(|id| id.to_string().chars().take(16).collect()).unwrap_or_default()
}

/// A digest in full, of what has to be told apart for certain.
fn full_digest(bytes: &[u8]) -> Option<String> {
    git2::Oid::hash_object(git2::ObjectType::Blob, bytes).ok().map(|id| id.to_string())
}

/// A lock whose holder panicked guards nothing that could be half changed: all access reads.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
