use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::project::features::Name;
use crate::project::plan::{Order, Target};
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "task-without-agent",
    summary: "a task of the plan is assigned to nobody",
    promises: &["S4.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/task-without-agent.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut deliverables = project.workflow.deliverables();
    let asked = deliverables.any(|(.., one)| {
        let mut kinds = one.parts.iter().map(|part| part.kind).chain([Some(one.kind)]);
        kinds.any(|kind| kind == Some(Kind::Assignments))
    });
    if !asked || !project.is_planned() || !project.workflow.subjects.from_graph {
        return;
    }
    let (assigned, order) = (project.assigned(), Order::of(project));
    let has = |task: FeatureId| {
        let own = |target: &Target| *target == Target::Task(task);
        assigned.iter().any(|one| own(&one.target) && !one.agents.is_empty())
    };
    // Whose duty in the phase is called like the task does it.
    let called = |task: FeatureId| {
        let name = project.features[task].name.as_str();
        let title = Name::new(name.split_once(": ").map_or(name, |(_, title)| title), None);
        let phase = order.phase(task);
        let mut duties = assigned.iter().filter(|one| match &one.target {
            Target::Phase(own) => phase.is_none_or(|phase| phase == own) && !one.agents.is_empty(),
            Target::Task(_) => false,
        });
        duties.any(|one| {
            let duty = one.duty.map_or("", |duty| one.facts.text_of(duty));
            title.is_part_of(&Name::new(duty, None))
        })
    };
    let open: Vec<FeatureId> =
        (0..project.features.len()).filter(|&task| !has(task) && !called(task)).collect();
    let Some(&first) = open.first() else { return };
    let names: Vec<&str> = open.iter().map(|&task| &*project.features[task].name).collect();
    let (declared, span) = project.features[first].declared;
    // A table of assignments comes behind the drawing of the tasks.
    let place = assigned.iter().rev().find(|one| one.target == Target::Task(first));
    let verb = if names.len() == 1 { "is" } else { "are" };
    let message = format!("{} {verb} assigned to nobody", few(&names, 6));
    let finding = match place {
        Some(one) => Finding::at(&one.artifact.path, one.place, message),
        None => Finding::at(&project.artifacts[declared].path, span, message),
    };
    out.push(
        finding
            .help("write behind each task who does it, as in \"Task 2A: Importer (Alpha)\"")
            .subject("tasks without agent")
            .members(names.iter().map(|name| (*name).to_owned())),
    );
}
