//! The graph for programs. Nodes are named by their ids.

use serde::Serialize;

use super::super::json::{SCHEMA, write};
use super::Graph;

pub fn render(graph: &Graph) -> String {
    let id = |place: &usize| graph.nodes.get(*place).map(|node| node.id.as_str());
    let ids = |places: &[usize]| places.iter().filter_map(id).collect::<Vec<_>>();
    let batches = graph.batches();
    write(&GraphJson {
        schema: SCHEMA,
        title: graph.title.as_str(),
        nodes: graph
            .nodes
            .iter()
            .map(|node| NodeJson {
                id: node.id.as_str(),
                name: node.name.as_str(),
                iteration: Some(node.iteration.as_str()).filter(|one| !one.is_empty()),
                batch: node.batch,
                critical: node.critical,
                in_cycle: node.in_cycle,
                external: node.external,
                detail: node.detail.as_ref().map(|detail| detail.as_str()),
            })
            .collect(),
        edges: graph
            .known_edges()
            .map(|edge| EdgeJson {
                before: graph.nodes[edge.before].id.as_str(),
                after: graph.nodes[edge.after].id.as_str(),
                label: edge.label.as_ref().map(|label| label.as_str()),
                critical: edge.critical,
                in_cycle: edge.in_cycle,
                earlier: edge.earlier,
            })
            .collect(),
        batches: batches
            .iter()
            .map(|batch| BatchJson {
                iteration: Some(batch.iteration).filter(|one| !one.is_empty()),
                batch: batch.number,
                nodes: ids(&batch.nodes),
            })
            .collect(),
        critical_path: ids(&graph.critical_path),
        critical_path_tied: graph.tied && !graph.critical_path.is_empty(),
    })
}

#[derive(Serialize)]
struct GraphJson<'g> {
    schema: u32,
    title: &'g str,
    nodes: Vec<NodeJson<'g>>,
    edges: Vec<EdgeJson<'g>>,
    batches: Vec<BatchJson<'g>>,
    critical_path: Vec<&'g str>,
    /// Another path is as long as the one that is named.
    critical_path_tied: bool,
}

#[derive(Serialize)]
struct NodeJson<'g> {
    id: &'g str,
    name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    iteration: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<usize>,
    critical: bool,
    in_cycle: bool,
    external: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'g str>,
}

/// `after` needs `before`.
#[derive(Serialize)]
struct EdgeJson<'g> {
    before: &'g str,
    after: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'g str>,
    critical: bool,
    in_cycle: bool,
    earlier: bool,
}

#[derive(Serialize)]
struct BatchJson<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    iteration: Option<&'g str>,
    batch: usize,
    nodes: Vec<&'g str>,
}
