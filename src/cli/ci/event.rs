//! Events of GitHub, and what stood before the change that they are about.

use serde_json::Value;

use crate::base::Failure;
use crate::cli::view::Change;
use crate::source::History;

/// What started a job.
#[derive(Clone, Debug)]
pub struct Event {
    /// `pull_request`, `push`, …
    pub name: String,
    /// What the runner's file says about it.
    pub about: Value,
}

/// What stood where a change goes, and how people call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    revision: Option<String>,
    called: String,
    /// The change takes its place, rather than coming beside it.
    replaced: bool,
}

impl Event {
    /// What stood before the change that was checked out.
    ///
    /// A pull request is checked out as a commit that merges it into its base, whose first parent
    /// is newer than the base that the event names. Whoever checks out the head itself is judged
    /// by the base of the event.
    ///
    /// # Errors
    /// The event does not say what its kind says, or the checkout lacks the commit.
    pub fn before(&self, history: &dyn History) -> Result<Before, Failure> {
        match &*self.name {
            "pull_request" | "pull_request_target" | "pull_request_review" => {
                let head = self.text("/pull_request/head/sha")?;
                let merged = history.resolve("HEAD^2")?.is_some_and(|second| second.0 == head);
                let base = self.text("/pull_request/base/sha")?;
                let base = if merged { "HEAD^1" } else { base };
                self.there(history, base, "the base of the pull request")
            }
            "merge_group" => {
                let base = self.text("/merge_group/base_sha")?;
                self.there(history, base, "the base of the merge group")
            }
            "push" => self.before_push(history),
            _ => Ok(Before::nothing(format!("the event {} changes nothing", self.name))),
        }
    }

    /// A push goes where the branch stood. Of a new branch, or one that was rewritten and whose
    /// former commits are gone, nothing is left to compare with but the default branch.
    fn before_push(&self, history: &dyn History) -> Result<Before, Failure> {
        let (pushed, before) = (self.text("/ref")?, self.text("/before")?);
        let created = before.bytes().all(|byte| byte == b'0');
        let rewritten = self.about.pointer("/forced") == Some(&Value::Bool(true));
        if !created && (!rewritten || history.resolve(before)?.is_some()) {
            let before = self.there(history, before, "what the branch held before")?;
            return Ok(Before { replaced: true, ..before });
        }
        let default = self.text("/repository/default_branch").unwrap_or_default();
        let nothing = match (created, pushed == format!("refs/heads/{default}")) {
            (true, true) => "the branch is new",
            (false, true) => "the branch was rewritten and its former commits are gone",
            (_, false) => {
                let revision = format!("refs/remotes/origin/{default}");
                if history.resolve(&revision)?.is_some() {
                    let called = "the default branch".to_owned();
                    return Ok(Before { revision: Some(revision), called, replaced: false });
                }
                let lacking = "the checkout lacks the default branch";
                if history.shallow() {
                    return Err(Failure::new("cannot tell what changed", lacking, super::FETCH));
                }
                lacking
            }
        };
        Ok(Before::nothing(nothing.to_owned()))
    }

    /// A revision that must be in the checkout.
    fn there(
        &self,
        history: &dyn History,
        revision: &str,
        called: &str,
    ) -> Result<Before, Failure> {
        if history.resolve(revision)?.is_some() {
            let (revision, called) = (Some(revision.to_owned()), called.to_owned());
            return Ok(Before { revision, called, replaced: false });
        }
        let why = format!("the checkout lacks {revision}, {called}");
        Err(Failure::new("cannot tell what changed", why, super::FETCH))
    }

    fn text(&self, pointer: &str) -> Result<&str, Failure> {
        self.about.pointer(pointer).and_then(Value::as_str).ok_or_else(|| {
            let name = pointer.trim_start_matches('/').replace('/', ".");
            let why = format!("the event {} holds no {name}", self.name);
            let help = "let the runner set GITHUB_EVENT_NAME and GITHUB_EVENT_PATH";
            Failure::new("cannot tell what changed", why, help)
        })
    }
}

impl Before {
    fn nothing(called: String) -> Self {
        Self { revision: None, called, replaced: false }
    }

    /// The change, which goes to the commit that is judged.
    pub fn change(&self, to: String) -> Change {
        Change { to, from: self.revision.iter().cloned().collect(), replaces: self.replaced }
    }

    /// What the report says about it.
    pub fn note(&self, history: &dyn History) -> String {
        let Self { revision, called, .. } = self;
        let commit = revision.as_ref().and_then(|name| history.resolve(name).ok().flatten());
        match commit {
            Some(commit) => format!("compared with {}, {called}", history.short(&commit)),
            None => format!("compared with nothing, since {called}"),
        }
    }
}
