//! What names mean, across files.

use super::modules::below;
use super::{Linker, Node};
use crate::code::declared::Ref;
use crate::code::lexer::Language;
use crate::code::outline::{Import, Outline};
use crate::code::stands::stands_for;

/// How many steps a name may be away from what it means.
pub(super) const FAR: usize = 12;

impl Linker<'_> {
    /// What something means that is used in a file at a place.
    pub(super) fn nodes(&self, file: usize, what: &Ref, at: usize, steps: usize) -> Vec<Node> {
        if steps > FAR {
            return Vec::new();
        }
        match what {
            Ref::Router(router) => vec![Node::Router(file, *router)],
            Ref::Function(function) => vec![Node::Function(file, *function)],
            Ref::Scope(scope) => vec![Node::Scope(file, *scope)],
            Ref::File => vec![Node::File(file)],
            Ref::Nothing | Ref::Folder(_) => Vec::new(),
            Ref::Module(module, members) => self.of_module(file, module, members, steps),
            Ref::Name(parts) => self.named(file, parts, at, steps),
            Ref::Call(parts) => {
                // A method gives back whom it was called on, or a function what it made.
                if let Some((_, on)) = parts.split_last().filter(|(_, on)| !on.is_empty()) {
                    let on: Vec<Node> = self
                        .named(file, on, at, steps + 1)
                        .into_iter()
                        .filter(|node| matches!(node, Node::Router(..) | Node::Param(..)))
                        .collect();
                    if !on.is_empty() {
                        return on;
                    }
                }
                self.called(self.named(file, parts, at, steps + 1), steps)
            }
        }
    }

    /// What calls of these give, and they themselves.
    fn called(&self, functions: Vec<Node>, steps: usize) -> Vec<Node> {
        let mut found: Vec<Node> =
            functions.iter().flat_map(|node| self.made_in(*node, steps + 1)).collect();
        found.extend(functions);
        found
    }

    /// The routers that a function makes and keeps to itself, or that it gets from another.
    fn made_in(&self, node: Node, steps: usize) -> Vec<Node> {
        let Node::Function(file, function) = node else { return Vec::new() };
        let (one, outline) = (&self.files[file].declared, &self.files[file].outline);
        let body = &outline.functions[function];
        let inside = |at: usize| body.start < at && at < body.end;
        let mounted = |router: usize| {
            one.mounts.iter().filter(|mount| inside(mount.at)).any(|mount| {
                mount.targets.iter().any(|target| match target {
                    Ref::Router(other) => *other == router,
                    Ref::Name(_) => {
                        self.nodes(file, target, mount.at, steps + 1)
                            == [Node::Router(file, router)]
                    }
                    _ => false,
                })
            })
        };
        let own = (0..one.routers.len()).filter(|&router| {
            let made = &one.routers[router];
            inside(made.start) && made.on.is_none() && !mounted(router)
        });
        let own: Vec<Node> = own.map(|router| Node::Router(file, router)).collect();
        if own.is_empty() { self.given_back(file, function, steps) } else { own }
    }

    /// What a function answers with: what stands behind `return`, or last in Rust. A few functions
    /// deep is enough, and each may have many answers.
    fn given_back(&self, file: usize, function: usize, steps: usize) -> Vec<Node> {
        if steps > FAR / 2 {
            return Vec::new();
        }
        let (one, outline) = (&self.files[file].declared, &self.files[file].outline);
        let body = &outline.functions[function];
        let mut values: Vec<(usize, usize)> = (body.start..body.end)
            .filter(|&at| outline.tokens.is_word(at, "return"))
            .map(|at| (at + 1, outline.chain_end(at + 1)))
            .collect();
        if outline.language == Language::Rust {
            let last = body.end.saturating_sub(1);
            values.push((outline.chain_start(last), last));
        }
        let values = values.into_iter().filter(|(start, end)| body.start < *start && start < end);
        let found = values.flat_map(|(start, end)| {
            self.nodes(file, &stands_for(outline, one, start, end), start, steps + 1)
        });
        found.filter(|node| matches!(node, Node::Router(..) | Node::Param(..))).collect()
    }

    /// The functions that a callee means.
    pub(super) fn functions(&self, file: usize, callee: &Ref, at: usize) -> Vec<(usize, usize)> {
        let nodes = match callee {
            Ref::Call(parts) => self.named(file, parts, at, 0),
            other => self.nodes(file, other, at, 0),
        };
        let mut found: Vec<(usize, usize)> = nodes
            .into_iter()
            .filter_map(|node| match node {
                Node::Function(file, function) => Some((file, function)),
                _ => None,
            })
            .collect();
        if let (true, Ref::Name(parts)) = (found.is_empty(), callee) {
            found.extend(self.method(file, parts));
        }
        found
    }

    /// The only function of this name that takes a router: a method of some object.
    fn method(&self, file: usize, parts: &[String]) -> Option<(usize, usize)> {
        let name = parts.last()?;
        let language = self.files[file].outline.language;
        let takes = |(at, function): &(usize, usize)| {
            let params = &self.files[*at].outline.functions[*function].params;
            params.iter().any(|param| {
                param.types.iter().any(|word| self.extractor.types.contains(word))
                    || language == Language::Javascript
                        && self.extractor.is_router_name(&param.name)
            })
        };
        let all = self.files.iter().enumerate().flat_map(|(at, one)| {
            let functions = one.outline.functions.iter().enumerate();
            functions.filter(|(_, one)| one.name == *name).map(move |(function, _)| (at, function))
        });
        let mut all = all.filter(takes);
        let first = all.next()?;
        // A receiver may be named like the file or the type that has the method.
        match all.next() {
            None => Some(first),
            Some(_) => None,
        }
    }

    fn named(&self, file: usize, parts: &[String], at: usize, steps: usize) -> Vec<Node> {
        let (Some((head, rest)), true) = (parts.split_first(), steps <= FAR) else {
            return Vec::new();
        };
        let outline = &self.files[file].outline;
        let around = outline.around(at);
        for &function in &around {
            let body = &outline.functions[function];
            let found = self.assigned(file, head, at, Some((body.start, body.end)), steps);
            if !found.is_empty() {
                return found;
            }
            if let Some(param) = body.params.iter().find(|param| param.name == *head) {
                return vec![Node::Param(file, function, param.position)];
            }
        }
        let found = self.assigned(file, head, at, None, steps);
        if !found.is_empty() {
            return found;
        }
        self.looked_up(file, head, rest, steps)
    }

    /// What was assigned to a name, within some tokens or anywhere in the file.
    fn assigned(
        &self,
        file: usize,
        name: &str,
        at: usize,
        within: Option<(usize, usize)>,
        steps: usize,
    ) -> Vec<Node> {
        let one = &self.files[file];
        let places = one.outline.assigned.get(name).map_or(&[][..], Vec::as_slice);
        let inside = |place: &&usize| within.is_none_or(|(a, b)| a <= **place && **place < b);
        let before = places.iter().rev().filter(|place| **place <= at);
        let behind = places.iter().filter(|place| **place > at);
        for &place in before.chain(behind).filter(inside) {
            let end = one.outline.chain_end(place);
            // `app = app.route(…)` goes on with what stood there before, `app = app()` calls a
            // function of that name.
            let what = stands_for(&one.outline, &one.declared, place, end);
            let found = match &what {
                Ref::Call(parts) if parts[..] == [name] => {
                    self.called(self.looked_up(file, name, &[], steps + 1), steps)
                }
                Ref::Call(parts) | Ref::Name(parts)
                    if parts.first().is_some_and(|first| first == name) =>
                {
                    Vec::new()
                }
                what => self.nodes(file, what, place, steps + 1),
            };
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// What a name means in a file at large: a function, or something of another file.
    fn looked_up(&self, file: usize, head: &str, rest: &[String], steps: usize) -> Vec<Node> {
        let outline = &self.files[file].outline;
        if rest.is_empty() {
            let mut functions = outline.functions.iter();
            if let Some(function) = functions.position(|one| one.name == head) {
                return vec![Node::Function(file, function)];
            }
        }
        if let ([method], true) = (rest, has_methods(outline, head)) {
            let mut functions = outline.functions.iter();
            if let Some(function) = functions.position(|one| one.name == *method) {
                return vec![Node::Function(file, function)];
            }
        }
        let scopes = &self.files[file].declared.scopes;
        if let Some(scope) = scopes.iter().position(|one| one.name.as_deref() == Some(head)) {
            return vec![Node::Scope(file, scope)];
        }
        let mut found = Vec::new();
        for import in outline.imports.iter().filter(|one| one.local == head) {
            found.extend(self.imported(file, import, rest, steps + 1));
        }
        if found.is_empty() {
            for import in outline.imports.iter().filter(|one| one.local == "*") {
                let mut whole = vec![head.to_owned()];
                whole.extend_from_slice(rest);
                found.extend(self.imported(file, import, &whole, steps + 1));
            }
        }
        if found.is_empty() && matches!(outline.language, Language::Go | Language::Rust) {
            found.extend(self.beside(file, head, rest, steps + 1));
        }
        found
    }

    /// What stands in the other files of a package, or in a module that is named in full.
    fn beside(&self, file: usize, head: &str, rest: &[String], steps: usize) -> Vec<Node> {
        let path = &self.files[file].path;
        let language = self.files[file].outline.language;
        if language == Language::Rust {
            let Some((last, before)) = rest.split_last() else { return Vec::new() };
            let module = std::iter::once(head).chain(before.iter().map(String::as_str));
            let module = module.collect::<Vec<_>>().join(".");
            return self.of_module(file, &module, std::slice::from_ref(last), steps);
        }
        if !rest.is_empty() {
            return Vec::new();
        }
        let folder = path.folder();
        let others = self.files.iter().enumerate().filter(|(_, one)| one.path.folder() == folder);
        let functions = others.filter_map(|(at, one)| {
            let function = one.outline.functions.iter().position(|one| one.name == head)?;
            Some(Node::Function(at, function))
        });
        functions.collect()
    }

    fn imported(&self, file: usize, import: &Import, rest: &[String], steps: usize) -> Vec<Node> {
        let mut members: Vec<String> = import.name.iter().cloned().collect();
        members.extend_from_slice(rest);
        self.of_module(file, &import.module, &members, steps)
    }

    /// What a module gives under a name. One without a name gives what it exports as a whole.
    fn of_module(&self, file: usize, module: &str, members: &[String], steps: usize) -> Vec<Node> {
        if steps > FAR {
            return Vec::new();
        }
        let one = &self.files[file];
        let language = one.outline.language;
        let read = |module: &str| -> Vec<usize> {
            let meant = self.modules.meant(&one.path, module, language);
            meant.into_iter().filter_map(|at| self.read.get(&at).copied()).collect()
        };
        if let Some((first, rest)) = members.split_first() {
            // What is named may be a module of its own.
            let inner = match language {
                Language::Python | Language::Rust => read(&below(module, first)),
                _ => Vec::new(),
            };
            let found: Vec<Node> =
                inner.iter().flat_map(|&at| self.member(at, rest, steps)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        read(module).into_iter().flat_map(|at| self.member(at, members, steps)).collect()
    }

    /// What a file gives to whoever loads it.
    pub(super) fn exported(&self, file: usize) -> Vec<Node> {
        self.member(file, &[], 0)
    }

    fn member(&self, file: usize, members: &[String], steps: usize) -> Vec<Node> {
        let one = &self.files[file];
        let end = usize::MAX;
        match members {
            [] => {
                let mut found = self.default(file, steps);
                found.push(Node::File(file));
                found
            }
            [name, rest @ ..] if name == "default" => {
                let mut found = self.default(file, steps);
                found.push(Node::File(file));
                match rest {
                    [] => found,
                    _ if found.len() > 1 => found,
                    _ => self.member(file, rest, steps + 1),
                }
            }
            [name, rest @ ..] => {
                let found = self.assigned(file, name, end, None, steps + 1);
                if !found.is_empty() {
                    return found;
                }
                let found = self.looked_up(file, name, rest, steps + 1);
                if found.is_empty() && one.outline.language == Language::Javascript {
                    return self.looked_up(file, name, &[], steps + 1);
                }
                found
            }
        }
    }

    /// What a file gives as a whole: what it exports without a name, else its routers.
    fn default(&self, file: usize, steps: usize) -> Vec<Node> {
        let one = &self.files[file];
        let found = self.assigned(file, "default", usize::MAX, None, steps + 1);
        if !found.is_empty() {
            return found;
        }
        if let Some(function) = one.outline.functions.iter().position(|one| one.default) {
            return vec![Node::Function(file, function)];
        }
        let named = one.outline.assigned.get("default").into_iter().flatten().find_map(|&place| {
            let parts = vec![one.outline.tokens.word(place)?.to_owned()];
            let found = self.named(file, &parts, place, steps + 1);
            (!found.is_empty()).then_some(found)
        });
        if let Some(found) = named {
            return found;
        }
        let alone = one.declared.routers.iter().enumerate();
        let alone = alone.filter(|(_, router)| router.on.is_none() && !router.root);
        alone.map(|(router, _)| Node::Router(file, router)).collect()
    }

    /// What a route or group is on, where that is a router; nothing where it is something else.
    pub(super) fn served(&self, file: usize, on: &Ref, at: usize) -> Vec<Node> {
        let mut found = self.nodes(file, on, at, 0);
        found.retain(|node| match *node {
            Node::Param(file, function, position) => {
                let params = &self.files[file].outline.functions[function].params;
                let own = params.iter().filter(|param| param.position == position);
                self.edges.contains_key(node)
                    || own.into_iter().any(|param| {
                        self.extractor.is_router_name(&param.name)
                            || param.types.iter().any(|word| self.extractor.types.contains(word))
                    })
            }
            Node::Function(..) => matches!(on, Ref::Function(_)),
            Node::File(_) => *on == Ref::File,
            _ => true,
        });
        if !found.is_empty() {
            return found;
        }
        // A name that nothing in the file explains, and that routers have.
        let outline = &self.files[file].outline;
        let (Ref::Name(parts) | Ref::Call(parts)) = on else { return Vec::new() };
        let name = if matches!(on, Ref::Call(_)) { parts.first() } else { parts.last() };
        let unknown = name.is_some_and(|name| {
            self.extractor.is_router_name(name)
                && !outline.assigned.contains_key(name)
                && !outline.imports.iter().any(|import| import.local == *name)
                && parts.len() == 1
        });
        if unknown { vec![Node::File(file)] } else { Vec::new() }
    }
}

/// Whether a file of Rust gives a type functions of its own.
fn has_methods(outline: &Outline, name: &str) -> bool {
    let tokens = &outline.tokens;
    let begins = |at: usize| {
        tokens.is_word(at, "impl") || tokens.is_word(at, "for") || tokens.is_mark(at, '>')
    };
    outline.language == Language::Rust
        && (1..tokens.len()).any(|at| tokens.is_word(at, name) && begins(at - 1))
}
