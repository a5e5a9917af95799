//! The working tree that documents are begun in, and what is due in it.

use std::path::Path;

use super::view;
use super::write::Top;
use crate::base::{Failure, RepoPath};
use crate::config;
use crate::engine::{self, Followed, Request, Through};
use crate::report::{Report, WorkflowReport};
use crate::source::{self, Memory, Selection, Source};
use crate::workflow::{PolicyFile, Workflow};

/// A working tree with the report on it, in which nothing needs to have begun.
pub struct Desk {
    pub top: Top,
    /// The folder of the project.
    pub folder: RepoPath,
    /// Whether the project has a configuration.
    pub configured: bool,
    pub report: Report,
    /// The workflow file that is to be followed, counted from the folder of the project.
    pub file: Option<String>,
    followed: Vec<Followed>,
}

impl Desk {
    /// Opens the project around the current folder. Where there is none, the current folder is
    /// seen as one that follows the built-in workflow `begins`; without it, that is a failure.
    /// Where something may begin, `workflow` may also be the path of a workflow file.
    ///
    /// # Errors
    /// There is no working tree, or no report on it.
    pub fn open(workflow: Option<&str>, begins: Option<&str>) -> Result<Self, Failure> {
        let opened = source::open(Path::new("."), Selection::WorkingTree)?;
        let top = Top::new(&opened.root_display)?;
        let mut source = opened.source;
        let own = workflow.filter(|name| begins.is_some() && is_path(name));
        let workflow = workflow.filter(|_| own.is_none());
        let mut request = Request {
            start: opened.prefix,
            workflow: workflow.map(str::to_owned),
            through: Through::Previous,
            ..Request::new(view::today())
        };
        let home = engine::home(&*source, &request)?;
        let folder = home.clone().unwrap_or_else(|| request.start.clone());
        let configured = config::PATHS.iter().any(|path| top.has(&folder.join(path)));
        let file = own.map(|own| adopted(own, &request.start, &folder)).transpose()?;
        if let Some(file) = &file {
            let path = folder.join(config::PATHS[0]);
            if configured {
                let help = format!("add `[[workflow]]` with `file = \"{file}\"` to it");
                return Err(Failure::new(
                    format!("cannot follow {file}"),
                    "the project has a configuration already",
                    help,
                ));
            }
            let text = format!("[[workflow]]\nfile = {}\n", toml::Value::from(&**file));
            request.config = Some(PolicyFile { path, text });
            request.start = folder.clone();
        } else if let Some(id) = begins.filter(|_| !configured) {
            request.workflow = request.workflow.or_else(|| Some(id.to_owned()));
            engine::check_names(&request)?;
        }
        if let (None, Some(id), None) = (&home, begins, &file) {
            let config = format!("workflow = [{{ id = \"{}\" }}]\n", workflow.unwrap_or(id));
            let path = folder.join(config::PATHS[0]);
            source = Box::new(Memory::default().with(path.as_str(), config));
        }
        let source: &dyn Source = &*source;
        let (report, followed) =
            (engine::check(source, &request)?, engine::followed(source, &request)?);
        Ok(Self { top, folder, configured, report, file, followed })
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

/// Whether a workflow is named by its file and not by its id.
fn is_path(name: &str) -> bool {
    name.ends_with(".toml") || name.contains(['/', '\\'])
}

/// A workflow file, named from the folder that the run starts in, as the configuration names it.
///
/// # Errors
/// It is not below the folder of the project.
fn adopted(written: &str, start: &RepoPath, folder: &RepoPath) -> Result<String, Failure> {
    let path = RepoPath::resolve(start, &written.replace('\\', "/"));
    let below = path.as_ref().and_then(|path| path.below(folder)).map(str::to_owned);
    below.ok_or_else(|| {
        let why = "it is not below the folder of the project";
        let help = "put the file into the project, and name it by its path from here";
        Failure::new(format!("cannot follow {written}"), why, help)
    })
}
