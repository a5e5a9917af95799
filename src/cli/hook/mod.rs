//! `gatecheck hook`: the events of coding agents.
//!
//! An agent that wants to stop is sent back while what it leaves behind breaks a gate, and after an
//! edit it is told what is wrong in the file. Whatever fails here never stops an agent: the status
//! is 0, and a note goes to standard error. Only where HEAD can be judged and the working tree
//! cannot, the agent answers for that too, or it could free itself by breaking it.

mod answer;
mod event;
mod judge;
mod memory;

use std::io::{IsTerminal, Read};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::args::{EventArgs, HookArgs, HookEvent};
use super::output::{self, Outcome};
use crate::base::{Failure, words};
use crate::render::{self, feedback};
use event::Event;
use judge::{Grounds, Verdict};
use memory::{Decision, Place};

/// What an event may have at most, in bytes. It holds what the agent wrote, which can be a lot.
const LARGEST: u64 = 64 << 20;

/// Answers an event. It never fails.
pub fn run(args: &HookArgs) -> Outcome {
    let (args, answer): (&EventArgs, fn(&Event) -> Answer) = match &args.event {
        HookEvent::Stop(args) => (args, stop),
        HookEvent::Edit(args) => (args, edit),
    };
    let agent = args.agent;
    let limit = Duration::from_secs(args.timeout);
    let work = move || answer(&Event::read(&input()?, agent)?);
    match within(limit, work) {
        Ok(Some(value)) => Outcome::shown(format!("{value}\n")),
        Ok(None) => Outcome::shown(String::new()),
        Err(failure) => excuse(&failure),
    }
}

/// Tells people why there is no answer, and the agent nothing.
pub fn excuse(failure: &Failure) -> Outcome {
    note(&format!("{failure}; {}", failure.help));
    Outcome::shown(String::new())
}

/// What goes to standard output: nothing where there is nothing to say.
type Answer = Result<Option<Value>, Failure>;

fn stop(event: &Event) -> Answer {
    if event.ended {
        return Ok(None);
    }
    let Some(mut verdict) = judge::stop()? else { return Ok(None) };
    let keys = match decided(event, &verdict) {
        Decision::Silent => return Ok(None),
        Decision::LetGo(why) => {
            let stands = match &verdict.grounds {
                Grounds::Findings(_) => {
                    words::count(verdict.charges.len(), "finding stands", "findings stand")
                }
                Grounds::Broken(failure) => format!("{failure}; {};", failure.help),
            };
            note(&format!("{stands} and {why}, so it may stop"));
            return Ok(None);
        }
        Decision::SendBack(keys) => keys,
    };
    verdict.keep(&keys);
    let reason = match &verdict.grounds {
        Grounds::Findings(report) => feedback::stop(report),
        Grounds::Broken(failure) => feedback::broken(failure),
    };
    Ok(Some(answer::send_back(event.agent, &reason)))
}

/// Decides by what the session was told so far. Where nothing can be remembered, only an agent is
/// sent back that will say so the next time.
fn decided(event: &Event, verdict: &Verdict) -> Decision {
    let place = event.session.as_deref().and_then(|session| Place::of(session, &verdict.top));
    let before = place.as_ref().map(Place::recall).unwrap_or_default();
    let mut memory = before.clone();
    let decision = memory.decide(&verdict.charges, event.again);
    let kept = place.is_some_and(|place| memory == before || place.keep(&memory).is_ok());
    match decision {
        Decision::SendBack(_) if !kept && event.again != Some(false) => {
            Decision::LetGo("it cannot be remembered how often the agent was sent back")
        }
        decision => decision,
    }
}

fn edit(event: &Event) -> Answer {
    let Some(report) = judge::edit(event.folder.as_deref(), &event.edited)? else {
        return Ok(None);
    };
    if report.findings.is_empty() {
        return Ok(None);
    }
    let reason = feedback::edit(&report);
    Ok(answer::remark(event.agent, &reason))
}

/// The event as it is read from standard input.
fn input() -> Result<Vec<u8>, Failure> {
    let what = "cannot read the event from standard input";
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        let help = "it is meant to be called by a coding agent; see `gatecheck hook --help`";
        return Err(Failure::new(what, "somebody types there", help));
    }
    let mut bytes = Vec::new();
    match input.by_ref().take(LARGEST).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::new(what, error, "agents write it there as JSON")),
    }
}

/// Works for a limited time. A panic is a failure, too.
fn within(limit: Duration, work: impl FnOnce() -> Answer + Send + 'static) -> Answer {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody may be waiting any more.
        let _ = sender.send(super::guarded(work));
    });
    receiver.recv_timeout(limit).unwrap_or_else(|error| {
        let why = match error {
            RecvTimeoutError::Timeout => format!("it took longer than {} s", limit.as_secs()),
            RecvTimeoutError::Disconnected => "it broke down".to_owned(),
        };
        let help = "give it more time with --timeout, below the limit of the agent";
        Err(Failure::new("no answer was reached", why, help))
    })
}

/// Tells people what an agent is not told.
fn note(text: &str) {
    output::complain(&render::plain(&format!("gatecheck hook: {text}")));
}
