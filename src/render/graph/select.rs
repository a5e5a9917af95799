//! Parts of a graph that people ask for.

use super::{Edge, Graph, Node};
use crate::base::words;

impl Graph {
    /// The graphs of several projects as one. With each node stands which of them it is of.
    pub fn beside(mut projects: Vec<(String, Graph)>) -> Graph {
        if projects.len() == 1 {
            return projects.remove(0).1;
        }
        let mut all = Graph::default();
        for (project, graph) in projects {
            let first = all.nodes.len();
            all.edges.extend(graph.known_edges().map(|edge| Edge {
                before: edge.before + first,
                after: edge.after + first,
                ..edge.clone()
            }));
            all.nodes.extend(graph.nodes.into_iter().map(|node| Node {
                id: format!("{project}: {}", node.id).into(),
                detail: node.detail.or_else(|| Some(project.as_str().into())),
                ..node
            }));
        }
        all
    }

    /// The features of one iteration, and what they need from elsewhere, which is given.
    pub fn of_iteration(&self, iteration: &str) -> Graph {
        let own = |place: usize| self.nodes[place].iteration.as_str() == iteration;
        let mut kept: Vec<bool> = (0..self.nodes.len()).map(own).collect();
        for edge in self.known_edges().filter(|edge| own(edge.after)) {
            kept[edge.before] = true;
        }
        let mut graph = self.only(&kept, |edge| own(edge.after));
        for node in &mut graph.nodes {
            if node.iteration.as_str() != iteration {
                node.batch = None;
                node.given = !node.external;
                if node.detail.is_none() && !node.iteration.is_empty() {
                    node.detail = Some(format!("Iteration {}", node.iteration).into());
                }
            }
        }
        graph
    }

    /// One feature with everything it needs and everything that needs it, by however many steps.
    pub fn around(&self, feature: usize) -> Graph {
        let mut kept = vec![false; self.nodes.len()];
        for upward in [true, false] {
            let mut near = vec![Vec::new(); self.nodes.len()];
            for edge in self.known_edges() {
                let (from, to) =
                    if upward { (edge.after, edge.before) } else { (edge.before, edge.after) };
                near[from].push(to);
            }
            let mut seen = vec![false; self.nodes.len()];
            let mut open: Vec<usize> =
                Some(feature).filter(|&one| one < seen.len()).into_iter().collect();
            while let Some(node) = open.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    kept[node] = true;
                    open.extend(&near[node]);
                }
            }
        }
        self.only(&kept, |_| true)
    }

    /// The feature that a person means by a name: its id, its name, or the name's beginning where
    /// no other begins so.
    pub fn find(&self, name: &str) -> Option<usize> {
        let meant = words::normalize(name);
        let of = |node: &Node| [node.id.as_str(), node.name.as_str()].map(words::normalize);
        let exact = |node: &Node| {
            [&node.id, &node.name].iter().any(|one| one.as_str() == name)
                || of(node).contains(&meant)
        };
        if let Some(found) = self.nodes.iter().position(exact) {
            return Some(found);
        }
        let begins =
            |node: &Node| !meant.is_empty() && of(node).iter().any(|one| one.starts_with(&meant));
        let mut found = (0..self.nodes.len()).filter(|&place| begins(&self.nodes[place]));
        found.next().filter(|_| found.next().is_none())
    }

    /// The iterations that features belong to, in the order in which they come.
    pub fn iterations(&self) -> Vec<&str> {
        let mut iterations: Vec<&str> = Vec::new();
        let features = self.nodes.iter().filter(|node| !node.external);
        for node in features.filter(|node| !node.iteration.is_empty()) {
            if !iterations.contains(&node.iteration.as_str()) {
                iterations.push(node.iteration.as_str());
            }
        }
        iterations
    }

    /// The graph of some nodes. A critical path of which a node is missing is none.
    fn only(&self, kept: &[bool], wanted: impl Fn(&Edge) -> bool) -> Graph {
        let mut places = Vec::with_capacity(kept.len());
        let mut next = 0;
        for &keeps in kept {
            places.push(keeps.then_some(next));
            next += usize::from(keeps);
        }
        let moved = |edge: &Edge| {
            let (before, after) = (places[edge.before]?, places[edge.after]?);
            Some(Edge { before, after, ..edge.clone() })
        };
        let path = self.critical_path.iter().map(|&node| places.get(node).copied().flatten());
        let nodes = self.nodes.iter().zip(kept).filter(|(_, keeps)| **keeps);
        Graph {
            title: self.title.clone(),
            nodes: nodes.map(|(node, _)| node.clone()).collect(),
            edges: self.known_edges().filter(|edge| wanted(edge)).filter_map(moved).collect(),
            critical_path: path.collect::<Option<Vec<_>>>().unwrap_or_default(),
            tied: self.tied,
        }
    }
}
