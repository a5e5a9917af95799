//! Edges cut into strands that lead from one column to the next.
//!
//! Where an edge passes a column it gets a place there like a box, so that it can run through no
//! box. Edges that leave a node in the same direction share these places: they part where they
//! have to.

use std::collections::HashMap;

use super::super::Graph;
use super::columns::Columns;

/// Something that takes a place in a column: a box, or a passage of edges.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub column: usize,
    pub height: f64,
    pub passage: bool,
}

/// Items and how they hang together. The first items are the nodes.
#[derive(Debug)]
pub struct Strands {
    pub items: Vec<Item>,
    /// For each item what it is tied to in the column on its left, with a weight.
    pub left: Vec<Vec<(usize, f64)>>,
    pub right: Vec<Vec<(usize, f64)>>,
    /// For each edge the items that it connects, from left to right. Edges between nodes of one
    /// column, and those of a node to itself, have two.
    pub ways: Vec<Vec<usize>>,
}

/// The height of a passage.
const PASSAGE: f64 = 6.0;

pub fn cut(graph: &Graph, columns: &Columns, heights: &[f64]) -> Strands {
    let nodes = heights.iter().zip(&columns.of);
    let items: Vec<Item> =
        nodes.map(|(&height, &column)| Item { column, height, passage: false }).collect();
    let ties = vec![Vec::new(); items.len()];
    let mut strands = Strands { items, left: ties.clone(), right: ties, ways: Vec::new() };
    let mut passages = HashMap::new();
    for edge in graph.known_edges() {
        let (from, to) = (columns.of[edge.before], columns.of[edge.after]);
        let forward = from <= to;
        let (first, last) =
            if forward { (edge.before, edge.after) } else { (edge.after, edge.before) };
        let mut way = vec![first];
        for column in from.min(to) + 1..from.max(to) {
            let passage = passages.entry((edge.before, forward, column)).or_insert_with(|| {
                let item = Item { column, height: PASSAGE, passage: true };
                strands.items.push(item);
                strands.left.push(Vec::new());
                strands.right.push(Vec::new());
                strands.items.len() - 1
            });
            way.push(*passage);
        }
        way.push(last);
        if from != to {
            for two in way.windows(2) {
                strands.tie(two[0], two[1], if edge.critical { 8.0 } else { 1.0 });
            }
        }
        strands.ways.push(way);
    }
    strands
}

impl Strands {
    /// Ties two items; a strand between passages is to be straight above all.
    fn tie(&mut self, left: usize, right: usize, weight: f64) {
        let bends = [left, right].iter().filter(|&&item| self.items[item].passage).count();
        let weight = weight * [1.0, 2.0, 16.0][bends];
        for (ties, from, to) in [(&mut self.right, left, right), (&mut self.left, right, left)] {
            match ties[from].iter_mut().find(|(item, _)| *item == to) {
                Some((_, heavy)) => *heavy = heavy.max(weight),
                None => ties[from].push((to, weight)),
            }
        }
    }

    /// The items of each part of the graph that hangs together, larger parts first.
    pub fn parts(&self) -> Vec<Vec<usize>> {
        let mut near = vec![Vec::new(); self.items.len()];
        for way in &self.ways {
            for two in way.windows(2) {
                near[two[0]].push(two[1]);
                near[two[1]].push(two[0]);
            }
        }
        let mut seen = vec![false; self.items.len()];
        let mut parts = Vec::new();
        for start in 0..self.items.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let (mut part, mut open) = (Vec::new(), vec![start]);
            while let Some(item) = open.pop() {
                part.push(item);
                for &next in near[item].iter().rev() {
                    if !std::mem::replace(&mut seen[next], true) {
                        open.push(next);
                    }
                }
            }
            parts.push(part);
        }
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        parts
    }
}
