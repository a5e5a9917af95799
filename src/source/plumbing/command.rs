//! Running git without running anything of the repository.
//!
//! Git is asked by plumbing commands that only read. Whatever a repository could make them start
//! or write is switched off for each: the file-system monitor, hooks, pagers, prompts, locks of
//! convenience, and fetching what a partial clone lacks.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How to run git for one repository.
#[derive(Clone, Debug)]
pub(super) struct Runner {
    program: PathBuf,
    /// Where it runs.
    pub folder: PathBuf,
    /// Variables set or removed for it.
    pub variables: Vec<(&'static str, Option<OsString>)>,
}

/// The variables by which git tells its hooks of the repository they run for, and which mean
/// nothing for another one.
const OF_REPOSITORY: [&str; 13] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_NAMESPACE",
];

/// Variables that would change what an answer means or when it comes.
const NEVER: [&str; 6] = [
    "GIT_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "LANGUAGE",
];

/// Options before the command. `--no-lazy-fetch` is unknown to versions before 2.45, which refuse
/// it: none of them can fetch behind our back.
const SAFELY: [&str; 9] = [
    "--no-lazy-fetch",
    "--no-optional-locks",
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.disambiguate=none",
];

impl Runner {
    /// Git as the path of commands has it; nothing where it is not there.
    ///
    /// Folders within the repository around `start` or its working tree, where that is `named`
    /// apart, are passed over, and so are relative ones, which would be looked up there.
    pub(super) fn find(start: &Path, named: Option<&Path>) -> Option<Self> {
        let marked = |folder: &&Path| folder.join(".git").symlink_metadata().is_ok();
        let top = start.ancestors().find(marked).unwrap_or(start);
        let named = named.and_then(|named| named.canonicalize().ok());
        let is_own = |path: &Path| {
            let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            real.starts_with(top) || named.as_ref().is_some_and(|named| real.starts_with(named))
        };
        let path = env::var_os("PATH")?;
        let folders = env::split_paths(&path);
        let folders = folders.filter(|folder| folder.is_absolute() && !is_own(folder));
        let mut programs =
            folders.map(|folder| folder.join("git").with_extension(env::consts::EXE_EXTENSION));
        let program = programs.find(|program| is_executable(program) && !is_own(program))?;
        Some(Self { program, folder: start.to_owned(), variables: Vec::new() })
    }

    /// Reads what the environment says from the current folder, as this program does.
    pub(super) fn heeding(mut self, workdir: Option<PathBuf>) -> Self {
        if env::var_os("GIT_DIR").is_some()
            && let Ok(here) = env::current_dir()
        {
            self.folder = here;
        }
        self.variables.extend(workdir.map(|top| ("GIT_WORK_TREE", Some(top.into()))));
        self
    }

    /// Hides what the environment says of some other repository.
    pub(super) fn alone(mut self) -> Self {
        self.variables.extend(OF_REPOSITORY.map(|name| (name, None)));
        self
    }

    /// The command with these arguments, not yet started.
    pub(super) fn command(&self, arguments: &[&OsStr]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).args(SAFELY).args(arguments);
        for name in NEVER {
            command.env_remove(name);
        }
        command.envs([("GIT_TERMINAL_PROMPT", "0"), ("GIT_ALLOW_PROTOCOL", "")]);
        // Each answer comes at once, and messages are those that this program knows.
        command.envs([("GIT_FLUSH", "1"), ("LC_ALL", "C")]);
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What git answers. Where it complains of an error, it may have left something out and still
    /// call that a success: `ls-files` does so over a sparse index whose trees are missing.
    ///
    /// # Errors
    /// It cannot be started, fails or complains.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let output = self.command(&arguments).output().map_err(|_| Refusal::Absent)?;
        let said = String::from_utf8_lossy(&output.stderr);
        let complains = said.lines().any(|line| line.starts_with("error: "));
        if output.status.success() && !complains {
            return Ok(output.stdout);
        }
        Err(Refusal::of(&said))
    }
}

/// Why git gives no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) enum Refusal {
    /// It is not installed.
    Absent,
    /// It is older than 2.45.
    Old,
    /// What it says itself; empty where it was told to be quiet.
    Said(String),
}

impl Refusal {
    fn of(said: &str) -> Self {
        if said.starts_with("unknown option: ") {
            return Self::Old;
        }
        let lines = said.lines().filter(|line| !line.starts_with("hint: "));
        let said: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
        let said = said.join(" ");
        let begins = ["fatal: ", "error: "].iter().find_map(|begin| said.strip_prefix(begin));
        Self::Said(begins.unwrap_or(&said).to_owned())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Absent => "git cannot be run",
            Self::Old => "git is older than 2.45",
            Self::Said(said) => said,
        })
    }
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    program.metadata().is_ok_and(|one| one.is_file() && one.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(program: &Path) -> bool {
    program.is_file()
}
