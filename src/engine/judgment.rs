//! What is said of everything that was loaded, as people read it.

use std::collections::BTreeSet;

use super::evaluate::{self, Evaluated, Judged};
use super::load::Loaded;
use super::places::Places;
use super::settings::Settings;
use super::{Request, baseline, fingerprint, policy};
use crate::base::{Failure, Level, RepoPath};
use crate::project::Project;
use crate::report::{GateName, RelatedPlace, ReportFinding, Standing};
use crate::rules;
use crate::source::Source;
use crate::workflow::Workflow;

/// What is said of everything that was loaded.
pub struct Judgment {
    /// One for each project.
    pub projects: Vec<Said>,
    pub policy: Vec<ReportFinding>,
    /// What could not be judged, and how to make it so.
    pub note: Option<String>,
}

/// What is said of one project.
pub struct Said {
    /// For each stage, whether its gate is judged.
    pub judged: Vec<bool>,
    pub told: Vec<Told>,
    /// What is said of gates that nobody asked for or began, and of skipped ones. Reports leave it
    /// out.
    pub closed: Vec<ReportFinding>,
}

/// A finding as people read it, with every gate it belongs to that is judged or begun.
pub struct Told {
    pub finding: ReportFinding,
    pub gates: Vec<(usize, usize)>,
    /// The baseline knew it, until it was repaired.
    pub was_known: bool,
}

/// Judges what was loaded, with policy and baseline of the tree that governs.
///
/// # Errors
/// The gate that was asked for does not exist, or the history cannot be read.
pub fn judge(
    source: &dyn Source,
    governing: &dyn Source,
    request: &Request,
    loaded: &Loaded,
) -> Result<Judgment, Failure> {
    let all = || loaded.projects.iter().map(|followed| &followed.project);
    let mut places = Places::new(all(), loaded.config.files());
    let mut used = vec![false; loaded.config.waivers.len() + loaded.comments.waivers.len()];
    let followed = loaded.projects.iter().map(|followed| &*followed.project.workflow.id);
    request.through.check(&followed.collect::<BTreeSet<_>>())?;
    let mut projects = Vec::new();
    for followed in &loaded.projects {
        let project = &followed.project;
        let judged = request.through.judged(project)?;
        let settings = Settings::new(loaded, followed, request.today);
        let Evaluated { open, closed } =
            evaluate::evaluate(project, &followed.ledger, &settings, &judged, &mut used);
        let told = open.into_iter().map(|one| tell(project, one, &mut places)).collect();
        let closed = closed.into_iter().map(|one| tell(project, one, &mut places).finding);
        projects.push(Said { judged, told, closed: closed.collect() });
    }
    let note = baseline::apply(governing, loaded, &mut projects, &mut places)?;
    if let Some(proposal) = &loaded.proposal {
        // What the judged tree says of itself is shown as it stands there.
        places = Places::new(all(), &proposal.files);
    }
    let unmatched = baseline::unmatched(source, request, loaded, &projects);
    let policy = policy::judge(request, loaded, source.kind(), &used, &unmatched, &mut places);
    Ok(Judgment { projects, policy, note })
}

impl Told {
    /// Whether it fails the gates it belongs to, were they judged.
    pub fn denies(&self) -> bool {
        let excused = matches!(self.finding.standing, Standing::Waived(_) | Standing::Known);
        self.finding.level == Level::Deny && !excused
    }

    /// Whether it would fail the gates it belongs to, were it not known.
    pub fn is_forgiven(&self) -> bool {
        self.finding.level == Level::Deny && self.finding.standing == Standing::Known
    }
}

/// A finding as people read it: places instead of spans.
fn tell(project: &Project, one: Judged, places: &mut Places<'_>) -> Told {
    let Judged { rule, level, finding, gate, gates, standing } = one;
    let name = |(iteration, phase): (usize, usize)| GateName {
        phase: project.workflow.phases[phase].id.clone(),
        iteration: project.iterations[iteration].id.clone(),
    };
    let also = gates.iter().copied().filter(|other| Some(*other) != gate).map(name).collect();
    let gate = gate.map(name);
    let place = places.place(&finding.path, finding.span);
    // What speaks of several things stays the same when the first of them is mended.
    let told = place.as_ref().filter(|_| finding.members.is_empty());
    let text = told.map(|place| place.excerpt.join(" ")).unwrap_or_default();
    let about = about(project, &finding.path);
    let related = finding.related.into_iter().map(|other| RelatedPlace {
        place: places.place(&other.path, other.span),
        path: other.path,
        message: other.message,
    });
    let finding = ReportFinding {
        rule: rule.id,
        level,
        fingerprint: fingerprint(rule.id, &about, &finding.subject, &text),
        related: related.collect(),
        promises: protected(rule, finding.promises, Some(&project.workflow)),
        message: finding.message,
        help: finding.help,
        subject: finding.subject,
        members: finding.members,
        place,
        workflow: project.workflow.id.clone(),
        iteration: gate.as_ref().map(|gate| gate.iteration.clone()),
        phase: gate.map(|gate| gate.phase),
        also,
        standing,
        path: finding.path,
    };
    Told { finding, gates, was_known: false }
}

/// The requirements that a finding names, else those that its rule protects: of several the ones
/// that belong to the workflow, by the family of its deliverables' promises (`S4` of `S4.3`).
pub fn protected(rule: &rules::Rule, own: Vec<String>, workflow: Option<&Workflow>) -> Vec<String> {
    if !own.is_empty() {
        return own;
    }
    let family = |id: &str| id.split('.').next().unwrap_or("").to_owned();
    let families: Vec<String> = workflow
        .into_iter()
        .flat_map(Workflow::deliverables)
        .map(|(.., one)| family(&one.promise))
        .collect();
    let belongs = |id: &&&str| families.contains(&family(id));
    let mut found: Vec<&&str> = rule.promises.iter().filter(belongs).collect();
    if found.is_empty() {
        found = rule.promises.iter().collect();
    }
    found.into_iter().map(|id| (*id).to_owned()).collect()
}

/// What a file is in the project, which a move does not change: the deliverable and its captures,
/// else its path.
fn about(project: &Project, path: &RepoPath) -> String {
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
