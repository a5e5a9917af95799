//! What the integration reports said at each commit.

use std::collections::{BTreeMap, HashMap};

use super::super::trees::Trees;
use super::history::Since;
use crate::base::{Failure, RepoPath};
use crate::engine::attribute::named_iteration;
use crate::facts::{self, DocumentFacts, SectionId};
use crate::model::integration;
use crate::project::{Project, stages};
use crate::source::{BlobId, CommitId};
use crate::workflow::Kind;

/// What reports claim, iteration by iteration, in an order that does not depend on where they
/// stand.
pub type Said = Vec<Vec<String>>;

/// Reads the reports of any commit, each content once.
pub struct Reports<'t, 'r> {
    trees: &'t Trees<'r>,
    /// The iteration that what names none belongs to: the newest that is integrated.
    newest: usize,
    known: HashMap<(BlobId, RepoPath), Said>,
}

impl<'t, 'r> Reports<'t, 'r> {
    pub fn new(trees: &'t Trees<'r>) -> Self {
        let project = trees.project;
        let begins = |iteration: &usize| {
            let due = project.due_in(*iteration).iter();
            let mut due = due.filter(|duty| {
                let phase = &project.workflow.phases[duty.phase];
                phase.deliverables[duty.deliverable].kind == Kind::Integration
            });
            due.any(|duty| stages::is_begun(project, *iteration, duty.phase))
        };
        let newest = (0..project.iterations.len()).rev().find(begins).unwrap_or(0);
        Self { trees, newest, known: HashMap::new() }
    }

    /// What the judged tree says.
    pub fn judged(&self) -> Said {
        let project = self.trees.project;
        let mut all = self.nothing();
        for (artifact, facts) in project.documents(Kind::Integration) {
            gather(&mut all, &self.claims(&artifact.path, facts));
        }
        sorted(all)
    }

    /// What a commit says.
    pub fn at(&mut self, commit: &CommitId) -> Result<Said, Failure> {
        let source = self.trees.history.at(commit)?;
        let mut all = self.nothing();
        for root in &self.trees.folders {
            let mut listed = source.list(root)?;
            listed.retain(|entry| self.trees.is_report(&entry.path));
            let mut reader = source.reader()?;
            for entry in listed {
                let crate::source::Content::Bytes(bytes) = reader.read(&entry)? else { continue };
                gather(&mut all, &self.claims(&entry.path, &facts::extract(bytes)));
            }
        }
        Ok(sorted(all))
    }

    /// What changed the claims of an iteration last, as far as the journal goes.
    pub fn last_change(&mut self, iteration: usize, judged: &Said) -> Result<Since, Failure> {
        let steps = &self.trees.journal()?.steps;
        let mut standing = self.standing()?;
        let mut newer: Option<(usize, Vec<String>)> = None;
        for (place, step) in steps.iter().enumerate() {
            let changes = step.changes.iter().filter(|one| self.trees.is_report(&one.path));
            let changes: Vec<_> = changes.cloned().collect();
            if changes.is_empty() {
                continue;
            }
            let now = self.of(&standing, &step.commit)?.swap_remove(iteration);
            if newer.is_none() && now != judged[iteration] {
                return Ok(Since::Uncommitted);
            }
            if let Some((place, after)) = newer
                && after != now
            {
                return Ok(Since::Step(place));
            }
            for change in changes {
                match change.before {
                    Some(blob) => standing.insert(change.path, blob),
                    None => standing.remove(&change.path),
                };
            }
            newer = Some((place, now));
        }
        Ok(match newer {
            None if judged[iteration].is_empty() => Since::Earlier,
            None => Since::Uncommitted,
            // Before the first commit that touched them there were none, unless the history ends
            // early.
            Some((place, after)) if !after.is_empty() && standing.is_empty() => Since::Step(place),
            Some(_) => Since::Earlier,
        })
    }

    /// The reports of the newest commit.
    fn standing(&self) -> Result<BTreeMap<RepoPath, BlobId>, Failure> {
        let mut standing = BTreeMap::new();
        let mut known = std::collections::HashSet::new();
        for step in self.trees.journal()?.steps.iter() {
            for change in step.changes.iter().filter(|one| self.trees.is_report(&one.path)) {
                if known.insert(&change.path)
                    && let Some(blob) = &change.after
                {
                    standing.insert(change.path.clone(), blob.clone());
                }
            }
        }
        Ok(standing)
    }

    /// What reports say that stand like this at a commit.
    fn of(
        &mut self,
        standing: &BTreeMap<RepoPath, BlobId>,
        commit: &CommitId,
    ) -> Result<Said, Failure> {
        let mut all = self.nothing();
        for (path, blob) in standing {
            let key = (blob.clone(), path.clone());
            if !self.known.contains_key(&key) {
                let bytes = self.trees.bytes(commit, path, blob)?.unwrap_or_default();
                let said = self.claims(path, &facts::extract(bytes));
                self.known.insert(key.clone(), said);
            }
            gather(&mut all, &self.known[&key]);
        }
        Ok(sorted(all))
    }

    fn nothing(&self) -> Said {
        vec![Vec::new(); self.trees.project.iterations.len()]
    }

    /// What one report claims of each iteration. Only the sections that belong to an iteration
    /// are read for it: what was run again later is the claim of the later one.
    fn claims(&self, path: &RepoPath, facts: &DocumentFacts) -> Said {
        let (project, workflow) = (self.trees.project, &self.trees.project.workflow);
        let whole = |facts: &DocumentFacts| integration::read(facts, workflow).claims(facts);
        if project.iterations.len() == 1 {
            return vec![whole(facts)];
        }
        let named = self.trees.below(path).and_then(|below| named_iteration(project, below));
        let own = named.unwrap_or(self.newest);
        let told: Vec<usize> =
            facts.sections().map(|(id, _)| told_of(project, facts, id).unwrap_or(own)).collect();
        let mut said = self.nothing();
        for (iteration, said) in said.iter_mut().enumerate().filter(|(one, _)| told.contains(one)) {
            let mut text = facts.text.to_string().into_bytes();
            for (section, _) in
                facts.sections.iter().zip(&told).filter(|(_, told)| **told != iteration)
            {
                let body = section.body.range();
                let hidden = text[body].iter_mut().filter(|byte| **byte != b'\n');
                hidden.for_each(|byte| *byte = b' ');
            }
            *said = whole(&facts::extract(text));
        }
        said
    }
}

/// The iteration that the headings around a section name, the innermost first.
fn told_of(project: &Project, facts: &DocumentFacts, id: SectionId) -> Option<usize> {
    facts.outward(id).find_map(|(_, one)| named_iteration(project, facts.text_of(one.title)))
}

fn gather(all: &mut Said, more: &Said) {
    for (all, more) in all.iter_mut().zip(more) {
        all.extend_from_slice(more);
    }
}

fn sorted(mut said: Said) -> Said {
    said.iter_mut().for_each(|one| one.sort_unstable());
    said
}
