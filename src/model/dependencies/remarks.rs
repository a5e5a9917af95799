//! What a line says of the needs of the thing it names: `(requires Auth from 2a)`,
//! `(no dependencies)`, `depends on A and B`.

use super::names::{self, Listed, Named};
use crate::base::Span;
use crate::base::words::normalize;

/// What a remark says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Remark {
    pub needs: Vec<Named>,
    pub blocks: Vec<Named>,
    /// There are no needs, in so many words.
    pub free: bool,
    /// Not everything in it could be read as a name.
    pub partly: bool,
    /// It needs everything else.
    pub everything: bool,
}

impl Remark {
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

/// The words that come between one thing and what it needs. Longer ones before those they hold.
const NEEDS: &[&str] = &[
    "depends on",
    "dependent on",
    "depend on",
    "depending on",
    "depends upon",
    "depends:",
    "depends-on:",
    "dependencies:",
    "dependency:",
    "deps:",
    "builds on",
    "build on",
    "waits for",
    "wait for",
    "waiting for",
    "waiting on",
    "blocked by",
    "blocked on",
    "requires:",
    "requires",
    "require",
    "needs:",
    "needs",
    "prerequisites:",
    "prerequisite:",
    "can start after",
    "starts after",
    "start after",
    "after:",
    "after",
    "once",
];
const BLOCKS: &[&str] = &["blocks:", "blocks", "unblocks:", "unblocks", "enables:", "enables"];
/// Verbs that say it in a sentence, whose subject then is the thing that needs.
const VERBS: &[&str] = &[
    "depends on",
    "depend on",
    "requires",
    "require",
    "waits for",
    "wait for",
    "is blocked by",
    "are blocked by",
    "builds on",
    "must wait for",
    "relies on",
];

/// Reads what stands behind a name, or in brackets behind it.
pub(super) fn read(text: &str, span: Span) -> Remark {
    let mut found = Remark::default();
    for (start, end) in clauses(text) {
        let Some(clause) = text.get(start..end) else { continue };
        let place = Span::new(span.start as usize + start, span.start as usize + end);
        clause_of(clause, place, &mut found);
    }
    found
}

/// What the line that names a level says of the levels before it: `Step 2b: Features depending on
/// 2a`, `(can be parallel after Step 1)`.
pub(super) fn after(line: &str, span: Span) -> Vec<Named> {
    let mut found = read(line, span).needs;
    if found.is_empty() {
        let leads = [" depending on ", " dependent on ", " depends on ", " after ", " requires "];
        let at = leads.iter().filter_map(|lead| Some(line.find(lead)? + lead.len())).min();
        let rest = at.and_then(|at| Some((at, line.get(at..)?.split([')', ';']).next()?)));
        if let Some((at, rest)) = rest {
            let from = span.start as usize + at;
            found = names::read(rest, Span::new(from, from + rest.len())).names();
        }
        // "depending on several sources" names no level.
        found.retain(|one| super::id(&one.name).is_some() || names::is_label(&one.name));
    }
    found
}

fn clause_of(clause: &str, span: Span, found: &mut Remark) {
    let lower = clause.to_ascii_lowercase();
    let plain = normalize(clause);
    if matches!(
        &*plain,
        "no dependencies"
            | "no dependency"
            | "none"
            | "independent"
            | "no prerequisites"
            | "dependencies none"
            | "depends on nothing"
            | "no needs"
            | "nothing to wait for"
    ) {
        found.free = true;
        return;
    }
    let at_start = |list: &[&'static str]| {
        let lead = lower.len() - lower.trim_start_matches(|c: char| " ,;:*_`←".contains(c)).len();
        let found = list.iter().find(|word| starts_with_word(&lower[lead..], word));
        found.map(|word| lead + word.len())
    };
    let (from, blocks) = match (at_start(NEEDS), at_start(BLOCKS)) {
        (Some(at), _) => (at, false),
        (None, Some(at)) => (at, true),
        (None, None) => return,
    };
    let Some(rest) = clause.get(from..) else { return };
    let from = from + rest.len() - rest.trim_start_matches([':', '*', ' ']).len();
    let Some(rest) = clause.get(from..) else { return };
    let place = Span::new(span.start as usize + from, span.end as usize);
    match names::read(rest, place) {
        Listed::None => found.free |= !blocks,
        Listed::Everything => found.everything |= !blocks,
        listed if blocks => found.blocks.extend(listed.names()),
        listed => {
            found.partly |= matches!(listed, Listed::Partly(_));
            found.needs.extend(listed.names());
        }
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let rest = text.strip_prefix(word);
    rest.is_some_and(|rest| {
        word.ends_with(':') || rest.is_empty() || rest.starts_with([' ', ':', '*'])
    })
}

/// The brackets of a text, and what stands outside of them behind dashes, arrows and semicolons.
fn clauses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut rest_start = 0;
    while let Some(open) = text[at..].find(['(', '[']).map(|open| at + open) {
        found.push((rest_start, open));
        let close = match text.as_bytes()[open] {
            b'(' => ')',
            _ => ']',
        };
        let inner = open + 1;
        let end = text[inner..].find(close).map_or(text.len(), |end| inner + end);
        // "(A, no dependencies; requires B)"
        let mut start = inner;
        for (cut, _) in text[inner..end].match_indices(';') {
            found.push((start, inner + cut));
            start = inner + cut + 1;
        }
        found.push((start, end));
        at = (end + 1).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        rest_start = at;
    }
    found.push((rest_start, text.len()));
    let mut parts = Vec::new();
    for (start, end) in found {
        let mut from = start;
        for mark in [" - ", " – ", " — ", " ← ", "; "] {
            if let Some(cut) = text.get(from..end).and_then(|part| part.find(mark)) {
                parts.push((from, from + cut));
                from += cut + mark.len();
            }
        }
        parts.push((from, end));
    }
    parts.retain(|(start, end)| start < end);
    parts
}

/// A sentence that says what one thing needs: `Catalog waits for Accounts, because …`.
pub(super) fn sentence(text: &str, span: Span) -> Option<(String, Remark)> {
    let lower = text.to_ascii_lowercase();
    let find = |verb: &&'static str| Some((lower.find(&format!(" {verb} "))?, *verb));
    let (at, verb) = VERBS.iter().chain(&["blocks"]).filter_map(find).min()?;
    let subject = crate::base::words::without_markup(&text[..at]);
    // `A --> B` means "A depends on B": a legend, and no sentence about A.
    if subject.contains(['>', '→', '"', '“', '=']) {
        return None;
    }
    // "Search will depend on …" says so of later, "does not depend on" the opposite.
    let (head, last) = subject.trim_end().rsplit_once(' ').unwrap_or((&subject, ""));
    let subject = match &*last.to_ascii_lowercase() {
        "not" | "never" | "longer" | "cannot" | "don't" | "doesn't" | "nor" => return None,
        "will" | "also" | "still" | "only" | "must" | "may" | "might" | "can" | "then" => head,
        _ => &subject,
    };
    let subject = names::cut(subject)?.to_owned();
    let first = normalize(&subject);
    let first = first.split(' ').next().unwrap_or("");
    const NOBODY: &[&str] = &[
        "all",
        "every",
        "each",
        "any",
        "it",
        "this",
        "that",
        "these",
        "those",
        "they",
        "which",
        "we",
        "and",
        "if",
        "when",
        "nothing",
        "none",
        "no",
        "some",
        "most",
        "other",
        "both",
        "success",
        "there",
        "what",
        "who",
        "everything",
        "anything",
        "tasks",
        "only",
    ];
    let from = at + verb.len() + 2;
    let rest = text.get(from..)?;
    let end = [". ", ", because", ", since", ", so ", ", but", " in order", ", which", ", as "];
    let rest = &rest[..end.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len())];
    let place = Span::new(span.start as usize + from, span.start as usize + from + rest.len());
    if NOBODY.contains(&first) || subject.split(' ').count() > 6 || rest.len() > 160 {
        return None;
    }
    let mut remark = Remark::default();
    match names::read(rest, place) {
        // A sentence names things; what begins like an ordinary word is not the name of one.
        Listed::Names(names) | Listed::Partly(names) => {
            let named =
                |one: &Named| one.name.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
            if names.is_empty() || !names.iter().all(named) || !starts_like_a_name(&subject) {
                return None;
            }
            match verb {
                "blocks" => remark.blocks = names,
                _ => remark.needs = names,
            }
        }
        Listed::None => remark.free = true,
        Listed::Everything => remark.everything = true,
    }
    Some((subject, remark))
}

fn starts_like_a_name(subject: &str) -> bool {
    subject.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_denies_a_need_names_none() {
        let read = |text: &str| sentence(text, Span::new(0, text.len()));
        let (subject, remark) = read("Search will depend on Accounts.").unwrap();
        assert_eq!((&*subject, &*remark.needs[0].name), ("Search", "Accounts"));
        assert_eq!(read("Search does not depend on Accounts."), None);
    }

    #[test]
    fn a_level_says_which_it_comes_after() {
        let after =
            |line: &str| after(line, Span::new(0, line.len())).into_iter().map(|one| one.name);
        assert!(after("Step 2b: Features depending on 2a").eq(["2a"]));
        assert!(after("Step 2a: Features (can be parallel after Step 1)").eq(["Step 1"]));
        assert!(after("Step 2c: Features depending on several sources").eq([""; 0]));
    }
}
