//! Pushes, judged before they leave and before they are taken: real ones, by git.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

use crate::project::{INTERFACE, break_off, complete};
use crate::scratch::Scratch;

const MAIN: &str = "refs/heads/main";

/// A complete project and the bare repository that it is pushed to.
struct Server {
    scratch: Scratch,
    bare: PathBuf,
}

impl Server {
    /// A server that has the project on `main` and no hook yet.
    fn new() -> Self {
        let server = Self::empty(complete());
        assert!(server.push(&["main"]).status.success());
        server
    }

    fn empty(scratch: Scratch) -> Self {
        let bare = scratch.beside("server.git");
        let folder = bare.display().to_string();
        scratch.git(&["init", "--quiet", "--bare", "--initial-branch=main", &folder]);
        scratch.git(&["remote", "add", "origin", &folder]);
        Self { scratch, bare }
    }

    /// Makes the server judge what it receives.
    fn guarded(self, arguments: &str) -> Self {
        hook(&self.bare.join("hooks/pre-receive"), &format!("pre-receive {arguments}"));
        self
    }

    /// Makes the project judge what it pushes.
    fn careful(self, arguments: &str) -> Self {
        let line = format!("pre-push \"$@\" {arguments}");
        hook(&self.scratch.root.join(".git/hooks/pre-push"), &line);
        self
    }

    fn push(&self, arguments: &[&str]) -> Output {
        let push = [&["push", "origin"], arguments].concat();
        self.scratch.try_git(&self.scratch.root, &push)
    }

    /// Pushes what has to be taken, and gives what was said.
    fn taken(&self, arguments: &[&str]) -> String {
        let output = self.push(arguments);
        let said = said(&output);
        assert!(output.status.success(), "{arguments:?} should be taken: {said}");
        said
    }

    /// Pushes what must change nothing, and gives what was said.
    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.standing();
        let output = self.push(arguments);
        let said = said(&output);
        assert!(!output.status.success(), "{arguments:?} should be refused: {said}");
        assert_eq!(self.standing(), before, "{said}");
        said
    }

    fn standing(&self) -> String {
        self.scratch.git_in(&self.bare, &["for-each-ref"])
    }
}

/// A hook that runs the program under test.
fn hook(path: &Path, line: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let script = format!("#!/bin/sh\nexec '{}' {line}\n", env!("CARGO_BIN_EXE_gatecheck"));
    fs::write(path, script).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// What git and the hook said, without the marks of the other side.
fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(|line| line.trim_start_matches("remote: ").trim_end());
    lines.collect::<Vec<_>>().join("\n")
}

/// Runs a hook by hand.
fn told(folder: &Path, arguments: &[&str], lines: &str) -> (i32, String) {
    let mut command = Command::cargo_bin("gatecheck").unwrap();
    let output = command.current_dir(folder).args(arguments).write_stdin(lines).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8(text).unwrap())
}

#[test]
fn a_server_takes_what_holds_and_refuses_what_does_not() {
    for limit in ["1", "100"] {
        let server = Server::empty(complete()).guarded("");
        server.scratch.git_in(&server.bare, &["config", "receive.unpackLimit", limit]);
        let said = server.taken(&["main"]);
        assert!(said.contains(&format!("{MAIN}: 10 gates hold")), "{said}");
        break_off_in(&server);
        let said = server.refused(&["main"]);
        assert!(said.contains("deny[missing-deliverable]"), "{said}");
        assert!(said.contains(INTERFACE), "{said}");
        assert!(said.contains(&format!("{MAIN} is refused.")), "{said}");
        assert!(said.contains("pre-receive hook declined"), "{said}");
    }
}

