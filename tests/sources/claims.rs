//! What documents claim of the history, in repositories that have one.

use std::fs;
use std::path::Path;

use gatecheck::engine::{self, Request};
use gatecheck::report::Report;
use gatecheck::source::{Selection, Source};

use crate::scratch::{Scratch, head, open};

const REPORT: &str = ".work/integration/INTEGRATION-REPORT.md";
const SIGN_OFF: &str = ".work/validation/sign-offs/product-manager.md";
const EVIDENCE: &str = ".work/implementation/catalog/EVIDENCE.md";

/// Lays a state of the complete project over what stands.
pub fn lay(scratch: &Scratch, state: &str) {
    let root = Path::new("fixtures/workflows/standard-orchestration").join(state);
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a state").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(&root).expect("a path of the state");
            let below = below.to_string_lossy().replace('\\', "/");
            scratch.write(&below, fs::read(&path).expect("a fixture"));
        }
    }
}

pub fn edit(scratch: &Scratch, path: &str, find: &str, replace: &str) {
    let text = fs::read_to_string(scratch.root.join(path)).expect("a document");
    assert_eq!(text.matches(find).count(), 1, "{find} in {path}");
    scratch.write(path, text.replace(find, replace));
}

pub fn judge(source: &dyn Source) -> Report {
    let today = "2026-06-01".parse().expect("a date");
    engine::check(source, &Request::new(today)).expect("a verdict")
}

/// What the rules about claims say: rule and message, one line each.
fn said(source: &dyn Source) -> Vec<String> {
    const RULES: [&str; 6] = [
        "named-commit-aside",
        "named-commit-unknown",
        "self-signed",
        "stale-citation",
        "stale-sign-off",
        "unknown-citation",
    ];
    let report = judge(source);
    let found = report.findings.iter().filter(|one| RULES.contains(&one.rule));
    found.map(|one| format!("{}: {}", one.rule, one.message)).collect()
}

/// A repository through validation, whose sign-off names the commit with the report.
fn validated() -> (Scratch, String) {
    let scratch = Scratch::new();
    for state in ["phase-0", "phase-1", "phase-2"] {
        lay(&scratch, state);
        scratch.commit(state);
    }
    lay(&scratch, "phase-2.5");
    let integrated = scratch.commit("phase-2.5");
    lay(&scratch, "phase-3");
    sign(&scratch, "- **Release tag**: v1.0.0", &integrated[..10]);
    scratch.commit("phase-3");
    (scratch, integrated)
}

/// Lets the sign-off name a commit instead of what it names.
fn sign(scratch: &Scratch, before: &str, commit: &str) {
    edit(scratch, SIGN_OFF, before, &format!("- **Signed commit**: {commit}"));
}

fn resolve_otherwise(scratch: &Scratch) {
    edit(
        scratch,
        REPORT,
        "| `POST /api/tools` | Code changed |",
        "| `POST /api/tools` | Accepted |",
    );
}

