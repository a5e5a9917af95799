//! The agreement is the last commit before the first evidence, however the history went.

use gatecheck::ledger::{Standing, Why};
use gatecheck::source::Selection;

use crate::scratch::{Scratch, head, open, path};
use crate::{
    ACCOUNTS, CATALOG, agreement, agreements, assert_agreed, built, copy, designed, lay, state,
    views, what,
};

#[test]
fn every_view_agrees_on_the_commit_before_the_first_evidence() {
    let (scratch, design, evidence) = built();
    scratch.write("src/later.ts", "").commit("Later");
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
        let Why::BeforeEvidence { path: first, commit } = agreement(&opened).why else {
            panic!("it was asked for")
        };
        assert_eq!(
            (first, commit.map(|commit| commit.id)),
            (path(ACCOUNTS), Some(evidence.clone()))
        );
    }
    let before = open(&scratch.root, Selection::Revision(design));
    assert!(agreements(&before, None).expect("a project").is_empty(), "nothing is built there");
}

#[test]
fn evidence_that_is_not_committed_is_held_to_head() {
    let (scratch, design) = designed();
    lay(&scratch, "phase-2");
    let in_tree = agreement(&scratch.open(Selection::WorkingTree));
    assert_eq!(what(&in_tree), (Some(&*design), Standing::Agreed));
    assert!(in_tree.sentence().contains("not committed yet"), "{}", in_tree.sentence());
    assert!(agreements(&scratch.open(Selection::Index), None).expect("a project").is_empty());

    scratch.git(&["add", "--all"]);
    scratch.remove(ACCOUNTS).remove(CATALOG);
    let staged = agreement(&scratch.open(Selection::Index));
    assert_eq!(what(&staged), (Some(&*design), Standing::Agreed));
    assert!(agreements(&scratch.open(head()), None).expect("a project").is_empty());
}

#[test]
fn a_merged_branch_counts_from_its_merge() {
    let (scratch, _) = designed();
    scratch.git(&["checkout", "--quiet", "-b", "feature"]);
    lay(&scratch, "phase-2");
    let built = scratch.commit("Build on a branch");
    scratch.git(&["checkout", "--quiet", "main"]);
    let main = scratch.write("NOTES.md", "main went on").commit("Main goes on");
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "feature"]);
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &main);
    }

    // Seen from the branch, its own line counts, also after main came in.
    scratch.git(&["checkout", "--quiet", "feature"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Take main in", &main]);
    let before = scratch.git(&["rev-parse", &format!("{built}^")]);
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &before);
    }
}

#[test]
fn an_octopus_counts_from_its_merge() {
    let (scratch, design) = designed();
    let built = state("phase-2");
    for feature in ["accounts", "catalog"] {
        scratch.git(&["checkout", "--quiet", "-b", feature, &design]);
        for folder in [".work/implementation", "src", "tests", "db"] {
            let folder = format!("{folder}/{feature}");
            if built.join(&folder).is_dir() {
                copy(&built.join(&folder), &scratch.root.join(&folder));
            }
        }
        scratch.commit("Build");
    }
    scratch.git(&["checkout", "--quiet", "main"]);
    let main = scratch.write("NOTES.md", "main went on").commit("Main goes on");
    scratch.git(&["merge", "--quiet", "-m", "Both", "accounts", "catalog"]);
    assert_eq!(scratch.git(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 4);
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &main);
    }
}

