//! Which tree was agreed, in every form that a git repository takes.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod forms;
mod inferred;
mod rewritten;
#[allow(dead_code)]
#[path = "../sources/scratch.rs"]
mod scratch;

use std::fs;
use std::path::{Path, PathBuf};

use gatecheck::base::Failure;
use gatecheck::engine::{self, Request};
use gatecheck::ledger::{Agreement, Standing};
use gatecheck::report::Report;
use gatecheck::source::{Opened, Selection};
use scratch::{Scratch, head, open};

const ACCOUNTS: &str = ".work/implementation/accounts/EVIDENCE.md";
const CATALOG: &str = ".work/implementation/catalog/EVIDENCE.md";

/// Where a state of the example project stands.
fn state(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/workflows/standard-orchestration")
        .join(name)
}

/// Lays a state of the example project over the working tree.
fn lay(scratch: &Scratch, name: &str) {
    copy(&state(name), &scratch.root);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// The example project, designed and committed; gives the id of the commit.
fn designed() -> (Scratch, String) {
    designed_with(&[])
}

/// As [`designed`], with options for `git init`.
fn designed_with(options: &[&str]) -> (Scratch, String) {
    let scratch = Scratch::with(options);
    lay(&scratch, "phase-1");
    let design = scratch.commit("Design");
    (scratch, design)
}

/// The example project, designed and then built; gives the ids of both commits.
fn built() -> (Scratch, String, String) {
    let (scratch, design) = designed();
    lay(&scratch, "phase-2");
    let evidence = scratch.commit("Build");
    (scratch, design, evidence)
}

fn request(opened: &Opened, base: Option<&str>) -> Request {
    let today = "2026-06-01".parse().expect("a date");
    let (start, base) = (opened.prefix.clone(), base.map(str::to_owned));
    Request { start, base, ..Request::new(today) }
}

/// The agreements of the only project of a view.
fn agreements(opened: &Opened, base: Option<&str>) -> Result<Vec<Agreement>, Failure> {
    let ledgers = engine::ledgers(opened.source.as_ref(), &request(opened, base))?;
    assert_eq!(ledgers.len(), 1);
    Ok(ledgers.into_iter().flat_map(|(_, ledger)| ledger.agreements).collect())
}

/// The one agreement of a view.
fn agreement(opened: &Opened) -> Agreement {
    let mut all = agreements(opened, None).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// Which commit was agreed, and whether it holds what can be compared.
fn what(agreement: &Agreement) -> (Option<&str>, Standing) {
    (agreement.commit.as_ref().map(|commit| &*commit.id), agreement.standing)
}

/// Holds that a view was agreed on in a commit.
fn assert_agreed(opened: &Opened, commit: &str) {
    let agreement = agreement(opened);
    let label = opened.source.label();
    assert_eq!(what(&agreement), (Some(commit), Standing::Agreed), "{label}: {agreement:?}");
}

/// Every view of a repository with a working tree.
fn views(folder: &Path) -> [Opened; 3] {
    [Selection::WorkingTree, Selection::Index, head()].map(|what| open(folder, what))
}

fn judge(opened: &Opened, base: Option<&str>) -> Result<Report, Failure> {
    engine::check(opened.source.as_ref(), &request(opened, base))
}

/// The notes of a report about what was not judged for want of history.
fn unjudged(report: &Report) -> Vec<&str> {
    report.notes.iter().map(|note| &**note).filter(|note| note.starts_with("not judged")).collect()
}
