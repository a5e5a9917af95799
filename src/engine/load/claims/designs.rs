//! The states that the design went through.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::super::trees::Trees;
use super::history::{Since, hex, known};
use crate::base::{Failure, RepoPath};
use crate::model::evidence::{By, Citation};
use crate::project::Artifact;
use crate::source::{BlobId, CommitId, Journal};

/// What a citation names.
pub enum State {
    /// What stood when the evidence was changed last.
    Same,
    /// The design as this commit has it.
    At(CommitId),
    Unknown,
}

/// The commits that changed documents of the design.
pub struct Designs<'j> {
    journal: &'j Journal,
    /// For each commit of the journal, the newest up to it that changed the design.
    newest: Vec<Option<usize>>,
    /// Each content of the design, with the place of the commit that brought it.
    brought: Vec<(&'j BlobId, usize, &'j RepoPath)>,
    /// The same by the written form of its id; sorted, and made where something is cited by it.
    contents: OnceCell<Vec<Content<'j>>>,
    /// The ids of the contents that stand in the judged tree, sorted.
    standing: Vec<String>,
    /// Whether the design stands as it was committed last.
    committed: bool,
    /// The places of commits in the journal.
    places: HashMap<&'j CommitId, usize>,
    /// Commits by the ids that documents write.
    commits: HashMap<String, Option<CommitId>>,
}

/// The id of a content of the design as documents write it, the place of the commit that brought
/// it, and whose content it is.
type Content<'j> = (String, usize, &'j RepoPath);

impl<'j> Designs<'j> {
    /// # Errors
    /// The history cannot be read.
    pub fn of(trees: &Trees<'j>) -> Result<Self, Failure> {
        let journal = trees.journal()?;
        let mut newest = vec![None; journal.steps.len()];
        let (mut brought, mut design) = (Vec::new(), None);
        for (place, step) in journal.steps.iter().enumerate().rev() {
            for change in step.changes.iter().filter(|one| trees.is_design(&one.path)) {
                design = Some(place);
                brought.extend(change.after.as_ref().map(|id| (id, place, &change.path)));
            }
            newest[place] = design;
        }
        let (mut standing, mut committed) = (Vec::new(), true);
        for artifact in trees.project.artifacts.iter().filter(|one| trees.is_design(&one.path)) {
            let newest = trees.touching(&artifact.path)?.first();
            let newest = newest.and_then(|(_, change)| change.after.as_ref());
            committed &= newest.is_some() && newest == artifact.blob.as_ref();
            standing.extend(artifact.blob.as_ref().map(hex));
        }
        standing.sort_unstable();
        let places = journal.steps.iter().enumerate().map(|(at, step)| (&step.commit, at));
        let (places, commits) = (places.collect(), HashMap::new());
        let contents = OnceCell::new();
        Ok(Self { journal, newest, brought, contents, standing, committed, places, commits })
    }

    fn contents(&self) -> &[Content<'j>] {
        self.contents.get_or_init(|| {
            let written = self.brought.iter().map(|&(id, place, path)| (hex(id), place, path));
            let mut contents: Vec<_> = written.collect();
            contents.sort_unstable();
            contents
        })
    }

