//! Rules about what needs what: one graph from every notation of every design document.

mod blocks_mismatch;
mod critical_path;
mod dependencies_disagree;
mod dependency_cycle;
mod feature_not_in_graph;
mod parallel_dependency;
mod scheduled_too_early;
mod unknown_dependency;
mod unreadable_dependencies;

use super::Rule;
use crate::base::RepoPath;
use crate::finding::Finding;
use crate::project::Project;
use crate::project::graph::{Edge, NodeId, Statement, View};

pub static RULES: &[&Rule] = &[
    &dependency_cycle::RULE,
    &unreadable_dependencies::RULE,
    &unknown_dependency::RULE,
    &feature_not_in_graph::RULE,
    &parallel_dependency::RULE,
    &scheduled_too_early::RULE,
    &dependencies_disagree::RULE,
    &blocks_mismatch::RULE,
    &critical_path::RULE,
];

/// Whether two things wait for each other, which is said once.
fn in_circle(project: &Project, one: NodeId, other: NodeId) -> bool {
    let circle = &project.graph().shape.circle;
    circle[one].is_some() && circle[one] == circle[other]
}

fn path_of<'p>(project: &'p Project, view: &View) -> &'p RepoPath {
    &project.artifacts[view.artifact].path
}

fn stated_in(project: &Project, statement: Statement) -> &RepoPath {
    path_of(project, &project.graph().views[statement.view])
}

/// Says that a finding belongs to the design gate of the iteration that builds a feature.
fn in_gate_of(finding: Finding, project: &Project, view: &View, node: NodeId) -> Finding {
    in_gate_of_last(finding, project, view, &[node])
}

/// Says that a finding belongs to the design gate of the last of the iterations that build some
/// features: one that is planned for later fails no gate before.
fn in_gate_of_last(finding: Finding, project: &Project, view: &View, of: &[NodeId]) -> Finding {
    let phase = project.artifacts[view.artifact].deliverable.map(|(phase, _)| phase);
    let features = of.iter().filter_map(|&node| project.graph().nodes[node].feature);
    let last = features.map(|feature| project.features[feature].iteration).max();
    match (phase, last) {
        (Some(phase), Some(last)) => finding.gate(last, phase),
        _ => finding,
    }
}

fn name(project: &Project, node: NodeId) -> &str {
    &project.graph().nodes[node].name
}

/// The needs that nobody disputes and that are no part of a circle, each with the first place that states it.
fn agreed(project: &Project) -> impl Iterator<Item = (&Edge, Statement)> {
    let graph = project.graph();
    let agreed = graph.edges.iter().filter(|edge| !graph.is_disputed(edge.from, edge.to));
    let agreed = agreed.filter(|edge| !in_circle(project, edge.from, edge.to));
    agreed.filter_map(|edge| Some((edge, edge.stated()?)))
}
