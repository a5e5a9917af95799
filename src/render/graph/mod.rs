//! The dependency graph: what can be built side by side, and what has to wait for what.
//!
//! The types here are the view itself: plain data, made safe to show when it is filled in. A place
//! in [`Graph::nodes`] names a node; what names none is left out, so that every graph can be drawn.

mod dot;
mod human;
mod json;
mod layout;
mod mermaid;
mod schedule;
mod select;
mod svg;

use super::sanitize::Shown;

/// The form of a drawn graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GraphFormat {
    /// Lists for people.
    #[default]
    Human,
    /// A Mermaid flowchart, for Markdown.
    Mermaid,
    /// The language of Graphviz.
    Dot,
    /// A picture.
    Svg,
    /// For programs.
    Json,
}

/// Features, and who waits for whom.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub title: Shown,
    /// In the order in which they are to be shown.
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// The nodes of the longest chain, first to last.
    pub critical_path: Vec<usize>,
    /// Another chain is as long.
    pub tied: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Node {
    /// The name that programs use; two nodes never share one.
    pub id: Shown,
    pub name: Shown,
    /// Empty where the graph has no iterations.
    pub iteration: Shown,
    /// Which batch of its iteration, from 1. What is in no order, or given, is in none.
    pub batch: Option<usize>,
    pub critical: bool,
    pub in_cycle: bool,
    /// It is needed, and it is no feature of this graph.
    pub external: bool,
    /// It is built in another iteration than the one that is shown.
    pub given: bool,
    /// A few words below the name.
    pub detail: Option<Shown>,
}

/// One node that waits for another.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// What has to be there first.
    pub before: usize,
    /// What needs it.
    pub after: usize,
    /// What the need consists of.
    pub label: Option<Shown>,
    pub critical: bool,
    pub in_cycle: bool,
    /// What is needed comes from an earlier iteration.
    pub earlier: bool,
}

/// Nodes that can be built at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Batch<'g> {
    iteration: &'g str,
    number: usize,
    nodes: Vec<usize>,
}

/// The graph in one of its forms. Colors are for people only.
pub fn render(graph: &Graph, format: GraphFormat, color: bool) -> String {
    match format {
        GraphFormat::Human => human::render(graph, color),
        GraphFormat::Mermaid => mermaid::render(graph),
        GraphFormat::Dot => dot::render(graph),
        GraphFormat::Svg => svg::render(graph),
        GraphFormat::Json => json::render(graph),
    }
}

impl Graph {
    /// The batches in the order of work: iterations as they come first, numbers within them.
    fn batches(&self) -> Vec<Batch<'_>> {
        let mut iterations: Vec<&str> = Vec::new();
        let mut batches: Vec<(usize, Batch)> = Vec::new();
        for (place, node) in self.nodes.iter().enumerate() {
            let Some(number) = node.batch else { continue };
            let iteration = node.iteration.as_str();
            let rank = iterations.iter().position(|one| *one == iteration).unwrap_or_else(|| {
                iterations.push(iteration);
                iterations.len() - 1
            });
            let same = |(at, batch): &&mut (usize, Batch)| *at == rank && batch.number == number;
            match batches.iter_mut().find(same) {
                Some((_, batch)) => batch.nodes.push(place),
                None => batches.push((rank, Batch { iteration, number, nodes: vec![place] })),
            }
        }
        batches.sort_by_key(|(rank, batch)| (*rank, batch.number));
        batches.into_iter().map(|(_, batch)| batch).collect()
    }

    /// Whether features of more than one iteration are in batches.
    fn has_iterations(&self) -> bool {
        let mut named = self.nodes.iter().filter(|node| node.batch.is_some());
        let first = named.next().map(|node| &node.iteration);
        named.any(|node| Some(&node.iteration) != first)
    }

    /// The edges whose ends exist.
    fn known_edges(&self) -> impl Iterator<Item = &Edge> {
        let exists = |place: usize| place < self.nodes.len();
        self.edges.iter().filter(move |edge| exists(edge.before) && exists(edge.after))
    }

    /// The names of nodes.
    fn names(&self, places: &[usize]) -> Vec<&str> {
        let known = places.iter().filter_map(|&place| self.nodes.get(place));
        known.map(|node| node.name.as_str()).collect()
    }

    /// What an edge says, for those who see no picture.
    fn sentence(&self, edge: &Edge) -> String {
        let needs =
            format!("{} needs {}", self.nodes[edge.after].name, self.nodes[edge.before].name);
        match &edge.label {
            Some(label) => format!("{needs}: {label}"),
            None => needs,
        }
    }
}

#[cfg(test)]
mod picture;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
