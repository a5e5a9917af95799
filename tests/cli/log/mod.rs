//! `gatecheck log`: what became of the gates, commit by commit.

mod alike;
mod memory;

use serde_json::Value;

use crate::hostile::assert_harmless;
use crate::project::{REPORT, complete, json, plain, ran};
use crate::scratch::Scratch;
use alike::commit_on;

/// What `gatecheck log` prints.
fn log(scratch: &Scratch, arguments: &[&str]) -> String {
    let (status, out, error) =
        ran(plain(&scratch.root, &[&["log", "--no-cache"], arguments].concat()));
    assert_eq!((status, &*error), (0, ""), "{arguments:?}");
    out
}

/// The same for programs.
fn told(scratch: &Scratch, arguments: &[&str]) -> Value {
    json(&log(scratch, &[&["--format", "json"], arguments].concat()))
}

/// Why there is nothing to show.
fn refused(scratch: &Scratch, arguments: &[&str]) -> String {
    let (status, out, error) =
        ran(plain(&scratch.root, &[&["log", "--no-cache"], arguments].concat()));
    assert_eq!((status, &*out), (2, ""), "{arguments:?}");
    error
}

/// For each commit told of, oldest first, its subject and what became of a gate, which is written
/// `ITERATION:PHASE`.
fn events(log: &Value, gate: &str) -> Vec<(String, String)> {
    let (iteration, phase) = gate.split_once(':').unwrap();
    let commits = log["commits"].as_array().unwrap().iter().rev();
    let told = commits.flat_map(|commit| {
        let subject = commit["subject"].as_str().unwrap().to_owned();
        let changes = commit["changes"].as_array().unwrap().iter();
        let own = changes.filter(|one| one["phase"] == phase && one["iteration"] == iteration);
        own.map(move |one| (subject.clone(), one["event"].as_str().unwrap().to_owned()))
    });
    told.collect()
}

/// A project in which a gate breaks, and holds again after something unrelated.
fn broken_and_mended() -> Scratch {
    let scratch = complete();
    let text = std::fs::read_to_string(scratch.root.join(REPORT)).unwrap();
    commit_on(&scratch, 1, "Nothing");
    scratch.write(REPORT, format!("{text}\n## Left open\n\nTBD\n"));
    commit_on(&scratch, 2, "Break");
    scratch.write("notes.txt", "Nothing.\n");
    commit_on(&scratch, 3, "Elsewhere");
    scratch.write(REPORT, text);
    commit_on(&scratch, 4, "Mend");
    scratch
}

#[test]
fn a_gate_holds_breaks_and_holds_again() {
    let scratch = broken_and_mended();
    let all = told(&scratch, &[]);
    let integration = events(&all, "2:2.5");
    let last: Vec<(&str, &str)> =
        integration.iter().map(|(subject, event)| (&**subject, &**event)).collect();
    let expected = [("Break", "broke"), ("Mend", "held-again")];
    assert_eq!(last[last.len() - 2..], expected, "{last:?}");
    assert_eq!(last.iter().filter(|(_, event)| *event == "first-held").count(), 1, "{last:?}");
    let broke = all["commits"].as_array().unwrap().iter().find(|one| one["subject"] == "Break");
    let broke = broke.unwrap();
    assert_eq!((&broke["verdict"], &broke["date"]), (&"fails".into(), &"2026-01-12".into()));
    let finding = &broke["changes"][0]["findings"][0];
    assert_eq!(finding["rule"], "placeholder-marker");
    assert_eq!(finding["path"], REPORT);
    let line = finding["line"].as_u64().unwrap() as usize;
    let text = scratch.git(&["show", &format!("HEAD~2:{REPORT}")]);
    assert_eq!(text.lines().nth(line - 1), Some("TBD"));
    let mended = &all["commits"][0]["changes"][0];
    assert_eq!(mended["repaired"][0]["fingerprint"], finding["fingerprint"]);
    let gates = all["gates"].as_array().unwrap();
    let gate = gates.iter().find(|one| one["phase"] == "2.5" && one["iteration"] == "2").unwrap();
    assert_eq!((&gate["verdict"], &gate["broke"]), (&"holds".into(), &1.into()));
    assert_eq!(gate["since"], *scratch.git(&["rev-parse", "HEAD"]));
    let commits = all["commits"].as_array().unwrap().iter().map(|one| &one["subject"]);
    assert_eq!(commits.filter(|one| **one == "Nothing" || **one == "Elsewhere").count(), 0);
}

