//! JUnit XML, for the list of tests that a CI shows: a suite for each gate, in it a case for each
//! deliverable and owner, and one for each rule that speaks of something else.
//!
//! Nobody owns the format. What is written here is what Jenkins, GitLab and GitHub's test
//! reporters have in common; only what denies is a failure.

mod suite;

use std::collections::HashMap;

use super::gates::{self, Group, Owner};
use super::sanitize::{clean, clipped};
use super::sentence::of_failure;
use super::{concise, paths};
use crate::base::Failure;
use crate::report::{
    DeliverableReport, DutyReport, GateReport, GateVerdict, Report, ReportFinding, Verdict,
};
use suite::{Case, Suite};

/// The longest text of a document, in characters.
const CLIP: usize = 600;
/// The case of a gate as a whole.
const GATE: &str = "gate";

pub fn render(report: &Report) -> String {
    let groups = gates::groups(report);
    let mut suites = Vec::new();
    for group in groups.iter().filter(|group| matches!(group.owner, Owner::Policy)) {
        suites.push(other(report, group));
    }
    for workflow in &report.workflows {
        for gate in &workflow.gates {
            let own = groups.iter().find(|group| group.is_of(gate));
            let title = gates::title(report, workflow, gate);
            suites.push(of_gate(title, gate, own.map_or(&[][..], |group| &group.findings)));
        }
    }
    for group in groups.iter().filter(|group| matches!(group.owner, Owner::NoPhase)) {
        suites.push(other(report, group));
    }
    if suites.is_empty() {
        let mut case = Case::new(gates::verdict(report));
        if report.verdict == Verdict::NotDue {
            case.skip(gates::verdict(report));
        }
        suites.push(Suite::new("gatecheck".to_owned(), vec![case]));
    }
    suite::write(suites)
}

pub fn failure(failure: &Failure) -> String {
    let mut case = Case::new("verdict".to_owned());
    case.break_off(of_failure(failure, CLIP));
    suite::write(vec![Suite::new("gatecheck".to_owned(), vec![case])])
}

fn of_gate(title: String, gate: &GateReport, findings: &[&ReportFinding]) -> Suite {
    let begun =
        matches!(gate.verdict, GateVerdict::Holds | GateVerdict::Fails | GateVerdict::Blocked);
    let because = gate.because.as_ref().map(|because| clipped(because, CLIP));
    let mut whole = Case::new(GATE.to_owned());
    if !begun || !gate.judged {
        let verdict = if begun { "not judged in this run" } else { gate.verdict.word() };
        let verdict = verdict.replace('-', " ");
        whole.skip(match because {
            Some(because) if gate.verdict == GateVerdict::Skipped => because,
            Some(because) => format!("{verdict}: {because}"),
            None => verdict,
        });
        return Suite::new(title, vec![whole]);
    }
    let mut cases = Cases::default();
    let mut missing: Vec<String> = Vec::new();
    for deliverable in &gate.deliverables {
        for duty in deliverable.duties.iter().filter(|duty| duty.done || !deliverable.optional) {
            let name = name(deliverable, duty);
            cases.named(&name).file = Some(clean(duty.path.as_str()).into());
            missing.extend((!duty.done).then_some(name));
        }
    }
    for finding in findings {
        let names = cases_of(gate, finding);
        if names.is_empty() {
            cases.tell(finding.rule, finding);
        }
        for name in names {
            cases.tell(&name, finding);
        }
    }
    for name in missing {
        let case = cases.named(&name);
        if !case.fails() {
            case.skip("missing, and nothing that counts says so: waived or known".to_owned());
        }
    }
    match gate.verdict {
        GateVerdict::Blocked => whole.skip(because.unwrap_or_default()),
        GateVerdict::Fails if !cases.all.iter().any(Case::fails) => {
            let why = "what fails it is told under another gate".to_owned();
            whole.fail("gate", why.clone(), &why);
        }
        _ if cases.all.is_empty() => {}
        _ => return Suite::new(title, cases.all),
    }
    cases.all.push(whole);
    Suite::new(title, cases.all)
}

/// Findings of no gate: by rules, and by documents where those are judged on their own.
fn other(report: &Report, group: &Group<'_>) -> Suite {
    let mut cases = Cases::default();
    for finding in &group.findings {
        match report.workflows.is_empty() {
            true => cases.tell(&clean(paths::plain(finding.path.as_str())), finding),
            false => cases.tell(finding.rule, finding),
        }
    }
    let title = match group.title(report) {
        title if title.is_empty() => "Documents".to_owned(),
        title => title,
    };
    Suite::new(title, cases.all)
}

/// The cases that a finding is told in: those of the documents that it is about, or that it says
/// are missing.
fn cases_of(gate: &GateReport, finding: &ReportFinding) -> Vec<String> {
    let is_missing = |duty: &DutyReport| {
        let mut others = finding.related.iter().map(|related| &related.path);
        finding.place.is_none() && !duty.done && others.any(|path| *path == duty.path)
    };
    let all =
        gate.deliverables.iter().flat_map(|one| one.duties.iter().map(move |duty| (one, duty)));
    let about = all.filter(|(_, duty)| finding.path == duty.path || is_missing(duty));
    let mut names: Vec<String> = about.map(|(one, duty)| name(one, duty)).collect();
    names.dedup();
    names
}

fn name(deliverable: &DeliverableReport, duty: &DutyReport) -> String {
    match &duty.subject {
        Some(subject) => clipped(&format!("{}: {subject}", deliverable.title), CLIP),
        None => clipped(&deliverable.title, CLIP),
    }
}

/// Cases in the order in which they are named first.
#[derive(Default)]
struct Cases {
    all: Vec<Case>,
    places: HashMap<String, usize>,
}

impl Cases {
    fn named(&mut self, name: &str) -> &mut Case {
        let next = self.all.len();
        let place = *self.places.entry(name.to_owned()).or_insert(next);
        if place == next {
            self.all.push(Case::new(name.to_owned()));
        }
        &mut self.all[place]
    }

    fn tell(&mut self, name: &str, finding: &ReportFinding) {
        let line = concise::line(finding);
        let case = self.named(name);
        case.file.get_or_insert_with(|| clean(paths::plain(finding.path.as_str())).into_owned());
        if finding.denies() {
            case.fail(finding.rule, clipped(&finding.message, CLIP), &line);
        } else {
            case.remark(&line);
        }
    }
}
