//! What became of the gates, commit by commit: when each first held, broke and held again.
//!
//! The types here are the view itself: plain data, made safe to show when it is filled in.

mod human;

use serde::Serialize;

use super::{Shown, json};

pub use human::render;

/// What became of the gates in the commits of one line.
#[derive(Debug, Default, Serialize)]
pub struct Log {
    /// The revision that the line ends in.
    pub source: Shown,
    pub examined: Examined,
    /// The commit after which it begins; nothing where it begins with the history.
    pub after: Option<Shown>,
    /// The commits in which something changed, newest first.
    pub commits: Vec<Commit>,
    /// Each gate by itself, in the order in which they began.
    pub gates: Vec<Past>,
    /// What could not be told and how to make it so; sentences.
    pub notes: Vec<Shown>,
    /// People want to see each gate by itself.
    #[serde(skip)]
    pub by_gate: bool,
    /// Only some gates were asked for.
    #[serde(skip)]
    pub filtered: bool,
}

/// What was looked at.
#[derive(Debug, Default, Serialize)]
pub struct Examined {
    pub commits: usize,
}

/// A commit in which something changed.
#[derive(Debug, Default, Serialize)]
pub struct Commit {
    /// The full id.
    pub commit: Shown,
    pub short: Shown,
    /// The day in UTC on which it was committed.
    pub date: Shown,
    pub author: Shown,
    /// The first line of its message.
    pub subject: Shown,
    /// As of a check.
    pub verdict: &'static str,
    /// Why there is no verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Shown>,
    pub changes: Vec<Change>,
    /// What newly denies and belongs to no gate.
    pub policy: Vec<Finding>,
}

/// A gate as everybody names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GateName {
    pub workflow: Shown,
    pub root: Shown,
    pub iteration: Shown,
    pub phase: Shown,
    pub title: Shown,
}

/// What became of one gate.
#[derive(Debug, Default, Serialize)]
pub struct Change {
    #[serde(flatten)]
    pub gate: GateName,
    /// The verdict before and after; nothing where there is no such gate.
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
    /// `first-held`, `held`, `held-again`, `broke`, `fails`, `fails-by-more`, `blocked`, `not-judged`,
    /// `not-started`, `skipped`, `gone`.
    pub event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<Shown>,
    /// What newly denies it.
    pub findings: Vec<Finding>,
    /// What denied it before and does not any more.
    pub repaired: Vec<Finding>,
}

/// A finding in a line.
#[derive(Debug, Default, Serialize)]
pub struct Finding {
    pub rule: Shown,
    pub message: Shown,
    pub path: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    pub fingerprint: Shown,
}

/// One gate over all commits.
#[derive(Debug, Default, Serialize)]
pub struct Past {
    #[serde(flatten)]
    pub gate: GateName,
    /// Nothing where there is no such gate any more.
    pub verdict: Option<&'static str>,
    /// The commit since which that is so; nothing where it is one before those looked at.
    pub since: Option<Shown>,
    /// The commit in which it held first, where the whole history was looked at.
    pub first_held: Option<Shown>,
    /// How many times it broke.
    pub broke: usize,
}

#[derive(Serialize)]
struct Document<'l> {
    schema: u32,
    #[serde(flatten)]
    log: &'l Log,
}

/// The log for programs.
pub fn json(log: &Log) -> String {
    json::write(&Document { schema: json::SCHEMA, log })
}
