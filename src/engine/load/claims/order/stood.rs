//! Which deliverables stood in which commits, by what commits changed.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::super::super::is_markdown;
use super::super::super::trees::Trees;
use super::alike::alike;
use crate::base::{Failure, RepoPath, words};
use crate::facts;
use crate::project::features::{Match, Name};
use crate::project::{Duty, DutyState, Project, Subject};
use crate::source::{BlobId, Changed, Journal};
use crate::workflow::{Captures, Deliverable, Per, Within};

pub struct Stood<'s, 'r> {
    trees: &'s Trees<'r>,
    journal: &'r Journal,
    /// The documents that are gone, by the phase and deliverable that they were.
    gone: OnceCell<HashMap<(usize, usize), Vec<Gone<'r>>>>,
    since: RefCell<HashMap<RepoPath, Option<usize>>>,
    /// The iterations that a content speaks of.
    spoken: RefCell<HashMap<BlobId, Vec<usize>>>,
}

struct Gone<'r> {
    path: &'r RepoPath,
    captures: Captures,
}

/// What stood somewhere: a file with this content. Where a shallow history does not tell, there
/// is no content.
type Standing<'r> = (&'r RepoPath, Option<&'r BlobId>);

/// The documents that do a duty now.
pub fn documents<'p>(project: &'p Project, duty: &'p Duty) -> impl Iterator<Item = &'p RepoPath> {
    let done = match &duty.state {
        DutyState::Done(done) | DutyState::Contested(done) => &done[..],
        DutyState::Within(container, _) => std::slice::from_ref(container),
        DutyState::Elsewhere(_) | DutyState::Uncovered(_) | DutyState::Missing { .. } => &[],
    };
    done.iter().map(|&id| &project.artifacts[id].path)
}

impl<'s, 'r> Stood<'s, 'r> {
    /// # Errors
    /// The history cannot be read.
    pub fn new(trees: &'s Trees<'r>) -> Result<Self, Failure> {
        let (journal, gone) = (trees.journal()?, OnceCell::new());
        let (since, spoken) = (RefCell::default(), RefCell::default());
        Ok(Self { trees, journal, gone, since, spoken })
    }

