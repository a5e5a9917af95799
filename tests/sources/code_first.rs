//! Whether code came before its contract, in repositories whose histories have merges and ends.

use gatecheck::source::Source;

use crate::claims::{edit, judge, lay};
use crate::scratch::{Scratch, head, open, views};

const INTERFACE: &str = ".work/foundation/architecture/INTERFACE-catalog.md";
const ARCHITECTURE: &str = ".work/foundation/architecture/ARCHITECTURE.md";
const EARLY: [&str; 1] = [INTERFACE];

/// Where the rule speaks.
fn said(source: &dyn Source) -> Vec<String> {
    let found = judge(source).findings;
    let found = found.into_iter().filter(|one| one.rule == "code-before-contract");
    found.map(|one| one.path.to_string()).collect()
}

/// The design, but for one endpoint.
fn designed() -> Scratch {
    let scratch = Scratch::new();
    lay(&scratch, "phase-0");
    scratch.commit("Say what is wanted");
    lay(&scratch, "phase-1");
    edit(&scratch, ARCHITECTURE, "PUT /api/tools/:id/watch", "To be designed");
    edit(&scratch, INTERFACE, "### PUT /api/tools/:id/watch", "### Watching");
    scratch.commit("Design the rest");
    scratch
}

/// The code, without evidence of it.
fn code(scratch: &Scratch) {
    let keep = [ARCHITECTURE, INTERFACE].map(|path| {
        let at = scratch.root.join(path);
        (path, std::fs::read(at).expect("a document"))
    });
    lay(scratch, "phase-2");
    std::fs::remove_dir_all(scratch.root.join(".work/implementation")).expect("the evidence");
    for (path, text) in keep {
        scratch.write(path, text);
    }
}

fn contract(scratch: &Scratch) {
    lay(scratch, "phase-1");
}

/// The code, the contract, and then the evidence.
fn built_first() -> Scratch {
    let scratch = designed();
    code(&scratch);
    scratch.commit("Build");
    contract(&scratch);
    scratch.commit("Write the contract");
    lay(&scratch, "phase-2");
    scratch.commit("Tell what was built");
    scratch
}

#[test]
fn every_view_tells_that_the_code_came_first() {
    let scratch = built_first();
    for source in views(&scratch.root) {
        assert_eq!(said(&*source), EARLY, "{}", source.label());
    }
}

#[test]
fn whoever_looks_at_the_contract_again_has_the_code_in_hand() {
    let scratch = built_first();
    let text = std::fs::read_to_string(scratch.root.join(INTERFACE)).expect("an interface");
    scratch.write(INTERFACE, format!("{text}\nAgreed with accounts on 2026-03-30.\n"));
    assert_eq!(said(&*scratch.worktree()), [""; 0]);
    assert_eq!(said(&*scratch.head()), EARLY, "nothing is committed");
    scratch.commit("Agree");
    assert_eq!(said(&*scratch.head()), [""; 0]);
}

#[test]
fn a_branch_brings_code_and_contract_at_once() {
    let scratch = designed();
    scratch.git(&["checkout", "--quiet", "-b", "side"]);
    code(&scratch);
    scratch.commit("Build on a branch");
    contract(&scratch);
    scratch.commit("Write the contract");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("NOTES.md", "# Notes\n").commit("Go on");
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "side"]);
    lay(&scratch, "phase-2");
    scratch.commit("Tell what was built");
    assert_eq!(said(&*scratch.head()), [""; 0]);
}

#[test]
fn a_shallow_history_never_guesses() {
    let scratch = built_first();
    let address = format!("file://{}", scratch.root.display());
    for depth in 1..=4 {
        let shallow = scratch.beside(&format!("shallow-{depth}"));
        let (target, depth) = (shallow.display().to_string(), format!("--depth={depth}"));
        scratch.git(&["clone", "--quiet", &depth, &address, &target]);
        let source = open(&shallow, head()).source;
        let told = |note: &String| note.contains("code came before its contract");
        let open = judge(&*source).notes.iter().any(told);
        assert_ne!(open, !said(&*source).is_empty(), "{depth}");
    }
}
