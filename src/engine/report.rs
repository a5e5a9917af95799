//! From judged projects to the report.

use std::collections::{BTreeMap, HashMap};

use super::judgment::{Judgment, Said};
use super::known::Known;
use super::load::Loaded;
use super::settings::Settings;
use super::{Request, Through, gates, grouped};
use crate::base::{Failure, Level, RepoPath};
use crate::ledger::{self, Ledger};
use crate::project::Project;
use crate::report::{
    AgreementReport, AgreementStanding, GateReport, GateVerdict, Report, ReportFinding, RuleNote,
    Standing, Verdict, WorkflowReport,
};
use crate::rules::{self, promises};
use crate::source::Source;

/// Tells how what was loaded is judged.
///
/// # Errors
/// No gate was begun.
pub fn report(
    source: &dyn Source,
    request: &Request,
    loaded: &Loaded,
    judgment: Judgment,
    mut known: Known,
) -> Result<Report, Failure> {
    let mut report =
        Report { source: source.label(), notes: loaded.notes.clone(), ..Report::default() };
    report.notes.extend(known.note.take());
    let Judgment { projects, mut policy, note } = judgment;
    report.notes.extend(note);
    for (followed, Said { judged, mut told, .. }) in loaded.projects.iter().zip(projects) {
        let project = &followed.project;
        for one in told.iter_mut().map(|one| &mut one.finding).filter(|one| one.counted()) {
            if known.forgives(&project.root, &one.fingerprint, &one.members) {
                one.standing = Standing::Known;
            }
        }
        let settings = Settings::new(loaded, followed, request.today);
        let denying = told.iter().filter(|one| one.denies());
        let denied = denying.flat_map(|one| one.gates.iter().copied()).collect();
        let mut forgiven: HashMap<(usize, usize), usize> = HashMap::new();
        for gate in told.iter().filter(|one| one.is_forgiven()).flat_map(|one| &one.gates) {
            *forgiven.entry(*gate).or_default() += 1;
        }
        let gates = gates::verdicts(project, &settings, &judged, &denied, &forgiven);
        let found = told.into_iter().map(|one| one.finding).collect();
        report.findings.extend(grouped::group(project, found));
        report.documents += project.artifacts.iter().filter(|one| one.facts().is_some()).count();
        let (id, title) = (project.workflow.id.clone(), project.workflow.title.clone());
        let (root, agreements) = (project.root.clone(), agreements(project, &followed.ledger));
        report.workflows.push(WorkflowReport { id, title, root, gates, agreements });
    }
    for one in policy.iter_mut().filter(|one| one.counted()) {
        if known.forgives(&RepoPath::default(), &one.fingerprint, &one.members) {
            one.standing = Standing::Known;
        }
    }
    report.findings.extend(policy);
    sort(&mut report.findings);
    report.rules = records(&report.findings);
    let named = report.findings.iter().flat_map(|finding| &finding.promises);
    report.promises = promises::sentences(named);
    if request.through == Through::Begun {
        each_root_is_begun(&report)?;
    }
    report.verdict = verdict(&report, request)?;
    Ok(report)
}

/// What each iteration is held to, as people read it.
pub fn agreements(project: &Project, ledger: &Ledger) -> Vec<AgreementReport> {
    let told = |one: &ledger::Agreement| {
        let standing = match one.standing {
            ledger::Standing::Agreed => AgreementStanding::Agreed,
            ledger::Standing::Nothing => AgreementStanding::Nothing,
            ledger::Standing::Unknown => AgreementStanding::Unknown,
        };
        // A history that ends early may hide an earlier commit that counts instead.
        let commit = one.commit.as_ref().filter(|_| standing != AgreementStanding::Unknown);
        AgreementReport {
            iteration: project.iterations[one.iteration].id.clone(),
            commit: commit.map(|commit| commit.id.clone()),
            why: one.sentence(),
            standing,
        }
    };
    ledger.agreements.iter().map(told).collect()
}

/// What counts comes first, then by place.
fn sort(findings: &mut [ReportFinding]) {
    let key = |one: &ReportFinding| {
        let start = one.place.as_ref().map(|place| place.start);
        let rank = match one.standing {
            Standing::Counted => 0,
            Standing::Later => 1,
            Standing::Waived(_) => 2,
            Standing::Known => 3,
        };
        (rank, one.path.clone(), start, one.rule, one.message.clone())
    };
    findings.sort_by_cached_key(key);
}

fn records(findings: &[ReportFinding]) -> BTreeMap<&'static str, RuleNote> {
    let spoken = findings.iter().filter_map(|finding| rules::find(finding.rule));
    let record = |rule: &rules::Rule| RuleNote {
        summary: rule.summary,
        promises: rule.promises,
        level: rule.level,
        page: rule.page,
    };
    spoken.map(|rule| (rule.id, record(rule))).collect()
}

fn verdict(report: &Report, request: &Request) -> Result<Verdict, Failure> {
    let denied = report.findings.iter().any(|one| one.counted() && one.level == Level::Deny);
    let mut gates = report.workflows.iter().flat_map(|workflow| &workflow.gates);
    let judged = gates.any(|gate| gate.judged);
    match (denied, judged, &request.through) {
        (true, _, _) => Ok(Verdict::Fails),
        (false, true, _) => Ok(Verdict::Holds),
        (false, false, Through::Previous) => Ok(Verdict::NotDue),
        (false, false, _) => Err(nothing_begun(report)),
    }
}

/// A root in which nothing was judged is a mistake in the configuration, or was deleted.
fn each_root_is_begun(report: &Report) -> Result<(), Failure> {
    let idle = |one: &&WorkflowReport| {
        one.gates.iter().all(|gate| gate.verdict == GateVerdict::NotStarted)
    };
    match report.workflows.iter().find(idle) {
        Some(one) if report.workflows.len() > 1 => Err(Failure::new(
            format!("nothing to check under {}", one.root),
            format!("no phase of {} has begun there", one.id),
            "correct the root in gatecheck.toml, or take it out until its first document is there",
        )),
        _ => Ok(()),
    }
}

fn nothing_begun(report: &Report) -> Failure {
    let roots: Vec<&str> = report.workflows.iter().map(|one| one.root.as_str()).collect();
    let what = format!("nothing to check under {}", crate::base::words::list(&roots));
    let gates = || report.workflows.iter().flat_map(|workflow| &workflow.gates);
    let is_skipped = |gate: &&GateReport| gate.verdict == GateVerdict::Skipped;
    let why = match (gates().all(|gate| is_skipped(&gate)), gates().any(|gate| is_skipped(&gate))) {
        (true, _) => {
            let help = "take one of the skips out of the configuration";
            return Failure::new(what, "all its phases are skipped, so no gate was judged", help);
        }
        (_, true) => "no phase has begun but skipped ones, so no gate was judged",
        _ => "no phase has begun, so no gate was judged",
    };
    let first = gates().find(|gate| !is_skipped(gate));
    let wanted = first.and_then(|gate| gate.deliverables.first()).map(|row| row.expected.clone());
    let help = wanted.map_or_else(String::new, |path| format!("begin with {path}"));
    Failure::new(what, why, help)
}
