//! Judging the commits of a line, each only where its verdict does not follow from that of the
//! commit after it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::watch::{Seen, Shore, Watched};
use super::{Answers, Ask, Fresh, State, day};
use crate::base::Failure;
use crate::engine::load::Shared;
use crate::engine::{self, Request};
use crate::source::{CommitId, History, Line};

/// What is said of the newest commits of a line, so many as `told`, and what of it is new.
///
/// # Errors
/// The history cannot be read.
pub fn judge(
    history: &dyn History,
    ask: &Ask,
    line: &Line,
    told: usize,
    known: &HashMap<CommitId, Arc<State>>,
) -> Result<(Vec<Arc<State>>, Vec<Fresh>), Failure> {
    let shore = Shore::new(history, line);
    let run = Run { shore: &shore, ask, known };
    let parts = parts(told).into_par_iter().with_max_len(1);
    let parts: Vec<Part> = parts.map(|part| run.part(part)).collect::<Result<_, Failure>>()?;
    let (mut states, mut fresh) = (Vec::with_capacity(told), Vec::new());
    for mut part in parts {
        states.append(&mut part.states);
        fresh.append(&mut part.fresh);
    }
    Ok((states, fresh))
}

/// The line in parts that are judged side by side. Each begins with a commit that is judged in
/// full, so that there are few.
fn parts(told: usize) -> Vec<Range<usize>> {
    const LEAST: usize = 16;
    const OF_EACH: usize = 4;
    let count = (told / LEAST).clamp(1, OF_EACH * rayon::current_num_threads());
    let size = told.div_ceil(count).max(1);
    (0..told).step_by(size).map(|start| start..(start + size).min(told)).collect()
}

struct Run<'r> {
    shore: &'r Shore<'r>,
    ask: &'r Ask,
    known: &'r HashMap<CommitId, Arc<State>>,
}

/// What is said of a part of the line.
#[derive(Default)]
struct Part {
    states: Vec<Arc<State>>,
    fresh: Vec<Fresh>,
}

/// A verdict with all that it rests on.
struct Verdict {
    state: Arc<State>,
    seen: Seen,
    answers: Arc<Answers>,
    today: Date,
    until: Option<Date>,
}

impl Run<'_> {
    fn part(&self, part: Range<usize>) -> Result<Part, Failure> {
        let mut told = Part::default();
        let shared = Shared { is_walked: true, ..Shared::default() };
        let mut newer: Option<Verdict> = None;
        for position in part {
            let stop = &self.shore.line.stops[position];
            if let Some(known) = self.known.get(&stop.commit) {
                newer = None;
                told.states.push(known.clone());
                continue;
            }
            let today = if self.ask.dated { self.ask.request.today } else { day(stop) };
            let same = newer.take();
            let same = match same {
                Some(verdict) => self.passes_on(&verdict, position, today)?.then_some(verdict),
                None => None,
            };
            let verdict = match same {
                Some(verdict) => Verdict { today, ..verdict },
                None => {
                    shared.documents.turn();
                    self.judged(position, today, &shared)
                }
            };
            told.states.push(verdict.state.clone());
            told.fresh.push(Fresh {
                commit: stop.commit.clone(),
                state: verdict.state.clone(),
                answers: verdict.answers.clone(),
            });
            newer = Some(verdict);
        }
        Ok(told)
    }

    /// Judges one commit as a check does.
    fn judged(&self, position: usize, today: Date, shared: &Shared) -> Verdict {
        let request = Request { today, ..self.ask.request.clone() };
        let (checked, mut seen) = match Watched::new(self.shore, position) {
            Ok(watched) => {
                let checked = engine::judged(&watched, &request, shared);
                (checked, watched.seen())
            }
            Err(failure) => (Err(failure), Seen { alone: true, ..Seen::default() }),
        };
        let (checked, until) = match checked {
            Ok(Some(judged)) => (Ok(Some(judged.report)), judged.loaded.first_end()),
            Ok(None) => (Ok(None), None),
            // Why there is none may depend on the day.
            Err(failure) => (Err(failure), Some(Date::MIN)),
        };
        let answers = Arc::new(std::mem::take(&mut seen.answers));
        Verdict { state: Arc::new(State::of(checked)), seen, answers, today, until }
    }

    /// Whether the verdict on the commit at the position before this one holds for this one too,
    /// which is its parent: nothing that it rests on is different here.
    fn passes_on(&self, verdict: &Verdict, position: usize, today: Date) -> Result<bool, Failure> {
        let Verdict { seen, answers, until, .. } = verdict;
        let (newer, stop) =
            (&self.shore.line.stops[position - 1], &self.shore.line.stops[position]);
        let both = today.max(verdict.today);
        if seen.alone || today != verdict.today && until.is_some_and(|until| until < both) {
            return Ok(false);
        }
        // What documents name may have come with the newer commit: itself, or what it merged.
        let mut named = answers.values().flatten();
        if newer.merge && named.next().is_some() || named.any(|id| *id == newer.commit.0) {
            return Ok(false);
        }
        self.shore.history.is_alike(newer, stop, &seen.asked)
    }
}
