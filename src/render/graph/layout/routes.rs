//! The ways of the edges.

use std::collections::HashSet;

use super::super::Graph;
use super::Point;
use super::columns::Columns;
use super::strands::Strands;

/// The way of an edge: curves, joined by straight lines, and where the arrow's tip is.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// Each is a beginning, two points that bend the curve, and an end.
    pub curves: Vec<[Point; 4]>,
    pub tip: Point,
}

/// The length of an arrow, which the last curve leaves free.
pub const ARROW: f64 = 9.0;

pub fn routes(
    graph: &Graph,
    columns: &Columns,
    strands: &Strands,
    middles: &[f64],
    strips: &[(f64, f64)],
) -> Vec<Route> {
    let ports = Ports { strands, middles };
    let known: HashSet<_> = graph.known_edges().map(|edge| (edge.before, edge.after)).collect();
    let edges = graph.known_edges().zip(&strands.ways);
    let routes = edges.map(|(edge, way)| {
        let (x, width) = strips[columns.of[edge.before]];
        match (columns.of[edge.before], columns.of[edge.after]) {
            (from, to) if from == to => beside(x + width, way, strands, middles),
            (from, to) => {
                let forward = from < to;
                let both = way.len() == 2 && known.contains(&(edge.after, edge.before));
                let aside = if !both {
                    0.0
                } else if forward {
                    -ASIDE
                } else {
                    ASIDE
                };
                across(way, forward, aside, &ports, strips)
            }
        }
    });
    routes.collect()
}

/// How far an edge steps aside for the one that runs between the same boxes the other way.
const ASIDE: f64 = 6.0;

/// From one column to another.
fn across(way: &[usize], forward: bool, aside: f64, ports: &Ports, strips: &[(f64, f64)]) -> Route {
    let items = &ports.strands.items;
    let mut route = Route::default();
    for (step, two) in way.windows(2).enumerate() {
        let (left, right) = (two[0], two[1]);
        let (x, width) = strips[items[left].column];
        let y = ports.height(left, right, &ports.strands.right) + aside;
        let mut from = Point { x: x + width, y };
        let (x, _) = strips[items[right].column];
        let mut to = Point { x, y: ports.height(right, left, &ports.strands.left) + aside };
        if forward && step + 2 == way.len() {
            route.tip = to;
            to.x -= ARROW;
        }
        if !forward && step == 0 {
            route.tip = from;
            from.x += ARROW;
        }
        let middle = (from.x + to.x) / 2.0;
        let bends = [Point { x: middle, y: from.y }, Point { x: middle, y: to.y }];
        route.curves.push([from, bends[0], bends[1], to]);
    }
    if !forward {
        route.curves.reverse();
        route.curves.iter_mut().for_each(|curve| curve.reverse());
    }
    route
}

/// Along the right side of a column, from a box to another or back to itself.
fn beside(x: f64, way: &[usize], strands: &Strands, middles: &[f64]) -> Route {
    let (first, last) = (way[0], way[1]);
    let quarter = |item: usize| strands.items[item].height / 4.0;
    let down = middles[first] <= middles[last];
    let side = if down && first != last { 1.0 } else { -1.0 };
    let from = Point { x, y: middles[first] + side * quarter(first) };
    let tip = Point { x, y: middles[last] - side * quarter(last) };
    let to = Point { x: x + ARROW, y: tip.y };
    let far = x + 36.0;
    let bends = [Point { x: far, y: from.y }, Point { x: far, y: to.y }];
    Route { curves: vec![[from, bends[0], bends[1], to]], tip }
}

/// Where edges meet the sides of boxes: spread, in the order of where they come from.
struct Ports<'s> {
    strands: &'s Strands,
    middles: &'s [f64],
}

impl Ports<'_> {
    /// How high the strand between an item and another on its side meets the item.
    fn height(&self, item: usize, other: usize, side: &[Vec<(usize, f64)>]) -> f64 {
        let middle = self.middles[item];
        let own = &self.strands.items[item];
        if own.passage {
            return middle;
        }
        let key = |one: usize| (self.middles[one], one);
        let above = side[item].iter().filter(|(one, _)| key(*one) < key(other)).count();
        let count = side[item].len();
        let step = (own.height / (count as f64 + 1.0)).min(14.0);
        middle + step * (above as f64 - (count as f64 - 1.0) / 2.0)
    }
}
