//! Where the project is, and what it has configured.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::{Failure, RepoPath, words};
use crate::config::{self, Config, Knowable};
use crate::engine::Request;
use crate::rules::{self, Check, Rule};
use crate::source::{Content, Node, Source};
use crate::workflow::{self, PolicyFile, Workflow};

/// The folder of the project, with its configuration.
pub struct Home {
    pub folder: RepoPath,
    pub config: Config,
}

/// The nearest folder from the start upward that holds a configuration or a workflow root.
pub fn find_home(source: &dyn Source, request: &Request) -> Result<Option<Home>, Failure> {
    if let Some(file) = &request.config {
        let folder = request.start.clone();
        let config = config::parse(file.clone(), folder.clone(), &rule_ids())?;
        return home(source, folder, config).map(Some);
    }
    let mut folder = request.start.clone();
    loop {
        if let Some(file) = config_in(source, &folder)? {
            let config = config::parse(file, folder.clone(), &rule_ids())?;
            return home(source, folder, config).map(Some);
        }
        for root in workflow::builtins().filter_map(workflow::builtin_root) {
            if source.look(&folder.join(root))?.is_some() {
                reachable(source, &folder)?;
                let config = Config { home: folder.clone(), ..Config::default() };
                return home(source, folder, config).map(Some);
            }
        }
        if folder.is_root() {
            return Ok(None);
        }
        folder = folder.folder();
    }
}

/// The folder with its configuration, once the baseline is read.
fn home(source: &dyn Source, folder: RepoPath, mut config: Config) -> Result<Home, Failure> {
    if let Some(file) = only_file(source, config.baseline_paths(), "baseline")? {
        let of_policy = |rule: &&Rule| matches!(rule.check, Check::Policy(_));
        let policy: Vec<&str> = rules::all().filter(of_policy).map(|rule| rule.id).collect();
        let knowable = Knowable { rules: &rule_ids(), policy: &policy };
        config.baseline = config::parse_baseline(file, knowable)?;
    }
    Ok(Home { folder, config })
}

/// The configuration file of a folder.
fn config_in(source: &dyn Source, folder: &RepoPath) -> Result<Option<PolicyFile>, Failure> {
    only_file(source, config::PATHS.map(|name| folder.join(name)), "configuration")
}

/// The one of these files that is there.
fn only_file(
    source: &dyn Source,
    paths: impl IntoIterator<Item = RepoPath>,
    noun: &str,
) -> Result<Option<PolicyFile>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if source.look(&path)?.is_some() {
            found.push(path);
        }
    }
    match &found[..] {
        [] => Ok(None),
        [path] => policy_file(source, path).map(Some),
        [first, second, ..] => {
            let what = format!("cannot choose a {noun}");
            let why = format!("there are two, {first} and {second}");
            Err(Failure::new(what, why, format!("delete {second}, or move its lines to {first}")))
        }
    }
}

/// Fails where a link hides whether a project has a configuration.
fn reachable(source: &dyn Source, folder: &RepoPath) -> Result<(), Failure> {
    for path in config::PATHS.map(|name| folder.join(name)) {
        let above = path.folder();
        if source.look(&above)? == Some(Node::Symlink) {
            let why = format!("{above} is {}", what_it_is(Node::Symlink));
            let beside = folder.join(config::PATHS[0]);
            let help = format!("make {above} a folder, or put a configuration at {beside}");
            return Err(Failure::new(format!("cannot look for {path}"), why, help));
        }
    }
    Ok(())
}

/// What stands where a folder or a file was wanted.
pub fn what_it_is(node: Node) -> &'static str {
    match node {
        Node::File(_) => "a file",
        Node::Folder => "a folder",
        Node::Symlink => "a symbolic link, and links are not followed",
        Node::Submodule => "a submodule, which has a repository of its own",
        Node::Other => "neither file nor folder",
    }
}

/// Reads a file that decides.
pub fn policy_file(source: &dyn Source, path: &RepoPath) -> Result<PolicyFile, Failure> {
    let cannot = |why: &str| {
        Failure::new(format!("cannot read {path}"), why, "check the path; it must be a plain file")
    };
    match source.look(path)? {
        None => return Err(cannot("there is no such file")),
        Some(Node::File(_)) => {}
        Some(node) => return Err(cannot(&format!("it is {}", what_it_is(node)))),
    }
    let entries = source.list(path)?;
    let Some(entry) = entries.iter().find(|entry| entry.path == *path) else {
        return Err(cannot("there is no such file"));
    };
    match source.reader()?.read(entry)? {
        Content::Bytes(bytes) => PolicyFile::read(path, bytes),
        Content::Unreadable(why) => Err(cannot(&why)),
    }
}

pub fn rule_ids() -> Vec<&'static str> {
    rules::all().map(|rule| rule.id).collect()
}

/// A workflow that comes along, read once.
pub fn builtin(id: &str) -> Result<Arc<Workflow>, Failure> {
    static KNOWN: Mutex<BTreeMap<String, Arc<Workflow>>> = Mutex::new(BTreeMap::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known().get(id) {
        return Ok(known.clone());
    }
    let file = PolicyFile::builtin(id).ok_or_else(|| unknown_workflow(id))?;
    let read = workflow::parse(file, &rule_ids(), &mut |path| Err(unknown_workflow(path.as_str())));
    Ok(known().entry(id.to_owned()).or_insert(Arc::new(read?)).clone())
}

pub fn unknown_workflow(id: &str) -> Failure {
    let known: Vec<&str> = workflow::builtins().collect();
    let help = match words::closest(id, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("known workflows: {}", words::list(&known)),
    };
    Failure::new(format!("cannot use workflow \"{id}\""), "no workflow has this id", help)
}
