//! The first-parent line that ends in a commit, looked at as a whole: what would be one walk for
//! each of its commits is one walk for all of them.

use std::ops::{Deref, Range};
use std::sync::Arc;

use git2::Oid;

use super::commits::Commits;
use super::journal::{GAP, Walk};
use super::{CommitId, Journal, Step};
use crate::base::{Failure, RepoPath};
use crate::source::tree::Trees;
use crate::source::{BlobId, failures};

/// The commits of a first-parent line, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub stops: Vec<Stop>,
    /// The history ends at a shallow boundary, so that there may be more.
    pub shallow: bool,
}

/// One commit of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub commit: CommitId,
    /// The id of its top folder.
    pub tree: BlobId,
    /// It has several parents.
    pub merge: bool,
    /// When it was committed, in seconds since 1970; nothing where it does not say.
    pub time: Option<i64>,
}

/// What a commit is called by people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The first line of its message.
    pub subject: String,
    /// The name of its author.
    pub author: String,
}

/// The steps of a journal. Those of commits of one line share what they have in common.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    all: Arc<Vec<Step>>,
    own: Range<usize>,
}

/// What the commits of a line changed at some paths, for the journal of each of them.
#[derive(Clone, Debug, Default)]
pub struct Record {
    steps: Arc<Vec<Step>>,
    /// For each step, the position of its commit in the line.
    places: Vec<usize>,
    /// The positions of the commits that hold none of the paths, run by run.
    absent: Vec<Range<usize>>,
    /// How many commits the line has.
    length: usize,
    shallow: bool,
}

impl From<Vec<Step>> for Steps {
    fn from(steps: Vec<Step>) -> Self {
        let own = 0..steps.len();
        Self { all: Arc::new(steps), own }
    }
}

impl Deref for Steps {
    type Target = [Step];

    fn deref(&self) -> &[Step] {
        &self.all[self.own.clone()]
    }
}

impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Steps {}

impl Record {
    /// The changes of a line in which some path is never missing.
    pub fn new(line: &Line, journal: Journal) -> Self {
        let place = |step: &Step| line.stops.iter().position(|stop| stop.commit == step.commit);
        let length = line.stops.len();
        let places = journal.steps.iter().map(|step| place(step).unwrap_or(length)).collect();
        let (steps, shallow) = (journal.steps.all, journal.shallow);
        Self { steps, places, absent: Vec::new(), length, shallow }
    }

    /// The journal of the commit at a position of the line, as a walk from there would have it.
    pub fn journal(&self, position: usize) -> Journal {
        let reached = self.absent.iter().filter(|run| run.end > position).find_map(|run| {
            let last = run.start.max(position) + GAP;
            (last < run.end).then_some(last)
        });
        let end = reached.unwrap_or(self.length);
        let first = self.places.partition_point(|&place| place < position);
        let own = first..self.places.partition_point(|&place| place < end).max(first);
        let steps = Steps { all: self.steps.clone(), own };
        Journal { steps, shallow: self.shallow && reached.is_none() }
    }

    /// Whether the commit at a position holds any of the paths.
    pub fn is_present(&self, position: usize) -> bool {
        !self.absent.iter().any(|run| run.contains(&position))
    }
}

/// The line that ends in a commit.
///
/// # Errors
/// A commit cannot be read.
pub fn line(commits: &Commits<'_>, tip: Oid) -> Result<Line, Failure> {
    let mut line = Line::default();
    let (mut next, mut walked) = (Some(tip), commits.walk(tip));
    while let Some(id) = next {
        let point = commits.point(id)?;
        line.stops.push(Stop {
            commit: CommitId(id.to_string()),
            tree: BlobId(point.tree.as_bytes().into()),
            merge: point.merge,
            time: point.time,
        });
        line.shallow = commits.overlay.is_boundary(id);
        next = point.parent.filter(|&parent| !line.shallow && walked.is_new(parent));
    }
    Ok(line)
}

/// What the commits of a line changed at some paths.
///
/// # Errors
/// A tree cannot be read.
pub fn record(trees: &Trees<'_>, line: &Line, paths: &[RepoPath]) -> Result<Record, Failure> {
    let mut record =
        Record { length: line.stops.len(), shallow: line.shallow, ..Record::default() };
    let Some(first) = line.stops.first() else { return Ok(record) };
    let (mut walk, mut steps) = (Walk::new(trees, paths, tree(first)?)?, Vec::new());
    for (position, stop) in line.stops.iter().enumerate() {
        if !walk.is_present() {
            match record.absent.last_mut().filter(|run| run.end == position) {
                Some(run) => run.end += 1,
                None => record.absent.push(position..position + 1),
            }
        }
        let older = line.stops.get(position + 1);
        if older.is_none() && line.shallow {
            break;
        }
        if older.is_some_and(|older| older.tree == stop.tree) {
            continue;
        }
        let changes = walk.advance(&stop.commit.0, older.map(tree).transpose()?)?;
        if !changes.is_empty() {
            record.places.push(position);
            steps.push(Step {
                commit: stop.commit.clone(),
                parent: older.map(|older| older.commit.clone()),
                merge: stop.merge,
                changes,
            });
        }
    }
    record.steps = Arc::new(steps);
    Ok(record)
}

/// The top folder of a commit.
///
/// # Errors
/// It is no id of this repository.
pub fn tree(stop: &Stop) -> Result<Oid, Failure> {
    let id = Oid::from_bytes(&stop.tree.0);
    id.map_err(|error| failures::object(format!("cannot read the commit {}", stop.commit), &error))
}