#[test]
fn a_squash_is_held_to_the_commit_before_it() {
    let (scratch, design) = designed();
    scratch.git(&["checkout", "--quiet", "-b", "feature"]);
    for (feature, text) in [("accounts", "one"), ("catalog", "two")] {
        scratch.write(&format!(".work/implementation/{feature}/draft.md"), text).commit("Draft");
    }
    lay(&scratch, "phase-2");
    scratch.commit("Build");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.git(&["merge", "--quiet", "--squash", "feature"]);
    scratch.commit("All of it");
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn design_and_evidence_together_agree_on_nothing() {
    let scratch = Scratch::new();
    let empty = scratch.write("README.md", "Cornershed").commit("Begin");
    lay(&scratch, "phase-2");
    scratch.commit("All of it");
    assert_eq!(what(&agreement(&scratch.open(head()))), (Some(&*empty), Standing::Nothing));

    let imported = Scratch::new();
    lay(&imported, "phase-2");
    imported.commit("Import");
    for opened in views(&imported.root) {
        assert_eq!(what(&agreement(&opened)), (None, Standing::Nothing));
    }
}

#[test]
fn evidence_that_moved_counts_from_where_it_was_first() {
    let (scratch, design) = designed();
    lay(&scratch, "phase-2");
    let first = ".work/tasks/007/EVIDENCE.md";
    scratch.git(&["add", "--all"]);
    for folder in ["accounts", "catalog"] {
        scratch.git(&["mv", &format!(".work/implementation/{folder}"), &format!(".work/{folder}")]);
    }
    std::fs::create_dir_all(scratch.root.join(".work/tasks/007")).expect("a folder");
    scratch.git(&["mv", ".work/accounts/EVIDENCE.md", first]);
    scratch.commit("Build under another name");
    scratch.git(&["rm", "--quiet", "-r", ".work/accounts", ".work/catalog", ".work/tasks"]);
    lay(&scratch, "phase-2");
    scratch.commit("Move the evidence");
    assert_agreed(&scratch.open(head()), &design);
}

#[test]
fn evidence_that_moved_stays_with_its_iteration() {
    let (scratch, first, _) = built();
    lay(&scratch, "complete");
    let later = ".work/implementation/reservations";
    scratch.git(&["add", "--all"]);
    scratch.git(&["reset", "--quiet", later]);
    scratch.git(&["commit", "--quiet", "-m", "Design the second"]);
    let second = scratch.git(&["rev-parse", "HEAD"]);
    // Where it stands first, nothing but its text says what it is evidence of.
    scratch.git(&["add", "--all"]);
    std::fs::create_dir_all(scratch.root.join(".work/tasks/t7")).expect("a folder");
    for (from, to) in [("EVIDENCE.md", "EVIDENCE.md"), ("tests", "tests")] {
        scratch.git(&["mv", &format!("{later}/{from}"), &format!(".work/tasks/t7/{to}")]);
    }
    scratch.commit("Build the second");
    scratch.write("NOTES.md", "more").commit("Between");
    std::fs::create_dir_all(scratch.root.join(later)).expect("a folder");
    for part in ["EVIDENCE.md", "tests"] {
        scratch.git(&["mv", &format!(".work/tasks/t7/{part}"), &format!("{later}/{part}")]);
    }
    scratch.commit("Move it");
    for opened in views(&scratch.root) {
        let agreements = agreements(&opened, None).expect("a project");
        let found: Vec<_> = agreements.iter().map(|one| what(one).0).collect();
        assert_eq!(found, [Some(&*first), Some(&*second)]);
    }
}

#[test]
fn evidence_that_came_back_counts_from_the_first_time() {
    let (scratch, design, _) = built();
    scratch.git(&["rm", "--quiet", "-r", ".work/implementation"]);
    scratch.commit("Take it away");
    let gone = agreement(&scratch.open(head()));
    assert_eq!(what(&gone), (Some(&*design), Standing::Agreed), "it was held to something");
    lay(&scratch, "phase-2");
    scratch.commit("Bring it back");
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn a_root_that_vanished_for_a_while_is_remembered() {
    let (scratch, design, _) = built();
    scratch.git(&["rm", "--quiet", "-r", ".work"]);
    scratch.commit("No documents");
    for number in 0..3 {
        scratch.write("src/code.ts", format!("{number}")).commit("Code");
    }
    lay(&scratch, "phase-2");
    scratch.commit("Documents again");
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn each_iteration_has_an_agreement_of_its_own() {
    let (scratch, design, _) = built();
    lay(&scratch, "phase-3");
    scratch.commit("Validate");
    lay(&scratch, "complete");
    scratch.git(&["add", "--all"]);
    scratch.git(&["reset", "--quiet", ".work/implementation/reservations"]);
    scratch.git(&["commit", "--quiet", "-m", "Design the second"]);
    let second = scratch.git(&["rev-parse", "HEAD"]);
    scratch.commit("Build the second");
    scratch.write("NOTES.md", "more").commit("Later");
    for opened in views(&scratch.root) {
        let agreements = agreements(&opened, None).expect("a project");
        let found: Vec<_> =
            agreements.iter().map(|one| (one.iteration, what(one).0, one.standing)).collect();
        let (first, second) = (Some(&*design), Some(&*second));
        assert_eq!(found, [(0, first, Standing::Agreed), (1, second, Standing::Agreed)]);
    }
}

#[test]
fn a_root_that_was_renamed_is_followed() {
    let (scratch, design, _) = built();
    let config = "[[workflow]]\nid = \"standard-orchestration\"\nroots = [\"flow\"]\n";
    scratch.git(&["mv", ".work", "flow"]);
    scratch.write("gatecheck.toml", config).commit("Rename the root");
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn a_project_that_moved_into_a_folder_keeps_its_agreement() {
    let (scratch, design, _) = built();
    scratch.write("app/README.md", "# App\n");
    for part in [".work", "src", "tests", "db"] {
        scratch.git(&["mv", part, "app/"]);
    }
    scratch.commit("Move everything into a folder");
    for opened in views(&scratch.root.join("app")) {
        for base in [None, Some(design.as_str())] {
            let all = agreements(&opened, base).unwrap_or_else(|failure| panic!("{failure}"));
            let found: Vec<_> = all.iter().map(what).collect();
            assert_eq!(found, [(Some(design.as_str()), Standing::Agreed)]);
        }
    }
}

#[test]
fn every_root_has_an_agreement_of_its_own() {
    let (scratch, design, _) = built();
    copy(&state("phase-1").join(".work"), &scratch.root.join("other"));
    let config = "[[workflow]]\nid = \"standard-orchestration\"\nroots = [\".work\", \"other\"]\n";
    let second = scratch.write("gatecheck.toml", config).commit("Design the other");
    copy(&state("phase-2").join(".work"), &scratch.root.join("other"));
    scratch.commit("Build the other");
    for opened in views(&scratch.root) {
        let request = crate::request(&opened, None);
        let ledgers = gatecheck::engine::ledgers(opened.source.as_ref(), &request);
        let ledgers = ledgers.unwrap_or_else(|failure| panic!("{failure}"));
        let found: Vec<_> = ledgers.iter().map(|(_, ledger)| what(&ledger.agreements[0])).collect();
        let expected = [design.as_str(), second.as_str()];
        assert_eq!(found, expected.map(|id| (Some(id), Standing::Agreed)));
    }
}
