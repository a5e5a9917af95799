//! The history of a git repository.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::sync::{Arc, Mutex, MutexGuard};

use git2::{Commit, ErrorCode, Oid, Repository};

use super::{CommitId, CommitInfo, Entry, Gone, History, Journal, Past, Source, journal};
use crate::base::{Failure, RepoPath};
use crate::source::repository::{Location, id_width};
use crate::source::revision::Revision;
use crate::source::tree::{Found, Kind, Trees, Visit};
use crate::source::{failures, lock, name};

/// How many commits in a row may lack all paths asked for before a walk takes that for the time
/// before they were introduced. Removing a workflow and bringing it back within so many commits
/// does not make its past forgotten.
pub(super) const GAP: usize = 1000;

/// The history that ends in a commit; an unborn branch has none.
pub struct GitHistory {
    location: Location,
    repository: Arc<Mutex<Repository>>,
    tip: Option<Oid>,
}

impl GitHistory {
    pub fn new(location: &Location, repository: &Arc<Mutex<Repository>>, tip: Option<Oid>) -> Self {
        Self { location: location.clone(), repository: repository.clone(), tip }
    }

    fn walk<'r>(&self, repository: &'r MutexGuard<'_, Repository>) -> Walk<'r> {
        Walk { repository, tip: self.tip }
    }
}

impl History for GitHistory {
    fn past(&self, paths: &[RepoPath], listed: &[Entry]) -> Result<Past, Failure> {
        self.walk(&lock(&self.repository)).past(paths, listed)
    }

    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure> {
        journal::read(&self.walk(&lock(&self.repository)), paths)
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        self.walk(&lock(&self.repository)).commit(abbreviated)
    }

    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        self.walk(&lock(&self.repository)).resolve(written)
    }

    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure> {
        let repository = lock(&self.repository);
        let (one, other) = (oid(&repository, one)?, oid(&repository, other)?);
        match repository.merge_base(one, other) {
            Ok(base) => Ok(Some(CommitId(base.to_string()))),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failures::object(WALKING, &error)),
        }
    }

    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure> {
        let repository = lock(&self.repository);
        let (later, earlier) = (oid(&repository, later)?, oid(&repository, earlier)?);
        Walk { repository: &repository, tip: Some(later) }.reaches(earlier)
    }

    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure> {
        let repository = self.location.open()?;
        Ok(Box::new(Revision::open(self.location.clone(), repository, &commit.0)?))
    }

    fn short(&self, commit: &CommitId) -> String {
        let repository = lock(&self.repository);
        let short = oid(&repository, commit).and_then(|id| abbreviate(&repository, id));
        short.unwrap_or_else(|_| commit.0.chars().take(7).collect())
    }

    fn tip(&self) -> Option<CommitId> {
        self.tip.map(|tip| CommitId(tip.to_string()))
    }

    fn shallow(&self) -> bool {
        !shallow_commits(&lock(&self.repository)).is_empty()
    }
}

/// The id that a commit has in a repository.
fn oid(repository: &Repository, commit: &CommitId) -> Result<Oid, Failure> {
    let id = Oid::from_str_ext(&commit.0, repository.object_format());
    id.map_err(|error| failures::object(WALKING, &error))
}

/// One way through the history, from a tip backward.
pub(super) struct Walk<'r> {
    pub repository: &'r Repository,
    pub tip: Option<Oid>,
}

impl<'r> Walk<'r> {
    /// What once stood at or below `paths` and is not `listed` now. Trees are compared by their
    /// ids, so that commits which change something else cost next to nothing.
    fn past(&self, paths: &[RepoPath], listed: &[Entry]) -> Result<Past, Failure> {
        let mut past = Past::default();
        let Some(tip) = self.tip else { return Ok(past) };
        let mut standing: HashSet<Cow<'_, [u8]>> =
            listed.iter().map(|entry| entry.raw.as_slice().into()).collect();
        let trees = Trees::of(self.repository)?;
        let boundary = shallow_commits(self.repository);
        let mut tracks: Vec<Track<'_>> = paths.iter().map(Track::new).collect();
        let (mut commit, mut newer, mut gap) = (self.find(tip)?, None, 0);
        loop {
            let tree = commit.tree_id();
            if newer.replace(tree) != Some(tree) {
                let first = past.gone.len();
                advance(&trees, tree, &mut tracks, &mut |raw, _| {
                    let path = name::repo_path(&raw);
                    if standing.insert(raw.into()) {
                        past.gone.push(Gone { path, commit: String::new() });
                    }
                    Ok(())
                })?;
                if past.gone.len() > first {
                    let id = abbreviate(self.repository, commit.id())?;
                    past.gone[first..].iter_mut().for_each(|gone| gone.commit.clone_from(&id));
                }
            }
            gap = if tracks.iter().any(|track| track.found.is_some()) { 0 } else { gap + 1 };
            past.shallow = boundary.contains(&commit.id());
            if gap > GAP || past.shallow || commit.parent_count() == 0 {
                break;
            }
            let parent = commit.parent_id(0);
            commit = self.find(parent.map_err(|error| failures::object(WALKING, &error))?)?;
        }
        past.gone.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(past)
    }

