//! What a suite is known by, so that a later run replaces an earlier one and no other suite.

use crate::base::words::normalize;
use crate::facts::{DocumentFacts, SectionId};
use crate::model::phrases::{List, listed, one_of};

/// Columns that number the runs of a suite, and columns that date them.
pub(super) const RUN: &List = listed!(
    "run|runs|run no|run number|run id|attempt|round|test run|execution|cycle|build|iteration|no"
);
pub(super) const DAY: &List = listed!(
    "date|run date|test date|day|when|executed|executed on|run on|time|timestamp|started|finished"
);

/// Words that tell one run from another and name no suite.
const RUNS: &List = listed!(
    "run|runs|rerun|first|second|third|final|last|latest|initial|retry|attempt|round|\
    after|fix|fixes|again|results|result|status|execution|executions|retest|cycle"
);

/// The columns that name the suites of a table: the feature and the kind of its tests may stand
/// in one each.
pub(super) fn naming_columns(headers: &[String]) -> Vec<usize> {
    const NAMES: &List = listed!(
        "suite|suites|test suite|test suites|suite name|test suite name|feature|\
        component|test type|type|kind|area|category|module|layer|level|package|name|test name|\
        service|team|epic|story"
    );
    const FALLBACK: &List = listed!("test|tests|file|test file|spec");
    let named = |list: &List| -> Vec<usize> {
        let fits = headers.iter().enumerate().filter(|(_, header)| one_of(list, header));
        fits.map(|(at, _)| at).collect()
    };
    let found = named(NAMES);
    if !found.is_empty() {
        return found;
    }
    let other = headers
        .iter()
        .position(|header| !one_of(RUN, header) && !one_of(DAY, header) && !header.is_empty());
    let fallback = named(FALLBACK).first().copied();
    vec![fallback.or(other).unwrap_or(0)]
}

/// The columns of a table that has one for each kind of tests; none where it has fewer than two.
pub(super) fn kind_columns(headers: &[String]) -> Vec<usize> {
    let columns = headers.iter().enumerate().filter(|(_, header)| {
        let kinds =
            listed!("unit|integration|contract|edge|e2e|end to end|component|api|smoke|acceptance");
        let rest = listed!("test|tests|case|cases|suite|suites");
        let bare = header.split(' ').filter(|word| !one_of(rest, word)).collect::<Vec<_>>();
        one_of(kinds, &bare.join(" "))
    });
    let columns: Vec<usize> = columns.map(|(at, _)| at).collect();
    if columns.len() < 2 { Vec::new() } else { columns }
}

/// The key of a suite: the words of its name and of the heading above that tells it from others,
/// without what tells one run from another.
pub(super) fn key(name: &str, above: &str) -> String {
    let mut own = words(name);
    let beside: Vec<&str> = above.split(' ').filter(|word| !word.is_empty()).collect();
    if !own.is_empty() && !beside.iter().any(|word| own.iter().any(|known| known == word)) {
        own.splice(0..0, beside.into_iter().map(str::to_owned));
    }
    own.join(" ")
}

/// The words of a name without numbers of runs, counts of tests and dates. `Suite 2` is another
/// suite than `Suite 1`; `run 2` and `12 tests` say nothing about which it is.
fn words(name: &str) -> Vec<String> {
    const COUNTED: &List =
        listed!("test|tests|case|cases|spec|specs|passed|passing|failed|assertions");
    const NUMBERED: &List = listed!(
        "suite|suites|smoke|part|shard|batch|group|set|pack|scenario|milestone|\
        sprint|phase|stage|level|tier|feature|team|wave|iteration|epic|story"
    );
    let words = normalize(name);
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let dated = words.iter().any(|word| word.len() == 4 && is_number(word));
    let kept = words.iter().enumerate().filter(|&(at, word)| {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let counts = words[at + 1..].iter().take(2).any(|next| one_of(COUNTED, next));
        if !is_number(word) {
            return !one_of(RUNS, word);
        }
        let names = one_of(NUMBERED, before) || !counts && !one_of(RUNS, before);
        names && !dated && at > 0
    });
    kept.map(|(_, word)| (*word).to_owned()).collect()
}

/// The words of the headings between results and one of their tables that tell suites of the same
/// name apart: "Accounts", not "Second run".
pub(super) fn qualifier(facts: &DocumentFacts, from: SectionId, results: SectionId) -> String {
    const GENERAL: &List = listed!(
        "test|tests|testing|suite|suites|summary|overview|regression|iteration|\
        details|detail|all|by|per|the|of|and|feature|features|table|report|output|full|complete|\
        overall|combined|current|updated|now|integrated"
    );
    let mut found = String::new();
    let mut at = Some(from);
    while let Some(id) = at.filter(|id| *id != results) {
        let section = facts.section(id);
        let names = section.name.split(' ').all(|word| !one_of(RUNS, word) && word != "iteration");
        if names && section.level > 1 {
            let words = section.name.split(' ').filter(|word| {
                !one_of(GENERAL, word) && !word.bytes().all(|byte| byte.is_ascii_digit())
            });
            for word in words {
                found.push_str(word);
                found.push(' ');
            }
        }
        at = section.parent;
    }
    found
}
