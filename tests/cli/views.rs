//! Every view of the same content gives the same findings, gates and verdict.

use std::path::Path;

use serde_json::{Value, json};

use crate::project::{COMPLETE_ROOT, break_off, broken, complete_in, gatecheck};
use crate::scratch::Scratch;

/// A project with a missing document, an unfinished one and one in disorder.
fn flawed() -> Scratch {
    flaw(broken())
}

fn flaw(scratch: Scratch) -> Scratch {
    let evidence = format!("{COMPLETE_ROOT}/implementation/accounts/EVIDENCE.md");
    let text = std::fs::read_to_string(scratch.root.join(&evidence)).unwrap();
    scratch.write(&evidence, text.replace("## Deviations", "## Remarks").replace("None", "Fine"));
    scratch.remove(&format!("{COMPLETE_ROOT}/validation/sign-offs/product-manager.md"));
    scratch.write(&format!("{COMPLETE_ROOT}/notes/one.md"), "# One\n");
    scratch.commit("flawed");
    scratch
}

/// What a run says, apart from the name of the view and rules of the working tree.
fn said(folder: &Path, arguments: &[&str]) -> Value {
    let all = [&["--format", "json"], arguments].concat();
    let output = gatecheck(folder, &all).output().unwrap();
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["source"] = json!("");
    report["status"] = json!(output.status.code());
    report
}

#[test]
fn all_views_of_one_content_agree() {
    let scratch = flawed();
    let expected = said(&scratch.root, &[]);
    assert_eq!(expected["status"], 1);
    assert!(expected["findings"].as_array().unwrap().len() >= 3, "{expected:#}");

    assert_eq!(said(&scratch.root, &["--staged"]), expected);
    assert_eq!(said(&scratch.root, &["--rev", "HEAD"]), expected);
    assert_eq!(said(&scratch.root.join("src"), &["--rev", "main"]), expected);

    let bare = scratch.beside("bare.git");
    scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
    assert_eq!(said(&bare, &["--rev", "main"]), expected);

    let linked = scratch.beside("linked");
    scratch.git(&["worktree", "add", "--quiet", "--detach", &linked.display().to_string()]);
    assert_eq!(said(&linked, &[]), expected);
    assert_eq!(said(&linked, &["--staged"]), expected);
}

#[test]
fn sha256_repositories_are_judged_alike() {
    let scratch = flawed();
    // The ids of commits are others.
    let said = |folder: &Path, view: &[&str]| {
        let mut report = said(folder, view);
        report["workflows"][0]["agreements"].take();
        report
    };
    let expected = said(&scratch.root, &[]);
    let other = flaw(break_off(complete_in(Scratch::with(&["--object-format=sha256"]))));
    for view in [&[][..], &["--staged"], &["--rev", "HEAD"]] {
        assert_eq!(said(&other.root, view), expected, "{view:?}");
    }
}

#[test]
fn the_index_is_judged_and_not_the_disk() {
    let scratch = flawed();
    let expected = said(&scratch.root, &["--staged"]);
    scratch.remove(&format!("{COMPLETE_ROOT}/foundation/product/user-stories.md"));
    assert_eq!(said(&scratch.root, &["--staged"]), expected);
    assert_ne!(said(&scratch.root, &[]), expected);
}

#[test]
fn a_check_changes_nothing() {
    let scratch = flawed();
    let state = || {
        let mut times = Vec::new();
        for entry in walkdir::WalkDir::new(&scratch.root).sort_by_file_name() {
            let entry = entry.unwrap();
            let about = entry.metadata().unwrap();
            times.push((entry.path().to_owned(), about.len(), about.modified().unwrap()));
        }
        times
    };
    let before = state();
    for view in [&[][..], &["--staged"], &["--rev", "HEAD"]] {
        said(&scratch.root, view);
    }
    assert_eq!(state(), before);
}

/// A test file that git ignores is on this disk only, so no view counts it.
#[test]
fn a_named_file_that_git_ignores_is_not_there() {
    let scratch = crate::project::uncommitted();
    scratch.write(".gitignore", "tests/catalog/unit.test.ts\n").commit("ignored");
    let expected = said(&scratch.root, &["--rev", "HEAD"]);
    assert_eq!(expected["status"], 1);
    assert_eq!(said(&scratch.root, &[]), expected);
}
