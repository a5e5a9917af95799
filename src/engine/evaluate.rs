//! What the rules say of one project, and what counts of it.

use std::collections::HashSet;

use rayon::prelude::*;

use super::settings::Settings;
use super::{attribute, lint};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::{Artifact, Project, stages};
use crate::report::Standing;
use crate::rules::{self, Check, Rule};
use crate::source::SourceKind;

/// A finding with what the engine knows of it.
#[derive(Debug)]
pub struct Judged {
    pub rule: &'static Rule,
    pub level: Level,
    pub finding: Finding,
    /// The gate it is shown under: the first judged one, else the first begun one.
    pub gate: Option<(usize, usize)>,
    /// Every gate it belongs to that is judged or begun.
    pub gates: Vec<(usize, usize)>,
    pub standing: Standing,
}

/// Everything the rules say of a project.
#[derive(Debug, Default)]
pub struct Evaluated {
    /// What is said of gates that are judged or begun, or of no gate.
    pub open: Vec<Judged>,
    /// What is said of gates that nobody asked for or began, and of skipped ones.
    pub closed: Vec<Judged>,
}

/// Judges a project by every rule.
///
/// `used` marks the waivers that cover one of them.
pub fn evaluate(
    project: &Project,
    ledger: &Ledger,
    settings: &Settings<'_>,
    judged: &[bool],
    used: &mut [bool],
) -> Evaluated {
    let phases = project.workflow.phases.len();
    let is_judged = |&(iteration, phase): &(usize, usize)| judged[iteration * phases + phase];
    let is_open = |gate: &(usize, usize)| {
        let begun = stages::is_begun(project, gate.0, gate.1);
        settings.skipped(gate.1).is_none() && (begun || is_judged(gate))
    };
    let mut evaluated = Evaluated::default();
    for (rule, mut finding) in said(project, ledger, settings) {
        let mut gates = std::mem::take(&mut finding.gates);
        if gates.is_empty() {
            gates.extend(attribute::gate(project, &finding.path, finding.span));
        }
        let all = gates.len();
        gates.retain(is_open);
        let level = settings.level(rule);
        if gates.is_empty() && all > 0 {
            let (gate, standing) = (None, Standing::Later);
            evaluated.closed.push(Judged { rule, level, finding, gate, gates, standing });
            continue;
        }
        let counted = gates.iter().find(|gate| is_judged(gate)).copied();
        let standing = match settings.waiver(rule.id, &finding) {
            Some((waiver, reason)) => {
                used[waiver] = true;
                Standing::Waived(reason)
            }
            None if counted.is_none() && !gates.is_empty() => Standing::Later,
            None => Standing::Counted,
        };
        let gate = counted.or(gates.first().copied());
        if let Some((path, span)) = settings.level_line(rule) {
            finding = finding.related(path, Some(span), "its level is set here");
        }
        evaluated.open.push(Judged { rule, level, finding, gate, gates, standing });
    }
    evaluated
}

/// What every rule that is not off says, in no particular order.
fn said(
    project: &Project,
    ledger: &Ledger,
    settings: &Settings<'_>,
) -> Vec<(&'static Rule, Finding)> {
    // Some documents and some rules take a hundred times as long as others, so that each is a
    // task of its own, and both kinds fill each other's gaps.
    let of_artifacts = || -> Vec<(&'static Rule, Finding)> {
        let artifacts = project.artifacts.par_iter().with_max_len(1);
        artifacts.flat_map_iter(|artifact| of_artifact(artifact, project)).collect()
    };
    let of_project = || -> Vec<(&'static Rule, Finding)> {
        let rules = rules::all().collect::<Vec<_>>().into_par_iter().with_max_len(1);
        rules.flat_map_iter(|rule| of_rule(rule, project, ledger)).collect()
    };
    let (mut found, more) = rayon::join(of_artifacts, of_project);
    found.extend(more);
    found.retain(|(rule, _)| settings.level(rule) != Level::Off);
    without_echoes(found)
}

/// What a rule says of a project as a whole.
fn of_rule(
    rule: &'static Rule,
    project: &Project,
    ledger: &Ledger,
) -> impl Iterator<Item = (&'static Rule, Finding)> {
    let mut found = Vec::new();
    match rule.check {
        Check::Project(check) => check(project, &mut found),
        Check::Ledger(check) => check(ledger, project, &mut found),
        Check::WorkingTree(check) if project.view == SourceKind::WorkingTree => {
            check(project, &mut found);
        }
        _ => {}
    }
    found.into_iter().map(move |finding| (rule, finding))
}

/// Leaves out what rules miss in a document or under a heading that says nothing, once a rule says
/// just that. What is wrong with the file stays.
fn without_echoes(found: Vec<(&'static Rule, Finding)>) -> Vec<(&'static Rule, Finding)> {
    let is_hole = |rule: &Rule| [rules::EMPTY_DOCUMENT, rules::EMPTY_SECTION].contains(&rule.id);
    let mut documents = HashSet::new();
    let mut headings = HashSet::new();
    for (rule, finding) in found.iter().filter(|(rule, _)| is_hole(rule)) {
        match rule.id {
            rules::EMPTY_DOCUMENT => documents.insert(finding.path.clone()),
            _ => headings.insert((finding.path.clone(), finding.span.map(|span| span.end))),
        };
    }
    let mut found = found;
    found.retain(|(rule, finding)| {
        let Some(span) = finding.span.filter(|_| !is_hole(rule)) else { return true };
        let heading = (finding.path.clone(), Some(span.end));
        !documents.contains(&finding.path) && !headings.contains(&heading)
    });
    found
}

/// What the rules that look at one artifact say of it. The text of a file that is no deliverable
/// is nobody's promise, so only rules of artifacts see it.
fn of_artifact(artifact: &Artifact, project: &Project) -> Vec<(&'static Rule, Finding)> {
    let mut found = Vec::new();
    if let (Some(facts), Some(_)) = (artifact.facts(), artifact.deliverable) {
        for (rule, text) in lint::said(facts) {
            let finding = Finding::at(&artifact.path, text.span, text.message);
            found.push((rule, finding.help(text.help).subject(text.subject)));
        }
    }
    for rule in rules::all() {
        let Check::Artifact(kinds, check) = rule.check else { continue };
        if kinds.is_empty() || kinds.contains(&artifact.kind) {
            let mut of_rule = Vec::new();
            check(artifact, project, &mut of_rule);
            found.extend(of_rule.into_iter().map(|finding| (rule, finding)));
        }
    }
    found
}
