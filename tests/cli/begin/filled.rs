//! From an empty repository to the last gate, by the commands that `gatecheck new` lists.

use std::collections::BTreeMap;
use std::fs;

use walkdir::WalkDir;

use super::run;
use crate::project::check;
use crate::scratch::Scratch;

/// What is written into the slots of a document, by the end of its path.
type Filled = BTreeMap<String, BTreeMap<String, String>>;

/// A fresh document is never passed, and what is filled in holds its gate: so all the way.
#[test]
fn every_gate_holds_once_its_templates_are_filled_in() {
    let filled: Filled = toml::from_str(include_str!("filled.toml")).expect("the answers");
    let scratch = Scratch::new();
    scratch.write("src/lending/loans.ts", "export const loans = [];\n");
    scratch.write("tests/lending/loans.test.ts", "test(\"lends\", lend);\n");
    run(&scratch, "", &["init"]);
    let mut rounds = 0;
    loop {
        let agreed = scratch.commit("begin");
        let (status, said, _) = check(&scratch, &["--format", "concise"]);
        assert_eq!(status, 1, "a template holds as it is: {said}");
        every_open_line_is_found(&scratch, &said);
        fill(&scratch, &filled, &agreed);
        scratch.commit("fill in");
        let commands = listed(&scratch);
        let (status, said, _) = check(&scratch, &["--format", "concise"]);
        // The interfaces of features can be begun once the architecture declares these.
        let waits = commands.iter().any(|command| command.starts_with("interface "));
        assert_eq!(status, i32::from(waits), "{said}");
        if commands.is_empty() {
            break;
        }
        for command in &commands {
            let arguments: Vec<&str> = std::iter::once("new").chain(command.split(' ')).collect();
            let (status, said, error) = run(&scratch, "", &arguments);
            assert_eq!(status, 0, "{command}: {said}{error}");
        }
        rounds += 1;
        assert!(rounds < 10, "it never ends");
    }
    let (_, board, _) = check(&scratch, &["status"]);
    assert!(board.contains("Phase 4: Deployment preparation — holds"), "{board}");
}

/// The commands that begin what comes next.
fn listed(scratch: &Scratch) -> Vec<String> {
    let (status, said, error) = run(scratch, "", &["new"]);
    assert_eq!(status, 0, "{error}");
    let commands = said.lines().filter_map(|line| line.strip_prefix("  gatecheck new "));
    commands.filter_map(|rest| Some(rest.split("  ").next()?.to_owned())).collect()
}

/// Each line with a slot is shown, itself or by the heading above it.
fn every_open_line_is_found(scratch: &Scratch, said: &str) {
    for (path, text) in documents(scratch) {
        let mut heading = 1;
        for (line, content) in text.lines().enumerate().map(|(at, content)| (at + 1, content)) {
            heading = if content.starts_with('#') { line } else { heading };
            let found = |line: usize| said.contains(&format!("{path}:{line}:"));
            assert!(!content.contains('[') || found(line) || found(heading), "{path}:{line}");
        }
    }
}

/// Writes an answer into every slot.
fn fill(scratch: &Scratch, filled: &Filled, agreed: &str) {
    for (path, mut text) in documents(scratch) {
        let Some((_, answers)) = filled.iter().find(|(end, _)| path.ends_with(*end)) else {
            panic!("{path}: no answers");
        };
        for (slot, answer) in answers {
            text = text.replace(&format!("[{slot}]"), &answer.replace("HEAD", agreed));
        }
        assert!(!text.contains('['), "{path}: a slot without an answer\n{text}");
        scratch.write(&path, text);
    }
}

/// Every document that has slots, by its path.
fn documents(scratch: &Scratch) -> Vec<(String, String)> {
    let found = WalkDir::new(scratch.root.join(".work")).sort_by_file_name();
    let files = found.into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&scratch.root).expect("a path below");
            let name = path.to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(entry.path()).expect("a text"))
        })
        .filter(|(_, text)| text.contains('['))
        .collect()
}
