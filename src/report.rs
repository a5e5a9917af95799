//! Everything a run found, ready to be shown.
//!
//! A report holds positions instead of spans, excerpts instead of documents, and the records of
//! the rules that spoke, so that a renderer needs nothing else.

pub mod selftest;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::{Level, Position, RepoPath};

/// The outcome of one evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The view that was judged: `working tree`, `HEAD (1a2b3c4)`.
    pub source: String,
    pub verdict: Verdict,
    pub workflows: Vec<WorkflowReport>,
    /// Sorted by counted first, then path, place, rule.
    pub findings: Vec<ReportFinding>,
    /// The rules that the findings name, by id.
    pub rules: BTreeMap<&'static str, RuleNote>,
    /// The sentences of the promises that the findings name, by id.
    pub promises: BTreeMap<String, &'static str>,
    /// What could not be judged and how to make it so; sentences.
    pub notes: Vec<String>,
    pub documents: usize,
}

/// The outcome of the whole run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Holds,
    Fails,
    /// `--through previous` found no gate that is due.
    NotDue,
    /// No verdict could be reached.
    #[default]
    None,
}

/// One workflow under one root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowReport {
    pub id: String,
    pub title: String,
    pub root: RepoPath,
    /// One for each iteration and phase, iterations first.
    pub gates: Vec<GateReport>,
    /// One for each iteration whose evidence has begun, in their order.
    pub agreements: Vec<AgreementReport>,
}

/// The tree that an iteration is held to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementReport {
    pub iteration: String,
    /// The full id.
    pub commit: Option<String>,
    /// Which tree it is and why, as a clause.
    pub why: String,
    pub standing: AgreementStanding,
}

/// Whether an agreement holds anything to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementStanding {
    Agreed,
    /// It holds no contract, or there is no tree.
    Nothing,
    /// The history that would tell is missing.
    Unknown,
}

/// One gate of one iteration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateReport {
    pub phase: String,
    pub title: String,
    pub iteration: String,
    pub verdict: GateVerdict,
    /// Whether it counts for the verdict of the run.
    pub judged: bool,
    /// Duties and documents that were looked at.
    pub subjects: usize,
    /// Why the verdict is what it is where findings do not tell: the gate that blocks, the
    /// declared reason for skipping, what was not judged.
    pub because: Option<String>,
    pub deliverables: Vec<DeliverableReport>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GateVerdict {
    Holds,
    Fails,
    /// Its own findings are clean; an earlier gate fails.
    Blocked,
    NotStarted,
    NotJudged,
    Skipped,
}

/// One row of the board: a deliverable of a gate and the subjects it is due for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliverableReport {
    /// As workflow files and commands name it.
    pub id: String,
    pub title: String,
    /// Where one is expected, with captures left open: `.work/…/INTERFACE-{feature}.md`.
    pub expected: String,
    pub optional: bool,
    pub duties: Vec<DutyReport>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyReport {
    /// The feature's or role's name; nothing where the project as a whole owes it.
    pub subject: Option<String>,
    /// The subject as paths and commands name it.
    pub slug: Option<String>,
    pub done: bool,
    /// Where it stands, or where it is expected.
    pub path: RepoPath,
}

/// A finding with everything that any format shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFinding {
    pub rule: &'static str,
    pub level: Level,
    pub message: String,
    pub help: String,
    /// As [`crate::finding::Finding::subject`]; of findings told as one, theirs parted by commas.
    pub subject: String,
    /// As [`crate::finding::Finding::members`].
    pub members: Vec<String>,
    pub path: RepoPath,
    pub place: Option<Place>,
    pub workflow: String,
    /// The gate it belongs to; nothing for policy findings and for `lint`.
    pub phase: Option<String>,
    pub iteration: Option<String>,
    /// The other gates that it stands in as well.
    pub also: Vec<GateName>,
    pub standing: Standing,
    pub related: Vec<RelatedPlace>,
    /// The requirements that it protects, by id.
    pub promises: Vec<String>,
    /// Made of rule, subject and normalized text: stable against edits elsewhere.
    pub fingerprint: String,
}

/// A gate as reports name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateName {
    pub phase: String,
    pub iteration: String,
}

/// Whether a finding counts, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Counted,
    /// Its gate is not judged in this run.
    Later,
    /// A waiver covers it; the waiver's reason.
    Waived(String),
    /// The baseline marks it, or the revision that the change began with has it already.
    Known,
}

/// A place in a text, with the lines a reader needs to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub start: Position,
    pub end: Position,
    /// The lines from `start.line` to `end.line`, at most a few, unsanitized.
    pub excerpt: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPlace {
    pub path: RepoPath,
    pub place: Option<Place>,
    pub message: String,
}

/// What formats say of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleNote {
    pub summary: &'static str,
    pub promises: &'static [&'static str],
    pub level: Level,
    /// As Markdown. Empty for what only the manual of workflow files explains.
    pub page: &'static str,
}

impl Report {
    /// The findings that fail a judged gate.
    pub fn denied(&self) -> impl Iterator<Item = &ReportFinding> {
        self.findings.iter().filter(|finding| finding.denies())
    }
}

impl GateReport {
    /// The documents that it lacks, each with the deliverable that it would be.
    pub fn missing(&self) -> impl Iterator<Item = (&DeliverableReport, &DutyReport)> {
        let owed = self.deliverables.iter().filter(|row| !row.optional);
        owed.flat_map(|row| {
            row.duties.iter().filter(|duty| !duty.done).map(move |duty| (row, duty))
        })
    }
}

impl DutyReport {
    /// What its subject is called, for people and in paths.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.subject, &self.slug].into_iter().flatten().map(String::as_str)
    }
}

impl ReportFinding {
    pub fn counted(&self) -> bool {
        self.standing == Standing::Counted
    }

    /// Whether a waiver could name it: it belongs to a workflow and says what it is about.
    pub fn can_be_waived(&self) -> bool {
        !self.workflow.is_empty() && !self.subject.is_empty()
    }

    pub fn denies(&self) -> bool {
        self.counted() && self.level == Level::Deny
    }
}

impl AgreementStanding {
    pub fn word(self) -> &'static str {
        match self {
            AgreementStanding::Agreed => "agreed",
            AgreementStanding::Nothing => "none",
            AgreementStanding::Unknown => "not-judged",
        }
    }
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::NotDue => "not-due",
            Verdict::None => "none",
        }
    }
}

impl GateVerdict {
    pub fn word(self) -> &'static str {
        match self {
            GateVerdict::Holds => "holds",
            GateVerdict::Fails => "fails",
            GateVerdict::Blocked => "blocked",
            GateVerdict::NotStarted => "not-started",
            GateVerdict::NotJudged => "not-judged",
            GateVerdict::Skipped => "skipped",
        }
    }
}
