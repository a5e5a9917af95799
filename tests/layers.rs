//! Holds the architecture: which layer may import which, how long a file may be, and that
//! everything a rule needs besides its code exists.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers it may import besides itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("facts", &["base"]),
    ("code", &["base"]),
    ("source", &["base"]),
    ("workflow", &["base"]),
    ("model", &["base", "facts", "workflow"]),
    ("project", &["base", "facts", "code", "source", "workflow", "model"]),
    ("finding", &["base"]),
    ("ledger", &["base", "facts", "workflow", "model", "project"]),
    (
        "rules",
        &[
            "base", "facts", "code", "source", "workflow", "model", "project", "ledger", "finding",
            "config",
        ],
    ),
    ("config", &["base", "workflow", "finding"]),
    ("report", &["base"]),
    (
        "engine",
        &[
            "base", "facts", "code", "source", "workflow", "model", "project", "ledger", "finding",
            "rules", "config", "report",
        ],
    ),
    ("render", &["base", "finding", "report"]),
    (
        "cli",
        &[
            "base", "facts", "code", "source", "workflow", "model", "project", "ledger", "finding",
            "rules", "config", "report", "engine", "render",
        ],
    ),
];

const LONGEST_FILE: usize = 400;

#[test]
fn imports_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let Some(layer) = layer_of(&file) else { continue };
        let may = allowed.get(&*layer).unwrap_or_else(|| panic!("layer {layer} has no row"));
        for (number, line) in read(&file).lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for imported in imports(line) {
                if imported != layer && !may.contains(&&*imported) {
                    let place = format!("{}:{}", file.display(), number + 1);
                    wrong.push(format!("{place}: {layer} must not see {imported}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .filter_map(|file| {
            let lines = read(&file).lines().count();
            (lines > LONGEST_FILE).then(|| format!("{}: {lines} lines", file.display()))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_rule_has_its_page_and_both_kinds_of_fixtures() {
    let mut missing = Vec::new();
    for rule in gatecheck::rules::all() {
        let page = format!("rules/{}.md", rule.id);
        if !Path::new(&page).is_file() {
            missing.push(format!("{page}: no page"));
        }
        let folder = PathBuf::from("fixtures/rules").join(rule.id);
        let cases: Vec<String> = fs::read_dir(&folder)
            .map(|entries| {
                entries.flatten().map(|e| e.file_name().to_string_lossy().into()).collect()
            })
            .unwrap_or_default();
        let clean = cases.iter().filter(|name: &&String| name.starts_with("clean")).count();
        if clean == 0 || clean == cases.len() {
            missing.push(format!("{}: needs a clean and a broken case", folder.display()));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn nothing_lies_about_that_belongs_to_no_rule() {
    let known: Vec<&str> = gatecheck::rules::all().map(|rule| rule.id).collect();
    let folders = fs::read_dir("fixtures/rules").expect("fixtures/rules").flatten();
    for folder in folders.map(|entry| entry.file_name().to_string_lossy().into_owned()) {
        assert!(known.contains(&&*folder), "fixtures/rules/{folder}: no rule has this id");
    }
    let pages = fs::read_dir("rules").expect("rules").flatten().map(|entry| entry.path());
    for page in pages.filter(|page| page.extension().is_some_and(|end| end == "md")) {
        let stem = page.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_known = stem == "README" || known.contains(&&*stem);
        assert!(is_known, "{}: no rule has this id", page.display());
    }
}

#[test]
fn pages_have_their_parts_in_order() {
    const PARTS: &[&str] = &["## What it does", "## Why it matters", "## Example", "## How to fix"];
    for rule in gatecheck::rules::all() {
        let headings: Vec<&str> =
            rule.page.lines().filter(|line| line.starts_with("## ")).collect();
        let own: Vec<&str> = headings.into_iter().filter(|line| PARTS.contains(line)).collect();
        assert_eq!(own, PARTS, "rules/{}.md", rule.id);
        assert_eq!(rule.page.lines().next(), Some(&*format!("# {}", rule.id)));
        for promise in rule.promises {
            assert!(rule.page.contains(promise), "rules/{}.md does not name {promise}", rule.id);
        }
    }
}

#[test]
fn rule_ids_are_unique_and_kebab_case() {
    let mut ids: Vec<&str> = gatecheck::rules::all().map(|rule| rule.id).collect();
    let count = ids.len();
    assert!(ids.iter().all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

/// Windows reserves some names with any ending, and neither it nor macOS tells two names apart that
/// differ in case only: a clone there would fail, or lose a file.
#[test]
fn every_file_can_stand_on_every_system() {
    const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];
    let mut known: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in
        [".ci", ".github", "benches", "fixtures", "rules", "src", "tests"].map(files).concat()
    {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        assert!(!RESERVED.contains(&device), "{}: Windows reserves the name", path.display());
        let is_strange = |c: char| c.is_control() || "<>:\"|?*\\".contains(c);
        let fits = !name.contains(is_strange) && !name.ends_with(['.', ' ']);
        assert!(fits, "{}: Windows has no such name", path.display());
        let folded = path.to_string_lossy().to_lowercase();
        if let Some(other) = known.insert(folded, path.clone()) {
            panic!("{} and {} are one file elsewhere", other.display(), path.display());
        }
    }
    assert!(known.len() > 100, "the files were not found");
}

/// The first folder or file below `src`: `src/facts/mod.rs` is of layer `facts`.
fn layer_of(file: &Path) -> Option<String> {
    let below = file.strip_prefix("src").ok()?;
    let first = below.components().next()?.as_os_str().to_string_lossy().into_owned();
    let layer = first.trim_end_matches(".rs").to_owned();
    (layer != "lib" && layer != "main").then_some(layer)
}

/// The layers that a line names after `crate::`.
fn imports(line: &str) -> Vec<String> {
    let after = line.split("crate::").skip(1);
    let named = after.flat_map(|rest| match rest.strip_prefix('{') {
        Some(group) => group.split([',', '}']).map(str::trim).collect::<Vec<_>>(),
        None => vec![rest],
    });
    let names = named.map(|path| {
        path.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>()
    });
    names.filter(|name| MAY_IMPORT.iter().any(|(layer, _)| layer == name)).collect()
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = files(folder);
    found.retain(|path| path.extension().is_some_and(|end| end == "rs"));
    found
}

/// Every file at or below a folder, sorted.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
