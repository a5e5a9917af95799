//! Which features can be built at the same time.

use super::{Graph, Node, Shown};

impl Graph {
    /// Puts every feature into its batch: behind all that it needs from its own iteration.
    ///
    /// What earlier iterations made is there by then. A feature in a cycle, or one that waits for
    /// a cycle, is in no batch. What is no feature and waits for one is a step of work all the
    /// same, and stands behind the last thing it needs; if it waits for none, it is given.
    pub fn schedule(&mut self) {
        let count = self.nodes.len();
        let (mut waits, mut frees) = (vec![0; count], vec![Vec::new(); count]);
        for edge in self.known_edges() {
            waits[edge.after] += 1;
            frees[edge.before].push(edge.after);
        }
        let ranks = self.ranks();
        // The last step before each node: the rank of its iteration, and its batch.
        let mut behind: Vec<Option<(usize, usize)>> = vec![None; count];
        let mut free: Vec<usize> = (0..count).filter(|&node| waits[node] == 0).collect();
        let mut steps = vec![None; count];
        while let Some(node) = free.pop() {
            steps[node] = match (behind[node], ranks[node]) {
                (Some((rank, batch)), own) if own.is_none_or(|own| own == rank) => {
                    Some((rank, batch + 1))
                }
                (_, own) => own.map(|own| (own, 1)),
            };
            for &next in &frees[node] {
                let counts = |step: &(usize, usize)| ranks[next].is_none_or(|own| own == step.0);
                behind[next] = behind[next].max(steps[node].filter(counts));
                waits[next] -= 1;
                if waits[next] == 0 {
                    free.push(next);
                }
            }
        }
        let iterations: Vec<Shown> = self.iterations().into_iter().map(Shown::from).collect();
        for (node, step) in self.nodes.iter_mut().zip(steps) {
            node.batch = step.map(|(_, batch)| batch);
            if let (true, Some(named)) =
                (node.external, step.and_then(|(rank, _)| iterations.get(rank)))
            {
                node.iteration = named.clone();
            }
        }
    }

    /// Which iteration each feature is of, by its place among them.
    fn ranks(&self) -> Vec<Option<usize>> {
        let iterations = self.iterations();
        let rank = |node: &Node| {
            iterations.iter().position(|one| *one == node.iteration.as_str()).unwrap_or(0)
        };
        self.nodes.iter().map(|node| (!node.external).then(|| rank(node))).collect()
    }
}
