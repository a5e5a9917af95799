//! The graph as a Mermaid flowchart, as Markdown documents hold it.
//!
//! Nodes are called by their places, since a name may be a word of the language, and every
//! character of a text that could mean something is written by its number.

use std::fmt::Write;

use super::{Edge, Graph, Node};

pub fn render(graph: &Graph) -> String {
    let mut out = String::new();
    if !graph.title.is_empty() {
        let title = serde_json::to_string(&graph.title).unwrap_or_default();
        let _ = write!(out, "---\ntitle: {title}\n---\n");
    }
    out.push_str("flowchart LR\n");
    let several = graph.has_iterations();
    for (place, batch) in graph.batches().iter().enumerate() {
        let mut title = format!("Batch {}", batch.number);
        if several {
            title = format!("Iteration {}, batch {}", batch.iteration, batch.number);
        }
        if batch.nodes.len() > 1 {
            title.push_str(" (in parallel)");
        }
        let _ = writeln!(out, "    subgraph b{place} [\"{}\"]", escape(&title));
        for &node in &batch.nodes {
            let _ = writeln!(out, "        {}", declared(node, &graph.nodes[node]));
        }
        out.push_str("    end\n");
    }
    for (place, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.batch.is_none()) {
        let _ = writeln!(out, "    {}", declared(place, node));
    }
    let mut red = Vec::new();
    for (place, edge) in graph.known_edges().enumerate() {
        let _ = writeln!(out, "    n{} {} n{}", edge.before, arrow(edge), edge.after);
        if edge.in_cycle {
            red.push(place.to_string());
        }
    }
    for (class, look) in CLASSES {
        let _ = writeln!(out, "    classDef {class} {look}");
    }
    if !red.is_empty() {
        let _ = writeln!(out, "    linkStyle {} stroke:#cf222e,stroke-width:2px", red.join(","));
    }
    out
}

const CLASSES: [(&str, &str); 3] = [
    ("critical", "stroke:#0969da,stroke-width:3px"),
    ("cycle", "stroke:#cf222e,stroke-width:2px"),
    ("outside", "stroke-dasharray:5 4"),
];

fn declared(place: usize, node: &Node) -> String {
    let detail = node.detail.as_ref().map(|detail| format!("<br/>{}", escape(detail.as_str())));
    let class = match node {
        Node { in_cycle: true, .. } => ":::cycle",
        Node { critical: true, .. } => ":::critical",
        Node { external: true, .. } => ":::outside",
        _ => "",
    };
    format!("n{place}[\"{}{}\"]{class}", escape(node.name.as_str()), detail.unwrap_or_default())
}

fn arrow(edge: &Edge) -> String {
    let arrow = match edge {
        Edge { earlier: true, .. } => "-.->",
        Edge { critical: true, .. } => "==>",
        _ => "-->",
    };
    match &edge.label {
        Some(label) if !label.is_empty() => format!("{arrow}|\"{}\"|", escape(label.as_str())),
        _ => arrow.to_owned(),
    }
}

/// A text between quotation marks. One that is empty would be none at all.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || " -_/.,()→".contains(c) => out.push(c),
            c => {
                let _ = write!(out, "#{};", u32::from(c));
            }
        }
    }
    if out.trim().is_empty() { "#160;".to_owned() } else { out }
}
