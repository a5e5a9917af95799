//! A commit with somebody beside it who remembers what was asked about it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use crate::base::{Failure, RepoPath};
use crate::source::{
    Asked, BlobId, CommitId, CommitInfo, Conflicts, Entry, History, Identity, Journal, Line, Log,
    Node, Reader, Record, Source, SourceKind, Stop, Title,
};

/// What all commits of a line share.
pub struct Shore<'l> {
    /// The history that ends in the newest of them.
    pub history: &'l dyn History,
    pub line: &'l Line,
    /// What they changed, by the paths that somebody asked for.
    records: Mutex<BTreeMap<Vec<RepoPath>, Arc<Kept>>>,
}

/// What the line changed at some paths, once somebody asked.
type Kept = OnceLock<Result<Record, Failure>>;

/// A question whose answer does not follow from a commit: what it says of the repository may be
/// another tomorrow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// The commit that an id means, abbreviated or not.
    Id(String),
    /// The commit that a name means.
    Name(String),
    /// The short form of an id.
    Short(String),
}

/// Questions with their answers; nothing where there is no such commit.
pub type Answers = BTreeMap<Question, Option<String>>;

/// All that a verdict rests on besides the date.
#[derive(Debug, Default)]
pub struct Seen {
    /// What was asked about the tree.
    pub asked: Asked,
    pub answers: Answers,
    /// It speaks of the commit itself, or of a time when nothing of a project stood.
    pub alone: bool,
}

impl<'l> Shore<'l> {
    pub fn new(history: &'l dyn History, line: &'l Line) -> Self {
        Self { history, line, records: Mutex::default() }
    }

    fn record(&self, paths: &[RepoPath]) -> Arc<Kept> {
        let mut records = lock(&self.records);
        records.entry(paths.to_vec()).or_default().clone()
    }
}

/// Whether a question has the same answer today.
///
/// # Errors
/// The history cannot be read.
pub fn still_answers(
    history: &dyn History,
    question: &Question,
    answer: Option<&str>,
) -> Result<bool, Failure> {
    let found = match question {
        Question::Id(written) => history.id(written)?,
        Question::Name(written) => history.resolve(written)?.map(|one| one.0),
        Question::Short(id) => Some(history.short(&CommitId(id.clone()))),
    };
    Ok(found.as_deref() == answer)
}

/// One commit of a line, watched.
pub struct Watched<'l> {
    shore: &'l Shore<'l>,
    position: usize,
    source: Box<dyn Source>,
    seen: Mutex<Seen>,
}

impl<'l> Watched<'l> {
    /// # Errors
    /// The commit cannot be read.
    pub fn new(shore: &'l Shore<'l>, position: usize) -> Result<Self, Failure> {
        let source = shore.history.at(&shore.line.stops[position].commit)?;
        Ok(Self { shore, position, source, seen: Mutex::default() })
    }

    /// What was asked.
    pub fn seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_all(&self, folders: &[RepoPath]) {
        let mut seen = lock(&self.seen);
        folders.iter().for_each(|folder| seen.asked.list(folder));
    }

    fn note(&self, question: Question, answer: Option<String>) {
        lock(&self.seen).answers.insert(question, answer);
    }
}

/// A thread that panicked left only whole entries behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Source for Watched<'_> {
    fn kind(&self) -> SourceKind {
        self.source.kind()
    }

    fn label(&self) -> String {
        self.source.label()
    }

    fn look(&self, path: &RepoPath) -> Result<Option<Node>, Failure> {
        lock(&self.seen).asked.look(path);
        // What is answered is what is compared later.
        Ok(self.source.look(path)?.map(Node::rough))
    }

    fn list(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        lock(&self.seen).asked.list(folder);
        self.source.list(folder)
    }

    fn reader(&self) -> Result<Box<dyn Reader + '_>, Failure> {
        self.source.reader()
    }

    fn names(&self) -> Result<&[RepoPath], Failure> {
        lock(&self.seen).asked.names();
        self.source.names()
    }

    fn conflicts(&self) -> Option<Conflicts> {
        self.source.conflicts()
    }

    fn history(&self) -> &dyn History {
        self
    }

    fn blob_id(&self, bytes: &[u8]) -> BlobId {
        self.source.blob_id(bytes)
    }
}

