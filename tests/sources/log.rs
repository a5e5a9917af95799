//! What commits say and changed anywhere: along the first parents, and what merges brought.

use std::path::Path;

use gatecheck::source::{CommitId, Log, Logged, Memory, Selection, Source};

use crate::scratch::{Scratch, each, head, path};

/// The log of HEAD by every reader, which all tell the same.
fn log(scratch: &Scratch, after: &[&str]) -> Log {
    log_in(&scratch.root, after)
}

fn log_in(root: &Path, after: &[&str]) -> Log {
    let after: Vec<CommitId> = after.iter().map(|&id| CommitId(id.to_owned())).collect();
    let read = |what: Selection| -> Vec<Log> {
        let all = each(root, &what).into_iter();
        all.map(|one| one.source.history().log(&after).expect("a log")).collect()
    };
    let mut logs = read(head());
    logs.extend(read(Selection::WorkingTree));
    logs.dedup();
    let only = logs.pop().expect("a log");
    assert!(logs.is_empty(), "{logs:#?}");
    only
}

/// Each commit by its subject, with the subject of the merge that brought it and what it changed.
fn told(log: &Log) -> Vec<String> {
    let subject = |one: &Logged| one.message.lines().next().unwrap_or("").to_owned();
    let line = |one: &Logged| {
        let by = one.brought_by.map(|at| format!(" by {:?}", subject(&log.commits[at])));
        let paths: Vec<&str> = one.changes.iter().map(|one| one.path.as_str()).collect();
        format!("{}{}: {}", subject(one), by.unwrap_or_default(), paths.join(" "))
    };
    log.commits.iter().map(line).collect()
}

#[test]
fn merges_bring_the_commits_of_their_branches() {
    let scratch = Scratch::new();
    scratch.write("a/one", "1").write("b/one", "1").commit("First");
    let base = scratch.write("a/one", "2").commit("Agree");
    scratch.git(&["checkout", "--quiet", "-b", "outer"]);
    scratch.write("a/two", "2").commit("Outer");
    scratch.git(&["checkout", "--quiet", "-b", "inner"]);
    scratch.write("b/two", "2").commit("Inner\n\nFeature: b");
    scratch.git(&["checkout", "--quiet", "outer"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge inner", "inner"]);
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("c/main", "3").commit("Main");
    scratch.git(&["merge", "--quiet", "--no-commit", "--no-ff", "outer"]);
    scratch.write("c/smuggled", "4").commit("Merge outer");
    let last = scratch.remove("b/one").commit("Remove");
    let all = log(&scratch, &[&base]);
    assert_eq!(
        told(&all),
        [
            "Remove: b/one",
            "Merge outer: c/smuggled",
            "Main: c/main",
            "Merge inner by \"Merge outer\": ",
            "Outer by \"Merge outer\": a/two",
            "Inner by \"Merge inner\": b/two",
        ]
    );
    assert_eq!(all.commits[5].message, "Inner\n\nFeature: b\n");
    assert_eq!(all.commits[0].author.email, "a@example.org");
    assert!(all.commits[0].changes[0].after.is_none() && !all.shallow);
    assert_eq!((all.branch, told(&log(&scratch, &[&last]))), (None, Vec::new()));
}

#[test]
fn commits_know_after_which_of_several_they_came() {
    let scratch = Scratch::new();
    let first = scratch.write("a", "1").commit("One");
    let second = scratch.write("a", "2").commit("Two");
    scratch.write("a", "3").commit("Three");
    let log = log(&scratch, &[&second, &first]);
    let after: Vec<_> = log.commits.iter().map(|one| one.after.clone()).collect();
    assert_eq!(after, [vec![0, 1], vec![1]]);
}

#[test]
fn the_branch_is_told_until_it_is_merged() {
    let scratch = Scratch::new();
    let base = scratch.write("a", "1").commit("One");
    scratch.write("a", "2").commit("Two");
    scratch.git(&["checkout", "--quiet", "-b", "feature/auth"]);
    scratch.write("b", "3").commit("Three");
    let told = |log: Log| -> (Option<String>, Vec<bool>) {
        (log.branch, log.commits.iter().map(|one| one.unmerged).collect())
    };
    let open = (Some("feature/auth".to_owned()), vec![true, false]);
    assert_eq!(told(log(&scratch, &[&base])), open);
    // One that goes on from another has its own commits alone.
    scratch.git(&["checkout", "--quiet", "-b", "feature/search"]);
    scratch.write("c", "4").commit("Four");
    let stacked = (Some("feature/search".to_owned()), vec![true, false, false]);
    assert_eq!(told(log(&scratch, &[&base])), stacked);
    // A clone without a branch of its own tells the same by the branches of the remote.
    scratch.git(&["checkout", "--quiet", "main"]);
    let clone = scratch.beside("clone");
    let (from, to) = (scratch.root.display().to_string(), clone.display().to_string());
    scratch.git(&["clone", "--quiet", &from, &to]);
    scratch.git_in(&clone, &["checkout", "--quiet", "--detach", "origin/feature/auth"]);
    assert_eq!(told(log_in(&clone, &[&base])), open);
    scratch.git(&["merge", "--quiet", "--ff-only", "feature/auth"]);
    assert_eq!(told(log(&scratch, &[&base])), (None, vec![false, false]));
}

#[test]
fn a_shallow_history_says_that_it_ends() {
    let scratch = Scratch::new();
    for number in 0..4 {
        scratch.write("a", number.to_string()).commit("More");
    }
    let base = scratch.git(&["rev-parse", "HEAD~1"]);
    let shallow = scratch.beside("shallow");
    let from = format!("file://{}", scratch.root.display());
    scratch.git(&["clone", "--quiet", "--depth=2", &from, &shallow.display().to_string()]);
    let known = log_in(&shallow, &[&base]);
    assert_eq!((told(&known), known.shallow), (vec!["More: a".to_owned()], false));
    // What is not here might be an ancestor of all that is.
    let nowhere = "0123456789012345678901234567890123456789";
    let failure = gatecheck::source::open(&shallow, head()).expect("a repository");
    let unknown = failure.source.history().log(&[CommitId(nowhere.to_owned())]);
    assert!(unknown.is_err());
}

#[test]
fn memory_tells_what_git_tells() {
    let base = Memory::default().with("a", "1").committed("c0ffee01");
    let branch = base.clone().with("b", "2").committed("c0ffee02").saying("Branch");
    let main = base.with("c", "3").committed("c0ffee03").saying("Main");
    let merged = main.with("b", "2").with("d", "4").committed("c0ffee04").saying("Merge");
    let merged = merged.merging(&branch);
    let log = merged.history().log(&[CommitId("c0ffee01".to_owned())]).expect("a log");
    assert_eq!(told(&log), ["Merge: d", "Main: c", "Branch by \"Merge\": b"]);
    let held = merged.history().holds(&path("d")).expect("a tree");
    assert_eq!(held, log.commits[0].changes[0].after);
}
