//! What a project knew when it adopted gatecheck, and how that gets shorter.

mod files;

use std::fs;

use crate::project::{INTERFACE, broken, check, complete, copy, gatecheck, json, ran, state};
use crate::scratch::Scratch;

const FILE: &str = "gatecheck-baseline.toml";
const STORIES: &str = ".work/foundation/product/user-stories.md";
const MARKED: &str = "warn[unused-baseline-entry]";

fn read(scratch: &Scratch, path: &str) -> String {
    fs::read_to_string(scratch.root.join(path)).unwrap()
}

/// Adds lines to the end of a document.
fn append(scratch: &Scratch, path: &str, lines: &str) {
    scratch.write(path, format!("{}{lines}", read(scratch, path)));
}

/// A complete project whose stories leave something open, twice in the same words.
fn open_ended() -> Scratch {
    let scratch = complete();
    append(&scratch, STORIES, "\n## Later\n\n- TBD\n- TBD\n");
    scratch
}

fn baseline(scratch: &Scratch, arguments: &[&str]) -> (i32, String, String) {
    check(scratch, &[&["baseline"], arguments].concat())
}

#[test]
fn what_is_known_fails_no_gate_in_any_view() {
    let scratch = open_ended();
    assert_eq!(check(&scratch, &[]).0, 1);
    let (status, text, error) = baseline(&scratch, &[]);
    assert_eq!((status, &*error), (0, ""));
    assert!(text.starts_with(&format!("Wrote {FILE}. It knows 2 findings, which deny.")), "{text}");
    let written = read(&scratch, FILE);
    assert!(written.contains("count = 2"), "{written}");
    assert_eq!(written.matches("[[known]]").count(), 1, "{written}");

    scratch.commit("Know what is open");
    let bare = scratch.beside("bare.git");
    scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
    let views = [
        check(&scratch, &["--format", "json"]),
        check(&scratch, &["--staged", "--format", "json"]),
        check(&scratch, &["--rev", "HEAD", "--format", "json"]),
        ran(gatecheck(&bare, &["--rev", "HEAD", "--format", "json"])),
    ];
    for (status, text, _) in views {
        let report = json(&text);
        assert_eq!((status, &report["verdict"]), (0, &"holds".into()), "{text}");
        let known: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|one| one["because"].as_str())
            .collect();
        assert_eq!(known, ["known", "known"], "{text}");
        let mut gates = report["workflows"][0]["phases"].as_array().unwrap().iter();
        let gate = gates.find(|gate| gate["because"] == "2 known findings are forgiven");
        assert!(gate.is_some_and(|gate| gate["verdict"] == "holds"), "{text}");
    }
    let (_, text, _) = check(&scratch, &[]);
    assert!(text.contains("2 known findings are not counted"), "{text}");
    let (_, text, _) = check(&scratch, &["status"]);
    assert!(text.contains("holds: 2 known findings are forgiven"), "{text}");
    assert_eq!(check(&scratch, &["--rev", "HEAD~1"]).0, 0);
}

#[test]
fn whatever_is_new_counts() {
    let scratch = open_ended();
    baseline(&scratch, &[]);
    append(&scratch, STORIES, "- TBD\n");
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert_eq!((status, text.matches("deny[placeholder-marker]").count()), (1, 1), "{text}");
    // The same words in another document are another finding.
    let scratch = open_ended();
    baseline(&scratch, &[]);
    append(&scratch, ".work/foundation/product/golden-paths.md", "\n## Later\n\n- TBD\n");
    assert_eq!(check(&scratch, &[]).0, 1);
}

