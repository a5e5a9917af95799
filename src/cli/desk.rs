//! The working tree that documents are begun in, and what is due in it.

use std::path::Path;

use super::view;
use super::write::Top;
use crate::base::{Failure, RepoPath};
use crate::config;
use crate::engine::{self, Followed, Request, Through};
use crate::report::{Report, WorkflowReport};
use crate::source::{self, Memory, Selection, Source};
use crate::workflow::Workflow;

/// A working tree with the report on it, in which nothing needs to have begun.
pub struct Desk {
    pub top: Top,
    /// The folder of the project.
    pub folder: RepoPath,
    /// Whether the project has a configuration.
    pub configured: bool,
    pub report: Report,
    followed: Vec<Followed>,
}

impl Desk {
    /// Opens the project around the current folder. Where there is none, the current folder is
    /// seen as one that follows the built-in workflow `begins`; without it, that is a failure.
    ///
    /// # Errors
    /// There is no working tree, or no report on it.
    pub fn open(workflow: Option<&str>, begins: Option<&str>) -> Result<Self, Failure> {
        let opened = source::open(Path::new("."), Selection::WorkingTree)?;
        let top = Top::new(&opened.root_display)?;
        let mut source = opened.source;
        let mut request = Request {
            start: opened.prefix,
            workflow: workflow.map(str::to_owned),
            through: Through::Previous,
            ..Request::new(view::today())
        };
        let home = engine::home(&*source, &request)?;
        let folder = home.clone().unwrap_or_else(|| request.start.clone());
        let configured = config::PATHS.iter().any(|path| top.has(&folder.join(path)));
        if let Some(id) = begins.filter(|_| !configured) {
            request.workflow = request.workflow.or_else(|| Some(id.to_owned()));
            engine::check_names(&request)?;
        }
        if let (None, Some(id)) = (&home, begins) {
            let config = format!("workflow = [{{ id = \"{}\" }}]\n", workflow.unwrap_or(id));
            let path = folder.join(config::PATHS[0]);
            source = Box::new(Memory::default().with(path.as_str(), config));
        }
        let source: &dyn Source = &*source;
        let (report, followed) =
            (engine::check(source, &request)?, engine::followed(source, &request)?);
        Ok(Self { top, folder, configured, report, followed })
    }

    /// The workflow that a part of the report is about.
    pub fn workflow(&self, of: &WorkflowReport) -> Option<&Workflow> {
        self.followed.iter().map(|(workflow, _)| &**workflow).find(|one| one.id == of.id)
    }

    /// The text that a document begins with.
    pub fn template(
        &self,
        of: &WorkflowReport,
        deliverable: &str,
        subject: Option<&str>,
    ) -> Option<String> {
        let workflow = self.workflow(of)?;
        let (.., found) = workflow.deliverables().find(|(.., one)| one.id == deliverable)?;
        Some(workflow.template(found, subject))
    }
}
