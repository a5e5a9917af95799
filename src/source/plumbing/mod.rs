//! Asking git itself, for repositories of a form that libgit2 cannot read: references kept as
//! reftable, a split or sparse index, extensions that git knows and libgit2 does not, and folders
//! that git was told to trust in words that libgit2 does not understand.
//!
//! Git answers the few questions that [`Store`](super::store::Store) asks. Trees, commits and
//! histories are read from its answers by the same code that reads them through libgit2.

mod command;
mod conversation;
mod index;

use std::env;
use std::fs;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, ObjectFormat, ObjectType, Oid};

use super::{name, store};
use command::Runner;
use conversation::{Conversation, field};

pub(super) use command::Refusal;

/// A repository that git opened.
#[derive(Debug)]
pub(super) struct Git {
    runner: Runner,
    pub git_dir: PathBuf,
    pub common_dir: PathBuf,
    pub workdir: Option<PathBuf>,
    pub format: ObjectFormat,
    objects: Conversation,
    ignored: Conversation,
}

/// What git knows of an object without reading it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Info {
    id: Oid,
    pub kind: ObjectType,
    pub size: usize,
}

impl Git {
    /// Lets git find the repository around a folder, by the rules and with the trust of git.
    /// `is_heeded` says whether the environment speaks about this repository, and `named` the
    /// working tree that it names.
    ///
    /// # Errors
    /// Git is not there, too old, or refuses the repository.
    pub(super) fn open(
        start: &Path,
        is_heeded: bool,
        named: Option<PathBuf>,
    ) -> Result<Self, Refusal> {
        let runner = Runner::find(start, named.as_deref()).ok_or(Refusal::Absent)?;
        let mut runner = if is_heeded { runner.heeding(named.clone()) } else { runner.alone() };
        let about = runner.run(&["rev-parse", "--show-object-format", "--is-bare-repository"])?;
        let about = String::from_utf8_lossy(&about);
        let format = match about.lines().next() {
            Some("sha1") => ObjectFormat::Sha1,
            Some("sha256") => ObjectFormat::Sha256,
            other => {
                let why = format!("unknown object format `{}`", other.unwrap_or_default());
                return Err(Refusal::Said(why));
            }
        };
        // Each by itself: a path may hold a line break.
        let path = |asked: &str| {
            let absolute = "--path-format=absolute";
            let printed = runner.run(&["rev-parse", absolute, asked])?;
            let printed = printed.strip_suffix(b"\n").unwrap_or(&printed);
            Ok(name::disk(printed.strip_suffix(b"\r").unwrap_or(printed)))
        };
        let (git_dir, common_dir) = (path("--git-dir")?, path("--git-common-dir")?);
        let mut workdir = path("--show-toplevel").ok();
        // Where the environment names the git folder alone, git takes the current folder for the
        // top, and within the git folder it sees no working tree.
        let is_apart = workdir.is_none() || is_heeded && env::var_os("GIT_DIR").is_some();
        if is_apart
            && named.is_none()
            && about.contains("false")
            && runner.run(&["config", "--get", "core.worktree"]).is_err()
        {
            workdir = around(&git_dir).or(workdir);
        }
        // From here on, where the program runs and what its environment says does not matter.
        runner.variables.push(("GIT_DIR", Some(git_dir.clone().into())));
        if let Some(top) = &workdir {
            runner.variables.push(("GIT_WORK_TREE", Some(top.clone().into())));
            runner.folder.clone_from(top);
        }
        let objects =
            Conversation::new(&["--no-replace-objects", "cat-file", "--batch-command", "-Z"]);
        let ignored = Conversation::new(&[
            "check-ignore",
            "--stdin",
            "-z",
            "--verbose",
            "--non-matching",
            "--no-index",
        ]);
        Ok(Self { runner, git_dir, common_dir, workdir, format, objects, ignored })
    }

    /// The kind and the content of an object.
    pub(super) fn contents(&self, id: Oid) -> Result<(ObjectType, Vec<u8>), git2::Error> {
        self.ask("contents", &id.to_string(), |info, answers| {
            let mut content = vec![0; info.size];
            answers.read_exact(&mut content)?;
            answers.read_exact(&mut [0])?;
            Ok((info.kind, content))
        })
    }

    /// What an object is, by whatever names it.
    pub(super) fn info(&self, name: &str) -> Result<Info, git2::Error> {
        self.ask("info", name, |info, _| Ok(info))
    }

    fn ask<T>(
        &self,
        command: &str,
        name: &str,
        read: impl FnOnce(Info, &mut dyn BufRead) -> io::Result<T>,
    ) -> Result<T, git2::Error> {
        let question = format!("{command} {name}\0");
        let answer = self.objects.ask(&self.runner, question.as_bytes(), |answers| {
            let head = String::from_utf8_lossy(&field(answers)?).into_owned();
            match self.parse(&head) {
                Ok(info) => read(info, answers).map(Ok),
                Err(error) => Ok(Err(error)),
            }
        });
        answer.unwrap_or_else(|_| Err(stopped("cat-file", name)))
    }

