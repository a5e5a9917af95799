//! Changes that are judged by their base: what a branch softens does not count.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::project::{check, complete, gatecheck, json, ran};
use crate::scratch::Scratch;

const PATHS: &str = ".work/foundation/product/golden-paths.md";

const GOVERNING: &str = "[levels]\nopen-box = \"deny\"\n[[workflow]]\nfile = \"flow.toml\"\n";

const FLOW: &str = "schema = 1\nid = \"flow\"\nextends = \"standard-orchestration\"\n";

const TERMS: &str = "reason = \"later\"\nowner = \"Mia Brandt\"\n";

/// A complete project with a configuration and a workflow file of its own, and a branch `topic`
/// that leaves a box open.
fn project() -> Scratch {
    let scratch = complete();
    scratch.write("gatecheck.toml", GOVERNING).write("flow.toml", FLOW).commit("Policy");
    scratch.git(&["checkout", "--quiet", "-b", "topic"]);
    let text = fs::read_to_string(scratch.root.join(PATHS)).unwrap();
    scratch.write(PATHS, format!("{text}\n## To check\n\n- [ ] Saturday is right\n"));
    scratch.commit("Leave something open");
    scratch
}

/// The findings of a report in JSON: rule, path, whether it counts.
fn findings(report: &str) -> Vec<(String, String, bool)> {
    let report = json(report);
    let all = report["findings"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|one| (word(&one["rule"]), word(&one["path"]), one["counted"] == true)).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// A way to soften the policy of a checked-out branch.
type Softening = fn(&Scratch);

const SOFTENINGS: &[(&str, Softening)] = &[
    ("a waiver", |scratch| {
        let waiver = format!(
            "{GOVERNING}[[waiver]]\nrule = \"open-box\"\npath = \"{PATHS}\"\n{TERMS}expires = 2026-12-31\n"
        );
        scratch.write("gatecheck.toml", waiver);
    }),
    ("a waiver in the document", |scratch| {
        let text = fs::read_to_string(scratch.root.join(PATHS)).unwrap();
        let waiver = "<!-- gatecheck: waive open-box reason=\"later\" owner=\"Mia Brandt\" \
                      expires=2026-12-31 -->\n- [ ]";
        scratch.write(PATHS, text.replace("- [ ]", waiver));
    }),
    ("a baseline", |scratch| {
        let (status, text, error) = ran(gatecheck(&scratch.root, &["baseline"]));
        assert_eq!(status, 0, "{text}{error}");
    }),
    ("a rule that is off", |scratch| {
        scratch.write("gatecheck.toml", GOVERNING.replace("deny", "off"));
    }),
    ("no configuration", |scratch| {
        scratch.remove("gatecheck.toml");
    }),
    ("another place for the configuration", |scratch| {
        scratch.remove("gatecheck.toml");
        scratch.write(".config/gatecheck.toml", "[levels]\nopen-box = \"off\"\n");
    }),
    ("a phase that is skipped", |scratch| {
        let skip = format!("[[workflow.skip]]\nphase = \"0\"\n{TERMS}until = 2026-12-31\n");
        scratch.write("gatecheck.toml", format!("{GOVERNING}{skip}"));
    }),
    ("a late beginning", |scratch| {
        scratch.write("gatecheck.toml", format!("{GOVERNING}begins = \"1\"\n"));
    }),
    ("another root", |scratch| {
        copy(&scratch.root.join(".work"), &scratch.root.join("plan"));
        let moved = PATHS.replace(".work", "plan");
        let text = fs::read_to_string(scratch.root.join(PATHS)).unwrap();
        scratch.write(&moved, text.replace("- [ ]", "- [x]"));
        scratch.write("gatecheck.toml", format!("{GOVERNING}roots = [\"plan\"]\n"));
    }),
    ("a workflow that asks for less", |scratch| {
        scratch.write("flow.toml", format!("{FLOW}remove = [\"golden-paths\"]\n"));
    }),
    ("another workflow file", |scratch| {
        scratch.write("mine.toml", format!("{FLOW}remove = [\"golden-paths\"]\n"));
        scratch.write("gatecheck.toml", GOVERNING.replace("flow.toml", "mine.toml"));
    }),
];

#[test]
fn nothing_that_a_branch_softens_counts_for_it() {
    let scratch = project();
    let bare = scratch.beside("bare.git");
    for (name, soften) in SOFTENINGS {
        scratch.git(&["checkout", "--quiet", "-f", "-B", "evil", "topic"]);
        soften(&scratch);
        scratch.commit(name);
        let (own, text, _) = check(&scratch, &["--rev", "evil", "--format", "concise"]);
        assert_eq!(own, 0, "{name} should soften its own verdict: {text}");
        let (status, text, _) = check(&scratch, &["--range", "main..evil", "--format", "json"]);
        let found = findings(&text);
        assert_eq!(status, 1, "{name}: {text}");
        let denied = ("open-box".to_owned(), PATHS.to_owned(), true);
        assert!(found.contains(&denied), "{name}: {found:?}");
        assert!(found.iter().any(|(rule, ..)| rule == "loosened-policy"), "{name}: {found:?}");
        let worktree = ["--policy-from", "main", "--base", "main", "--format", "json"];
        assert_eq!(findings(&check(&scratch, &worktree).1), found, "{name}");

        let _ = fs::remove_dir_all(&bare);
        scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
        let (_, again, _) = ran(gatecheck(&bare, &["--range", "main..evil", "--format", "json"]));
        assert_eq!(json(&again), json(&text), "{name}");
        scratch.git(&["clean", "--quiet", "-fd"]);
    }
}

#[test]
fn a_change_that_only_repairs_holds_by_its_base() {
    let scratch = project();
    let expired = format!(
        "{GOVERNING}[[waiver]]\nrule = \"open-box\"\npath = \"{PATHS}\"\n{TERMS}expires = 2025-12-31\n"
    );
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("gatecheck.toml", expired).commit("An exception that is over");
    assert_eq!(check(&scratch, &["--rev", "main"]).0, 1);
    assert_eq!(check(&scratch, &["--rev", "main", "--since", "main"]).0, 0);
    assert_eq!(check(&scratch, &["--rev", "main", "--since", "main~1"]).0, 1);
    scratch.git(&["checkout", "--quiet", "-b", "repair"]);
    scratch.write("gatecheck.toml", GOVERNING).commit("Take it out");
    let (status, text, _) = check(&scratch, &["--range", "main..repair", "--format", "concise"]);
    assert_eq!(status, 0, "{text}");
    assert!(!text.contains("loosened-policy"), "{text}");
    assert!(text.contains("note: gatecheck.toml governs as it stands in main ("), "{text}");
}

#[test]
fn a_waiver_that_is_over_is_not_brought_back_by_a_change() {
    let scratch = complete();
    let waiver = |last: &str| {
        format!("[[waiver]]\nrule = \"open-box\"\npath = \"{PATHS}\"\n{TERMS}expires = {last}\n")
    };
    scratch.write("gatecheck.toml", waiver("2025-12-31")).commit("Waive");
    scratch.git(&["checkout", "--quiet", "-b", "topic"]);
    scratch.write("gatecheck.toml", waiver("2099-12-31")).commit("Put it off");
    let over = |view: [&str; 2]| {
        let (_, report, _) = check(&scratch, &[view[0], view[1], "--format", "json"]);
        findings(&report).iter().any(|(rule, ..)| rule == "expired-waiver")
    };
    assert!(!over(["--rev", "topic"]));
    assert!(over(["--range", "main..topic"]));
    scratch.write("gatecheck.toml", "").commit("Delete it");
    assert!(!over(["--range", "main..topic"]));
}

#[test]
fn the_first_configuration_does_not_govern_itself() {
    let scratch = complete();
    scratch.git(&["checkout", "--quiet", "-b", "first"]);
    scratch.remove(PATHS).write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
    scratch.commit("A configuration");
    assert_eq!(check(&scratch, &["--rev", "first"]).0, 0);
    let (status, text, _) = check(&scratch, &["--range", "main..", "--format", "concise"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("the built-in settings govern, because main ("), "{text}");
    assert!(text.contains("gatecheck.toml:2:1: warn[loosened-policy]"), "{text}");
    let base = scratch.git(&["rev-parse", "main"]);
    let range = format!("{}..first", base.trim());
    let (_, text, _) = check(&scratch, &["--range", &range, "--format", "concise"]);
    let note = format!("because {} has no configuration", &base.trim()[..7]);
    assert!(text.contains(&note), "{text}");
    let (_, text, _) = check(&scratch, &["--range", "main..main", "--format", "concise"]);
    assert!(!text.contains("govern"), "nobody configured anything: {text}");

    // Nothing at all stands in the base.
    scratch.git(&["checkout", "--quiet", "--orphan", "empty"]);
    scratch.git(&["rm", "--quiet", "-rf", "."]);
    scratch.write("README.md", "# Nothing\n").commit("Nothing");
    let (status, text, _) = check(&scratch, &["--range", "empty..first", "--format", "concise"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains(&format!("{PATHS}: deny[missing-deliverable]")), "{text}");
    assert_eq!(check(&scratch, &["--range", "empty..empty", "--if-present"]).0, 0);
    assert_eq!(check(&scratch, &["--range", "first..empty", "--if-present"]).0, 2);
}

#[test]
fn three_dots_begin_where_the_two_parted() {
    let scratch = project();
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("gatecheck.toml", GOVERNING.replace("deny", "off")).commit("Later");
    scratch.git(&["checkout", "--quiet", "topic"]);
    assert_eq!(check(&scratch, &["--range", "main..topic"]).0, 0);
    assert_eq!(check(&scratch, &["--range", "main...topic"]).0, 1);
    assert_eq!(check(&scratch, &["--range", "main..."]).0, 1);
    scratch.git(&["checkout", "--quiet", "--orphan", "alone"]);
    scratch.commit("Another beginning");
    let (status, _, error) = check(&scratch, &["--range", "main...alone"]);
    assert_eq!(status, 2);
    assert!(error.contains("parted") && error.contains("no commit in common"), "{error}");
}

#[test]
fn what_a_revision_has_already_is_forgiven() {
    let scratch = project();
    let (status, text, _) = check(&scratch, &["--since", "topic", "--format", "json"]);
    assert_eq!(status, 0, "{text}");
    let report = json(&text);
    let all = report["findings"].as_array().unwrap();
    let known = all.iter().filter(|one| one["because"] == "known" && one["counted"] == false);
    assert!(known.clone().any(|one| one["rule"] == "open-box"), "{text}");
    let counted = match known.count() {
        1 => "1 known finding is not counted".to_owned(),
        many => format!("{many} known findings are not counted"),
    };
    let human = check(&scratch, &["--since", "topic", "--color", "never"]).1;
    assert!(human.contains(&counted), "{human}");
    assert_eq!(check(&scratch, &["--since", "main"]).0, 1);

    // One more of the same is new, and one that is gone does not excuse another.
    let before = fs::read_to_string(scratch.root.join(PATHS)).unwrap();
    scratch.remove(".work/foundation/product/acceptance-criteria.md").commit("Lose a document");
    assert_eq!(check(&scratch, &["--since", "topic~1"]).0, 1);
    assert_eq!(check(&scratch, &["--since", "topic"]).0, 0);
    scratch.remove(".work/foundation/ux/WIREFRAMES.md");
    scratch.write(PATHS, before.replace("- [ ]", "- [x]"));
    let (status, text, _) = check(&scratch, &["--since", "topic", "--format", "concise"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("WIREFRAMES.md"), "{text}");
}

#[test]
fn findings_of_gates_that_were_not_judged_are_not_known() {
    let scratch = project();
    let arguments = ["--since", "topic", "--through", "0"];
    assert_eq!(check(&scratch, &arguments).0, 0);
    scratch.git(&["checkout", "--quiet", "-B", "early", "main"]);
    fs::remove_dir_all(scratch.root.join(".work")).unwrap();
    scratch.commit("Nothing has begun");
    scratch.git(&["checkout", "--quiet", "topic"]);
    let (status, text, _) = check(&scratch, &["--since", "early", "--format", "concise"]);
    assert_eq!(status, 1, "{text}");
}

/// The commits that iterations are held to, by the JSON report.
fn agreements(report: &str) -> Vec<(String, String)> {
    let report = json(report);
    let all = report["workflows"][0]["agreements"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|one| (word(&one["commit"]), word(&one["why"]))).collect()
}

#[test]
fn the_agreement_has_a_name() {
    let scratch = complete();
    let first = scratch.git(&["rev-parse", "HEAD"]);
    let entry = "[[workflow]]\nfile = \"flow.toml\"\n";
    let flow = format!("{FLOW}agreement = \"gate-{{iteration}}\"\n");
    scratch.write("gatecheck.toml", entry).write("flow.toml", &flow).commit("Policy");
    // The workflow names what is not there, so that it is inferred.
    let (status, text, _) = check(&scratch, &["--format", "json"]);
    assert_eq!(status, 0, "{text}");
    let inferred = agreements(&text);
    assert!(inferred.iter().all(|(_, why)| why.contains("first evidence")), "{inferred:?}");
    scratch.git(&["tag", "gate-2", &first]);
    let named = agreements(&check(&scratch, &["--format", "json"]).1);
    assert_eq!(named[0], inferred[0]);
    assert_eq!(named[1].0, first);
    assert!(named[1].1.contains("flow.toml names as gate-2"), "{named:?}");

    // The configuration comes first, and must find what it names.
    let line = "agreement = [\"none-such\", \"design-{iteration}\"]";
    scratch.write("gatecheck.toml", format!("{entry}{line}\n"));
    let (status, _, error) = check(&scratch, &["--color", "never"]);
    assert_eq!(status, 2);
    assert!(error.contains("gatecheck.toml:3:14") && error.contains("git fetch --tags"), "{error}");
    scratch.git(&["tag", "design-1", &first]);
    scratch.git(&["tag", "design-2"]);
    let head = scratch.git(&["rev-parse", "HEAD"]);
    let named = agreements(&check(&scratch, &["--format", "json"]).1);
    assert_eq!([&*named[0].0, &*named[1].0], [&*first, &*head]);
    assert!(named[1].1.contains("gatecheck.toml names as design-2"), "{named:?}");
    let asked = agreements(&check(&scratch, &["--base", "HEAD", "--format", "json"]).1);
    assert!(asked.iter().all(|(commit, _)| *commit == head), "{asked:?}");
}

#[test]
fn options_that_contradict_each_other_are_usage_errors() {
    let scratch = project();
    let two = |one: &[&str]| {
        let (status, out, error) = check(&scratch, one);
        assert_eq!((status, out.as_str()), (2, ""), "{one:?}");
        error
    };
    for other in [
        &["--rev", "HEAD"][..],
        &["--staged"],
        &["--worktree"],
        &["--base", "main"],
        &["--policy-from", "main"],
        &["--config", "gatecheck.toml"],
    ] {
        let error = two(&[&["--range", "main..topic"], other].concat());
        assert!(error.contains("cannot be used with"), "{error}");
    }
    two(&["--config", "gatecheck.toml", "--policy-from", "main"]);
    assert!(two(&["--range", "main"]).contains("main..HEAD"));
    for unknown in ["--base", "--policy-from", "--since"] {
        let error = two(&[unknown, "none-such"]);
        assert!(error.contains("`none-such`") && error.contains("fetched"), "{error}");
    }
    two(&["--range", "none-such..topic"]);
    two(&["--range", "main..none-such"]);
}
