use std::collections::HashMap;

use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::project::plan::{Given, Order, Progress, latest};
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "handed-over-too-early",
    summary: "tasks were handed over before one that must come first was complete",
    promises: &["S4.1", "S4.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/handed-over-too-early.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let given = project.handoffs();
    let (order, done) = (Order::of(project), latest(&given));
    let mut after: Vec<Vec<FeatureId>> = vec![Vec::new(); project.features.len()];
    for (&task, one) in &done {
        // A handoff that is not there is missed by itself.
        for before in order.before(task) {
            let early = done.get(&before).is_some_and(|before| {
                before.progress(project) == Progress::Open || is_dated_before(one, before)
            });
            if early {
                after[before].push(task);
            }
        }
    }
    for (first, mut tasks) in after.into_iter().enumerate().filter(|(_, all)| !all.is_empty()) {
        tasks.sort_unstable();
        out.extend(finding(project, &done, first, &tasks));
    }
}

/// Whether a handoff is dated before another one.
fn is_dated_before(one: &Given<'_>, other: &Given<'_>) -> bool {
    one.date().zip(other.date()).is_some_and(|(own, other)| own < other)
}

/// One finding for what comes first, whatever went on without it.
fn finding(
    project: &Project,
    done: &HashMap<FeatureId, Given<'_>>,
    first: FeatureId,
    tasks: &[FeatureId],
) -> Option<Finding> {
    let one = done.get(&first)?;
    let name = &project.features[first].name;
    let names: Vec<&str> = tasks.iter().map(|&task| &*project.features[task].name).collect();
    let told = few(&names, 3);
    let verb = if names.len() == 1 { "comes after it, is" } else { "come after it, are" };
    let (message, place) = if one.progress(project) == Progress::Open {
        let message = format!("{name} is not complete, and {told}, which {verb} handed over");
        (message, one.failed(project).or(one.handoff.completion))
    } else {
        let were = if names.len() == 1 { "was" } else { "were" };
        let message = format!("{name} must come first, and {told} {were} handed over earlier");
        (message, one.handoff.date)
    };
    let place = place.unwrap_or(one.handoff.place);
    let mut finding = Finding::at(&one.artifact.path, place, message)
        .help("finish it and say so here, or correct the plan or the date")
        .subject(format!("{name} first"))
        .members(names.iter().map(|name| (*name).to_owned()));
    for other in tasks.iter().filter_map(|task| done.get(task)) {
        finding = finding.related(&other.artifact.path, None, "handed over here");
    }
    Some(finding)
}