#[test]
fn a_sign_off_goes_stale_with_what_the_report_says() {
    let (scratch, integrated) = validated();
    assert_eq!(said(&*scratch.worktree()), [""; 0]);

    scratch.git(&["mv", REPORT, ".work/integration/report.md"]);
    scratch.commit("Move the report");
    scratch.git(&["mv", ".work/integration/report.md", REPORT]);
    edit(&scratch, REPORT, "All suites run against", "All of the suites are run against");
    scratch.commit("Move it back and polish it");
    assert_eq!(said(&*scratch.head()), [""; 0], "neither a move nor its prose is a claim");

    resolve_otherwise(&scratch);
    let short = &integrated[..10];
    let message = format!(
        "stale-sign-off: the product manager signed {short}, and a change that is not committed \
         yet has altered what the integration report says"
    );
    assert_eq!(said(&*scratch.worktree()), [message]);
    assert_eq!(said(&*scratch.head()), [""; 0], "HEAD does not have it");

    let changed = scratch.commit("Resolve it otherwise");
    let stale = said(&*scratch.head());
    assert_eq!(stale.len(), 1, "{stale:?}");
    assert!(stale[0].contains(short) && stale[0].contains(&changed[..7]), "{stale:?}");
    assert_eq!(said(&*scratch.worktree()), stale);
    assert_eq!(said(&*scratch.index()), stale);
    let bare = scratch.beside("bare.git");
    let target = bare.display().to_string();
    scratch.git(&["clone", "--quiet", "--bare", ".", &target]);
    assert_eq!(said(&*open(&bare, head()).source), stale);

    sign(&scratch, &format!("- **Signed commit**: {short}"), &changed);
    scratch.commit("Sign again");
    assert_eq!(said(&*scratch.head()), [""; 0]);
    scratch.git(&["tag", "-m", "one", "v1.0.0", &integrated]);
    sign(&scratch, &format!("- **Signed commit**: {changed}"), "x");
    edit(&scratch, SIGN_OFF, "- **Signed commit**: x", "- **Release tag**: `v1.0.0`");
    scratch.commit("Sign a tag that is too old");
    assert_eq!(said(&*scratch.head()).len(), 1);
}

#[test]
fn what_is_signed_is_a_commit() {
    let (scratch, integrated) = validated();
    let blob = scratch.git(&["rev-parse", &format!("HEAD:{REPORT}")]);
    let blob = blob.trim();
    sign(&scratch, &format!("- **Signed commit**: {}", &integrated[..10]), blob);
    let found = said(&*scratch.worktree());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("named-commit-unknown") && found[0].contains(blob), "{found:?}");
}

#[test]
fn a_squash_leaves_the_order_and_the_signed_commit_behind() {
    let (scratch, integrated) = validated();
    sign_aside(&scratch, &integrated);
    assert_eq!(said(&*scratch.head()), [""; 0]);
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.git(&["merge", "--quiet", "--squash", "side"]);
    scratch.commit("Squash");
    let here = said(&*scratch.head());
    assert_eq!(here.len(), 1, "{here:?}");
    assert!(here[0].starts_with("named-commit-aside"), "{here:?}");
}

/// Resolves something otherwise on a branch, and signs that commit instead of the integrated one.
fn sign_aside(scratch: &Scratch, integrated: &str) {
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    resolve_otherwise(scratch);
    let aside = scratch.commit("Resolve it otherwise");
    sign(scratch, &format!("- **Signed commit**: {}", &integrated[..10]), &aside[..10]);
    scratch.commit("Sign again");
}

#[test]
fn a_merge_keeps_what_was_signed_on_its_branch() {
    let (scratch, integrated) = validated();
    sign_aside(&scratch, &integrated);
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "side"]);
    assert_eq!(said(&*scratch.head()), [""; 0]);
}

#[test]
fn an_import_names_commits_of_another_history() {
    let (scratch, _) = validated();
    let copy = Scratch::new();
    fs::remove_dir_all(scratch.root.join(".git")).expect("the history goes");
    for entry in fs::read_dir(&scratch.root).expect("the files").flatten() {
        fs::rename(entry.path(), copy.root.join(entry.file_name())).expect("a move");
    }
    copy.commit("Import");
    let report = judge(&*copy.head());
    assert_eq!(said(&*copy.head()), [""; 0]);
    let told = |note: &String| note.contains("not judged") && note.contains("imported");
    assert!(report.notes.iter().any(told), "{:?}", report.notes);

    edit(&copy, EVIDENCE, "- **Date**: ", "- **Commit**: 0bad0c0ffee\n- **Date**: ");
    copy.commit("Name a commit that nobody has");
    let found = said(&*copy.head());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("0bad0c0ffee"), "{found:?}");
}

