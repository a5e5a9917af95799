//! Forms for programs, and what they leave out.

use std::fs;

use crate::project::{INTERFACE, check, complete, json};

#[test]
fn programs_are_answered_in_their_form() {
    let scratch = complete();
    for arguments in [&["--rev", "nope"][..], &["--nonsense"]] {
        let (status, out, _) = check(&scratch, &[arguments, &["--format=sarif"]].concat());
        assert_eq!(status, 2);
        let log = json(&out);
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false, "{out}");
        for silent in ["human", "concise", "agent"] {
            let (status, out, error) =
                check(&scratch, &[arguments, &["--format", silent]].concat());
            assert_eq!((status, out.as_str()), (2, ""));
            assert!(!error.is_empty());
        }
    }
}

#[test]
fn waived_findings_are_in_sarif_only_where_they_are_asked_for() {
    let scratch = complete();
    let path = scratch.root.join(INTERFACE);
    let text = fs::read_to_string(&path).unwrap();
    scratch.write(INTERFACE, format!("{text}\n## Limits\n\nTBD\n"));
    let (status, out, _) = check(&scratch, &["--format", "json", "-v"]);
    assert_eq!(status, 1);
    let finding = json(&out)["findings"][0].clone();
    let (rule, subject) = (finding["rule"].as_str().unwrap(), finding["subject"].as_str().unwrap());
    scratch.write(
        "gatecheck.toml",
        format!(
            "[[waiver]]\nrule = \"{rule}\"\nsubject = \"{subject}\"\nreason = \"a pilot\"\n\
             owner = \"Mia Brandt\"\nexpires = 2026-12-31\n"
        ),
    );
    let count = |arguments: &[&str]| {
        let (status, out, _) = check(&scratch, &[&["--format", "sarif"], arguments].concat());
        assert_eq!(status, 0, "{out}");
        let results = json(&out)["runs"][0]["results"].as_array().unwrap().clone();
        let waived = results.into_iter().find(|one| one["ruleId"] == rule);
        waived.map(|one| one["suppressions"][0]["justification"].clone())
    };
    assert_eq!(count(&[]), None);
    assert_eq!(count(&["-v"]), None);
    assert_eq!(count(&["--include-waived"]), Some("a pilot".into()));
}
