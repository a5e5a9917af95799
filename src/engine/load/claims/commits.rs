//! The commits that documents name.

use std::collections::{BTreeMap, HashMap};

use super::super::trees::Trees;
use super::super::{lacking, shallow};
use super::history::hex;
use crate::base::Failure;
use crate::base::words::few;
use crate::model;
use crate::project::Held;

/// Where each commit that a document names is, with notes on those that nobody can tell: a
/// shallow history lacks some, and what was imported names those of its history before.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn commits(trees: &Trees<'_>) -> Result<(HashMap<String, Held>, Vec<String>), Failure> {
    let mut held = HashMap::new();
    let (mut hidden, mut unknown) = (Vec::new(), Vec::new());
    for commit in named(trees) {
        match trees.history.commit(commit)? {
            Some(info) if info.ancestor == Some(false) => {
                held.insert(commit.to_owned(), Held::Aside);
            }
            Some(_) => {
                held.insert(commit.to_owned(), Held::Here);
            }
            None if is_content(trees, commit)? => {
                held.insert(commit.to_owned(), Held::Content);
            }
            None if trees.history.shallow() => hidden.push(commit),
            None => unknown.push(commit),
        }
    }
    let mut notes = Vec::new();
    if !hidden.is_empty() {
        notes.push(shallow(trees.reading.config, &whether(&hidden))?);
    }
    let imported = imported(trees, &unknown)?;
    if !imported.is_empty() {
        let they = if imported.len() == 1 { "it" } else { "them" };
        let why = format!(
            "the first commit of this history names {they} already and was imported from another"
        );
        let remedy = "name commits of this history where work goes on";
        notes.push(lacking(trees.reading.config, &whether(&imported), &why, remedy)?);
    }
    unknown.retain(|commit| !imported.contains(commit));
    held.extend(unknown.into_iter().map(|commit| (commit.to_owned(), Held::Nowhere)));
    Ok((held, notes))
}

/// Every commit that a deliverable names, once.
fn named<'t>(trees: &Trees<'t>) -> Vec<&'t str> {
    let artifacts = trees.project.artifacts.iter().filter(|one| one.deliverable.is_some());
    let named = artifacts.filter_map(|artifact| {
        let facts = artifact.facts()?;
        Some(model::named_commits(&artifact.model).map(|span| facts.text_of(span)))
    });
    let mut named: Vec<&str> = named.flatten().collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether an id is no commit's but that of some document's content.
fn is_content(trees: &Trees<'_>, id: &str) -> Result<bool, Failure> {
    let changes = trees.journal()?.steps.iter().flat_map(|step| &step.changes);
    Ok(changes.filter_map(|one| one.after.as_ref()).any(|blob| hex(blob).starts_with(id)))
}

/// Those of the commits that documents named when this history began: they were made before it,
/// wherever that was.
fn imported<'c>(trees: &Trees<'_>, unknown: &[&'c str]) -> Result<Vec<&'c str>, Failure> {
    if unknown.is_empty() {
        return Ok(Vec::new());
    }
    let Some(first) = trees.journal()?.steps.last().filter(|step| step.parent.is_none()) else {
        return Ok(Vec::new());
    };
    let mut found: BTreeMap<&str, ()> = BTreeMap::new();
    for change in &first.changes {
        let Some(blob) = &change.after else { continue };
        let bytes = trees.bytes(&first.commit, &change.path, blob)?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        found.extend(unknown.iter().filter(|&&commit| text.contains(commit)).map(|&one| (one, ())));
    }
    Ok(found.into_keys().collect())
}

fn whether(commits: &[&str]) -> String {
    const MOST: usize = 3;
    let (noun, verb) = if commits.len() == 1 { ("commit", "is") } else { ("commits", "are") };
    format!("whether the {noun} {} {verb} in the repository", few(commits, MOST))
}
