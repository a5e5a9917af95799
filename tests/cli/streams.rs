//! What goes to which stream, in which order and with which colors.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::project::{REPORT, broken, check, complete, gatecheck, json, plain, ran};

#[test]
fn a_reader_who_stops_reading_changes_no_verdict() {
    let scratch = broken();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("gatecheck"))
        .current_dir(&scratch.root)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut error = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(error, "");
}

#[test]
fn the_same_run_says_the_same_every_time() {
    let scratch = broken();
    let first = check(&scratch, &["--format", "json"]);
    for _ in 0..5 {
        assert_eq!(check(&scratch, &["--format", "json"]), first);
    }
}

#[test]
fn colors_are_for_terminals_and_for_those_who_ask() {
    let scratch = broken();
    let colored = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = gatecheck(&scratch.root, arguments);
        command.envs(environment.iter().copied());
        ran(command).1.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&["--color", "always", "--format", "json"], &[]));
}

#[test]
fn the_start_folder_counts_from_any_depth() {
    let scratch = broken();
    let below = scratch.root.join(".work/foundation");
    assert_eq!(ran(gatecheck(&below, &[])).0, 1);
    assert_eq!(ran(gatecheck(&scratch.beside("."), &["-C", "main"])).0, 1);
}

#[test]
fn lint_names_files_as_given_sorted_and_once() {
    let scratch = complete();
    scratch.write("docs/b.md", "# B\n\nText.\n").write("docs/a.MD", "# A\n\nText.\n");
    scratch.write("docs/.git/c.md", "# C\n").write("docs/d.txt", "TBD\n");
    let lint = |arguments: &[&str]| ran(plain(&scratch.root, arguments));
    let (status, out, error) = lint(&["inspect", "--format", "json", "docs", "docs/b.md", "docs"]);
    let documents = json(&out)["documents"].as_array().cloned().unwrap_or_default();
    let names: Vec<&str> = documents.iter().filter_map(|one| one["path"].as_str()).collect();
    assert_eq!((status, names, error.as_str()), (0, vec!["docs/a.MD", "docs/b.md"], ""));
    assert_eq!(lint(&["lint", "docs"]).0, 0);
    assert_eq!(lint(&["lint", "docs", "none-such.md"]).0, 2);
    scratch.write("empty/x.txt", "");
    assert_eq!(lint(&["lint", "empty"]).0, 2);
}

#[test]
fn a_document_can_come_from_standard_input() {
    let scratch = complete();
    let mut command = plain(&scratch.root, &["inspect", "--format", "json", "-"]);
    command.write_stdin("# Title\n\n- [ ] open\n");
    let (status, out, _) = ran(command);
    let document = &json(&out)["documents"][0];
    assert_eq!((status, &document["path"]), (0, &"-".into()));
    assert_eq!(document["checklists"][0]["state"], "open");
    assert_eq!(document["checklists"][0]["line"], 3);
}

#[test]
fn a_document_is_read_as_what_its_path_or_the_reader_says() {
    let scratch = complete();
    let kind = |arguments: &[&str]| {
        let arguments = [&["inspect", "--format", "json"], arguments].concat();
        json(&ran(plain(&scratch.root, &arguments)).1)["documents"][0]["kind"].clone()
    };
    assert_eq!(kind(&[REPORT]), "integration");
    assert_eq!(kind(&["--as", "evidence", REPORT]), "evidence");
    scratch.write("notes.md", "# Notes\n");
    assert_eq!(kind(&["notes.md"]), "unknown");
}
