//! What the looks mean, for those that occur.

use std::fmt::Write;

use super::super::Graph;
use super::SMALL;
use super::letters::width;

/// One line of the legend: a small edge or box, and what it means.
#[derive(Debug)]
pub struct Entry {
    class: &'static str,
    boxed: bool,
    text: &'static str,
}

const MARK: f64 = 30.0;
const ROW: f64 = 22.0;
const ABOVE: f64 = 18.0;

pub fn of(graph: &Graph) -> Vec<Entry> {
    let edge = |class, text| Entry { class, boxed: false, text };
    let node = |class, text| Entry { class, boxed: true, text };
    let edges = || graph.known_edges();
    let mut legend = Vec::new();
    if edges().any(|edge| !edge.critical && !edge.in_cycle && !edge.earlier) {
        legend.push(edge("edge", "is needed by"));
    }
    if edges().any(|edge| edge.earlier) {
        legend.push(edge("edge earlier", "comes from an earlier iteration"));
    }
    if edges().any(|edge| edge.critical) {
        legend.push(edge("edge critical", "critical path"));
    }
    if edges().any(|edge| edge.in_cycle) {
        legend.push(edge("edge wrong", "cycle"));
    }
    if graph.nodes.iter().any(|node| node.external) {
        legend.push(node("box outer", "not a declared feature"));
    }
    legend
}

fn wide(entry: &Entry) -> f64 {
    MARK + 8.0 + width(entry.text) * SMALL + 20.0
}

pub fn narrowest(legend: &[Entry]) -> f64 {
    legend.iter().map(wide).fold(0.0, f64::max)
}

pub fn height(legend: &[Entry], room: f64) -> f64 {
    places(legend, room).last().map_or(0.0, |(_, y)| y + ROW + ABOVE)
}

pub fn draw(out: &mut String, legend: &[Entry], (left, top): (f64, f64), room: f64) {
    for (entry, (x, y)) in legend.iter().zip(places(legend, room)) {
        let (x, y) = (left + x, top + ABOVE + y + ROW / 2.0);
        let _ = write!(out, "<g class=\"{}\">", entry.class);
        if entry.boxed {
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{}\" width=\"{MARK}\" height=\"14\" rx=\"4\"/>",
                y - 7.0
            );
        } else {
            let end = x + MARK;
            let _ = write!(out, "<path d=\"M{x},{y}L{},{y}\"/>", end - 9.0);
            let _ = write!(
                out,
                "<polygon points=\"{end},{y} {},{} {},{}\"/>",
                end - 9.0,
                y - 4.5,
                end - 9.0,
                y + 4.5
            );
        }
        let _ = writeln!(
            out,
            "</g><text class=\"note\" x=\"{}\" y=\"{}\">{}</text>",
            x + MARK + 8.0,
            y + 4.0,
            entry.text
        );
    }
}

/// Where each entry stands, in rows that are filled from the left.
fn places(legend: &[Entry], room: f64) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    let places = legend.iter().map(|entry| {
        if x > 0.0 && x + wide(entry) > room + 20.0 {
            (x, y) = (0.0, y + ROW);
        }
        let place = (x, y);
        x += wide(entry);
        place
    });
    places.collect()
}
