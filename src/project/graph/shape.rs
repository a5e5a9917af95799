//! What follows from a graph: cycles, what can be done at the same time, the longest path.

use std::collections::{HashMap, HashSet};

use super::{Graph, NodeId, View};
use crate::model::dependencies::Sense;

/// What follows from a graph.
#[derive(Debug, Default)]
pub struct Shape {
    /// Each cycle once, as a path whose last node needs the first again.
    pub cycles: Vec<Vec<NodeId>>,
    /// For each node, the nodes of the same number wait for each other; nothing outside of circles.
    pub circle: Vec<Option<usize>>,
    /// How many steps of work stand before each node, from zero. Within a cycle all are equal.
    pub batch: Vec<usize>,
    /// The longest path, from what comes first to what comes last. By days where every node on it
    /// has them, else by the number of steps. What stands in a circle or behind one has no length.
    pub longest: Vec<NodeId>,
    /// Another path is as long as that one.
    pub tied: bool,
    /// Its length in days.
    pub days: Option<f64>,
}

impl Shape {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut needs: Vec<Vec<NodeId>> = vec![Vec::new(); graph.nodes.len()];
        for edge in &graph.edges {
            // Of two that are said to need each other by different drawings neither is known to.
            if edge.stated().is_some() && !graph.is_reversed(edge.from, edge.to) {
                needs[edge.from].push(edge.to);
            }
        }
        let groups = components(&needs);
        let cycles = cycles(&needs, &groups);
        let mut circle = vec![None; needs.len()];
        for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.len() > 1) {
            for &node in group {
                circle[node] = Some(at);
            }
        }
        let mut days: Vec<Option<f64>> = vec![None; graph.nodes.len()];
        for member in graph.views.iter().flat_map(|view| &view.members) {
            days[member.node] = days[member.node].or(member.days);
        }
        let timed = needs.iter().enumerate().all(|(from, to)| {
            to.is_empty() || (days[from].is_some() && to.iter().all(|&to| days[to].is_some()))
        }) && days.iter().any(Option::is_some);
        let (batch, path) = layers(&needs, &groups, &days, timed);
        let Path { nodes: longest, tied, length } = path;
        Self { cycles, circle, batch, longest, tied, days: timed.then_some(length) }
    }
}

/// Strongly connected parts, each after all that it needs. Without recursion, so that a long
/// chain costs no stack.
pub fn components(needs: &[Vec<NodeId>]) -> Vec<Vec<NodeId>> {
    let count = needs.len();
    let (mut order, mut low) = (vec![usize::MAX; count], vec![0; count]);
    let (mut stack, mut on_stack) = (Vec::new(), vec![false; count]);
    let (mut found, mut next) = (Vec::new(), 0);
    for root in 0..count {
        if order[root] != usize::MAX {
            continue;
        }
        let mut open = vec![(root, 0)];
        while let Some(&mut (node, ref mut child)) = open.last_mut() {
            if *child == 0 {
                (order[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&to) = needs[node].get(*child) {
                *child += 1;
                if order[to] == usize::MAX {
                    open.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(order[to]);
                }
                // A node without needs would otherwise be entered twice.
                continue;
            }
            open.pop();
            if let Some(&(above, _)) = open.last() {
                low[above] = low[above].min(low[node]);
            }
            if low[node] == order[node] {
                let mut part = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    part.push(member);
                    if member == node {
                        break;
                    }
                }
                found.push(part);
            }
        }
    }
    found
}

/// The shortest cycle through the first node of each part that has one.
pub fn cycles(needs: &[Vec<NodeId>], parts: &[Vec<NodeId>]) -> Vec<Vec<NodeId>> {
    let mut found = Vec::new();
    for part in parts.iter().filter(|part| part.len() > 1) {
        let inside: HashSet<NodeId> = part.iter().copied().collect();
        let Some(&start) = part.iter().min() else { continue };
        let mut from: HashMap<NodeId, NodeId> = HashMap::new();
        let mut open = std::collections::VecDeque::from([start]);
        let mut last = None;
        'search: while let Some(node) = open.pop_front() {
            for &to in needs[node].iter().filter(|to| inside.contains(to)) {
                if to == start {
                    last = Some(node);
                    break 'search;
                }
                if let std::collections::hash_map::Entry::Vacant(new) = from.entry(to) {
                    new.insert(node);
                    open.push_back(to);
                }
            }
        }
        let Some(mut at) = last else { continue };
        let mut path = vec![at];
        while at != start {
            let Some(&before) = from.get(&at) else { break };
            at = before;
            path.push(at);
        }
        path.reverse();
        found.push(path);
    }
    found.sort();
    found
}