/// A finding that speaks of several things knows these and no others.
#[test]
fn what_a_known_finding_speaks_of_does_not_grow() {
    let scratch = complete();
    let evidence = ".work/implementation/accounts/EVIDENCE.md";
    let named = read(&scratch, evidence);
    let missing = |names: &[&str]| {
        let absent = |text: String, name: &&str| text.replace(*name, &format!("no-{name}"));
        scratch.write(evidence, names.iter().fold(named.clone(), absent));
    };
    missing(&["events.ts", "members.ts", "routes.ts", "sessions.ts", "throttle.ts"]);
    baseline(&scratch, &[]);
    scratch.commit("Five files that nobody wrote");
    assert!(
        read(&scratch, FILE).contains("\"src/accounts/no-events.ts\""),
        "{}",
        read(&scratch, FILE)
    );
    assert_eq!(check(&scratch, &[]).0, 0, "{}", check(&scratch, &[]).1);

    missing(&["members.ts", "routes.ts", "sessions.ts", "throttle.ts"]);
    assert_eq!(check(&scratch, &[]).0, 0, "one was written: {}", check(&scratch, &[]).1);
    missing(&["LoginPage.tsx", "members.ts", "routes.ts", "sessions.ts", "throttle.ts"]);
    assert_eq!(check(&scratch, &[]).0, 1, "another is missing");
    scratch.remove(FILE);
    assert_eq!(check(&scratch, &["--since", "HEAD"]).0, 1, "another is missing since then");
    let (status, text, _) = check(&scratch, &["--since", "HEAD", "--format", "concise"]);
    assert_eq!((status, text.matches("deny[named-file-missing]").count()), (1, 1), "{text}");
}

#[test]
fn a_known_finding_that_grew_is_added_as_it_is_now() {
    let scratch = complete();
    let evidence = ".work/implementation/accounts/EVIDENCE.md";
    let named = read(&scratch, evidence);
    let five = named.replace("src/accounts/", "src/nobody/");
    scratch.write(evidence, five.replace("src/nobody/events.ts", "src/accounts/events.ts"));
    baseline(&scratch, &[]);
    scratch.write(evidence, five);
    assert_eq!(baseline(&scratch, &[]).0, 1);
    assert_eq!(baseline(&scratch, &["--add", "--prune"]).0, 0);
    assert_eq!(check(&scratch, &["--frozen-baseline"]).0, 0, "{}", check(&scratch, &[]).1);
    assert_eq!(read(&scratch, FILE).matches("rule = \"named-file-missing\"").count(), 1);
}

#[test]
fn a_finding_is_known_after_edits_elsewhere_and_a_move() {
    let scratch = open_ended();
    baseline(&scratch, &[]);
    scratch.write(STORIES, format!("# Stories of the shop\n\n{}", read(&scratch, STORIES)));
    assert_eq!(check(&scratch, &[]).0, 0, "{}", check(&scratch, &[]).1);
    let text = read(&scratch, STORIES);
    scratch.remove(STORIES).write(".work/foundation/product/USER-STORIES.md", text);
    assert_eq!(check(&scratch, &[]).0, 0, "{}", check(&scratch, &[]).1);
}

#[test]
fn deleting_a_document_whose_holes_are_known_fails_its_gate() {
    let scratch = open_ended();
    baseline(&scratch, &[]);
    scratch.remove(STORIES);
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains(&format!("{STORIES}: deny[missing-deliverable]")), "{text}");
    assert!(text.contains(MARKED), "{text}");
}

#[test]
fn a_baseline_never_grows_by_itself() {
    let scratch = open_ended();
    baseline(&scratch, &[]);
    let before = read(&scratch, FILE);
    scratch.remove(INTERFACE);
    let (status, text, _) = baseline(&scratch, &[]);
    assert_eq!((status, read(&scratch, FILE)), (1, before.clone()), "{text}");
    assert!(text.contains("1 finding is not in it:\n") && text.contains(INTERFACE), "{text}");
    assert!(text.contains("Nothing was written.\n") && text.contains("baseline --add"), "{text}");

    let (status, text, _) = baseline(&scratch, &["--prune"]);
    assert_eq!((status, read(&scratch, FILE)), (0, before), "{text}");
    assert!(
        text.contains("nothing to change") && text.contains("1 finding is not in it"),
        "{text}"
    );
    assert_eq!(check(&scratch, &[]).0, 1);

    let (status, text, _) = baseline(&scratch, &["--add"]);
    assert_eq!((status, &*text), (0, &*format!("{FILE}: added 1 finding, which denies.\n")));
    assert_eq!(check(&scratch, &[]).0, 0);
    assert_eq!(baseline(&scratch, &[]).0, 0);
}

