//! The files that other programs read from this repository are what these programs expect.

use std::fs;
use std::path::Path;

use crate::client::{ROOT, client};

const SCRIPTS: [&str; 7] = [
    ".ci/clients",
    ".ci/notes",
    ".ci/package",
    ".ci/run",
    ".github/action/install",
    ".github/action/judge",
    "fixtures/hooks/try.sh",
];

/// As strictly as zizmor can be without asking anybody.
pub const PEDANTIC: [&str; 4] = ["--offline", "--persona", "pedantic", "--quiet"];

#[test]
fn hook_managers_accept_the_hooks() {
    for manager in ["pre-commit", "prek"] {
        let Some(manager) = client(manager) else { continue };
        manager.succeed(Path::new(ROOT), &["validate-manifest", ".pre-commit-hooks.yaml"]);
    }
}

#[test]
fn github_accepts_the_workflows_and_the_action() {
    let Some(github) = client("actions-languageservice") else { return };
    let workflows = workflows();
    let files: Vec<&str> = workflows.iter().map(String::as_str).chain(["action.yml"]).collect();
    assert_eq!(github.succeed(Path::new(ROOT), &files), "");
}

#[test]
fn workflows_and_the_action_are_safe() {
    let Some(zizmor) = client("zizmor") else { return };
    let files = [".github/workflows", "action.yml", ".pre-commit-hooks.yaml"];
    zizmor.succeed(Path::new(ROOT), &[&PEDANTIC[..], &files].concat());
}

#[test]
fn workflows_and_the_action_follow_their_schemas() {
    let Some(schemas) = client("check-jsonschema") else { return };
    let mut workflows = workflows();
    workflows.splice(..0, ["--builtin-schema".to_owned(), "vendor.github-workflows".to_owned()]);
    let workflows: Vec<&str> = workflows.iter().map(String::as_str).collect();
    schemas.succeed(Path::new(ROOT), &workflows);
    let action = ["--builtin-schema", "vendor.github-actions", "action.yml"];
    schemas.succeed(Path::new(ROOT), &action);
    let updates = ["--builtin-schema", "vendor.dependabot", ".github/dependabot.yml"];
    schemas.succeed(Path::new(ROOT), &updates);
}

#[test]
fn scripts_hold_no_trap_of_the_shell() {
    let Some(shellcheck) = client("shellcheck") else { return };
    shellcheck.succeed(Path::new(ROOT), &SCRIPTS);
}

fn workflows() -> Vec<String> {
    let folder = Path::new(ROOT).join(".github/workflows");
    let files = fs::read_dir(folder).expect("the folder of workflows");
    let files = files.map(|file| file.expect("a workflow").path().display().to_string());
    files.collect()
}
