//! Which variation of the workflow the features of a project take, and what follows from it.

use super::{Artifact, Subject};
use crate::base::Span;
use crate::base::words::flat;
use crate::model::phrases::opens_with;
use crate::model::records::{Brief, Recorded};
use crate::workflow::{Deliverable, Part, Variation, Workflow};

/// The variations that documents declare.
#[derive(Debug, Default)]
pub struct Varied {
    /// Indices into the variations of the workflow. Where none is declared, what any of them needs
    /// is due.
    pub declared: Vec<usize>,
}

/// What one declaration says.
#[derive(Debug, Default)]
pub struct Declaration<'t> {
    pub known: Vec<usize>,
    /// What is declared and no variation.
    pub unknown: Vec<&'t str>,
}

impl Varied {
    pub fn of(artifacts: &[Artifact], workflow: &Workflow) -> Self {
        let mut declared = Vec::new();
        let records = artifacts.iter().flat_map(|one| one.records.iter().map(move |it| (one, it)));
        for (artifact, region) in records {
            let brief = Brief::of(&region.record).and_then(|brief| brief.variation);
            if let (Some(span), Some(facts)) = (brief, artifact.facts()) {
                declared.extend(declaration(facts.text_of(span), workflow).known);
            }
        }
        declared.sort_unstable();
        declared.dedup();
        Self { declared }
    }

    /// Whether a deliverable is due for a subject.
    pub fn needs(&self, workflow: &Workflow, deliverable: &Deliverable, subject: &Subject) -> bool {
        let role = match subject {
            Subject::Role(role) => Some(role),
            _ => None,
        };
        self.asks(workflow, |one| one.names_deliverable(deliverable))
            && role.is_none_or(|role| self.asks(workflow, |one| one.roles.contains(role)))
    }

    /// Whether a deliverable has to have a part.
    pub fn needs_part(&self, workflow: &Workflow, deliverable: &Deliverable, part: &Part) -> bool {
        self.asks(workflow, |one| one.names_part(deliverable, part))
    }

    /// What is named by a variation is due where a declared one names it, or none is declared.
    fn asks(&self, workflow: &Workflow, names: impl Fn(&Variation) -> bool) -> bool {
        let all = &workflow.variations;
        self.declared.is_empty()
            || self.declared.iter().any(|&at| names(&all[at]))
            || !all.iter().any(names)
    }
}

/// The variations that the words of a declaration name. Of several parts the first one has to be a
/// variation; what stands behind it may say why.
pub fn declaration<'t>(text: &'t str, workflow: &Workflow) -> Declaration<'t> {
    const SHORT: usize = 3;
    let mut found = Declaration::default();
    let parts = text.split([',', ';', '+', '&', '\n', '/']).flat_map(|part| part.split(" and "));
    let marks = |c: char| !c.is_alphanumeric() && !"([".contains(c);
    let parts = parts.map(|part| part.trim_matches(marks)).filter(|part| !part.is_empty());
    for (at, part) in parts.enumerate() {
        let words = flat(part);
        let named = workflow.variations.iter().map(|one| {
            let fits = one.names.iter().filter(|name| opens_with(&words, &flat(name)));
            fits.map(String::len).max()
        });
        let named = named.enumerate().filter_map(|(at, length)| Some((length?, at)));
        match named.max() {
            Some((_, variation)) => found.known.push(variation),
            None if at == 0 || words.split(' ').count() < SHORT => found.unknown.push(part),
            None => {}
        }
    }
    found
}

/// The declared variations, where every one of them finds a word too much for it: the first such
/// word with its place, and the variation.
pub fn too_simple<'w>(
    text: &str,
    workflow: &'w Workflow,
    declared: &[usize],
) -> Option<(Span, &'w Variation)> {
    let lower = text.to_ascii_lowercase();
    let first = |at: &usize| {
        let variation = &workflow.variations[*at];
        let places = variation.too_simple_for.iter().filter_map(|word| spoken(&lower, word));
        Some((places.min_by_key(|place| place.start)?, variation))
    };
    let found: Vec<_> = declared.iter().map(first).collect::<Option<_>>()?;
    found.into_iter().min_by_key(|(place, _)| place.start)
}

/// Where a text speaks of a word first, but for places that say that there is none of it.
fn spoken(lower: &str, word: &str) -> Option<Span> {
    const NONE: &[&str] = &["no", "not", "without", "never", "neither", "nor", "any"];
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut places = lower.match_indices(word).filter(|(at, _)| {
        let (before, after) = (&lower[..*at], &lower[at + word.len()..]);
        let plural = after.strip_prefix('s').unwrap_or(after);
        let line = before.rsplit(['\n', '.', ':', ';']).next().unwrap_or("");
        let denied = line.split_whitespace().rev().take(3).any(|one| NONE.contains(&one));
        outside(before.chars().next_back())
            && (outside(after.chars().next()) || outside(plural.chars().next()))
            && !denied
    });
    places.next().map(|(at, _)| Span::new(at, at + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_denied_is_not_spoken() {
        assert_eq!(spoken("there is no payment here", "payment"), None);
        assert_eq!(spoken("repayment plans", "payment"), None);
        assert_eq!(spoken("two payments a year", "payment"), Some(Span::new(4, 11)));
    }
}