#[test]
fn a_baseline_gets_shorter_as_findings_are_repaired() {
    let scratch = open_ended();
    baseline(&scratch, &[]);
    scratch.write(STORIES, read(&scratch, STORIES).replacen("- TBD\n", "", 1));
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert_eq!(status, 0, "{text}");
    let told = format!("{FILE}:11:8: {MARKED} this entry knows 2 findings of `placeholder-marker`");
    assert!(text.contains(&told), "{text}");
    assert_eq!(check(&scratch, &["--frozen-baseline"]).0, 1);

    let (status, text, _) = baseline(&scratch, &[]);
    assert_eq!(status, 1, "{text}");
    let (status, text, _) = baseline(&scratch, &["--prune"]);
    assert_eq!((status, &*text), (0, &*format!("{FILE}: took out 1 entry.\n")));
    assert!(!read(&scratch, FILE).contains("count = "), "{}", read(&scratch, FILE));
    assert_eq!(check(&scratch, &["--frozen-baseline"]).0, 0);

    scratch.write(STORIES, read(&scratch, STORIES).replace("- TBD\n", "Nothing more.\n"));
    baseline(&scratch, &["--prune"]);
    let left = read(&scratch, FILE);
    assert!(left.ends_with("\nschema = 1\n"), "{left}");
    assert_eq!(check(&scratch, &["--frozen-baseline"]).0, 0);
    append(&scratch, STORIES, "\n- TBD\n");
    assert_eq!(check(&scratch, &[]).0, 1);
}

/// A rule that this run did not judge, or not in all that there is, proves no entry idle.
#[test]
fn what_was_not_judged_is_not_called_idle() {
    let scratch = complete();
    let report = ".work/integration/INTEGRATION-REPORT.md";
    append(&scratch, report, "\n## Later\n\nTBD\n");
    scratch.write(".work/deployment/RELEASE-NOTES.md", "# Release notes\n\nTBD\n");
    scratch.commit("Open ends");
    baseline(&scratch, &[]);
    for arguments in [
        &["--through", "previous"][..],
        &["--through", "0"],
        &["--workflow", "standard-orchestration"],
        &["--since", "HEAD"],
    ] {
        let (_, text, _) = check(&scratch, &[&["--format", "concise"], arguments].concat());
        assert!(!text.contains(MARKED), "{arguments:?}: {text}");
    }
}

#[test]
fn the_policy_itself_is_never_known() {
    let scratch = complete();
    let waiver = "[[waiver]]\nrule = \"open-box\"\npath = \".work/x.md\"\n";
    scratch.write("gatecheck.toml", waiver);
    let (status, text, _) = baseline(&scratch, &[]);
    assert_eq!(status, 0);
    assert!(text.starts_with("No finding counts"), "{text}");
    assert!(
        text.contains("can never be known") && text.contains("waiver-without-reason"),
        "{text}"
    );
    assert!(!scratch.root.join(FILE).exists());
    assert_eq!(check(&scratch, &[]).0, 1);
}

/// What is known of a document that is missing ends when it is written, whoever forgets the entry.
#[test]
fn a_document_that_was_written_since_cannot_be_deleted_again() {
    let scratch = broken();
    let knows = |scratch: &Scratch, arguments: &[&str]| {
        let (status, text, error) = check(scratch, &[arguments, &["--format", "concise"]].concat());
        assert!(status == 0 || text.contains("deny[missing-deliverable]"), "{text}{error}");
        status == 0
    };
    // It stood long ago, before anybody agreed to do without it.
    assert_eq!(baseline(&scratch, &[]).0, 0);
    assert!(knows(&scratch, &[]));
    scratch.commit("Know that it is missing");
    assert!(knows(&scratch, &[]) && knows(&scratch, &["--rev", "HEAD"]));

    scratch.git(&["checkout", "--quiet", "HEAD~2", "--", INTERFACE]);
    scratch.commit("Write it");
    assert!(check(&scratch, &["--format", "concise"]).1.contains(MARKED));
    scratch.git(&["rm", "--quiet", INTERFACE]);
    assert!(!knows(&scratch, &[]) && !knows(&scratch, &["--staged"]));
    assert!(!knows(&scratch, &["--policy-from", "HEAD"]));
    scratch.commit("Delete it");
    scratch.write("README.md", "# More\n").commit("Do something else");
    assert!(!knows(&scratch, &[]) && !knows(&scratch, &["--rev", "HEAD"]));
    assert!(!knows(&scratch, &["--policy-from", "HEAD~2"]));
    let (_, text, _) = check(&scratch, &[]);
    assert!(text.contains("known only until it was written"), "{text}");
    let bare = scratch.beside("bare.git");
    scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
    assert_eq!(ran(gatecheck(&bare, &["--rev", "HEAD"])).0, 1);

    let before = read(&scratch, FILE);
    for arguments in [&[][..], &["--add"], &["--prune"]] {
        let (_, text, _) = baseline(&scratch, arguments);
        assert!(text.contains("1 finding can never be known"), "{text}");
        assert_eq!(read(&scratch, FILE), before);
    }
    scratch.remove(FILE).commit("Forget");
    baseline(&scratch, &[]);
    scratch.commit("Agree once more to do without it");
    assert!(knows(&scratch, &[]) && knows(&scratch, &["--rev", "HEAD"]));
}

