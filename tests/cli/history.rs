//! The example repository with a history: what is found in it, and what its ledger tells.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::hostile::assert_harmless;
use crate::project::{gatecheck, json, plain, ran};

/// A repository that the script has built.
pub struct Built {
    folder: TempDir,
    pub root: PathBuf,
}

impl Built {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("ladle");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/history/build.sh");
        let built = Command::new("sh").arg(script).arg(&root).output().unwrap();
        let error = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success() && error.is_empty(), "{error}");
        Self { folder, root }
    }

    /// A bare clone beside it.
    pub fn bare(&self) -> PathBuf {
        let bare = self.folder.path().join("bare.git");
        let mut command = Command::new("git");
        command.args(["clone", "--quiet", "--bare"]).arg(&self.root).arg(&bare);
        assert!(command.status().unwrap().success());
        bare
    }
}

/// Every finding of a run: rule, path and the text of the line where it stands.
fn findings(folder: &Path, root: &Path, arguments: &[&str]) -> Vec<(String, String, String)> {
    let arguments = [&["--format", "json"], arguments].concat();
    let (status, out, error) = ran(gatecheck(folder, &arguments));
    assert_eq!(status, 1, "{error}");
    let report = json(&out);
    let found = report["findings"].as_array().unwrap().iter().map(|one| {
        let path = one["path"].as_str().unwrap();
        let text = std::fs::read_to_string(root.join(path)).unwrap();
        let line = one["line"].as_u64().unwrap() as usize;
        let line = text.lines().nth(line - 1).unwrap();
        let rule = one["rule"].as_str().unwrap();
        (rule.to_owned(), path.to_owned(), line.to_owned())
    });
    found.collect()
}

/// What the documents hide, as the description of the example says.
fn planted() -> Vec<(String, String, String)> {
    let planted = [
        (
            "outside-boundary",
            ".work/foundation/architecture/ARCHITECTURE.md",
            "- Code paths: `src/bookings/**`, `tests/bookings/**`",
        ),
        (
            "unreported-change",
            ".work/foundation/architecture/ARCHITECTURE.md",
            "- Error cases: 400 (missing field), 401 (missing or expired token), 404 (no such shift)",
        ),
        (
            "named-file-missing",
            ".work/implementation/bookings/tests/EVIDENCE.md",
            "- `tests/bookings/edge-cases.test.ts`",
        ),
        ("begun-too-early", ".work/validation/e2e-report.md", "# End-to-End Test Report"),
        ("written-too-early", ".work/validation/performance-report.md", "# Performance Report"),
        (
            "self-signed",
            ".work/validation/sign-offs/product-manager.md",
            "- **Signed by**: Viktor Brandt",
        ),
        (
            "endpoint-not-documented",
            "src/bookings/routes.ts",
            "bookings.get(\"/api/bookings/export\", everything);",
        ),
    ];
    planted.map(|(rule, path, line)| (rule.into(), path.into(), line.into())).into()
}

#[test]
fn what_is_wrong_is_found_and_nothing_else() {
    let built = Built::new();
    assert_eq!(findings(&built.root, &built.root, &[]), planted());
    assert_eq!(findings(&built.root, &built.root, &["--staged"]), planted());
    let bare = built.bare();
    assert_eq!(findings(&bare, &built.root, &["--rev", "main"]), planted());
    for folder in [&built.root, &bare] {
        assert_eq!(findings(folder, &built.root, &["--range", "design..main"]), planted());
    }
}

#[test]
fn the_ledger_tells_each_change_and_who_reported_it() {
    let built = Built::new();
    let (status, out, error) = ran(plain(&built.root, &["ledger"]));
    assert_eq!((status, &*error), (0, ""));
    insta::assert_snapshot!("history_ledger", out);
    let (_, bare, _) = ran(plain(&built.bare(), &["ledger", "--rev", "main"]));
    let state = |text: &str| text.split_once(" in ").map(|(_, rest)| rest.to_owned());
    let rest = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert_eq!(rest(&bare), rest(&out));
    assert_ne!(state(&bare), state(&out));
}

