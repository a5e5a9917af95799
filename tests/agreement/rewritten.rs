//! A history that git shows otherwise than it is stored, and commits that few tools make.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use gatecheck::ledger::Standing;
use gatecheck::source::{CommitId, Identity, Selection};

use crate::scratch::{Scratch, head, open, path};
use crate::{agreement, agreements, assert_agreed, built, designed, lay, views, what};

/// Stores an object that git itself would not make.
fn store(scratch: &Scratch, kind: &str, content: &[u8]) -> String {
    let mut command = Command::new("git");
    command.current_dir(&scratch.root).args(["hash-object", "-t", kind, "-w", "--literally"]);
    command.arg("--stdin").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("git");
    child.stdin.take().expect("an input").write_all(content).expect("a write");
    let output = child.wait_with_output().expect("git");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("an id").trim().to_owned()
}

/// The commits of the first parents as git shows them, newest first.
fn shown(scratch: &Scratch) -> Vec<String> {
    let all = scratch.git(&["rev-list", "--first-parent", "HEAD", "--", ".work"]);
    all.lines().map(str::to_owned).collect()
}

/// The commits that changed something below the root, newest first.
fn journal(scratch: &Scratch) -> Vec<String> {
    let journal = scratch.head().history().journal(&[path(".work")]).expect("a journal");
    journal.steps.iter().map(|step| step.commit.0.clone()).collect()
}

/// An old project was imported, and its history is laid below the import.
fn joined(join: impl Fn(&Scratch, &str, &str)) {
    let (scratch, design, evidence) = built();
    let tree = scratch.git(&["rev-parse", "HEAD^{tree}"]);
    let import = scratch.git(&["commit-tree", "-m", "Import", &tree]);
    scratch.git(&["reset", "--quiet", "--hard", &import]);
    let last = scratch.write("src/later.ts", "").commit("Later");
    assert_eq!(what(&agreement(&scratch.open(head()))), (None, Standing::Nothing));

    join(&scratch, &import, &evidence);
    assert_eq!(journal(&scratch), shown(&scratch));
    for opened in views(&scratch.root) {
        assert_agreed(&opened, &design);
        let history = opened.source.history();
        let [last, import, design] = [&last, &import, &design].map(|id| CommitId(id.clone()));
        assert_eq!(history.descends(&last, &design), Ok(Some(true)));
        assert_eq!(history.descends(&design, &last), Ok(Some(false)));
        assert_eq!(history.fork(&import, &design), Ok(Some(design.clone())));
        let back = scratch.git(&["rev-parse", "HEAD~2"]);
        assert_eq!(history.resolve("HEAD~2"), Ok(Some(CommitId(back))));
    }
    let linked = scratch.beside("linked");
    scratch.git(&["worktree", "add", "--quiet", "-b", "w", &linked.display().to_string()]);
    for opened in views(&linked) {
        assert_agreed(&opened, &design);
    }
}

#[test]
fn a_replaced_commit_has_the_parents_of_its_replacement() {
    joined(|scratch, import, evidence| {
        scratch.git(&["replace", "--graft", import, evidence]);
    });
    joined(|scratch, import, evidence| {
        scratch.git(&["replace", "--graft", import, evidence]);
        scratch.git(&["pack-refs", "--all"]);
    });
}

#[test]
fn a_grafted_commit_has_the_parents_of_its_graft() {
    joined(|scratch, import, evidence| {
        let folder = scratch.root.join(".git/info");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("grafts"), format!("{import} {evidence}\n")).expect("a graft");
    });
}

#[test]
fn a_graft_may_cut_the_history() {
    let (scratch, _, evidence) = built();
    scratch.write("src/later.ts", "").commit("Later");
    scratch.git(&["replace", "--graft", &evidence]);
    assert_eq!(journal(&scratch), shown(&scratch));
    for opened in views(&scratch.root) {
        assert_eq!(what(&agreement(&opened)), (None, Standing::Nothing));
    }
}

#[test]
fn a_history_may_go_in_a_circle() {
    let (scratch, design, evidence) = built();
    let later = scratch.write(".work/foundation/LATER.md", "# Later\n").commit("Later");
    // The first commit comes after those that come after it.
    scratch.git(&["update-ref", &format!("refs/replace/{design}"), &later]);
    assert_eq!(journal(&scratch), shown(&scratch));
    for opened in views(&scratch.root) {
        agreement(&opened);
        let history = opened.source.history();
        let [design, evidence, later] = [&design, &evidence, &later].map(|id| CommitId(id.clone()));
        assert_eq!(history.resolve("HEAD~2"), Ok(Some(design.clone())));
        assert_eq!(history.resolve("HEAD~9999999999"), Ok(None));
        assert_eq!(history.descends(&evidence, &design), Ok(Some(true)));
        assert_eq!(history.descends(&design, &evidence), Ok(Some(true)));
        assert!(history.fork(&evidence, &later).is_ok());
        assert!(history.commit(&"0".repeat(40)).is_ok());
    }
    // A tag points to itself.
    scratch.git(&["tag", "--annotate", "--message=Built", "built", &evidence]);
    let tag = scratch.git(&["rev-parse", "built"]);
    scratch.git(&["update-ref", &format!("refs/replace/{evidence}"), &tag]);
    let failure = scratch.head().history().resolve("built").expect_err("no commit");
    assert_eq!(failure.to_string(), "cannot look up `built`: it names no commit");
}