#[test]
fn what_the_server_has_decides() {
    let server = Server::new().guarded("");
    let off = "[levels]\nmissing-deliverable = \"off\"\n";
    server.scratch.write("gatecheck.toml", off);
    break_off_in(&server);
    let said = server.refused(&["main"]);
    assert!(said.contains("deny[missing-deliverable]"), "{said}");
    assert!(said.contains("loosened-policy"), "{said}");

    let server = Server::new().guarded("--ref '*'");
    server.scratch.write("gatecheck.toml", off);
    break_off_in(&server);
    let said = server.refused(&["main:refs/heads/release"]);
    assert!(said.contains("refs/heads/release is refused."), "{said}");
}

#[test]
fn no_replacement_decides() {
    for is_sent in [true, false] {
        let server = Server::new();
        let server = if is_sent { server.guarded("") } else { server.careful("") };
        let scratch = &server.scratch;
        let standing = scratch.git(&["rev-parse", "main"]);
        scratch.git(&["checkout", "--quiet", "-b", "loosened"]);
        scratch.write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
        let loosened = scratch.commit("Ask for less");
        scratch.git(&["checkout", "--quiet", "main"]);
        if is_sent {
            server.taken(&[&format!("loosened:refs/replace/{standing}")]);
        } else {
            scratch.git(&["replace", &standing, &loosened]);
        }
        break_off_in(&server);
        let said = server.refused(&["main"]);
        assert!(said.contains("deny[missing-deliverable]"), "{said}");
    }
}

#[test]
fn what_the_server_has_already_is_forgiven() {
    let server = Server::empty(break_off(complete()));
    server.taken(&["main"]);
    let server = server.guarded("");
    server.scratch.write("README.md", "unrelated").commit("Unrelated");
    server.taken(&["main"]);
    server.scratch.remove(".work/foundation/product/golden-paths.md").commit("Another one");
    let said = server.refused(&["main"]);
    assert!(said.contains("golden-paths.md"), "{said}");
    assert!(!said.contains(INTERFACE), "{said}");

    let server = server.guarded("--through 1");
    server.scratch.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    server.scratch.write("README.md", "once more").commit("Unrelated");
    let said = server.refused(&["main"]);
    assert!(said.contains(INTERFACE), "{said}");
}

#[test]
fn only_governed_references_are_judged() {
    let server = Server::new().guarded("");
    break_off_in(&server);
    server.scratch.git(&["tag", "-a", "v1", "-m", "v1"]);
    let said = server.taken(&["main:topic", "v1"]);
    let why = "without --ref the default branch is, which is refs/heads/main here";
    assert!(said.contains(&format!("refs/heads/topic is not judged: {why}")), "{said}");
    assert!(!said.contains("refs/tags/v1 is"), "{said}");

    let server = server.guarded("--ref 'release/*' --ref 'refs/tags/v*'");
    server.taken(&["main"]);
    server.scratch.git(&["push", "--quiet", "--force", "origin", "main~1:main"]);
    for name in ["main:refs/heads/release/1/2", "main:refs/tags/v2"] {
        server.refused(&[name]);
    }
    server.scratch.git(&["tag", "-a", "v3", "-m", "v3"]);
    let said = server.refused(&["v3"]);
    assert!(said.contains("refs/tags/v3 is refused."), "{said}");
    let said = server.refused(&["main:other", "main~1:refs/heads/release/1", "main:release/2"]);
    assert!(said.contains("refs/heads/release/1: 10 gates hold"), "{said}");
    assert!(said.contains("refs/heads/release/2 is refused."), "{said}");
    server.taken(&["main~1:refs/heads/release/1"]);
}

#[test]
fn a_server_says_that_its_default_branch_is_another_one() {
    let server = Server::empty(complete()).guarded("");
    server.scratch.git_in(&server.bare, &["symbolic-ref", "HEAD", "refs/heads/master"]);
    let said = server.taken(&["main", "main:next"]);
    let passed = format!("{MAIN} and refs/heads/next are not judged: without --ref");
    assert!(said.contains(&passed), "{said}");
    assert!(said.contains("which is refs/heads/master here"), "{said}");
    let said = server.guarded("--ref main").taken(&["main:topic"]);
    assert!(!said.contains("not judged"), "{said}");
}

