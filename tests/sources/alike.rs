//! What a repository tells does not depend on who reads it: libgit2, git itself, or the source in
//! memory.

use std::path::Path;
use std::process::Command;

use gatecheck::engine::{self, Request};
use gatecheck::source::{CommitId, History, Identity, Memory, Selection};
use tempfile::TempDir;

use crate::scratch::{Scratch, each, head, path};

/// What a commit writes, and what it removes.
type Edits = (&'static [(&'static str, &'static str)], &'static [&'static str]);

const HISTORY: &[Edits] = &[
    (&[("src/lib.rs", "code")], &[]),
    (&[(".work/plan.md", "one"), (".work/a/x.md", "x"), (".work/a/y.md", "y")], &[]),
    (&[("src/lib.rs", "more code")], &[]),
    (&[(".work/plan.md", "two")], &[".work/a/x.md"]),
    // A folder becomes a file, and a file is moved.
    (&[(".work/b/plan.md", "two")], &[".work/plan.md", ".work/a/y.md"]),
    (&[(".work/a", "a file"), ("gatecheck.toml", "")], &[]),
    // The root vanishes for a while.
    (&[], &[".work/a", ".work/b/plan.md"]),
    (&[("src/lib.rs", "last")], &[]),
    (&[(".work/a/x.md", "x"), (".work-2/z.md", "z")], &[]),
];

#[test]
fn both_readers_lead_to_the_same_report() {
    let folder = TempDir::new().expect("a temporary folder");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/history/build.sh");
    let built = Command::new("sh").arg(script).arg(folder.path()).status().expect("a shell");
    assert!(built.success());
    for what in [Selection::WorkingTree, Selection::Index, head()] {
        let reports = each(folder.path(), &what).into_iter().map(|opened| {
            let request = Request::new("2026-11-20".parse().expect("a date"));
            engine::check(&*opened.source, &request).expect("a report")
        });
        let reports: Vec<_> = reports.collect();
        assert!(reports[0].findings.iter().any(|one| one.rule == "unreported-change"));
        assert!(reports.iter().all(|report| *report == reports[0]));
    }
}

#[test]
fn memory_and_git_tell_the_same() {
    let (scratch, mut memory) = (Scratch::new(), Memory::default());
    let mut ids = Vec::new();
    for (written, removed) in HISTORY {
        for path in *removed {
            scratch.remove(path);
            memory = memory.without(path);
        }
        for (path, text) in *written {
            if scratch.root.join(path).is_dir() {
                std::fs::remove_dir(scratch.root.join(path)).expect("an empty folder");
            }
            scratch.write(path, text);
            memory = memory.with(path, *text);
        }
        let id = scratch.commit("Next");
        let author = Identity { name: "A".to_owned(), email: "a@example.org".to_owned() };
        memory = memory.committed_by(&id, author);
        ids.push(CommitId(id));
    }
    scratch.git(&["tag", "agreed", "HEAD~3"]);
    let memory = memory.with_ref("agreed", &ids[ids.len() - 4].0);
    for opened in each(&scratch.root, &head()) {
        tell_the_same(opened.source.history(), &memory, &ids);
    }
}

fn tell_the_same(git: &dyn History, memory: &dyn History, ids: &[CommitId]) {
    for asked in [&[".work"][..], &["src", ".work/a", "gatecheck.toml"], &[""], &["none"]] {
        let paths: Vec<_> = asked.iter().map(|written| path(written)).collect();
        let journal = git.journal(&paths).expect("a journal");
        assert_eq!(memory.journal(&paths).expect("a journal"), journal, "{asked:?}");
        let standing = git.standing(&paths).expect("a tree");
        assert_eq!(memory.standing(&paths).expect("a tree"), standing, "{asked:?}");
        assert_eq!(journal.steps.is_empty(), asked == ["none"]);
        let gone = journal.gone(git.tip().as_ref(), standing, &[]);
        assert_eq!(gone.is_empty(), asked == ["none"]);
    }
    assert_eq!(memory.tip(), git.tip());
    let names = [
        "HEAD",
        "@~2",
        "agreed",
        "agreed^",
        "agreed^{commit}~1",
        "agreed^2",
        "HEAD~9",
        "@^^",
        "HEAD^0",
        "no",
    ];
    for written in names {
        assert_eq!(memory.resolve(written), git.resolve(written), "{written}");
    }
    for one in ids {
        assert_eq!(memory.short(one), git.short(one));
        assert_eq!(memory.resolve(&one.0[..8]), git.resolve(&one.0[..8]));
        assert_eq!(memory.commit(&one.0[..8]), git.commit(&one.0[..8]));
        for other in ids {
            assert_eq!(memory.fork(one, other), git.fork(one, other));
            assert_eq!(memory.descends(one, other), git.descends(one, other));
        }
        let (then, now) = (memory.at(one).expect("a view"), git.at(one).expect("a view"));
        let names = |source: &dyn gatecheck::source::Source| source.names().map(<[_]>::to_vec);
        assert_eq!(names(&*then), names(&*now));
        let paths = [path("")];
        assert_eq!(then.history().journal(&paths), now.history().journal(&paths));
    }
}
