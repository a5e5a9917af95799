//! The index: what the next commit would hold, whatever stands on the disk.

use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::UNIX_EPOCH;

use git2::Oid;

use super::blobs::{self, BlobReader};
use super::history::{GitHistory, History};
use super::index_file::{IndexEntry, IndexFile, Trouble};
use super::plumbing::Refusal;
use super::pool::Lease;
use super::repository::Location;
use super::store::{Store, id_width};
use super::tree::{self, Found, Kind, Trees};
use super::{BlobId, Entry, Node, Reader, Source, SourceKind, failures, lock, name};
use crate::base::{Failure, RepoPath};

/// The index as it stood when it was opened.
pub(super) struct Index {
    pub location: Location,
    pub store: Arc<Mutex<Lease>>,
    pub file: IndexFile,
    /// When the file was written, in seconds; nothing where nobody can tell.
    pub written: Option<u32>,
    history: GitHistory,
    names: OnceLock<Vec<RepoPath>>,
}

impl Index {
    /// Reads the index that git means here, or lets git read it where it is split or sparse. A
    /// repository without one has nothing staged.
    ///
    /// # Errors
    /// It cannot be read, is damaged, or neither this program nor git knows its form.
    pub(super) fn open(location: Location, store: Store) -> Result<Self, Failure> {
        let written = fs::metadata(&location.index).and_then(|file| file.modified()).ok();
        let written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let written = written.and_then(|since| u32::try_from(since.as_secs()).ok());
        let file = match &store {
            Store::Git(git) => git.index().map_err(|refusal| {
                Failure::new(cannot_read(&location), refusal, failures::LACKING)
            })?,
            Store::Library(_) => match read(&location)? {
                Ok(file) => file,
                Err(trouble) => {
                    let through_git = location.through_git();
                    let (location, store) =
                        through_git.map_err(|refusal| failure(&location, &trouble, &refusal))?;
                    return Self::open(location, store);
                }
            },
        };
        let head = store.head()?;
        let (store, names) = (Arc::new(Mutex::new(location.pool.lend(store))), OnceLock::new());
        let history = GitHistory::new(&location, &store, head);
        Ok(Self { location, store, file, written, history, names })
    }

    /// The entries whose content is known, in a range of positions.
    ///
    /// # Errors
    /// One of them is in conflict.
    pub(super) fn staged(&self, range: Range<usize>) -> Result<Vec<IndexEntry<'_>>, Failure> {
        let entries = self.file.entries(range).filter(|entry| !entry.announced);
        entries
            .map(|entry| if entry.stage == 0 { Ok(entry) } else { Err(conflict(&entry)) })
            .collect()
    }

    /// What reports call such entries.
    pub(super) fn listing(&self, entries: &[IndexEntry<'_>]) -> Result<Vec<Entry>, Failure> {
        let store = lock(&self.store);
        let trees = Trees::of(&store, &self.location.overlay)?;
        let listed = entries.iter().map(|entry| {
            let failure = |error| failures::object(tree::cannot_read(entry.path), &error);
            let id = Oid::from_bytes(entry.id).map_err(failure)?;
            trees.entry(entry.path.to_owned(), Found { id, kind: Kind::of(entry.mode) })
        });
        listed.collect()
    }
}

fn conflict(entry: &IndexEntry<'_>) -> Failure {
    let path = name::repo_path(entry.path);
    Failure::new(
        format!("cannot judge `{path}`"),
        "the index holds an unresolved merge conflict there",
        format!("resolve it and run `git add {path}`"),
    )
}

/// The file that the index is kept in. Inside, that only git knows its form.
fn read(location: &Location) -> Result<Result<IndexFile, Trouble>, Failure> {
    let bytes = match fs::read(&location.index) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Ok(IndexFile::default())),
        Err(error) => return Err(failures::disk(&location.index, &error)),
    };
    match IndexFile::parse(bytes, id_width(location.format)) {
        Err(Trouble::Damaged(at)) => Err(damaged(location, at)),
        read => Ok(read),
    }
}

fn cannot_read(location: &Location) -> String {
    format!("cannot read the index `{}`", location.index.display())
}

fn damaged(location: &Location, at: usize) -> Failure {
    // Another place comes from the environment, and may be any file of this disk.
    let help = match location.index == location.git_dir.join("index") {
        true => "run `git status`; where git cannot read it either, remove it and run `git reset`",
        false => "unset `GIT_INDEX_FILE`, or set it to an index",
    };
    Failure::new(cannot_read(location), format!("it is damaged at byte {at}"), help)
}

fn failure(location: &Location, trouble: &Trouble, refusal: &Refusal) -> Failure {
    let (why, help) = match trouble {
        Trouble::Split => (
            "it is a split index".to_owned(),
            "run `git update-index --no-split-index`, and unset `core.splitIndex`",
        ),
        Trouble::Sparse => (
            "it is a sparse index".to_owned(),
            "run `git sparse-checkout reapply --no-sparse-index`",
        ),
        Trouble::Unknown(form) => {
            (format!("it has the unknown form {form}"), "judge a commit instead, with `--rev HEAD`")
        }
        Trouble::Damaged(at) => return damaged(location, *at),
    };
    failures::unreadable(cannot_read(location), &why, help, Some(refusal))
}

impl Source for Index {
    fn kind(&self) -> SourceKind {
        SourceKind::Index
    }

    fn label(&self) -> String {
        "index".to_owned()
    }

    fn look(&self, path: &RepoPath) -> Result<Option<Node>, Failure> {
        let raw = path.as_str().as_bytes();
        if let Some(entry) = self.listing(&self.staged(self.file.at(raw))?)?.pop() {
            return Ok(Some(entry.node));
        }
        let folder = self.file.entries(self.file.below(raw)).any(|entry| !entry.announced);
        Ok((folder || path.is_root()).then_some(Node::Folder))
    }

    fn list(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        let raw = folder.as_str().as_bytes();
        let mut staged = self.staged(self.file.at(raw))?;
        staged.extend(self.staged(self.file.below(raw))?);
        self.listing(&staged)
    }

    fn reader(&self) -> Result<Box<dyn Reader + '_>, Failure> {
        Ok(Box::new(BlobReader::new(self.location.open()?, &self.location.overlay)))
    }

    fn names(&self) -> Result<&[RepoPath], Failure> {
        Ok(self.names.get_or_init(|| {
            let entries = self.file.entries(0..self.file.len());
            let known = entries.filter(|entry| !entry.announced);
            let mut names: Vec<RepoPath> = known.map(|entry| name::repo_path(entry.path)).collect();
            names.dedup();
            names
        }))
    }

    fn history(&self) -> &dyn History {
        &self.history
    }

    fn blob_id(&self, bytes: &[u8]) -> BlobId {
        blobs::id(self.location.format, bytes)
    }

    fn state(&self) -> Option<String> {
        let mut told = self.history.state()?;
        for entry in self.file.entries(0..self.file.len()) {
            let kind =
                [entry.mode.to_be_bytes(), [entry.stage as u8, entry.announced.into(), 0, 0]];
            told.extend_from_slice(&kind.concat());
            told.extend_from_slice(entry.id);
            told.extend_from_slice(entry.path);
            told.push(0);
        }
        super::full_digest(&told)
    }
}