    /// Takes `<id> <kind> <size>` apart, or tells what stands there instead.
    fn parse(&self, head: &str) -> Result<Info, git2::Error> {
        if let Some(name) = head.strip_suffix(" missing") {
            return Err(store::missing(name));
        }
        if let Some(name) = head.strip_suffix(" ambiguous") {
            return Err(ambiguous(name));
        }
        let unknown = || git2::Error::from_str(&format!("git cat-file answered `{head}`"));
        let mut words = head.split(' ');
        let mut word = || words.next().ok_or_else(unknown);
        let id = Oid::from_str_ext(word()?, self.format)?;
        let kind = ObjectType::from_str(word()?).ok_or_else(unknown)?;
        let size = word()?.parse().map_err(|_| unknown())?;
        Ok(Info { id, kind, size })
    }

    /// The object whose id begins like this.
    pub(super) fn begins(&self, digits: &str) -> Result<Oid, git2::Error> {
        match self.info(digits) {
            Ok(info) if info.id.to_string().starts_with(digits) => Ok(info.id),
            Err(error) => Err(error),
            // A reference has that name, and comes first.
            Ok(_) => {
                let asked = format!("--disambiguate={digits}");
                let ids = self.answer(&["rev-parse", &asked])?;
                let mut ids = ids.lines();
                match (ids.next(), ids.next()) {
                    (Some(id), None) => Oid::from_str_ext(id, self.format),
                    (Some(_), Some(_)) => Err(ambiguous(digits)),
                    (None, _) => Err(store::missing(digits)),
                }
            }
        }
    }

    /// The object that a name means, as `git rev-parse` understands it. The object need not be
    /// there where a reference has the name.
    pub(super) fn named(&self, name: &str) -> Result<Oid, git2::Error> {
        let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", name];
        match self.answer(&asked) {
            Ok(id) => Oid::from_str_ext(id.trim_end(), self.format),
            Err(error) if name == "HEAD" && !error.message().is_empty() => Err(error),
            Err(_) if name == "HEAD" => {
                let message = "the current branch has no commit yet";
                Err(git2::Error::new(ErrorCode::UnbornBranch, ErrorClass::Reference, message))
            }
            Err(_) if super::history::is_hex(name) => self.begins(name),
            Err(_) => {
                let message = format!("nothing is called `{name}`");
                Err(git2::Error::new(ErrorCode::NotFound, ErrorClass::Reference, message))
            }
        }
    }

    /// The branch that HEAD names, in full; nothing where it names a commit itself.
    pub(super) fn branch(&self) -> Result<Option<String>, git2::Error> {
        match self.answer(&["symbolic-ref", "--quiet", "HEAD"]) {
            Ok(name) => Ok(Some(name.trim_end().to_owned())),
            Err(error) if error.message().is_empty() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The references below a prefix that ends in a slash: each name with what it points to.
    pub(super) fn references(&self, prefix: &str) -> Result<Vec<(String, String)>, git2::Error> {
        let format = "--format=%(objectname) %(refname)";
        let listed = self.answer(&["for-each-ref", format, "--end-of-options", prefix])?;
        let pair = |line: &str| line.split_once(' ').map(|(id, name)| (name.into(), id.into()));
        Ok(listed.lines().filter_map(pair).collect())
    }

    /// A setting that is on or off; nothing where nobody set it.
    pub(super) fn setting(&self, name: &str) -> Option<bool> {
        let value = self.answer(&["config", "--type=bool", "--get", name]).ok()?;
        value.trim_end().parse().ok()
    }

    /// Whether ignore rules cover a path, whatever the index says.
    pub(super) fn is_ignored(&self, raw: &[u8]) -> Result<bool, git2::Error> {
        // A colon at the beginning would have a meaning of its own.
        let question = [b"./", raw, b"\0"].concat();
        let pattern = self.ignored.ask(&self.runner, &question, |answers| {
            let [_source, _line, pattern] = [field(answers)?, field(answers)?, field(answers)?];
            field(answers).map(|_path| pattern)
        });
        let pattern =
            pattern.map_err(|_| stopped("check-ignore", &String::from_utf8_lossy(raw)))?;
        Ok(!pattern.is_empty() && !pattern.starts_with(b"!"))
    }

    fn answer(&self, arguments: &[&str]) -> Result<String, git2::Error> {
        let answer = self.runner.run(arguments);
        let answer = answer.map_err(|refusal| git2::Error::from_str(&refusal.to_string()))?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

/// The top of the working tree that a git folder belongs to by its place.
fn around(git_dir: &Path) -> Option<PathBuf> {
    // A linked worktree has its `.git` elsewhere, and a note where.
    if let Ok(noted) = fs::read(git_dir.join("gitdir")) {
        let link = git_dir.join(name::disk(noted.trim_ascii_end()));
        return link.parent().map(Path::to_owned);
    }
    git_dir.parent().filter(|_| git_dir.ends_with(".git")).map(Path::to_owned)
}

fn ambiguous(digits: &str) -> git2::Error {
    let message = format!("several objects begin with {digits}");
    git2::Error::new(ErrorCode::Ambiguous, ErrorClass::Odb, message)
}

fn stopped(command: &str, over: &str) -> git2::Error {
    git2::Error::from_str(&format!("`git {command}` stopped over `{over}`"))
}
