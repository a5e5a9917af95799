//! Whose work a commit is: a feature's now, a role's by the same way.

use crate::base::RepoPath;
use crate::base::words::normalize;
use crate::ledger::{By, Who};
use crate::project::features::parted;
use crate::source::{Log, Logged};

/// Those whose work commits can be, and how they are known.
pub trait Parties {
    /// The party that a trailer names.
    fn called(&self, name: &str) -> Option<Who>;

    /// The parties whose branch this is, by a pattern or by its name beyond doubt.
    fn of_branch(&self, name: &str) -> Vec<Who>;

    /// The parties whose evidence a path is; nothing for a path that is no evidence.
    fn evidence(&self, path: &RepoPath) -> Option<Vec<Who>>;

    /// Whether changing a path is work of those who bring everything together.
    fn is_common(&self, path: &RepoPath) -> bool;

    /// The parties whose evidence lists a path.
    fn listing(&self, path: &RepoPath) -> Vec<Who>;

    /// The parties that own a path.
    fn owners(&self, path: &RepoPath) -> Vec<Who>;
}

/// The words by which commits tell.
pub struct Words<'w> {
    /// Keys of trailers, in lower case.
    pub trailers: &'w [String],
    /// Words of branches that are nobody's alone.
    pub common: &'w [String],
    /// Values of trailers that say nobody's.
    pub none: &'w [String],
}

/// Whose a commit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attributed {
    /// All of these, by what.
    To(Vec<Who>, By),
    /// It is nobody's alone, and says or shows so.
    Nobody,
    /// Nobody can tell.
    Unknown,
}

/// Tells whose a commit of a log is. `judged` are the paths outside of the documents that it
/// changed.
pub fn attribute(
    parties: &dyn Parties,
    words: &Words<'_>,
    log: &Log,
    commit: &Logged,
    judged: &[&RepoPath],
) -> Attributed {
    let named = trailers(&commit.message, words.trailers);
    let is_none = |value: &&str| words.none.contains(&normalize(value));
    if !named.is_empty() && named.iter().all(|value| is_none(&value.as_str())) {
        return Attributed::Nobody;
    }
    let who = sorted(named.iter().filter_map(|name| parties.called(name)).collect());
    if !who.is_empty() {
        return Attributed::To(who, By::Trailer);
    }
    if let Some(branch) = branch(log, commit) {
        match of_branch(parties, words, &branch) {
            Attributed::Unknown => {}
            told => return told,
        }
    }
    by_changes(parties, commit, judged)
}

/// The names that the trailers of a message give, where none of them is a party's.
pub fn misnamed(parties: &dyn Parties, words: &Words<'_>, message: &str) -> Vec<String> {
    let mut named = trailers(message, words.trailers);
    if named.iter().any(|name| parties.called(name).is_some()) {
        return Vec::new();
    }
    named.retain(|name| !words.none.contains(&normalize(name)));
    named.sort_unstable();
    named.dedup();
    named
}

fn of_branch(parties: &dyn Parties, words: &Words<'_>, branch: &str) -> Attributed {
    let who = sorted(parties.of_branch(branch));
    let parted = parted(branch);
    let common = parted.split(' ').any(|word| words.common.iter().any(|one| one == word));
    match who[..] {
        [_] if !common => Attributed::To(who, By::Branch(branch.to_owned())),
        _ => Attributed::Unknown,
    }
}

/// Whose a commit is by what it changed alone.
fn by_changes(parties: &dyn Parties, commit: &Logged, judged: &[&RepoPath]) -> Attributed {
    let changed = || commit.changes.iter().map(|one| &one.path);
    if changed().any(|path| parties.is_common(path)) {
        return Attributed::Nobody;
    }
    let evidence = sorted(changed().filter_map(|path| parties.evidence(path)).flatten().collect());
    if let [_] = evidence[..] {
        return Attributed::To(evidence, By::Evidence);
    }
    let only = |of: &dyn Fn(&RepoPath) -> Vec<Who>| -> Option<Vec<Who>> {
        let mut each = judged.iter().map(|path| sorted(of(path)));
        let first = each.next()?;
        (first.len() == 1 && each.all(|who| who == first)).then_some(first)
    };
    // Evidence that lists all of it, each file there or its own.
    let listed = |path: &RepoPath| match parties.listing(path) {
        none if none.is_empty() => parties.owners(path),
        listing => listing,
    };
    let is_listed = judged.iter().any(|path| !parties.listing(path).is_empty());
    let by_listing = only(&listed).filter(|_| is_listed && evidence.is_empty());
    if let Some(who) = by_listing {
        return Attributed::To(who, By::Listing);
    }
    match only(&|path| parties.owners(path)).filter(|_| evidence.is_empty()) {
        Some(who) => Attributed::To(who, By::Paths),
        None => Attributed::Unknown,
    }
}

