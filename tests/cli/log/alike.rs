//! What the log says of a commit is what a check of that commit says: on histories that are drawn
//! by lot, with everything in them that may change a verdict.

use std::collections::HashMap;
use std::process::Command;
use std::sync::Arc;

use gatecheck::base::RepoPath;
use gatecheck::engine::log::{self, Ask, Judged, Log, State, day};
use gatecheck::engine::{self, Request};
use gatecheck::source::Selection;

use crate::project::{complete, state};
use crate::scratch::{Scratch, head, open};

/// A sequence of numbers that is the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one<'t, T: AsRef<str>>(&mut self, of: &'t [T]) -> &'t str {
        of[self.below(of.len())].as_ref()
    }
}

/// Days since 1970 of the first commit: 2026-01-10.
const FIRST: usize = 20_463;

/// Commits everything on a day, counted from the first.
pub fn commit_on(scratch: &Scratch, day: usize, message: &str) -> String {
    scratch.git(&["add", "--all"]);
    dated(scratch, day, &["commit", "--quiet", "--allow-empty", "-m", message]);
    scratch.git(&["rev-parse", "HEAD"])
}

fn dated(scratch: &Scratch, day: usize, arguments: &[&str]) {
    let date = format!("@{} +0000", (FIRST + day) * 86_400 + 3_600);
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.current_dir(&scratch.root).args(["-c", "commit.gpgSign=false"]).args(arguments);
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
    command.envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")]);
    command.envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org")]);
    command.envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)]);
    assert!(command.status().expect("git").success(), "{arguments:?}");
}

/// A history that begins with a complete project and goes on by lot.
pub fn drawn(seed: u64, commits: usize) -> Scratch {
    let (mut dice, scratch, whole) = (Dice(seed), complete(), state("complete"));
    let mut day = 0;
    for number in 0..commits {
        change(&mut dice, &scratch, &whole, number, day);
        commit_on(&scratch, day, &format!("Change {number}"));
        day += dice.below(3);
        if dice.below(8) == 0 {
            merge(&mut dice, &scratch, number, day);
        }
    }
    scratch
}

/// The tracked files below a folder.
fn files(scratch: &Scratch, folder: &str) -> Vec<String> {
    let listed = scratch.git(&["ls-files", folder]);
    listed.lines().map(str::to_owned).collect()
}

fn change(dice: &mut Dice, scratch: &Scratch, whole: &Scratch, number: usize, day: usize) {
    let documents = files(scratch, ".work");
    let named = files(scratch, "src");
    let restore = |folder: &str| {
        let from = whole.root.join(folder);
        crate::project::copy(&from, &scratch.root.join(folder));
    };
    let edit = |path: &str, edit: &dyn Fn(String) -> String| {
        let text = std::fs::read_to_string(scratch.root.join(path)).unwrap_or_default();
        scratch.write(path, edit(text));
    };
    match dice.below(18) {
        _ if documents.is_empty() => restore(".work"),
        0 | 1 => edit(dice.one(&documents), &|text| format!("{text}\nSaid in passing.\n")),
        2 => _ = scratch.remove(dice.one(&documents)),
        3 => edit(dice.one(&documents), &|text| format!("{text}\n## Left open\n\nTBD\n")),
        4 | 5 => restore(".work"),
        6 if !named.is_empty() => _ = scratch.remove(dice.one(&named)),
        7 if !named.is_empty() => _ = scratch.write(dice.one(&named), ""),
        8 => restore("src"),
        9 => _ = scratch.write(&format!("notes/{number}.txt"), "Nothing of importance.\n"),
        10 => {
            let last = gatecheck_day(day + dice.below(4));
            let rule =
                dice.one(&["missing-deliverable", "placeholder-marker", "named-file-missing"]);
            let waiver = format!(
                "[[waiver]]\nrule = \"{rule}\"\nsubject = \"user-stories\"\nreason = \"later\"\n\
                 owner = \"me\"\nexpires = {last}\n"
            );
            scratch.write("gatecheck.toml", waiver);
        }
        11 => {
            let level = dice.one(&["off", "warn", "deny"]);
            scratch
                .write("gatecheck.toml", format!("[levels]\nnamed-file-missing = \"{level}\"\n"));
        }
        12 => _ = scratch.write("gatecheck.toml", "nonsense = [\n"),
        13 => {
            let _ = std::fs::remove_file(scratch.root.join("gatecheck.toml"));
        }
        14 => {
            let id = scratch.git(&["rev-parse", "--short=10", "HEAD"]);
            edit(".work/validation/sign-offs/product-manager.md", &|text| {
                let lines = text.lines().map(|line| {
                    match line.contains("**Release tag**") || line.contains("**Commit**") {
                        true => format!("- **Commit**: {id}"),
                        false => line.to_owned(),
                    }
                });
                lines.collect::<Vec<_>>().join("\n") + "\n"
            });
        }
        15 => {
            let evidence = ".work/implementation/catalog/EVIDENCE.md";
            edit(evidence, &|text| {
                text.replace("- `package.json`", "- `package.json`\n- `lib/elsewhere.ts`")
            });
        }
        16 => _ = scratch.write("packages/one/lib/elsewhere.ts", "export const one = 1;\n"),
        17 if dice.below(3) == 0 => std::fs::remove_dir_all(scratch.root.join(".work")).unwrap(),
        _ => _ = scratch.write("README.md", format!("{number}\n")),
    }
}

