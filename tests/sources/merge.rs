//! A merge that nobody made is the one that git makes.

use std::fs;
use std::path::Path;

use gatecheck::base::RepoPath;
use gatecheck::source::{Opened, Selection, Source, Step};

use crate::scratch::{Scratch, describe, each, path, readers};

const TEXT: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

fn merge(ours: &str, theirs: &str) -> Selection {
    Selection::Merge { ours: ours.to_owned(), theirs: theirs.to_owned() }
}

/// What one side does to the files: writes them, or removes those without a text.
type Edits<'e> = &'e [(&'e str, Option<&'e str>)];

fn edit(scratch: &Scratch, edits: Edits<'_>) {
    for (path, text) in edits {
        let there = scratch.root.join(path);
        match text {
            None => drop(fs::remove_file(&there)),
            Some(text) => {
                if there.is_dir() {
                    fs::remove_dir_all(&there).expect("a folder to remove");
                }
                scratch.write(path, text);
            }
        }
    }
}

/// A repository with branches `main` and `topic`, of which the first is checked out.
fn parted(base: Edits<'_>, ours: Edits<'_>, theirs: Edits<'_>) -> Scratch {
    let scratch = Scratch::new();
    edit(&scratch, base);
    scratch.commit("Base");
    scratch.git(&["branch", "topic"]);
    edit(&scratch, ours);
    scratch.commit("Ours");
    scratch.git(&["checkout", "--quiet", "topic"]);
    edit(&scratch, theirs);
    scratch.commit("Theirs");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch
}

/// Each file below the root of the repository, or why it cannot be listed.
fn listed(source: &dyn Source) -> Result<Vec<String>, String> {
    match source.list(&path("")) {
        Ok(_) => Ok(describe(source, "")),
        Err(failure) => Err(failure.to_string()),
    }
}

/// What git itself makes of the merge of `topic`; nothing where it leaves something to people.
fn really(scratch: &Scratch) -> Option<Box<dyn Source>> {
    scratch.git(&["checkout", "--quiet", "-B", "merged", "main"]);
    let arguments = ["merge", "--quiet", "--no-ff", "--no-edit", "topic"];
    let merged = scratch.try_git(&scratch.root, &arguments).status.success();
    let head = merged.then(|| scratch.head());
    if !merged {
        scratch.git(&["merge", "--abort"]);
    }
    scratch.git(&["checkout", "--quiet", "main"]);
    head
}

/// The history below some paths without the id of its newest commit.
fn steps(source: &dyn Source, paths: &[RepoPath]) -> Vec<Step> {
    let mut steps = source.history().journal(paths).expect("a history").steps.to_vec();
    if let Some(first) = steps.first_mut().filter(|step| step.merge) {
        first.commit.0.clear();
    }
    steps
}

/// Holds the merge through every reader against that of git.
fn assert_alike(scratch: &Scratch, about: &str) {
    let real = really(scratch);
    for opened in each(&scratch.root, &merge("main", "topic")) {
        let made = opened.source;
        let found = listed(&*made);
        let Some(real) = &real else {
            let why = found.expect_err(about);
            assert!(why.contains("it stops at a conflict in"), "{about}: {why}");
            continue;
        };
        assert_eq!(found.as_ref(), Ok(&describe(&**real, "")), "{about}");
        assert_eq!(made.names(), real.names(), "{about}");
        assert_eq!(steps(&*made, &[path("")]), steps(&**real, &[path("")]), "{about}");
        for id in scratch.git(&["rev-list", "main", "topic"]).lines() {
            assert_eq!(made.history().commit(id), real.history().commit(id), "{about}");
        }
    }
}