#[test]
fn a_part_of_the_history_begins_with_what_stood_before() {
    let scratch = broken_and_mended();
    for range in [["--since-commit", "HEAD~3"], ["--max-count", "3"]] {
        let part = told(&scratch, &range);
        assert_eq!(part["examined"]["commits"], 3);
        let expected = [("Break", "broke"), ("Mend", "held-again")];
        let expected = expected.map(|(one, other)| (one.to_owned(), other.to_owned()));
        assert_eq!(events(&part, "2:2.5"), expected, "{range:?}");
        assert_eq!(part["commits"].as_array().unwrap().len(), 2, "{range:?}");
    }
    let last = told(&scratch, &["HEAD~1", "--max-count", "1"]);
    assert_eq!(last["commits"], Value::Array(Vec::new()));
    let none = told(&scratch, &["--max-count", "0"]);
    assert_eq!(none["examined"]["commits"], 0);
    scratch.git(&["checkout", "--quiet", "-b", "side", "HEAD~2"]);
    let side = commit_on(&scratch, 5, "Aside");
    scratch.git(&["checkout", "--quiet", "main"]);
    assert!(refused(&scratch, &["--since-commit", &side]).contains("first-parent line"));
    assert!(refused(&scratch, &["--since-commit", "nowhere"]).contains("nothing is called so"));
}

#[test]
fn one_gate_can_be_asked_for() {
    let scratch = broken_and_mended();
    let all = told(&scratch, &["--gate", "1:2.5"]);
    let gates = all["gates"].as_array().unwrap();
    assert_eq!(gates.len(), 1);
    let changes = all["commits"].as_array().unwrap().iter();
    assert!(
        changes.flat_map(|one| one["changes"].as_array().unwrap()).all(|one| {
            one["phase"] == "2.5" && one["iteration"] == "1" && one["root"] == ".work"
        })
    );
    let shown = log(&scratch, &["--gate", "2.5"]);
    assert!(shown.contains("phase 2.5") && !shown.contains("phase 3"), "{shown}");
    assert!(log(&scratch, &["--by-gate"]).contains("phase 3"));
    assert!(refused(&scratch, &["--gate", "7"]).contains("there is no gate 7"));
    assert!(refused(&scratch, &["--gate", "other/1"]).contains("there is no gate"));
}

