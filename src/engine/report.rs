//! From judged projects to the report.

use std::collections::{BTreeMap, BTreeSet};

use super::evaluate::{self, Judged};
use super::load::Loaded;
use super::places::Places;
use super::settings::Settings;
use super::{Request, Through, fingerprint, gates, grouped, policy};
use crate::base::{Failure, Level};
use crate::project::Project;
use crate::report::{
    GateName, GateReport, GateVerdict, RelatedPlace, Report, ReportFinding, RuleNote, Standing,
    Verdict, WorkflowReport,
};
use crate::rules::{self, promises};
use crate::source::Source;

/// Judges what was loaded and tells it.
///
/// # Errors
/// The gate that was asked for does not exist, or no gate was begun.
pub fn report(source: &dyn Source, request: &Request, loaded: &Loaded) -> Result<Report, Failure> {
    let projects = loaded.projects.iter().map(|followed| &followed.project);
    let mut places = Places::new(projects, &loaded.config.file);
    let mut report =
        Report { source: source.label(), notes: loaded.notes.clone(), ..Report::default() };
    let mut used = vec![false; loaded.config.waivers.len()];
    let followed = loaded.projects.iter().map(|followed| &*followed.project.workflow.id);
    request.through.check(&followed.collect::<BTreeSet<_>>())?;
    for followed in &loaded.projects {
        let project = &followed.project;
        let judged = request.through.judged(project)?;
        let settings = Settings::new(loaded, followed, request.today);
        let found = evaluate::evaluate(project, &followed.ledger, &settings, &judged, &mut used);
        let gates = gates::verdicts(project, &settings, &judged, &found);
        let found = found.into_iter().map(|one| tell(project, one, &mut places)).collect();
        report.findings.extend(grouped::group(project, found));
        report.documents += project.artifacts.iter().filter(|one| one.facts().is_some()).count();
        let (id, title) = (project.workflow.id.clone(), project.workflow.title.clone());
        report.workflows.push(WorkflowReport { id, title, root: project.root.clone(), gates });
    }
    let policy = policy::judge(request, loaded, source.kind(), &used, &mut places);
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

/// A finding as people read it: places instead of spans.
fn tell(project: &Project, one: Judged, places: &mut Places<'_>) -> ReportFinding {
    let Judged { rule, level, finding, gate, gates, standing } = one;
    let name = |(iteration, phase): (usize, usize)| GateName {
        phase: project.workflow.phases[phase].id.clone(),
        iteration: project.iterations[iteration].id.clone(),
    };
    let also = gates.into_iter().filter(|other| Some(*other) != gate).map(name).collect();
    let gate = gate.map(name);
    let place = places.place(&finding.path, finding.span);
    let text = place.as_ref().map(|place| place.excerpt.join(" ")).unwrap_or_default();
    let about = about(project, &finding.path);
    let related = finding.related.into_iter().map(|other| RelatedPlace {
        place: places.place(&other.path, other.span),
        path: other.path,
        message: other.message,
    });
    ReportFinding {
        rule: rule.id,
        level,
        fingerprint: fingerprint(rule.id, &about, &finding.subject, &text),
        related: related.collect(),
        promises: protected(rule, finding.promises),
        message: finding.message,
        help: finding.help,
        subject: finding.subject,
        place,
        workflow: project.workflow.id.clone(),
        iteration: gate.as_ref().map(|gate| gate.iteration.clone()),
        phase: gate.map(|gate| gate.phase),
        also,
        standing,
        path: finding.path,
    }
}

/// The requirements that a finding names, else all that its rule protects.
pub fn protected(rule: &rules::Rule, own: Vec<String>) -> Vec<String> {
    if own.is_empty() { rule.promises.iter().map(|id| (*id).to_owned()).collect() } else { own }
}

/// What a file is in the project, which a move does not change: the deliverable and its captures,
/// else its path.
fn about(project: &Project, path: &crate::base::RepoPath) -> String {
    let found = project.artifacts.binary_search_by(|artifact| artifact.path.cmp(path));
    let artifact = found.ok().map(|id| &project.artifacts[id]);
    match artifact.and_then(|artifact| Some((artifact, project.deliverable(artifact)?))) {
        Some((artifact, deliverable)) => {
            let captures: Vec<&str> = artifact.captures.values().map(|value| &**value).collect();
            format!("{}/{}", deliverable.id, captures.join("/"))
        }
        None => path.to_string(),
    }
}

/// What counts comes first, then by place.
fn sort(findings: &mut [ReportFinding]) {
    let key = |one: &ReportFinding| {
        let start = one.place.as_ref().map(|place| place.start);
        let rank = match one.standing {
            Standing::Counted => 0,
            Standing::Later => 1,
            Standing::Waived(_) => 2,
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
