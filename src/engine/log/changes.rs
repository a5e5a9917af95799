//! What became of each gate from commit to commit.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Denial, Gate, GateId, Log, State};
use crate::report::GateVerdict;

/// A commit in which something changed.
#[derive(Clone, Debug)]
pub struct Step {
    /// The position of the commit in [`Log::stops`].
    pub at: usize,
    pub state: Arc<State>,
    pub changes: Vec<Change>,
    /// What newly denies and belongs to no gate.
    pub policy: Vec<Denial>,
}

/// What became of one gate in one commit.
#[derive(Clone, Debug)]
pub struct Change {
    pub gate: GateId,
    pub title: String,
    /// Nothing where there was no such gate before.
    pub from: Option<GateVerdict>,
    /// Nothing where there is none any more.
    pub to: Option<GateVerdict>,
    pub event: Event,
    /// As in a report.
    pub because: Option<String>,
    /// What newly denies it.
    pub findings: Vec<Denial>,
    /// What denied it before and does not any more.
    pub gone: Vec<Denial>,
}

/// What a change of a verdict means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It holds, for the first time as far as the whole history tells.
    FirstHeld,
    /// It holds, and whether it did before is not told.
    Held,
    HeldAgain,
    /// It held, or would have but for an earlier gate, and fails.
    Broke,
    /// It fails, and did not hold just before.
    Fails,
    /// It fails as before, and by more.
    FailsByMore,
    Blocked,
    /// It is begun, and only later gates are judged.
    NotJudged,
    NotStarted,
    Skipped,
    /// There is no such gate any more.
    Gone,
}

/// One gate over all commits told of.
#[derive(Clone, Debug)]
pub struct Past {
    pub gate: GateId,
    pub title: String,
    /// Nothing where there is no such gate any more, or no verdict ever.
    pub verdict: Option<GateVerdict>,
    /// The position of the commit since which the verdict stands; nothing where that is before
    /// the first one told of.
    pub since: Option<usize>,
    /// The position of the commit in which it held first, where the whole history is told.
    pub first_held: Option<usize>,
    /// How many times it broke.
    pub broke: usize,
}

/// The commits in which something changed, oldest first, and each gate by itself.
pub fn story(log: &Log) -> (Vec<Step>, Vec<Past>) {
    let mut teller = Teller::new(log);
    let steps = (0..log.stops.len()).rev().filter_map(|at| teller.step(log, at)).collect();
    (steps, teller.pasts)
}

struct Teller {
    /// The newest verdicts so far.
    last: Option<Arc<State>>,
    /// The newest state so far, with or without verdicts.
    state: Option<Arc<State>>,
    held: HashSet<GateId>,
    whole: bool,
    pasts: Vec<Past>,
    places: HashMap<GateId, usize>,
}

impl Teller {
    fn new(log: &Log) -> Self {
        let mut teller = Self {
            last: None,
            state: log.before.clone(),
            held: HashSet::new(),
            whole: log.before.is_none() && !log.shallow,
            pasts: Vec::new(),
            places: HashMap::new(),
        };
        if let Some(before) = log.before.as_ref().filter(|one| one.judged().is_some()) {
            teller.last = Some(before.clone());
            for gate in gates(before) {
                teller.past(gate).verdict = Some(gate.verdict);
                if gate.verdict == GateVerdict::Holds {
                    teller.held.insert(gate.id.clone());
                }
            }
        }
        teller
    }

    fn past(&mut self, gate: &Gate) -> &mut Past {
        let at = *self.places.entry(gate.id.clone()).or_insert_with(|| {
            self.pasts.push(Past {
                gate: gate.id.clone(),
                title: gate.title.clone(),
                verdict: None,
                since: None,
                first_held: None,
                broke: 0,
            });
            self.pasts.len() - 1
        });
        &mut self.pasts[at]
    }

    /// What changed in a commit; nothing where nothing did.
    fn step(&mut self, log: &Log, at: usize) -> Option<Step> {
        let state = log.states[at].clone();
        if self.state.as_ref() == Some(&state) {
            return None;
        }
        let before = self.state.replace(state.clone());
        if let State::Unjudged(_) = &*state {
            return Some(Step { at, state, changes: Vec::new(), policy: Vec::new() });
        }
        let last = self.last.replace(state.clone());
        let (changes, policy) = self.changes(at, last.as_deref(), &state);
        // That there is a verdict again is worth a line, that there is nothing yet is not.
        let was_unjudged = matches!(before.as_deref(), Some(State::Unjudged(_)));
        let is_told = !changes.is_empty() || !policy.is_empty() || was_unjudged;
        is_told.then_some(Step { at, state, changes, policy })
    }

