//! Working trees that give no verdict: who made them so is sent back, and nobody else.

use std::fs;

use super::{ARCHITECTURE, Work, reason, stop};
use crate::project::complete;
use crate::scratch::Scratch;

type Break = fn(&Scratch);

#[test]
fn no_agent_frees_itself_by_breaking_the_working_tree() {
    let breaks: [(Break, &str); 5] = [
        (|scratch| fs::remove_dir_all(scratch.root.join(".work")).unwrap(), "nothing to check"),
        (
            |scratch| {
                fs::remove_dir_all(scratch.root.join(".work")).unwrap();
                scratch.write(".work/note.md", "Gone.\n");
            },
            "nothing to check",
        ),
        (|scratch| write(scratch, "gatecheck.toml"), "gatecheck.toml"),
        (|scratch| write(scratch, "gatecheck-baseline.toml"), "baseline"),
        (conflict, "conflict"),
    ];
    for (number, (break_it, why)) in breaks.into_iter().enumerate() {
        let work = Work::new(complete());
        assert_eq!(work.stop("a", false), None);
        break_it(&work.scratch);
        let told = reason(work.stop("a", false));
        assert!(told.contains(why), "{number}: {told}");
        assert!(told.contains("the working tree cannot any more"), "{number}: {told}");
        let (status, out, error) = work.hook(&["stop"], &stop("a", true));
        assert_eq!((status, &*out), (0, ""), "{number}");
        assert!(error.contains("nothing changed since") && error.contains(why), "{error}");
        reason(work.stop("a", false));
    }
}

#[test]
fn it_is_told_the_place_in_a_configuration() {
    let work = Work::new(complete());
    work.scratch.write("gatecheck.toml", "\nnonsense = 1\n");
    let told = reason(work.stop("a", false));
    assert!(told.contains(" gatecheck.toml:2:1 ") && told.contains("`nonsense`"), "{told}");
}

/// Writes what cannot be read.
fn write(scratch: &Scratch, path: &str) {
    scratch.write(path, "[[[\n");
}

/// Leaves a document in the index as a merge does that nobody resolved.
fn conflict(scratch: &Scratch) {
    let blob = scratch.git(&["rev-parse", &format!("HEAD:{ARCHITECTURE}")]);
    let blob = blob.trim();
    scratch.git(&["rm", "--quiet", "--cached", ARCHITECTURE]);
    let lines: String =
        (1..=3).map(|stage| format!("100644 {blob} {stage}\t{ARCHITECTURE}\n")).collect();
    let info = scratch.beside("conflict");
    fs::write(&info, lines).unwrap();
    let script = "git update-index --index-info < \"$1\"";
    let info = info.display().to_string();
    let made = std::process::Command::new("sh")
        .args(["-c", script, "sh", &info])
        .current_dir(&scratch.root)
        .status();
    assert!(made.unwrap().success());
}

#[test]
fn what_is_broken_in_head_too_lets_go() {
    let work = Work::new(complete());
    work.scratch.write("gatecheck.toml", "[[[\n").commit("Broken");
    let told = |work: &Work| {
        let (status, out, error) = work.hook(&["stop"], &stop("a", false));
        assert_eq!((status, &*out), (0, ""));
        error
    };
    assert!(told(&work).contains("gatecheck.toml"));
    work.scratch.write("gatecheck.toml", "nonsense = 1\n");
    assert!(!told(&work).is_empty());
    // Without a commit nothing says that it was ever better.
    let scratch = Scratch::new();
    scratch.write("gatecheck.toml", "[[[\n");
    assert!(told(&Work::new(scratch)).contains("gatecheck.toml"));
}
