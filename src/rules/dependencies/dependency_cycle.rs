use super::{name, stated_in};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::graph::NodeId;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "dependency-cycle",
    summary: "features wait for each other in a circle",
    promises: &["S2.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/dependency-cycle.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for cycle in &project.graph.shape.cycles {
        let mut names: Vec<&str> = cycle.iter().map(|&node| name(project, node)).collect();
        names.extend(names.first().copied());
        let pairs = cycle.iter().zip(cycle.iter().cycle().skip(1));
        let mut places = pairs.filter_map(|(&from, &to)| {
            let edge = project.graph.edges.iter().find(|edge| (edge.from, edge.to) == (from, to));
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
        out.push(finding);
    }
}

fn subject(project: &Project, cycle: &[NodeId]) -> String {
    let mut names: Vec<&str> = cycle.iter().map(|&node| name(project, node)).collect();
    names.sort_unstable();
    names.join(", ")
}