#[test]
fn what_git_merges_is_merged_alike() {
    let edited = TEXT.replace("two", "2");
    let (two, seven) = (Some(&*edited), TEXT.replace("seven", "7"));
    let (seven, text) = (Some(&*seven), Some(TEXT));
    let cases: &[(&str, Edits<'_>, Edits<'_>, Edits<'_>)] = &[
        ("other files", &[("a", text)], &[("b/x", two)], &[("b/y", seven), ("a", None)]),
        ("other lines", &[("a", text)], &[("a", two)], &[("a", seven)]),
        ("the same lines", &[("a", text)], &[("a", two)], &[("a", Some("one\nzwei\n"))]),
        ("the same change", &[("a", text)], &[("a", two)], &[("a", two)]),
        ("both delete", &[("a", text), ("b", text)], &[("a", None)], &[("a", None)]),
        ("one deletes", &[("a", text)], &[("a", None), ("c", Some("c"))], &[("a", two)]),
        ("both add", &[("a", text)], &[("b", two)], &[("b", seven)]),
        ("both add the same", &[("a", text)], &[("b", two)], &[("b", two)]),
        ("one moves", &[("a", text)], &[("a", None), ("b/c", text)], &[("a", two)]),
        ("the other moves", &[("a", text)], &[("a", two)], &[("a", None), ("b/c", text)]),
        ("one moves and edits", &[("a", text)], &[("a", None), ("d/a", seven)], &[("a", two)]),
        (
            "both move to one place",
            &[("a", text)],
            &[("a", None), ("b", text)],
            &[("a", None), ("b", text), ("c", Some("c"))],
        ),
        (
            "both move apart",
            &[("a", text)],
            &[("a", None), ("b", text)],
            &[("a", None), ("c", text)],
        ),
        ("moved and deleted", &[("a", text)], &[("a", None), ("b", text)], &[("a", None)]),
        ("a file and a folder", &[("a", text)], &[("b", two)], &[("b/c", seven)]),
        ("a folder becomes a file", &[("a/x", text)], &[("c", two)], &[("a", seven)]),
        (
            "a file becomes a folder",
            &[("a", text)],
            &[("c", two)],
            &[("a", None), ("a/x", Some("x")), ("a/y/z", Some("z"))],
        ),
        ("a folder is emptied", &[("a/x", text), ("b", text)], &[("c", two)], &[("a/x", None)]),
        ("nothing new", &[("a", text)], &[("a", two)], &[]),
        ("nothing of one's own", &[("a", text)], &[], &[("a", two)]),
        ("bytes", &[("a", Some("a\0b"))], &[("a", Some("a\0c"))], &[("a", Some("a\0d"))]),
        ("an order of names", &[("a.b", text)], &[("a/x", two)], &[("a-b", two), ("a0", two)]),
    ];
    for (about, base, ours, theirs) in cases {
        assert_alike(&parted(base, ours, theirs), about);
    }
}

/// Numbers as if thrown.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides
    }
}

#[test]
fn histories_at_random_are_merged_alike() {
    const PATHS: [&str; 6] = ["a.md", "b.md", "d/a.md", "d/e/c.md", "d.md", "f/g.md"];
    for seed in 1..=40 {
        let mut dice = Dice(seed);
        let scratch = Scratch::new();
        for (at, place) in PATHS.iter().take(4).enumerate() {
            let lines = (0..9).map(|line| format!("{at} line {line} of some length\n"));
            scratch.write(place, lines.collect::<String>());
        }
        scratch.commit("Base");
        scratch.git(&["branch", "topic"]);
        for _ in 0..1 + dice.roll(4) {
            let branch = ["main", "topic"][dice.roll(2)];
            scratch.git(&["checkout", "--quiet", branch]);
            for _ in 0..1 + dice.roll(2) {
                change(&scratch, &mut dice, &PATHS);
            }
            scratch.commit("Change");
            // Each takes over what the other has, so that they come to have several ancestors.
            if dice.roll(3) == 0 {
                let other = if branch == "main" { "topic~0" } else { "main~0" };
                let merge = ["merge", "--quiet", "--no-ff", "--no-edit", other];
                if !scratch.try_git(&scratch.root, &merge).status.success() {
                    let _ = scratch.try_git(&scratch.root, &["merge", "--abort"]);
                }
            }
        }
        scratch.git(&["checkout", "--quiet", "main"]);
        assert_alike(&scratch, &format!("seed {seed}"));
    }
}