#[test]
fn a_push_that_is_taken_tells_what_it_loosens() {
    let server = Server::new().guarded("");
    server.scratch.write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
    server.scratch.commit("Ask for less");
    let said = server.taken(&["main"]);
    assert!(said.contains("10 gates hold"), "{said}");
    assert_eq!(said.matches("[loosened-policy]").count(), 1, "{said}");
    break_off_in(&server);
    let said = server.taken(&["main"]);
    assert!(!said.contains("loosened-policy"), "{said}");
}

#[test]
fn what_is_known_of_a_remote_governs_a_new_branch() {
    for known in ["main", "master"] {
        let server = Server::empty(complete());
        server.taken(&[&format!("main:{known}")]);
        let server = server.careful("");
        server.scratch.try_git(&server.scratch.root, &["remote", "set-head", "origin", "-d"]);
        server.scratch.write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
        break_off_in(&server);
        let refused = server.refused(&["main:refs/heads/fresh"]);
        assert!(refused.contains("deny[missing-deliverable]"), "{refused}");
        let url = server.bare.display().to_string();
        let output =
            server.scratch.try_git(&server.scratch.root, &["push", &url, "main:refs/heads/fresh"]);
        let said = said(&output);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("refs/heads/fresh: nothing is known of what "), "{said}");
        assert!(said.contains("so that the branch is judged by its own policy"), "{said}");
    }
}

#[test]
fn only_the_default_branch_cannot_be_deleted() {
    let server = Server::new().guarded("--ref '*'");
    server.scratch.git_in(&server.bare, &["config", "receive.denyDeleteCurrent", "ignore"]);
    server.taken(&["main:topic"]);
    let said = server.taken(&["--delete", "topic"]);
    assert!(said.contains("refs/heads/topic: deleted, and nothing was judged."), "{said}");
    let said = server.refused(&["--delete", "main"]);
    assert!(said.contains("it cannot be deleted, since its policy governs"), "{said}");
}

/// What was agreed is what the server has, whatever a history says that was written anew.
#[test]
fn a_rewritten_history_does_not_hide_what_changed() {
    let server = Server::new().guarded("");
    let scratch = &server.scratch;
    let first = scratch.git(&["rev-list", "--max-parents=0", "main"]);
    let edit = || {
        for name in ["ARCHITECTURE", "INTERFACE-catalog"] {
            let path = format!(".work/foundation/architecture/{name}.md");
            let text = fs::read_to_string(scratch.root.join(&path)).expect("a document");
            assert!(text.contains("404 (no such tool)"), "{name}");
            scratch.write(&path, text.replacen("404 (no such tool)", "410 (no such tool)", 1));
        }
        scratch.git(&["add", "--all"]);
    };
    scratch.git(&["checkout", "--quiet", "-b", "anew", &first]);
    edit();
    scratch.git(&["commit", "--quiet", "--amend", "-m", "As if it had always been so"]);
    scratch.git(&["checkout", "--quiet", "main", "--", "."]);
    edit();
    scratch.git(&["commit", "--quiet", "-m", "All the rest"]);
    let said = server.refused(&["--force", "anew:main"]);
    assert!(said.contains("unreported-change"), "{said}");
    scratch.git(&["commit", "--quiet", "--amend", "-m", "All the rest, once more"]);
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.git(&["commit", "--quiet", "--amend", "-m", "Only another message"]);
    server.taken(&["--force", "main"]);
}

#[test]
fn a_force_push_is_judged_like_any_other() {
    let server = Server::new().guarded("");
    server.scratch.git(&["commit", "--quiet", "--amend", "-m", "Another message"]);
    server.taken(&["--force", "main"]);
    server.scratch.remove(INTERFACE).git(&["commit", "--quiet", "--all", "--amend", "-m", "x"]);
    let said = server.refused(&["--force", "main"]);
    assert!(said.contains(INTERFACE), "{said}");
}

