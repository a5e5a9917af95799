use super::{agreed, in_gate_of, name, path_of, stated_in};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::dependencies::Sense;
use crate::project::Project;
use crate::project::graph::Arc;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "parallel-dependency",
    summary: "two features that are to be built at the same time depend on each other",
    promises: &["S2.8", "S4.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/parallel-dependency.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (edge, stated) in agreed(project) {
        let together = project.graph().views.iter().find_map(|view| {
            let (one, other) = (view.member(edge.from)?, view.member(edge.to)?);
            let group = one.group.filter(|group| Some(*group) == other.group)?;
            // The plan itself says that the one calls the other, and does not wait for it.
            let called =
                |arc: &Arc| (arc.from, arc.to) == (edge.from, edge.to) && arc.sense == Sense::Order;
            if view.needs.iter().any(called) {
                return None;
            }
            view.groups[group].parallel.then_some((view, one, &view.groups[group]))
        });
        let Some((view, one, group)) = together else { continue };
        let (from, to) = (name(project, edge.from), name(project, edge.to));
        let group = &group.name;
        let message = format!("{from} needs {to}, and both are to be built in parallel in {group}");
        let finding = Finding::at(path_of(project, view), one.span, message)
            .help(format!("move {from} to a later phase, or take the dependency out"))
            .related(stated_in(project, stated), Some(stated.span), format!("{from} needs {to}"))
            .subject(format!("{from}, {to}"));
        out.push(in_gate_of(finding, project, view, edge.from));
    }
}
