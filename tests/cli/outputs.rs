//! Several forms of one report, in files.

use std::fs;
use std::path::Path;

use crate::project::{FORMATS, INTERFACE, broken, check, complete, json, plain, ran};

/// The names in a folder.
fn listed(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn each_form_is_written_as_it_is_printed_and_changes_no_status() {
    let scratch = broken();
    let folder = scratch.beside("out");
    fs::create_dir(&folder).unwrap();
    let output = |format: &&str| format!("--output={format}={}", folder.join(format).display());
    let outputs: Vec<String> = FORMATS.iter().map(output).collect();
    let mut arguments: Vec<&str> = outputs.iter().map(String::as_str).collect();
    arguments.extend(["--format", "concise"]);
    let (status, out, error) = check(&scratch, &arguments);
    assert_eq!((status, error.as_str()), (1, ""));
    assert_eq!(out, fs::read_to_string(folder.join("concise")).unwrap());
    let mut names = FORMATS.map(str::to_owned);
    names.sort();
    assert_eq!(listed(&folder), names, "nothing else lies about");
    for format in FORMATS {
        let (status, printed, _) = check(&scratch, &["--format", format]);
        assert_eq!(status, 1);
        assert_eq!(fs::read_to_string(folder.join(format)).unwrap(), printed, "{format}");
    }
    assert_eq!(check(&scratch, &["--rev", "HEAD~1", &outputs[0]]).0, 0);
}

#[test]
fn without_a_verdict_each_form_says_so() {
    let scratch = complete();
    let folder = scratch.beside("out");
    fs::create_dir(&folder).unwrap();
    for format in FORMATS {
        let path = folder.join(format);
        fs::write(&path, "what an earlier run said").unwrap();
        let output = format!("{format}={}", path.display());
        let (status, out, error) = check(&scratch, &["--rev", "nope", "--output", &output]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(error.starts_with("error: cannot judge the revision `nope`"), "{error}");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("cannot judge the revision "), "{format}: {text}");
    }
    let log = json(&fs::read_to_string(folder.join("sarif")).unwrap());
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

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
fn what_cannot_be_written_is_said_before_anything_is() {
    let scratch = complete();
    let file = scratch.beside("a.json");
    fs::write(&file, "before").unwrap();
    let same = format!("sarif={}", scratch.beside("main/../a.json").display());
    let good = format!("json={}", file.display());
    let missing = format!("json={}", scratch.beside("none/a.json").display());
    let folder = format!("json={}", scratch.root.display());
    for (wrong, why) in [
        (same.as_str(), "it is the same file as"),
        (&good, "it is named twice"),
        (&missing, "name a file in a folder that exists"),
        (&folder, "it is no file"),
        ("json=-", "standard output has its form from --format"),
        ("jsn=a", "did you mean json? the forms are human, concise, "),
    ] {
        let arguments = ["--format", "json", "--output", &good, "--output", wrong];
        let (status, out, error) = check(&scratch, &arguments);
        assert_eq!(status, 2, "{wrong}: {error}");
        assert!(error.contains(why), "{wrong}: {error}");
        assert_eq!(json(&out)["verdict"], "none");
        assert_eq!(fs::read_to_string(&file).unwrap(), "before", "{wrong}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_the_file_and_a_new_file_is_like_others() {
    use std::os::unix::fs::PermissionsExt;

    let scratch = complete();
    let (file, link) = (scratch.beside("a.json"), scratch.beside("link.json"));
    let other = scratch.beside("other");
    fs::write(&other, "").unwrap();
    fs::write(&file, "before").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let output = format!("--output=json={}", link.display());
    assert_eq!(check(&scratch, &[&output]).0, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(json(&fs::read_to_string(&file).unwrap())["verdict"], "holds");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&file), mode(&other));
}

#[test]
fn files_on_their_own_have_all_forms_too() {
    let scratch = complete();
    scratch.write("notes.md", "# Notes\n\nTBD\n");
    let file = scratch.beside("out.json");
    let output = format!("--output=gitlab={}", file.display());
    let (status, out, _) = ran(plain(&scratch.root, &["lint", "notes.md", &output]));
    assert_eq!(status, 1);
    assert!(out.contains("deny[placeholder-marker]"), "{out}");
    let violations = json(&fs::read_to_string(&file).unwrap());
    assert_eq!(violations[0]["location"]["path"], "notes.md");
    assert_eq!(violations[0]["location"]["lines"]["begin"], 3);
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