    fn changes(
        &mut self,
        at: usize,
        last: Option<&State>,
        state: &State,
    ) -> (Vec<Change>, Vec<Denial>) {
        let mut changes = Vec::new();
        for gate in gates(state) {
            let old = last.and_then(|last| gates(last).find(|old| old.id == gate.id));
            let from = old.map(|old| old.verdict);
            let idle = from.is_none() && gate.verdict == GateVerdict::NotStarted;
            let (now, then) = (denials(state, Some(gate)), last.map(|last| denials(last, old)));
            let then = then.unwrap_or_default();
            let mut findings = lacking(&now, &then);
            if idle || from == Some(gate.verdict) && findings.is_empty() {
                continue;
            }
            let event = self.event(from, gate);
            let past = self.past(gate);
            if from != Some(gate.verdict) {
                (past.verdict, past.since) = (Some(gate.verdict), Some(at));
            }
            past.broke += usize::from(event == Event::Broke);
            if event == Event::FirstHeld {
                past.first_held = Some(at);
            }
            // What denied nothing before may have been there: a level was raised, a waiver ended.
            if findings.is_empty() {
                findings = now.iter().map(|&one| one.clone()).collect();
            }
            let gone = lacking(&then, &now);
            changes.push(Change {
                gate: gate.id.clone(),
                title: gate.title.clone(),
                from,
                to: Some(gate.verdict),
                event,
                because: gate.because.clone(),
                findings,
                gone,
            });
        }
        for old in last.into_iter().flat_map(gates) {
            let stands = gates(state).any(|gate| gate.id == old.id);
            let past = self.past(old);
            if stands || past.verdict.is_none() {
                continue;
            }
            (past.verdict, past.since) = (None, Some(at));
            changes.push(Change {
                gate: old.id.clone(),
                title: old.title.clone(),
                from: Some(old.verdict),
                to: None,
                event: Event::Gone,
                because: None,
                findings: Vec::new(),
                gone: Vec::new(),
            });
        }
        let policy = |state: &State| -> Vec<Denial> {
            let all = state.judged().into_iter().flat_map(|judged| &judged.denials);
            all.filter(|one| one.policy).cloned().collect()
        };
        let (now, then) = (policy(state), last.map(policy).unwrap_or_default());
        (changes, lacking(&now.iter().collect::<Vec<_>>(), &then.iter().collect::<Vec<_>>()))
    }

    fn event(&mut self, from: Option<GateVerdict>, gate: &Gate) -> Event {
        match gate.verdict {
            GateVerdict::Holds => match (self.held.insert(gate.id.clone()), self.whole) {
                (false, _) => Event::HeldAgain,
                (true, true) => Event::FirstHeld,
                (true, false) => Event::Held,
            },
            GateVerdict::Fails => match from {
                Some(GateVerdict::Holds | GateVerdict::Blocked) => Event::Broke,
                Some(GateVerdict::Fails) => Event::FailsByMore,
                _ => Event::Fails,
            },
            GateVerdict::Blocked => Event::Blocked,
            GateVerdict::NotStarted => Event::NotStarted,
            GateVerdict::NotJudged => Event::NotJudged,
            GateVerdict::Skipped => Event::Skipped,
        }
    }
}

fn gates(state: &State) -> impl Iterator<Item = &Gate> {
    state.judged().into_iter().flat_map(|judged| &judged.gates)
}

/// What denies a gate.
fn denials<'s>(state: &'s State, gate: Option<&Gate>) -> Vec<&'s Denial> {
    let Some(judged) = state.judged() else { return Vec::new() };
    let denied = gate.into_iter().flat_map(|gate| &gate.denied);
    denied.filter_map(|&at| judged.denials.get(at)).collect()
}

/// Those that others have nothing like.
fn lacking(some: &[&Denial], others: &[&Denial]) -> Vec<Denial> {
    let mut left: Vec<&str> = others.iter().map(|one| &*one.fingerprint).collect();
    let mut lacking = Vec::new();
    for &one in some {
        match left.iter().position(|known| *known == one.fingerprint) {
            Some(at) => _ = left.swap_remove(at),
            None => lacking.push(one.clone()),
        }
    }
    lacking
}
