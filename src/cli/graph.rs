//! `gatecheck graph`: who waits for whom, in a form for people, documents or programs.

use std::collections::HashSet;

use super::args::GraphArgs;
use super::output::Outcome;
use super::view;
use crate::base::{Failure, words};
use crate::project::graph::NodeId;
use crate::project::{self, Project};
use crate::render::graph::{self, Edge, Graph, Node};

/// How many names a failure offers.
const OFFERED: usize = 8;

pub fn run(args: &GraphArgs, color: bool) -> Result<Outcome, Failure> {
    let (_, projects) = view::projects(&args.source)?;
    let drawn = projects.iter().map(|project| (project.root.to_string(), drawn(project)));
    let mut graph = Graph::beside(drawn.collect());
    let mut title = "Dependencies".to_owned();
    if let Some(feature) = &args.feature {
        let Some(place) = graph.find(feature) else {
            let known: Vec<&str> = graph.nodes.iter().map(|node| node.name.as_str()).collect();
            return Err(unknown("feature", feature, &known));
        };
        title.push_str(&format!(" of {}", graph.nodes[place].name));
        graph = graph.around(place);
    }
    if let Some(iteration) = &args.iteration {
        let known = graph.iterations();
        if !known.contains(&iteration.as_str()) {
            return Err(unknown("iteration", iteration, &known));
        }
        title.push_str(&format!(" in iteration {iteration}"));
        graph = graph.of_iteration(iteration);
    }
    graph.title = title.into();
    Ok(Outcome::shown(graph::render(&graph, args.format.into(), color)))
}

/// The dependency graph of a project as it is shown: its features, and what else they need.
fn drawn(project: &Project) -> Graph {
    let known = project.graph();
    let shape = &known.shape;
    let pairs: HashSet<_> = known.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    // Of two that are said to need each other by different drawings neither is known to.
    let sure = |edge: &&project::graph::Edge| {
        let reversed = pairs.contains(&(edge.to, edge.from));
        edge.stated().is_some() && !(reversed && known.is_disputed(edge.from, edge.to))
    };
    let edges: Vec<_> = known.edges.iter().filter(sure).collect();
    let needed: HashSet<NodeId> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    let shown = |place: &NodeId| known.nodes[*place].feature.is_some() || needed.contains(place);
    let shown: Vec<NodeId> = (0..known.nodes.len()).filter(shown).collect();
    let place = |node: NodeId| shown.binary_search(&node).ok();

    let nodes = shown.iter().map(|&id| {
        let (name, feature) = (known.nodes[id].name.as_str(), known.nodes[id].feature);
        let feature = feature.map(|feature| &project.features[feature]);
        let iteration = feature.map_or("", |one| &project.iterations[one.iteration].id);
        Node {
            id: feature.map_or(name, |feature| &feature.slug).into(),
            name: name.into(),
            iteration: iteration.into(),
            critical: shape.longest.contains(&id),
            in_cycle: shape.cycles.iter().flatten().any(|one| *one == id),
            external: feature.is_none(),
            ..Node::default()
        }
    });
    let nodes: Vec<Node> = nodes.collect();
    let edges = edges.iter().filter_map(|edge| {
        let (before, after) = (place(edge.to)?, place(edge.from)?);
        let elsewhere = nodes[before].iteration != nodes[after].iteration;
        Some(Edge {
            before,
            after,
            critical: shape.longest.windows(2).any(|two| two == [edge.to, edge.from]),
            in_cycle: shape.cycles.iter().any(|cycle| closes(cycle, edge.from, edge.to)),
            earlier: elsewhere && !nodes[before].external && !nodes[after].external,
            label: None,
        })
    });
    let mut graph = Graph {
        edges: edges.collect(),
        critical_path: shape.longest.iter().filter_map(|&node| place(node)).collect(),
        tied: shape.tied,
        nodes,
        ..Graph::default()
    };
    graph.schedule();
    graph
}

/// Whether a need is a step of a cycle, whose last node needs the first again.
fn closes(cycle: &[NodeId], from: NodeId, to: NodeId) -> bool {
    let next = cycle.iter().cycle().skip(1);
    cycle.iter().zip(next).any(|(&one, &other)| (one, other) == (from, to))
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Failure {
    let why = match known {
        [] => format!("the graph names no {what}"),
        known => format!("the graph has {}", words::few(known, OFFERED)),
    };
    let help = match words::closest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("gatecheck graph without --{what} shows all of it"),
    };
    Failure::new(format!("there is no {what} {name}"), why, help)
}
