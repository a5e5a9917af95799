//! Endpoints that code declared before a contract named them (S2.5, S2.20).
//!
//! An endpoint is judged while its contract stands as the commit left it that brought it: whoever
//! changes one of its documents later had the code in hand. So the last change of each document is
//! all that the history is asked for, and code is read again only where the file that declares the
//! endpoint was there before that change and speaks of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::code::{own, read_with, text};
use super::super::shallow;
use super::super::trees::Trees;
use super::history::{Since, is_committed, last_commit};
use super::order::adoption::unconfigured;
use crate::base::words::count;
use crate::base::{Failure, Level, RepoPath};
use crate::code::extractor::Extractor;
use crate::ledger::CodeFirst;
use crate::model::contract::{Method, Subject, mentions};
use crate::project::ArtifactId;
use crate::project::surface::{self, Surface};
use crate::rules;
use crate::source::{BlobId, CommitId, Journal, Source};

/// The code of more commits than this is not read in one run.
const MOST: usize = 8;

/// Finds the endpoints that were built before they were promised. Answers also with notes on what
/// is left open.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn code_first(
    trees: &Trees<'_>,
    surface: &Surface,
) -> Result<(Vec<CodeFirst>, Vec<String>), Failure> {
    let config = trees.reading.config;
    let off = config.level(rules::CODE_BEFORE_CONTRACT) == Some(Level::Off);
    if off || surface.spelled.is_empty() || trees.history.tip().is_none() {
        return Ok((Vec::new(), Vec::new()));
    }
    let journal = trees.journal()?;
    let Some(beginning) = Beginning::of(trees, journal)? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let own = own(trees.reading.source, config)?;
    let (changes, adopted) = (HashMap::new(), None);
    let search = Search { trees, surface, journal, beginning, own, changes, adopted, open: false };
    search.run()
}

/// The first commit that anybody could hold to an order. What it has, it may have taken over.
struct Beginning {
    /// Only commits that come before this place of the journal are judged.
    place: usize,
    commit: Option<CommitId>,
    /// A shallow history ends there, so that nobody knows what was taken over.
    hidden: bool,
}

impl Beginning {
    fn of(trees: &Trees<'_>, journal: &Journal) -> Result<Option<Self>, Failure> {
        let (steps, place) = (&journal.steps, unconfigured(trees)?);
        if journal.shallow && place > steps.len() {
            let commit = steps.iter().next_back().and_then(|oldest| oldest.parent.clone());
            return Ok(Some(Self { place: steps.len(), commit, hidden: true }));
        }
        let place = place.min(steps.len()).checked_sub(1);
        Ok(place.map(|place| {
            let commit = Some(steps[place].commit.clone());
            Self { place, commit, hidden: false }
        }))
    }
}

struct Search<'s, 'r> {
    trees: &'s Trees<'r>,
    surface: &'s Surface,
    journal: &'r Journal,
    beginning: Beginning,
    own: Vec<Extractor>,
    /// What changed each document last.
    changes: HashMap<ArtifactId, Since>,
    /// The endpoints that the code of the first commit declares; read on demand.
    adopted: Option<HashSet<usize>>,
    /// Part of the history is missing that would tell.
    open: bool,
}

/// An endpoint of the design and a route that serves it.
type Pair = (usize, usize);

impl Search<'_, '_> {
    fn run(mut self) -> Result<(Vec<CodeFirst>, Vec<String>), Failure> {
        let mut named: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        for &(offer, route) in &self.surface.spelled {
            if let Some(place) = self.named_at(offer)?.filter(|&place| place < self.beginning.place)
            {
                named.entry(place).or_default().push((offer, route));
            }
        }
        let (mut found, mut read, mut left) = (Vec::new(), 0, 0);
        let steps = &self.journal.steps;
        for (place, mut pairs) in named {
            let step = &steps[place];
            let Some(parent) = &step.parent else { continue };
            if Some(parent) == self.beginning.commit.as_ref() {
                self.open |= self.beginning.hidden;
                continue;
            }
            let then = self.trees.history.at(parent)?;
            self.keep_spoken_of(&*then, &mut pairs)?;
            if pairs.is_empty() {
                continue;
            }
            if read == MOST {
                left += 1;
                continue;
            }
            read += 1;
            let before = self.declared(&*then)?;
            pairs.dedup_by_key(|(offer, _)| *offer);
            for (offer, route) in pairs {
                let Some(&whatever) = before.get(&offer) else { continue };
                if self.is_adopted(offer)? || self.is_named(offer, place, whatever)? {
                    continue;
                }
                let (named, before) = (self.trees.named(&step.commit), self.trees.named(parent));
                found.push(CodeFirst { offer, route, named, before });
            }
        }
        found.sort_by_key(|one| one.offer);
        let mut notes = Vec::new();
        if left > 0 {
            let commits =
                count(left, "commit that brought contracts", "commits that brought contracts");
            notes.push(format!(
                "not judged: whether code came before its contract in {commits}, because the code \
                 before them is read for the newest {MOST} only"
            ));
        }
        if self.open {
            let what = "whether code came before its contract";
            notes.push(shallow(self.trees.reading.config, what)?);
        }
        Ok((found, notes))
    }

