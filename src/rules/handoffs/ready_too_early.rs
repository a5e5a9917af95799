use std::collections::HashMap;

use crate::base::words::few;
use crate::base::{Level, Span};
use crate::facts::{BlockKind, CheckState};
use crate::finding::Finding;
use crate::project::plan::{Given, Order, Progress, latest};
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "ready-too-early",
    summary: "a handoff says that a task can begin whose predecessors are not complete",
    promises: &["S4.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/ready-too-early.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let given = project.handoffs();
    let (order, done) = (Order::of(project), latest(&given));
    for one in &given {
        // Of a task that was handed over by now it is said there who went ahead.
        let waiting = |(task, _): &(FeatureId, Span)| !done.contains_key(task);
        for (task, place) in ready(project, one).into_iter().filter(waiting) {
            let open: Vec<FeatureId> = order
                .before(task)
                .into_iter()
                .filter(|before| !is_complete(project, &done, *before))
                .collect();
            let names: Vec<&str> = open.iter().map(|&id| &*project.features[id].name).collect();
            let name = &project.features[task].name;
            if names.is_empty() {
                continue;
            }
            let verb = if names.len() == 1 { "is" } else { "are" };
            let told = few(&names, 4);
            let message = format!(
                "this says that {name} can begin, but {told}, which must come first, {verb} not complete"
            );
            let mut finding = Finding::at(&one.artifact.path, place, message)
                .help("take it out until the handoffs of what comes first say 100 % and pass")
                .subject(format!("ready for {name}"));
            for before in open.iter().filter_map(|before| done.get(before)) {
                let place = before.handoff.completion.unwrap_or(before.handoff.place);
                finding = finding.related(&before.artifact.path, Some(place), "not complete here");
            }
            out.push(finding);
        }
    }
}

fn is_complete(project: &Project, done: &HashMap<FeatureId, Given<'_>>, task: FeatureId) -> bool {
    done.get(&task).is_some_and(|one| one.progress(project) == Progress::Complete)
}

/// The tasks that a handoff says can begin, each with its line. What an open box holds is still to
/// come.
fn ready(project: &Project, one: &Given<'_>) -> Vec<(FeatureId, Span)> {
    let mut found = Vec::new();
    for (text, place) in lines(one) {
        let mut named = project.names.named_in(text);
        named.extend(project.named_first(text));
        named.sort_unstable();
        named.dedup();
        found.extend(named.into_iter().map(|task| (task, place)));
    }
    found
}

/// The lines of what a handoff is ready for.
pub(super) fn lines<'p>(one: &Given<'p>) -> Vec<(&'p str, Span)> {
    let Some(ready) = one.handoff.ready_for else { return Vec::new() };
    let facts = one.facts;
    let open = |place: Span| {
        let mut open = facts.checks.iter().filter(|item| item.state != CheckState::Done);
        open.any(|item| item.mark.to(item.text).covers(place) || place.covers(item.mark))
    };
    let blocks = facts.blocks_in(ready).map(|(_, block)| block);
    let texts = blocks.filter(|block| matches!(block.kind, BlockKind::Item | BlockKind::Paragraph));
    let mut found: Vec<(&str, Span)> = Vec::new();
    for block in texts {
        let own = facts.own_text(block);
        if !own.is_empty() && !open(block.span) {
            found.push((facts.text_of(own), own));
        }
    }
    if found.is_empty() && facts.blocks_in(ready).next().is_none() {
        found.push((facts.text_of(ready), ready));
    }
    found
}
