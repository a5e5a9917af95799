//! One line for each kind of document that the phase in work still misses.

use std::collections::BTreeMap;

use crate::base::words::{count, few};
use crate::project::{DutyState, Project, Subject, stages};
use crate::report::{RelatedPlace, ReportFinding};

const RULE: &str = "missing-deliverable";
/// How many features or roles the line names.
const NAMED: usize = 5;

/// Puts missing per-feature and per-role deliverables of each iteration's furthest phase
/// together: while people are working on it, one line says how far they are. The places of the
/// others are kept as related ones.
pub fn group(project: &Project, found: Vec<ReportFinding>) -> Vec<ReportFinding> {
    let mut groups: BTreeMap<(usize, usize, usize), Vec<ReportFinding>> = BTreeMap::new();
    let mut kept = Vec::new();
    for finding in found {
        match place_in_work(project, &finding) {
            Some(place) => groups.entry(place).or_default().push(finding),
            None => kept.push(finding),
        }
    }
    for (place, mut same) in groups {
        match same.len() {
            1 => kept.append(&mut same),
            _ => kept.extend(merge(project, place, same)),
        }
    }
    kept
}

/// The iteration, phase and deliverable of a missing document, where that phase is in work.
fn place_in_work(project: &Project, finding: &ReportFinding) -> Option<(usize, usize, usize)> {
    let (id, _subject) = finding.subject.split_once('/').filter(|_| finding.rule == RULE)?;
    finding.counted().then_some(())?;
    let iteration =
        project.iterations.iter().position(|one| Some(&one.id) == finding.iteration.as_ref())?;
    let phase = project.workflow.phase(finding.phase.as_deref()?)?;
    let deliverables = &project.workflow.phases[phase].deliverables;
    let index = deliverables.iter().position(|one| one.id == id)?;
    let in_work = stages::furthest(project, iteration).contains(&phase);
    in_work.then_some((iteration, phase, index))
}

fn merge(
    project: &Project,
    (iteration, phase, index): (usize, usize, usize),
    same: Vec<ReportFinding>,
) -> Option<ReportFinding> {
    let deliverable = &project.workflow.phases[phase].deliverables[index];
    let due = project.due(iteration, phase).iter();
    let duties = due.filter(|duty| duty.deliverable == index);
    let (mut done, mut all, mut noun) = (0, 0, ("role", "roles"));
    for duty in duties {
        all += 1;
        done +=
            usize::from(!matches!(duty.state, DutyState::Missing { .. } | DutyState::Uncovered(_)));
        if let Subject::Feature(_) = duty.subject {
            let subjects = &project.workflow.subjects;
            noun = (&subjects.name, &subjects.plural);
        }
    }
    let names: Vec<String> = same.iter().map(|one| name(project, &one.subject)).collect();
    let subjects: Vec<String> = same.iter().map(|one| one.subject.clone()).collect();
    let mut same = same.into_iter();
    let mut first = same.next()?;
    first.message = format!(
        "{}: {done} of {}; missing for {}",
        deliverable.title,
        count(all, noun.0, noun.1),
        few(&names, NAMED)
    );
    first.subject = subjects.join(", ");
    first.related.extend(same.zip(&names[1..]).map(|(other, name)| RelatedPlace {
        message: format!("missing for {name}"),
        path: other.path,
        place: None,
    }));
    Some(first)
}

/// How people call the feature or the role in the subject of a finding.
fn name(project: &Project, subject: &str) -> String {
    let owner = subject.split_once('/').map_or(subject, |(_, owner)| owner);
    let feature = project.features.iter().find(|feature| feature.slug == owner);
    let role = || Some(format!("the {}", project.workflow.role(owner)?.title));
    feature.map(|feature| feature.name.clone()).or_else(role).unwrap_or_else(|| owner.to_owned())
}