/// The longest path through a graph.
struct Path {
    nodes: Vec<NodeId>,
    /// Another one is as long.
    tied: bool,
    length: f64,
}

fn layers(
    needs: &[Vec<NodeId>],
    parts: &[Vec<NodeId>],
    days: &[Option<f64>],
    timed: bool,
) -> (Vec<usize>, Path) {
    let mut batch = vec![0; needs.len()];
    let mut length = vec![0.0; needs.len()];
    let mut before: Vec<Option<NodeId>> = vec![None; needs.len()];
    let mut endless = vec![false; needs.len()];
    // Whether two ways of the same length lead to a node.
    let mut tied = vec![false; needs.len()];
    let same = |one: f64, other: f64| (one - other).abs() < 1e-9;
    for part in parts {
        let inside: HashSet<NodeId> = part.iter().copied().collect();
        let outer = part.iter().flat_map(|&node| &needs[node]).filter(|to| !inside.contains(to));
        let (mut layer, mut longest, mut last, mut both) = (0, 0.0, None, false);
        let mut waits = part.len() > 1;
        for &to in outer {
            layer = layer.max(batch[to] + 1);
            waits |= endless[to];
            if last.is_some_and(|last| last != to) && same(length[to], longest) {
                both = true;
            } else if length[to] > longest {
                (longest, last, both) = (length[to], Some(to), tied[to]);
            }
        }
        for &node in part {
            batch[node] = layer;
            endless[node] = waits;
            if waits {
                continue;
            }
            let own = if timed { days[node].unwrap_or(0.0) } else { 1.0 };
            length[node] = longest + own;
            (before[node], tied[node]) = (last, both);
        }
    }
    let end =
        (0..needs.len()).reduce(|best, one| if length[one] > length[best] { one } else { best });
    let mut path = Vec::new();
    let mut at = end;
    while let Some(node) = at {
        path.push(node);
        at = before[node];
    }
    path.reverse();
    let whole = end.map_or(0.0, |end| length[end]);
    let ends = length.iter().filter(|one| same(**one, whole)).count();
    let tied = path.len() > 1 && (ends > 1 || end.is_some_and(|end| tied[end]));
    (batch, Path { nodes: path, tied, length: whole })
}

/// Arrows lead from what is needed to what needs it, by custom. Where a drawing agrees with the
/// words of the others only the other way round, its arrows are turned.
pub(super) fn turn_arrows(views: &mut [View]) {
    let said: HashSet<(NodeId, NodeId)> = views
        .iter()
        .flat_map(|view| &view.needs)
        .filter(|arc| arc.sense == Sense::Said)
        .map(|arc| (arc.from, arc.to))
        .collect();
    for view in views {
        let arrows = || view.needs.iter().filter(|arc| arc.sense == Sense::Arrow);
        let with = arrows().filter(|arc| said.contains(&(arc.from, arc.to))).count();
        let against = arrows().filter(|arc| said.contains(&(arc.to, arc.from))).count();
        if against > with {
            for arc in view.needs.iter_mut().filter(|arc| arc.sense == Sense::Arrow) {
                std::mem::swap(&mut arc.from, &mut arc.to);
            }
        }
    }
}
