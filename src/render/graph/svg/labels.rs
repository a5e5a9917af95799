//! What needs consist of, written on their edges where there is room. Each edge says it all in its
//! title anyway.

use std::fmt::Write;

use super::super::Graph;
use super::super::layout::{Area, Drawing, Point};
use super::SMALL;
use super::letters::{clipped, escape, width};

/// The widest label.
const WIDEST: f64 = 130.0;
const HEIGHT: f64 = 15.0;
/// Where on the last curve a label may stand, the best place first.
const PLACES: [f64; 5] = [0.5, 0.62, 0.38, 0.74, 0.26];

/// The room that a label takes.
pub fn width_of(label: &str) -> f64 {
    width(&short(label)) * SMALL + 6.0
}

fn short(label: &str) -> String {
    clipped(label, WIDEST / SMALL)
}

pub fn draw(out: &mut String, graph: &Graph, drawing: &Drawing) {
    let mut taken: Vec<Area> = Vec::new();
    for (edge, route) in graph.known_edges().zip(&drawing.routes) {
        let (Some(label), Some(curve)) = (&edge.label, route.curves.last()) else { continue };
        let wide = width_of(label.as_str());
        let area = PLACES.iter().map(|&part| {
            let Point { x, y } = on(curve, part);
            Area { x: x - wide / 2.0, y: y - HEIGHT / 2.0, width: wide, height: HEIGHT }
        });
        let free = |area: &Area| !taken.iter().chain(&drawing.boxes).any(|one| one.meets(area));
        let Some(area) = area.into_iter().find(free) else { continue };
        taken.push(area);
        let (x, y) = (area.x + wide / 2.0, area.y + 11.0);
        let Area { x: left, y: top, .. } = area;
        let _ = write!(
            out,
            "<rect class=\"halo\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{HEIGHT}\" rx=\"3\"/>"
        );
        let _ = writeln!(
            out,
            "<text class=\"label\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            escape(&short(label.as_str()))
        );
    }
}

/// The point of a curve after a part of its way.
fn on([a, b, c, d]: &[Point; 4], part: f64) -> Point {
    let rest = 1.0 - part;
    let mix = |a: f64, b: f64, c: f64, d: f64| {
        rest.powi(3) * a
            + 3.0 * rest * rest * part * b
            + 3.0 * rest * part * part * c
            + part.powi(3) * d
    };
    Point { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) }
}