impl History for Watched<'_> {
    fn journal(&self, paths: &[RepoPath]) -> Result<Journal, Failure> {
        // What changed there before counts as much as what stands there.
        self.note_all(paths);
        let kept = self.shore.record(paths);
        let read = || self.shore.history.record(self.shore.line, paths);
        let record = kept.get_or_init(read).as_ref().map_err(Clone::clone)?;
        // How far back such a journal reaches is counted from the commit.
        lock(&self.seen).alone |= !record.is_present(self.position);
        Ok(record.journal(self.position))
    }

    fn log(&self, after: &[CommitId]) -> Result<Log, Failure> {
        // Every commit adds a line of its own to it.
        lock(&self.seen).alone = true;
        self.source.history().log(after)
    }

    fn holds(&self, path: &RepoPath) -> Result<Option<BlobId>, Failure> {
        self.note_all(std::slice::from_ref(path));
        self.source.history().holds(path)
    }

    fn standing(&self, paths: &[RepoPath]) -> Result<Vec<RepoPath>, Failure> {
        self.note_all(paths);
        self.source.history().standing(paths)
    }

    fn commit(&self, abbreviated: &str) -> Result<Option<CommitInfo>, Failure> {
        let found = self.source.history().commit(abbreviated)?;
        let answer = found.as_ref().map(|one| one.id.clone());
        self.note(Question::Id(abbreviated.to_owned()), answer);
        Ok(found)
    }

    fn resolve(&self, written: &str) -> Result<Option<CommitId>, Failure> {
        let found = self.source.history().resolve(written)?;
        let answer = found.as_ref().map(|one| one.0.clone());
        self.note(Question::Name(written.to_owned()), answer);
        Ok(found)
    }

    fn fork(&self, one: &CommitId, other: &CommitId) -> Result<Option<CommitId>, Failure> {
        self.source.history().fork(one, other)
    }

    fn descends(&self, later: &CommitId, earlier: &CommitId) -> Result<Option<bool>, Failure> {
        self.source.history().descends(later, earlier)
    }

    fn at(&self, commit: &CommitId) -> Result<Box<dyn Source>, Failure> {
        lock(&self.seen).alone |= *commit == self.shore.line.stops[self.position].commit;
        self.source.history().at(commit)
    }

    fn line(&self) -> Result<Line, Failure> {
        lock(&self.seen).alone = true;
        self.source.history().line()
    }

    fn record(&self, line: &Line, paths: &[RepoPath]) -> Result<Record, Failure> {
        self.source.history().record(line, paths)
    }

    fn is_alike(&self, one: &Stop, other: &Stop, asked: &Asked) -> Result<bool, Failure> {
        self.source.history().is_alike(one, other, asked)
    }

    fn title(&self, commit: &CommitId) -> Result<Title, Failure> {
        self.source.history().title(commit)
    }

    fn author(&self, commit: &CommitId) -> Result<Identity, Failure> {
        self.source.history().author(commit)
    }

    fn time(&self, commit: &CommitId) -> Result<Option<i64>, Failure> {
        lock(&self.seen).alone |= self.shore.line.stops[self.position].commit == *commit;
        self.source.history().time(commit)
    }

    fn short(&self, commit: &CommitId) -> String {
        let own = self.shore.line.stops[self.position].commit == *commit;
        lock(&self.seen).alone |= own;
        let short = self.source.history().short(commit);
        self.note(Question::Short(commit.0.clone()), Some(short.clone()));
        short
    }

    fn tip(&self) -> Option<CommitId> {
        self.source.history().tip()
    }

    fn shallow(&self) -> bool {
        self.source.history().shallow()
    }

    fn is_plain(&self) -> bool {
        self.source.history().is_plain()
    }
}
