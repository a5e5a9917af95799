//! From a workflow file, and the files it extends, to a workflow.

use std::collections::BTreeMap;

use super::layer::Draft;
use super::policy::{PolicyFile, read_schema, suggestion};
use super::raw::{RawWorkflow, Word};
use super::{Agreed, Boundaries, Subjects, Vocabulary, Workflow, builtins};
use crate::base::{Failure, RepoPath};

/// The number of the workflow file format.
pub const SCHEMA: i64 = 1;

/// Reads a workflow.
///
/// `rules` are the ids of all rules, which `[levels]` may name. A file that extends another gets
/// it by its id where it is built in, else through `load`, by its path from the repository root.
///
/// # Errors
/// Whatever is wrong with the file or one that it extends, with the place and what was probably
/// meant; or what `load` answers.
pub fn parse(
    file: PolicyFile,
    rules: &[&str],
    load: &mut dyn FnMut(&RepoPath) -> Result<PolicyFile, Failure>,
) -> Result<Workflow, Failure> {
    let mut files: Vec<PolicyFile> = Vec::new();
    let mut layers: Vec<RawWorkflow> = Vec::new();
    let mut next = Some(file);
    while let Some(file) = next.take() {
        let layer = read_schema(&file, SCHEMA, |raw: &RawWorkflow| &raw.schema)?;
        files.push(file);
        if let Some(target) = &layer.extends {
            next = Some(extended(&files, target, load)?);
        }
        layers.push(layer);
    }
    let workflow = Workflow {
        id: String::new(),
        title: String::new(),
        root: String::new(),
        phases: Vec::new(),
        roles: Vec::new(),
        metrics: Vec::new(),
        variations: Vec::new(),
        vocabulary: Vocabulary::default(),
        boundaries: Boundaries::usual()?,
        levels: BTreeMap::new(),
        narrowest: Vec::new(),
        agreed: Vec::new(),
        reserved: Vec::new(),
        subjects: Subjects::default(),
        agreement: Agreed::default(),
        files,
    };
    let mut draft = Draft::new(workflow);
    for (file, layer) in layers.into_iter().enumerate().rev() {
        draft.apply(file, layer, rules)?;
    }
    draft.finish()
}

/// The file that the last of `files` extends.
fn extended(
    files: &[PolicyFile],
    target: &Word,
    load: &mut dyn FnMut(&RepoPath) -> Result<PolicyFile, Failure>,
) -> Result<PolicyFile, Failure> {
    let (Some(file), id) = (files.last(), target.get_ref()) else {
        return Err(Failure::new("cannot extend a workflow", "no file says so", ""));
    };
    let is_path = id.ends_with(".toml") || id.contains('/');
    let found = if is_path {
        let folder = if file.is_builtin() { RepoPath::default() } else { file.path.folder() };
        let path = RepoPath::resolve(&folder, id).ok_or_else(|| {
            let help = "name a built-in workflow, or a file of this repository by its path from \
                        the folder of this file";
            file.fail(target.span(), format!("`{id}` is no path of this repository"), help)
        })?;
        if !files.iter().any(|known| known.path == path) {
            return load(&path);
        }
        None
    } else {
        let found = PolicyFile::builtin(id).ok_or_else(|| {
            let known: Vec<&str> = builtins().collect();
            let why = format!("unknown workflow `{id}`");
            file.fail(target.span(), why, suggestion(id, &known))
        })?;
        Some(found).filter(|found| files.iter().all(|known| known.path != found.path))
    };
    found.ok_or_else(|| {
        let help = "a file extends another that does not lead back to it";
        file.fail(target.span(), format!("`{id}` extends itself"), help)
    })
}
