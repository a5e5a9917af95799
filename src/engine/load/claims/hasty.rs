//! Finds frontends that were begun before the contract that they build on.

use super::super::past::shallow;
use super::super::trees::Trees;
use crate::base::{Failure, RepoPath, Span};
use crate::facts;
use crate::ledger::{Claims, Hasty};
use crate::model::records::{Brief, Recorded};
use crate::project::{Artifact, ArtifactId, Project};
use crate::source::{BlobId, Changed, CommitId};

/// Adds what was begun too early. Where nothing is declared, no history is read.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn hasty(trees: &Trees<'_>, claims: &mut Claims) -> Result<Option<String>, Failure> {
    let mut open = false;
    for (id, artifact) in trees.project.artifacts.iter().enumerate() {
        let briefs = artifact.records.iter().filter_map(|one| Brief::of(&one.record));
        for brief in briefs.filter(|one| one.contract.is_some() && !one.paths.is_empty()) {
            let Some(facts) = artifact.facts() else { continue };
            let (contract, ends_early) = agreed(trees, artifact)?;
            for &place in &brief.paths {
                let Some(path) = folder(trees.project, facts.text_of(place)) else { continue };
                open |= compare(trees, claims, (id, place), &path, contract.as_ref(), ends_early)?;
            }
        }
    }
    match open {
        true => {
            shallow(trees.reading.config, "whether the frontend waited for its contract").map(Some)
        }
        false => Ok(None),
    }
}

/// Holds the first change below a path against the commit of the contract. Answers whether a
/// shallow history leaves that open.
fn compare(
    trees: &Trees<'_>,
    claims: &mut Claims,
    (artifact, place): (ArtifactId, Span),
    path: &RepoPath,
    contract: Option<&CommitId>,
    ends_early: bool,
) -> Result<bool, Failure> {
    let journal = trees.history.journal(std::slice::from_ref(path))?;
    let Some(first) = journal.steps.last() else { return Ok(false) };
    if contract.is_none() && ends_early {
        return Ok(true);
    }
    let later = match contract {
        // One commit that brings both says nothing of their order.
        Some(contract) if *contract == first.commit => Some(false),
        Some(contract) => trees.history.descends(contract, &first.commit)?,
        None => Some(true),
    };
    if later == Some(true) {
        let contract = contract.map(|commit| trees.named(commit));
        let (commit, path) = (trees.named(&first.commit), path.clone());
        claims.hasty.push(Hasty { artifact, place, path, commit, contract });
    }
    Ok(later.is_none() || journal.shallow && later != Some(true))
}

/// The first commit since which a document states the contract without a break; whether it may be
/// an earlier one that a shallow history hides.
fn agreed(trees: &Trees<'_>, artifact: &Artifact) -> Result<(Option<CommitId>, bool), Failure> {
    let journal = trees.journal()?;
    let (mut path, mut from, mut since) = (&artifact.path, 0, None);
    loop {
        let all: &[(usize, &Changed)] = trees.touching(path)?;
        let Some(&(at, change)) = all.get(all.partition_point(|(at, _)| *at < from)) else {
            return Ok((since, journal.shallow));
        };
        let step = &journal.steps[at];
        let Some(after) = &change.after else { return Ok((since, false)) };
        if !states(trees, artifact, &step.commit, path, after)? {
            return Ok((since, false));
        }
        since = Some(step.commit.clone());
        if change.before.is_none() {
            match trees.moved_from(at, change)? {
                Some((older, _)) => path = older,
                None => return Ok((since, false)),
            }
        }
        from = at + 1;
    }
}

/// Whether a document of a commit states a contract.
fn states(
    trees: &Trees<'_>,
    artifact: &Artifact,
    commit: &CommitId,
    path: &RepoPath,
    blob: &BlobId,
) -> Result<bool, Failure> {
    let Some(bytes) = trees.bytes(commit, path, blob)? else { return Ok(false) };
    let facts = facts::extract(bytes);
    let Some(deliverable) = trees.project.deliverable(artifact) else { return Ok(false) };
    let regions = crate::model::records::read(&facts, deliverable, &trees.project.workflow);
    let mut briefs = regions.iter().filter_map(|one| Brief::of(&one.record));
    Ok(briefs.any(|brief| brief.contract.is_some()))
}

/// The folder or file that a path names, from the folder of the project; without its patterns.
fn folder(project: &Project, written: &str) -> Option<RepoPath> {
    let bare = written.trim_matches(['`', '"', '\'', ' ']).trim_end_matches('/');
    let parts = bare.split('/').take_while(|part| !part.contains(['*', '{', '?']));
    let path = parts.collect::<Vec<&str>>().join("/");
    RepoPath::resolve(&project.home, &path).filter(|path| !path.is_root())
}