    /// Whether a citation names what stands to this day, so that it does not matter when its
    /// evidence was changed last.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn is_current(
        &mut self,
        trees: &Trees<'_>,
        evidence: &Artifact,
        citation: Citation,
    ) -> Result<bool, Failure> {
        let written = evidence.facts().map_or("", |facts| facts.text_of(citation.span));
        if citation.by == By::Commit {
            let commit = self.commit(trees, written)?;
            let place = commit.and_then(|commit| self.places.get(&commit).copied());
            let newest = self.newest.first().copied().flatten();
            let last = place.and_then(|place| self.newest[place]);
            return Ok(self.committed && last.is_some() && last == newest);
        }
        let contents = self.contents();
        let first = contents.partition_point(|(id, ..)| id.as_str() < written);
        let Some((id, _, path)) = contents.get(first) else { return Ok(false) };
        let newest = trees.touching(path)?.first().and_then(|(_, change)| change.after.as_ref());
        let only = contents.get(first + 1).is_none_or(|(next, ..)| !next.starts_with(written));
        let stands = self.standing.binary_search(id).is_ok();
        Ok(id.starts_with(written) && only && stands && newest.is_some_and(|one| hex(one) == *id))
    }

    /// The commit that documents name by an id.
    fn commit(&mut self, trees: &Trees<'_>, written: &str) -> Result<Option<CommitId>, Failure> {
        if !self.commits.contains_key(written) {
            self.commits.insert(written.to_owned(), known(trees, written)?);
        }
        Ok(self.commits.get(written).cloned().flatten())
    }

    /// The commit whose design stood at a place of the journal.
    pub fn at(&self, place: usize) -> Option<&'j CommitId> {
        let design = self.newest.get(place).copied().flatten()?;
        Some(&self.journal.steps[design].commit)
    }

    /// The state that a citation names, beside the last change of its evidence. A citation by
    /// content speaks of one document, which comes along.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn state(
        &mut self,
        trees: &Trees<'_>,
        evidence: &Artifact,
        citation: Citation,
        last: Since,
    ) -> Result<(Option<&'j RepoPath>, State), Failure> {
        let written = evidence.facts().map_or("", |facts| facts.text_of(citation.span));
        if citation.by == By::Commit
            && let Some(commit) = self.commit(trees, written)?
        {
            return Ok((None, self.by_commit(&commit, last)));
        }
        self.by_content(trees, written, last)
    }

    fn by_commit(&self, commit: &CommitId, last: Since) -> State {
        let Some(&place) = self.places.get(commit) else { return State::At(commit.clone()) };
        let same = matches!(last, Since::Step(last) if self.newest[last] == self.newest[place]);
        match self.at(place) {
            _ if same => State::Same,
            design => State::At(design.unwrap_or(commit).clone()),
        }
    }

    /// The state in which a document of the design had the content with this id: the last one
    /// up to the last change of the evidence.
    fn by_content(
        &self,
        trees: &Trees<'_>,
        written: &str,
        last: Since,
    ) -> Result<(Option<&'j RepoPath>, State), Failure> {
        let from = match last {
            Since::Step(last) => last,
            _ => 0,
        };
        let contents = self.contents();
        let first = contents.partition_point(|(id, ..)| id.as_str() < written);
        let held = contents[first..].iter().take_while(|(id, ..)| id.starts_with(written));
        let held: Vec<_> = held.collect();
        let next = self.standing.partition_point(|id| id.as_str() < written);
        let stands = self.standing.get(next).is_some_and(|id| id.starts_with(written));
        let before = held.iter().filter(|(_, place, _)| *place >= from);
        let Some(&&(_, place, path)) = before.min_by_key(|(_, place, _)| *place) else {
            // What came after the evidence did, or was never committed, is no older state.
            let known = stands || !held.is_empty();
            return Ok((None, if known { State::Same } else { State::Unknown }));
        };
        if last == Since::Uncommitted && stands {
            return Ok((Some(path), State::Same));
        }
        let touching = trees.touching(path)?;
        let newer = touching.iter().map(|(at, _)| *at).filter(|at| (from..place).contains(at));
        let state = match newer.max() {
            Some(changed) => self.at(changed + 1),
            None if last == Since::Uncommitted => self.at(from),
            None => None,
        };
        Ok((Some(path), state.cloned().map_or(State::Same, State::At)))
    }

    /// Whether evidence came in a commit that left the design as it was. What came together with
    /// changes of the design may cite a state that a squash or an import left behind.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn came_later(&self, trees: &Trees<'_>, evidence: &Artifact) -> Result<bool, Failure> {
        let (mut path, mut from) = (&evidence.path, 0);
        loop {
            let touching = trees.touching(path)?;
            let mut older = touching.iter().filter(|(place, _)| *place >= from);
            let came = older.find(|(_, change)| change.before.is_none());
            let Some(&(place, change)) = came else { return Ok(false) };
            match trees.moved_from(place, change)? {
                Some((older, _)) => (path, from) = (older, place + 1),
                None => {
                    let changes = &self.journal.steps[place].changes;
                    return Ok(!changes.iter().any(|one| trees.is_design(&one.path)));
                }
            }
        }
    }
}
