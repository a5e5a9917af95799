//! Generated histories whose documents come in any order: what came too early is found, with what
//! it lacked, and nothing else is (S2.18, S2.20).
//!
//! Each history begins in the order of the phases. Documents are then begun earlier or later,
//! changed, moved, moved with changes and taken together in one commit; some projects skip a phase,
//! begin with a later one, or get their configuration on the way. What must be found is told from
//! the trees of all commits, one by one.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

#[allow(dead_code)]
#[path = "../fixtures/case.rs"]
mod case;
#[allow(dead_code)]
#[path = "../planted/dice.rs"]
mod dice;
mod documents;
mod expected;
mod history;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dice::Dice;
use expected::Told;
use gatecheck::engine::{self, Request};
use gatecheck::source::Memory;
use history::History;

const RULES: [&str; 2] = ["begun-too-early", "written-too-early"];

/// The seed, unless another is asked for by hand.
fn seed() -> u64 {
    std::env::var("ORDER_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_260_601)
}

fn many(usual: usize) -> usize {
    std::env::var("ORDER_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What the two rules say: each with its document and what came later.
fn found(source: &Memory, commits: &[String]) -> Vec<Told> {
    let request = Request::new("2026-06-01".parse().expect("a date"));
    let report = engine::check(source, &request).expect("a verdict");
    let own = report.findings.iter().filter(|one| RULES.contains(&one.rule));
    let mut told: Vec<Told> = own
        .map(|one| {
            let lacks = one.related.iter().map(|related| related.path.to_string()).collect();
            let commit = commits.iter().find(|commit| one.message.contains(*commit));
            let commit = commit.cloned().unwrap_or_default();
            Told { rule: one.rule.to_owned(), path: one.path.to_string(), commit, lacks }
        })
        .collect();
    told.sort();
    told
}

#[test]
fn what_came_too_early_is_found_and_nothing_else() {
    let (mut wrong, mut counts) = (String::new(), BTreeMap::<String, usize>::new());
    for number in 0..many(110) {
        let history = History::draw(&mut Dice::new(seed() + number as u64), number);
        let commits: Vec<String> =
            (0..history.commits.len()).map(|at| history::id(at)[..7].to_owned()).collect();
        let found = found(&history.source(), &commits);
        let expected = expected::told(&history);
        for one in &expected {
            *counts.entry(one.rule.clone()).or_default() += 1;
        }
        if expected.is_empty() {
            *counts.entry("in order".to_owned()).or_default() += 1;
        }
        for one in expected.iter().filter(|one| !found.iter().any(|two| one.is_told_by(two))) {
            _ = writeln!(wrong, "history {number}: MISSED {one:?}");
        }
        for one in found.iter().filter(|one| !expected.iter().any(|two| two.is_told_by(one))) {
            _ = writeln!(wrong, "history {number}: FALSE ALARM {one:?}");
        }
        if !wrong.is_empty() {
            _ = writeln!(wrong, "{}", history.told());
            break;
        }
    }
    println!("{counts:?}");
    assert!(wrong.is_empty(), "seed {}\n{wrong}", seed());
    let enough = |what: &str| counts.get(what).is_some_and(|&count| count >= 30);
    let asked = std::env::var("ORDER_HISTORIES").is_ok();
    assert!(asked || RULES.iter().chain(&["in order"]).all(|one| enough(one)), "{counts:?}");
}

/// A report of the integration that was begun before the last feature was designed, and changed
/// after that was built. `planned` is what the architecture said of the feature when it was begun.
fn integrated_in_parts(planned: &str) -> Vec<Told> {
    let text = r##"
base = "standard-orchestration/phase-2.5"

[[commit]]
id = "0a11ce0f00d0001"
base = "standard-orchestration/phase-1"

[[commit.delete]]
path = ".work/foundation/architecture/INTERFACE-catalog.md"

[[commit.file]]
path = ".work/foundation/architecture/ARCHITECTURE.md"
text = """
# System Architecture

## Feature Boundaries

### Feature A: Accounts

Owns `src/accounts/`.
@PLANNED@
"""

[[commit]]
id = "1a11ce0f00d0002"
base = "standard-orchestration/phase-2.5"
keep = [".work/foundation"]

[[commit.delete]]
path = ".work/implementation/catalog/"

[[commit.file]]
path = ".work/integration/INTEGRATION-REPORT.md"
text = "# Integration of what is there"

[[commit]]
id = "2a11ce0f00d0003"
base = "standard-orchestration/phase-2"
keep = [".work/integration"]

[[commit]]
id = "3a11ce0f00d0004"
base = "standard-orchestration/phase-2.5"
"##;
    let case = case::Case::parse(&text.replace("@PLANNED@", planned)).expect("a case");
    found(&case.source(), &["1a11ce0".to_owned()])
}

#[test]
fn a_feature_that_nobody_had_planned_was_not_lacking() {
    assert_eq!(integrated_in_parts(""), []);
    let planned = integrated_in_parts("\n### Feature B: Catalog\n\nOwns `src/catalog/`.\n");
    let [told] = &planned[..] else { panic!("{planned:?}") };
    let lacks: Vec<&str> = told.lacks.iter().map(String::as_str).collect();
    assert_eq!((&*told.rule, &*told.commit), ("begun-too-early", "1a11ce0"));
    let evidence = [
        ".work/implementation/catalog/EVIDENCE.md",
        ".work/implementation/catalog/tests/EVIDENCE.md",
    ];
    assert_eq!(
        lacks,
        [&[".work/foundation/architecture/INTERFACE-catalog.md"][..], &evidence].concat()
    );
}
