//! The history of a git repository.

use std::sync::{Arc, Mutex};

use git2::{ErrorCode, Oid};

use super::ancestry::Ancestors;
use super::branches::Branches;
use super::commits::Commits;
use super::{
    CommitId, CommitInfo, History, Identity, Journal, Line, Log, Record, Source, Stop, Title,
    ancestry, journal, line, log, names,
};
use crate::base::{Failure, RepoPath};
use crate::source::pool::Lease;
use crate::source::repository::Location;
use crate::source::revision::Revision;
use crate::source::store::Store;
use crate::source::tree::{Asked, Trees, alike};
use crate::source::{BlobId, failures, lock, name};

/// The history that ends in a commit; an unborn branch has none.
pub struct GitHistory {
    location: Location,
    store: Arc<Mutex<Lease>>,
    tip: Option<Oid>,
    ancestors: Mutex<Option<Ancestors>>,
}

impl GitHistory {
    pub fn new(location: &Location, store: &Arc<Mutex<Lease>>, tip: Option<Oid>) -> Self {
        let (location, store) = (location.clone(), store.clone());
        Self { location, store, tip, ancestors: Mutex::default() }
    }

    /// The commit it ends in, HEAD and all references, from which everything else follows; nothing
    /// where something is laid over the commits.
    pub fn state(&self) -> Option<Vec<u8>> {
        if !self.location.overlay.is_empty() {
            return None;
        }
        let store = lock(&self.store);
        let head = store.head().ok()?.map_or_else(String::new, |id| id.to_string());
        let tip = self.tip.map_or_else(String::new, |id| id.to_string());
        let mut told = format!("{tip} {head} {:?}\n", store.branch().ok()?);
        for (name, id) in store.all_references().ok()? {
            told.push_str(&format!("{id} {name}\n"));
        }
        Some(told.into_bytes())
    }

    /// Answers by the commits of the repository.
    fn ask<T>(
        &self,
        answer: impl FnOnce(&Store, &Commits<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let store = lock(&self.store);
        let commits = Commits::of(&store, &self.location.overlay)?;
        answer(&store, &commits)
    }

    /// Whether the tip is a commit or comes after it.
    fn reaches(&self, commits: &Commits<'_>, id: Oid) -> Result<Option<bool>, Failure> {
        let Some(tip) = self.tip else { return Ok(Some(false)) };
        let mut known = lock(&self.ancestors);
        let mut ancestors = match known.take() {
            Some(ancestors) => ancestors,
            None => Ancestors::of(commits, tip)?,
        };
        let answer = ancestors.has(commits, id);
        *known = Some(ancestors);
        answer
    }

    /// The id that a commit has in this repository.
    fn oid(&self, commit: &CommitId) -> Result<Oid, Failure> {
        let id = Oid::from_str_ext(&commit.0, self.location.format);
        id.map_err(|error| failures::object(format!("cannot read the commit {commit}"), &error))
    }
}

impl History for GitHistory {
    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure> {
        let Some(tip) = self.tip else { return Ok(Journal::default()) };
        // A walk takes long, and whoever reads documents meanwhile needs the other handle.
        let store = self.location.open()?;
        let commits = Commits::of(&store, &self.location.overlay)?;
        let trees = Trees::of(&store, &self.location.overlay)?;
        journal::read(&commits, &trees, tip, paths)
    }

    fn log(&self, after: &[CommitId]) -> Result<Log, Failure> {
        let Some(tip) = self.tip else { return Ok(Log::default()) };
        let after: Vec<Oid> = after.iter().map(|one| self.oid(one)).collect::<Result<_, _>>()?;
        let store = self.location.open()?;
        let commits = Commits::of(&store, &self.location.overlay)?;
        let trees = Trees::of(&store, &self.location.overlay)?;
        let branches = Branches::at(&store, tip)?;
        log::read(&commits, &trees, tip, &after, branches)
    }

    fn holds(&self, path: &RepoPath) -> Result<Option<BlobId>, Failure> {
        let Some(tip) = self.tip else { return Ok(None) };
        self.ask(|store, commits| {
            let trees = Trees::of(store, &self.location.overlay)?;
            let found = trees.find(commits.read(tip)?.tree, path.as_str().as_bytes())?;
            Ok(found.map(|found| BlobId(found.id.as_bytes().into())))
        })
    }

