//! What a merge would make is judged before anybody makes it.

use std::fs;

use serde_json::Value;

use crate::history::Built;
use crate::project::{complete, gatecheck, json, plain, ran};
use crate::scratch::Scratch;

const CATALOG: &str = ".work/implementation/catalog/EVIDENCE.md";
const RESERVATIONS: &str = ".work/implementation/reservations/EVIDENCE.md";
const REPORT: &str = ".work/integration/INTEGRATION-REPORT.md";
const PERFORMANCE: &str = ".work/validation/performance-report.md";

/// The complete project with branches `left` and `right`, each with changes of its own that leave
/// every gate as it is. `left` is checked out.
fn parted(left: impl Fn(&Scratch), right: impl Fn(&Scratch)) -> Scratch {
    let scratch = complete();
    scratch.git(&["branch", "right"]);
    scratch.git(&["checkout", "--quiet", "-b", "left"]);
    left(&scratch);
    scratch.commit("Left");
    scratch.git(&["checkout", "--quiet", "right"]);
    right(&scratch);
    scratch.commit("Right");
    scratch.git(&["checkout", "--quiet", "left"]);
    for branch in ["left", "right"] {
        let (status, out, error) = ran(gatecheck(&scratch.root, &["--rev", branch]));
        assert_eq!(status, 0, "{branch}: {out}{error}");
    }
    scratch
}

fn edit(scratch: &Scratch, path: &str, find: &str, replace: &str) {
    let text = fs::read_to_string(scratch.root.join(path)).unwrap();
    assert!(text.contains(find), "{path}: {find}");
    scratch.write(path, text.replace(find, replace));
}

/// The findings of a run that fails: rule, path, and the first related path.
fn findings(scratch: &Scratch, arguments: &[&str]) -> Vec<[String; 3]> {
    let arguments = [&["--format", "json"], arguments].concat();
    let (status, out, error) = ran(gatecheck(&scratch.root, &arguments));
    assert_eq!(status, 1, "{error}");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let report = json(&out);
    let all = report["findings"].as_array().unwrap().iter();
    all.map(|one| [&one["rule"], &one["path"], &one["related"][0]["path"]].map(word)).collect()
}

#[test]
fn two_branches_that_take_one_route_fail_together() {
    let built = Built::new();
    let bare = built.bare();
    for folder in [&built.root, &bare] {
        for branch in ["notes-in-shifts", "notes-in-bookings"] {
            assert_eq!(ran(gatecheck(folder, &["--rev", branch])).0, 0);
        }
        let merge = ["--rev", "notes-in-shifts", "--merge-with", "notes-in-bookings"];
        let (status, out, _) = ran(gatecheck(folder, &merge));
        assert_eq!(status, 1);
        assert!(out.contains("Shifts and Bookings both own `/api/notes/*`"), "{out}");
        assert!(out.contains("Shifts and Bookings both state GET /api/notes"), "{out}");
        let joined = out.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = "9 documents in merge of notes-in-shifts (4e94745) with notes-in-bookings (";
        assert!(joined.contains(label), "{out}");
        // A range gives the policy, and its end is what is merged.
        let range = ["--range", "design..notes-in-shifts", "--merge-with", "notes-in-bookings"];
        let (status, out, _) = ran(gatecheck(folder, &range));
        assert!(status == 1 && out.contains("both own `/api/notes/*`"), "{out}");
        let contracts = ["contracts", "--rev", "design", "--merge-with", "notes-in-shifts"];
        let (status, out, _) = ran(plain(folder, &contracts));
        assert!(status == 0 && out.contains("GET /api/notes"), "{out}");
    }
}

#[test]
fn two_branches_that_take_one_number_fail_together() {
    let number = |old: &'static str, paths: &'static [&'static str]| {
        move |scratch: &Scratch| paths.iter().for_each(|path| edit(scratch, path, old, "DEV-4"))
    };
    let scratch = parted(
        number("DEV-CAT-2", &[CATALOG, REPORT]),
        number("DEV-RES-2", &[RESERVATIONS, REPORT, PERFORMANCE]),
    );
    let found = findings(&scratch, &["--merge-with", "right"]);
    assert_eq!(found, [["duplicate-deviation", RESERVATIONS, CATALOG].map(str::to_owned)]);
    assert_eq!(findings(&scratch, &["--rev", "right", "--merge-with", "left"]), found);
}

#[test]
fn what_one_deletes_and_the_other_names_is_missing() {
    let scratch = parted(
        |scratch| {
            scratch.remove("src/navigation.ts");
        },
        |scratch| {
            let line = "- `src/catalog/tools.ts`\n";
            edit(scratch, CATALOG, line, &format!("- `src/navigation.ts`\n{line}"));
        },
    );
    let found = findings(&scratch, &["--merge-with", "right"]);
    assert_eq!(found, [["named-file-missing", CATALOG, ""].map(str::to_owned)]);
}

