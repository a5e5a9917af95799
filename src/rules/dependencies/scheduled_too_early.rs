use super::{agreed, in_gate_of, name, path_of, stated_in};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::project::Project;
use crate::project::graph::{Member, NodeId, View};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "scheduled-too-early",
    summary: "a feature is scheduled before something that it needs",
    promises: &["S2.8", "S4.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/scheduled-too-early.md"),
    check: Check::Project(check),
};

/// A plan that puts the one that needs before what it needs.
struct Early<'p> {
    view: &'p View,
    span: Span,
    before: String,
    after: String,
    needed: Span,
}

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (edge, stated) in agreed(project) {
        let views = project.graph().views.iter();
        let Some(early) =
            views.into_iter().find_map(|view| early(project, view, edge.from, edge.to))
        else {
            continue;
        };
        let (from, to) = (name(project, edge.from), name(project, edge.to));
        let message = format!(
            "{from} is scheduled in {}, before {to} in {}, which it needs",
            early.before, early.after
        );
        let path = path_of(project, early.view);
        let finding = Finding::at(path, early.span, message)
            .help(format!("schedule {from} after {to}, or take the dependency out"))
            .related(path, Some(early.needed), format!("{to} comes later"))
            .related(stated_in(project, stated), Some(stated.span), format!("{from} needs {to}"))
            .subject(format!("{from}, {to}"));
        out.push(in_gate_of(finding, project, early.view, edge.from));
    }
}

fn early<'p>(project: &Project, view: &'p View, from: NodeId, to: NodeId) -> Option<Early<'p>> {
    let (one, other) = (view.member(from)?, view.member(to)?);
    let told = |before: String, after: String| {
        Some(Early { view, span: one.span, before, after, needed: other.span })
    };
    let order = |member: &Member| {
        let id = member.iteration.as_deref()?;
        project.iterations.iter().position(|iteration| iteration.id == id)
    };
    if let (Some(before), Some(after)) = (order(one), order(other))
        && before != after
    {
        let named = |at: usize| format!("iteration {}", project.iterations[at].id);
        return if before < after { told(named(before), named(after)) } else { None };
    }
    let (before, after) = (one.group?, other.group?);
    let (first, second) = (&view.groups[before], &view.groups[after]);
    let comparable = first.ordered
        && second.ordered
        && first.iteration == second.iteration
        && kind(&first.name) == kind(&second.name);
    if before < after && comparable { told(first.name.clone(), second.name.clone()) } else { None }
}

/// The word that says what kind of level it is: phases are compared with phases.
fn kind(name: &str) -> String {
    name.split(' ').next().unwrap_or("").to_lowercase()
}
