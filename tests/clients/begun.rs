//! What `gatecheck init` and `gatecheck schema` print is what other programs expect.

use std::fs;
use std::path::Path;

use crate::client::{ROOT, client};
use crate::project::{plain, ran};
use crate::published::PEDANTIC;
use crate::scratch::Scratch;

const CONFIG: &str = "gatecheck.toml";
const GATE: &str = ".github/workflows/gatecheck.yml";

/// A repository in which a project was just begun.
fn begun() -> Scratch {
    let scratch = Scratch::new();
    let (status, _, error) = ran(plain(&scratch.root, &["init"]));
    assert_eq!(status, 0, "{error}");
    scratch
}

#[test]
fn hook_managers_run_the_hook_that_is_written() {
    for name in ["pre-commit", "prek"] {
        let Some(manager) = client(name) else { continue };
        let scratch = begun();
        manager.succeed(&scratch.root, &["validate-config", ".pre-commit-config.yaml"]);
        scratch.git(&["add", "--all"]);
        let said = manager.succeed(&scratch.root, &["run"]);
        assert!(said.contains("gatecheck") && said.contains("Passed"), "{name}: {said}");
    }
}

#[test]
fn github_accepts_the_workflow_that_is_written() {
    let scratch = begun();
    if let Some(github) = client("actions-languageservice") {
        assert_eq!(github.succeed(&scratch.root, &[GATE]), "");
    }
    if let Some(schemas) = client("check-jsonschema") {
        schemas.succeed(&scratch.root, &["--builtin-schema", "vendor.github-workflows", GATE]);
    }
}

/// Once its action is named by a commit, as the file itself says.
#[test]
fn the_workflow_that_is_written_is_safe() {
    let Some(zizmor) = client("zizmor") else { return };
    let scratch = begun();
    let text = fs::read_to_string(scratch.root.join(GATE)).expect("a workflow");
    let (before, action) = text.split_once("OWNER/gatecheck@").expect("the action");
    let commit = "0123456789".repeat(4);
    scratch.write(GATE, format!("{before}OWNER/gatecheck@{commit} # {action}"));
    zizmor.succeed(&scratch.root, &[&PEDANTIC[..], &[GATE]].concat());
}

#[test]
fn the_schemas_accept_our_files_and_no_strange_key() {
    let Some(schemas) = client("check-jsonschema") else { return };
    let scratch = begun();
    for file in ["config", "workflow"] {
        let (_, schema, _) = ran(plain(&scratch.root, &["schema", file]));
        scratch.write(&format!("{file}.json"), schema);
    }
    schemas.succeed(&scratch.root, &["--check-metaschema", "config.json", "workflow.json"]);
    let ours = format!("{ROOT}/rules/workflows/standard-orchestration.toml");
    schemas.succeed(&scratch.root, &["--schemafile", "workflow.json", &ours]);
    schemas.succeed(&scratch.root, &["--schemafile", "config.json", CONFIG]);
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README");
    let (_, section) = readme.split_once("\n## Configuration\n").expect("a section");
    let (_, shown) = section.split_once("```toml\n").expect("an example");
    let (shown, _) = shown.split_once("```").expect("its end");
    assert!(shown.contains("[[waiver]]"), "{shown}");
    scratch.write("shown.toml", shown);
    schemas.succeed(&scratch.root, &["--schemafile", "config.json", "shown.toml"]);
    scratch.write("strange.toml", "levells = {}\n");
    let refused = schemas.run(&scratch.root, &["--schemafile", "config.json", "strange.toml"]);
    assert_eq!(refused.status, Some(1), "{}", refused.said);
}
