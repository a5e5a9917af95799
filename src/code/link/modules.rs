//! Which file a module is.

use std::collections::HashMap;

use crate::base::RepoPath;
use crate::code::lexer::Language;

/// The files of a tree by the names that code has for them.
#[derive(Debug, Default)]
pub struct Modules {
    /// By the path without the ending; a file that stands for its folder by that of the folder.
    by_key: HashMap<String, Vec<usize>>,
    /// The keys by their last part.
    by_last: HashMap<String, Vec<String>>,
    paths: Vec<RepoPath>,
}

impl Modules {
    pub fn new(paths: Vec<RepoPath>) -> Self {
        let mut modules = Self { paths, ..Self::default() };
        for at in 0..modules.paths.len() {
            let path = modules.paths[at].as_str();
            for key in keys(path) {
                let last = key.rsplit('/').next().unwrap_or("").to_owned();
                let known = modules.by_key.entry(key.clone()).or_default();
                if known.is_empty() {
                    modules.by_last.entry(last).or_default().push(key);
                }
                known.push(at);
            }
        }
        modules
    }

    pub fn path(&self, file: usize) -> &RepoPath {
        &self.paths[file]
    }

    /// The files that a module means in a file of this language, by their places among the paths.
    pub fn meant(&self, from: &RepoPath, module: &str, language: Language) -> Vec<usize> {
        match language {
            Language::Javascript => self.script(from, module),
            Language::Python => self.python(from, module),
            Language::Go => self.by_end(from, module),
            Language::Rust => self.rust(from, module),
            _ => self.python(from, module),
        }
    }

    /// The files under a key. Those of a folder are meant where no file has its name.
    fn exact(&self, key: &str) -> Vec<usize> {
        self.by_key.get(key).cloned().unwrap_or_default()
    }

    fn script(&self, from: &RepoPath, module: &str) -> Vec<usize> {
        let bare = [".js", ".ts", ".mjs", ".jsx", ".tsx", ".cjs", ".mts"]
            .iter()
            .find_map(|ending| module.strip_suffix(ending))
            .unwrap_or(module);
        if bare.starts_with('.') {
            let path = RepoPath::resolve(&from.folder(), bare);
            return path.map(|path| self.exact(path.as_str())).unwrap_or_default();
        }
        let aliased = bare.starts_with(['@', '~', '#']);
        let below = bare.split_once('/').map_or("", |(_, below)| below);
        let below = if aliased { below } else { bare };
        self.ending(from, below)
    }

    fn python(&self, from: &RepoPath, module: &str) -> Vec<usize> {
        let dots = module.len() - module.trim_start_matches('.').len();
        let path = module[dots..].replace('.', "/");
        if dots > 0 {
            let mut folder = from.folder();
            for _ in 1..dots {
                folder = folder.folder();
            }
            return self.exact(folder.join(&path).as_str());
        }
        self.ending(from, &path)
    }

    fn rust(&self, from: &RepoPath, module: &str) -> Vec<usize> {
        let parts: Vec<&str> =
            module.split('.').filter(|one| !matches!(*one, "crate" | "super" | "self")).collect();
        let path = parts.join("/");
        if path.is_empty() {
            return Vec::new();
        }
        let stem = from.as_str().trim_end_matches(".rs");
        let beside = from.folder().join(&path);
        let below = RepoPath::new(stem).join(&path);
        for place in [beside, below] {
            let found = self.exact(place.as_str());
            if !found.is_empty() {
                return found;
            }
        }
        self.ending(from, &path)
    }

    /// A path of which only the end stands in this tree, as packages of Go are written.
    fn by_end(&self, from: &RepoPath, module: &str) -> Vec<usize> {
        let mut rest = module;
        loop {
            let found = self.ending(from, rest);
            if !found.is_empty() {
                return found;
            }
            match rest.split_once('/') {
                Some((_, below)) => rest = below,
                None => return Vec::new(),
            }
        }
    }

    /// The files whose key ends so, of several those nearest to where they are asked for.
    fn ending(&self, from: &RepoPath, end: &str) -> Vec<usize> {
        if end.is_empty() {
            return Vec::new();
        }
        let last = end.rsplit('/').next().unwrap_or(end);
        let fits = |key: &&String| {
            key.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let shared = |key: &str| {
            let own = from.as_str().split('/');
            own.zip(key.split('/')).take_while(|(one, other)| one == other).count()
        };
        let keys = self.by_last.get(last).into_iter().flatten().filter(fits);
        let nearest = keys.max_by_key(|key| (shared(key), usize::MAX - key.len()));
        nearest.map(|key| self.exact(key)).unwrap_or_default()
    }
}

/// A module of a module: `..` and `a` are `..a`.
pub fn below(module: &str, name: &str) -> String {
    let dot = if module.ends_with('.') { "" } else { "." };
    format!("{module}{dot}{name}")
}

/// The names under which code may ask for a file.
fn keys(path: &str) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.split('.').next().unwrap_or(name);
    let stem = if name.matches('.').count() > 1 {
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    } else {
        stem
    };
    let own = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
    // The files of a folder are one package in Go; elsewhere one of them stands for it.
    let stands = path.ends_with(".go") || matches!(stem, "index" | "__init__" | "mod");
    let mut keys = vec![own];
    keys.extend((stands && !folder.is_empty()).then(|| folder.to_owned()));
    keys
}
