//! Finding the repository around a folder and opening it as git itself would.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use git2::{Config, ObjectFormat, Repository, RepositoryOpenFlags};

use super::failures;
use super::name;
use super::overlay::Overlay;
use super::plumbing::{Git, Refusal};
use super::pool::{Lease, Pool};
use super::store::Store;
use crate::base::{Failure, RepoPath};

/// Where a repository stands, and all that is needed to open it again on another thread.
#[derive(Clone, Debug)]
pub(super) struct Location {
    start: PathBuf,
    environment: Environment,
    /// Where libgit2 cannot read it.
    git: Option<Arc<Git>>,
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
    /// What was opened here and lies unused.
    pub pool: Pool,
}

/// Whether `GIT_DIR`, `GIT_INDEX_FILE`, `GIT_OBJECT_DIRECTORY` and their kin speak about this
/// repository. They do not when a hook of one repository asks for a check of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Environment {
    Heeded,
    Ignored,
}

impl Location {
    /// Finds the repository around `start` and opens it: through libgit2, or by asking git itself
    /// where libgit2 cannot read it.
    ///
    /// # Errors
    /// There is none, it belongs to another user, or neither can read it.
    pub(super) fn find(start: &Path) -> Result<(Self, Store), Failure> {
        set_options();
        let start = folder(start)?;
        let environment = environment(&start);
        match open(&start, environment) {
            Ok(repository) => {
                let repository = placed(repository, environment)?;
                check_trust(&repository, &start, environment)?;
                Self::of(start, environment, Store::Library(repository))
            }
            Err(error) if failures::is_nowhere(&error) => {
                Err(failures::opening(&start, &error, None))
            }
            Err(error) => match git(&start, environment)? {
                Ok(git) => Self::of(start, environment, Store::Git(git)),
                Err(refusal) => Err(failures::opening(&start, &error, Some(&refusal))),
            },
        }
    }

    /// As [`Location::find`], but always by asking git.
    ///
    /// # Errors
    /// As [`Location::find`].
    pub(super) fn find_through_git(start: &Path) -> Result<(Self, Store), Failure> {
        let start = folder(start)?;
        let environment = environment(&start);
        match git(&start, environment)? {
            Ok(git) => Self::of(start, environment, Store::Git(git)),
            Err(refusal) => {
                let what = format!("cannot open the git repository at `{}`", start.display());
                Err(Failure::new(what, refusal, "look at it with git 2.45 or newer"))
            }
        }
    }

    /// The same repository as git itself reads it.
    ///
    /// # Errors
    /// Git is not there, too old, or cannot read it either.
    pub(super) fn through_git(&self) -> Result<(Self, Store), Refusal> {
        let said = |failure: Failure| Refusal::Said(failure.to_string());
        let git = git(&self.start, self.environment).map_err(said)??;
        Self::of(self.start.clone(), self.environment, Store::Git(git)).map_err(said)
    }

    fn of(
        start: PathBuf,
        environment: Environment,
        store: Store,
    ) -> Result<(Self, Store), Failure> {
        let git = match &store {
            Store::Library(_) => None,
            Store::Git(git) => Some(git.clone()),
        };
        let workdir = store.workdir().map(Path::to_owned);
        let prefix = workdir.as_deref().map_or_else(RepoPath::default, |top| prefix(&start, top));
        let git_dir = store.git_dir().to_owned();
        let index = match env::var_os("GIT_INDEX_FILE") {
            // Git gives a relative one from the top of the working tree.
            Some(path) if environment == Environment::Heeded && !path.is_empty() => {
                workdir.as_deref().unwrap_or(&git_dir).join(path)
            }
            _ => git_dir.join("index"),
        };
        let format = store.format();
        let overlay = Arc::new(Overlay::of(&store, |name| variable(environment, name))?);
        let pool = Pool::default();
        let location = Self {
            start,
            environment,
            git,
            workdir,
            git_dir,
            index,
            prefix,
            format,
            overlay,
            pool,
        };
        Ok((location, store))
    }

    /// Opens the same repository once more.
    ///
    /// # Errors
    /// As [`Location::find`].
    pub(super) fn open(&self) -> Result<Lease, Failure> {
        if let Some(git) = &self.git {
            return Ok(self.pool.lend(Store::Git(git.clone())));
        }
        if let Some(unused) = self.pool.take() {
            return Ok(unused);
        }
        let repository = open(&self.start, self.environment);
        let repository =
            repository.map_err(|error| failures::opening(&self.start, &error, None))?;
        let repository = placed(repository, self.environment)?;
        Ok(self.pool.lend(Store::Library(repository)))
    }

