//! What stands before the paths of a router.

use super::{Linker, Node};
use crate::code::declared::Scope;
use crate::code::path::joined;

/// How deep routers may stand in one another, and at how many places one may be mounted.
const DEEP: usize = 16;
const MANY: usize = 64;

impl Linker<'_> {
    /// Everything that stands before the paths of a node, and whether that is all of it.
    pub(super) fn prefixes(&self, node: Node) -> Vec<(String, bool)> {
        let mut found = self.above(node, &mut Vec::new());
        found.sort_unstable();
        found.dedup();
        // A place that is known whole explains one that is not.
        if found.iter().any(|(_, whole)| *whole) {
            found.retain(|(_, whole)| *whole);
        }
        found
    }

    fn above(&self, node: Node, open: &mut Vec<Node>) -> Vec<(String, bool)> {
        if open.len() > DEEP || open.contains(&node) {
            return Vec::new();
        }
        open.push(node);
        let mut found = self.before(node, open);
        open.pop();
        found.truncate(MANY);
        found
    }

    fn before(&self, node: Node, open: &mut Vec<Node>) -> Vec<(String, bool)> {
        let (own, own_whole) = match node {
            Node::Router(file, router) => {
                self.written(file, &self.files[file].declared.routers[router].prefixes)
            }
            Node::Scope(file, scope) => {
                self.written(file, &self.files[file].declared.scopes[scope].prefixes)
            }
            Node::File(file) => (vec![self.of_file(file)], true),
            Node::Param(..) | Node::Function(..) => (vec![String::new()], true),
        };
        let mut above: Vec<(String, bool, bool)> = Vec::new();
        if let Some(edges) = self.edges.get(&node) {
            for edge in edges {
                for (before, whole) in self.above(edge.above, open) {
                    for prefix in &edge.prefixes {
                        let path = joined(&before, prefix);
                        above.push((
                            path,
                            whole && edge.whole,
                            edge.replaces && !prefix.is_empty(),
                        ));
                    }
                }
            }
        }
        match node {
            Node::Router(file, router) => {
                let made = &self.files[file].declared.routers[router];
                if let Some(on) = &made.on {
                    let on = self.served(file, on, made.start);
                    for node in on {
                        let before = self.above(node, open);
                        above.extend(before.into_iter().map(|(path, whole)| (path, whole, false)));
                    }
                    if above.is_empty() {
                        return Vec::new();
                    }
                }
                if above.is_empty() {
                    above.push((String::new(), made.root, false));
                }
            }
            // One that is mounted by its name stands where it is mounted.
            Node::Scope(..) if !above.is_empty() => {}
            Node::Scope(file, scope) => {
                let start = self.files[file].declared.scopes[scope].start;
                let scopes = self.files[file].declared.scopes.iter().enumerate();
                let size = |one: &Scope| one.end - one.start;
                let own = size(&self.files[file].declared.scopes[scope]);
                let around = scopes.filter(|(other, one)| {
                    let outside = size(one) > own || size(one) == own && *other < scope;
                    outside && one.start <= start && start < one.end && !one.everywhere
                });
                let outer = around.min_by_key(|(at, one)| (size(one), usize::MAX - at));
                let outer = outer.map_or(Node::File(file), |(outer, _)| Node::Scope(file, outer));
                let before = self.above(outer, open);
                above.extend(before.into_iter().map(|(path, whole)| (path, whole, false)));
            }
            Node::File(_) if above.is_empty() => above.push((String::new(), true, false)),
            Node::Param(file, function, position) if above.is_empty() => {
                let params = self.files[file].outline.functions[function].params.iter();
                let mut own = params.filter(|one| one.position == position);
                let app = own.any(|param| {
                    self.extractor.is_app(&param.name)
                        || param.types.iter().any(|word| self.extractor.is_app(word))
                });
                above.push((String::new(), app, false));
            }
            Node::Function(..) if above.is_empty() => above.push((String::new(), false, false)),
            _ => {}
        }
        let mut found = Vec::new();
        for (before, whole, replaces) in above {
            if replaces {
                found.push((before, whole));
                continue;
            }
            for prefix in &own {
                found.push((joined(&before, prefix), whole && own_whole));
            }
        }
        found
    }

    /// What a file serves by where it stands.
    fn of_file(&self, file: usize) -> String {
        let path = self.files[file].path.as_str();
        self.extractor.place(path).map(|(_, prefix)| prefix).unwrap_or_default()
    }
}
