//! Lines of then found again among those of now: criteria, items of checklists.

use std::collections::{HashMap, HashSet};

use super::wording::{HALF, Wording};
use crate::base::Span;
use crate::facts::{DocumentFacts, SectionId};
use crate::model::ids::Id;
use crate::project::Artifact;

/// One line that promises something, with where it stands.
#[derive(Clone, Debug)]
pub struct Line<'p> {
    pub artifact: &'p Artifact,
    pub facts: &'p DocumentFacts,
    pub span: Span,
    pub section: SectionId,
    pub id: Option<&'p Id>,
    /// What it belongs to: its story, its list.
    pub scope: String,
    pub wording: Wording,
}

impl Line<'_> {
    /// Whether it was struck through.
    pub fn is_struck(&self) -> bool {
        let text = self.facts.text_of(self.span);
        let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '~');
        bare.starts_with("~~") || text.contains(" ~~") && text.trim_end().ends_with("~~")
    }
}

/// For each line of then, the one of now that it became, if it is still there: the same words in
/// the same place, the same words elsewhere, the same identifier, else most of the same words.
/// No line of now is taken twice.
pub fn found_again(then: &[Line<'_>], now: &[Line<'_>]) -> Vec<Option<usize>> {
    let mut matching = Matching { found: vec![None; then.len()], taken: vec![false; now.len()] };
    let text = |line: &Line<'_>| (line.scope.clone(), line.wording.text());
    matching.by(then, now, |line| Some(text(line)));
    matching.by(then, now, |line| Some(line.wording.text()));
    matching.by(then, now, |line| Some((line.scope.clone(), line.id?.clone())));
    matching.by_likeness(then, now);
    matching.found
}

struct Matching {
    found: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Matching {
    /// Takes for each line of then the first free one of now with the same key.
    fn by<K: std::hash::Hash + Eq>(
        &mut self,
        then: &[Line<'_>],
        now: &[Line<'_>],
        key: impl Fn(&Line<'_>) -> Option<K>,
    ) {
        let mut free: HashMap<K, Vec<usize>> = HashMap::new();
        for at in (0..now.len()).rev().filter(|&at| !self.taken[at]) {
            if let Some(key) = key(&now[at]) {
                free.entry(key).or_default().push(at);
            }
        }
        for (line, found) in then.iter().zip(&mut self.found).filter(|(_, found)| found.is_none()) {
            let next = key(line).and_then(|key| free.get_mut(&key)?.pop());
            next.into_iter().for_each(|at| self.taken[at] = true);
            *found = next;
        }
    }

    /// Takes the likest pairs first. Words that many lines have lead nowhere.
    fn by_likeness(&mut self, then: &[Line<'_>], now: &[Line<'_>]) {
        const MOST: usize = 64;
        // Beyond its own place a line has to be nearly the same.
        const MOVED: f64 = 0.8;
        let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in (0..now.len()).filter(|&at| !self.taken[at]) {
            for stem in now[at].wording.stems() {
                holders.entry(stem).or_default().push(at);
            }
        }
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (at, line) in then.iter().enumerate().filter(|(at, _)| self.found[*at].is_none()) {
            let stems = line.wording.stems().iter();
            let held = stems.filter_map(|stem| holders.get(&**stem)).filter(|of| of.len() <= MOST);
            let candidates: HashSet<usize> = held.flatten().copied().collect();
            for other in candidates {
                let other_wording = &now[other].wording;
                let score = line.wording.remains_in(other_wording);
                let here = line.scope == now[other].scope;
                // A longer line may hold the words of a short one and say something else.
                let alike = score.min(other_wording.remains_in(&line.wording));
                if here && score >= HALF || alike >= MOVED {
                    pairs.push((score + f64::from(u8::from(here)), at, other));
                }
            }
        }
        pairs.sort_by(|one, other| {
            other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2))
        });
        for (_, at, other) in pairs {
            if self.found[at].is_none() && !self.taken[other] {
                self.found[at] = Some(other);
                self.taken[other] = true;
            }
        }
    }
}
