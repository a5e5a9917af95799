//! Generated histories in which features work outside of what they own, and as many in which they
//! do what looks like it and is lawful: every crossing is found, and nothing else (S2.14).
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

#[path = "../planted/dice.rs"]
#[allow(dead_code)]
mod dice;
mod history;
mod product;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dice::Dice;
use gatecheck::engine::{self, Request};
use gatecheck::report::ReportFinding;
use history::{Crossing, History};

/// The seed and the number of histories, unless others are asked for by hand.
fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn every_crossing_is_found_and_no_lawful_change() {
    let (seed, histories) = (asked("PLANTED_SEED", 20_260_601), asked("PLANTED_PROJECTS", 120));
    let mut told = String::new();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for number in 0..histories {
        let mut dice = Dice::new(seed + number);
        let history = History::draw(&mut dice);
        let today = "2026-06-01".parse().expect("a date");
        let report = engine::check(&history.source, &Request::new(today)).expect("a verdict");
        let found = crossings(&report.findings);
        let expected: BTreeSet<Crossing> = history.crossings.keys().cloned().collect();
        for (kind, times) in &history.kinds {
            *count.entry(kind).or_default() += times;
        }
        let mut wrong = String::new();
        for missed in expected.difference(&found) {
            let kind = &history.crossings[missed];
            _ = writeln!(wrong, "  MISSED: {missed:?} ({kind})");
        }
        for alarm in found.difference(&expected) {
            _ = writeln!(wrong, "  FALSE ALARM: {alarm:?}");
        }
        let of = |rule: &str| report.findings.iter().filter(|one| one.rule == rule).count();
        for one in report.findings.iter().filter(|one| one.rule == "undeclared-scope") {
            _ = writeln!(wrong, "  FALSE ALARM: {}", one.message);
        }
        let unattributed = report.findings.iter().find(|one| one.rule == "unattributed-work");
        let commits: Vec<&String> = unattributed.iter().flat_map(|one| &one.members).collect();
        if commits != history.unattributed.iter().collect::<Vec<_>>() || of("unattributed-work") > 1
        {
            _ = writeln!(wrong, "  UNATTRIBUTED: {commits:?}, not {:?}", history.unattributed);
        }
        if !wrong.is_empty() {
            _ = writeln!(told, "history {number} ({})\n{wrong}{}", history.style, history.told);
        }
    }
    let table: Vec<String> = count.iter().map(|(kind, times)| format!("{kind}: {times}")).collect();
    println!("{}", table.join("\n"));
    assert!(told.is_empty(), "seed {seed}\n{told}");
    let sum = |sort: &str| -> usize {
        count.iter().filter(|(kind, _)| kind.starts_with(sort)).map(|(_, times)| times).sum()
    };
    assert!(sum("crossing") >= 200 && sum("lawful") >= 200, "{table:#?}");
}

/// What the gates say was changed outside of boundaries: the feature and the path.
fn crossings(findings: &[ReportFinding]) -> BTreeSet<Crossing> {
    let mut found = BTreeSet::new();
    for one in findings.iter().filter(|one| one.rule == "outside-boundary") {
        let (feature, path) = one.subject.split_once(": ").expect("a feature");
        match &one.members[..] {
            [] => _ = found.insert((feature.to_owned(), path.to_owned())),
            many => found.extend(many.iter().map(|path| (feature.to_owned(), path.clone()))),
        }
    }
    found
}