#[test]
fn a_replaced_tree_is_what_git_shows() {
    let (scratch, design, evidence) = built();
    let interface = ".work/foundation/architecture/INTERFACE-accounts.md";
    for (replaced, by) in [
        (format!("{evidence}^{{commit}}"), design.clone()),
        (format!("{evidence}^{{tree}}"), format!("{design}^{{tree}}")),
        (format!("{evidence}:.work"), format!("{design}:.work")),
    ] {
        scratch.git(&["replace", &replaced, &by]);
        let source = scratch.head();
        let names = scratch.git(&["ls-tree", "-r", "--name-only", "HEAD", ".work"]);
        let listed = source.list(&path(".work")).expect("a listing");
        let listed: Vec<&str> = listed.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(listed.join("\n"), names, "{replaced}");
        assert!(agreements(&scratch.open(head()), None).expect("a project").is_empty());
        scratch.git(&["replace", "--delete", &scratch.git(&["rev-parse", &replaced])]);
    }
    assert_agreed(&scratch.open(head()), &design);

    let other = store(&scratch, "blob", b"# Another interface\n");
    scratch.git(&["replace", &format!("HEAD:{interface}"), &other]);
    let source = scratch.head();
    let entry = &source.list(&path(interface)).expect("a listing")[0];
    let content = source.reader().expect("a reader").read(entry).expect("content");
    let shown = scratch.git(&["show", &format!("HEAD:{interface}")]);
    assert_eq!(content, gatecheck::source::Content::Bytes(format!("{shown}\n").into_bytes()));
}

#[test]
fn replacements_can_be_switched_off() {
    let (scratch, _, evidence) = built();
    let broken = scratch.git(&["commit-tree", "-m", "Broken", &format!("{evidence}:src")]);
    scratch.git(&["replace", "--force", &evidence, &broken]);
    let status = |scratch: &Scratch, off: bool| {
        let mut command = assert_cmd::Command::cargo_bin("gatecheck").expect("the program");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command.current_dir(&scratch.root).args(["--rev", "HEAD", "--now=2026-06-01"]);
        command.envs(off.then_some(("GIT_NO_REPLACE_OBJECTS", "1")));
        command.output().expect("a run").status.code()
    };
    assert_eq!(status(&scratch, false), Some(2), "there is nothing to check");
    assert_eq!(status(&scratch, true), Some(0));
    scratch.git(&["config", "core.useReplaceRefs", "false"]);
    assert_eq!(status(&scratch, false), Some(0));
}

#[test]
fn odd_commits_are_read_as_git_reads_them() {
    let (scratch, design) = designed();
    lay(&scratch, "phase-2");
    scratch.git(&["add", "--all"]);
    let tree = scratch.git(&["write-tree"]);
    let committer = "committer B <b@example.org> 86400 +0000";
    let nobody = Identity::default();
    let named = |name: &str, email: &str| Identity { name: name.into(), email: email.into() };
    let odd: [(&[u8], Identity); 5] = [
        (b"", nobody.clone()),
        (b"author \xff\xfe <x@example.org> 0 +0000\n", named("\u{fffd}\u{fffd}", "x@example.org")),
        (b"author N. <n@example.org> 12 +0000\n", named("N.", "n@example.org")),
        (b"author <> 0 +0000\n", nobody.clone()),
        (b"author no address at all\n", named("no address at all", "")),
    ];
    for (author, identity) in odd {
        let mut commit = format!("tree {tree}\nparent {design}\n").into_bytes();
        commit.extend_from_slice(author);
        commit.extend_from_slice(format!("{committer}\n\nauthor in the message <m>\n").as_bytes());
        let id = store(&scratch, "commit", &commit);
        scratch.git(&["update-ref", "refs/heads/main", &id]);
        for opened in views(&scratch.root) {
            assert_agreed(&opened, &design);
            let history = opened.source.history();
            let journal = history.journal(&[path(".work")]).expect("a journal");
            let author = history.author(&journal.steps[0].commit).expect("an author");
            assert_eq!(author, identity);
            assert_eq!(journal.steps[0].commit.0, id);
            assert_eq!(opened.source.history().resolve("main"), Ok(Some(CommitId(id.clone()))));
        }
    }
    let damaged = store(&scratch, "commit", b"no commit at all\n");
    fs::write(scratch.root.join(".git/refs/heads/main"), format!("{damaged}\n")).expect("a branch");
    let failure = agreements(&scratch.open(Selection::Index), None).expect_err("no verdict");
    assert_eq!(failure.to_string(), format!("cannot read the commit {damaged}: it is damaged"));
}

#[test]
fn clocks_may_go_wrong() {
    let scratch = Scratch::new();
    let tree = scratch.git(&["write-tree"]);
    let commit = |date: i64, parents: &[&String]| {
        let parents: String = parents.iter().map(|id| format!("parent {id}\n")).collect();
        let who = format!("A <a@example.org> {date} +0000");
        let text = format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\nNext\n");
        store(&scratch, "commit", text.as_bytes())
    };
    // The root is the newest by its date, and the fork the oldest.
    let root = commit(9_000, &[]);
    let fork = commit(0, &[&root]);
    let one = commit(5_000, &[&fork]);
    let other = commit(-100, &[&fork, &root]);
    scratch.git(&["update-ref", "refs/heads/main", &one]);
    let source = open(&scratch.root, head()).source;
    let [root, fork, one, other] = [root, fork, one, other].map(CommitId);
    let history = source.history();
    assert_eq!(history.fork(&one, &other), Ok(Some(fork.clone())));
    assert_eq!(history.descends(&one, &root), Ok(Some(true)));
    assert_eq!(history.descends(&other, &one), Ok(Some(false)));
    assert_eq!(history.descends(&root, &other), Ok(Some(false)));
    assert_eq!(history.fork(&one, &root), Ok(Some(root)));
}