#[test]
fn commits_without_a_verdict_are_told_and_end_nothing() {
    let scratch = broken_and_mended();
    scratch.write("gatecheck.toml", "nonsense = [\n");
    commit_on(&scratch, 5, "Misconfigure");
    commit_on(&scratch, 6, "Go on");
    scratch.remove("gatecheck.toml");
    commit_on(&scratch, 7, "Configure");
    std::fs::remove_dir_all(scratch.root.join(".work")).unwrap();
    commit_on(&scratch, 8, "Give up");
    let all = told(&scratch, &["--max-count", "4"]);
    let commits = all["commits"].as_array().unwrap();
    let subjects: Vec<&str> = commits.iter().map(|one| one["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects, ["Give up", "Configure", "Misconfigure"]);
    assert_eq!(commits[2]["verdict"], "none");
    assert!(commits[2]["error"].as_str().unwrap().contains("gatecheck.toml"));
    assert_eq!((&commits[1]["verdict"], &commits[1]["error"]), (&"holds".into(), &Value::Null));
    let events = commits[0]["changes"].as_array().unwrap().iter().map(|one| &one["event"]);
    assert!(
        commits[0]["changes"].as_array().unwrap().len() > 3
            && events.clone().all(|one| one == "gone")
    );
    let shown = log(&scratch, &[]);
    assert!(shown.contains("no verdict:") && shown.contains("not there any more"), "{shown}");
}

#[test]
fn a_waiver_is_judged_by_the_day_of_each_commit() {
    let scratch = broken_and_mended();
    let waiver = "[[waiver]]\nrule = \"placeholder-marker\"\nsubject = \"Left open\"\nreason = \"soon\"\n\
                  owner = \"me\"\nexpires = 2026-01-16\n";
    let text = std::fs::read_to_string(scratch.root.join(REPORT)).unwrap();
    scratch.write(REPORT, format!("{text}\n## Left open\n\nTBD\n"));
    let open = commit_on(&scratch, 5, "Leave open");
    scratch.write("gatecheck.toml", waiver);
    commit_on(&scratch, 6, "Waive");
    commit_on(&scratch, 7, "Too late");
    let found = told(&scratch, &["--since-commit", &open]);
    let expected = [("Waive", "held"), ("Too late", "broke")];
    let expected = expected.map(|(one, other)| (one.to_owned(), other.to_owned()));
    assert_eq!(events(&found, "2:2.5"), expected, "{found:#}");
    let found = told(&scratch, &["--since-commit", &open, "--now", "2026-01-16"]);
    assert_eq!(events(&found, "2:2.5"), expected[..1], "{found:#}");
    // A policy that was there before the waiver knows none.
    let found = told(&scratch, &["--since-commit", &open, "--policy-from", &open]);
    assert_eq!(events(&found, "2:2.5"), [], "{found:#}");
}

#[test]
fn nobody_speaks_through_a_subject() {
    let scratch = broken_and_mended();
    let evil = "::error::pwned \u{1b}[2J ##[group] \u{202e}backwards ##vso[task]";
    scratch.write(REPORT, "# Nothing\n");
    scratch.git(&["add", "--all"]);
    scratch.git(&[
        "-c",
        "user.name=x",
        "commit",
        "--quiet",
        "--author",
        "\u{1b}[31m::add-mask::x <a@b>",
        "-m",
        evil,
    ]);
    for arguments in [&[][..], &["--by-gate"], &["--format", "json"]] {
        let out = log(&scratch, arguments);
        assert!(out.contains("pwned"), "{out}");
        assert_harmless(&out, &format!("{arguments:?}"));
    }
}

#[test]
fn odd_histories_are_told_of_too() {
    let empty = Scratch::new();
    assert!(refused(&empty, &[]).contains("no commit yet"));
    empty.write("README.md", "Nothing.\n").commit("Begin");
    assert!(refused(&empty, &[]).contains("nothing to tell of HEAD"));

    let one = crate::project::state("phase-1");
    one.commit("All at once");
    let all = told(&one, &[]);
    assert_eq!(all["examined"]["commits"], 1);
    assert_eq!(events(&all, "1:1"), [("All at once".to_owned(), "first-held".to_owned())]);

    let scratch = broken_and_mended();
    let (whole, bare) = (told(&scratch, &[]), scratch.beside("bare.git"));
    let bare = bare.to_str().unwrap();
    let root = scratch.root.to_str().unwrap();
    scratch.git(&["clone", "--quiet", "--bare", root, bare]);
    let (_, out, _) = ran(plain(bare.as_ref(), &["log", "--no-cache", "--format", "json"]));
    assert_eq!(json(&out), whole);

    let shallow = scratch.beside("shallow");
    let url = format!("file://{root}");
    scratch.git(&["clone", "--quiet", "--depth", "3", &url, shallow.to_str().unwrap()]);
    let (status, out, _) = ran(plain(&shallow, &["log", "--no-cache", "--format", "json"]));
    let part = json(&out);
    assert_eq!((status, &part["examined"]["commits"]), (0, &3.into()));
    assert!(part["notes"][0].as_str().unwrap().contains("begins with"), "{part:#}");
    // Whether it held before is not known here.
    assert_eq!(events(&part, "1:0"), [("Break".to_owned(), "held".to_owned())]);
}

#[test]
fn a_commit_graph_changes_nothing() {
    let scratch = broken_and_mended();
    let before = told(&scratch, &[]);
    scratch.git(&["commit-graph", "write", "--reachable"]);
    assert_eq!(told(&scratch, &[]), before);
}
