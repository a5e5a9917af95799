//! The same answer in every form of repository, or none, with what to do about it.

use std::fs;
use std::path::PathBuf;

use gatecheck::ledger::Standing;
use gatecheck::report::Verdict;
use gatecheck::source::Selection;

use crate::scratch::{Scratch, head, open};
use crate::{
    agreement, agreements, assert_agreed, built, designed, designed_with, judge, lay, unjudged,
    views, what,
};

/// Clones a repository beside itself, with options.
fn clone(scratch: &Scratch, name: &str, options: &[&str]) -> PathBuf {
    let (address, target) = (format!("file://{}", scratch.root.display()), scratch.beside(name));
    let target_name = target.display().to_string();
    scratch.git(&[&["clone", "--quiet"], options, &[&address, &target_name]].concat());
    target
}

#[test]
fn bare_linked_and_detached_agree_with_the_plain_one() {
    let (scratch, design, _) = built();
    assert_agreed(&open(&clone(&scratch, "bare", &["--bare"]), head()), &design);

    let linked = scratch.beside("linked");
    scratch.git(&["worktree", "add", "--quiet", "-b", "w", &linked.display().to_string()]);
    scratch.git(&["checkout", "--quiet", "--detach"]);
    scratch.write("NOTES.md", "").commit("On no branch");
    for opened in views(&linked).into_iter().chain(views(&scratch.root)) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn a_repository_of_longer_ids_agrees_as_well() {
    let (scratch, design) = designed_with(&["--object-format=sha256"]);
    lay(&scratch, "phase-2");
    scratch.commit("Build");
    assert_eq!(design.len(), 64);
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn before_the_first_commit_nothing_was_agreed() {
    let scratch = Scratch::new();
    lay(&scratch, "phase-2");
    scratch.git(&["add", "--all"]);
    for what in [Selection::WorkingTree, Selection::Index] {
        let opened = scratch.open(what);
        assert!(agreements(&opened, None).expect("a project").is_empty());
        let report = judge(&opened, None).expect("a verdict");
        let notes = unjudged(&report);
        let note = notes.iter().find(|note| note.contains("contracts were changed"));
        let note = note.expect("a note");
        assert!(note.contains("nothing is committed yet; commit the design before"), "{note}");
    }
}

#[test]
fn a_shallow_clone_does_not_know() {
    let (scratch, _, _) = built();
    scratch.write("src/later.ts", "").commit("Later");
    for depth in ["1", "2"] {
        let shallow = clone(&scratch, &format!("shallow-{depth}"), &["--depth", depth]);
        for opened in views(&shallow) {
            assert_eq!(agreement(&opened).standing, Standing::Unknown, "depth {depth}");
            let report = judge(&opened, None).expect("a verdict");
            assert_eq!(report.verdict, Verdict::Holds, "the rest is judged as ever");
            let notes = unjudged(&report);
            let note = notes.iter().find(|note| note.contains("contracts were changed"));
            assert!(note.expect("a note").contains("`git fetch --unshallow`"), "{notes:?}");
        }
    }
    let shallow = scratch.beside("shallow-1");
    fs::remove_file(shallow.join(".work/foundation/architecture/INTERFACE-accounts.md"))
        .expect("a document");
    let report = judge(&open(&shallow, Selection::WorkingTree), None).expect("a verdict");
    assert_eq!(report.verdict, Verdict::Fails, "what can be judged is judged");

    fs::write(shallow.join("gatecheck.toml"), "require-history = true\n").expect("a file");
    let failure = judge(&open(&shallow, Selection::WorkingTree), None).expect_err("no verdict");
    assert_eq!(failure.why, "the history is shallow");
    assert!(failure.help.contains("`git fetch --unshallow`"), "{}", failure.help);

    scratch.git_in(&shallow, &["fetch", "--quiet", "--unshallow"]);
    judge(&open(&shallow, Selection::WorkingTree), None).expect("the whole history");
}

#[test]
fn a_shallow_clone_compares_with_what_it_has() {
    let (scratch, design, evidence) = built();
    scratch.write("src/later.ts", "").commit("Later");
    let shallow = clone(&scratch, "shallow", &["--depth=2"]);
    for opened in views(&shallow) {
        let failure = agreements(&opened, Some(&design)).expect_err("an unknown commit");
        assert_eq!(failure.what, format!("cannot compare with `{design}`"));
        assert!(failure.why.contains("shallow"), "{failure}");
        assert!(failure.help.contains("`git fetch --unshallow`"), "{}", failure.help);
        let known = agreements(&opened, Some("HEAD~1")).expect("a known commit");
        assert_eq!(what(&known[0]), (Some(&*evidence), Standing::Agreed));
        assert!(agreements(&opened, Some("HEAD~2")).is_err(), "behind the boundary");
    }
    scratch.git_in(&shallow, &["fetch", "--quiet", "--depth=1", "origin", &design]);
    for opened in views(&shallow) {
        let known = agreements(&opened, Some(&design)).expect("it was fetched");
        assert_eq!(what(&known[0]), (Some(&*design), Standing::Agreed));
    }

    let failure = agreements(&scratch.open(head()), Some("nowhere")).expect_err("no such name");
    assert_eq!(failure.to_string(), "cannot compare with `nowhere`: nothing is called so");
}

#[test]
fn a_root_that_was_no_folder_holds_no_evidence() {
    let (inner, scratch) = (Scratch::new(), Scratch::new());
    inner.write("inside.md", "").commit("Inside");
    let address = inner.root.display().to_string();
    scratch.git(&["submodule", "--quiet", "add", &address, ".work"]);
    scratch.commit("A submodule");
    scratch.git(&["rm", "--quiet", ".work"]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere", scratch.root.join(".work")).expect("a link");
        scratch.commit("A link");
        scratch.remove(".work");
    }
    lay(&scratch, "phase-1");
    let design = scratch.commit("Design");
    lay(&scratch, "phase-2");
    scratch.commit("Build");
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn a_missing_commit_is_named() {
    let (scratch, design, _) = built();
    let object = scratch.root.join(".git/objects").join(&design[..2]).join(&design[2..]);
    fs::remove_file(object).expect("a loose object");
    for opened in views(&scratch.root) {
        let failure = judge(&opened, None).expect_err("no verdict");
        assert_eq!(failure.what, format!("cannot read the commit {design}"));
        assert!(failure.why.contains("lacks an object"), "{failure}");
        assert!(failure.help.contains("git fsck"), "{}", failure.help);
    }
}

#[test]
fn a_missing_folder_of_the_past_is_named() {
    let (scratch, design, evidence) = built();
    let tree = scratch.git(&["rev-parse", &format!("{design}:.work")]);
    let object = scratch.root.join(".git/objects").join(&tree[..2]).join(&tree[2..]);
    fs::remove_file(object).expect("a loose object");
    for opened in views(&scratch.root) {
        let failure = judge(&opened, None).expect_err("no verdict");
        assert_eq!(failure.what, format!("cannot tell what the commit {evidence} changed"));
        assert!(failure.why.contains("cannot read `.work`"), "{failure}");
    }
}

#[test]
fn a_partial_clone_says_what_to_fetch() {
    let (scratch, design) = designed();
    let interface = ".work/foundation/architecture/INTERFACE-accounts.md";
    let text = fs::read_to_string(scratch.root.join(interface)).expect("a document");
    lay(&scratch, "phase-2");
    scratch.write(interface, format!("{text}\nRead again.\n")).commit("Build");
    scratch.git(&["config", "uploadpack.allowFilter", "true"]);
    let partial = clone(&scratch, "partial", &["--filter=blob:none"]);
    for opened in views(&partial) {
        let failure = judge(&opened, None).expect_err("no verdict");
        assert_eq!(failure.what, format!("cannot read what was agreed in {}", &design[..7]));
        assert!(failure.why.contains(interface), "{failure}");
        assert!(failure.help.contains("`git fetch --refetch --no-filter`"), "{}", failure.help);
    }
    scratch.git_in(&partial, &["fetch", "--quiet", "--refetch", "--no-filter"]);
    for opened in views(&partial) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn no_project_is_agreed_on_before_anybody_builds() {
    let (scratch, _) = designed();
    for opened in views(&scratch.root) {
        assert!(agreements(&opened, None).expect("a project").is_empty());
        assert!(unjudged(&judge(&opened, None).expect("a verdict")).is_empty());
    }
}
