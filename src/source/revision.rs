//! A commit's tree. Works the same in bare, shallow and linked repositories.

use std::sync::{Arc, Mutex, OnceLock};

use git2::Oid;

use super::blobs::{self, BlobReader};
use super::history::{self, Commits, GitHistory, History};
use super::merge::{self, Clashes, Merge};
use super::pool::Lease;
use super::repository::Location;
use super::store::Store;
use super::tree::{Found, Kind, Trees};
use super::{BlobId, Conflicts, Entry, Node, Reader, Source, SourceKind, lock, name};
use crate::base::{Failure, RepoPath};

/// One commit, judged by its tree.
pub(super) struct Revision {
    location: Location,
    store: Arc<Mutex<Lease>>,
    history: GitHistory,
    tree: Oid,
    label: String,
    /// What nobody has settled yet, in a merge that nobody has made.
    clashes: Option<Clashes>,
    names: OnceLock<Vec<RepoPath>>,
}

impl Revision {
    /// Resolves `written`, anything `git rev-parse` would take that names a commit.
    ///
    /// # Errors
    /// It names nothing, nothing yet (an unborn branch), or no commit.
    pub(super) fn open(location: Location, store: Lease, written: &str) -> Result<Self, Failure> {
        let (id, label) = find(&location, &store, written)?;
        Self::of(location, store, id, label, None)
    }

    /// The commit that merging one revision into another would make.
    ///
    /// # Errors
    /// As [`Revision::open`], or the two have no commit in common. What nobody could settle but
    /// people is an error of whoever asks for it.
    pub(super) fn merged(
        mut location: Location,
        store: Lease,
        ours: &str,
        theirs: &str,
    ) -> Result<Self, Failure> {
        let (one, one_label) = find(&location, &store, ours)?;
        let (other, other_label) = find(&location, &store, theirs)?;
        let label = format!("merge of {one_label} with {other_label}");
        let Merge { overlay, commit, clashes } =
            merge::merge(&location, &store, (ours, one), (theirs, other))?;
        location.overlay = overlay;
        Self::of(location, store, commit, label, Some(clashes))
    }

    fn of(
        location: Location,
        store: Lease,
        id: Oid,
        label: String,
        clashes: Option<Clashes>,
    ) -> Result<Self, Failure> {
        let tree = Commits::of(&store, &location.overlay)?.read(id)?.tree;
        let (store, names) = (Arc::new(Mutex::new(store)), OnceLock::new());
        let history = GitHistory::new(&location, &store, Some(id));
        Ok(Self { location, store, history, tree, label, clashes, names })
    }
}

/// The commit that is called so, and what reports call it.
fn find(location: &Location, store: &Store, written: &str) -> Result<(Oid, String), Failure> {
    let what = || format!("cannot judge the revision `{written}`");
    let commits = Commits::of(store, &location.overlay)?;
    let found = history::resolve(store, &commits, written)
        .map_err(|failure| Failure { what: what(), ..failure })?;
    let id = found.ok_or_else(|| match store.head() {
        Ok(None) => Failure::new(
            what(),
            "the current branch has no commit yet",
            "commit first, or judge the working tree or what is staged",
        ),
        _ => Failure::new(
            what(),
            "nothing is called so",
            "name a commit, branch or tag; a shallow clone may have to fetch it first",
        ),
    })?;
    Ok((id, label(written, id, &commits.abbreviate(id))))
}

impl Revision {
    /// Everything at or below a folder, in the form that `entry` gives it.
    fn listed(
        &self,
        folder: &RepoPath,
        entry: impl Fn(&Trees<'_>, Vec<u8>, Found) -> Result<Entry, Failure>,
    ) -> Result<Vec<Entry>, Failure> {
        let store = lock(&self.store);
        let raw = folder.as_str().as_bytes();
        self.clashes.as_ref().map_or(Ok(()), |clashes| clashes.check(raw))?;
        let trees = Trees::of(&store, &self.location.overlay)?;
        let mut entries = Vec::new();
        if let Some(found) = trees.find(self.tree, raw)? {
            trees.each(found, raw, &mut |raw, found| {
                entries.push(entry(&trees, raw, found)?);
                Ok(())
            })?;
        }
        Ok(entries)
    }
}

/// `HEAD (1a2b3c4)`, or the abbreviated id alone where that is all that was written.
fn label(written: &str, id: Oid, short: &str) -> String {
    if history::is_hex(written) && id.to_string().starts_with(&written.to_ascii_lowercase()) {
        return short.to_owned();
    }
    format!("{written} ({short})")
}

impl Source for Revision {
    fn kind(&self) -> SourceKind {
        SourceKind::Revision
    }

    fn label(&self) -> String {
        self.label.clone()
    }

    fn look(&self, path: &RepoPath) -> Result<Option<Node>, Failure> {
        let store = lock(&self.store);
        let trees = Trees::of(&store, &self.location.overlay)?;
        let raw = path.as_str().as_bytes();
        trees.find(self.tree, raw)?.map(|found| trees.node(found, raw)).transpose()
    }

    fn list(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        self.listed(folder, |trees, raw, found| trees.entry(raw, found))
    }

    fn list_unmeasured(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        self.listed(folder, |trees, raw, found| Ok(trees.entry_unmeasured(raw, found)))
    }

    fn reader(&self) -> Result<Box<dyn Reader + '_>, Failure> {
        Ok(Box::new(BlobReader::new(self.location.open()?, &self.location.overlay)))
    }

    fn names(&self) -> Result<&[RepoPath], Failure> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let mut names = Vec::new();
        let root = Found { id: self.tree, kind: Kind::Folder };
        let store = lock(&self.store);
        let trees = Trees::of(&store, &self.location.overlay)?;
        trees.each(root, b"", &mut |raw, _| {
            names.push(name::repo_path(&raw));
            Ok(())
        })?;
        Ok(self.names.get_or_init(|| names))
    }

    fn conflicts(&self) -> Option<Conflicts> {
        self.clashes.as_ref()?.conflicts()
    }

    fn history(&self) -> &dyn History {
        &self.history
    }

    fn blob_id(&self, bytes: &[u8]) -> BlobId {
        blobs::id(self.location.format, bytes)
    }

    fn state(&self) -> Option<String> {
        super::full_digest(&self.history.state()?)
    }
}
