//! The recipe for GitLab, on a stand-in for its runner.

use std::fs;

use serde_json::Value;

use crate::client::client;
use crate::project::{INTERFACE, complete};
use crate::recipes::recipe;
use crate::scratch::Scratch;

/// The complete project with the recipe.
fn project() -> Scratch {
    let scratch = complete();
    scratch.write(".gitlab-ci.yml", recipe("gatecheck:")).commit("Judge in GitLab");
    scratch
}

#[test]
fn the_recipe_of_the_readme_fails_a_job_and_leaves_the_reports_behind() {
    let Some(runner) = client("gitlab-ci-local") else { return };
    let scratch = project();
    let arguments = ["--force-shell-executor", "--no-color", "gatecheck"];
    runner.succeed(&scratch.root, &arguments);
    let violations = |scratch: &Scratch| -> Vec<Value> {
        let report = scratch.root.join("gl-code-quality-report.json");
        let text = fs::read(report).expect("what the job names as its report");
        serde_json::from_slice(&text).expect("a report")
    };
    assert_eq!(violations(&scratch), [] as [Value; 0]);

    scratch.remove(INTERFACE).commit("Take an interface away");
    let ran = runner.run(&scratch.root, &arguments);
    assert_ne!(ran.status, Some(0), "{}", ran.said);
    assert!(ran.said.contains("missing-deliverable"), "{}", ran.said);
    let found = violations(&scratch);
    let missing = found.iter().find(|one| one["location"]["path"] == INTERFACE);
    assert_eq!(missing.map(|one| &one["severity"]), Some(&Value::from("major")), "{found:?}");
    assert!(scratch.root.join("gatecheck.xml").is_file());
}
