//! What earlier commits held under the roots of a run.

use std::cell::OnceCell;

use crate::base::{Failure, RepoPath};
use crate::config::{self, Config};
use crate::project::{Project, stages};
use crate::source::{Entry, History, Journal, Source, SourceKind};

/// The history under all roots of a run, walked when something asks for it, and once.
pub struct Past<'s> {
    source: &'s dyn Source,
    roots: Vec<RepoPath>,
    /// Where the documents and the configuration stand and stood.
    paths: Vec<RepoPath>,
    journal: OnceCell<Journal>,
}

impl<'s> Past<'s> {
    /// `usual` are the roots that the workflows have by themselves, `home` is the folder of the
    /// project.
    pub fn new(
        source: &'s dyn Source,
        home: &RepoPath,
        roots: Vec<RepoPath>,
        usual: impl Iterator<Item = RepoPath>,
    ) -> Self {
        let mut paths: Vec<RepoPath> = roots.iter().cloned().chain(usual).collect();
        paths.extend(config::PATHS.iter().map(|name| home.join(name)));
        paths.sort_unstable();
        paths.dedup();
        Self { source, roots, paths, journal: OnceCell::new() }
    }

    pub fn history(&self) -> &'s dyn History {
        self.source.history()
    }

    /// # Errors
    /// The history cannot be read.
    pub fn journal(&self) -> Result<&Journal, Failure> {
        if let Some(journal) = self.journal.get() {
            return Ok(journal);
        }
        let journal = self.history().journal(&self.paths)?;
        Ok(self.journal.get_or_init(|| journal))
    }

    /// Where the documents of a project stand and stood: under its root, and where its workflow
    /// has them by itself, unless that is the root of another project.
    pub fn folders(&self, project: &Project) -> Vec<RepoPath> {
        let usual = project.home.join(&project.workflow.root);
        let mut folders = vec![project.root.clone()];
        folders.extend((!self.roots.contains(&usual)).then_some(usual));
        folders
    }

    /// Asks the history about phases that are not begun now. Answers with a note where it ends
    /// early. `listed` is what stands under the root.
    ///
    /// # Errors
    /// The history cannot be read, or the configuration requires the part that is missing.
    pub fn withdraw(
        &self,
        config: &Config,
        project: &mut Project,
        listed: &[Entry],
    ) -> Result<Option<String>, Failure> {
        if !project.stages.iter().any(|stage| stages::may_be_withdrawn(project, stage)) {
            return Ok(None);
        }
        let folders = self.folders(project);
        let mut listed = listed.to_vec();
        for other in &folders[1..] {
            listed.extend(self.source.list(other)?);
        }
        let (history, journal) = (self.history(), self.journal()?);
        // A commit holds what it lists; a disk or an index may have dropped some of it.
        let standing = match self.source.kind() {
            SourceKind::Revision => Vec::new(),
            SourceKind::WorkingTree | SourceKind::Index => history.standing(&folders)?,
        };
        let gone = journal.gone(history.tip().as_ref(), standing, &listed);
        stages::withdraw(project, &folders, &gone, |commit| history.short(commit));
        if !journal.shallow {
            return Ok(None);
        }
        shallow(config, "whether a phase was withdrawn").map(Some)
    }
}

/// The note that a shallow history leaves something open.
///
/// # Errors
/// The configuration requires the whole history.
pub fn shallow(config: &Config, what: &str) -> Result<String, Failure> {
    let remedy = "fetch the whole history with `git fetch --unshallow`";
    if config.require_history {
        let what = format!("cannot judge {what}");
        return Err(Failure::new(what, "the history is shallow", remedy));
    }
    Ok(format!("not judged: {what}, because the history is shallow; {remedy}"))
}