    /// The oldest place of the journal from which on a path stands in every commit. A file that
    /// was moved stands where it stood before. Nothing for what is not committed.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn since(&self, path: &RepoPath) -> Result<Option<usize>, Failure> {
        if let Some(known) = self.since.borrow().get(path) {
            return Ok(*known);
        }
        let since = self.find_since(path)?;
        self.since.borrow_mut().insert(path.clone(), since);
        Ok(since)
    }

    fn find_since(&self, path: &RepoPath) -> Result<Option<usize>, Failure> {
        let earlier = Some(usize::MAX);
        let touching = self.trees.touching(path)?;
        match touching.first() {
            Some((_, change)) if change.after.is_none() => return Ok(None),
            None => return Ok(earlier.filter(|_| self.journal.shallow)),
            _ => {}
        }
        let (mut path, mut from) = (path, 0);
        loop {
            let all = self.trees.touching(path)?;
            let mut rest = all[all.partition_point(|(place, _)| *place < from)..].iter();
            let Some(&(place, change)) = rest.find(|(_, change)| change.before.is_none()) else {
                return Ok(earlier);
            };
            match self.trees.moved_from(place, change)? {
                Some((older, _)) => (path, from) = (older, place + 1),
                None => return Ok(Some(place)),
            }
        }
    }

    /// As [`Stood::since`], for a duty: in every commit from there on it was done. Nothing where
    /// paths alone do not tell.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn done_since(&self, duty: &Duty) -> Result<Option<usize>, Failure> {
        if counts_by_words(duty, self.deliverable(duty)) {
            return Ok(None);
        }
        let mut since = None;
        for path in documents(self.trees.project, duty) {
            since = since.max(self.since(path)?);
        }
        Ok(since)
    }

    /// The place of the commit that brought what does a duty now, after the one at a place of the
    /// journal; nothing where no commit did.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn came(
        &self,
        duty: &Duty,
        path: &'r RepoPath,
        place: usize,
    ) -> Result<Option<usize>, Failure> {
        if !counts_by_words(duty, self.deliverable(duty)) {
            return Ok(self.since(path)?.filter(|&came| came < place));
        }
        let touching = self.trees.touching(path)?;
        let newer = touching.partition_point(|(at, _)| *at < place);
        for (at, change) in touching[..newer].iter().rev() {
            if let Some(after) = &change.after
                && self.counts(duty, (path, Some(after)), *at)?
            {
                return Ok(Some(*at));
            }
        }
        Ok(None)
    }

    /// Whether a duty was done in the commit at a place of the journal: by what does it now, or by
    /// another document.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn held(&self, duty: &'r Duty, place: usize) -> Result<bool, Failure> {
        let project = self.trees.project;
        for path in documents(project, duty) {
            if let Some(found) = self.at(path, place)?
                && self.counts(duty, found, place)?
            {
                return Ok(true);
            }
        }
        for path in self.gone(duty, (duty.phase, duty.deliverable))? {
            if let Some(found) = self.standing(path, place)?
                && self.counts(duty, found, place)?
            {
                return Ok(true);
            }
        }
        for within in &self.deliverable(duty).within {
            if self.held_within(duty, within, place)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a section of another document did a duty.
    fn held_within(&self, duty: &'r Duty, within: &Within, place: usize) -> Result<bool, Failure> {
        let project = self.trees.project;
        let mut deliverables = project.workflow.deliverables();
        let holder = deliverables.find(|(.., one)| one.id == within.deliverable);
        let Some((phase, index, _)) = holder else { return Ok(false) };
        let of_holder =
            project.artifacts.iter().filter(|one| one.deliverable == Some((phase, index)));
        let fits = |one: &&crate::project::Artifact| match duty.subject {
            Subject::Feature(feature) => one.features.contains(&feature),
            Subject::Project | Subject::Role(_) => true,
        };
        let standing = of_holder.filter(fits).map(|one| &one.path);
        for path in standing.chain(self.gone(duty, (phase, index))?) {
            let found = match self.at(path, place)? {
                Some((_, None)) => return Ok(true),
                Some((path, Some(blob))) => (path, blob),
                None => continue,
            };
            let text = self.text(place, found)?;
            let facts = facts::extract(text.as_bytes());
            let section = facts.sections().any(|(_, one)| within.is_named(&one.name));
            if section || facts.fields.iter().any(|one| within.is_named(&one.name)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether what stood counts for the iteration of a duty.
    fn counts(
        &self,
        duty: &Duty,
        (path, blob): Standing<'r>,
        place: usize,
    ) -> Result<bool, Failure> {
        let Some(blob) = blob.filter(|_| counts_by_words(duty, self.deliverable(duty))) else {
            return Ok(true);
        };
        if let Some(known) = self.spoken.borrow().get(blob) {
            return Ok(known.contains(&duty.iteration));
        }
        let text = self.text(place, (path, blob))?;
        let spoken = self.trees.project.iterations_in(&text);
        let counts = spoken.contains(&duty.iteration);
        self.spoken.borrow_mut().insert(blob.clone(), spoken);
        Ok(counts)
    }

    /// What stood in the commit at a place of the journal where a path stands now: at that path,
    /// or where its file was moved from since.
    fn at(&self, path: &'r RepoPath, place: usize) -> Result<Option<Standing<'r>>, Failure> {
        let mut path = path;
        loop {
            if let Some(found) = self.standing(path, place)? {
                return Ok(Some(found));
            }
            let touching = self.trees.touching(path)?;
            let newer = touching.partition_point(|(at, _)| *at < place);
            let Some(&(came, change)) = touching[..newer].last() else { return Ok(None) };
            path = match self.trees.moved_from(came, change)? {
                Some((older, _)) => older,
                None => match self.renamed_from(came, change)? {
                    Some(older) => older,
                    None => return Ok(None),
                },
            };
        }
    }

    /// What stood at a path in the commit at a place of the journal.
    fn standing(&self, path: &'r RepoPath, place: usize) -> Result<Option<Standing<'r>>, Failure> {
        let touching = self.trees.touching(path)?;
        Ok(match touching.get(touching.partition_point(|(at, _)| *at < place)) {
            Some((_, change)) => change.after.as_ref().map(|blob| (path, Some(blob))),
            None => self.journal.shallow.then_some((path, None)),
        })
    }

    /// Where a file stood before the commit at a place of the journal that renamed and changed it.
    fn renamed_from(&self, place: usize, to: &Changed) -> Result<Option<&'r RepoPath>, Failure> {
        /// More files than this are not looked at.
        const MOST: usize = 20;
        let step = &self.journal.steps[place];
        let (Some(parent), Some(after)) = (&step.parent, &to.after) else { return Ok(None) };
        let removed = step.changes.iter().filter(|one| one.after.is_none());
        let removed = removed.filter(|one| is_markdown(&one.path)).take(MOST);
        let mut now = None;
        for one in removed {
            let Some(before) = &one.before else { continue };
            if now.is_none() {
                now = Some(self.trees.bytes(&step.commit, &to.path, after)?.unwrap_or_default());
            }
            let then = self.trees.bytes(parent, &one.path, before)?.unwrap_or_default();
            if now.as_ref().is_some_and(|now| alike(now, &then)) {
                return Ok(Some(&one.path));
            }
        }
        Ok(None)
    }

    fn text(&self, place: usize, (path, blob): (&RepoPath, &BlobId)) -> Result<String, Failure> {
        let commit = &self.journal.steps[place].commit;
        let bytes = self.trees.bytes(commit, path, blob)?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The documents of a deliverable that are gone and may have done a duty. What a name that no
    /// feature has was about, nobody can tell.
    fn gone(
        &self,
        duty: &Duty,
        place: (usize, usize),
    ) -> Result<impl Iterator<Item = &'r RepoPath>, Failure> {
        let project = self.trees.project;
        let fits = |captures: &Captures| match &duty.subject {
            Subject::Project => true,
            Subject::Feature(feature) => captures.get("feature").is_none_or(|name| {
                match project.names.find(&Name::new(name, None)) {
                    Match::One(found) => found == *feature,
                    Match::Several(_) | Match::None => true,
                }
            }),
            Subject::Role(role) => captures.get("role").is_none_or(|name| {
                let named = project.workflow.role_in(&words::normalize(name));
                named.is_none_or(|named| named.id == *role)
            }),
        };
        let all = self.all_gone()?.get(&place).map_or(&[][..], Vec::as_slice);
        let fitting: Vec<&'r RepoPath> =
            all.iter().filter(|one| fits(&one.captures)).map(|one| one.path).collect();
        Ok(fitting.into_iter())
    }

    fn all_gone(&self) -> Result<&HashMap<(usize, usize), Vec<Gone<'r>>>, Failure> {
        if let Some(known) = self.gone.get() {
            return Ok(known);
        }
        let project = self.trees.project;
        let mut gone: HashMap<(usize, usize), Vec<Gone<'r>>> = HashMap::new();
        for path in self.trees.paths()? {
            if project.artifacts.binary_search_by(|one| one.path.cmp(path)).is_ok() {
                continue;
            }
            let below = self.trees.below(path);
            if let Some(found) = below.and_then(|below| project.workflow.classify(below)) {
                let place = (found.phase, found.deliverable);
                gone.entry(place).or_default().push(Gone { path, captures: found.captures });
            }
        }
        Ok(self.gone.get_or_init(|| gone))
    }

    fn deliverable(&self, duty: &Duty) -> &'r Deliverable {
        &self.trees.project.workflow.phases[duty.phase].deliverables[duty.deliverable]
    }
}

/// Whether a document does a duty only where it speaks of its iteration.
fn counts_by_words(duty: &Duty, deliverable: &Deliverable) -> bool {
    duty.iteration > 0 && deliverable.by_iteration && deliverable.per != Per::Feature
}
