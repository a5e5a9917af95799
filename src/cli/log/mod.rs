//! `gatecheck log`: when each gate first held, broke and held again, and what did it.

mod memory;

use std::path::Path;

use super::args::{LogArgs, ViewFormat};
use super::output::Outcome;
use super::view;
use crate::base::{Failure, words};
use crate::engine::log::{self, Ask, Denial, Event, GateId, State};
use crate::engine::{self, Request, Through};
use crate::render::Shown;
use crate::render::log::{self as shown, Change, Commit, Examined, Finding, GateName, Log, Past};
use crate::source::{self, History, Selection, Source};
use memory::Memory;

pub fn run(args: &LogArgs, color: bool) -> Result<Outcome, Failure> {
    source::remember_trees();
    let opened = source::open(Path::new("."), Selection::Revision(args.rev.clone()))?;
    let (source, history) = (&*opened.source, opened.source.history());
    let since = args.since_commit.as_ref();
    let since =
        since.map(|since| engine::revision(history, since, "cannot begin after")).transpose()?;
    let asked = view::asked(args.config.as_deref(), opened.prefix)?;
    let today = args.now.unwrap_or(asked.today);
    let (workflow, policy_from) = (args.workflow.clone(), args.policy_from.clone());
    let request = Request { workflow, policy_from, today, ..asked };
    if let Some(policy) = &args.policy_from {
        engine::revision(history, policy, "cannot read the policy from")?;
    }
    let ask = Ask { request, dated: args.now.is_some(), since, most: args.max_count };
    let memory = Memory::of(source, args, &ask)?;
    let log = log::log(source, &ask, &memory.known)?;
    memory.keep(&log.fresh);
    if log.states.iter().chain(&log.before).all(|state| **state == State::Absent) {
        return Err(nothing_to_tell(source, log.stops.len()));
    }
    let wanted = args.gate.as_deref().map(Wanted::parse).transpose()?;
    let mut view = told(source, &log)?;
    view.by_gate = args.by_gate || wanted.is_some();
    if let Some(wanted) = &wanted {
        wanted.select(&mut view)?;
    }
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => shown::render(&view, color),
        ViewFormat::Json => shown::json(&view),
    }))
}

fn nothing_to_tell(source: &dyn Source, commits: usize) -> Failure {
    let commits = words::count(commits, "commit", "commits");
    Failure::new(
        format!("nothing to tell of {}", source.label()),
        format!("neither gatecheck.toml nor .work stands in any of {commits}"),
        "run it in the project's folder, or begin a project with `gatecheck init`",
    )
}

/// The log as it is shown.
fn told(source: &dyn Source, log: &log::Log) -> Result<Log, Failure> {
    let history = source.history();
    let (steps, pasts) = log::story(log);
    let commits = steps.iter().rev().map(|step| commit(history, log, step));
    let id = |at: usize| Shown::from(&log.stops[at].commit.0);
    let gates = pasts.iter().map(|past| Past {
        gate: name(&past.gate, &past.title),
        verdict: past.verdict.map(|verdict| verdict.word()),
        since: past.since.map(id),
        first_held: past.first_held.map(id),
        broke: past.broke,
    });
    let mut notes = Vec::new();
    if let Some(last) = log.stops.last().filter(|_| log.shallow) {
        notes.push(Shown::from(format!(
            "the history is shallow and begins with {}; what came before is not told; fetch it \
             with `git fetch --unshallow`",
            history.short(&last.commit)
        )));
    }
    Ok(Log {
        source: source.label().into(),
        examined: Examined { commits: log.stops.len() },
        after: log.before_commit.as_ref().map(|before| history.short(before).into()),
        commits: commits.collect::<Result<_, _>>()?,
        gates: gates.collect(),
        notes,
        ..Log::default()
    })
}