    /// The place of the commit that changed all documents last which state an endpoint; nothing
    /// where one of them was changed apart from the others, or is being changed.
    fn named_at(&mut self, offer: usize) -> Result<Option<usize>, Failure> {
        let project = self.trees.project;
        let mut named = None;
        for stated in &project.offers()[offer].stated {
            let last = match self.changes.get(&stated.artifact) {
                Some(known) => *known,
                None => {
                    let artifact = &project.artifacts[stated.artifact];
                    let last = match is_committed(self.trees, artifact)? {
                        true => last_commit(self.trees, &artifact.path)?,
                        false => Since::Uncommitted,
                    };
                    *self.changes.entry(stated.artifact).or_insert(last)
                }
            };
            match last {
                Since::Step(place) if named.is_none_or(|known| known == place) => {
                    named = Some(place);
                }
                Since::Step(_) | Since::Uncommitted => return Ok(None),
                Since::Earlier => {
                    self.open |= self.journal.shallow;
                    return Ok(None);
                }
            }
        }
        Ok(named)
    }

    /// Keeps what a tree may declare: the file that declares it now was there, and holds the last
    /// word of its path.
    fn keep_spoken_of(&self, then: &dyn Source, pairs: &mut Vec<Pair>) -> Result<(), Failure> {
        let mut texts: HashMap<&RepoPath, Option<String>> = HashMap::new();
        let mut kept = Vec::new();
        for &(offer, at) in &*pairs {
            let route = &self.surface.code.routes[at];
            let held = match texts.get(&route.file) {
                Some(known) => known,
                None => &*texts.entry(&route.file).or_insert(text(then, &route.file)?),
            };
            let Some(held) = held else { continue };
            let mut words = route.path.rsplit('/').filter(|one| !one.contains(['{', '*']));
            let word = words.find(|one| !one.is_empty()).unwrap_or_default();
            if held.contains(word) || route.file.as_str().contains(word) {
                kept.push((offer, at));
            }
        }
        *pairs = kept;
        Ok(())
    }

    /// The endpoints that the code of a tree declares, each with whether it does so whatever the
    /// method is.
    fn declared(&self, then: &dyn Source) -> Result<HashMap<usize, bool>, Failure> {
        let code = read_with(then, self.trees.reading.config, &self.own)?;
        let mut declared: HashMap<usize, bool> = HashMap::new();
        for (offer, at) in surface::spelled(self.trees.project, self.surface, &code) {
            let whatever = code.routes[at].method == "ANY";
            declared.entry(offer).and_modify(|known| *known &= whatever).or_insert(whatever);
        }
        Ok(declared)
    }

    /// Whether the code of the first commit declares an endpoint.
    fn is_adopted(&mut self, offer: usize) -> Result<bool, Failure> {
        if self.adopted.is_none() {
            let mut adopted = HashSet::new();
            if let Some(commit) = &self.beginning.commit {
                let then = self.trees.history.at(commit)?;
                adopted.extend(self.declared(&*then)?.into_keys());
            }
            self.adopted = Some(adopted);
        }
        let adopted = self.adopted.as_ref().is_some_and(|one| one.contains(&offer));
        self.open |= adopted && self.beginning.hidden;
        Ok(adopted)
    }

    /// Whether a document of the design named an endpoint before the commit at a place of the
    /// journal; with any method, where the code asks for none.
    fn is_named(&self, offer: usize, place: usize, whatever: bool) -> Result<bool, Failure> {
        let project = self.trees.project;
        let stated = project.offers()[offer].stated.first();
        let subject = stated.and_then(|place| Some(&project.contract_at(*place)?.subject));
        let Some(Subject::Endpoint { method, route }) = subject else { return Ok(false) };
        let method = (!whatever).then_some(*method);
        let steps = &self.journal.steps;
        let mut known: HashSet<&BlobId> = HashSet::new();
        for (at, step) in steps.iter().enumerate().skip(place) {
            for change in step.changes.iter().filter(|one| self.trees.is_design(&one.path)) {
                let after = change.after.as_ref().filter(|_| at > place);
                let after = after.map(|blob| (&step.commit, blob));
                for (commit, blob) in
                    after.into_iter().chain(step.parent.iter().zip(&change.before))
                {
                    if !known.insert(blob) {
                        continue;
                    }
                    let bytes = self.trees.bytes(commit, &change.path, blob)?.unwrap_or_default();
                    if names(&String::from_utf8_lossy(&bytes), method, route.key()) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }
}

/// Whether a text names an endpoint, in whatever form. Whoever owns all paths below one has not said
/// what they are.
fn names(text: &str, method: Option<Method>, key: &str) -> bool {
    mentions(text, 0).iter().filter(|one| !one.open).any(|one| {
        let own = one.route.key();
        let is_end = own.contains(char::is_alphabetic) && key.ends_with(own);
        match one.methods.is_empty() {
            true => own == key,
            false => {
                let met = method.is_none_or(|method| one.methods.contains(&method));
                met && (own == key || is_end)
            }
        }
    })
}
