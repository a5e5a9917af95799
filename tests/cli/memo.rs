//! Answers that are known from before: they save time, and change nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

#[cfg(unix)]
use crate::project::{ENDLESS, put_endless};
use crate::project::{INTERFACE, REPORT, complete, gatecheck, plain, ran};
use crate::scratch::Scratch;

/// A project, and a folder for answers.
struct Desk {
    scratch: Scratch,
    cache: TempDir,
}

const STAGED: &[&str] = &["check", "--staged"];
const DOCTORED: &str = "nobody ever says this";

impl Desk {
    fn new() -> Self {
        Self { scratch: complete(), cache: TempDir::new().expect("a folder") }
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = gatecheck(&self.scratch.root, arguments);
        command.env_remove("GATECHECK_NO_CACHE").env("XDG_CACHE_HOME", self.cache.path());
        ran(command)
    }

    fn answers(&self) -> Vec<PathBuf> {
        let folder = fs::read_dir(self.cache.path().join("gatecheck/answers"));
        let files = folder.into_iter().flatten().map(|file| file.expect("a file").path());
        files.collect()
    }

    /// Puts other words into the only known answer, so that it shows where it is used.
    fn doctor(&self) {
        let files = self.answers();
        let [file] = &files[..] else { panic!("{files:?}") };
        let mut answer: Value = read(file);
        let outcome = answer["outcome"].as_str().expect("an outcome");
        let mut outcome: Value = serde_json::from_str(outcome).expect("an outcome");
        outcome["text"] = DOCTORED.into();
        let outcome = outcome.to_string();
        let key = answer["key"].as_str().expect("a key");
        answer["sum"] = gatecheck::source::digest(format!("{key}\0{outcome}").as_bytes()).into();
        answer["outcome"] = outcome.into();
        fs::write(file, answer.to_string()).expect("a file");
    }

    /// Whether a run takes the known answer for its own.
    fn knows(&self, arguments: &[&str]) -> bool {
        self.run(arguments).1 == DOCTORED
    }
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).expect("a file")).expect("an answer")
}

#[test]
fn the_same_question_has_the_same_answer() {
    let desk = Desk::new();
    for arguments in
        [STAGED, &["check", "--rev", "HEAD~1"], &["check", "--staged", "--format=json"]]
    {
        let first = desk.run(arguments);
        assert_eq!(desk.run(arguments), first, "{arguments:?}");
        assert_eq!(desk.run(&[arguments, &["--no-cache"]].concat()), first, "{arguments:?}");
    }
    assert_eq!(desk.answers().len(), 3);
    assert!(!desk.scratch.root.join(".git/gatecheck").exists());
}

#[test]
fn an_answer_is_used_while_nothing_changes() {
    let desk = Desk::new();
    let (_, right, _) = desk.run(STAGED);
    desk.doctor();
    assert!(desk.knows(STAGED));
    assert!(!desk.knows(&["check", "--staged", "--no-cache"]));
    assert!(!desk.knows(&["check", "--staged", "--through", "previous"]));
    let mut command = gatecheck(&desk.scratch.root, STAGED);
    command.env("XDG_CACHE_HOME", desk.cache.path()).env("GATECHECK_NO_CACHE", "1");
    assert_eq!(ran(command).1, right);
    let mut tomorrow = plain(&desk.scratch.root, &["check", "--staged", "--now=2026-01-16"]);
    tomorrow.env("XDG_CACHE_HOME", desk.cache.path());
    assert_eq!(ran(tomorrow).1, right);
}

#[test]
fn any_change_asks_anew() {
    let changes: [&dyn Fn(&Scratch); 6] = [
        &|scratch| drop(scratch.git(&["tag", "design-gate-1"])),
        &|scratch| drop(scratch.git(&["commit", "--quiet", "--allow-empty", "-m", "More"])),
        &|scratch| drop(scratch.git(&["checkout", "--quiet", "--detach"])),
        &|scratch| drop(scratch.git(&["rm", "--quiet", "--cached", INTERFACE])),
        &|scratch| drop(scratch.git(&["update-index", "--chmod=+x", INTERFACE])),
        &|scratch| {
            scratch.write("gatecheck.toml", "exclude = []\n").git(&["add", "gatecheck.toml"]);
        },
    ];
    for (number, change) in changes.iter().enumerate() {
        let desk = Desk::new();
        desk.run(STAGED);
        desk.doctor();
        // What is not staged is not judged.
        desk.scratch.write("gatecheck.toml", "nonsense").remove(REPORT);
        assert!(desk.knows(STAGED), "{number}");
        change(&desk.scratch);
        assert!(!desk.knows(STAGED), "{number}");
    }
}

#[test]
fn the_working_tree_is_always_judged_anew() {
    let desk = Desk::new();
    desk.run(&["check"]);
    assert_eq!(desk.answers(), [] as [PathBuf; 0]);
}

#[test]
fn a_damaged_answer_is_none() {
    let desk = Desk::new();
    let right = desk.run(STAGED);
    let file = desk.answers().remove(0);
    let whole = fs::read(&file).expect("an answer");
    let step = whole.len() / 8 + 1;
    for at in (0..whole.len()).step_by(step) {
        fs::write(&file, &whole[..at]).expect("a file");
        assert_eq!(desk.run(STAGED), right, "cut at {at}");
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(&file, flipped).expect("a file");
        assert_eq!(desk.run(STAGED), right, "flipped at {at}");
    }
}

#[cfg(unix)]
#[test]
fn an_answer_that_has_no_end_is_none() {
    let desk = Desk::new();
    let right = desk.run(STAGED);
    let files = desk.answers();
    let [file] = &files[..] else { panic!("{files:?}") };
    for put in ENDLESS {
        put_endless(put, file);
        assert_eq!(desk.run(STAGED), right, "{put:?}");
        assert!(fs::symlink_metadata(file).expect("a file").is_file(), "{put:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_changes_nothing() {
    let desk = Desk::new();
    let right = desk.run(&["check", "--staged", "--no-cache"]);
    fs::write(desk.cache.path().join("gatecheck"), "no folder").expect("a file");
    assert_eq!(desk.run(STAGED), right);
}

#[test]
fn old_answers_make_room() {
    let desk = Desk::new();
    let folder = desk.cache.path().join("gatecheck/answers");
    fs::create_dir_all(&folder).expect("a folder");
    for number in 0..100 {
        fs::write(folder.join(format!("{number}.json")), "old").expect("a file");
    }
    desk.run(STAGED);
    assert_eq!(desk.answers().len(), 64);
    desk.run(STAGED);
    assert_eq!(desk.answers().len(), 64);
}