fn gatecheck_day(day: usize) -> String {
    let date = jiff::civil::date(1970, 1, 1);
    (date + jiff::Span::new().days((FIRST + day) as i64)).to_string()
}

/// Work on a branch, which documents may name by its commit, and its merge.
fn merge(dice: &mut Dice, scratch: &Scratch, number: usize, day: usize) {
    scratch.git(&["checkout", "--quiet", "-b", &format!("side-{number}")]);
    scratch.write(&format!("side/{number}.txt"), "Aside.\n");
    let id = commit_on(scratch, day, "Aside");
    scratch.git(&["checkout", "--quiet", "main"]);
    let evidence = ".work/implementation/accounts/EVIDENCE.md";
    if scratch.root.join(evidence).exists() && dice.below(2) == 0 {
        let text = std::fs::read_to_string(scratch.root.join(evidence)).unwrap();
        scratch.write(evidence, format!("{text}\nBuilt in commit `{}`.\n", &id[..12]));
        commit_on(scratch, day, "Name it");
    }
    if dice.below(4) > 0 {
        dated(
            scratch,
            day,
            &["merge", "--quiet", "--no-ff", "-m", "Merge", &format!("side-{number}")],
        );
    }
    if dice.below(3) == 0 {
        let tag = format!("design-gate-{}", 1 + dice.below(2));
        scratch.git(&["tag", "--force", &tag, "HEAD~1"]);
    }
}

pub fn request() -> Request {
    Request { start: RepoPath::default(), ..Request::new(jiff::civil::date(2026, 1, 15)) }
}

pub fn told(scratch: &Scratch, ask: &Ask) -> Log {
    let opened = open(&scratch.root, head());
    log::log(&*opened.source, ask, &HashMap::new()).expect("a log")
}

/// Compares every commit with a check of it.
pub fn assert_alike(scratch: &Scratch, ask: &Ask) -> Log {
    let log = told(scratch, ask);
    let listed = scratch.git(&["rev-list", "--first-parent", "HEAD"]);
    let commits: Vec<&str> = log.stops.iter().map(|stop| &*stop.commit.0).collect();
    assert_eq!(commits, listed.lines().collect::<Vec<_>>());
    for (stop, state) in log.stops.iter().zip(&log.states) {
        let today = if ask.dated { ask.request.today } else { day(stop) };
        let view = open(&scratch.root, Selection::Revision(stop.commit.0.clone()));
        let request = Request { today, ..ask.request.clone() };
        match (engine::check(&*view.source, &request), &**state) {
            (Ok(report), State::Judged(judged)) => {
                assert_eq!(*judged, Judged::of(&report), "{}", stop.commit);
            }
            (Err(failure), State::Unjudged(said)) => assert_eq!(*said, failure.to_string()),
            (Err(failure), State::Absent) => {
                assert!(failure.what.starts_with("nothing to check"), "{failure}");
            }
            (checked, state) => panic!("{}: {checked:?} and {state:?}", stop.commit),
        }
    }
    log
}

fn shared(log: &Log) -> usize {
    log.states.windows(2).filter(|two| Arc::ptr_eq(&two[0], &two[1])).count()
}

fn ask() -> Ask {
    Ask { request: request(), dated: false, since: None, most: None }
}

#[test]
fn every_commit_is_judged_as_by_a_check() {
    for seed in [1, 2] {
        let scratch = drawn(seed, 26);
        let log = assert_alike(&scratch, &ask());
        assert!(shared(&log) > 0, "{seed}: {}", shared(&log));
        let verdicts = log.states.iter().map(|one| one.judged().map(|one| one.verdict.word()));
        let mut verdicts: Vec<_> = verdicts.collect();
        verdicts.sort_unstable();
        verdicts.dedup();
        assert!(verdicts.len() > 1, "{seed}: {verdicts:?}");
    }
}

#[test]
fn one_date_and_one_policy_may_govern_all() {
    let scratch = drawn(4, 20);
    let request = Request { policy_from: Some("HEAD~12".to_owned()), ..request() };
    assert_alike(&scratch, &Ask { request, dated: true, since: None, most: None });
}
