//! What must be found in a history, told from the trees of its commits.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::{DOCUMENTS, Does, Feature};
use crate::history::{Held, History, Tree, id};

/// What a rule says of a document, and where what it lacked stands now.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    pub rule: String,
    pub path: String,
    /// The commit that lacks it, abbreviated.
    pub commit: String,
    pub lacks: BTreeSet<String>,
}

/// More places than this are not shown.
const SHOWN: usize = 8;

impl Told {
    /// Whether a finding tells just this.
    pub fn is_told_by(&self, found: &Told) -> bool {
        (&self.rule, &self.path, &self.commit) == (&found.rule, &found.path, &found.commit)
            && found.lacks.is_subset(&self.lacks)
            && found.lacks.len() == self.lacks.len().min(SHOWN)
    }
}

pub fn told(history: &History) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (&document, held) in &history.now {
        let iterations = DOCUMENTS[document].iterations(history.second);
        let mut denied = Lacks::new();
        for &iteration in iterations.iter().filter(|_| is_judged(history, document)) {
            let lacks = uncured(history, document, iteration);
            let others = shares(history, document);
            let spoken_for = others.iter().any(|&one| uncured(history, one, iteration).is_empty());
            if iteration == 0 || !spoken_for {
                denied.extend(lacks);
            }
        }
        let mut commit = last_change(history, document);
        let mut rule = match denied.is_empty() {
            false if is_past(history, commit) => "begun-too-early",
            _ => "written-too-early",
        };
        if denied.is_empty() && is_judged(history, document) {
            (rule, commit) = ("begun-too-early", began(history, document));
            denied = cured(history, document);
        }
        if !denied.is_empty() {
            let (rule, path) = (rule.to_owned(), held.path.clone());
            let commit = commit.map(|at| id(at)[..7].to_owned()).unwrap_or_default();
            told.push(Told { rule, path, commit, lacks: denied.into_values().collect() });
        }
    }
    told.sort();
    told
}

/// The paths of what lacks, by the duty and its iteration.
type Lacks = BTreeMap<(Does, usize), String>;

/// What the last change of a document lacks.
fn uncured(history: &History, document: usize, iteration: usize) -> Lacks {
    match last_change(history, document) {
        Some(last) => lacks(history, document, iteration, &history.commits[last], None),
        None => Lacks::new(),
    }
}

/// What lacked when a document was begun.
fn cured(history: &History, document: usize) -> Lacks {
    let Some(began) = began(history, document) else { return Lacks::new() };
    if is_past(history, Some(began)) {
        return Lacks::new();
    }
    let (tree, one) = (&history.commits[began], &DOCUMENTS[document]);
    let declared = declared(tree);
    match one.does {
        Does::Feature(_, feature) => lacks(history, document, feature.iteration(), tree, None),
        _ => lacks(history, document, 0, tree, Some(&declared)),
    }
}

/// What a tree lacks of what a document builds on. Of the features only those that are declared.
fn lacks(
    history: &History,
    document: usize,
    iteration: usize,
    tree: &Tree,
    declared: Option<&BTreeSet<Feature>>,
) -> Lacks {
    let mut lacks = Lacks::new();
    let mut done = BTreeSet::new();
    for (&earlier, now) in &history.now {
        let one = &DOCUMENTS[earlier];
        if !one.is_before(&DOCUMENTS[document], iteration) || !is_judged(history, earlier) {
            continue;
        }
        if let (Does::Feature(_, feature), Some(declared)) = (one.does, declared)
            && !declared.contains(&feature)
        {
            continue;
        }
        let speaks =
            |held: &Held| iteration == 0 || !matches!(one.does, Does::Iteration(_)) || held.second;
        if tree.get(&earlier).is_some_and(speaks) {
            done.insert((one.does, iteration));
        }
        // What several documents do is shown at the first of them.
        let path = lacks.entry((one.does, iteration)).or_insert_with(|| now.path.clone());
        if now.path < *path {
            path.clone_from(&now.path);
        }
    }
    lacks.retain(|duty, _| !done.contains(duty));
    lacks
}

/// The documents that do the same duty.
fn shares(history: &History, document: usize) -> Vec<usize> {
    let same = |one: &usize| DOCUMENTS[*one].does == DOCUMENTS[document].does;
    history.now.keys().copied().filter(same).collect()
}

/// Whether the configuration asks for the phase of a document.
fn is_judged(history: &History, document: usize) -> bool {
    let phase = DOCUMENTS[document].phase;
    history.skipped != Some(phase) && history.begins.is_none_or(|begins| phase >= begins)
}

/// Whether a commit comes before the configuration.
fn is_past(history: &History, commit: Option<usize>) -> bool {
    commit.zip(history.configured).is_some_and(|(commit, configured)| commit < configured)
}

/// The commit that changed what a document says; nothing where that is not committed.
fn last_change(history: &History, document: usize) -> Option<usize> {
    let says = |tree: &Tree| tree.get(&document).map(|held| (held.revision, held.second));
    let newest = history.commits.len() - 1;
    let now = says(&history.now);
    if says(&history.commits[newest]) != now
        || path(&history.commits[newest], document) != path(&history.now, document)
    {
        return None;
    }
    let same = history.commits.iter().rev().take_while(|tree| says(tree) == now).count();
    Some(history.commits.len() - same)
}

/// The commit that brought a document. One that is moved and changed at once begins anew.
fn began(history: &History, document: usize) -> Option<usize> {
    let newest = history.commits.last()?;
    if path(newest, document) != path(&history.now, document) {
        return None;
    }
    let came = |at: &usize| {
        let Some(held) = history.commits[*at].get(&document) else { return false };
        let before = at.checked_sub(1).and_then(|at| history.commits[at].get(&document));
        before.is_none_or(|before| {
            before.path != held.path
                && (before.revision, before.second) != (held.revision, held.second)
        })
    };
    (0..history.commits.len()).rev().find(came)
}

fn path(tree: &Tree, document: usize) -> Option<&String> {
    tree.get(&document).map(|held| &held.path)
}

/// The features that a design declares.
fn declared(tree: &Tree) -> BTreeSet<Feature> {
    let all = [Feature::Accounts, Feature::Catalog, Feature::Reservations];
    let has = |name: &str| tree.keys().any(|&one| DOCUMENTS[one].path.ends_with(name));
    let interfaces = tree.keys().filter_map(|&one| match DOCUMENTS[one].does {
        Does::Feature("interface", feature) => Some(feature),
        _ => None,
    });
    let interfaces: BTreeSet<Feature> = interfaces.collect();
    match (has("ARCHITECTURE.md"), interfaces.is_empty()) {
        (false, false) => interfaces,
        (false, true) if !has("DEPENDENCIES.md") => BTreeSet::new(),
        _ => all.into(),
    }
}
