//! A source that exists nowhere but in memory: for tests, and for planting violations.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use git2::ObjectFormat;

use super::blobs;
use super::{
    BlobId, Changed, CommitId, CommitInfo, Content, Entry, Gone, History, Identity, Journal, Node,
    Past, Reader, Source, SourceKind, Step, Tracking,
};
use crate::base::{Failure, RepoPath};

/// Files by path, built up step by step.
///
/// ```
/// use gatecheck::base::RepoPath;
/// use gatecheck::source::{Memory, Node, Source};
///
/// let source = Memory::default().with("docs/plan.md", "# Plan\n");
/// assert_eq!(source.look(&RepoPath::new("docs/plan.md")), Ok(Some(Node::File(Some(7)))));
/// assert_eq!(source.look(&RepoPath::new("docs")), Ok(Some(Node::Folder)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<RepoPath, File>,
    names: OnceLock<Vec<RepoPath>>,
    commits: Vec<CommitInfo>,
    past: Past,
    /// What was committed, the newest last.
    line: Vec<Committed>,
    /// The branches, tags and other names of commits.
    refs: BTreeMap<String, String>,
}

/// One commit of a first-parent history.
#[derive(Clone, Debug)]
struct Committed {
    id: String,
    author: Identity,
    files: BTreeMap<RepoPath, File>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    node: Node,
    bytes: Vec<u8>,
    tracking: Tracking,
    /// Why the content cannot be had.
    refused: Option<String>,
}

impl Memory {
    /// The same source with a tracked file, which replaces what stood at its path.
    pub fn with(self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.tracked(path, bytes, Tracking::Tracked)
    }

    /// The same source with a file that git may not track.
    pub fn tracked(self, path: &str, bytes: impl Into<Vec<u8>>, tracking: Tracking) -> Self {
        let bytes = bytes.into();
        self.insert(
            path,
            File { node: Node::File(Some(bytes.len() as u64)), bytes, tracking, refused: None },
        )
    }

    /// The same source with a file that cannot be read, and why, as a clause.
    pub fn with_unreadable(self, path: &str, why: &str) -> Self {
        let (node, tracking) = (Node::File(Some(1)), Tracking::Tracked);
        let refused = Some(why.to_owned());
        self.insert(path, File { node, bytes: Vec::new(), tracking, refused })
    }

    /// The same source with a link, a submodule or another thing that has no content.
    pub fn with_node(self, path: &str, node: Node) -> Self {
        self.insert(
            path,
            File { node, bytes: Vec::new(), tracking: Tracking::Tracked, refused: None },
        )
    }

    /// The same source without a file, or without everything below a folder.
    pub fn without(mut self, path: &str) -> Self {
        let folder = RepoPath::new(path);
        self.files.retain(|path, _| path.below(&folder).is_none());
        self.names = OnceLock::new();
        self
    }

    /// The same source with a commit that exists; `ancestor` as in [`CommitInfo`].
    pub fn with_commit(mut self, id: &str, ancestor: Option<bool>) -> Self {
        self.commits.push(CommitInfo { id: id.to_owned(), ancestor });
        self
    }

    /// The same source with its files committed on top of what was committed before.
    pub fn committed(self, id: &str) -> Self {
        self.committed_by(id, Identity::default())
    }

    /// As [`Memory::committed`], by somebody.
    pub fn committed_by(mut self, id: &str, author: Identity) -> Self {
        let mut files = self.files.clone();
        files.retain(|_, file| file.tracking == Tracking::Tracked);
        self.line.push(Committed { id: id.to_owned(), author, files });
        self
    }

    /// The same source with the commits of another below it, and their names.
    pub fn after(mut self, other: &Memory) -> Self {
        self.line.clone_from(&other.line);
        self.refs.clone_from(&other.refs);
        self
    }

    /// The same source with a name for a commit.
    pub fn with_ref(mut self, name: &str, commit: &str) -> Self {
        self.refs.insert(name.to_owned(), commit.to_owned());
        self
    }

    /// The same source with a path that an earlier commit had.
    pub fn with_past(mut self, path: &str, commit: &str) -> Self {
        self.past.gone.push(Gone { path: RepoPath::new(path), commit: commit.to_owned() });
        self
    }

    /// The same source with a history that ends at a shallow boundary.
    pub fn shallow(mut self) -> Self {
        self.past.shallow = true;
        self
    }

    /// The content of a file.
    pub fn bytes(&self, path: &RepoPath) -> Option<&[u8]> {
        self.files.get(path).map(|file| &*file.bytes)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn insert(mut self, path: &str, file: File) -> Self {
        self.files.insert(RepoPath::new(path), file);
        self.names = OnceLock::new();
        self
    }
}

impl Source for Memory {
    fn kind(&self) -> SourceKind {
        SourceKind::WorkingTree
    }

    fn label(&self) -> String {
        "memory".to_owned()
    }

    fn look(&self, path: &RepoPath) -> Result<Option<Node>, Failure> {
        let file = self.files.get(path).map(|file| file.node);
        let first = self.files.range(RepoPath::new(format!("{path}/"))..).next();
        let holds = path.is_root() || first.is_some_and(|(file, _)| file.below(path).is_some());
        Ok(file.or_else(|| holds.then_some(Node::Folder)))
    }

