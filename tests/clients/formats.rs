//! The forms of a report are what the programs that take them expect, whatever a document says.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::client::{ROOT, Ran, client};
use crate::project::{broken, check, complete, json};
use crate::scratch::Scratch;

/// A repository whose documents try to be more than text.
fn hostile() -> Scratch {
    let evil = "\u{1b}]0;t\u{7} \u{202e}x\u{200b} ::error ::y ##[error]z [a](https://e.example) \
                ]]> <b> & \" ' @all #1 `c` | d % \u{fffe} \u{0}";
    let scratch = broken();
    let name = ".work/foundation/architecture/INTERFACE-a b%:,'\"|é\n::error.md";
    scratch.write(name, format!("# Interface {evil}\n\n## {evil}\n\n{evil} TBD\n\n- {evil} TBD\n"));
    scratch
}

/// A form of a report, as a file beside the repository, and the exit status of the run.
fn written(scratch: &Scratch, format: &str, arguments: &[&str]) -> (PathBuf, i32) {
    let path = scratch.beside(&format!("report.{format}"));
    let output = format!("--output={format}={}", path.display());
    let (status, _, _) = check(scratch, &[arguments, &[&output]].concat());
    (path, status)
}

/// Everything that a form has to be able to tell: the repository, what to judge, the status.
fn runs() -> [(Scratch, &'static [&'static str], i32); 4] {
    [
        (complete(), &[], 0),
        (broken(), &[], 1),
        (hostile(), &[], 1),
        (complete(), &["--rev", "no-such-revision"], 2),
    ]
}

fn read(path: &Path) -> Value {
    json(&fs::read_to_string(path).expect("a report"))
}

#[test]
fn code_scanning_accepts_the_sarif() {
    let Some(multitool) = client("sarif-multitool") else { return };
    for (scratch, arguments, expected) in runs() {
        let (path, status) = written(&scratch, "sarif", arguments);
        assert_eq!(status, expected);
        let path = path.display().to_string();
        let rules = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--kind", "Fail"];
        // It succeeds whatever it finds, and says nothing at all of what it cannot read.
        let said = multitool.succeed(&scratch.root, &[&["validate", &path], &rules[..]].concat());
        assert!(said.contains("Analysis completed successfully."), "{said}");
        assert!(!said.contains(": error ") && !said.contains(": warning "), "{said}");
    }
}

#[test]
fn the_sarif_follows_its_schema() {
    let Some(schemas) = client("check-jsonschema") else { return };
    let schema = Path::new(ROOT).join("target/clients/sarif-2.1.0.json").display().to_string();
    for (scratch, arguments, _) in runs() {
        let (path, _) = written(&scratch, "sarif", arguments);
        let path = path.display().to_string();
        let arguments = ["--regex-variant", "python", "--schemafile", &schema, &path];
        schemas.succeed(&scratch.root, &arguments);
    }
}

#[test]
fn readers_of_sarif_find_every_result_and_gitlab_is_told_the_same() {
    let Some(sarif) = client("sarif") else { return };
    for (scratch, arguments, _) in runs() {
        let (path, status) = written(&scratch, "sarif", arguments);
        let name = path.display().to_string();
        let log = read(&path);
        let results = log["runs"][0]["results"].as_array().expect("results");
        let denied = results.iter().filter(|one| one["level"] == "error").count();
        let said = sarif.succeed(&scratch.root, &["summary", &name]);
        assert!(said.contains(&format!("\nerror: {denied}\n")), "{said}");

        let theirs = scratch.beside("theirs.json");
        let output = theirs.display().to_string();
        sarif.succeed(&scratch.root, &["codeclimate", &name, "--output", &output]);
        let (ours, _) = written(&scratch, "gitlab", arguments);
        let (ours, theirs) = (told(&read(&ours)), told(&read(&theirs)));
        match status {
            2 => assert_eq!((ours.len(), theirs.len()), (1, 0), "SARIF tells it of the run"),
            _ => assert_eq!(ours, theirs),
        }
    }
}

/// Rule, severity and line of each violation.
fn told(violations: &Value) -> Vec<String> {
    let all = violations.as_array().expect("a list of violations").iter();
    let mut told: Vec<String> = all
        .map(|one| {
            let line = &one["location"]["lines"]["begin"];
            format!("{} {} {line}", one["check_name"], one["severity"])
        })
        .collect();
    told.sort();
    told
}

#[test]
fn readers_of_junit_see_what_fails() {
    let Some(reader) = client("junitparser") else { return };
    for (scratch, arguments, expected) in runs() {
        let (path, _) = written(&scratch, "junit", arguments);
        let Ran { status, said } =
            reader.run(&scratch.root, &["verify", &path.display().to_string()]);
        assert_eq!(status, Some(expected.min(1)), "{said}");
    }
}
