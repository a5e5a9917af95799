//! A source that exists nowhere but in memory: for tests, and for planting violations.

mod log;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use git2::ObjectFormat;

use super::blobs;
use super::history::{Back, parted};
use super::{
    Asked, BlobId, Changed, CommitId, CommitInfo, Content, Entry, Gone, History, Identity, Journal,
    Line, Log, Node, Reader, Record, Source, SourceKind, Step, Stop, Title, Tracking,
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
        self.line.push(Committed { id, author, message, files, merged });
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

impl History for Memory {
    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure> {
        let is_asked = |path: &RepoPath| paths.iter().any(|folder| path.below(folder).is_some());
        let none = BTreeMap::new();
        let mut steps = Vec::new();
        for (at, commit) in self.line.iter().enumerate().rev() {
            let parent = at.checked_sub(1).map(|at| &self.line[at]);
            let before = parent.map_or(&none, |parent| &parent.files);
            let mut changed: Vec<&RepoPath> = commit.files.keys().chain(before.keys()).collect();
            changed.sort_unstable();
            changed.dedup();
            changed.retain(|path| before.get(*path) != commit.files.get(*path) && is_asked(path));
            let changes = changed.into_iter().map(|path| Changed {
                path: path.clone(),
                before: before.get(path).map(File::blob),
                after: commit.files.get(path).map(File::blob),
            });
            let changes: Vec<Changed> = changes.collect();
            if !changes.is_empty() {
                steps.push(Step {
                    commit: CommitId(commit.id.clone()),
                    parent: parent.map(|parent| CommitId(parent.id.clone())),
                    merge: false,
                    changes,
                });
            }
        }
        let removals = self.gone.iter().filter(|gone| is_asked(&gone.path)).map(|gone| Step {
            commit: CommitId(format!("after {}", gone.commit)),
            parent: Some(gone.commit.clone()),
            merge: false,
            changes: vec![Changed {
                path: gone.path.clone(),
                before: Some(self.blob_id(b"")),
                after: None,
            }],
        });
        steps.extend(removals);
        Ok(Journal { steps: steps.into(), shallow: self.shallow })
    }

    fn log(&self, after: &[CommitId]) -> Result<Log, Failure> {
        Ok(log::read(self, after))
    }

    fn holds(&self, path: &RepoPath) -> Result<Option<BlobId>, Failure> {
        Ok(self.line.last().and_then(|one| one.files.get(path)).map(File::blob))
    }

    fn standing(&self, paths: &[RepoPath]) -> Result<Vec<RepoPath>, Failure> {
        let files = self.line.last().into_iter().flat_map(|commit| commit.files.keys());
        let asked = files.filter(|path| paths.iter().any(|folder| path.below(folder).is_some()));
        Ok(asked.cloned().collect())
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        let line = self.line.iter();
        let line = line.map(|one| CommitInfo { id: one.id.clone(), ancestor: Some(true) });
        let mut all = self.commits.iter().cloned().chain(line);
        Ok(all.find(|one| one.id.starts_with(abbreviated)).filter(|_| abbreviated.len() >= 4))
    }

    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        let (name, steps) = parted(written);
        let place = match self.refs.get(name) {
            Some(id) => self.place(id),
            None if matches!(name, "HEAD" | "@") => self.line.len().checked_sub(1),
            None => self.line.iter().position(|one| name.len() >= 4 && one.id.starts_with(name)),
        };
        let back = steps.into_iter().try_fold(0, |back, step| match step {
            Back::Firsts(count) => Some(back + count),
            Back::Parent(parent @ 0..=1) => Some(back + parent),
            Back::Parent(_) => None,
        });
        let place = place.zip(back).and_then(|(place, back)| place.checked_sub(back));
        Ok(place.map(|place| CommitId(self.line[place].id.clone())))
    }

    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure> {
        let places = self.place(&one.0).zip(self.place(&other.0));
        Ok(places.map(|(one, other)| CommitId(self.line[one.min(other)].id.clone())))
    }

    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure> {
        let places = self.place(&later.0).zip(self.place(&earlier.0));
        Ok(Some(places.is_some_and(|(later, earlier)| later >= earlier)))
    }

    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure> {
        let Some(place) = self.place(&commit.0) else {
            let what = format!("cannot read the commit {commit}");
            return Err(Failure::new(what, "there is none", "name one that was committed"));
        };
        let files = self.line[place].files.clone();
        let line = self.line[..=place].to_vec();
        let (names, is_commit) = (OnceLock::new(), true);
        Ok(Box::new(Memory { files, line, names, is_commit, ..self.clone() }))
    }

    fn line(&self) -> Result<Line, Failure> {
        let stop = |(place, one): (usize, &Committed)| Stop {
            commit: CommitId(one.id.clone()),
            tree: self.blob_id(place.to_string().as_bytes()),
            merge: false,
            time: None,
        };
        let stops = self.line.iter().enumerate().rev().map(stop).collect();
        Ok(Line { stops, shallow: self.shallow })
    }

    fn record(&self, line: &Line, paths: &[RepoPath]) -> Result<Record, Failure> {
        Ok(Record::new(line, self.journal(paths)?))
    }

    fn is_alike(&self, one: &Stop, other: &Stop, _: &Asked) -> Result<bool, Failure> {
        Ok(one == other)
    }

    fn title(&self, commit: &CommitId) -> Result<Title, Failure> {
        Ok(Title { author: self.author(commit)?.name, ..Title::default() })
    }

    fn author(&self, commit: &CommitId) -> Result<Identity, Failure> {
        let known = self.line.iter().find(|one| one.id == commit.0);
        Ok(known.map(|one| one.author.clone()).unwrap_or_default())
    }

    fn short(&self, commit: &CommitId) -> String {
        commit.0.chars().take(7).collect()
    }

    fn tip(&self) -> Option<CommitId> {
        let mut known = self.commits.iter().filter(|one| one.ancestor != Some(false));
        let known = known.next().map(|one| &one.id);
        self.line.last().map(|one| &one.id).or(known).map(|id| CommitId(id.clone()))
    }

    fn shallow(&self) -> bool {
        self.shallow
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
