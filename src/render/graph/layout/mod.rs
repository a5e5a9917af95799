//! Where boxes stand and edges run: a layered drawing from left to right.
//!
//! The columns are the batches ([`columns`]). Edges that pass a column take a place in it
//! ([`strands`]), the items of a column are ordered so that few edges cross ([`order`]), and each is
//! put as straight as possible beside what it is tied to ([`place`]). Parts that do not hang
//! together stand below each other. Between two columns an edge is a curve, inside of a column a
//! straight line, so that it meets no box but its own ([`routes`]).

mod columns;
mod order;
mod place;
mod routes;
mod strands;

use super::{Batch, Graph};
use columns::Columns;
pub use routes::{ARROW, Route};
use strands::Strands;

/// A drawing in units of the text's size in pixels, from its upper left corner.
#[derive(Debug)]
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    /// The box of each node.
    pub boxes: Vec<Area>,
    /// The strip of each batch, over the whole height.
    pub bands: Vec<Area>,
    /// The strip of given things, and that of things in no order.
    pub given: Option<Area>,
    pub open: Option<Area>,
    /// The way of each known edge.
    pub routes: Vec<Route>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// What a drawing has to leave room for.
#[derive(Debug)]
pub struct Sizes {
    /// Width and height of the text of each node.
    pub boxes: Vec<(f64, f64)>,
    /// The width of each band's title, those of the first and last strip included.
    pub titles: Vec<f64>,
    /// The height of the titles of all bands.
    pub head: f64,
    /// The width of the widest label of an edge.
    pub label: f64,
}

/// How far a band reaches beyond its boxes.
const MARGIN: f64 = 14.0;
/// The least room between parts that do not hang together.
const PART: f64 = 30.0;
/// The room between two columns that no edge joins.
const BETWEEN: f64 = 2.0 * MARGIN + 14.0;
/// The room for each edge at the side of a box.
const PORT: f64 = 9.0;

pub fn lay(graph: &Graph, batches: &[Batch], sizes: &Sizes) -> Drawing {
    let columns = columns::assign(graph, batches);
    let heights = heights(graph, sizes);
    let strands = strands::cut(graph, &columns, &heights);
    let mut middles = vec![0.0; strands.items.len()];
    let mut rows = vec![0; strands.items.len()];
    let mut skyline = vec![f64::NEG_INFINITY; columns.count * 2];
    for part in strands.parts() {
        let ordered = order::order(&strands, &part, columns.count, &mut rows);
        place::place(&strands, &ordered, &mut middles);
        stack(&strands, &ordered, &mut middles, &mut skyline);
    }
    let edge = |item: usize, side: f64| middles[item] + side * strands.items[item].height / 2.0;
    let all = 0..strands.items.len();
    let top = all.clone().map(|item| edge(item, -1.0)).fold(f64::INFINITY, f64::min);
    let bottom = all.map(|item| edge(item, 1.0)).fold(f64::NEG_INFINITY, f64::max);
    let (top, bottom) = if top < bottom { (top, bottom) } else { (0.0, 0.0) };
    let shift = sizes.head + MARGIN - top;
    middles.iter_mut().for_each(|middle| *middle = (*middle + shift).round());
    let height = bottom + shift + MARGIN + 1.0;

    let strips = strips(&columns, &strands, &middles, sizes);
    let boxes = (0..graph.nodes.len()).map(|node| {
        let (x, width) = strips[columns.of[node]];
        Area { x, y: middles[node] - heights[node] / 2.0, width, height: heights[node] }
    });
    let boxes: Vec<Area> = boxes.collect();
    let band = |first: usize, count: usize| {
        let (x, _) = strips[first];
        let (last, wide) = strips[first + count - 1];
        Area { x: x - MARGIN, y: 0.0, width: last + wide - x + 2.0 * MARGIN, height }
    };
    let taken = columns.batches.iter().map(|(_, wide)| wide).sum::<usize>() + columns.given;
    Drawing {
        width: strips.last().map_or(0.0, |(x, width)| x + width + MARGIN),
        height,
        bands: columns.batches.iter().map(|&(first, count)| band(first, count)).collect(),
        given: (columns.given > 0).then(|| band(0, columns.given)),
        open: (taken < columns.count).then(|| band(taken, columns.count - taken)),
        routes: routes::routes(graph, &columns, &strands, &middles, &strips),
        boxes,
    }
}

