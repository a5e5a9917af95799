use super::share;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::plan::{Assigned, Order, Target, agents};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "assignments-disagree",
    summary: "two places say different things about who does a task",
    promises: &["S4.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/assignments-disagree.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let (assigned, order) = (project.assigned(), Order::of(project));
    let handoffs = project.handoffs();
    let mut by_task: Vec<Vec<&Assigned>> = vec![Vec::new(); project.features.len()];
    for one in assigned.iter().filter(|one| !one.agents.is_empty()) {
        if let Target::Task(task) = one.target {
            by_task[task].push(one);
        }
    }
    let duties: Vec<&Assigned> =
        assigned.iter().filter(|one| matches!(one.target, Target::Phase(_))).collect();
    for (task, feature) in project.features.iter().enumerate() {
        let mut own = by_task[task].iter();
        let Some(&first) = own.next() else { continue };
        let name = &feature.name;
        if let Some(other) = own.find(|other| !share(&first.agents, &other.agents)) {
            let message = format!(
                "{name} is assigned to {} here and to {} elsewhere",
                first.written, other.written
            );
            out.push(
                Finding::at(&first.artifact.path, first.place, message)
                    .help("find out who does it, and say the same in both places")
                    .related(&other.artifact.path, Some(other.place), "assigned here as well")
                    .subject(name.clone()),
            );
        }
        out.extend(without_duty(project, task, first, &duties, &order));
    }
    for given in &handoffs {
        let first = given.task.and_then(|task| by_task[task].first());
        let (Some(task), Some(first), Some(from)) = (given.task, first, given.handoff.from) else {
            continue;
        };
        let name = &project.features[task].name;
        let written = given.facts.text_of(from).trim();
        let givers = agents(written);
        if givers.is_empty() || share(&givers, &first.agents) {
            continue;
        }
        let message =
            format!("{written} hands over {name}, which the plan assigns to {}", first.written);
        out.push(
            Finding::at(&given.artifact.path, from, message)
                .help("name who did it, or bring the plan up to date")
                .related(&first.artifact.path, Some(first.place), "assigned here")
                .subject(format!("handoff of {name}")),
        );
    }
}

/// A task of somebody whose list of duties has nothing for its phase.
fn without_duty(
    project: &Project,
    task: usize,
    first: &Assigned<'_>,
    duties: &[&Assigned<'_>],
    order: &Order,
) -> Option<Finding> {
    let phase = order.phase(task)?;
    let own = || duties.iter().filter(|one| share(&one.agents, &first.agents));
    let listed = own().any(|one| one.target == Target::Phase(phase.to_owned()));
    let place = own().next().or(duties.first())?;
    if listed {
        return None;
    }
    let name = &project.features[task].name;
    let number = phase.trim_start_matches(|c: char| c.is_alphabetic());
    let message = format!(
        "{name} is assigned to {}, whose duties list nothing for phase {number}",
        first.written
    );
    Some(
        Finding::at(&first.artifact.path, first.place, message)
            .help("add it to their duties, or assign the task to somebody else")
            .related(&place.artifact.path, Some(place.place), "duties are listed here")
            .subject(format!("{name}: duty")),
    )
}
