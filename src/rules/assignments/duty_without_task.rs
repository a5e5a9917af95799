use super::share;
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::plan::{Order, Target};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "duty-without-task",
    summary: "somebody has a duty in a phase in which the plan has no task for them",
    promises: &["S4.2"],
    level: Level::Warn,
    page: include_str!("../../../rules/duty-without-task.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let (assigned, order) = (project.assigned(), Order::of(project));
    for duty in &assigned {
        let Target::Phase(phase) = &duty.target else { continue };
        // Where no task of the phase names anybody, the duties are all there is.
        let mut tasks = assigned.iter().filter(|one| match one.target {
            Target::Task(task) => order.phase(task) == Some(phase),
            Target::Phase(_) => false,
        });
        let named = tasks.clone().any(|one| !one.agents.is_empty());
        if !named || tasks.any(|one| share(&one.agents, &duty.agents)) {
            continue;
        }
        let number = phase.trim_start_matches(|c: char| c.is_alphabetic());
        let agent = duty.written;
        let message =
            format!("{agent} has a duty in phase {number}, and the plan has no task for it");
        out.push(
            Finding::at(&duty.artifact.path, duty.place, message)
                .help("add the task to the plan, or take the duty out")
                .subject(format!("{agent} in phase {number}")),
        );
    }
}
