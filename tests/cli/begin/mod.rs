//! `init` and `new`: what they write, what they leave alone, and that what they write can be
//! filled in until every gate holds.

mod filled;
mod refusals;
mod scaffold;

use std::fs;
use std::path::Path;

use crate::project::{check, json, plain, ran};
use crate::scratch::Scratch;

const STORIES: &str = ".work/foundation/product/user-stories.md";
const CONFIG: &str = "gatecheck.toml";
const HOOKS: &str = ".pre-commit-config.yaml";
const CI: &str = ".github/workflows/gatecheck.yml";

/// A command that takes no date, run in a folder of the repository.
pub fn run(scratch: &Scratch, folder: &str, arguments: &[&str]) -> (i32, String, String) {
    ran(plain(&scratch.root.join(folder), arguments))
}

fn read(scratch: &Scratch, path: &str) -> String {
    fs::read_to_string(scratch.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_repository_without_a_commit_gets_all_that_a_project_begins_with() {
    let scratch = Scratch::new();
    let (status, said, _) = run(&scratch, "", &["init"]);
    assert_eq!(status, 0, "{said}");
    for path in [CONFIG, HOOKS, CI, STORIES] {
        assert!(scratch.root.join(path).is_file(), "{path}");
        assert!(said.contains(&format!("\n  {path} ")), "{said}");
    }
    assert!(read(&scratch, CONFIG).contains("\nid = \"standard-orchestration\"\n"));
    let hook = "\n        entry: gatecheck check --staged --through previous\n";
    assert!(read(&scratch, HOOKS).contains(hook));
    // What is left in braces is an expression of GitHub.
    let gate = read(&scratch, CI);
    let plain = gate.replace("${{", "").replace("}}", "");
    assert!(!plain.contains(['{', '}']), "{gate}");
}

/// What nobody has written yet is all that the first gate says.
#[test]
fn the_first_gate_fails_for_nothing_but_open_slots() {
    let scratch = Scratch::new();
    run(&scratch, "", &["init"]);
    scratch.commit("begin");
    let (status, said, _) = check(&scratch, &["--format", "json"]);
    assert_eq!(status, 1);
    let report = json(&said);
    let findings = report["findings"].as_array().expect("findings");
    assert!(!findings.is_empty());
    for finding in findings {
        let rule = finding["rule"].as_str().unwrap_or_default();
        assert!(["unfilled-slot", "empty-section"].contains(&rule), "{finding}");
        let text = read(&scratch, finding["path"].as_str().expect("a path"));
        let line = finding["line"].as_u64().expect("a line") as usize;
        let open = text.lines().skip(line - 1).take(3).any(|line| line.contains('['));
        assert!(open, "{finding}");
    }
    let documents: Vec<&str> = findings.iter().filter_map(|one| one["path"].as_str()).collect();
    for name in ["user-stories.md", "acceptance-criteria.md", "golden-paths.md"] {
        assert!(documents.iter().any(|path| path.ends_with(name)), "{name}: {documents:?}");
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let scratch = Scratch::new();
    run(&scratch, "", &["init"]);
    scratch.commit("begin");
    let (status, said, _) = run(&scratch, "", &["init"]);
    assert_eq!(status, 0);
    assert_eq!(scratch.git(&["status", "--porcelain", "--ignored"]), "");
    assert!(said.starts_with("Left as it is\n  gatecheck.toml\n"), "{said}");
    assert!(said.contains(STORIES) && said.ends_with("Everything is there already.\n"), "{said}");
}

#[test]
fn what_is_there_stays_and_is_said() {
    let scratch = Scratch::new();
    let files = [
        (".config/gatecheck.toml", "[[workflow]]\nid = \"standard-orchestration\"\n"),
        (HOOKS, "repos: []\n"),
        (CI, "name: ours\n"),
        (STORIES, "# Ours\n"),
    ];
    for (path, text) in files {
        scratch.write(path, text);
    }
    let (status, said, _) = run(&scratch, "", &["init"]);
    assert_eq!(status, 0);
    for (path, text) in files {
        assert_eq!(read(&scratch, path), text, "{path}");
        assert!(said.contains(&format!("\n  {path}")), "{said}");
    }
    assert!(!scratch.root.join(CONFIG).exists(), "a second configuration");
    assert!(said.contains(&format!("\n  {HOOKS}: add under `repos`\n")), "{said}");
    assert!(said.contains("\n        entry: gatecheck check --staged"), "{said}");
    assert!(scratch.root.join(".work/foundation/product/golden-paths.md").is_file());
}

/// A hook that runs gatecheck already is not offered again.
#[test]
fn a_hook_that_is_there_is_not_offered() {
    let scratch = Scratch::new();
    scratch.write(HOOKS, "repos:\n  - repo: https://example.org/gatecheck\n");
    let (_, said, _) = run(&scratch, "", &["init"]);
    assert!(said.contains(&format!("Left as it is\n  {HOOKS}\n")), "{said}");
}

#[test]
fn each_part_can_be_left_out_and_a_dry_run_writes_none() {
    let scratch = Scratch::new();
    let (status, said, _) = run(&scratch, "", &["init", "--dry-run"]);
    assert!(status == 0 && said.starts_with("Would write\n  gatecheck.toml "), "{said}");
    assert_eq!(scratch.git(&["status", "--porcelain"]), "");
    for (option, path) in [
        ("--no-config", CONFIG),
        ("--no-hook", HOOKS),
        ("--no-ci", CI),
        ("--no-documents", STORIES),
    ] {
        let (_, said, _) = run(&scratch, "", &["init", "--dry-run", option]);
        for other in [CONFIG, HOOKS, CI, STORIES] {
            assert_eq!(said.contains(&format!("  {other} ")), other != path, "{option}: {said}");
        }
    }
}

/// Hooks and gates stand at the top of a repository, and judge the folder of the project.
#[test]
fn a_project_below_the_top_is_found_by_hook_and_gate() {
    let scratch = Scratch::new();
    let folder = "services/tool shed";
    fs::create_dir_all(scratch.root.join(folder)).unwrap();
    let (status, said, error) = run(&scratch, folder, &["init"]);
    assert_eq!(status, 0, "{said}{error}");
    assert!(scratch.root.join(folder).join(STORIES).is_file());
    assert!(scratch.root.join(folder).join(CONFIG).is_file());
    let entry = "entry: \"gatecheck -C 'services/tool shed' check --staged --through previous\"\n";
    assert!(read(&scratch, HOOKS).contains(entry), "{}", read(&scratch, HOOKS));
    assert!(read(&scratch, CI).contains("\n          path: services/tool shed\n"));
    scratch.git(&["add", "--all"]);
    let (status, ..) = run(&scratch, "", &["-C", folder, "check", "--staged"]);
    assert_eq!(status, 1, "the project is found");
}

/// Whatever the file shows as a comment can be used as it stands.
#[test]
fn the_examples_in_the_configuration_are_valid() {
    let scratch = Scratch::new();
    run(&scratch, "", &["init"]);
    let uncommented: String = read(&scratch, CONFIG)
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(code) if code.contains(" = ") || code.starts_with('[') => format!("{code}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert!(uncommented.matches("\n[").count() > 2, "{uncommented}");
    scratch.write(CONFIG, uncommented);
    let (status, said, error) = check(&scratch, &["--format", "concise"]);
    assert_eq!(status, 1, "{said}{error}");
}

#[test]
fn a_workflow_of_ones_own_gets_its_own_documents() {
    let scratch = Scratch::new();
    scratch.write(CONFIG, "[[workflow]]\nfile = \"flow.toml\"\n");
    scratch.write(
        "flow.toml",
        "schema = 1\nid = \"own\"\nroot = \"plan\"\n\
         [[role]]\nid = \"lead\"\n\
         [[phase]]\nid = \"scope\"\n\
         [[phase.deliverable]]\nid = \"charter\"\npaths = [\"CHARTER.md\"]\n\
         [[phase.deliverable.part]]\nid = \"goals\"\nnames = [\"goals\"]\n\
         [[phase.deliverable]]\nid = \"consent\"\nkind = \"sign-off\"\n\
         per = { role = [\"lead\"] }\npaths = [\"consent/{role}.md\"]\n",
    );
    let (status, said, error) = run(&scratch, "", &["init", "--no-hook", "--no-ci"]);
    assert_eq!(status, 0, "{said}{error}");
    assert!(read(&scratch, "plan/CHARTER.md").contains("\n## Goals\n\n["));
    assert!(read(&scratch, "plan/consent/lead.md").starts_with("# Lead: Consent\n"));
    assert!(!Path::new(&scratch.root).join(".work").exists());
    let (_, said, _) = run(&scratch, "", &["new"]);
    assert!(said.starts_with("Every document is there"), "{said}");
}

#[test]
fn schemas_are_printed() {
    let scratch = Scratch::new();
    for (file, title) in [("config", "gatecheck.toml"), ("workflow", "A workflow of gatecheck")] {
        let (status, said, _) = run(&scratch, "", &["schema", file]);
        let schema = json(&said);
        assert_eq!((status, schema["title"].as_str()), (0, Some(title)));
        let rules = schema["$defs"]["rule"]["enum"].as_array().expect("the rules");
        assert!(rules.contains(&"unfilled-slot".into()), "{rules:?}");
    }
}
