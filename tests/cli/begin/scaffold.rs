//! `init --workflow`: any workflow can be begun, and its first gate fails for what nobody has
//! written yet and for nothing else.

use super::{CONFIG, read, run};
use crate::project::{check, json};
use crate::scratch::Scratch;

/// What is said where slots wait to be filled in and boxes to be ticked.
const OPEN: &[&str] = &["unfilled-slot", "empty-section", "unticked-item", "open-box"];

/// What nobody has said yet where a slot asks for it.
const UNSAID: &[&str] = &[
    "plan-not-approved",
    "prerequisites-not-met",
    "prerequisite-not-verified",
    "unknown-variation",
    "position-unstated",
    "handoff-incomplete",
];

/// Begins a project and looks at each finding: it stands on a slot.
fn begin(workflow: &str, scratch: &Scratch) {
    let (status, said, error) = run(scratch, "", &["init", "--workflow", workflow]);
    assert_eq!(status, 0, "{workflow}: {said}{error}");
    scratch.commit("begin");
    let (status, said, error) = check(scratch, &["--format", "json"]);
    assert_eq!(status, 1, "{workflow}: {said}{error}");
    let report = json(&said);
    let findings = report["findings"].as_array().expect("findings");
    let mut wrong = Vec::new();
    for finding in findings {
        let rule = finding["rule"].as_str().unwrap_or_default();
        let text = read(scratch, finding["path"].as_str().expect("a path"));
        let line = finding["line"].as_u64().unwrap_or(1) as usize;
        let at_slot = text.lines().skip(line - 1).take(4).any(|line| line.contains('['));
        let unsaid = UNSAID.contains(&rule) && text.contains("- **") && text.contains(": [");
        if !(OPEN.contains(&rule) && at_slot || unsaid) {
            wrong.push(format!("{}:{line}: {rule}: {}", finding["path"], finding["message"]));
        }
    }
    assert!(wrong.is_empty(), "{workflow}:\n{}", wrong.join("\n"));
    assert!(!findings.is_empty(), "{workflow}");
}

#[test]
fn every_built_in_workflow_can_be_begun() {
    for id in gatecheck::workflow::builtins() {
        let scratch = Scratch::new();
        begin(id, &scratch);
        assert!(read(&scratch, CONFIG).contains(&format!("\nid = \"{id}\"\n")), "{id}");
    }
}

#[test]
fn a_workflow_of_ones_own_can_be_begun() {
    let scratch = Scratch::new();
    let manual = include_str!("../../../rules/README.md");
    let example = manual.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    scratch.write(".config/flow.toml", example.expect("the example of the manual"));
    begin(".config/flow.toml", &scratch);
    assert!(read(&scratch, CONFIG).contains("\nfile = \".config/flow.toml\"\n"));
    let (status, said, error) = run(&scratch, "", &["init", "--workflow", ".config/flow.toml"]);
    assert_eq!((status, said.as_str()), (2, ""));
    assert!(error.contains("add `[[workflow]]`"), "{error}");
}

#[test]
fn a_file_that_is_none_begins_nothing() {
    let scratch = Scratch::new();
    for name in ["none.toml", "../flow.toml"] {
        let (status, said, error) = run(&scratch, "", &["init", "--workflow", name]);
        assert_eq!((status, said.as_str()), (2, ""), "{name}");
        assert!(error.contains("flow.toml") || error.contains("none.toml"), "{error}");
        assert!(!scratch.root.join(CONFIG).exists());
    }
}
