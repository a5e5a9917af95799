//! The paths of all endpoints, so that asking for one costs the same among ten or ten thousand.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::contract::{Mention, Method};

/// A set of methods.
#[derive(Clone, Copy, Default)]
pub(super) struct Methods(u8);

impl Methods {
    /// Those with which a mention may call an endpoint. A socket is opened by a GET.
    pub fn of(mention: &Mention) -> Self {
        let mut methods = Self(if mention.methods.is_empty() { u8::MAX } else { 0 });
        for &method in &mention.methods {
            methods.add(method);
            if method == Method::Get {
                methods.add(Method::Socket);
            }
        }
        methods
    }

    fn add(&mut self, method: Method) {
        self.0 |= 1 << method as u8;
    }

    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The keys of the routes of all endpoints, with their methods.
#[derive(Default)]
pub(super) struct Paths<'p> {
    methods: HashMap<&'p str, Methods>,
    /// Made when a path is asked for that no endpoint has just so, which is seldom.
    ends: OnceCell<Ends<'p>>,
}

impl<'p> Paths<'p> {
    pub fn add(&mut self, method: Method, key: &'p str) {
        self.methods.entry(key).or_default().add(method);
    }

    /// The methods of the endpoints that have just this path, with `{}` for parameters.
    pub fn methods(&self, key: &str) -> Option<Methods> {
        self.methods.get(key).copied()
    }

    /// Whether the path of an endpoint is like this one from the end.
    pub fn end_like(&self, named: &str, asked: Methods) -> bool {
        self.ends.get_or_init(|| Ends::of(&self.methods)).have(named, asked)
    }

    /// How a path begins: `api` of `/api/users`.
    pub fn first(key: &str) -> &str {
        key.split('/').nth(1).unwrap_or("")
    }

    pub fn keys(&self) -> impl Iterator<Item = &'p str> {
        self.methods.keys().copied()
    }
}

/// The paths as a tree of their parts, the last part first.
struct Ends<'p> {
    steps: HashMap<(usize, &'p str), usize>,
    nodes: Vec<Node>,
}

/// The methods of the endpoints whose paths end the way that leads to it.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Of those whose paths are no longer.
    whole: Methods,
    all: Methods,
}

impl<'p> Ends<'p> {
    fn of(paths: &HashMap<&'p str, Methods>) -> Self {
        let mut ends = Self { steps: HashMap::new(), nodes: vec![Node::default()] };
        for (path, &methods) in paths {
            let mut at = 0;
            for part in path.rsplit('/').take_while(|part| !part.is_empty()) {
                let next = ends.nodes.len();
                at = *ends.steps.entry((at, part)).or_insert(next);
                if at == next {
                    ends.nodes.push(Node::default());
                }
                ends.nodes[at].all.0 |= methods.0;
            }
            ends.nodes[at].whole.0 |= methods.0;
        }
        ends
    }

    fn have(&self, named: &str, asked: Methods) -> bool {
        // Where the paths may go on, with what is left of the name, and whether any part of it
        // was more than the value of a parameter.
        let mut open = vec![(0, named.rsplit('/'), false)];
        while let Some((at, mut rest, literal)) = open.pop() {
            let node = self.nodes[at];
            let value = rest.next().filter(|value| !value.is_empty());
            let ended = if value.is_some() { node.whole } else { node.all };
            if literal && ended.meet(asked) {
                return true;
            }
            let Some(value) = value else { continue };
            let step = |part| self.steps.get(&(at, part)).copied();
            open.extend(step("{}").map(|next| (next, rest.clone(), literal)));
            let same = step(value).filter(|_| value != "{}");
            open.extend(same.map(|next| (next, rest, true)));
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_by_their_ends() {
        let mut paths = Paths::default();
        paths.add(Method::Get, "/api/v1/users/{}");
        paths.add(Method::Post, "/login");
        paths.add(Method::Put, "/{}");
        let like = |named, method| {
            let mut asked = Methods::default();
            asked.add(method);
            paths.end_like(named, asked)
        };
        assert!(like("/users/7", Method::Get) && like("/users/{}", Method::Get));
        assert!(like("/x/api/v1/users/7", Method::Get) && like("/api/login", Method::Post));
        assert!(!like("/users/7", Method::Post) && !like("/users", Method::Get));
        assert!(!like("/7", Method::Get) && !like("/7", Method::Put) && !like("/", Method::Get));
    }
}
