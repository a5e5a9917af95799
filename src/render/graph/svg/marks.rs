//! Edges with their arrows. Those that matter most are drawn last, above the others.

use std::fmt::Write;

use super::super::layout::{ARROW, Drawing, Point, Route};
use super::super::{Edge, Graph};
use super::letters::escape;

pub fn edges(out: &mut String, graph: &Graph, drawing: &Drawing) {
    let weight = |edge: &Edge| (edge.critical, edge.in_cycle);
    let mut drawn: Vec<(&Edge, &Route)> = graph.known_edges().zip(&drawing.routes).collect();
    drawn.sort_by_key(|(edge, _)| weight(edge));
    for (edge, route) in drawn {
        let title = escape(&graph.sentence(edge));
        let _ = write!(out, "<g class=\"{}\"><title>{title}</title>", class(edge));
        let _ = writeln!(out, "<path d=\"{}\"/>{}</g>", path(route), arrow(route));
    }
}

pub fn class(edge: &Edge) -> String {
    let mut class = String::from("edge");
    match edge {
        Edge { in_cycle: true, .. } => class.push_str(" wrong"),
        Edge { critical: true, .. } => class.push_str(" critical"),
        _ => {}
    }
    if edge.earlier {
        class.push_str(" earlier");
    }
    class
}

fn path(route: &Route) -> String {
    let mut path = String::new();
    for [from, first, second, to] in &route.curves {
        let begin = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{begin}{}", at(from));
        if (from.y - to.y).abs() < 0.5 && from.y == first.y {
            let _ = write!(path, "L{}", at(to));
        } else {
            let _ = write!(path, "C{} {} {}", at(first), at(second), at(to));
        }
    }
    path
}

/// A triangle from the end of the way to its tip.
fn arrow(route: &Route) -> String {
    let tip = route.tip;
    let Some([.., end]) = route.curves.last() else { return String::new() };
    let back = if end.x < tip.x { -ARROW } else { ARROW };
    let corner = |side: f64| at(&Point { x: tip.x + back, y: tip.y + side });
    format!("<polygon points=\"{} {} {}\"/>", at(&tip), corner(-4.5), corner(4.5))
}

/// A point with one decimal at most.
fn at(point: &Point) -> String {
    let short = |value: f64| (value * 10.0).round() / 10.0;
    format!("{},{}", short(point.x), short(point.y))
}