    fn list(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        let below = self.files.iter().filter(|(path, _)| path.below(folder).is_some());
        let entry = |(path, file): (&RepoPath, &File)| Entry {
            path: path.clone(),
            node: file.node,
            blob: None,
            tracking: file.tracking,
            raw: path.as_str().as_bytes().to_owned(),
        };
        Ok(below.map(entry).collect())
    }

    fn reader(&self) -> Result<Box<dyn Reader + '_>, Failure> {
        Ok(Box::new(MemoryReader(self)))
    }

    fn names(&self) -> Result<&[RepoPath], Failure> {
        Ok(self.names.get_or_init(|| {
            let tracked = self.files.iter().filter(|(_, file)| file.tracking == Tracking::Tracked);
            tracked.map(|(path, _)| path.clone()).collect()
        }))
    }

    fn history(&self) -> &dyn History {
        self
    }

    fn blob_id(&self, bytes: &[u8]) -> BlobId {
        blobs::id(ObjectFormat::Sha1, bytes)
    }
}

impl History for Memory {
    fn past(&self, paths: &[RepoPath], listed: &[Entry]) -> Result<Past, Failure> {
        let mut past = self.past.clone();
        for commit in self.line.iter().rev() {
            for path in commit.files.keys() {
                if !past.gone.iter().any(|gone| gone.path == *path) {
                    past.gone.push(Gone { path: path.clone(), commit: commit.id.clone() });
                }
            }
        }
        past.gone.retain(|gone| {
            let stands = listed.iter().any(|entry| entry.path == gone.path);
            !stands && paths.iter().any(|path| gone.path.below(path).is_some())
        });
        past.gone.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(past)
    }

    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure> {
        let blob = |file: &File| blobs::id(ObjectFormat::Sha1, &file.bytes);
        let none = BTreeMap::new();
        let mut steps = Vec::new();
        for (at, commit) in self.line.iter().enumerate().rev() {
            let parent = at.checked_sub(1).map(|at| &self.line[at]);
            let before = parent.map_or(&none, |parent| &parent.files);
            let mut changed: Vec<&RepoPath> = commit.files.keys().chain(before.keys()).collect();
            changed.sort_unstable();
            changed.dedup();
            changed.retain(|path| {
                before.get(*path) != commit.files.get(*path)
                    && paths.iter().any(|folder| path.below(folder).is_some())
            });
            let changes = changed.into_iter().map(|path| Changed {
                path: path.clone(),
                before: before.get(path).map(blob),
                after: commit.files.get(path).map(blob),
            });
            let changes: Vec<Changed> = changes.collect();
            if !changes.is_empty() {
                steps.push(Step {
                    commit: CommitId(commit.id.clone()),
                    parent: parent.map(|parent| CommitId(parent.id.clone())),
                    author: commit.author.clone(),
                    changes,
                });
            }
        }
        Ok(Journal { steps, shallow: self.past.shallow })
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        let line = self.line.iter();
        let line = line.map(|one| CommitInfo { id: one.id.clone(), ancestor: Some(true) });
        let mut all = self.commits.iter().cloned().chain(line);
        Ok(all.find(|one| one.id.starts_with(abbreviated)).filter(|_| abbreviated.len() >= 4))
    }

    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        let id = self.refs.get(written).map_or(written, |id| id);
        let known = self.line.iter().find(|one| one.id == id);
        Ok(known.map(|one| CommitId(one.id.clone())))
    }

    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure> {
        let earlier =
            self.line.iter().find(|commit| [one, other].iter().any(|id| id.0 == commit.id));
        Ok(earlier.map(|commit| CommitId(commit.id.clone())))
    }

    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure> {
        let place = |id: &CommitId| self.line.iter().position(|commit| commit.id == id.0);
        Ok(Some(place(earlier).is_some_and(|earlier| place(later) >= Some(earlier))))
    }

    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure> {
        let Some(place) = self.line.iter().position(|one| one.id == commit.0) else {
            let what = format!("cannot read the commit {commit}");
            return Err(Failure::new(what, "there is none", "name one that was committed"));
        };
        let files = self.line[place].files.clone();
        let line = self.line[..=place].to_vec();
        Ok(Box::new(Memory { files, line, names: OnceLock::new(), ..self.clone() }))
    }

    fn short(&self, commit: &CommitId) -> String {
        commit.0.chars().take(7).collect()
    }

    fn tip(&self) -> Option<CommitId> {
        let known = self.commits.first().map(|one| &one.id);
        self.line.last().map(|one| &one.id).or(known).map(|id| CommitId(id.clone()))
    }

    fn shallow(&self) -> bool {
        self.past.shallow
    }
}

struct MemoryReader<'m>(&'m Memory);

impl Reader for MemoryReader<'_> {
    fn read(&mut self, entry: &Entry) -> Result<Content, Failure> {
        if let Some(reason) = blobs::refusal(entry.node) {
            return Ok(Content::Unreadable(reason));
        }
        let file = self.0.files.get(&entry.path);
        let absent = || Content::Unreadable("it was removed during the check".to_owned());
        Ok(file.map_or_else(absent, |file| match &file.refused {
            Some(why) => Content::Unreadable(why.clone()),
            None => Content::Bytes(file.bytes.clone()),
        }))
    }
}
