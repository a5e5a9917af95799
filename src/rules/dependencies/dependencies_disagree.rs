use super::{in_gate_of, name, path_of};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::dependencies::Notation;
use crate::project::Project;
use crate::project::graph::{Contradiction, View};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "dependencies-disagree",
    summary: "two descriptions of the dependencies contradict each other",
    promises: &["S2.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/dependencies-disagree.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in &project.graph.contradictions {
        let stated = &project.graph.views[one.stated.view];
        out.push(in_gate_of(finding(project, one), project, stated, one.from));
    }
    planned_twice(project, out);
}

fn finding(project: &Project, one: &Contradiction) -> Finding {
    let graph = &project.graph;
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
    for (id, feature) in project.features.iter().enumerate() {
        let plans = project.graph.views.iter().filter_map(|view| {
            let mut places = view.members.iter().filter(|member| member.node == id);
            let first = places.next()?;
            let own = first.iteration.as_ref()?;
            let same = places.all(|other| other.iteration.as_ref() == Some(own));
            same.then_some((view, first.span, own))
        });
        let plans: Vec<_> = plans.collect();
        let Some(&(view, span, own)) = plans.first() else { continue };
        let Some(&(other, place, later)) = plans.iter().find(|(.., other)| *other != own) else {
            continue;
        };
        let name = &feature.name;
        let message = format!(
            "the {} plans {name} for iteration {own}, the {} for iteration {later}",
            called(view),
            called(other)
        );
        out.push(
            Finding::at(path_of(project, view), span, message)
                .help("find out which is right, and say the same in both places")
                .related(path_of(project, other), Some(place), format!("iteration {later} here"))
                .subject(name.clone()),
        );
    }
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