fn sorted(mut who: Vec<Who>) -> Vec<Who> {
    who.sort_unstable();
    who.dedup();
    who
}

/// The values of trailers with one of these keys: lines of the last paragraph of a message, as git
/// reads them.
pub fn trailers(message: &str, keys: &[String]) -> Vec<String> {
    let message = message.trim_end();
    let text = message.replace("\r\n", "\n");
    let Some((_, last)) = text.rsplit_once("\n\n") else { return Vec::new() };
    let values = last.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        keys.contains(&key.trim().to_lowercase()).then(|| value.trim().to_owned())
    });
    let parts = values.flat_map(|value| {
        value.split(',').map(|part| part.trim().to_owned()).collect::<Vec<String>>()
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// The branch that a commit was made on: by the merge that brought it, or the branch that is
/// judged.
pub fn branch(log: &Log, commit: &Logged) -> Option<String> {
    match commit.brought_by {
        Some(merge) => merged(&log.commits[merge].message).map(str::to_owned),
        None => log.branch.clone().filter(|_| commit.unmerged),
    }
}

/// The branch that the message of a merge names.
fn merged(message: &str) -> Option<&str> {
    let subject = message.lines().next()?.trim();
    let quoted = |rest| -> Option<&str> { str::split(rest, '\'').nth(1) };
    let lower = subject.to_lowercase();
    let after = |start: &str| lower.starts_with(start).then(|| &subject[start.len()..]);
    if let Some(rest) = after("merge pull request ") {
        let from = rest.split_once(" from ")?.1.split_whitespace().next()?;
        return Some(from.split_once('/').map_or(from, |(_, branch)| branch));
    }
    if let Some(rest) = after("merge remote-tracking branch ") {
        let name = quoted(rest)?;
        return Some(name.split_once('/').map_or(name, |(_, branch)| branch));
    }
    if let Some(rest) = after("merge branch ") {
        return quoted(rest).or_else(|| rest.split_whitespace().next());
    }
    if let Some(rest) = after("merged in ") {
        return rest.split_whitespace().next();
    }
    let name = after("merge ")?.trim();
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_name_their_branches() {
        for (message, expected) in [
            ("Merge branch 'feature/auth'", Some("feature/auth")),
            ("Merge branch 'feature/auth' into main\n\nBody", Some("feature/auth")),
            ("Merge remote-tracking branch 'origin/auth' into x", Some("auth")),
            ("Merge pull request #1 from org/feature/auth\n\nAuth", Some("feature/auth")),
            ("Merged in feature/auth (pull request #7)", Some("feature/auth")),
            ("Merge bookings", Some("bookings")),
            ("Merge what is left", None),
            ("Merged PR 12: Add auth", None),
            ("Add auth", None),
        ] {
            assert_eq!(merged(message), expected, "{message}");
        }
    }

    #[test]
    fn trailers_stand_in_the_last_paragraph() {
        let keys = ["feature".to_owned()];
        let values = |message: &str| trailers(message, &keys);
        assert_eq!(values("Add login\n\nFeature: auth\nSigned-off-by: A <a@b>\n"), ["auth"]);
        assert_eq!(values("Add\n\nText.\n\nfeature: auth, search\r\n"), ["auth", "search"]);
        assert_eq!(values("Feature: auth"), [] as [&str; 0]);
        assert_eq!(values("Add\n\nFeature: auth\n\nMore text."), [] as [&str; 0]);
    }
}
