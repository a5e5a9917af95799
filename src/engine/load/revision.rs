//! Revisions that a run, the configuration or a workflow names.

use crate::base::Failure;
use crate::config::{Adoption, Config};
use crate::ledger::Why;
use crate::source::{CommitId, History};
use crate::workflow::Workflow;

/// The revision that the run was asked to use; `what` is what cannot be done without it.
///
/// # Errors
/// Nothing is called so, or the history cannot be read.
pub fn asked(history: &dyn History, written: &str, what: &str) -> Result<CommitId, Failure> {
    history.resolve(written)?.ok_or_else(|| {
        let what = format!("{what} `{written}`");
        if history.shallow() {
            let help = "fetch it first; `git fetch --unshallow` brings the whole history";
            return Failure::new(what, "the clone is shallow and holds nothing called so", help);
        }
        let help = "name a commit, branch or tag of this repository; in a fresh clone, one that \
                    was fetched, such as `origin/main`";
        Failure::new(what, "nothing is called so", help)
    })
}

/// Who names the revision in which the design of an iteration was agreed.
pub struct Names<'n> {
    pub config: &'n Config,
    pub adoption: Option<&'n Adoption>,
    pub workflow: &'n Workflow,
}

impl Names<'_> {
    /// The revision that holds what was agreed for an iteration: the first that exists of those
    /// that the configuration names, else of those that the workflow names.
    ///
    /// A workflow serves many repositories and says how such a revision is usually called. A
    /// configuration speaks of this one: what it names must be there as soon as somebody builds,
    /// or a tag that is missing would weaken the check in silence.
    ///
    /// # Errors
    /// The configuration names none that exists, or the history cannot be read.
    pub fn agreement(
        &self,
        history: &dyn History,
        iteration: &str,
    ) -> Result<Option<(CommitId, Why)>, Failure> {
        let configured = self.adoption.map(|adoption| &adoption.agreement[..]).unwrap_or_default();
        if let (Some(file), Some(first)) = (&self.config.file, configured.first()) {
            for name in configured {
                let revision = name.of(iteration);
                if let Some(commit) = history.resolve(&revision)? {
                    let (path, span) = (file.path.clone(), name.span);
                    return Ok(Some((commit, Why::Named { revision, path, span })));
                }
            }
            let why = format!(
                "the agreement of iteration {iteration} is `{}`, nothing is called so, and its \
                 evidence has begun",
                first.of(iteration)
            );
            let help = "create the tag at the commit in which the design gate was passed; a clone \
                        may lack it until `git fetch --tags`";
            return Err(file.fail(first.span.range(), why, help));
        }
        let stated = &self.workflow.agreement;
        for name in &stated.names {
            let revision = name.of(iteration);
            if let Some(commit) = history.resolve(&revision)? {
                let (path, span) = (self.workflow.files[stated.file].path.clone(), name.span);
                return Ok(Some((commit, Why::Named { revision, path, span })));
            }
        }
        Ok(None)
    }
}