#[test]
fn a_shallow_history_is_no_pass_and_no_denial() {
    let (scratch, _) = validated();
    resolve_otherwise(&scratch);
    scratch.commit("Resolve it otherwise");
    scratch.write("src/more.ts", "export {};\n").commit("Code");
    let address = format!("file://{}", scratch.root.display());
    for depth in 1..=5 {
        let shallow = scratch.beside(&format!("shallow-{depth}"));
        let (target, depth) = (shallow.display().to_string(), format!("--depth={depth}"));
        scratch.git(&["clone", "--quiet", &depth, &address, &target]);
        let source = open(&shallow, Selection::WorkingTree).source;
        let (found, report) = (said(&*source), judge(&*source));
        let told = |note: &String| note.contains("not judged") && note.contains("--unshallow");
        let open = report.notes.iter().any(told);
        let stale = found.iter().any(|one| one.starts_with("stale-sign-off"));
        assert!(open || stale, "{depth}: {found:?} {:?}", report.notes);
        assert!(found.iter().all(|one| one.starts_with("stale-sign-off")), "{depth}: {found:?}");
    }
}

#[test]
fn evidence_is_held_to_the_state_that_it_cites() {
    let scratch = Scratch::new();
    lay(&scratch, "phase-0");
    scratch.commit("phase-0");
    lay(&scratch, "phase-1");
    let agreed = scratch.commit("phase-1");
    lay(&scratch, "phase-2");
    edit(&scratch, EVIDENCE, "blob `02f4f06c5dd1`", &format!("commit {}", &agreed[..9]));
    scratch.commit("phase-2");
    assert_eq!(said(&*scratch.head()), [""; 0]);

    for name in ["ARCHITECTURE.md", "INTERFACE-catalog.md"] {
        let path = format!(".work/foundation/architecture/{name}");
        let (before, after) = ("200 {toolId: string, watching: boolean}", "200 {toolId: string}");
        edit(&scratch, &path, before, after);
    }
    scratch.commit("Change a contract");
    assert_eq!(said(&*scratch.head()), [""; 0], "older evidence is not stale by it");
    scratch.git(&["mv", EVIDENCE, ".work/implementation/catalog/evidence.md"]);
    scratch.commit("Move the evidence");
    assert_eq!(said(&*scratch.head()), [""; 0], "a move is no change");
    scratch.git(&["mv", ".work/implementation/catalog/evidence.md", EVIDENCE]);
    edit(&scratch, EVIDENCE, "- **Iteration**: 1", "- **Iteration**: 1 (of 2)");
    let uncommitted = said(&*scratch.worktree());
    assert_eq!(uncommitted.len(), 1, "{uncommitted:?}");
    assert!(uncommitted[0].starts_with("stale-citation"), "{uncommitted:?}");
    let touched = scratch.commit("Touch the evidence");
    let stale = said(&*scratch.head());
    assert_eq!(stale.len(), 1, "{stale:?}");
    let names = |part: &str| stale[0].contains(part);
    assert!(names("stale-citation") && names(&agreed[..9]) && names(&touched[..7]), "{stale:?}");
    assert!(names("PUT /api/tools/:id/watch"), "{stale:?}");

    edit(&scratch, EVIDENCE, &agreed[..9], &touched[..12]);
    scratch.commit("Read it again");
    assert_eq!(said(&*scratch.head()), [""; 0]);
}

#[test]
fn whoever_merges_did_not_write() {
    let (scratch, _) = validated();
    scratch.write("gatecheck.toml", "[identities]\n\"Marguerite Olsen\" = [\"mo@example.org\"]\n");
    scratch.commit("Map an address");
    let by = "--author=MO <mo@example.org>";
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    edit(&scratch, EVIDENCE, "searches by words", "finds tools by words");
    scratch.commit("By an engineer");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "--no-commit", "side"]);
    scratch.git(&["commit", "--quiet", "-m", "Merge", by]);
    assert_eq!(said(&*scratch.head()), [""; 0]);
    edit(&scratch, EVIDENCE, "finds tools by words", "searches by words");
    scratch.git(&["commit", "--quiet", "--all", "-m", "By who signs", by]);
    let found = said(&*scratch.head());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("self-signed: Marguerite Olsen"), "{found:?}");
}
