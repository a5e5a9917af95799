//! What libgit2's errors mean for the person at the keyboard.

use std::path::Path;

use git2::{Error, ErrorClass, ErrorCode};

use crate::base::Failure;

/// Why the repository around `start` cannot be opened.
pub(super) fn opening(start: &Path, error: &Error) -> Failure {
    let what = format!("cannot open the git repository at `{}`", start.display());
    let message = error.message();
    match (error.code(), error.class()) {
        (ErrorCode::NotFound, ErrorClass::Repository) => Failure::new(
            format!("there is no git repository at `{}` or above it", start.display()),
            "",
            "run gatecheck inside a repository, or name one with `-C DIR`",
        ),
        (ErrorCode::Owner, _) => {
            // Only the message says which folder is meant, in single quotes.
            let named = message.split('\'').nth(1).map(|folder| folder.trim_end_matches('/'));
            let folder = named.map_or_else(|| start.display().to_string(), str::to_owned);
            let help = format!("run `git config --global --add safe.directory {folder}`");
            Failure::new(what, "it belongs to another user", format!("if you trust it, {help}"))
        }
        _ if message.contains("extensions.refstorage") => Failure::new(
            what,
            "it stores its references as reftable, which is not supported",
            "convert it with `git refs migrate --ref-format=files`",
        ),
        _ if message.contains("extensions.partialclone") => Failure::new(
            what,
            "it is a partial clone marked by `extensions.partialClone`, which is not supported",
            "judge a clone made without `--filter`",
        ),
        _ if message.contains("unsupported extension") => Failure::new(
            what,
            format!("{message}: it uses a git extension that is not supported"),
            "judge a plain clone of it",
        ),
        _ => Failure::new(what, message, "check it with `git status` and `git fsck`"),
    }
}

/// Why an object of the repository cannot be read. `what` says what was being done.
pub(super) fn object(what: impl Into<String>, error: &Error) -> Failure {
    if is_missing(error) {
        return Failure::new(
            what,
            format!("the repository lacks an object ({})", error.message()),
            "a partial clone gets all of them by `git fetch --refetch --no-filter`; in any other one, \
             `git fsck` shows the damage",
        );
    }
    Failure::new(what, error.message(), "check the repository with `git fsck`")
}

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
