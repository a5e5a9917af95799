//! Inside hooks: git moves the index and the objects, and says so in the environment only.
//!
//! The hooks run this test executable again, with the name of the one test below.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use gatecheck::source::{self, Opened, Selection};

use crate::scratch::{Scratch, describe, git_reads};

/// Where the check inside a hook writes what it saw; unset outside of hooks.
const REPORT: &str = "GATECHECK_TEST_REPORT";
const START: &str = "GATECHECK_TEST_START";
const VIEW: &str = "GATECHECK_TEST_VIEW";

#[test]
fn report_from_inside_a_hook() {
    let Some(report) = std::env::var_os(REPORT) else { return };
    let what = match std::env::var(VIEW).expect("a view").as_str() {
        "index" => Selection::Index,
        "working tree" => Selection::WorkingTree,
        revision => Selection::Revision(revision.to_owned()),
    };
    let start = PathBuf::from(std::env::var_os(START).expect("a start"));
    let seen = match source::open(&start, what) {
        Ok(Opened { source, prefix, .. }) => {
            let lines = describe(source.as_ref(), "").join("\n");
            format!("{} {:?}\n{lines}\n", source.label(), prefix.as_str())
        }
        Err(failure) => format!("{failure}\n{}\n", failure.help),
    };
    fs::write(report, seen).expect("a report");
}

/// Installs a hook that reports what `view` from `start` shows it; gives the report's path.
fn install(scratch: &Scratch, hook: &Path, start: &str, view: &str) -> PathBuf {
    let executable = std::env::current_exe().expect("this test executable");
    let report = scratch.beside("report");
    let script = format!(
        "#!/bin/sh\nread -r _ new _\nexport {REPORT}='{}' {START}='{start}' {VIEW}=\"{view}\"\n\
         exec '{}' --exact hooks::report_from_inside_a_hook >&2\n",
        report.display(),
        executable.display()
    );
    fs::create_dir_all(hook.parent().expect("a folder")).expect("a folder for hooks");
    fs::write(hook, script).expect("a hook");
    fs::set_permissions(hook, fs::Permissions::from_mode(0o755)).expect("an executable hook");
    report
}

/// Runs the check as a hook would, from a folder and with variables of one's own.
pub fn check(
    scratch: &Scratch,
    folder: &str,
    start: &str,
    variables: &[(&str, &str)],
) -> Vec<String> {
    let executable = std::env::current_exe().expect("this test executable");
    let report = scratch.beside("report");
    let output = Command::new(executable)
        .args(["--exact", "hooks::report_from_inside_a_hook"])
        .current_dir(scratch.root.join(folder))
        .env(REPORT, &report)
        .envs([(START, start), (VIEW, "index")])
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs(variables.iter().copied())
        .output()
        .expect("this test executable");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    seen(&report)
}

/// Options of repositories that libgit2 can read, and of some that it cannot.
fn forms() -> Vec<&'static [&'static str]> {
    let mut forms: Vec<&[&str]> = vec![&[]];
    if git_reads() {
        forms.push(&["--ref-format=reftable"]);
    }
    forms
}

fn prepared(options: &[&str], start: &str, view: &str) -> (Scratch, PathBuf) {
    let scratch = Scratch::with(options);
    scratch.write("a.md", "old").write("sub/b.md", "old").commit("Old");
    let report = install(&scratch, &scratch.root.join(".git/hooks/pre-commit"), start, view);
    scratch.write("a.md", "new").write("sub/b.md", "new").git(&["add", "a.md"]);
    (scratch, report)
}

fn seen(report: &Path) -> Vec<String> {
    let report = fs::read_to_string(report).expect("the hook's report");
    report.lines().map(|line| line.replace(" Tracked", "")).collect()
}

const BOTH: [&str; 2] = ["a.md File(3) \"new\"", "sub/b.md File(3) \"new\""];

#[test]
fn a_commit_of_everything_is_judged_by_its_temporary_index() {
    for options in forms() {
        for (start, prefix) in [(".", "\"\""), ("sub", "\"sub\"")] {
            let (scratch, report) = prepared(options, start, "index");
            scratch.git(&["commit", "--quiet", "--all", "-m", "All"]);
            assert_eq!(seen(&report), [&[format!("index {prefix}").as_str()], &BOTH[..]].concat());
        }
    }
}

#[test]
fn a_commit_of_one_path_is_judged_by_its_temporary_index() {
    for options in forms() {
        let (scratch, report) = prepared(options, ".", "index");
        scratch.git_in(&scratch.root.join("sub"), &["commit", "--quiet", "-m", "One", "b.md"]);
        assert_eq!(seen(&report)[1..], ["a.md File(3) \"old\"", BOTH[1]]);
    }
}

#[test]
fn a_commit_in_a_linked_worktree_is_judged_there() {
    for options in forms() {
        let (scratch, report) = prepared(options, ".", "index");
        let linked = scratch.beside("linked");
        scratch.git(&["worktree", "add", "--quiet", "-b", "w", &linked.display().to_string()]);
        fs::write(linked.join("a.md"), "linked").expect("a file");
        scratch.git_in(&linked, &["commit", "--quiet", "--all", "-m", "Linked"]);
        assert_eq!(seen(&report)[1..], ["a.md File(6) \"linked\"", "sub/b.md File(3) \"old\""]);
    }
}

