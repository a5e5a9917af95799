//! Finding the real clients, and running them alike on every machine.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of this repository.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A program that was found.
#[derive(Debug)]
pub struct Client {
    path: PathBuf,
}

/// Finds the client of this name where `.ci/clients` puts it, or else on PATH.
///
/// Where there is none, it says so and the test has to return; under CI that fails, so that
/// nothing is left out in silence.
pub fn client(name: &str) -> Option<Client> {
    let found = folders().into_iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        let missing =
            format!("{test}: not tried, {name} is not installed; .ci/clients installs it");
        assert!(env::var_os("CI").is_none(), "{missing}");
        eprintln!("{missing}");
    }
    found.map(|path| Client { path })
}

/// What a client did.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    /// Standard output, then standard error.
    pub said: String,
}

impl Client {
    /// The client as a command, with gatecheck and the other clients on its PATH, and nothing in
    /// its environment of the hook or the job that the tests may run in.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.path);
        let foreign = ["GIT_", "GITHUB_", "PRE_COMMIT", "RUNNER_", "LEFTHOOK", "HUSKY"];
        for (name, _) in env::vars_os() {
            let known = name.to_string_lossy();
            if known == "CI" || foreign.iter().any(|prefix| known.starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command
            .current_dir(folder)
            .env("PATH", env::join_paths(folders()).expect("folders without a colon"))
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")])
            .envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org")])
            .env("NO_COLOR", "1");
        command
    }

    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Ran {
        ran(self.command(folder).args(arguments))
    }

    /// Runs the client, which must succeed, and gives what it said.
    pub fn succeed(&self, folder: &Path, arguments: &[&str]) -> String {
        let Ran { status, said } = self.run(folder, arguments);
        assert_eq!(status, Some(0), "{} {arguments:?} failed:\n{said}", self.path.display());
        said
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let streams = [output.stdout, output.stderr];
    let said = streams.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Ran { status: output.status.code(), said }
}

/// Where programs are looked for: the gatecheck under test first.
fn folders() -> Vec<PathBuf> {
    let built = Path::new(env!("CARGO_BIN_EXE_gatecheck")).parent().map(Path::to_owned);
    let installed = Path::new(ROOT).join("target/clients/bin");
    let path: OsString = env::var_os("PATH").unwrap_or_default();
    let others = env::split_paths(OsStr::new(&path));
    built.into_iter().chain([installed]).chain(others).collect()
}
