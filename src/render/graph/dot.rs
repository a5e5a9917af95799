//! The graph in the language of Graphviz.

use std::fmt::Write;

use super::{Edge, Graph, Node};

pub fn render(graph: &Graph) -> String {
    let mut out = String::from("digraph dependencies {\n");
    let _ = writeln!(
        out,
        "  graph [rankdir=LR, label={}, labelloc=t, fontname=\"Helvetica\"];",
        quoted(graph.title.as_str())
    );
    out.push_str("  node [shape=box, style=rounded, fontname=\"Helvetica\"];\n");
    out.push_str("  edge [fontname=\"Helvetica\", fontsize=10];\n");
    let several = graph.has_iterations();
    for (place, batch) in graph.batches().iter().enumerate() {
        let mut title = format!("Batch {}", batch.number);
        if several {
            title = format!("Iteration {}, batch {}", batch.iteration, batch.number);
        }
        let _ = writeln!(out, "  subgraph cluster_{place} {{");
        let _ = writeln!(out, "    label={}; color=gray;", quoted(&title));
        for &node in &batch.nodes {
            let _ = writeln!(out, "    {}", declared(node, &graph.nodes[node]));
        }
        out.push_str("  }\n");
    }
    for (place, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.batch.is_none()) {
        let _ = writeln!(out, "  {}", declared(place, node));
    }
    for edge in graph.known_edges() {
        let _ = writeln!(out, "  n{} -> n{}{};", edge.before, edge.after, looks(edge));
    }
    out.push_str("}\n");
    out
}

fn declared(place: usize, node: &Node) -> String {
    let mut label = escape(node.name.as_str());
    if let Some(detail) = &node.detail {
        let _ = write!(label, "\\n{}", escape(detail.as_str()));
    }
    let look = match node {
        Node { in_cycle: true, .. } => ", color=\"#cf222e\", penwidth=2",
        Node { critical: true, .. } => ", color=\"#0969da\", penwidth=3",
        Node { external: true, .. } => ", style=\"rounded,dashed\"",
        _ => "",
    };
    format!("n{place} [label=\"{label}\"{look}];")
}

fn looks(edge: &Edge) -> String {
    let mut looks = Vec::new();
    if let Some(label) = &edge.label {
        looks.push(format!("label={}", quoted(label.as_str())));
    }
    if edge.earlier {
        looks.push("style=dashed".to_owned());
    }
    if edge.in_cycle {
        looks.push("color=\"#cf222e\", penwidth=2".to_owned());
    } else if edge.critical {
        looks.push("color=\"#0969da\", penwidth=3".to_owned());
    }
    if looks.is_empty() { String::new() } else { format!(" [{}]", looks.join(", ")) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Graphviz reads escapes such as `\N` and entities of HTML in its labels.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}
