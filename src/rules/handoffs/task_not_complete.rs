use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::plan::{Order, Progress, latest};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "task-not-complete",
    summary: "the handoff of a task says that the task is not complete, or that it failed",
    promises: &["S4.3", "S4.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/task-not-complete.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let given = project.handoffs();
    let (order, done) = (Order::of(project), latest(&given));
    let mut followed = vec![false; project.features.len()];
    for &task in done.keys() {
        order.before(task).into_iter().for_each(|before| followed[before] = true);
    }
    let mut open: Vec<_> = done
        .iter()
        .filter(|(_, one)| one.progress(project) == Progress::Open)
        // Where others went on without it, that is what is said.
        .filter(|(task, _)| !followed[**task])
        .collect();
    open.sort_by_key(|(task, _)| **task);
    for (&task, one) in open {
        let name = &project.features[task].name;
        let (message, place) = match one.percent().filter(|percent| *percent < 100.0) {
            Some(percent) => (format!("{name} is {percent} % complete"), one.handoff.completion),
            None => {
                (format!("{name} did not pass"), one.failed(project).or(one.handoff.completion))
            }
        };
        out.push(
            Finding::at(&one.artifact.path, place.unwrap_or(one.handoff.place), message)
                .help("finish it, have it pass, and say so here")
                .subject(name.clone()),
        );
    }
}