/// With `--base` and `--range` what stands is held to another revision than what was agreed.
#[test]
fn another_agreement_makes_no_entry_idle() {
    let scratch = complete();
    let before = scratch.git(&["rev-parse", "HEAD"]);
    let text = read(&scratch, INTERFACE);
    let line = text.lines().find(|line| line.starts_with("- Error cases: ")).unwrap();
    for path in [INTERFACE, ".work/foundation/architecture/ARCHITECTURE.md"] {
        scratch.write(path, read(&scratch, path).replace(line, &format!("{line}, 418 (a teapot)")));
    }
    scratch.commit("Change what was agreed");
    baseline(&scratch, &[]);
    assert!(read(&scratch, FILE).contains("unreported-change"), "{}", read(&scratch, FILE));
    scratch.commit("Know it");
    for arguments in [&["--range", "HEAD~1..HEAD"][..], &["--base", "HEAD"], &["--base", &before]] {
        let (_, text, _) = check(&scratch, &[arguments, &["--format", "concise"]].concat());
        assert!(!text.contains(MARKED), "{arguments:?}: {text}");
    }
}

/// A shallow history hides findings; that proves no entry idle.
#[test]
fn a_shallow_clone_calls_nothing_idle_that_it_may_not_see() {
    let scratch = broken();
    baseline(&scratch, &[]);
    scratch.git(&["checkout", "--quiet", "HEAD~1", "--", INTERFACE]);
    scratch.commit("Write it");
    let url = format!("file://{}", scratch.root.display());
    for (name, depth, marked) in [("whole", None, true), ("shallow", Some("--depth=1"), false)] {
        let clone = scratch.beside(name);
        let target = clone.display().to_string();
        let arguments: Vec<&str> =
            ["clone", "--quiet"].into_iter().chain(depth).chain([&*url, &*target]).collect();
        scratch.git(&arguments);
        let (_, text, _) = ran(gatecheck(&clone, &["--format", "concise"]));
        assert_eq!(text.contains(MARKED), marked, "{name}: {text}");
    }
    scratch.remove(INTERFACE).commit("Delete it again");
    let clone = scratch.beside("later").display().to_string();
    scratch.git(&["clone", "--quiet", "--depth=1", &url, &clone]);
    let (_, text, _) = ran(gatecheck(clone.as_ref(), &["--format", "concise"]));
    let note = "not judged: whether documents that the baseline knows to be missing were written";
    assert!(text.contains(note), "{text}");
}

#[test]
fn what_one_project_knows_another_does_not() {
    let scratch = Scratch::new();
    let first = state("phase-0");
    for root in ["one", "two"] {
        copy(&first.root.join(".work"), &scratch.root.join(root).join(".work"));
    }
    let roots =
        "[[workflow]]\nid = \"standard-orchestration\"\nroots = [\"one/.work\", \"two/.work\"]\n";
    scratch.write("gatecheck.toml", roots);
    let stories = |root: &str| format!("{root}/{STORIES}");
    append(&scratch, &stories("one"), "\n## Later\n\n- TBD\n");
    scratch.commit("Two projects");
    baseline(&scratch, &[]);
    assert_eq!(check(&scratch, &[]).0, 0);
    append(&scratch, &stories("two"), "\n## Later\n\n- TBD\n");
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert_eq!(status, 1);
    assert!(
        text.contains(&format!("{}:", stories("two"))) && !text.contains(&stories("one")),
        "{text}"
    );
    // Moving the trouble is no repair either.
    let whole = fs::read_to_string(first.root.join(STORIES)).unwrap();
    scratch.write(&stories("one"), whole);
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert!(status == 1 && text.contains(MARKED), "{text}");
}