#[test]
fn a_conflict_in_a_document_leaves_no_verdict_and_one_elsewhere_does_not_matter() {
    let line = "Total deviations: 2";
    let text = |scratch: &Scratch, said: &str| {
        edit(scratch, CATALOG, line, &format!("{said}\n\n{line}"));
        scratch.write("src/app.ts", said).write("gatecheck.toml", format!("# {said}\n"));
    };
    let scratch = parted(|scratch| text(scratch, "One."), |scratch| text(scratch, "Another."));
    let failure = |arguments: &[&str]| {
        let arguments = [&["--merge-with", "right"], arguments].concat();
        let (status, out, error) = ran(gatecheck(&scratch.root, &arguments));
        assert_eq!((status, &*out), (2, ""), "{error}");
        error.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // The policy is read first.
    let policy = failure(&[]);
    let what = "error: cannot judge the merge of `HEAD` with `right`: it stops at a conflict in ";
    assert!(policy.starts_with(what), "{policy}");
    assert!(policy.contains("in gatecheck.toml (both add a file there, and the two differ)"));
    scratch.git(&["checkout", "--quiet", "right", "--", "gatecheck.toml"]);
    scratch.commit("Take their policy");
    let document = failure(&[]);
    assert!(document.contains(&format!("in {CATALOG} (both change the same lines)")), "{document}");
    assert!(document.contains("help: merge `right` into `HEAD` with git"), "{document}");
    scratch.git(&["checkout", "--quiet", "right", "--", CATALOG]);
    scratch.commit("Take their evidence");
    let (status, out, error) = ran(gatecheck(&scratch.root, &["--merge-with", "right"]));
    assert_eq!(status, 0, "{out}{error}");
}

#[test]
fn a_conflict_in_code_leaves_what_the_code_declares_unjudged() {
    const ROUTES: &str = "src/catalog/routes.ts";
    let rename = |to: &'static str| {
        move |scratch: &Scratch| edit(scratch, ROUTES, "/:id/watch", &format!("/:{to}/watch"))
    };
    let scratch = parted(rename("tool"), rename("lent"));
    let arguments = ["--merge-with", "right", "--format", "json"];
    let (status, out, error) = ran(gatecheck(&scratch.root, &arguments));
    assert_eq!(status, 0, "{out}{error}");
    let report = json(&out);
    let notes: Vec<&str> =
        report["notes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let expected = format!(
        "not judged: what the code declares, because `HEAD` and `right` conflict in {ROUTES}; \
         settle the conflict first"
    );
    assert!(notes.contains(&&*expected), "{notes:?}");
    let rules: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().map(|one| &one["rule"]).collect();
    assert!(rules.is_empty(), "{rules:?}");
}

#[test]
fn the_verdict_is_that_of_the_merge_that_git_makes() {
    let scratch = parted(
        |scratch| {
            edit(scratch, CATALOG, "Total deviations: 2", "There are two deviations.");
            scratch.git(&["mv", "src/navigation.ts", "src/menu.ts"]);
        },
        |scratch| {
            edit(scratch, RESERVATIONS, "Total deviations: 2", "There are two deviations.");
            scratch.git(&["mv", RESERVATIONS, ".work/implementation/reservations/evidence.md"]);
            scratch.git(&["rm", "--quiet", "index.html"]);
        },
    );
    let report = |arguments: &[&str]| {
        let arguments = [&["--format", "json", "--verbose"], arguments].concat();
        let (status, out, error) = ran(gatecheck(&scratch.root, &arguments));
        assert!(status < 2, "{error}");
        let mut report = json(&out);
        report["source"] = Value::Null;
        report
    };
    let made = report(&["--merge-with", "right"]);
    let history = report(&["--merge-with", "right", "--since", "left", "--policy-from", "right"]);
    let ahead = scratch.git(&["rev-parse", "left", "right"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "--no-edit", "right"]);
    assert_eq!(report(&["--rev", "HEAD"]), made);
    let ids: Vec<&str> = ahead.lines().collect();
    let really = ["--rev", "HEAD", "--since", ids[0], "--policy-from", ids[1]];
    let (really, notes) = (report(&really), "notes");
    assert_eq!(really["findings"], history["findings"]);
    assert_eq!(really[notes].as_array().map(Vec::len), history[notes].as_array().map(Vec::len));
}

#[test]
fn only_commits_are_merged() {
    let scratch = complete();
    for view in ["--staged", "--worktree"] {
        let (status, _, error) = ran(gatecheck(&scratch.root, &[view, "--merge-with", "main"]));
        assert_eq!(status, 2);
        assert!(error.contains("cannot be used with"), "{error}");
    }
    let (status, _, error) = ran(gatecheck(&scratch.root, &["--merge-with", "nobody"]));
    assert_eq!(status, 2);
    assert!(error.contains("cannot judge the revision `nobody`: nothing is called so"), "{error}");
}