#[test]
fn the_log_tells_what_became_of_each_gate() {
    let built = Built::new();
    let (status, out, error) = ran(plain(&built.root, &["log", "--no-cache"]));
    assert_eq!((status, &*error), (0, ""));
    insta::assert_snapshot!("history_log", out);
    let (_, out, _) = ran(plain(&built.root, &["log", "--no-cache", "--gate", "2"]));
    insta::assert_snapshot!("history_log_of_a_gate", out);
    let (_, whole, _) = ran(plain(&built.root, &["log", "--no-cache", "--format", "json"]));
    let (_, bare, _) = ran(plain(&built.bare(), &["log", "--no-cache", "--format", "json"]));
    assert_eq!(json(&bare), json(&whole));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let built = Built::new();
    let readme = include_str!("../../README.md");
    let (_, ledger, _) = ran(plain(&built.root, &["ledger"]));
    assert!(readme.contains(&format!("```text\n{ledger}```\n")), "{ledger}");
    let (_, report, _) = ran(gatecheck(&built.root, &[]));
    let finding = report.split("\n\n").find(|one| one.starts_with("deny[unreported-change]"));
    let shown = finding.and_then(|one| one.split_once("   = promise")).map(|(shown, _)| shown);
    assert!(readme.contains(&format!("```text\n{}```\n", shown.unwrap())), "{report}");
}

#[test]
fn the_ledger_can_be_asked_for_a_part() {
    let built = Built::new();
    let things = |arguments: &[&str]| {
        let arguments = [&["ledger", "--format", "json"], arguments].concat();
        let (status, out, error) = ran(plain(&built.root, &arguments));
        assert_eq!((status, &*error), (0, ""));
        let ledger = json(&out);
        let changes = ledger["workflows"][0]["changes"].as_array().unwrap().clone();
        let mut things: Vec<Value> = changes.iter().map(|one| one["thing"].clone()).collect();
        things.dedup();
        things
    };
    assert_eq!(things(&[]), ["GET /api/shifts", "POST /api/bookings"]);
    assert_eq!(things(&["--iteration", "1", "--feature", "shifts"]), ["GET /api/shifts"]);
    // Bookings relies on Shifts.
    assert_eq!(things(&["--feature", "B"]), ["GET /api/shifts", "POST /api/bookings"]);
    assert_eq!(things(&["--range", "design..HEAD~1"]), ["GET /api/shifts", "POST /api/bookings"]);
    assert_eq!(things(&["--base", "HEAD"]), [""; 0]);
    assert_eq!(things(&["--rev", "design"]), [""; 0]);
    for (arguments, said) in [
        (["--feature", "bokings"], "did you mean Bookings?"),
        (["--iteration", "9"], "the iterations are 1"),
        (["--base", "v9"], "nothing is called so"),
    ] {
        let (status, _, error) = ran(plain(&built.root, &[&["ledger"][..], &arguments].concat()));
        assert_eq!(status, 2);
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("mine"), "").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/history/build.sh");
    let refused = Command::new("sh").arg(script).arg(folder.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_strangers_write_does_no_harm_in_any_form() {
    let built = Built::new();
    let evil = "\u{1b}[2J \u{202e}evil | <img src=x> `@team` ](https://x.y) ##[error] ::error::x";
    let edit = |path: &str, find: &str, replace: &str| {
        let path = built.root.join(".work").join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(find), "{find}");
        std::fs::write(&path, text.replace(find, replace)).unwrap();
    };
    edit("foundation/product/acceptance-criteria.md", "then it is refused.", evil);
    edit("implementation/shifts/EVIDENCE.md", "### DEV-1:", &format!("### DEV-1: {evil}"));
    edit("integration/INTEGRATION-REPORT.md", "- `GET", &format!("- {evil}\n- `GET"));
    let bad = built.root.join(".work/foundation/architecture/INTERFACE-bookings|\n::error @x.md");
    std::fs::rename(built.root.join(".work/foundation/architecture/INTERFACE-bookings.md"), bad)
        .unwrap();
    for format in ["human", "json", "markdown"] {
        let (status, out, error) = ran(plain(&built.root, &["ledger", "--format", format]));
        assert_eq!((status, &*error), (0, ""));
        assert!(out.contains("evil"), "{out}");
        assert_harmless(&out, format);
        if format == "markdown" {
            assert!(!out.contains("@team") && !out.contains("<img") && !out.contains("](https"));
            let rows: Vec<&str> = out.lines().filter(|line| line.starts_with('|')).collect();
            assert!(rows.iter().all(|row| row.matches('|').count() == 5), "{out}");
        }
    }
}
