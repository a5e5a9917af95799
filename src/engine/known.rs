//! The findings that a revision had already, which a later state is forgiven.

use std::collections::HashMap;

use super::judgment::{Judgment, judge};
use super::load::Loaded;
use super::{Request, load};
use crate::base::{Failure, RepoPath};
use crate::source::Source;

/// What is known of the findings of an earlier state: what each that counted there speaks of, by the
/// root it belongs to and its fingerprint.
#[derive(Debug, Default)]
pub struct Known {
    members: HashMap<(RepoPath, String), Vec<Vec<String>>>,
    /// Why nothing is known, where that was asked for in vain.
    pub note: Option<String>,
}

impl Known {
    /// Whether a finding is known. Each one known forgives one that speaks of nothing more.
    pub fn forgives(&mut self, root: &RepoPath, fingerprint: &str, members: &[String]) -> bool {
        let Some(left) = self.members.get_mut(&(root.clone(), fingerprint.to_owned())) else {
            return false;
        };
        let known = left.iter().position(|known| members.iter().all(|one| known.contains(one)));
        known.map(|at| left.swap_remove(at)).is_some()
    }

    /// Remembers a finding that counts.
    pub fn count(&mut self, root: &RepoPath, fingerprint: &str, members: &[String]) {
        let known = self.members.entry((root.clone(), fingerprint.to_owned())).or_default();
        known.push(members.to_vec());
    }
}

/// The findings of the revision that a request names, judged as the request is: by the same
/// policy, as far and on the same day. A revision that gives no verdict forgives nothing.
///
/// # Errors
/// Nothing is called so, or the history cannot be read.
pub fn of(
    source: &dyn Source,
    policies: Option<&dyn Source>,
    request: &Request,
) -> Result<Known, Failure> {
    let Some(since) = &request.since else { return Ok(Known::default()) };
    let history = source.history();
    let commit = load::asked(history, since, "cannot forgive the findings of")?;
    let (earlier, short) = (history.at(&commit)?, history.short(&commit));
    let request = Request { since: None, ..request.clone() };
    let governing = policies.unwrap_or(source);
    let loaded = load::load(&*earlier, Some(governing), &request);
    let known = match loaded {
        Ok(Some(loaded)) => counted(&*earlier, governing, &request, &loaded),
        Ok(None) => Ok(Known::default()),
        Err(failure) => Err(failure),
    };
    Ok(known.unwrap_or_else(|failure| {
        let note =
            format!("no finding is known from {since} ({short}), which has no verdict: {failure}");
        Known { note: Some(note), ..Known::default() }
    }))
}

/// The findings that count in what was loaded.
fn counted(
    source: &dyn Source,
    governing: &dyn Source,
    request: &Request,
    loaded: &Loaded,
) -> Result<Known, Failure> {
    let mut known = Known::default();
    let Judgment { projects, policy, .. } = judge(source, governing, request, loaded)?;
    for (followed, said) in loaded.projects.iter().zip(&projects) {
        let counted = said.told.iter().filter(|one| one.finding.counted());
        counted.for_each(|one| {
            known.count(&followed.project.root, &one.finding.fingerprint, &one.finding.members)
        });
    }
    let counted = policy.iter().filter(|one| one.counted());
    counted.for_each(|one| known.count(&RepoPath::default(), &one.fingerprint, &one.members));
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_known_finding_forgives_one() {
        let (root, other) = (RepoPath::new("a/.work"), RepoPath::new("b/.work"));
        let mut known = Known::default();
        known.count(&root, "one", &[]);
        known.count(&root, "two", &[]);
        known.count(&root, "two", &[]);
        assert!(known.forgives(&root, "one", &[]));
        assert!(!known.forgives(&root, "one", &[]));
        assert!(!known.forgives(&other, "two", &[]));
        assert!(known.forgives(&root, "two", &[]));
        assert!(known.forgives(&root, "two", &[]));
        assert!(!known.forgives(&root, "two", &[]));
        assert!(!known.forgives(&root, "three", &[]));
    }
    #[test]
    fn one_that_grew_is_not_known() {
        let root = RepoPath::new("a/.work");
        let members =
            |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let mut known = Known::default();
        known.count(&root, "files", &members(&["a", "b", "c"]));
        assert!(!known.forgives(&root, "files", &members(&["a", "b", "d"])));
        assert!(!known.forgives(&root, "files", &members(&["a", "b", "c", "d"])));
        assert!(known.forgives(&root, "files", &members(&["a", "c"])));
        assert!(!known.forgives(&root, "files", &members(&["a"])));
    }
}
