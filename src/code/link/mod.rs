//! From files to routes: which router is mounted where, across files.

mod folders;
mod modules;
mod prefixes;
mod resolve;
mod texts;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::declared::{Declared, Ref, Text};
use super::extractor::Extractor;
use super::lexer::Piece;
use super::outline::Outline;
use crate::base::RepoPath;
pub use modules::Modules;

/// A file that was read.
#[derive(Debug)]
pub struct File {
    pub path: RepoPath,
    pub outline: Arc<Outline>,
    pub declared: Declared,
}

/// Something that routes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// File, and the place among its routers.
    Router(usize, usize),
    /// File, function, position of the parameter.
    Param(usize, usize, usize),
    Function(usize, usize),
    Scope(usize, usize),
    File(usize),
}

/// That something is put below something else.
#[derive(Debug)]
struct Edge {
    above: Node,
    prefixes: Vec<String>,
    /// Whether the whole prefix is known.
    whole: bool,
    replaces: bool,
}

/// All files of one framework.
pub struct Linker<'f> {
    pub extractor: &'f Extractor,
    pub files: &'f [File],
    pub modules: &'f Modules,
    /// By the place in `modules`.
    read: HashMap<usize, usize>,
    edges: HashMap<Node, Vec<Edge>>,
    /// By name, the texts of settings that an object holds which nobody can follow: of those that
    /// stand for one text only.
    settings: HashMap<&'f str, Option<(usize, &'f Text)>>,
    /// What stands before every path, and the file that says so.
    everywhere: Vec<(usize, String, bool)>,
}

/// A route as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    pub file: usize,
    /// The tokens that declare it, the first and the last.
    pub at: usize,
    pub last: usize,
    pub method: String,
    pub path: String,
    /// Whether the whole path is known. Where it is not, this is its end.
    pub whole: bool,
}

impl<'f> Linker<'f> {
    pub fn new(
        extractor: &'f Extractor,
        files: &'f [File],
        modules: &'f Modules,
        places: &HashMap<RepoPath, usize>,
    ) -> Self {
        let read = files.iter().enumerate();
        let read = read.filter_map(|(at, file)| Some((*places.get(&file.path)?, at))).collect();
        let (edges, everywhere) = (HashMap::new(), Vec::new());
        let settings = settings(files);
        let mut linker = Self { extractor, files, modules, read, edges, settings, everywhere };
        linker.connect();
        linker
    }

    /// Finds out what is put below what.
    fn connect(&mut self) {
        let mut edges: HashMap<Node, Vec<Edge>> = HashMap::new();
        for (at, file) in self.files.iter().enumerate() {
            for mount in &file.declared.mounts {
                let above = self.nodes(at, &mount.on, mount.at, 0);
                let targets = mount.targets.iter();
                let below: HashSet<(Node, String)> =
                    targets.flat_map(|target| self.mounted(at, target, mount.at)).collect();
                let prefixes: Vec<Text> =
                    mount.prefixes.iter().filter(|text| self.is_path(at, text)).cloned().collect();
                let (prefixes, whole) = self.written(at, &prefixes);
                for (above, (below, place)) in
                    above.iter().flat_map(|a| below.iter().map(move |b| (*a, b)))
                {
                    let prefixes = prefixes.iter().map(|one| super::path::joined(one, place));
                    let (prefixes, replaces) = (prefixes.collect(), mount.replaces);
                    let edge = Edge { above, prefixes, whole, replaces };
                    edges.entry(*below).or_default().push(edge);
                }
            }
            for pass in &file.declared.passes {
                let above = self.nodes(at, &pass.arg, pass.at, 0);
                if above.is_empty() {
                    continue;
                }
                for function in self.functions(at, &pass.callee, pass.at) {
                    for &above in &above {
                        let below = Node::Param(function.0, function.1, pass.position);
                        let prefixes = vec![String::new()];
                        let edge = Edge { above, prefixes, whole: true, replaces: false };
                        edges.entry(below).or_default().push(edge);
                    }
                }
            }
            for scope in file.declared.scopes.iter().filter(|one| one.everywhere) {
                let (prefixes, whole) = self.written(at, &scope.prefixes);
                self.everywhere.extend(prefixes.into_iter().map(|prefix| (at, prefix, whole)));
            }
        }
        self.edges = edges;
    }

    /// What a target of a mount means, and what its place adds to the prefix. A function that takes
    /// a router is handed it.
    fn mounted(&self, file: usize, target: &Ref, at: usize) -> Vec<(Node, String)> {
        let mut found = match target {
            Ref::Folder(folder) => self.loaded(file, folder),
            _ => {
                let nodes = self.nodes(file, target, at, 0).into_iter();
                nodes.map(|node| (node, String::new())).collect()
            }
        };
        let functions: Vec<(Node, String)> = found
            .iter()
            .filter_map(|(node, place)| match node {
                Node::Function(file, function) => {
                    Some((Node::Param(*file, *function, 0), place.clone()))
                }
                _ => None,
            })
            .collect();
        found.extend(functions);
        found
    }