    /// How people name the repository: its working tree, or its folder where it is bare.
    pub(super) fn display(&self) -> String {
        let top = self.workdir.as_ref().unwrap_or(&self.git_dir);
        top.components().collect::<PathBuf>().display().to_string()
    }
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

/// From here on, this process keeps the trees that it reads, within limits, for views of commits
/// that have most of theirs in common. It holds for the process, as libgit2 has it.
pub fn remember_trees() {
    set_options();
    git2::opts::enable_caching(true);
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

fn open(start: &Path, environment: Environment) -> Result<Repository, git2::Error> {
    let [git_dir, workdir] = ["GIT_DIR", "GIT_WORK_TREE"].map(|name| variable(environment, name));
    let plainly = |folder| Repository::open_ext(folder, RepositoryOpenFlags::empty(), ceilings());
    let opened = match (environment, &git_dir) {
        (Environment::Ignored, _) => plainly(start),
        (_, Some(_)) => Repository::open_from_env(),
        (_, None) => Repository::open_ext(start, RepositoryOpenFlags::FROM_ENV, ceilings()),
    };
    // libgit2 resolves a relative GIT_WORK_TREE against the git folder, git against the current
    // folder. Git gives its hooks exactly such a value: `.`.
    opened.or_else(|error| match &workdir {
        Some(workdir) if Path::new(workdir).is_relative() => {
            plainly(git_dir.as_ref().map_or(start, Path::new))
        }
        _ => Err(error),
    })
}

/// The repository as git opens it. Inside, why git does not.
fn git(start: &Path, environment: Environment) -> Result<Result<Arc<Git>, Refusal>, Failure> {
    let workdir = named_workdir(environment);
    match &workdir {
        Some(workdir) if !workdir.is_dir() => Err(no_workdir(workdir, "it is no folder")),
        _ => {
            let is_heeded = environment == Environment::Heeded;
            Ok(Git::open(start, is_heeded, workdir).map(Arc::new))
        }
    }
}

/// Refuses what git was told not to trust, where libgit2 did not hear of it: bare repositories that
/// are found and not named, and whatever the environment configures.
fn check_trust(
    repository: &Repository,
    start: &Path,
    environment: Environment,
) -> Result<(), Failure> {
    let git_dir = repository.path();
    let is_named = variable(environment, "GIT_DIR").is_some();
    // What stands in the `.git` of a working tree belongs to it.
    let is_bare = start.starts_with(git_dir) && !git_dir.iter().any(|part| part == ".git");
    let is_found_bare = is_bare && !is_named;
    let of_git =
        env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_CONFIG"));
    let mut configured = of_git.filter(|(_, value)| {
        is_found_bare || value.to_string_lossy().to_ascii_lowercase().contains("safe.")
    });
    if configured.next().is_some() {
        match git(start, environment)? {
            Err(Refusal::Said(said)) if said.contains("safe.bareRepository") => {
                return Err(failures::bare(git_dir));
            }
            Err(Refusal::Said(said)) if said.contains("safe.directory") => {
                return Err(failures::foreign(start, start));
            }
            Ok(_) | Err(Refusal::Said(_)) => return Ok(()),
            Err(Refusal::Absent | Refusal::Old) => {}
        }
    }
    let setting = Config::open_default().and_then(|one| one.get_string("safe.bareRepository"));
    match setting {
        Ok(value) if is_found_bare && value == "explicit" => Err(failures::bare(git_dir)),
        _ => Ok(()),
    }
}

/// The repository with the working tree that the environment names.
fn placed(repository: Repository, environment: Environment) -> Result<Repository, Failure> {
    if let Some(workdir) = named_workdir(environment) {
        let set = repository.set_workdir(&workdir, false);
        set.map_err(|error| no_workdir(&workdir, error.message()))?;
    }
    Ok(repository)
}

/// The top of the working tree as the environment names it, from the current folder.
fn named_workdir(environment: Environment) -> Option<PathBuf> {
    let named = PathBuf::from(variable(environment, "GIT_WORK_TREE")?);
    Some(std::path::absolute(&named).unwrap_or(named))
}

fn no_workdir(named: &Path, why: impl fmt::Display) -> Failure {
    let what = format!("cannot use GIT_WORK_TREE `{}`", named.display());
    Failure::new(what, why, "set it to the top folder of a working tree")
}

/// Where `start` lies below the top; a folder elsewhere, as inside `.git`, counts as the top.
fn prefix(start: &Path, top: &Path) -> RepoPath {
    let top = top.canonicalize().unwrap_or_else(|_| top.to_owned());
    match start.strip_prefix(&top) {
        Ok(below) if !below.starts_with(".git") => name::repo_path(&name::raw(below)),
        _ => RepoPath::default(),
    }
}
