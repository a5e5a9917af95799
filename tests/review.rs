//! What `gatecheck workflow check` finds: each check by a file that has the mistake, and nothing in
//! the workflows that gatecheck brings along.
#![allow(clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gatecheck::base::{Failure, RepoPath};
use gatecheck::engine;
use gatecheck::report::ReportFinding;
use gatecheck::workflow::review::checks;
use gatecheck::workflow::{PolicyFile, builtins};

const FOLDER: &str = "fixtures/workflow-check";

fn review(file: PolicyFile) -> Vec<ReportFinding> {
    let mut load = |path: &RepoPath| Err(Failure::new("no file", path, ""));
    engine::review(file, &mut load).unwrap_or_else(|failure| panic!("{failure}"))
}

/// The files with mistakes, by their names.
fn files() -> BTreeMap<String, String> {
    let all = fs::read_dir(FOLDER).expect(FOLDER).flatten().map(|entry| entry.path());
    all.map(|path| {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (stem, fs::read_to_string(&path).expect("a text"))
    })
    .collect()
}

/// Each line that ends in `#! check` gets that finding, and no other line gets any.
#[test]
fn every_mistake_is_found_on_its_line_and_nothing_else_is() {
    for (name, text) in files() {
        let marked = text.lines().enumerate().filter_map(|(at, line)| {
            Some((at as u32 + 1, line.split_once("#! ")?.1.trim().to_owned()))
        });
        let expected: Vec<(u32, String)> = marked.collect();
        assert_eq!(expected.is_empty(), name.starts_with("clean"), "{name}");
        let file = PolicyFile { path: RepoPath::new(&*name), text: text.clone() };
        let mut found: Vec<(u32, String)> = Vec::new();
        for finding in review(file) {
            let place = finding.place.as_ref().expect("a place");
            found.push((place.start.line, finding.rule.to_owned()));
            assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding:?}");
            assert!(!finding.message.ends_with('.'), "{finding:?}");
            assert_eq!(finding.path.as_str(), name);
        }
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn every_check_has_a_file_with_its_mistake_and_a_row_in_the_manual() {
    let named: BTreeSet<String> = files().into_keys().collect();
    let manual = fs::read_to_string("rules/README.md").expect("the manual");
    for check in checks() {
        assert!(named.contains(check.id), "{FOLDER}/{}.toml", check.id);
        let row = format!("| `{}` | {} | {} |", check.id, check.level.word(), check.summary);
        assert!(manual.contains(&row), "the manual lacks:\n{row}");
    }
}

#[test]
fn nothing_is_wrong_with_what_gatecheck_brings_along() {
    for id in builtins() {
        let found = review(PolicyFile::builtin(id).expect("a file"));
        let said: Vec<String> = found
            .iter()
            .map(|one| {
                format!(
                    "{:?} {}: {}",
                    one.place.as_ref().map(|p| p.start.line),
                    one.rule,
                    one.message
                )
            })
            .collect();
        assert!(said.is_empty(), "{id}:\n{}", said.join("\n"));
    }
}
