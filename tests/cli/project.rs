//! Scratch projects and runs of the program in them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Scratch;

const PROJECTS: &str = "fixtures/workflows/standard-orchestration";

/// The workflow root of the complete project.
pub const COMPLETE_ROOT: &str = ".work";
pub const INTERFACE: &str = ".work/foundation/architecture/INTERFACE-accounts.md";
pub const REPORT: &str = ".work/integration/INTEGRATION-REPORT.md";

/// The complete project, committed.
pub fn complete() -> Scratch {
    let scratch = uncommitted();
    scratch.commit("complete");
    scratch
}

/// The complete project, before the first commit.
pub fn uncommitted() -> Scratch {
    state("complete")
}

/// One of the states of the example project, before the first commit.
pub fn state(name: &str) -> Scratch {
    let scratch = Scratch::new();
    let projects = Path::new(env!("CARGO_MANIFEST_DIR")).join(PROJECTS);
    copy(&projects.join(name), &scratch.root);
    scratch
}

/// The complete project without one interface.
pub fn broken() -> Scratch {
    let scratch = complete();
    scratch.remove(INTERFACE);
    scratch.commit("without an interface");
    scratch
}

fn copy(from: &Path, to: &Path) {
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
