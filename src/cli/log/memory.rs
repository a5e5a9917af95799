//! Verdicts that earlier runs reached, by commit.
//!
//! A verdict follows from the commit, the arguments and what the repository answered meanwhile
//! about names and ids. All three are kept; what the repository answers otherwise today is judged
//! anew.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::Failure;
use crate::cli::args::LogArgs;
use crate::cli::memo::Kept;
use crate::engine::log::{Answers, Ask, Fresh, Question, State, still_answers};
use crate::source::{CommitId, History, Source};

/// What is known, and where it is kept.
pub struct Memory {
    kept: Option<Kept>,
    verdicts: Verdicts,
    pub known: HashMap<CommitId, Arc<State>>,
}

/// Verdicts as they are kept. Commits share most of them, and most of what they rest on.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Verdicts {
    states: Vec<State>,
    /// Questions with their answers.
    answers: Vec<(Question, Option<String>)>,
    /// Indices of answers.
    grounds: Vec<Vec<usize>>,
    /// Commits, with the indices of the state and the grounds of each.
    commits: Vec<(String, usize, usize)>,
}

impl Memory {
    /// What is known of the commits of a repository. Nothing is where the arguments name a file
    /// of the disk or forbid it, or where something is laid over the commits.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn of(source: &dyn Source, args: &LogArgs, ask: &Ask) -> Result<Self, Failure> {
        let history = source.history();
        let refused = args.no_cache || args.config.is_some() || !history.is_plain();
        let kept = (!refused).then(|| place(history, args, ask)).transpose()?.flatten();
        let text = kept.as_ref().and_then(Kept::text);
        let verdicts: Option<Verdicts> = text.and_then(|text| serde_json::from_str(&text).ok());
        let verdicts = verdicts.filter(Verdicts::is_sound).unwrap_or_default();
        let mut stands = Vec::with_capacity(verdicts.answers.len());
        for (question, answer) in &verdicts.answers {
            stands.push(still_answers(history, question, answer.as_deref())?);
        }
        let grounds: Vec<bool> =
            verdicts.grounds.iter().map(|ground| ground.iter().all(|&one| stands[one])).collect();
        let states: Vec<Arc<State>> = verdicts.states.iter().cloned().map(Arc::new).collect();
        let known = verdicts.commits.iter().filter(|(_, _, ground)| grounds[*ground]);
        let known =
            known.map(|(id, state, _)| (CommitId(id.clone()), states[*state].clone())).collect();
        Ok(Self { kept, verdicts, known })
    }

    /// Keeps what was judged. What is wrong with the folder of the user is no error.
    pub fn keep(self, fresh: &[Fresh]) {
        let Some(kept) = self.kept.filter(|_| !fresh.is_empty()) else { return };
        let mut writer = Writer::default();
        for one in fresh {
            // A repository that could not be read may be readable tomorrow.
            if !matches!(*one.state, State::Unjudged(_)) {
                writer.add(&one.commit.0, &one.state, &one.answers);
            }
        }
        let Verdicts { answers, grounds, commits, .. } = &self.verdicts;
        for (id, _, ground) in commits {
            if let Some(state) = self.known.get(&CommitId(id.clone())) {
                let answers = grounds[*ground].iter().map(|&one| answers[one].clone()).collect();
                writer.add(id, state, &answers);
            }
        }
        if let Ok(text) = serde_json::to_string(&writer.verdicts) {
            let _ = kept.keep(text);
        }
    }
}

/// Where the verdicts are kept that these arguments lead to.
fn place(history: &dyn History, args: &LogArgs, ask: &Ask) -> Result<Option<Kept>, Failure> {
    let policy = args.policy_from.as_ref().map(|policy| history.resolve(policy)).transpose()?;
    let (start, workflow) = (&ask.request.start, &args.workflow);
    let asked = format!("{start} {workflow:?} {:?} {policy:?} {:?}", args.policy_from, args.now);
    let here = std::env::current_dir().ok();
    Ok(here.and_then(|here| Kept::of("histories", &[&here.display().to_string(), &asked])))
}

impl Verdicts {
    /// Whether every index means something.
    fn is_sound(&self) -> bool {
        let grounds = self.grounds.iter().flatten().all(|&one| one < self.answers.len());
        grounds
            && self.commits.iter().all(|(_, state, ground)| {
                *state < self.states.len() && *ground < self.grounds.len()
            })
    }
}

/// Puts verdicts together, each thing once.
#[derive(Default)]
struct Writer {
    verdicts: Verdicts,
    states: HashMap<String, usize>,
    /// Where the states and the grounds of the commit before stand, which is likely to share both.
    last: Option<(Arc<State>, usize)>,
    answers: BTreeMap<(Question, Option<String>), usize>,
    grounds: HashMap<Vec<usize>, usize>,
}

impl Writer {
    fn add(&mut self, commit: &str, state: &Arc<State>, answers: &Answers) {
        let state = match &self.last {
            Some((last, at)) if Arc::ptr_eq(last, state) => *at,
            _ => self.state(state),
        };
        let all = &mut self.verdicts.answers;
        let answers = answers.iter().map(|(question, answer)| {
            let pair = (question.clone(), answer.clone());
            *self.answers.entry(pair).or_insert_with_key(|pair| {
                all.push(pair.clone());
                all.len() - 1
            })
        });
        let all = &mut self.verdicts.grounds;
        let ground = *self.grounds.entry(answers.collect()).or_insert_with_key(|ground| {
            all.push(ground.clone());
            all.len() - 1
        });
        self.verdicts.commits.push((commit.to_owned(), state, ground));
    }

    fn state(&mut self, state: &Arc<State>) -> usize {
        let text = serde_json::to_string(&**state).unwrap_or_default();
        let all = &mut self.verdicts.states;
        let at = *self.states.entry(text).or_insert_with(|| {
            all.push((**state).clone());
            all.len() - 1
        });
        self.last = Some((state.clone(), at));
        at
    }
}