#[test]
fn a_working_tree_named_on_the_command_line_is_found() {
    for options in forms() {
        let (scratch, report) = prepared(options, ".", "working tree");
        let all = ["--git-dir=.git", "--work-tree=.", "commit", "--quiet", "--all", "-m", "All"];
        scratch.git(&all);
        assert_eq!(seen(&report)[1..], BOTH);
    }
}

#[test]
fn a_hook_that_asks_about_another_repository_gets_that_one() {
    for options in forms() {
        let other = Scratch::with(options);
        other.write("other.md", "x").commit("Other");
        let (scratch, report) = prepared(options, &other.root.display().to_string(), "index");
        scratch.git(&["commit", "--quiet", "--all", "-m", "All"]);
        assert_eq!(seen(&report)[1..], ["other.md File(1) \"x\""]);
    }
}

#[test]
fn a_push_is_judged_in_its_quarantine() {
    let forms = forms();
    let each = forms.iter().flat_map(|options| [(options, "1"), (options, "1000")]);
    for (options, limit) in each {
        let scratch = Scratch::new();
        let bare = scratch.beside("bare.git");
        let init = [&["init", "--quiet", "--bare"], *options, &[&bare.display().to_string()]];
        scratch.git(&init.concat());
        scratch.git_in(&bare, &["config", "receive.unpackLimit", limit]);
        let report = install(&scratch, &bare.join("hooks/pre-receive"), ".", "$new");
        let id = scratch.write("a.md", "pushed").commit("One");
        scratch.git(&["push", "--quiet", &bare.display().to_string(), "main"]);
        assert_eq!(seen(&report), [&format!("{} \"\"", &id[..7]), "a.md File(6) \"pushed\""]);
    }
}

#[test]
fn the_environment_names_repositories_and_indexes() {
    for options in forms() {
        the_environment_speaks(options);
    }
}

fn the_environment_speaks(options: &[&str]) {
    let scratch = Scratch::with(options);
    scratch.write("a.md", "a").write("sub/b.md", "b").commit("One");
    fs::copy(scratch.root.join(".git/index"), scratch.root.join(".git/other")).expect("an index");
    scratch.git(&["rm", "--quiet", "--cached", "a.md"]);
    let (all, staged) =
        (["a.md File(1) \"a\"", "sub/b.md File(1) \"b\""], "sub/b.md File(1) \"b\"");

    let other = [("GIT_INDEX_FILE", ".git/other")];
    assert_eq!(check(&scratch, ".", ".", &[])[1..], [staged]);
    assert_eq!(check(&scratch, ".", ".", &other)[1..], all);
    assert_eq!(check(&scratch, "sub", ".", &other)[1..], all);
    assert_eq!(check(&scratch, ".", "sub", &other), [&["index \"sub\""], &all[..]].concat());

    let (git, top) = (scratch.root.join(".git"), scratch.root.display().to_string());
    let git = ("GIT_DIR", git.to_str().expect("a path"));
    let named = ["index \"\"", staged];
    assert_eq!(check(&scratch, "..", ".", &[git, ("GIT_WORK_TREE", &top)]), named);
    assert_eq!(check(&scratch, "..", ".", &[git, ("GIT_WORK_TREE", "main")]), named);
    let (below, main) = (format!("{top}/sub"), ("GIT_WORK_TREE", "main"));
    let seen = check(&scratch, "..", &below, &[git, main, ("GIT_INDEX_FILE", ".git/other")]);
    assert_eq!(seen, [&["index \"sub\""], &all[..]].concat());
    for (folder, prefix) in [(".", "\"\""), ("sub", "\"sub\""), (".git", "\"\"")] {
        assert_eq!(check(&scratch, folder, ".", &[git])[..], [&format!("index {prefix}"), staged]);
    }
    let linked = scratch.beside("linked").display().to_string();
    scratch.git(&["worktree", "add", "--quiet", "--detach", &linked]);
    let of_linked = scratch.root.join(".git/worktrees/linked").display().to_string();
    let seen = check(&scratch, "../linked/sub", ".", &[("GIT_DIR", &of_linked)]);
    assert_eq!(seen, [&["index \"sub\""], &all[..]].concat());
    let refused = check(&scratch, "..", ".", &[git, ("GIT_WORK_TREE", "nowhere")]);
    assert!(refused[0].starts_with("cannot use GIT_WORK_TREE"), "{refused:?}");
    let refused = check(&scratch, "sub", ".", &[("GIT_CEILING_DIRECTORIES", &top)]);
    assert!(refused[0].starts_with("there is no git repository"), "{refused:?}");
    assert_eq!(check(&scratch, ".", &below, &[git])[1..], [staged]);

    let objects = scratch.beside("objects");
    fs::rename(scratch.root.join(".git/objects"), &objects).expect("objects elsewhere");
    fs::create_dir(scratch.root.join(".git/objects")).expect("no objects");
    let objects = [("GIT_OBJECT_DIRECTORY", objects.to_str().expect("a path"))];
    assert_eq!(check(&scratch, ".", ".", &objects)[1..], [staged]);
}
