//! A source that exists nowhere but in memory: for tests, and for planting violations.

mod history;
mod log;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use git2::ObjectFormat;

use super::blobs;
use super::{
    BlobId, CommitId, CommitInfo, Content, Entry, Gone, History, Identity, Node, Reader, Source,
    SourceKind, Tracking,
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
    /// What stood in commits that nothing else is known of.
    gone: Vec<Gone>,
    shallow: bool,
    /// What was committed, the newest last.
    line: Vec<Committed>,
    /// The branches, tags and other names of commits.
    refs: BTreeMap<String, String>,
    /// The branch that the newest commit ends, and how many commits the default branch has.
    branch: Option<(String, usize)>,
    /// It is the tree of a commit, so that the ids of its files are known.
    is_commit: bool,
}

/// Where a file goes, and what it says there.
pub type Placing<'p> = &'p dyn Fn(&RepoPath, &[u8]) -> Option<(RepoPath, Vec<u8>)>;

/// One commit of a first-parent history.
#[derive(Clone, Debug)]
struct Committed {
    id: String,
    author: Identity,
    message: String,
    /// In seconds since 1970.
    time: Option<i64>,
    files: BTreeMap<RepoPath, File>,
    /// The line of another parent, the newest last; empty where it is no merge.
    merged: Vec<Committed>,
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
        self.insert(path, File::of(bytes.into(), tracking))
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
        let (id, message, merged) = (id.to_owned(), String::new(), Vec::new());
        self.line.push(Committed { id, author, message, time: None, files, merged });
        self
    }

    /// The same source, whose newest commit was made then, in seconds since 1970.
    pub fn at_time(mut self, time: i64) -> Self {
        self.line.last_mut().into_iter().for_each(|one| one.time = Some(time));
        self
    }

    /// The same source, whose newest commit says this.
    pub fn saying(mut self, message: &str) -> Self {
        self.line
            .iter_mut()
            .next_back()
            .into_iter()
            .for_each(|one| message.clone_into(&mut one.message));
        self
    }

    /// The same source, whose newest commit merges the commits of another.
    pub fn merging(mut self, other: &Memory) -> Self {
        let line = other.line.clone();
        self.line.iter_mut().next_back().into_iter().for_each(|one| one.merged = line.clone());
        self
    }

    /// The same source with a branch that begins after what is committed.
    pub fn branched(mut self, name: &str) -> Self {
        self.branch = Some((name.to_owned(), self.line.len()));
        self
    }

    /// The same source with the commits of another below it, and their names.
    pub fn after(mut self, other: &Memory) -> Self {
        self.line.clone_from(&other.line);
        self.refs.clone_from(&other.refs);
        self.branch.clone_from(&other.branch);
        self
    }

    /// The same source with a name for a commit.
    pub fn with_ref(mut self, name: &str, commit: &str) -> Self {
        self.refs.insert(name.to_owned(), commit.to_owned());
        self
    }

    /// The same source with a path that an earlier commit had and the one after it removed.
    pub fn with_past(mut self, path: &str, commit: &str) -> Self {
        self.gone.push(Gone { path: RepoPath::new(path), commit: CommitId(commit.to_owned()) });
        self
    }

    /// The same source with a history that ends at a shallow boundary.
    pub fn shallow(mut self) -> Self {
        self.shallow = true;
        self
    }

    /// The same source with every file, of each commit too, moved and written anew by `place`, or
    /// left out where that says nothing.
    pub fn moved(mut self, place: Placing<'_>) -> Self {
        let moved = |files: &BTreeMap<RepoPath, File>| {
            let all = files.iter().filter_map(|(path, file)| {
                let (path, bytes) = place(path, &file.bytes)?;
                let node = match file.node {
                    Node::File(_) if file.refused.is_none() => Node::File(Some(bytes.len() as u64)),
                    node => node,
                };
                Some((path, File { node, bytes, ..file.clone() }))
            });
            all.collect()
        };
        self.files = moved(&self.files);
        for commit in &mut self.line {
            commit.files = moved(&commit.files);
        }
        self.gone.retain_mut(|gone| match place(&gone.path, b"") {
            Some((path, _)) => {
                gone.path = path;
                true
            }
            None => false,
        });
        self.names = OnceLock::new();
        self
    }

    /// The same source with files that it and each of its commits have, where they have no others.
    pub fn with_everywhere(mut self, files: &[(RepoPath, Vec<u8>)]) -> Self {
        let commits = self.line.iter_mut().map(|commit| &mut commit.files);
        for tree in commits.chain([&mut self.files]) {
            for (path, bytes) in files {
                let file = || File::of(bytes.clone(), Tracking::Tracked);
                tree.entry(path.clone()).or_insert_with(file);
            }
        }
        self.names = OnceLock::new();
        self
    }

    /// Every file with its content, by path.
    pub fn files(&self) -> impl Iterator<Item = (RepoPath, Vec<u8>)> {
        self.files.iter().map(|(path, file)| (path.clone(), file.bytes.clone()))
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

    /// Which of the commits it is that has this id.
    fn place(&self, id: &str) -> Option<usize> {
        self.line.iter().position(|one| one.id == id)
    }

    fn insert(mut self, path: &str, file: File) -> Self {
        self.files.insert(RepoPath::new(path), file);
        self.names = OnceLock::new();
        self
    }
}

impl File {
    fn of(bytes: Vec<u8>, tracking: Tracking) -> Self {
        Self { node: Node::File(Some(bytes.len() as u64)), bytes, tracking, refused: None }
    }

    fn blob(&self) -> BlobId {
        blobs::id(ObjectFormat::Sha1, &self.bytes)
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
            // Two trees of one run are told apart by the ids of what stands at the same path.
            blob: self.is_commit.then(|| self.blob_id(&file.bytes)),
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
