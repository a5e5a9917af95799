use std::collections::HashMap;

use super::{in_gate_of, name, path_of};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::dependencies::Notation;
use crate::project::graph::{Contradiction, Member, NodeId, View};
use crate::project::{Iteration, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "dependencies-disagree",
    summary: "two descriptions of the dependencies contradict each other",
    promises: &["S2.8", "S4.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/dependencies-disagree.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in &project.graph().contradictions {
        let stated = &project.graph().views[one.stated.view];
        out.push(in_gate_of(finding(project, one), project, stated, one.from));
    }
    planned_twice(project, out);
}

fn finding(project: &Project, one: &Contradiction) -> Finding {
    let graph = project.graph();
    let (from, to) = (name(project, one.from), name(project, one.to));
    let stated = &graph.views[one.stated.view];
    let says = |reversed: bool| match reversed {
        true => format!("that {to} needs {from}"),
        false => format!("that {from} does not need {to}"),
    };
    let first = one.denials.first();
    let other = first.map_or("another place", |denial| called(&graph.views[denial.view]));
    let message = format!(
        "the {} says that {from} needs {to}, the {other} says {}",
        called(stated),
        says(first.is_some_and(|denial| denial.reversed))
    );
    let mut finding = Finding::at(path_of(project, stated), one.stated.span, message)
        .help("find out which is right, and say the same in both places")
        .subject(format!("{from}, {to}"));
    for denial in &one.denials {
        let view = &graph.views[denial.view];
        let said = format!("the {} says {}", called(view), says(denial.reversed));
        finding = finding.related(path_of(project, view), Some(denial.span), said);
    }
    finding
}

/// A feature that two documents plan for different iterations.
fn planned_twice(project: &Project, out: &mut Vec<Finding>) {
    let mut planned: Vec<Vec<Planned<'_>>> = project.features.iter().map(|_| Vec::new()).collect();
    for view in &project.graph().views {
        let mut members: HashMap<NodeId, Vec<&Member>> = HashMap::new();
        view.members.iter().for_each(|one| members.entry(one.node).or_default().push(one));
        for (node, members) in members {
            // The features are the first nodes.
            if let Some(plans) = planned.get_mut(node) {
                plans.extend(Planned::by(view, &members));
            }
        }
    }
    for (id, (feature, plans)) in project.features.iter().zip(planned).enumerate() {
        let Some(first) = plans.first() else { continue };
        // What is built in one iteration and extended in the next may stand under the one or the
        // other in a document about one iteration, but not in a plan of all.
        let differs = |one: &&Planned| {
            let several = one.several || first.several;
            one.iteration != first.iteration
                && (!several || is_whole(first.view) && is_whole(one.view))
        };
        let Some(second) = plans.iter().find(differs) else { continue };
        let (view, span, own) = (first.view, first.span, first.iteration);
        let (other, place, later) = (second.view, second.span, second.iteration);
        let name = &feature.name;
        let message = format!(
            "the {} plans {name} for iteration {own}, the {} for iteration {later}",
            called(view),
            called(other)
        );
        let finding = Finding::at(path_of(project, view), span, message)
            .help("find out which is right, and say the same in both places")
            .related(path_of(project, other), Some(place), format!("iteration {later} here"))
            .subject(name.clone());
        out.push(in_gate_of(finding, project, view, id));
    }
}

/// Where a drawing plans a feature first.
struct Planned<'p> {
    view: &'p View,
    span: Span,
    iteration: &'p str,
    /// It stands in several iterations.
    several: bool,
}

impl<'p> Planned<'p> {
    /// By what a drawing lists of one feature.
    fn by(view: &'p View, members: &[&'p Member]) -> Option<Self> {
        let place = |member: &&'p Member| Some((member.iteration.as_deref()?, member.span));
        let places: Vec<(&str, Span)> = members.iter().map(place).collect::<Option<_>>()?;
        let &(iteration, span) = places.iter().min_by_key(|(id, _)| Iteration::order(id))?;
        let several = places.iter().any(|(other, _)| *other != iteration);
        Some(Self { view, span, iteration, several })
    }
}

/// Whether a drawing plans more than one iteration.
fn is_whole(view: &View) -> bool {
    let mut iterations = view.members.iter().filter_map(|member| member.iteration.as_deref());
    let first = iterations.next();
    iterations.any(|other| Some(other) != first)
}

/// How people call a drawing.
fn called(view: &View) -> &'static str {
    match view.notation {
        Notation::Table => "table",
        Notation::List => "list",
        Notation::Drawing => "drawing",
        Notation::Mermaid => "Mermaid diagram",
        Notation::Yaml => "YAML",
        Notation::FrontMatter => "front matter",
        Notation::Field => "feature's own section",
        Notation::Arrows => "line of arrows",
    }
}