    pub fn find(&self, id: Oid) -> Result<Commit<'r>, Failure> {
        self.repository.find_commit(id).map_err(|error| failures::object(WALKING, &error))
    }

    /// The commit that `written` names.
    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        let cannot = || format!("cannot look up `{written}`");
        let object = match self.repository.revparse_single(written) {
            Ok(object) => object,
            Err(error) => match error.code() {
                ErrorCode::NotFound | ErrorCode::InvalidSpec => return Ok(None),
                _ => return Err(failures::object(cannot(), &error)),
            },
        };
        let commit = object.peel_to_commit().map_err(|error| {
            if failures::is_missing(&error) {
                return failures::object(cannot(), &error);
            }
            Failure::new(cannot(), "it names no commit", "name a commit, branch or tag")
        })?;
        Ok(Some(CommitId(commit.id().to_string())))
    }

    /// What is known about the commit that `written`, an abbreviated id, names.
    fn commit(&self, written: &str) -> Result<Option<CommitInfo>, Failure> {
        let longest = 2 * id_width(self.repository);
        let hex = written.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !hex || !(SHORTEST..=longest).contains(&written.len()) {
            return Ok(None);
        }
        let written = written.to_ascii_lowercase();
        match self.repository.find_commit_by_prefix(&written) {
            Ok(commit) => {
                let (id, ancestor) = (commit.id().to_string(), self.reaches(commit.id())?);
                Ok(Some(CommitInfo { id, ancestor }))
            }
            Err(error) => match error.code() {
                ErrorCode::Ambiguous => Ok(Some(CommitInfo { id: written, ancestor: None })),
                ErrorCode::NotFound => Ok(None),
                _ => Err(failures::object(format!("cannot look up commit `{written}`"), &error)),
            },
        }
    }

    /// Whether the tip is that commit or descends from it; nothing where the history ends early.
    fn reaches(&self, id: Oid) -> Result<Option<bool>, Failure> {
        let Some(tip) = self.tip else { return Ok(Some(false)) };
        let boundary = shallow_commits(self.repository);
        if boundary.is_empty() {
            let descends = self.repository.graph_descendant_of(tip, id);
            let descends = descends.map_err(|error| failures::object(WALKING, &error))?;
            return Ok(Some(tip == id || descends));
        }
        // libgit2's own walk stumbles over the boundary.
        let (mut seen, mut next) = (HashSet::from([tip]), vec![tip]);
        while let Some(commit) = next.pop() {
            if commit == id {
                return Ok(Some(true));
            }
            if !boundary.contains(&commit) {
                next.extend(self.find(commit)?.parent_ids().filter(|&parent| seen.insert(parent)));
            }
        }
        Ok(None)
    }
}

pub(super) const WALKING: &str = "cannot walk the history";

/// The shortest abbreviation git takes for an id.
const SHORTEST: usize = 4;

/// One path asked for, and what the commit looked at last holds there.
pub(super) struct Track<'p> {
    pub path: &'p [u8],
    /// The first part of the path, found in every commit's top folder; the rest only where that
    /// differs.
    top: &'p [u8],
    rest: &'p [u8],
    found_top: Option<Found>,
    pub found: Option<Found>,
}

impl<'p> Track<'p> {
    /// Looks the path up in another commit, given by its tree. Answers whether what stands there
    /// is something else.
    pub fn advance(&mut self, trees: &Trees<'_>, root: Oid) -> Result<bool, Failure> {
        let whole = Found { id: root, kind: Kind::Folder };
        let top = if self.top.is_empty() { Some(whole) } else { trees.find(root, self.top)? };
        if top == self.found_top {
            return Ok(false);
        }
        let found = match top {
            Some(top) if top.kind == Kind::Folder => trees.find(top.id, self.rest)?,
            top => top.filter(|_| self.rest.is_empty()),
        };
        self.found_top = top;
        Ok(std::mem::replace(&mut self.found, found) != found)
    }

    pub fn new(path: &'p RepoPath) -> Self {
        let (top, rest) = path.as_str().split_once('/').unwrap_or((path.as_str(), ""));
        let (path, top, rest) = (path.as_str().as_bytes(), top.as_bytes(), rest.as_bytes());
        Self { path, top, rest, found_top: None, found: None }
    }
}

/// Moves all tracks to an older commit, given by its tree, and visits what it holds and the
/// commit before did not.
fn advance(
    trees: &Trees<'_>,
    root: Oid,
    tracks: &mut [Track<'_>],
    visit: &mut Visit<'_>,
) -> Result<(), Failure> {
    for track in tracks {
        let newer = track.found;
        if track.advance(trees, root)?
            && let Some(older) = track.found
        {
            trees.vanished(older, newer, track.path, visit)?;
        }
    }
    Ok(())
}

/// The shortest unambiguous form of a commit's id, seven characters or more.
pub fn abbreviate(repository: &Repository, id: Oid) -> Result<String, Failure> {
    let short = repository.find_commit(id).and_then(|commit| commit.as_object().short_id());
    let short = short.map_err(|error| failures::object(WALKING, &error))?;
    Ok(String::from_utf8_lossy(&short).into_owned())
}

/// The commit the current branch is at, or nothing where it has none yet.
pub fn head(repository: &Repository) -> Result<Option<Oid>, Failure> {
    match repository.head() {
        Ok(head) => Ok(head.target()),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
        Err(error) => Err(failures::object("cannot read HEAD", &error)),
    }
}

/// The commits whose parents a shallow clone left out. Linked worktrees share the list, which
/// libgit2 looks for in the wrong folder there.
pub(super) fn shallow_commits(repository: &Repository) -> HashSet<Oid> {
    let list = fs::read_to_string(repository.commondir().join("shallow")).unwrap_or_default();
    let format = repository.object_format();
    list.lines().filter_map(|line| Oid::from_str_ext(line, format).ok()).collect()
}