/// A box is high enough for its text and for the edges at its sides.
fn heights(graph: &Graph, sizes: &Sizes) -> Vec<f64> {
    let mut sides = vec![[0.0; 2]; graph.nodes.len()];
    for edge in graph.known_edges() {
        sides[edge.before][1] += 1.0;
        sides[edge.after][0] += 1.0;
    }
    let ports = sides.iter().map(|[left, right]| f64::min(f64::max(*left, *right), 12.0) * PORT);
    sizes.boxes.iter().zip(ports).map(|((_, height), ports)| height.max(ports)).collect()
}

/// Moves a part below the parts that stand already, as far up as there is room.
///
/// The skyline knows how far down each column, and each room between columns, is taken.
fn stack(strands: &Strands, part: &[Vec<usize>], middles: &mut [f64], skyline: &mut [f64]) {
    let extent = |column: &Vec<usize>| {
        let ends = column.iter().map(|&item| {
            let half = strands.items[item].height / 2.0;
            (middles[item] - half, middles[item] + half)
        });
        ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let mut extents: Vec<Option<(f64, f64)>> = vec![None; skyline.len()];
    for (column, items) in part.iter().enumerate() {
        extents[2 * column] = extent(items);
    }
    for gap in (1..extents.len().saturating_sub(1)).step_by(2) {
        if let (Some(left), Some(right)) = (extents[gap - 1], extents[gap + 1]) {
            extents[gap] = Some((left.0.min(right.0), left.1.max(right.1)));
        }
    }
    let pairs = || extents.iter().enumerate().filter_map(|(at, extent)| Some((at, (*extent)?)));
    let shift = pairs().map(|(at, (top, _))| skyline[at] - top).fold(f64::NEG_INFINITY, f64::max);
    let shift = if shift.is_finite() {
        shift
    } else {
        -pairs().map(|(_, (top, _))| top).fold(f64::INFINITY, f64::min)
    };
    let single = part.iter().map(Vec::len).sum::<usize>() == 1;
    let room = if single { 20.0 } else { PART };
    for (at, (_, bottom)) in pairs() {
        skyline[at] = bottom + shift + room;
    }
    part.iter().flatten().for_each(|&item| middles[item] += shift);
}

/// Where each column begins, and how wide it is.
///
/// The room between two columns grows with the height that edges climb there.
fn strips(columns: &Columns, strands: &Strands, middles: &[f64], sizes: &Sizes) -> Vec<(f64, f64)> {
    let mut widths = vec![0.0_f64; columns.count];
    let mut climbs = vec![None::<f64>; columns.count];
    for (node, (width, _)) in sizes.boxes.iter().enumerate() {
        let own = &mut widths[columns.of[node]];
        *own = own.max(*width);
    }
    for way in &strands.ways {
        let column = strands.items[way[0]].column;
        if strands.items[way[way.len() - 1]].column == column {
            climbs[column].get_or_insert(0.0);
        }
    }
    for (item, ties) in strands.right.iter().enumerate() {
        for (other, _) in ties {
            let climb = (middles[*other] - middles[item]).abs();
            let highest = &mut climbs[strands.items[item].column];
            *highest = Some(highest.unwrap_or(0.0).max(climb));
        }
    }
    let open = columns.batches.last().map_or(columns.given, |(first, count)| first + count);
    let firsts = columns.batches.iter().map(|(first, count)| (*first, *count));
    let ends = [(0, columns.given), (open, columns.count - open)];
    for ((first, count), title) in firsts.chain(ends).zip(&sizes.titles) {
        if count > 0 {
            widths[first] = widths[first].max(title - 2.0 * MARGIN);
        }
    }
    let mut x = MARGIN;
    let mut strips = Vec::with_capacity(widths.len());
    for (column, width) in widths.iter().enumerate() {
        strips.push((x, *width));
        let room = match climbs[column] {
            Some(climb) => (52.0 + climb * 0.14).clamp(60.0, 150.0).max(sizes.label + 44.0),
            None => BETWEEN,
        };
        x += width + room;
    }
    strips
}

impl Area {
    /// Whether two areas share more than an edge.
    pub fn meets(&self, other: &Self) -> bool {
        let apart = |a: f64, width: f64, b: f64| a + width <= b;
        !(apart(self.x, self.width, other.x)
            || apart(other.x, other.width, self.x)
            || apart(self.y, self.height, other.y)
            || apart(other.y, other.height, self.y))
    }
}
