//! In which column each node stands.
//!
//! Every batch has a column of its own. What is given before the first batch stands left of them,
//! and what has no order, a cycle and all that waits for it, stands right of them.

use super::super::{Batch, Graph};

/// The columns of all nodes, and which of the columns belong together.
#[derive(Debug)]
pub struct Columns {
    /// The column of each node.
    pub of: Vec<usize>,
    pub count: usize,
    /// Columns that are taken by given things, before those of the batches.
    pub given: usize,
    /// The columns of each batch: the first, and how many.
    pub batches: Vec<(usize, usize)>,
}

/// Nodes without any edge are laid side by side when a batch has more of them than this.
const ALONE: usize = 8;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Given,
    Batch(usize),
    Open,
}

pub fn assign(graph: &Graph, batches: &[Batch]) -> Columns {
    let count = graph.nodes.len();
    let edges: Vec<(usize, usize)> =
        graph.known_edges().map(|edge| (edge.before, edge.after)).collect();
    let sides = sides(graph, batches, &edges);

    let within = |side: Side| -> Vec<(usize, usize)> {
        edges.iter().copied().filter(|&(a, b)| sides[a] == side && sides[b] == side).collect()
    };
    // Given things stand as close as possible to what needs them: they are counted from the right.
    let mirrored: Vec<_> = within(Side::Given).into_iter().map(|(a, b)| (b, a)).collect();
    let before = depths(count, &mirrored);
    let given = largest(&before, &sides, Side::Given);
    let after = depths(count, &within(Side::Open));
    let open = largest(&after, &sides, Side::Open);

    let mut of = vec![0; count];
    let mut spans = Vec::with_capacity(batches.len());
    let mut next = given;
    for batch in batches {
        let wide = spread(graph, batch, &mut of, next, &edges);
        spans.push((next, wide));
        next += wide;
    }
    for (node, side) in sides.iter().enumerate() {
        match side {
            Side::Given => of[node] = given - 1 - before[node],
            Side::Open => of[node] = next + after[node],
            Side::Batch(_) => {}
        }
    }
    Columns { of, count: next + open, given, batches: spans }
}

/// On which side of the batches each node stands.
fn sides(graph: &Graph, batches: &[Batch], edges: &[(usize, usize)]) -> Vec<Side> {
    let mut sides = vec![Side::Given; graph.nodes.len()];
    for (number, batch) in batches.iter().enumerate() {
        for &node in &batch.nodes {
            sides[node] = Side::Batch(number);
        }
    }
    let mut following = vec![Vec::new(); sides.len()];
    for &(a, b) in edges {
        following[a].push(b);
    }
    let mut waiting: Vec<usize> = Vec::new();
    for (node, side) in sides.iter_mut().enumerate() {
        if *side == Side::Given && graph.nodes[node].in_cycle {
            *side = Side::Open;
        }
        if *side != Side::Given {
            waiting.push(node);
        }
    }
    while let Some(node) = waiting.pop() {
        for &next in &following[node] {
            if sides[next] == Side::Given {
                sides[next] = Side::Open;
                waiting.push(next);
            }
        }
    }
    sides
}

/// Gives the nodes of a batch their columns from `first` on, and says how many it took.
fn spread(
    graph: &Graph,
    batch: &Batch,
    of: &mut [usize],
    first: usize,
    edges: &[(usize, usize)],
) -> usize {
    let mut joined = vec![false; graph.nodes.len()];
    for &(a, b) in edges {
        joined[a] = true;
        joined[b] = true;
    }
    let tied = batch.nodes.iter().filter(|&&node| joined[node]).count();
    let wide = (batch.nodes.len() - tied).div_ceil(ALONE).max(1);
    let rows = batch.nodes.len().div_ceil(wide).max(tied);
    let mut place = tied;
    for &node in &batch.nodes {
        of[node] = first;
        if !joined[node] {
            of[node] = first + place / rows;
            place += 1;
        }
    }
    wide
}

fn largest(depths: &[usize], sides: &[Side], side: Side) -> usize {
    let own = depths.iter().zip(sides).filter(|(_, one)| **one == side);
    own.map(|(depth, _)| depth + 1).max().unwrap_or(0)
}

/// The length of the longest way to each node. Edges that close a cycle do not count.
fn depths(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut following = vec![Vec::new(); count];
    for &(a, b) in edges {
        following[a].push(b);
    }
    let mut order = Vec::with_capacity(count);
    let mut seen = vec![false; count];
    for start in 0..count {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut way = vec![(start, 0)];
        while let Some((node, next)) = way.last_mut() {
            match following[*node].get(*next) {
                Some(&target) => {
                    *next += 1;
                    if !std::mem::replace(&mut seen[target], true) {
                        way.push((target, 0));
                    }
                }
                None => {
                    order.push(*node);
                    way.pop();
                }
            }
        }
    }
    order.reverse();
    let mut rank = vec![0; count];
    for (place, &node) in order.iter().enumerate() {
        rank[node] = place;
    }
    let mut depths = vec![0; count];
    for &node in &order {
        for &target in &following[node] {
            if rank[target] > rank[node] {
                depths[target] = depths[target].max(depths[node] + 1);
            }
        }
    }
    depths
}
