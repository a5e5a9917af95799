//! The report for programs. The shape is a promise: fields are added, never changed, under one
//! `schema` number. What has no value is left out.

use std::borrow::Cow;

use serde::Serialize;

use super::agreements::AgreementJson;
use super::sanitize::clean;
use crate::base::{Failure, Level};
use crate::report::{GateName, GateReport, Place, RelatedPlace, Report, ReportFinding, Standing};

/// The number of the shape.
pub const SCHEMA: u32 = 1;

pub fn render(report: &Report) -> String {
    let workflows = report.workflows.iter().map(|workflow| WorkflowJson {
        id: clean(&workflow.id),
        title: clean(&workflow.title),
        root: clean(workflow.root.as_str()),
        phases: workflow.gates.iter().map(PhaseJson::of).collect(),
        agreements: workflow.agreements.iter().map(AgreementJson::of).collect(),
    });
    write(&ReportJson {
        schema: SCHEMA,
        source: clean(&report.source),
        verdict: report.verdict.word(),
        workflows: workflows.collect(),
        findings: report.findings.iter().map(FindingJson::of).collect(),
        notes: report.notes.iter().map(|note| clean(note)).collect(),
        examined: Examined { documents: report.documents },
    })
}

/// Why there is no verdict.
pub fn failure(failure: &Failure) -> String {
    let place = failure.place.as_ref().map(|place| PlaceJson {
        path: clean(place.path.as_str()),
        line: place.position.line,
        column: place.position.column,
    });
    let message = failure.to_string();
    let error = ErrorJson { message: clean(&message), help: clean(&failure.help), place };
    write(&FailureJson { schema: SCHEMA, verdict: "none", error })
}

/// One line of JSON.
pub fn write(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct ReportJson<'r> {
    schema: u32,
    source: Cow<'r, str>,
    verdict: &'static str,
    workflows: Vec<WorkflowJson<'r>>,
    findings: Vec<FindingJson<'r>>,
    notes: Vec<Cow<'r, str>>,
    examined: Examined,
}

#[derive(Serialize)]
struct Examined {
    documents: usize,
}

#[derive(Serialize)]
struct WorkflowJson<'r> {
    id: Cow<'r, str>,
    title: Cow<'r, str>,
    root: Cow<'r, str>,
    phases: Vec<PhaseJson<'r>>,
    agreements: Vec<AgreementJson>,
}

#[derive(Serialize)]
struct PhaseJson<'r> {
    id: Cow<'r, str>,
    iteration: Cow<'r, str>,
    title: Cow<'r, str>,
    verdict: &'static str,
    judged: bool,
    subjects: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<Cow<'r, str>>,
}

impl<'r> PhaseJson<'r> {
    fn of(gate: &'r GateReport) -> Self {
        Self {
            id: clean(&gate.phase),
            iteration: clean(&gate.iteration),
            title: clean(&gate.title),
            verdict: gate.verdict.word(),
            judged: gate.judged,
            subjects: gate.subjects,
            because: gate.because.as_deref().map(clean),
        }
    }
}

#[derive(Serialize)]
struct FindingJson<'r> {
    rule: &'static str,
    level: Level,
    message: Cow<'r, str>,
    help: Cow<'r, str>,
    promises: Vec<Cow<'r, str>>,
    subject: Cow<'r, str>,
    path: Cow<'r, str>,
    #[serde(flatten)]
    range: Option<Range>,
    #[serde(skip_serializing_if = "str::is_empty")]
    workflow: Cow<'r, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<Cow<'r, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iteration: Option<Cow<'r, str>>,
    /// Other gates that it stands in as well.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<GateJson<'r>>,
    counted: bool,
    waived: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Cow<'r, str>>,
    related: Vec<RelatedJson<'r>>,
    fingerprint: Cow<'r, str>,
}

impl<'r> FindingJson<'r> {
    fn of(finding: &'r ReportFinding) -> Self {
        let (because, reason) = match &finding.standing {
            Standing::Counted => (None, None),
            Standing::Later => (Some("later"), None),
            Standing::Waived(reason) => (Some("waived"), Some(clean(reason))),
            Standing::Known => (Some("known"), None),
        };
        Self {
            rule: finding.rule,
            level: finding.level,
            message: clean(&finding.message),
            help: clean(&finding.help),
            promises: finding.promises.iter().map(|promise| clean(promise)).collect(),
            subject: clean(&finding.subject),
            path: clean(finding.path.as_str()),
            range: finding.place.as_ref().map(Range::of),
            workflow: clean(&finding.workflow),
            phase: finding.phase.as_deref().map(clean),
            iteration: finding.iteration.as_deref().map(clean),
            also: finding.also.iter().map(GateJson::of).collect(),
            counted: finding.counted(),
            waived: matches!(finding.standing, Standing::Waived(_)),
            because,
            reason,
            related: finding.related.iter().map(RelatedJson::of).collect(),
            fingerprint: clean(&finding.fingerprint),
        }
    }
}

#[derive(Serialize)]
struct GateJson<'r> {
    phase: Cow<'r, str>,
    iteration: Cow<'r, str>,
}

impl<'r> GateJson<'r> {
    fn of(gate: &'r GateName) -> Self {
        Self { phase: clean(&gate.phase), iteration: clean(&gate.iteration) }
    }
}

#[derive(Serialize)]
struct Range {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl Range {
    fn of(place: &Place) -> Self {
        Self {
            line: place.start.line,
            column: place.start.column,
            end_line: place.end.line,
            end_column: place.end.column,
        }
    }
}

#[derive(Serialize)]
struct RelatedJson<'r> {
    path: Cow<'r, str>,
    #[serde(flatten)]
    range: Option<Range>,
    message: Cow<'r, str>,
}

impl<'r> RelatedJson<'r> {
    fn of(related: &'r RelatedPlace) -> Self {
        Self {
            path: clean(related.path.as_str()),
            range: related.place.as_ref().map(Range::of),
            message: clean(&related.message),
        }
    }
}

#[derive(Serialize)]
struct FailureJson<'f> {
    schema: u32,
    verdict: &'static str,
    error: ErrorJson<'f>,
}

#[derive(Serialize)]
struct ErrorJson<'f> {
    message: Cow<'f, str>,
    help: Cow<'f, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<PlaceJson<'f>>,
}

#[derive(Serialize)]
struct PlaceJson<'f> {
    path: Cow<'f, str>,
    line: u32,
    column: u32,
}
