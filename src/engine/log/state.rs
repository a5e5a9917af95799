//! What is said of one commit, without all that a report shows besides.

use serde::{Deserialize, Serialize};

use crate::base::{Failure, RepoPath};
use crate::report::{GateReport, GateVerdict, Report, ReportFinding, Verdict, WorkflowReport};

/// What is said of one commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// There was neither a configuration nor a workflow root.
    Absent,
    /// Why there is no verdict, as a sentence.
    Unjudged(String),
    Judged(Judged),
}

/// The verdicts of one commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub verdict: Verdict,
    /// In the order of a report.
    pub gates: Vec<Gate>,
    /// What denies.
    pub denials: Vec<Denial>,
}

/// The verdict of one gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    pub id: GateId,
    /// The title of its phase.
    pub title: String,
    pub verdict: GateVerdict,
    /// As in a report.
    pub because: Option<String>,
    /// Indices of what denies it.
    pub denied: Vec<usize>,
}

/// What tells a gate from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GateId {
    pub workflow: String,
    pub root: String,
    pub iteration: String,
    pub phase: String,
}

/// A finding that denies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    pub rule: String,
    pub message: String,
    pub path: String,
    pub line: Option<u32>,
    pub fingerprint: String,
    /// It belongs to no gate: the configuration is wrong.
    pub policy: bool,
}

impl State {
    /// What a check of the commit says, in short.
    pub fn of(checked: Result<Option<Report>, Failure>) -> Self {
        match checked {
            Ok(None) => State::Absent,
            Ok(Some(report)) => State::Judged(Judged::of(&report)),
            Err(failure) => State::Unjudged(failure.to_string()),
        }
    }

    /// The verdicts, where there are any.
    pub fn judged(&self) -> Option<&Judged> {
        match self {
            State::Judged(judged) => Some(judged),
            State::Absent | State::Unjudged(_) => None,
        }
    }
}

impl Judged {
    /// What counts of a report.
    pub fn of(report: &Report) -> Self {
        let denied: Vec<&ReportFinding> = report.denied().collect();
        let mut gates = Vec::new();
        for workflow in &report.workflows {
            let alone = report.workflows.iter().filter(|one| one.id == workflow.id).count() == 1;
            let own = |one: &ReportFinding| {
                one.workflow == workflow.id && (alone || one.path.below(&workflow.root).is_some())
            };
            gates.extend(workflow.gates.iter().map(|gate| {
                let stands = |one: &ReportFinding| own(one) && stands_in(one, gate);
                let denied = denied.iter().enumerate().filter(|(_, one)| stands(one));
                let denied = denied.map(|(at, _)| at).collect();
                Gate::of(workflow, gate, denied)
            }));
        }
        let denials = denied.into_iter().map(Denial::of).collect();
        Self { verdict: report.verdict, gates, denials }
    }
}

/// Whether a finding belongs to a gate.
fn stands_in(finding: &ReportFinding, gate: &GateReport) -> bool {
    let own = finding.phase.as_ref().zip(finding.iteration.as_ref());
    let also = finding.also.iter().map(|one| (&one.phase, &one.iteration));
    own.into_iter().chain(also).any(|one| one == (&gate.phase, &gate.iteration))
}

impl Gate {
    fn of(workflow: &WorkflowReport, gate: &GateReport, denied: Vec<usize>) -> Self {
        let id = GateId {
            workflow: workflow.id.clone(),
            root: workflow.root.to_string(),
            iteration: gate.iteration.clone(),
            phase: gate.phase.clone(),
        };
        let (title, verdict, because) = (gate.title.clone(), gate.verdict, gate.because.clone());
        // A gate that nobody asked for is not failed by what is said of it.
        let denied = if verdict == GateVerdict::Fails { denied } else { Vec::new() };
        Self { id, title, verdict, because, denied }
    }
}

impl Denial {
    fn of(finding: &ReportFinding) -> Self {
        let line = finding.place.as_ref().map(|place| place.start.line);
        let path: &RepoPath = &finding.path;
        Self {
            rule: finding.rule.to_owned(),
            message: finding.message.clone(),
            path: path.to_string(),
            line,
            fingerprint: finding.fingerprint.clone(),
            policy: finding.phase.is_none(),
        }
    }
}
