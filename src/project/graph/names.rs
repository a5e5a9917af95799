//! Names that are found by their words, however many there are.

use std::collections::HashMap;

use super::NodeId;
use crate::project::features::{Name, Stem};

/// Names of nodes.
#[derive(Debug, Default)]
pub(super) struct Names {
    list: Vec<(Name, NodeId)>,
    /// The places of the names that hold a word of weight, by how it begins.
    by_word: HashMap<Stem, Vec<usize>>,
    /// The same by the first word of weight alone.
    by_first: HashMap<Stem, Vec<usize>>,
}

impl Names {
    pub fn add(&mut self, name: Name, node: NodeId) {
        let place = self.list.len();
        let stems: Vec<Stem> = name.stems().collect();
        for stem in &stems {
            let places = self.by_word.entry(*stem).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        if let Some(first) = stems.first() {
            self.by_first.entry(*first).or_default().push(place);
        }
        self.list.push((name, node));
    }

    /// The nodes of whose names this one is a part.
    pub fn wholes<'a>(&'a self, part: &'a Name) -> impl Iterator<Item = NodeId> + 'a {
        // Each of its words stands in them, so that the rarest leads to all.
        let places =
            part.stems().map(|stem| self.by_word.get(&stem).map_or(&[][..], Vec::as_slice));
        let places = places.min_by_key(|places| places.len()).unwrap_or_default();
        let known = places.iter().map(|&place| &self.list[place]);
        known.filter(|(known, _)| part.is_part_of(known)).map(|(_, node)| *node)
    }

    /// The nodes whose names are parts of this one.
    pub fn parts<'a>(&'a self, whole: &'a Name) -> impl Iterator<Item = NodeId> + 'a {
        let places = whole.stems().filter_map(|stem| self.by_first.get(&stem)).flatten();
        let known = places.map(|&place| &self.list[place]);
        known.filter(|(known, _)| known.is_part_of(whole)).map(|(_, node)| *node)
    }
}
