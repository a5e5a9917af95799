//! Verdicts that are known from before: they save time, and change nothing else.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use super::broken_and_mended;
use crate::project::{plain, ran};
use crate::scratch::Scratch;

/// A project, and a folder for what is kept.
struct Desk {
    scratch: Scratch,
    cache: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { scratch: broken_and_mended(), cache: TempDir::new().expect("a folder") }
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = plain(&self.scratch.root, &[&["log"], arguments].concat());
        command.env_remove("GATECHECK_NO_CACHE").env("XDG_CACHE_HOME", self.cache.path());
        ran(command)
    }

    fn right(&self) -> (i32, String, String) {
        self.run(&["--no-cache"])
    }

    fn files(&self) -> Vec<PathBuf> {
        let folder = fs::read_dir(self.cache.path().join("gatecheck/histories"));
        folder.into_iter().flatten().map(|file| file.expect("a file").path()).collect()
    }

    fn file(&self) -> PathBuf {
        let files = self.files();
        let [file] = &files[..] else { panic!("{files:?}") };
        file.clone()
    }

    /// Lets the only file say that gates were skipped which held, so that it shows where it is used.
    fn doctor(&self) {
        let mut kept: Value =
            serde_json::from_slice(&fs::read(self.file()).expect("a file")).expect("verdicts");
        let outcome = kept["outcome"].as_str().expect("an outcome");
        let outcome = outcome.replace("\"Holds\",\"because\"", "\"Skipped\",\"because\"");
        let key = kept["key"].as_str().expect("a key");
        kept["sum"] = gatecheck::source::digest(format!("{key}\0{outcome}").as_bytes()).into();
        kept["outcome"] = outcome.into();
        fs::write(self.file(), kept.to_string()).expect("a file");
    }

    fn uses_it(&self, arguments: &[&str]) -> bool {
        self.run(arguments).1.contains("skipped")
    }
}

#[test]
fn a_second_run_says_the_same() {
    let desk = Desk::new();
    let right = desk.right();
    assert_eq!(desk.files(), [] as [PathBuf; 0]);
    assert_eq!(desk.run(&[]), right);
    assert_eq!(desk.run(&[]), right);
    let (part, by_gate) = (["--max-count", "2"], ["--by-gate"]);
    for arguments in [&part[..], &by_gate] {
        let anew = desk.run(&[arguments, &["--no-cache"]].concat());
        assert_eq!(desk.run(arguments), anew);
    }
    // What is looked at and how it is shown changes no verdict.
    desk.file();
    desk.scratch.write("notes.txt", "More.\n").commit("One more");
    assert_eq!(desk.run(&[]), desk.right());
}

#[test]
fn what_is_known_is_not_judged_again() {
    let desk = Desk::new();
    desk.run(&[]);
    desk.doctor();
    assert!(desk.uses_it(&[]));
    assert!(desk.uses_it(&["--max-count", "2"]));
    for arguments in [&["--no-cache"][..], &["--now", "2026-01-16"], &["--policy-from", "HEAD"]] {
        assert!(!desk.uses_it(arguments), "{arguments:?}");
    }
}

#[test]
fn what_the_repository_says_otherwise_is_judged_anew() {
    let desk = Desk::new();
    let (scratch, newest) = (&desk.scratch, ["--max-count", "1", "--format", "json"]);
    let config =
        "[[workflow]]\nid = \"standard-orchestration\"\nagreement = \"design-{iteration}\"\n";
    scratch.write("gatecheck.toml", config).commit("Say which tags count");
    let design = scratch.git(&["log", "--format=%H", "--grep=the design of iteration 2"]);
    for iteration in ["design-1", "design-2"] {
        scratch.git(&["tag", iteration, &design]);
    }
    let skipped = |arguments: &[&str]| {
        let out = crate::project::json(&desk.run(arguments).1);
        let gates = out["gates"].as_array().unwrap().iter();
        gates.filter(|one| one["verdict"] == "skipped").count()
    };
    assert_eq!(skipped(&newest), 0);
    desk.doctor();
    assert!(skipped(&newest) > 0);
    scratch.git(&["tag", "--force", "design-1", &format!("{design}~1")]);
    assert_eq!(skipped(&newest), 0);
}

#[test]
fn a_damaged_file_is_none() {
    let desk = Desk::new();
    let right = desk.run(&[]);
    let (file, step) = (desk.file(), 3);
    let whole = fs::read(&file).expect("verdicts");
    for at in (0..whole.len()).step_by(whole.len() / step + 1) {
        fs::write(&file, &whole[..at]).expect("a file");
        assert_eq!(desk.run(&[]), right, "cut at {at}");
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(&file, flipped).expect("a file");
        assert_eq!(desk.run(&[]), right, "flipped at {at}");
    }
    // What names nothing is no answer either.
    let mut kept: Value = serde_json::from_slice(&whole).expect("verdicts");
    let outcome = r#"{"states":[],"answers":[],"grounds":[[7]],"commits":[["1",2,3]]}"#;
    let key = kept["key"].as_str().expect("a key");
    kept["sum"] = gatecheck::source::digest(format!("{key}\0{outcome}").as_bytes()).into();
    kept["outcome"] = outcome.into();
    fs::write(&file, kept.to_string()).expect("a file");
    assert_eq!(desk.run(&[]), right);
}

#[test]
fn a_folder_that_cannot_be_written_changes_nothing() {
    let desk = Desk::new();
    let right = desk.right();
    fs::write(desk.cache.path().join("gatecheck"), "no folder").expect("a file");
    assert_eq!(desk.run(&[]), right);
}
