//! The verdicts of the commits of a first-parent line.
//!
//! There is one evaluator, and what is said here of a commit is what a check of that commit says.
//! What makes it bearable for thousands of commits is what they have in common: a walk through the
//! history, contents that were read, and verdicts. While a commit is judged, everything that is
//! asked about it is remembered (`watch`); its parent has the same verdict where all of that is
//! answered alike (`walk`).

mod changes;
mod state;
mod walk;
mod watch;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Request;
use crate::base::Failure;
use crate::source::{CommitId, Source, Stop};

pub use changes::{Change, Event, Past, Step, story};
pub use state::{Denial, Gate, GateId, Judged, State};
pub use watch::{Answers, Question, still_answers};

/// What is asked of a history.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What each commit is asked for. Its date counts where `dated` says so.
    pub request: Request,
    /// Whether all commits are judged by the date of the request, rather than each by its own.
    pub dated: bool,
    /// The commit whose followers are told of; itself it is what they are compared with.
    pub since: Option<CommitId>,
    /// How many commits are told of at most, the newest.
    pub most: Option<usize>,
}

/// The verdicts of a part of a line.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The commits told of, newest first.
    pub stops: Vec<Stop>,
    /// What is said of each of them.
    pub states: Vec<Arc<State>>,
    /// What is said of the commit before them; nothing where they begin with the history.
    pub before: Option<Arc<State>>,
    /// That commit.
    pub before_commit: Option<CommitId>,
    /// The history ends at a shallow boundary, so that commits may be missing before the first.
    pub shallow: bool,
    /// What was judged in this run, with what that rests on besides the commit itself.
    pub fresh: Vec<Fresh>,
}

/// A verdict that was reached in this run.
#[derive(Clone, Debug)]
pub struct Fresh {
    pub commit: CommitId,
    pub state: Arc<State>,
    pub answers: Arc<Answers>,
}

/// Judges the commits of the first-parent line that ends in a revision. Those of which the verdict
/// is `known` are not judged again.
///
/// # Errors
/// The history cannot be read, or the commit to begin after does not stand on the line. A commit
/// that cannot be judged is no error.
pub fn log(
    source: &dyn Source,
    ask: &Ask,
    known: &HashMap<CommitId, Arc<State>>,
) -> Result<Log, Failure> {
    let history = source.history();
    let line = history.line()?;
    let length = line.stops.len();
    let mut end = ask.most.map_or(length, |most| most.min(length));
    if let Some(since) = &ask.since {
        let found = line.stops.iter().position(|stop| stop.commit == *since);
        let at = found.ok_or_else(|| {
            let what = format!("cannot begin after {}", history.short(since));
            let why = "it does not stand on the first-parent line that is told of";
            Failure::new(what, why, "name a commit that `git log --first-parent` lists")
        })?;
        end = end.min(at);
    }
    let told = (end + 1).min(length);
    let judged = walk::judge(history, ask, &line, told, known)?;
    let (mut states, fresh) = judged;
    let before = (told > end).then(|| states.pop()).flatten();
    let before_commit = before.as_ref().map(|_| line.stops[end].commit.clone());
    let shallow = line.shallow && before.is_none();
    let mut stops = line.stops;
    stops.truncate(end);
    Ok(Log { stops, states, before, before_commit, shallow, fresh })
}

/// The day of a commit in UTC, by which its exceptions are judged; the first there is where it
/// does not say.
pub fn day(stop: &Stop) -> Date {
    let time = Timestamp::from_second(stop.time.unwrap_or(0)).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_zoned(TimeZone::UTC).date()
}
