//! What earlier commits held under the roots of a run.

use std::sync::OnceLock;

use crate::base::{Failure, RepoPath};
use crate::config::{self, Config};
use crate::project::{Project, stages};
use crate::source::{Entry, History, Journal, Source, SourceKind};

/// The history under all roots of a run, walked when something asks for it, and once.
pub struct Past<'s> {
    source: &'s dyn Source,
    roots: Vec<RepoPath>,
    /// Where the roots may have stood in folders above.
    left: Vec<RepoPath>,
    /// Where the documents and the configuration stand and stood.
    paths: Vec<RepoPath>,
    journal: OnceLock<Result<Journal, Failure>>,
}

impl<'s> Past<'s> {
    /// `usual` are the names of the roots that the workflows have by themselves, `home` is the
    /// folder of the project. A root that stands in no folder above any more may have been moved
    /// from there.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn new(
        source: &'s dyn Source,
        home: &RepoPath,
        roots: Vec<RepoPath>,
        usual: &[&str],
    ) -> Result<Self, Failure> {
        let mut paths = roots.clone();
        let mut left = Vec::new();
        for name in usual {
            paths.push(home.join(name));
            let mut folder = home.clone();
            while !folder.is_root() {
                folder = folder.folder();
                let above = folder.join(name);
                if !roots.contains(&above) && source.look(&above)?.is_none() {
                    left.push(above);
                }
            }
        }
        paths.extend(left.iter().cloned());
        paths.extend(config::PATHS.iter().map(|name| home.join(name)));
        paths.sort_unstable();
        paths.dedup();
        Ok(Self { source, roots, left, paths, journal: OnceLock::new() })
    }

    pub fn history(&self) -> &'s dyn History {
        self.source.history()
    }

    /// # Errors
    /// The history cannot be read.
    pub fn journal(&self) -> Result<&Journal, Failure> {
        let journal = self.journal.get_or_init(|| self.history().journal(&self.paths));
        journal.as_ref().map_err(Clone::clone)
    }

    /// Whether a path is one of a document of the run or of its configuration.
    pub fn covers(&self, path: &RepoPath) -> bool {
        self.paths.iter().any(|folder| path.below(folder).is_some())
    }

    /// Where the documents of a project stand and stood: under its root, and where its workflow
    /// has them by itself, unless that is the root of another project, here or in a folder above.
    pub fn folders(&self, project: &Project) -> Vec<RepoPath> {
        let usual = project.home.join(&project.workflow.root);
        let mut folders = vec![project.root.clone()];
        folders.extend((!self.roots.contains(&usual)).then_some(usual));
        let of_workflow =
            |path: &&RepoPath| path.name() == RepoPath::new(&*project.workflow.root).name();
        folders.extend(self.left.iter().filter(of_workflow).cloned());
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
    lacking(config, what, "the history is shallow", remedy)
}

/// The note that something is left open, why, and what would settle it.
///
/// # Errors
/// As [`shallow`].
pub fn lacking(config: &Config, what: &str, why: &str, remedy: &str) -> Result<String, Failure> {
    match config.require_history {
        true => Err(Failure::new(format!("cannot judge {what}"), why, remedy)),
        false => Ok(format!("not judged: {what}, because {why}; {remedy}")),
    }
}
