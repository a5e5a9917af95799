//! Scratch repositories made by the git command line, isolated from the host's configuration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gatecheck::base::{Failure, RepoPath};
use gatecheck::source::{self, Content, Node, Opened, Selection, Source};
use tempfile::TempDir;

/// A temporary folder with one or more repositories in it.
pub struct Scratch {
    folder: TempDir,
    /// The repository that commands run in.
    pub root: PathBuf,
}

impl Scratch {
    /// An empty repository `main` with a branch of that name.
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// As [`Scratch::new`], with options for `git init`.
    pub fn with(options: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let root = real(folder.path()).join("main");
        let scratch = Self { folder, root };
        let target = scratch.root.display().to_string();
        let init = [&["init", "--quiet", "--initial-branch=main"], options, &[&target]].concat();
        scratch.git_in(scratch.folder.path(), &init);
        scratch
    }

    /// A path beside the repository.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.root.with_file_name(name)
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, content).expect("a new file");
        self
    }

    pub fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.root.join(path)).expect("a file to remove");
        self
    }

    /// Runs git in the repository and gives what it printed.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.root, arguments)
    }

    pub fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let output = self.try_git(folder, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?} failed: {error}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    pub fn try_git(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(folder)
            .args(["-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"])
            .args(arguments)
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")])
            .envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org")])
            .envs([("GIT_AUTHOR_DATE", "@1700000000 +0000")])
            .envs([("GIT_COMMITTER_DATE", "@1700000000 +0000")])
            .output()
            .expect("this suite needs the git command line, which cannot be run")
    }

    /// Stages everything and commits; gives the full id.
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn open(&self, what: Selection) -> Opened {
        open(&self.root, what)
    }

    pub fn worktree(&self) -> Box<dyn Source> {
        self.open(Selection::WorkingTree).source
    }

    pub fn index(&self) -> Box<dyn Source> {
        self.open(Selection::Index).source
    }

    pub fn head(&self) -> Box<dyn Source> {
        self.open(head()).source
    }

    /// Why a view cannot be opened.
    pub fn refusal(&self, what: Selection) -> Failure {
        match source::open(&self.root, what) {
            Ok(opened) => panic!("{} should not open", opened.source.label()),
            Err(failure) => failure,
        }
    }
}

/// A path without links. Windows marks it, and git there does not know the mark.
fn real(path: &Path) -> PathBuf {
    let real = path.canonicalize().expect("a real path");
    let unmarked = real.to_str().and_then(|path| path.strip_prefix(r"\\?\"));
    unmarked.map_or_else(|| real.clone(), PathBuf::from)
}

pub fn head() -> Selection {
    Selection::Revision("HEAD".to_owned())
}

pub fn open(start: &Path, what: Selection) -> Opened {
    opened(source::open(start, what))
}

fn opened(result: Result<Opened, Failure>) -> Opened {
    result.unwrap_or_else(|failure| panic!("{failure}; {}", failure.help))
}

/// Whether the installed git has something that came with a version. Where it does not, the test
/// says so and ends, but fails on a machine that is there to run all tests.
pub fn git_knows(what: &str, since: (u32, u32)) -> bool {
    let output = Command::new("git").arg("version").output().expect("the git command line");
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = version.split([' ', '.']).filter_map(|part| part.parse().ok());
    let known = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= since;
    if !known {
        let (major, minor) = since;
        let lacks = format!("{what} needs git {major}.{minor} or newer, this is {version}");
        assert!(std::env::var_os("CI").is_none(), "{lacks}");
        eprintln!("not tested: {lacks}");
    }
    known
}

/// How a repository can be read: as gatecheck does, and through git itself. Nothing that comes
/// out may tell them apart.
pub fn readers() -> Vec<Read> {
    match git_reads() {
        true => vec![source::open, source::open_through_git],
        false => vec![source::open],
    }
}

type Read = fn(&Path, Selection) -> Result<Opened, Failure>;

/// Whether git can stand in for libgit2.
pub fn git_reads() -> bool {
    git_knows("reading through git", (2, 45))
}

/// One view of a repository, through each reader.
pub fn each(start: &Path, what: &Selection) -> Vec<Opened> {
    readers().into_iter().map(|read| opened(read(start, what.clone()))).collect()
}

/// Working tree, index and HEAD, through each reader.
pub fn views(start: &Path) -> Vec<Box<dyn Source>> {
    let all = [Selection::WorkingTree, Selection::Index, head()];
    all.iter().flat_map(|what| each(start, what)).map(|opened| opened.source).collect()
}

pub fn path(path: &str) -> RepoPath {
    RepoPath::new(path)
}

/// Everything below a folder: path, node, tracking and content, one line each.
pub fn describe(source: &dyn Source, folder: &str) -> Vec<String> {
    let mut reader = source.reader().expect("a reader");
    let entries = source.list(&path(folder)).expect("a listing");
    let line = |entry: &source::Entry| {
        let content = match reader.read(entry).expect("content") {
            Content::Bytes(bytes) => format!("{:?}", String::from_utf8_lossy(&bytes)),
            Content::Unreadable(reason) => reason,
        };
        let raw = String::from_utf8_lossy(&entry.raw).escape_debug().to_string();
        let node = match entry.node {
            Node::File(Some(size)) => format!("File({size})"),
            other => format!("{other:?}"),
        };
        format!("{raw} {node} {:?} {content}", entry.tracking)
    };
    entries.iter().map(line).collect()
}

/// The paths below a folder.
pub fn names(source: &dyn Source, folder: &str) -> Vec<String> {
    let entries = source.list(&path(folder)).expect("a listing");
    entries.iter().map(|entry| entry.path.to_string()).collect()
}
