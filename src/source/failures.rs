//! What libgit2's errors mean for the person at the keyboard.

use std::path::Path;

use git2::{Error, ErrorClass, ErrorCode};

use super::plumbing::Refusal;
use crate::base::Failure;

/// Why the repository around `start` cannot be opened: what libgit2 says of it, and where that
/// was asked, why git is no way out.
pub(super) fn opening(start: &Path, error: &Error, refusal: Option<&Refusal>) -> Failure {
    let (what, message) = (cannot_open(start), error.message());
    match error.code() {
        ErrorCode::NotFound if is_nowhere(error) => Failure::new(
            format!("there is no git repository at `{}` or above it", start.display()),
            "",
            "run gatecheck inside a repository, or name one with `-C DIR`",
        ),
        ErrorCode::Owner => {
            // Only the message says which folder is meant, in single quotes.
            let named = message.split('\'').nth(1).map(|folder| folder.trim_end_matches('/'));
            foreign(start, named.map_or(start, Path::new))
        }
        _ if message.contains("extensions.refstorage") => unreadable(
            what,
            "it stores its references as reftable",
            "convert it with `git refs migrate --ref-format=files`",
            refusal,
        ),
        _ if message.contains("extensions.partialclone") => unreadable(
            what,
            "it is a partial clone marked by `extensions.partialClone`",
            "judge a clone made without `--filter`",
            refusal,
        ),
        _ if message.contains("unsupported extension") => {
            unreadable(what, message, "judge a plain clone of it", refusal)
        }
        _ => Failure::new(what, message, "check it with `git status` and `git fsck`"),
    }
}

/// Whether there is no repository at all.
pub(super) fn is_nowhere(error: &Error) -> bool {
    error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Repository
}

/// That the repository around `start`, which is `folder`, is one that git does not trust.
pub(super) fn foreign(start: &Path, folder: &Path) -> Failure {
    let help = format!("git config --global --add safe.directory {}", folder.display());
    let help = format!("if you trust it, run `{help}`");
    Failure::new(cannot_open(start), "it belongs to another user", help)
}

/// That a bare repository was found which git uses only where it is named.
pub(super) fn bare(git_dir: &Path) -> Failure {
    let why = "it is bare, and git is told to use such only where they are named \
               (`safe.bareRepository`)";
    Failure::new(cannot_open(git_dir), why, "if you trust it, name it by setting `GIT_DIR`")
}

fn cannot_open(folder: &Path) -> String {
    format!("cannot open the git repository at `{}`", folder.display())
}

/// That a form of repository or index is one for git alone, and why git was of no use.
pub(super) fn unreadable(
    what: impl Into<String>,
    why: &str,
    help: &str,
    refusal: Option<&Refusal>,
) -> Failure {
    let (why, help) = match refusal {
        Some(Refusal::Said(said)) if said.is_empty() => {
            (format!("{why}, and git cannot read it either"), help.to_owned())
        }
        Some(Refusal::Said(said)) => (format!("{why}, and git says: {said}"), help.to_owned()),
        Some(Refusal::Old) => (
            format!("{why}, which only git 2.45 or newer can read, and the installed one is older"),
            format!("update git, or {help}"),
        ),
        Some(Refusal::Absent) | None => (
            format!("{why}, which only git 2.45 or newer can read, and there is none"),
            format!("install git, or {help}"),
        ),
    };
    Failure::new(what, why, help)
}

/// Why an object of the repository cannot be read. `what` says what was being done.
pub(super) fn object(what: impl Into<String>, error: &Error) -> Failure {
    if is_missing(error) {
        return Failure::new(
            what,
            format!("the repository lacks an object ({})", error.message()),
            LACKING,
        );
    }
    Failure::new(what, error.message(), "check the repository with `git fsck`")
}

/// What to do about missing objects.
pub(super) const LACKING: &str = "a partial clone gets all of them by `git fetch --refetch \
                                  --no-filter`; in any other one, `git fsck` shows the damage";

/// Whether the object database does not hold what was asked for.
pub(super) fn is_missing(error: &Error) -> bool {
    error.code() == ErrorCode::NotFound && error.class() == ErrorClass::Odb
}

/// Why a folder or file of the working tree cannot be read.
pub(super) fn disk(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("cannot read `{}`", path.display()),
        error,
        "make it readable for the user who runs gatecheck",
    )
}
