//! Documents that were missing when the baseline was made, were written since, and are gone again.
//!
//! What is known of a document that is missing ends when the document is written. An entry that
//! nobody took out must not let it be deleted again: deleting never makes a gate hold.

use std::collections::BTreeMap;

use crate::base::{Failure, RepoPath};
use crate::config::BaselineEntry;
use crate::engine::load::{Loaded, policy_file, shallow};
use crate::source::{CommitId, History, Source, Step};

/// The rule that speaks of documents which are not there.
const MISSING: &str = "missing-deliverable";

/// What the history tells of entries about missing documents.
#[derive(Debug, Default)]
pub struct Ended {
    /// By the place of an entry in the baseline, the last commit in which both stood: the entry
    /// and the document that it knows to be missing.
    pub by_entry: BTreeMap<usize, String>,
    /// That a shallow history leaves it open for some.
    pub open: Option<String>,
}

/// Asks the history of the tree that governs, from which the baseline was read, about entries by
/// their places in it.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn ended(
    governing: &dyn Source,
    loaded: &Loaded,
    entries: impl Iterator<Item = usize>,
) -> Result<Ended, Failure> {
    let baseline = &loaded.config.baseline;
    let known: Vec<(usize, &BaselineEntry)> = entries
        .map(|index| (index, &baseline.entries[index]))
        .filter(|(_, entry)| entry.rule == MISSING)
        .collect();
    let mut ended = Ended::default();
    let history = governing.history();
    let (Some(file), Some(tip)) = (&baseline.file, history.tip()) else { return Ok(ended) };
    if known.is_empty() {
        return Ok(ended);
    }
    let roots: Vec<RepoPath> = loaded.projects.iter().map(|one| one.project.root.clone()).collect();
    let standing = history.standing(&roots)?;
    let mut paths = roots;
    paths.push(file.path.clone());
    let journal = history.journal(&paths)?;
    let mut texts = Texts { history, path: &file.path, read: BTreeMap::new() };
    for (index, entry) in known {
        if !texts.hold(&tip, entry)? {
            continue;
        }
        let about = |path: &RepoPath| is_about(loaded, entry, path);
        let last = match standing.iter().any(about) {
            true => Some(tip.clone()),
            false => last_beside(&journal.steps, entry, about, &mut texts)?,
        };
        if last.is_none() && journal.shallow && ended.open.is_none() {
            let what = "whether documents that the baseline knows to be missing were written since";
            ended.open = Some(shallow(&loaded.config, what)?);
        }
        ended.by_entry.extend(last.map(|commit| (index, history.short(&commit))));
    }
    Ok(ended)
}

/// The last commit before the tip in which an entry that stands in the tip stood beside the
/// document.
fn last_beside(
    steps: &[Step],
    entry: &BaselineEntry,
    about: impl Fn(&RepoPath) -> bool,
    texts: &mut Texts<'_>,
) -> Result<Option<CommitId>, Failure> {
    for step in steps {
        let of_baseline = step.changes.iter().any(|one| one.path == *texts.path);
        let before = match &step.parent {
            Some(parent) if of_baseline => texts.hold(parent, entry)?.then_some(parent),
            parent => parent.as_ref(),
        };
        let mut documents = step.changes.iter().filter(|one| about(&one.path));
        if documents.clone().any(|one| one.after.is_some()) {
            return Ok(Some(step.commit.clone()));
        }
        // The commit that brings the entry may delete the document: whoever agrees to it sees both.
        let Some(parent) = before else { return Ok(None) };
        if documents.any(|one| one.before.is_some()) {
            return Ok(Some(parent.clone()));
        }
    }
    Ok(None)
}

/// Whether a path is that of the document which an entry knows to be missing.
fn is_about(loaded: &Loaded, entry: &BaselineEntry, path: &RepoPath) -> bool {
    let (id, owner) = match entry.subject.split_once('/') {
        Some((id, owner)) => (id, Some(owner)),
        None => (&*entry.subject, None),
    };
    let fits = |one: &super::load::Followed| {
        let (root, workflow) = (&one.project.root, &one.project.workflow);
        let found = path.below(root).and_then(|below| workflow.classify(below))?;
        let deliverable = &workflow.phases[found.phase].deliverables[found.deliverable];
        let same = |owner: &str| found.captures.values().any(|one| one.eq_ignore_ascii_case(owner));
        Some(deliverable.id == id && owner.is_none_or(same))
    };
    *path == entry.path || loaded.projects.iter().any(|one| fits(one) == Some(true))
}

/// The baseline as commits have it.
struct Texts<'h> {
    history: &'h dyn History,
    path: &'h RepoPath,
    read: BTreeMap<CommitId, String>,
}

impl Texts<'_> {
    /// Whether a commit has the baseline with an entry.
    fn hold(&mut self, commit: &CommitId, entry: &BaselineEntry) -> Result<bool, Failure> {
        if !self.read.contains_key(commit) {
            let tree = self.history.at(commit)?;
            let text = match tree.look(self.path)? {
                Some(_) => policy_file(&*tree, self.path)?.text,
                None => String::new(),
            };
            self.read.insert(commit.clone(), text);
        }
        Ok(self.read[commit].contains(&*entry.fingerprint))
    }
}
