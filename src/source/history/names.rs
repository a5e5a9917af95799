//! What people write for a commit: a branch, a tag, an id, and steps back from one.

use git2::{ErrorCode, Oid};

use super::commits::Commits;
use crate::base::Failure;
use crate::source::failures;
use crate::source::store::Store;

/// One step from a commit to one of its parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// `~3`: so many first parents back.
    Firsts(usize),
    /// `^2`: the second parent. `^0` is the commit itself.
    Parent(usize),
}

/// A name, and the steps that are written after it.
pub fn parted(written: &str) -> (&str, Vec<Back>) {
    let (mut name, mut steps) = (written, Vec::new());
    while let Some((before, step)) = last_step(name) {
        name = before;
        steps.push(step);
    }
    steps.reverse();
    (name, steps)
}

fn last_step(written: &str) -> Option<(&str, Back)> {
    for ending in ["^{commit}", "^{}"] {
        if let Some(name) = written.strip_suffix(ending) {
            return Some((name, Back::Parent(0)));
        }
    }
    let name = written.trim_end_matches(|one: char| one.is_ascii_digit());
    let number = &written[name.len()..];
    let number = if number.is_empty() { 1 } else { number.parse().ok()? };
    let firsts = name.strip_suffix('~').map(|name| (name, Back::Firsts(number)));
    firsts.or_else(|| name.strip_suffix('^').map(|name| (name, Back::Parent(number))))
}

/// The commit that `written` names; nothing where nothing is called so.
///
/// # Errors
/// As [`super::History::resolve`].
pub fn resolve(
    store: &Store,
    commits: &Commits<'_>,
    written: &str,
) -> Result<Option<Oid>, Failure> {
    let cannot = || format!("cannot look up `{written}`");
    let (name, steps) = parted(written);
    if name.is_empty() {
        return Ok(None);
    }
    let id = match named(store, commits, name) {
        Ok(id) => id,
        Err(error) => match error.code() {
            ErrorCode::NotFound if failures::is_missing(&error) && !is_hex(name) => {
                return Err(failures::object(cannot(), &error));
            }
            ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::UnbornBranch => {
                return Ok(None);
            }
            ErrorCode::Ambiguous => {
                let help = "write more of its id";
                return Err(Failure::new(cannot(), "several objects begin so", help));
            }
            _ => return Err(failures::object(cannot(), &error)),
        },
    };
    let no_commit = || Failure::new(cannot(), "it names no commit", "name a commit, branch or tag");
    let mut id = commits.peel(id)?.ok_or_else(no_commit)?;
    let mut walked = commits.walk(id);
    for step in steps {
        let (count, parent) = match step {
            Back::Firsts(count) => (count, 1),
            Back::Parent(0) => continue,
            Back::Parent(parent) => (1, parent),
        };
        for _ in 0..count {
            match commits.read(id)?.parents.get(parent - 1) {
                Some(&parent) if walked.is_new(parent) => id = parent,
                _ => return Ok(None),
            }
        }
    }
    Ok(Some(id))
}

/// The object that a name means without steps. A whole id means the object itself, even where a
/// reference has that name.
fn named(store: &Store, commits: &Commits<'_>, name: &str) -> Result<Oid, git2::Error> {
    let whole = Oid::from_str_ext(name, store.format());
    match whole {
        Ok(id) if name.len() == commits.id_length() && commits.exists(id) => Ok(id),
        _ => store.named(name),
    }
}

/// Whether it may be the beginning of an id.
pub fn is_hex(written: &str) -> bool {
    written.len() >= 4 && written.bytes().all(|byte| byte.is_ascii_hexdigit())
}
