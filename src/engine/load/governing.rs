//! Whose policy governs: that of the judged tree, or that of a revision which a change cannot
//! touch (X.3).

use std::sync::Arc;

use super::follow::{Followable, adopted};
use super::home::{Home, builtin, find_home};
use super::revision;
use crate::base::{Failure, RepoPath};
use crate::config::Config;
use crate::config::loosening::{self, Loosening, Policy};
use crate::engine::Request;
use crate::rules;
use crate::source::Source;
use crate::workflow::{self, PolicyFile, Workflow};

/// A tree other than the judged one, whose policy governs.
pub struct Foreign {
    pub source: Box<dyn Source>,
    /// How the run was asked for it.
    written: String,
    short: String,
}

/// The tree whose policy governs, where the run names one.
///
/// # Errors
/// Nothing is called so, or its tree cannot be read.
pub fn foreign(source: &dyn Source, request: &Request) -> Result<Option<Foreign>, Failure> {
    let Some(written) = &request.policy_from else { return Ok(None) };
    let history = source.history();
    let commit = revision::asked(history, written, "cannot read the policy from")?;
    let (source, short) = (history.at(&commit)?, history.short(&commit));
    Ok(Some(Foreign { source, written: written.clone(), short }))
}

impl Foreign {
    /// Whose policy it is, for the report. Nothing where neither this tree nor the judged one,
    /// whose own would be `proposed`, says anything about it.
    pub fn note(&self, config: &Config, proposed: Option<&Config>) -> Option<String> {
        let revision = match self.written.starts_with(&self.short) {
            true => self.short.clone(),
            false => format!("{} ({})", self.written, self.short),
        };
        if let Some(file) = &config.file {
            return Some(format!("{} governs as it stands in {revision}", file.path));
        }
        proposed?.file.as_ref()?;
        let why = format!("because {revision} has no configuration");
        Some(format!("the built-in settings govern, {why}"))
    }
}

/// The folder of the project with the configuration that governs.
///
/// # Errors
/// A source cannot be read, or the configuration is wrong.
pub fn govern(
    source: &dyn Source,
    policies: Option<&dyn Source>,
    request: &Request,
) -> Result<Option<Home>, Failure> {
    let Some(policies) = policies else { return find_home(source, request) };
    match find_home(policies, request)? {
        Some(home) => Ok(Some(home)),
        // A change that brings the first configuration cannot be governed by it.
        None => {
            let own = find_home(source, request)?;
            Ok(own.map(|Home { folder, .. }| Home { folder, config: Config::default() }))
        }
    }
}

/// What the judged tree would decide about itself, were it asked.
pub struct Proposal {
    pub config: Config,
    followed: Vec<Followable>,
    /// What would be easier to satisfy.
    pub loosened: Vec<Loosening>,
    /// The files that decide there.
    pub files: Vec<PolicyFile>,
}

impl Proposal {
    /// Reads the policy of the judged tree, which governs from the folder `home`.
    ///
    /// # Errors
    /// It is wrong: merged, it would leave everybody without a verdict.
    pub fn read(source: &dyn Source, request: &Request, home: &RepoPath) -> Result<Self, Failure> {
        let own = find_home(source, request)?;
        let (folder, config) =
            own.map_or_else(|| (home.clone(), Config::default()), |own| (own.folder, own.config));
        let mut followed: Vec<Followable> = Vec::new();
        let mut known: Vec<Arc<Workflow>> = Vec::new();
        for (index, adoption) in config.workflows.iter().enumerate() {
            let workflow = adopted(source, &config, adoption)?;
            let roots = adoption.roots(&folder, &workflow).into_iter();
            followed.extend(roots.map(|root| (workflow.clone(), root, Some(index))));
            known.push(workflow);
        }
        if config.workflows.is_empty() {
            for id in workflow::builtins() {
                let workflow = builtin(id)?;
                followed.push((workflow.clone(), folder.join(&workflow.root), None));
                known.push(workflow);
            }
        }
        config.check_deliverables(known.iter().map(|one| &**one))?;
        let files = known.iter().flat_map(|workflow| workflow.files.iter());
        let files = files.chain(config.files()).cloned().collect();
        Ok(Self { config, followed, loosened: Vec::new(), files })
    }

    /// Compares it with the policy that governs.
    pub fn compare(&mut self, governing: &Config, followed: &[Followable]) {
        for (workflow, root, _) in followed {
            self.config.compare(workflow, root);
        }
        let levels: Vec<_> = rules::all().map(|rule| (rule.id, rule.level)).collect();
        let governing = Policy { config: governing, followed };
        let proposed = Policy { config: &self.config, followed: &self.followed };
        self.loosened = loosening::between(governing, proposed, &levels);
    }
}