    /// The files that this one names and that were not read yet.
    pub fn wanted(&self) -> Vec<usize> {
        let mut wanted: Vec<usize> = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            let language = file.outline.language;
            if language.names_by_package() {
                let names = file.declared.names().chain(file.outline.names());
                wanted.extend(names.flat_map(|name| self.explaining(at, name)));
                continue;
            }
            for import in &file.outline.imports {
                let named = import.name.iter().map(|name| modules::below(&import.module, name));
                let modules = std::iter::once(import.module.clone()).chain(named);
                for module in modules {
                    wanted.extend(self.modules.meant(&file.path, &module, language));
                }
            }
            let targets = file.declared.mounts.iter().flat_map(|mount| &mount.targets);
            let callees = file.declared.passes.iter().map(|pass| &pass.callee);
            for target in targets.chain(callees) {
                if let Ref::Module(module, _) = target {
                    wanted.extend(self.modules.meant(&file.path, module, language));
                }
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted.retain(|one| !self.read.contains_key(one));
        wanted
    }

    /// Every route as it is served, in the order of files and declarations.
    pub fn routes(&self) -> Vec<Linked> {
        let mut found = Vec::new();
        for (file, one) in self.files.iter().enumerate() {
            for route in &one.declared.routes {
                let nodes = self.served(file, &route.on, route.at);
                let mut prefixes: Vec<(String, bool)> =
                    nodes.iter().flat_map(|node| self.prefixes(*node)).collect();
                prefixes.sort_unstable();
                prefixes.dedup();
                for text in &route.paths {
                    let (path, known) = self.path(file, text);
                    let Some(path) = path else { continue };
                    for (prefix, whole) in &prefixes {
                        let path = super::path::joined(prefix, &path);
                        let (path, shared) =
                            self.everywhere(file, self.named_after(file, route.at, path));
                        for method in &route.methods {
                            let (method, path) = (method.clone(), path.clone());
                            let whole = *whole && known && shared;
                            let (at, last) = (route.at, route.last);
                            found.push(Linked { file, at, last, method, path, whole });
                        }
                    }
                }
            }
        }
        found
    }

    /// A path with the name of the function behind a route, where something stands for it.
    fn named_after(&self, file: usize, at: usize, path: String) -> String {
        let Some(sign) = self.extractor.action.as_deref().filter(|sign| path.contains(sign)) else {
            return path;
        };
        let functions = self.files[file].outline.functions.iter();
        let next = functions.filter(|one| one.start > at && !one.name.is_empty());
        next.min_by_key(|one| one.start).map_or(path.clone(), |one| path.replace(sign, &one.name))
    }

    /// A path with what is put before every path of its part of the tree.
    fn everywhere(&self, file: usize, path: String) -> (String, bool) {
        let shared = |other: usize| {
            let (own, other) = (self.files[file].path.as_str(), self.files[other].path.as_str());
            own.split('/').zip(other.split('/')).take_while(|(one, other)| one == other).count()
        };
        match self.everywhere.iter().max_by_key(|(other, ..)| shared(*other)) {
            Some((_, prefix, whole)) => (super::path::joined(prefix, &path), *whole),
            None => (path, true),
        }
    }

    /// Whether a text that is given for a prefix is one. A name alone may be a guard or a router.
    fn is_path(&self, file: usize, text: &Text) -> bool {
        match &text[..] {
            [Piece::Name(name)] => is_setting(name) || self.path(file, text).0.is_some(),
            _ => true,
        }
    }

    /// Texts as they read, and whether all of them is known.
    fn written(&self, file: usize, texts: &[Text]) -> (Vec<String>, bool) {
        if texts.is_empty() {
            return (vec![String::new()], true);
        }
        let mut whole = true;
        let read = texts.iter().map(|text| {
            let (path, known) = self.path(file, text);
            whole &= known && path.is_some();
            path.unwrap_or_default()
        });
        (read.collect(), whole)
    }
}

/// Whether a name is one that settings of paths have: `api_prefix`, `API_ROOT`.
fn is_setting(name: &str) -> bool {
    const PARTS: &[&str] = &["prefix", "base", "api", "root", "version", "path"];
    let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    // `route.path` is one of many.
    last != "path" && !last.contains("router") && PARTS.iter().any(|part| last.contains(part))
}

/// The texts under the names of settings.
fn settings(files: &[File]) -> HashMap<&str, Option<(usize, &Text)>> {
    let mut found: HashMap<&str, Option<(usize, &Text)>> = HashMap::new();
    for (at, file) in files.iter().enumerate() {
        for (name, text) in &file.outline.constants {
            let Some(text) = text.as_ref().filter(|_| is_setting(name)) else { continue };
            let known = found.entry(name).or_insert(Some((at, text)));
            if known.is_some_and(|(_, other)| other != text) {
                *known = None;
            }
        }
    }
    found
}
