//! The graph as lists for people, who read them in a terminal.

use super::super::sanitize::inert;
use super::super::text::{Paint, wrap};
use super::{Batch, Graph};

pub fn render(graph: &Graph, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    if !graph.title.is_empty() {
        out.push_str(&format!("{}\n\n", paint.bold(graph.title.as_str())));
    }
    if graph.nodes.is_empty() {
        out.push_str("no features are declared\n");
        return inert(&out);
    }
    let several = graph.has_iterations();
    let mut iteration = None;
    for batch in graph.batches() {
        if several && iteration != Some(batch.iteration) {
            let gap = if iteration.is_some() { "\n" } else { "" };
            out.push_str(&format!("{gap}Iteration {}\n", batch.iteration));
            iteration = Some(batch.iteration);
        }
        out.push_str(&line(&format!("{}.", batch.number), &members(graph, &batch)));
    }
    let after = closing(graph, paint);
    if !out.ends_with("\n\n") && !after.is_empty() {
        out.push('\n');
    }
    out.push_str(&after);
    inert(&out)
}

/// What is said after the batches: the critical path, cycles, and what stands in no batch.
fn closing(graph: &Graph, paint: Paint) -> String {
    let mut out = String::new();
    let path = graph.names(&graph.critical_path);
    // What a cycle leaves over may be a single thing, and one thing is no path.
    if path.len() > 1 {
        let tied = if graph.tied { " (another path is as long)" } else { "" };
        out.push_str(&line(&paint.bold("critical path:"), &format!("{}{tied}", path.join(" → "))));
    }
    for cycle in cycles(graph) {
        out.push_str(&line(&paint.bad("cycle:"), &graph.names(&cycle).join(" → ")));
    }
    let named = |wanted: &dyn Fn(&super::Node) -> bool| {
        let nodes = graph.nodes.iter().filter(|node| wanted(node));
        nodes.map(|node| node.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let free = |node: &super::Node| node.batch.is_none() && !node.in_cycle;
    let outside = named(&|node| free(node) && node.external && !node.given);
    let given = named(&|node| free(node) && node.given);
    let waiting = named(&|node| free(node) && !node.external && !node.given);
    let labels =
        [("outside:", outside), ("from other iterations:", given), ("in no batch:", waiting)];
    for (label, names) in labels {
        if !names.is_empty() {
            out.push_str(&line(&paint.bold(label), &names));
        }
    }
    out
}

fn members(graph: &Graph, batch: &Batch) -> String {
    let names = graph.names(&batch.nodes);
    let together = if names.len() > 1 { " (in parallel)" } else { "" };
    format!("{}{together}", names.join(", "))
}

fn line(label: &str, text: &str) -> String {
    format!("{label} {}\n", wrap(text, 16, "   "))
}

/// The cycles, each as a way back to where it began. A node is shown in one of them only.
fn cycles(graph: &Graph) -> Vec<Vec<usize>> {
    let mut next: Vec<Option<usize>> = vec![None; graph.nodes.len()];
    for edge in graph.known_edges().filter(|edge| edge.in_cycle) {
        next[edge.before].get_or_insert(edge.after);
    }
    let mut seen = vec![usize::MAX; next.len()];
    let mut cycles = Vec::new();
    for start in 0..next.len() {
        let mut way = Vec::new();
        let mut at = Some(start).filter(|&one| seen[one] == usize::MAX);
        while let Some(one) = at {
            way.push(one);
            if seen[one] != usize::MAX {
                break;
            }
            seen[one] = start;
            at = next[one];
        }
        let Some(&last) = way.last() else { continue };
        let first = way.iter().position(|&one| one == last).unwrap_or(0);
        if way.len() - first > 1 && seen[last] == start {
            cycles.push(way.split_off(first));
        }
    }
    cycles
}
