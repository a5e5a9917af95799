use std::collections::HashSet;

use super::{in_gate_of, in_gate_of_last, name, path_of, stated_in};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::graph::NodeId;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "dependency-cycle",
    summary: "features wait for each other in a circle",
    promises: &["S2.8", "S4.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/dependency-cycle.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    with_themselves(project, out);
    for cycle in &project.graph().shape.cycles {
        let mut names: Vec<&str> = cycle.iter().map(|&node| name(project, node)).collect();
        names.extend(names.first().copied());
        let pairs = cycle.iter().zip(cycle.iter().cycle().skip(1));
        let mut places = pairs.filter_map(|(&from, &to)| {
            let edge = project.graph().edges.iter().find(|edge| (edge.from, edge.to) == (from, to));
            Some((from, to, edge?.stated()?))
        });
        let Some((_, _, first)) = places.next() else { continue };
        let message = format!("these wait for each other in a circle: {}", names.join(" → "));
        let mut finding = Finding::at(stated_in(project, first), first.span, message)
            .help("take one of these dependencies out, so that one of them can be built first")
            .subject(subject(project, cycle));
        for (from, to, place) in places {
            let said = format!("{} needs {}", name(project, from), name(project, to));
            finding = finding.related(stated_in(project, place), Some(place.span), said);
        }
        let view = &project.graph().views[first.view];
        out.push(in_gate_of_last(finding, project, view, cycle));
    }
}

/// What needs itself, once for each thing.
fn with_themselves(project: &Project, out: &mut Vec<Finding>) {
    let mut told: HashSet<NodeId> = HashSet::new();
    for view in &project.graph().views {
        let Some(facts) = project.artifacts[view.artifact].facts() else { continue };
        for arc in &view.loops {
            // "Accounts (from iteration 1)" is another state of the same thing.
            let rest = facts.text.get(arc.span.end as usize..).unwrap_or("");
            let bare = !rest.starts_with([' ', '(']) || rest.trim_start().starts_with(['|', '\n']);
            if bare && !facts.text_of(arc.span).contains('(') && told.insert(arc.from) {
                let name = name(project, arc.from);
                let finding =
                    Finding::at(path_of(project, view), arc.span, format!("{name} needs itself"))
                        .help("take it out of its own needs, or name what was meant")
                        .subject(name);
                out.push(in_gate_of(finding, project, view, arc.from));
            }
        }
    }
}

fn subject(project: &Project, cycle: &[NodeId]) -> String {
    let mut names: Vec<&str> = cycle.iter().map(|&node| name(project, node)).collect();
    names.sort_unstable();
    names.join(", ")
}
