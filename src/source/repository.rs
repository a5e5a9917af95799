//! Finding the repository around a folder and opening it as git itself would.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use git2::{ObjectFormat, Repository, RepositoryOpenFlags};

use super::failures;
use super::name;
use super::overlay::Overlay;
use crate::base::{Failure, RepoPath};

/// Where a repository stands, and all that is needed to open it again on another thread.
#[derive(Clone, Debug)]
pub(super) struct Location {
    start: PathBuf,
    environment: Environment,
    /// The top of the working tree; a bare repository has none.
    pub workdir: Option<PathBuf>,
    pub git_dir: PathBuf,
    /// The index git means: the temporary one inside a hook of `git commit -a`.
    pub index: PathBuf,
    /// The folder the search started from, below the top. The root in a bare repository.
    pub prefix: RepoPath,
    /// The hash function of its object ids.
    pub format: ObjectFormat,
    pub overlay: Arc<Overlay>,
}

/// Whether `GIT_DIR`, `GIT_INDEX_FILE`, `GIT_OBJECT_DIRECTORY` and their kin speak about this
/// repository. They do not when a hook of one repository asks for a check of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Environment {
    Heeded,
    Ignored,
}

impl Location {
    /// Finds and opens the repository around `start`.
    ///
    /// # Errors
    /// There is none, it belongs to another user, or it has a form that is not supported.
    pub(super) fn find(start: &Path) -> Result<(Self, Repository), Failure> {
        set_options();
        let start = folder(start)?;
        let environment = environment(&start);
        let repository = open(&start, environment)?;
        let workdir = repository.workdir().map(Path::to_owned);
        let prefix = workdir.as_deref().map_or_else(RepoPath::default, |top| prefix(&start, top));
        let git_dir = repository.path().to_owned();
        let index = match env::var_os("GIT_INDEX_FILE") {
            // Git gives a relative one from the top of the working tree.
            Some(path) if environment == Environment::Heeded && !path.is_empty() => {
                workdir.as_deref().unwrap_or(&git_dir).join(path)
            }
            _ => git_dir.join("index"),
        };
        let format = repository.object_format();
        let overlay = Arc::new(Overlay::of(&repository, |name| variable(environment, name)));
        let location =
            Self { start, environment, workdir, git_dir, index, prefix, format, overlay };
        Ok((location, repository))
    }

    /// Opens the same repository once more.
    ///
    /// # Errors
    /// As [`Location::find`].
    pub(super) fn open(&self) -> Result<Repository, Failure> {
        open(&self.start, self.environment)
    }

    /// How people name the repository: its working tree, or its folder where it is bare.
    pub(super) fn display(&self) -> String {
        let top = self.workdir.as_ref().unwrap_or(&self.git_dir);
        top.components().collect::<PathBuf>().display().to_string()
    }
}

/// How many bytes an object id of this repository has.
pub(super) fn id_width(repository: &Repository) -> usize {
    if repository.object_format() == ObjectFormat::Sha256 { 32 } else { 20 }
}

/// Objects are read without computing their hash again, as git itself does outside `git fsck`:
/// a clone or fetch has verified them on arrival, and who can change them afterwards can change
/// the references too. Hashing costs a third of reading. None is kept: nearly all are read once,
/// and a long history holds many.
fn set_options() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        git2::opts::strict_hash_verification(false);
        git2::opts::enable_caching(false);
    });
}

/// The real path of the folder to start from.
fn folder(start: &Path) -> Result<PathBuf, Failure> {
    let real = start.canonicalize().and_then(|real| {
        if real.is_dir() { Ok(real) } else { Err(io::ErrorKind::NotADirectory.into()) }
    });
    real.map_err(|error| {
        let what = format!("cannot look for a repository at `{}`", start.display());
        Failure::new(what, error, "name an existing folder inside the repository")
    })
}

fn environment(start: &Path) -> Environment {
    if env::var_os("GIT_DIR").is_some() {
        return Environment::Heeded;
    }
    let Ok(here) = env::current_dir().and_then(|here| here.canonicalize()) else {
        return Environment::Ignored;
    };
    let repository = |folder: &Path| Repository::discover_path(folder, ceilings()).ok();
    if start == here || repository(start).is_some_and(|found| repository(&here) == Some(found)) {
        Environment::Heeded
    } else {
        Environment::Ignored
    }
}

/// What the environment says about this repository.
fn variable(environment: Environment, name: &str) -> Option<OsString> {
    env::var_os(name).filter(|_| environment == Environment::Heeded)
}

/// Folders above which nobody searches.
fn ceilings() -> Vec<PathBuf> {
    let ceilings = env::var_os("GIT_CEILING_DIRECTORIES").unwrap_or_default();
    env::split_paths(&ceilings).filter(|folder| folder.is_absolute()).collect()
}

fn open(start: &Path, environment: Environment) -> Result<Repository, Failure> {
    let [git_dir, workdir] = ["GIT_DIR", "GIT_WORK_TREE"].map(|name| variable(environment, name));
    let plainly = |folder| Repository::open_ext(folder, RepositoryOpenFlags::empty(), ceilings());
    let opened = match (environment, &git_dir) {
        (Environment::Ignored, _) => plainly(start),
        (_, Some(_)) => Repository::open_from_env(),
        (_, None) => Repository::open_ext(start, RepositoryOpenFlags::FROM_ENV, ceilings()),
    };
    // libgit2 resolves a relative GIT_WORK_TREE against the git folder, git against the current
    // folder. Git gives its hooks exactly such a value: `.`.
    let opened = opened.or_else(|error| match &workdir {
        Some(workdir) if Path::new(workdir).is_relative() => {
            plainly(git_dir.as_ref().map_or(start, Path::new))
        }
        _ => Err(error),
    });
    let repository = opened.map_err(|error| failures::opening(start, &error))?;
    if let Some(workdir) = workdir {
        let absolute = std::path::absolute(&workdir).unwrap_or_else(|_| workdir.clone().into());
        repository.set_workdir(&absolute, false).map_err(|error| {
            let what = format!("cannot use GIT_WORK_TREE `{}`", absolute.display());
            Failure::new(what, error.message(), "set it to the top folder of a working tree")
        })?;
    }
    Ok(repository)
}

/// Where `start` lies below the top; a folder elsewhere, as inside `.git`, counts as the top.
fn prefix(start: &Path, top: &Path) -> RepoPath {
    let top = top.canonicalize().unwrap_or_else(|_| top.to_owned());
    match start.strip_prefix(&top) {
        Ok(below) if !below.starts_with(".git") => name::repo_path(&name::raw(below)),
        _ => RepoPath::default(),
    }
}
