//! The projects that violations are planted in: those of `fixtures/workflows/`, whose complete
//! states hold every gate.

use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};
use serde::Deserialize;

use super::case::Commit;
use crate::base::Failure;
use crate::source::Memory;
use crate::workflow;

static STATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/workflows");

/// The state that changes begin with where they name none.
pub const USUAL: &str = "standard-orchestration/complete";
/// The state without any file.
pub const NONE: &str = "none";

/// The files of a state, such as `standard-orchestration/complete`.
///
/// # Errors
/// There is no such state.
pub fn state(name: &str) -> Result<Memory, Failure> {
    let mut source = Memory::default();
    if name == NONE {
        return Ok(source);
    }
    let folder = STATES.get_dir(name).ok_or_else(|| broken(format!("there is no state {name}")))?;
    let mut open = vec![folder];
    while let Some(below) = open.pop() {
        for entry in below.entries() {
            match entry {
                DirEntry::Dir(folder) => open.push(folder),
                DirEntry::File(file) => {
                    let path = file.path().strip_prefix(folder.path()).unwrap_or(file.path());
                    source = source.with(&slashes(path), file.contents());
                }
            }
        }
    }
    Ok(source)
}

/// How the complete state of the workflow of a state came about, oldest first.
///
/// # Errors
/// Nobody has told.
pub fn history(state: &str) -> Result<Vec<Commit>, Failure> {
    #[derive(Deserialize)]
    struct History {
        commit: Vec<Commit>,
    }
    let name = format!("{}/history.toml", workflow_of(state));
    let text = STATES.get_file(&name).and_then(|file| file.contents_utf8());
    let text = text.ok_or_else(|| broken(format!("there is no {name}")))?;
    let history: History = toml::from_str(text).map_err(|error| broken(error.to_string()))?;
    Ok(history.commit)
}

/// The workflow whose states this is one of.
pub fn workflow_of(state: &str) -> &str {
    let id = state.split('/').next().unwrap_or_default();
    let usual = USUAL.split('/').next().unwrap_or_default();
    if workflow::builtin(id).is_some() { id } else { usual }
}

/// The complete state of a workflow.
pub fn complete(workflow: &str) -> String {
    format!("{workflow}/complete")
}

/// Whether there is a state of this name.
pub fn is_there(name: &str) -> bool {
    STATES.get_dir(name).is_some()
}

/// Documents of the complete state of a workflow, by path: one of each folder below the root.
pub fn documents(workflow: &str) -> Vec<String> {
    let root = workflow::builtin_root(workflow).unwrap_or_default();
    let state = complete(workflow);
    let folder = STATES.get_dir(format!("{state}/{root}"));
    let mut found = Vec::new();
    let mut open: Vec<&Dir<'_>> = folder.into_iter().collect();
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        let mut paths = folder.files().map(|file| slashes(file.path()));
        found.extend(paths.find(|path| path.ends_with(".md")));
    }
    found.sort();
    let below = |path: &String| Some(path.strip_prefix(&*state)?.get(1..)?.to_owned());
    found.iter().filter_map(below).collect()
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// That what gatecheck brings along is not as it should be.
pub fn broken(why: impl Into<String>) -> Failure {
    let help = "this is a defect of gatecheck; please report it";
    Failure::new("cannot plant a violation", why.into(), help)
}