#[test]
fn without_a_verdict_a_push_is_refused() {
    let server = Server::new().guarded("");
    server.scratch.write("gatecheck.toml", "nonsense").commit("A broken configuration");
    let said = server.refused(&["main"]);
    assert!(said.contains("gatecheck.toml"), "{said}");
    assert!(said.contains(&format!("{MAIN} is refused: there is no verdict.")), "{said}");

    let server = Server::new().guarded("|| [ $? = 2 ]");
    let path = server.bare.join("hooks/pre-receive");
    let script = fs::read_to_string(&path).unwrap().replace("exec ", "");
    fs::write(&path, script).unwrap();
    server.scratch.write("gatecheck.toml", "nonsense").commit("A broken configuration");
    server.taken(&["main"]);
    server.scratch.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    server
        .scratch
        .git_in(&server.bare, &["update-ref", MAIN, &server.scratch.git(&["rev-parse", "HEAD"])]);
    break_off_in(&server);
    server.refused(&["main"]);
}

#[test]
fn where_no_workflow_is_nothing_is_judged() {
    let server = Server::empty(Scratch::new()).guarded("").careful("");
    server.scratch.write("README.md", "nothing here").commit("One");
    let said = server.taken(&["main"]);
    assert_eq!(said.matches("no workflow is here, and nothing was judged.").count(), 2, "{said}");
}

#[test]
fn a_push_is_judged_before_it_leaves() {
    let server = Server::new().careful("");
    server.scratch.git(&["remote", "set-head", "origin", "main"]);
    server.scratch.git(&["checkout", "--quiet", "-b", "topic"]);
    server.scratch.write("README.md", "unrelated").commit("Unrelated");
    let said = server.taken(&["topic"]);
    assert!(said.contains("refs/heads/topic: 10 gates hold"), "{said}");
    break_off_in(&server);
    let said = server.refused(&["topic"]);
    assert!(said.contains("refs/heads/topic is refused."), "{said}");
    server.refused(&["HEAD:refs/heads/fresh"]);
    server.refused(&["topic:main"]);
    server.taken(&["HEAD:refs/tags/draft"]);
    let said = server.taken(&["--delete", "topic"]);
    assert!(said.contains("refs/heads/topic: deleted"), "{said}");

    let server = server.careful("--ref main");
    server.taken(&["HEAD:refs/heads/fresh"]);
    server.refused(&["topic:main"]);
}

#[test]
fn a_new_branch_answers_for_nothing_that_others_did() {
    let server = Server::empty(break_off(complete()));
    server.taken(&["main"]);
    let server = server.careful("");
    server.scratch.git(&["remote", "set-head", "origin", "main"]);
    server.scratch.git(&["checkout", "--quiet", "-b", "topic"]);
    server.scratch.write("README.md", "unrelated").commit("Unrelated");
    server.taken(&["topic"]);
}

#[test]
fn what_git_would_never_say_is_an_error() {
    let scratch = complete();
    for command in ["pre-push", "pre-receive"] {
        let (status, text) = told(&scratch.root, &[command], "something else\n");
        assert_eq!(status, 2, "{text}");
        assert!(text.contains("`something else`"), "{text}");
        assert_eq!(told(&scratch.root, &[command], ""), (0, String::new()));
    }
    scratch.git(&["checkout", "--quiet", "--detach"]);
    let (status, text) = told(&scratch.root, &["pre-receive"], "");
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("name the branches with --ref"), "{text}");
    let (status, text) = told(&scratch.root, &["pre-receive", "--ref", "a*b*"], "");
    assert_eq!(status, 2, "{text}");
}

fn break_off_in(server: &Server) {
    server.scratch.remove(INTERFACE).commit("without an interface");
}
