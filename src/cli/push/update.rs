//! The references that a push moves, as git and pre-commit tell their hooks.

use crate::base::Failure;

/// One reference that a push moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Its full name on the other side: `refs/heads/main`.
    pub name: String,
    /// The commit it stands at there; nothing for a new one.
    pub old: Option<String>,
    /// The commit it is to stand at; nothing for one that is deleted.
    pub new: Option<String>,
}

/// Reads what git tells a `pre-receive` hook: `OLD NEW NAME` on each line.
///
/// # Errors
/// A line is something else.
pub fn received(text: &str) -> Result<Vec<Update>, Failure> {
    text.lines().map(|line| received_line(line).ok_or_else(|| unlike(line))).collect()
}

/// Reads what git tells a `pre-push` hook: `LOCAL-NAME LOCAL-ID REMOTE-NAME REMOTE-ID` on each
/// line.
///
/// # Errors
/// A line is something else.
pub fn sent(text: &str) -> Result<Vec<Update>, Failure> {
    text.lines().map(|line| sent_line(line).ok_or_else(|| unlike(line))).collect()
}

/// What pre-commit and prek tell a hook of a push, which is one update at most: they set the ends
/// of the range, or neither where the other side has no commit of it yet.
pub fn of_pre_commit(variable: impl Fn(&str) -> Option<String>) -> Option<Update> {
    let local = variable("PRE_COMMIT_LOCAL_BRANCH");
    let new = variable("PRE_COMMIT_TO_REF").or(local)?;
    let name = variable("PRE_COMMIT_REMOTE_BRANCH").unwrap_or_else(|| "refs/heads/HEAD".to_owned());
    Some(Update { name, old: variable("PRE_COMMIT_FROM_REF"), new: Some(new) })
}

fn received_line(line: &str) -> Option<Update> {
    let (old, rest) = line.split_once(' ')?;
    let (new, name) = rest.split_once(' ')?;
    Some(Update { name: name.to_owned(), old: id(old)?, new: id(new)? })
}

fn sent_line(line: &str) -> Option<Update> {
    let (rest, old) = line.rsplit_once(' ')?;
    let (rest, name) = rest.rsplit_once(' ')?;
    let (_, new) = rest.rsplit_once(' ')?;
    Some(Update { name: name.to_owned(), old: id(old)?, new: id(new)? })
}

/// An object id, of which zeros mean that there is none. Nothing for what is no id.
fn id(written: &str) -> Option<Option<String>> {
    let is_id = [40, 64].contains(&written.len())
        && written.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let none = written.bytes().all(|byte| byte == b'0');
    is_id.then(|| (!none).then(|| written.to_owned()))
}

fn unlike(line: &str) -> Failure {
    let what = "cannot read what is pushed";
    let why = format!("git does not tell its hooks of an update so: `{line}`");
    Failure::new(what, why, "let git run this command as the hook that it is called after")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "1111111111111111111111111111111111111111";
    const TWO: &str = "2222222222222222222222222222222222222222";
    const NONE: &str = "0000000000000000000000000000000000000000";

    fn update(name: &str, old: Option<&str>, new: Option<&str>) -> Update {
        let owned = |id: Option<&str>| id.map(str::to_owned);
        Update { name: name.to_owned(), old: owned(old), new: owned(new) }
    }

    #[test]
    fn a_server_is_told_of_changes_new_branches_and_deletions() {
        let lines = format!(
            "{ONE} {TWO} refs/heads/a\n{NONE} {TWO} refs/tags/b\n{ONE} {NONE} refs/heads/c\n"
        );
        let expected = [
            update("refs/heads/a", Some(ONE), Some(TWO)),
            update("refs/tags/b", None, Some(TWO)),
            update("refs/heads/c", Some(ONE), None),
        ];
        assert_eq!(received(&lines).ok().as_deref(), Some(&expected[..]));
        let long = "a".repeat(64);
        let of_sha256 = received(&format!("{long} {long} refs/heads/a"));
        let expected = update("refs/heads/a", Some(&long), Some(&long));
        assert_eq!(of_sha256.ok().as_deref(), Some(&[expected][..]));
        for wrong in ["x", "main main refs/heads/a", &format!("{ONE} {TWO}"), ""] {
            assert!(received(&format!("{wrong}\n")).is_err(), "{wrong}");
        }
        assert_eq!(received("").ok(), Some(Vec::new()));
    }

    #[test]
    fn a_pusher_is_told_the_names_of_both_sides() {
        let lines = format!(
            "refs/heads/mine {TWO} refs/heads/a {ONE}\nHEAD~1 {TWO} refs/heads/b {NONE}\n\
             (delete) {NONE} refs/heads/c {ONE}\n"
        );
        let expected = [
            update("refs/heads/a", Some(ONE), Some(TWO)),
            update("refs/heads/b", None, Some(TWO)),
            update("refs/heads/c", Some(ONE), None),
        ];
        assert_eq!(sent(&lines).ok().as_deref(), Some(&expected[..]));
        assert!(sent(&format!("{ONE} {TWO} refs/heads/a")).is_err());
    }

    #[test]
    fn hook_managers_tell_of_one_update() {
        let told = |all: &'static [(&str, &str)]| {
            let found = move |name: &str| all.iter().find(|(known, _)| *known == name);
            of_pre_commit(move |name| found(name).map(|(_, value)| (*value).to_owned()))
        };
        let range = &[
            ("PRE_COMMIT_FROM_REF", ONE),
            ("PRE_COMMIT_TO_REF", TWO),
            ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/a"),
        ];
        assert_eq!(told(range), Some(update("refs/heads/a", Some(ONE), Some(TWO))));
        let first = &[
            ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/main"),
            ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/a"),
        ];
        assert_eq!(told(first), Some(update("refs/heads/a", None, Some("refs/heads/main"))));
        assert_eq!(told(&[]), None);
    }
}
