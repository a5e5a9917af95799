//! A source that exists nowhere but in memory: for tests, and for planting violations.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::blobs;
use super::{CommitInfo, Content, Entry, Gone, Node, Past, Reader, Source, SourceKind, Tracking};
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
}

#[derive(Clone, Debug)]
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

    fn past(&self, paths: &[RepoPath], listed: &[Entry]) -> Result<Past, Failure> {
        let mut past = self.past.clone();
        past.gone.retain(|gone| {
            let stands = listed.iter().any(|entry| entry.path == gone.path);
            !stands && paths.iter().any(|path| gone.path.below(path).is_some())
        });
        Ok(past)
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        let known = self.commits.iter().find(|commit| commit.id.starts_with(abbreviated));
        Ok(known.filter(|_| abbreviated.len() >= 4).cloned())
    }

    fn shallow(&self) -> bool {
        self.past.shallow
    }

    fn has_history(&self) -> bool {
        !self.commits.is_empty()
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