    fn standing(&self, paths: &[RepoPath]) -> Result<Vec<RepoPath>, Failure> {
        let Some(tip) = self.tip else { return Ok(Vec::new()) };
        self.ask(|store, commits| {
            let trees = Trees::of(store, &self.location.overlay)?;
            let (tree, mut standing) = (commits.read(tip)?.tree, Vec::new());
            for path in paths {
                let path = path.as_str().as_bytes();
                if let Some(found) = trees.find(tree, path)? {
                    trees.each(found, path, &mut |raw, _| {
                        standing.push(name::repo_path(&raw));
                        Ok(())
                    })?;
                }
            }
            standing.sort_unstable();
            standing.dedup();
            Ok(standing)
        })
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        self.ask(|_, commits| {
            Ok(match find(commits, abbreviated)? {
                Found::One(id) => {
                    let ancestor = self.reaches(commits, id)?;
                    Some(CommitInfo { id: id.to_string(), ancestor })
                }
                Found::Several(written) => Some(CommitInfo { id: written, ancestor: None }),
                Found::None => None,
            })
        })
    }

    fn id(&self, abbreviated: &str) -> Result<Option<String>, Failure> {
        self.ask(|_, commits| {
            Ok(match find(commits, abbreviated)? {
                Found::One(id) => Some(id.to_string()),
                Found::Several(written) => Some(written),
                Found::None => None,
            })
        })
    }

    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        self.ask(|store, commits| {
            let found = names::resolve(store, commits, written)?;
            Ok(found.map(|id| CommitId(id.to_string())))
        })
    }

    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure> {
        let (one, other) = (self.oid(one)?, self.oid(other)?);
        self.ask(|_, commits| {
            let fork = ancestry::fork(commits, one, other)?;
            Ok(fork.map(|id| CommitId(id.to_string())))
        })
    }

    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure> {
        let (later, earlier) = (self.oid(later)?, self.oid(earlier)?);
        self.ask(|_, commits| ancestry::descends(commits, later, earlier))
    }

    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure> {
        let store = self.location.open()?;
        Ok(Box::new(Revision::open(self.location.clone(), store, &commit.0)?))
    }

    fn line(&self) -> Result<Line, Failure> {
        let Some(tip) = self.tip else { return Ok(Line::default()) };
        self.ask(|_, commits| line::line(commits, tip))
    }

    fn record(&self, line: &Line, paths: &[RepoPath]) -> Result<Record, Failure> {
        // As for a journal.
        let store = self.location.open()?;
        line::record(&Trees::of(&store, &self.location.overlay)?, line, paths)
    }

    fn is_alike(&self, one: &Stop, other: &Stop, asked: &Asked) -> Result<bool, Failure> {
        if one.tree == other.tree {
            return Ok(true);
        }
        let store = self.location.open()?;
        let trees = Trees::of(&store, &self.location.overlay)?;
        alike(&trees, line::tree(one)?, line::tree(other)?, asked)
    }

    fn title(&self, commit: &CommitId) -> Result<Title, Failure> {
        let id = self.oid(commit)?;
        self.ask(|_, commits| {
            let commit = commits.read(id)?;
            Ok(Title { subject: commit.subject(), author: commit.author().name })
        })
    }

    fn author(&self, commit: &CommitId) -> Result<Identity, Failure> {
        let id = self.oid(commit)?;
        self.ask(|_, commits| Ok(commits.read(id)?.author()))
    }

    fn time(&self, commit: &CommitId) -> Result<Option<i64>, Failure> {
        let id = self.oid(commit)?;
        self.ask(|_, commits| Ok(commits.read(id)?.time()))
    }

    fn short(&self, commit: &CommitId) -> String {
        let id = self.oid(commit);
        let short = id.and_then(|id| self.ask(|_, commits| Ok(commits.abbreviate(id))));
        short.unwrap_or_else(|_| commit.0.clone())
    }

    fn tip(&self) -> Option<CommitId> {
        self.tip.map(|tip| CommitId(tip.to_string()))
    }

    fn shallow(&self) -> bool {
        self.location.overlay.is_shallow()
    }

    fn is_plain(&self) -> bool {
        self.location.overlay.is_empty()
    }
}

/// What an id finds.
enum Found {
    One(Oid),
    /// Several objects begin as was written.
    Several(String),
    None,
}

/// The commit with an id, in full or abbreviated.
fn find(commits: &Commits<'_>, abbreviated: &str) -> Result<Found, Failure> {
    if !names::is_hex(abbreviated) || abbreviated.len() > commits.id_length() {
        return Ok(Found::None);
    }
    let written = abbreviated.to_ascii_lowercase();
    match commits.begins(&written) {
        Ok(Some(id)) if commits.is_commit(id) => Ok(Found::One(id)),
        Ok(_) => Ok(Found::None),
        Err(error) if error.code() == ErrorCode::Ambiguous => Ok(Found::Several(written)),
        Err(error) => {
            let what = format!("cannot look up the commit `{written}`");
            Err(failures::object(what, &error))
        }
    }
}
