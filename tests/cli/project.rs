//! Scratch projects and runs of the program in them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Scratch;

const PROJECTS: &str = "fixtures/workflows/standard-orchestration";

/// Every form that a report has.
pub const FORMATS: [&str; 9] =
    ["human", "concise", "json", "github", "sarif", "junit", "gitlab", "summary", "agent"];
/// The workflow root of the complete project.
pub const COMPLETE_ROOT: &str = ".work";
pub const INTERFACE: &str = ".work/foundation/architecture/INTERFACE-accounts.md";
pub const REPORT: &str = ".work/integration/INTEGRATION-REPORT.md";

/// The complete project with its history: what was agreed was committed before it was built.
pub fn complete() -> Scratch {
    complete_in(Scratch::new())
}

/// The complete project with its history, in an empty repository.
pub fn complete_in(scratch: Scratch) -> Scratch {
    for name in ["phase-1", "phase-3"] {
        lay(name, "", &scratch).commit(name);
    }
    lay("complete", ".work/foundation", &scratch);
    // Iteration 2 is designed: a long range has no error case of its own yet.
    for name in ["ARCHITECTURE", "INTERFACE-reservations"] {
        let path = format!(".work/foundation/architecture/{name}.md");
        let text = fs::read_to_string(scratch.root.join(&path)).unwrap();
        assert!(text.contains(", 422 (longer than 7 days)"));
        scratch.write(&path, text.replace(", 422 (longer than 7 days)", ""));
    }
    scratch.commit("the design of iteration 2");
    lay("complete", "", &scratch).commit("complete");
    scratch
}

/// The complete project, before the first commit.
pub fn uncommitted() -> Scratch {
    state("complete")
}

/// One of the states of the example project, before the first commit.
pub fn state(name: &str) -> Scratch {
    let scratch = Scratch::new();
    lay(name, "", &scratch);
    scratch
}

/// A state that was built after its design was agreed on, before the commit that brings it.
pub fn built(name: &str) -> Scratch {
    let scratch = Scratch::new();
    lay("phase-1", "", &scratch).commit("phase-1");
    lay(name, "", &scratch);
    scratch
}

/// Lays a folder of a state over what is there.
fn lay<'s>(name: &str, folder: &str, scratch: &'s Scratch) -> &'s Scratch {
    let state = Path::new(env!("CARGO_MANIFEST_DIR")).join(PROJECTS).join(name);
    copy(&state.join(folder), &scratch.root.join(folder));
    scratch
}

/// The complete project without one interface.
pub fn broken() -> Scratch {
    break_off(complete())
}

/// Takes one interface out of the complete project.
pub fn break_off(scratch: Scratch) -> Scratch {
    scratch.remove(INTERFACE);
    scratch.commit("without an interface");
    scratch
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The program, about to run in a folder with nothing of the host's environment that matters.
pub fn gatecheck(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("gatecheck").unwrap();
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
    command.env("GATECHECK_NO_CACHE", "1");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.current_dir(folder).args(arguments).arg("--now=2026-01-15");
    command
}

/// The program without the date, for commands that take none.
pub fn plain(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("gatecheck").unwrap();
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.current_dir(folder).args(arguments);
    command
}

/// What a run left behind: status, standard output, standard error.
pub fn ran(mut command: Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

pub fn check(scratch: &Scratch, arguments: &[&str]) -> (i32, String, String) {
    ran(gatecheck(&scratch.root, arguments))
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What makes a file that cannot be read to its end, before the path to make it at; nothing is a
/// file with a large hole.
#[cfg(unix)]
pub const ENDLESS: &[&[&str]] = &[&["mkfifo"], &["ln", "-s", "/dev/zero"], &[]];

/// Puts one of them in the place of a file.
#[cfg(unix)]
pub fn put_endless(put: &[&str], file: &Path) {
    fs::remove_file(file).unwrap();
    let Some((program, arguments)) = put.split_first() else {
        return fs::File::create(file).unwrap().set_len(1 << 40).unwrap();
    };
    let made = std::process::Command::new(program).args(arguments).arg(file).status();
    assert!(made.unwrap().success(), "{put:?}");
}