fn commit(history: &dyn History, log: &log::Log, step: &log::Step) -> Result<Commit, Failure> {
    let stop = &log.stops[step.at];
    let title = history.title(&stop.commit)?;
    let (verdict, error) = match &*step.state {
        State::Judged(judged) => (judged.verdict.word(), None),
        State::Unjudged(why) => ("none", Some(why.into())),
        State::Absent => ("none", None),
    };
    Ok(Commit {
        commit: (&stop.commit.0).into(),
        short: history.short(&stop.commit).into(),
        date: log::day(stop).to_string().into(),
        author: title.author.into(),
        subject: title.subject.into(),
        verdict,
        error,
        changes: step.changes.iter().map(change).collect(),
        policy: findings(&step.policy),
    })
}

fn change(change: &log::Change) -> Change {
    Change {
        gate: name(&change.gate, &change.title),
        from: change.from.map(|verdict| verdict.word()),
        to: change.to.map(|verdict| verdict.word()),
        event: word(change.event),
        because: change.because.as_ref().map(Shown::from),
        findings: findings(&change.findings),
        repaired: findings(&change.gone),
    }
}

fn word(event: Event) -> &'static str {
    match event {
        Event::FirstHeld => "first-held",
        Event::Held => "held",
        Event::HeldAgain => "held-again",
        Event::Broke => "broke",
        Event::Fails => "fails",
        Event::FailsByMore => "fails-by-more",
        Event::Blocked => "blocked",
        Event::NotJudged => "not-judged",
        Event::NotStarted => "not-started",
        Event::Skipped => "skipped",
        Event::Gone => "gone",
    }
}

fn name(gate: &GateId, title: &str) -> GateName {
    GateName {
        workflow: (&gate.workflow).into(),
        root: (&gate.root).into(),
        iteration: (&gate.iteration).into(),
        phase: (&gate.phase).into(),
        title: title.into(),
    }
}

fn findings(denials: &[Denial]) -> Vec<Finding> {
    let finding = |one: &Denial| Finding {
        rule: (&one.rule).into(),
        message: (&one.message).into(),
        path: (&one.path).into(),
        line: one.line,
        fingerprint: (&one.fingerprint).into(),
    };
    denials.iter().map(finding).collect()
}

/// The gate that is asked for.
struct Wanted {
    written: String,
    workflow: Option<String>,
    iteration: Option<String>,
    phase: String,
}

impl Wanted {
    /// # Errors
    /// It names no gate.
    fn parse(written: &str) -> Result<Self, Failure> {
        match Through::parse(written) {
            Through::Phase { workflow, iteration, phase } => {
                Ok(Self { written: written.to_owned(), workflow, iteration, phase })
            }
            Through::Begun | Through::Previous => {
                let help = "name a phase, for example --gate 1";
                Err(Failure::new(format!("there is no gate {written}"), "", help))
            }
        }
    }

    fn means(&self, gate: &GateName) -> bool {
        let is = |wanted: &Option<String>, name: &Shown| {
            wanted.as_ref().is_none_or(|wanted| wanted == name.as_str())
        };
        self.phase == gate.phase.as_str()
            && is(&self.workflow, &gate.workflow)
            && is(&self.iteration, &gate.iteration)
    }

    /// Takes everything else out.
    ///
    /// # Errors
    /// There never was such a gate.
    fn select(&self, log: &mut Log) -> Result<(), Failure> {
        if !log.gates.iter().any(|one| self.means(&one.gate)) {
            let mut known: Vec<&str> =
                log.gates.iter().map(|one| one.gate.phase.as_str()).collect();
            known.dedup();
            let help = format!("the phases that were begun are {}", words::few(&known, 12));
            let what = format!("there is no gate {}", self.written);
            return Err(Failure::new(what, "nobody began such a phase", help));
        }
        log.gates.retain(|one| self.means(&one.gate));
        for commit in &mut log.commits {
            commit.changes.retain(|one| self.means(&one.gate));
            commit.policy.clear();
        }
        log.commits.retain(|one| one.error.is_some() || !one.changes.is_empty());
        Ok(())
    }
}
