//! In which order documents came, in repositories whose histories have merges, squashes and ends.

use gatecheck::source::{Selection, Source};

use crate::claims::{edit, judge, lay};
use crate::scratch::{Scratch, each, head, open, views};

const REPORT: &str = ".work/integration/INTEGRATION-REPORT.md";
const SIGN_OFF: &str = ".work/validation/sign-offs/product-manager.md";

/// What the rules about order say: rule and document, one line each.
fn said(source: &dyn Source) -> Vec<String> {
    let report = judge(source);
    let found = report.findings.iter().filter(|one| one.rule.ends_with("-too-early"));
    found.map(|one| format!("{} {}", one.rule, one.path)).collect()
}

/// Everything through the implementation.
fn built() -> Scratch {
    let scratch = Scratch::new();
    for state in ["phase-0", "phase-1", "phase-2"] {
        lay(&scratch, state);
        scratch.commit(state);
    }
    scratch
}

/// A validation, and then the integration.
fn validated_first() -> Scratch {
    let scratch = built();
    lay(&scratch, "phase-3");
    scratch.remove(REPORT);
    scratch.commit("Validate");
    lay(&scratch, "phase-3");
    scratch.commit("Integrate");
    scratch
}

const EARLY: [&str; 4] = [
    "written-too-early .work/validation/e2e-report.md",
    "written-too-early .work/validation/performance-report.md",
    "written-too-early .work/validation/security-report.md",
    "written-too-early .work/validation/sign-offs/product-manager.md",
];

#[test]
fn every_view_tells_the_same_order() {
    let scratch = validated_first();
    for source in views(&scratch.root) {
        assert_eq!(said(&*source), EARLY, "{}", source.label());
    }
    let bare = scratch.beside("bare.git");
    let target = bare.display().to_string();
    scratch.git(&["clone", "--quiet", "--bare", ".", &target]);
    for opened in each(&bare, &head()) {
        assert_eq!(said(&*opened.source), EARLY);
    }
    let before = open(&scratch.root, Selection::Revision("HEAD~2".to_owned()));
    assert_eq!(said(&*before.source), [""; 0]);
}

#[test]
fn signing_again_cures_as_soon_as_it_is_written() {
    let scratch = validated_first();
    scratch.git(&["mv", SIGN_OFF, ".work/validation/sign-offs/pm.md"]);
    scratch.commit("Move the sign-off");
    assert_eq!(said(&*scratch.head()).len(), 4, "a move is no signature");
    scratch.git(&["mv", ".work/validation/sign-offs/pm.md", SIGN_OFF]);
    scratch.commit("Move it back");
    edit(&scratch, SIGN_OFF, "- **Date**: 2026-04-10", "- **Date**: 2026-04-12");
    let cured = [&EARLY[..3], &["begun-too-early .work/validation/sign-offs/product-manager.md"]];
    let sorted = |mut told: Vec<String>| {
        told.sort_by_key(|one| one.split(' ').next_back().map(str::to_owned));
        told
    };
    assert_eq!(said(&*scratch.head()), EARLY);
    assert_eq!(sorted(said(&*scratch.worktree())), cured.concat());
    assert_eq!(said(&*scratch.index()), EARLY, "nothing is staged");
    scratch.git(&["add", "--all"]);
    assert_eq!(sorted(said(&*scratch.index())), cured.concat());
    scratch.commit("Sign again");
    assert_eq!(sorted(said(&*scratch.head())), cured.concat());
}

#[test]
fn a_checkout_with_other_line_ends_is_no_change() {
    let scratch = validated_first();
    let text = std::fs::read_to_string(scratch.root.join(SIGN_OFF)).expect("a sign-off");
    scratch.git(&["config", "core.autocrlf", "true"]);
    scratch.write(SIGN_OFF, text.replace('\n', "\r\n"));
    assert_eq!(said(&*scratch.worktree()), EARLY);
}

#[test]
fn a_branch_counts_when_it_is_merged() {
    let scratch = built();
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    lay(&scratch, "phase-3");
    scratch.remove(REPORT);
    scratch.commit("Validate on a branch");
    scratch.git(&["checkout", "--quiet", "main"]);
    lay(&scratch, "phase-2.5");
    scratch.commit("Integrate");
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "side"]);
    assert_eq!(said(&*scratch.head()), [""; 0], "the merge brings it, and has the report");
    scratch.git(&["checkout", "--quiet", "side"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge back", "main~1"]);
    assert_eq!(said(&*scratch.head()), EARLY, "here the report came last");
}

#[test]
fn what_comes_at_once_comes_in_order() {
    let scratch = validated_first();
    scratch.git(&["checkout", "--quiet", "-b", "side", "main~2"]);
    scratch.git(&["merge", "--quiet", "--squash", "main"]);
    scratch.commit("Squash");
    assert_eq!(said(&*scratch.head()), [""; 0]);
    scratch.git(&["checkout", "--quiet", "--orphan", "import"]);
    scratch.commit("Import");
    assert_eq!(said(&*scratch.head()), [""; 0]);
}

#[test]
fn a_configuration_that_came_later_denies_nothing_before_it() {
    let scratch = validated_first();
    scratch.write("gatecheck.toml", "[[workflow]]\nid = \"standard-orchestration\"\n");
    let warned = EARLY.map(|one| one.replace("written", "begun"));
    assert_eq!(said(&*scratch.worktree()), warned);
    scratch.commit("Adopt gatecheck");
    assert_eq!(said(&*scratch.head()), warned);
    scratch.remove(REPORT).commit("Take the report back");
    edit(&scratch, SIGN_OFF, "- **Date**: 2026-04-10", "- **Date**: 2026-04-12");
    scratch.commit("Sign without a report");
    lay(&scratch, "phase-2.5");
    scratch.commit("Integrate again");
    let now = said(&*scratch.head());
    assert!(now.contains(&EARLY[3].to_owned()), "from now on it counts: {now:?}");
}

#[test]
fn a_shallow_history_says_what_it_leaves_open() {
    let scratch = validated_first();
    scratch.write("src/more.ts", "export {};\n").commit("Code");
    let address = format!("file://{}", scratch.root.display());
    for depth in 1..=4 {
        let shallow = scratch.beside(&format!("shallow-{depth}"));
        let (target, depth) = (shallow.display().to_string(), format!("--depth={depth}"));
        scratch.git(&["clone", "--quiet", &depth, &address, &target]);
        let source = open(&shallow, head()).source;
        let report = judge(&*source);
        let told = |note: &String| note.contains("not judged") && note.contains("order of their");
        assert!(report.notes.iter().any(told), "{depth}: {:?}", report.notes);
        let found = said(&*source);
        assert!(found.is_empty() || found == EARLY, "{depth}: {found:?}");
    }
}