fn change(scratch: &Scratch, dice: &mut Dice, paths: &[&str]) {
    let from = paths[dice.roll(paths.len())];
    let file = scratch.root.join(from);
    let Ok(text) = fs::read_to_string(&file) else {
        if !file.exists() {
            let _ = fs::create_dir_all(file.parent().expect("a folder"));
            let _ = fs::write(file, format!("new {}\n", dice.roll(2)));
        }
        return;
    };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = dice.roll(lines.len().max(1));
    match dice.roll(5) {
        _ if lines.is_empty() => return,
        0 => drop(lines.remove(line)),
        1 => lines.insert(line, format!("inserted {}", dice.roll(3))),
        2 | 3 => lines[line] = format!("changed {}", dice.roll(3)),
        _ => {
            fs::remove_file(&file).expect("a file to move");
            let to = paths[dice.roll(paths.len())];
            if scratch.root.join(to).exists() {
                return;
            }
            let _ = fs::create_dir_all(scratch.root.join(to).parent().expect("a folder"));
            let _ = fs::write(scratch.root.join(to), &text);
            return;
        }
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(file, text).expect("a file to write");
}

#[test]
fn sides_that_merged_each_other_are_merged_by_all_they_share() {
    let scratch = parted(
        &[("a", Some(TEXT))],
        &[("a", Some(&TEXT.replace("one", "1")))],
        &[("a", Some(&TEXT.replace("eight", "8")))],
    );
    scratch.git(&["branch", "before"]);
    scratch.git(&["merge", "--quiet", "--no-edit", "topic"]);
    scratch.git(&["checkout", "--quiet", "topic"]);
    scratch.git(&["merge", "--quiet", "--no-edit", "before"]);
    scratch.write("a", TEXT.replace("one", "I").replace("eight", "8")).commit("Write it anew");
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.write("b", "b").commit("Something else");
    // Against one of the two ancestors alone, both sides have changed the first line.
    let merged = scratch.open(merge("main", "topic")).source;
    let found = describe(&*merged, "").join("\n");
    assert!(found.contains("I\\ntwo") && found.contains("8\\n"), "{found}");
    assert_alike(&scratch, "crosswise");
}

#[test]
fn conflicts_matter_where_somebody_looks() {
    let scratch = parted(
        &[("docs/a.md", Some(TEXT)), ("src/x.rs", Some(TEXT)), ("docs/b.md", Some(TEXT))],
        &[
            ("src/x.rs", Some(&TEXT.replace("two", "2"))),
            ("docs/b.md", Some("b\n")),
            ("plan/c", None),
        ],
        &[("src/x.rs", Some(&TEXT.replace("two", "II"))), ("docs/b.md", None)],
    );
    for opened in each(&scratch.root, &merge("main", "topic")) {
        let source = opened.source;
        assert_eq!(source.list(&path("docs/a.md")).map(|all| all.len()), Ok(1));
        assert!(source.look(&path("src/x.rs")).expect("a look").is_some());
        let failure = source.list(&path("docs")).expect_err("a conflict");
        assert_eq!(failure.what, "cannot judge the merge of `main` with `topic`");
        assert_eq!(
            failure.why,
            "it stops at a conflict in docs/b.md (`main` changes what `topic` deletes)"
        );
        assert!(failure.help.starts_with("merge `topic` into `main` with git"), "{failure:?}");
        let all = source.list(&path("")).expect_err("a conflict").why;
        assert!(all.contains("src/x.rs (both change the same lines)"), "{all}");
        let within = source.list(&path("src/x.rs/below")).expect_err("a conflict");
        assert_eq!(within.what, failure.what);
    }
}

#[test]
fn what_is_merged_already_stays_as_it_is() {
    let scratch = parted(&[("a", Some("a"))], &[("b", Some("b"))], &[("c", Some("c"))]);
    for opened in each(&scratch.root, &merge("main", "main~1")) {
        let head = scratch.git(&["rev-parse", "main"]);
        assert_eq!(opened.source.history().tip().map(|tip| tip.0), Some(head));
        assert!(opened.source.label().starts_with("merge of main ("), "{}", opened.source.label());
    }
}

#[test]
fn histories_apart_are_not_merged() {
    let scratch = parted(&[("a", Some("a"))], &[], &[]);
    scratch.git(&["checkout", "--quiet", "--orphan", "other"]);
    scratch.write("b", "b").commit("Begin anew");
    let fail = |start: &Path| -> Vec<String> {
        let opened = readers().into_iter().map(|read| read(start, merge("main", "other")));
        opened.filter_map(Result::err).map(|failure| failure.to_string()).collect()
    };
    let failures = fail(&scratch.root);
    assert!(!failures.is_empty());
    for failure in failures {
        let said = "cannot merge `main` with `other`: they have no commit in common";
        assert_eq!(failure, said);
    }
}

#[test]
fn a_merge_writes_nothing() {
    let scratch = parted(
        &[("a", Some(TEXT)), ("b/c", Some(TEXT))],
        &[("a", Some(&TEXT.replace("two", "2"))), ("d", Some("d"))],
        &[("a", Some(&TEXT.replace("seven", "7"))), ("b/c", None), ("b/e", Some(TEXT))],
    );
    // What a merge would make is there already, and must not even be touched.
    really(&scratch).expect("a merge");
    let state = |folder: &Path| {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let about = entry.metadata().expect("a file");
                files.push((entry.path(), about.len(), about.modified().expect("a time")));
                if about.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        files.sort();
        files
    };
    let bare = scratch.beside("bare.git");
    scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
    for root in [&scratch.root, &bare] {
        let before = state(root);
        for Opened { source, .. } in each(root, &merge("main", "topic")) {
            assert_eq!(describe(&*source, "").len(), 3);
        }
        assert_eq!(state(root), before);
    }
}
