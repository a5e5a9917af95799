//! From a source to projects: everything that reads, and everything that may fail.

mod agreement;
mod claims;
mod code;
mod documents;
mod follow;
mod forms;
mod governing;
mod home;
mod inline;
mod listings;
mod past;
mod revision;
mod trees;
mod work;

use std::panic;
use std::sync::Arc;
use std::thread;

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Request, resolve};
use crate::base::{Failure, RepoPath};
use crate::config::Config;
use crate::facts;
use crate::ledger::Ledger;
use crate::model::{self, Model, records};
use crate::project::{self, Artifact, Draft, Project, Text};
use crate::source::{Entry, Node, Reader, Source};
use crate::workflow::{Captures, Kind, Workflow};
pub use code::read as code;
pub use documents::Documents;
use follow::{Followable, Follows, workflows};
pub use forms::{is_markdown, may_describe};
pub use governing::{Proposal, foreign, govern};
pub use home::builtin;
use home::{Home, find_home};
pub use home::{policy_file, rule_ids};
pub use inline::Comments;
use listings::Listings;
use past::Past;
pub use past::{lacking, shallow};
pub use revision::asked;
use trees::Trees;

/// Everything that was read for one run.
pub struct Loaded {
    /// The configuration that governs.
    pub config: Config,
    pub projects: Vec<Followed>,
    /// What the judged tree would decide itself, where another one governs.
    pub proposal: Option<Proposal>,
    /// What the documents waive.
    pub comments: Comments,
    /// What could not be judged, and how to make it so.
    pub notes: Vec<String>,
}

/// What loads of one repository share.
#[derive(Default)]
pub struct Shared {
    pub documents: Documents,
    /// The history was walked already, so that nobody has to wait for it.
    pub is_walked: bool,
}

impl Loaded {
    /// The day on which the first exception ends that any policy of the run states.
    pub fn first_end(&self) -> Option<Date> {
        let configs = [Some(&self.config), self.proposal.as_ref().map(|one| &one.config)];
        let configs = configs.into_iter().flatten();
        let terms = configs.flat_map(|config| {
            let skips = config.workflows.iter().flat_map(|one| &one.skips);
            config.waivers.iter().map(|one| &one.terms).chain(skips.map(|one| &one.terms))
        });
        let inline = self.comments.waivers.iter().map(|one| &one.waiver.terms);
        terms.chain(inline).filter_map(|one| Some(one.last_day.as_ref()?.value)).min()
    }
}

/// One workflow root, with the entry of the configuration that names it.
pub struct Followed {
    pub project: Project,
    pub ledger: Ledger,
    /// Index into [`Config::workflows`]; nothing for a workflow that was found by its documents.
    pub entry: Option<usize>,
}

/// Reads the project around the start folder of a request. Nothing comes back where neither a
/// configuration nor a workflow root is there. Configuration and workflow files are those of the
/// judged tree, unless another one is given whose policy governs.
///
/// # Errors
/// A source cannot be read, or a configuration or a workflow file is wrong.
pub fn load(
    source: &dyn Source,
    policies: Option<&dyn Source>,
    request: &Request,
) -> Result<Option<Loaded>, Failure> {
    load_beside(source, policies, request, &Shared::default())
}

/// As [`load`], with what other loads of the same repository share.
///
/// # Errors
/// As [`load`].
pub fn load_beside(
    source: &dyn Source,
    policies: Option<&dyn Source>,
    request: &Request,
    shared: &Shared,
) -> Result<Option<Loaded>, Failure> {
    let Some(Home { folder, mut config }) = govern(source, policies, request)? else {
        return Ok(None);
    };
    let listings = Listings::new(source);
    let Follows { judged: workflows, all } =
        workflows(&listings, policies.unwrap_or(source), request, &folder, &config)?;
    let mut proposal = policies.map(|_| Proposal::read(source, request, &folder)).transpose()?;
    if let Some(proposal) = &mut proposal {
        proposal.compare(&config, &workflows);
    }
    for (workflow, root, _) in &workflows {
        config.compare(workflow, root);
    }
    let mut comments = Comments::default();
    let roots = workflows.iter().map(|(_, root, _)| root.clone()).collect();
    let mut usual: Vec<&str> = workflows.iter().map(|(workflow, ..)| &*workflow.root).collect();
    usual.dedup();
    let past = Past::new(source, &folder, roots, &usual)?;
    let listed: Vec<Arc<Vec<Entry>>> =
        workflows.iter().map(|(_, root, _)| listings.list(root)).collect::<Result<_, _>>()?;
    let has_past =
        workflows.iter().zip(&listed).any(|(followed, listed)| has_past(followed, listed));
    let read = || -> Result<Read, Failure> {
        let (mut projects, mut notes): Read = (Vec::new(), Vec::new());
        for ((workflow, root, entry), listed) in workflows.into_iter().zip(&listed) {
            let reading = Reading {
                source,
                request,
                config: &config,
                folder: &folder,
                documents: &shared.documents,
                followed: &all,
            };
            let mut project = reading.project(workflow, &root, listed)?;
            comments.read(&project, policies)?;
            resolve::elsewhere(source, &config, &mut project)?;
            // Looking things up waits for the disk, and the graph for nothing.
            let (named, _) =
                rayon::join(|| resolve::named(source, &project), || _ = project.graph());
            project.named = named?;
            let (commits, mut open) = claims::commits(&Trees::new(&reading, &past, &project))?;
            project.named.commits = commits;
            open.extend(past.withdraw(&config, &mut project, listed)?);
            let adoption = entry.and_then(|entry| config.workflows.get(entry));
            let mut trees = Trees::new(&reading, &past, &project);
            let (frozen, unknown) = agreement::freeze(&mut trees, adoption)?;
            open.extend(unknown);
            let (mut claims, unknown) = claims::read(&mut trees, adoption)?;
            open.extend(unknown);
            let (work, unknown) = work::read(&trees, &frozen)?;
            open.extend(unknown);
            let (surface, unknown) = code::surface(source, &config, &project)?;
            open.extend(unknown);
            if let Some(surface) = &surface {
                let (found, unknown) = claims::code_first(&trees, surface)?;
                claims.code_first = found;
                open.extend(unknown);
            }
            project.surface = surface;
            open.retain(|note| !notes.contains(note));
            notes.append(&mut open);
            let ledger = Ledger::of(&project, frozen, claims, work);
            projects.push(Followed { project, ledger, entry });
        }
        work::known_to_one(&mut projects);
        Ok((projects, notes))
    };
    // Walking the history takes as long as all the rest of a run, and depends on none of it.
    let (projects, mut notes) = match has_past && !shared.is_walked {
        true => beside(read, || past.journal().is_ok()),
        false => read(),
    }?;
    notes.extend(config.lacks_baseline());
    if let Some(proposal) = &mut proposal {
        proposal.loosened.extend(comments.added());
    }
    Ok(Some(Loaded { config, projects, proposal, comments, notes }))
}

/// The projects of a run, and what could not be judged of them.
type Read = (Vec<Followed>, Vec<String>);

/// Does something on a thread of its own, and something else on this one meanwhile.
fn beside<T: Send>(aside: impl FnOnce() -> T + Send, here: impl FnOnce() -> bool) -> T {
    thread::scope(|scope| {
        let aside = scope.spawn(aside);
        here();
        aside.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
    })
}

/// Whether anything stands under a root that builds on an earlier phase: what came first, and
/// with it the history, matters from then on.
fn has_past((workflow, root, _): &Followable, listed: &[Entry]) -> bool {
    listed.iter().any(|entry| {
        let found = entry.path.below(root).and_then(|below| workflow.classify(below));
        found.is_some_and(|found| !workflow.phases[found.phase].after.is_empty())
    })
}

/// The workflows that a configuration names, each with its roots. Nothing comes back where none
/// does.
///
/// # Errors
/// As [`load`].
pub fn configured(
    source: &dyn Source,
    request: &Request,
) -> Result<Option<Vec<Followable>>, Failure> {
    let home = find_home(source, request)?.filter(|home| !home.config.workflows.is_empty());
    let Some(Home { folder, config }) = home else { return Ok(None) };
    let follows = workflows(&Listings::new(source), source, request, &folder, &config)?;
    Ok(Some(follows.judged))
}

/// What a project is judged by: its configuration and its workflows, without any document.
pub struct Whole {
    pub folder: RepoPath,
    pub config: Config,
    pub workflows: Vec<Followable>,
}

/// What the project around the start folder is judged by. Nothing comes back where neither a
/// configuration nor a workflow root is there.
///
/// # Errors
/// As [`load`].
pub fn whole(source: &dyn Source, request: &Request) -> Result<Option<Whole>, Failure> {
    let Some(Home { folder, config }) = find_home(source, request)? else { return Ok(None) };
    let follows = workflows(&Listings::new(source), source, request, &folder, &config)?;
    Ok(Some(Whole { folder, config, workflows: follows.judged }))
}

/// How the trees of one run are read.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    pub source: &'r dyn Source,
    pub request: &'r Request,
    pub config: &'r Config,
    /// The folder of the project.
    pub folder: &'r RepoPath,
    pub documents: &'r Documents,
    /// All workflows of the project with their roots.
    pub followed: &'r [(Arc<Workflow>, RepoPath)],
}

impl Reading<'_> {
    /// Reads every listed document of a workflow and concludes what is due.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn project(
        &self,
        workflow: Arc<Workflow>,
        root: &RepoPath,
        listed: &[Entry],
    ) -> Result<Project, Failure> {
        let is_judged = |entry: &&Entry| {
            matches!(entry.node, Node::File(_)) && !self.config.excludes(&entry.path)
        };
        let mut entries: Vec<&Entry> = listed.iter().filter(is_judged).collect();
        // The largest first, one by one: a large document at the end leaves all threads but one
        // idle.
        entries.sort_by_key(|entry| match entry.node {
            Node::File(size) => std::cmp::Reverse(size),
            _ => std::cmp::Reverse(None),
        });
        let artifacts: Vec<Artifact> = entries
            .into_iter()
            .par_bridge()
            .map_init(
                || self.source.reader(),
                |reader, entry| {
                    let reader = reader.as_mut().map_err(|failure| failure.clone())?;
                    self.artifact(&workflow, root, entry, &mut **reader)
                },
            )
            .collect::<Result<_, Failure>>()?;
        let (view, home) = (self.source.kind(), self.folder.clone());
        let others = listed.iter().filter(|entry| !matches!(entry.node, Node::File(_)));
        let unfollowed = others.map(|entry| (entry.path.clone(), entry.node)).collect();
        let root = root.clone();
        Ok(project::build(Draft { workflow, view, home, root, artifacts, unfollowed }))
    }

    fn artifact(
        &self,
        workflow: &Arc<Workflow>,
        root: &RepoPath,
        entry: &Entry,
        reader: &mut dyn Reader,
    ) -> Result<Artifact, Failure> {
        let below = entry.path.below(root).unwrap_or_default();
        let classified = workflow.classify(below);
        let deliverable = classified.as_ref().map(|found| (found.phase, found.deliverable));
        let kind = deliverable.map_or(Kind::Unknown, |(phase, index)| {
            workflow.phases[phase].deliverables[index].kind
        });
        let foreign = classified.is_none() && self.is_of_another(workflow, &entry.path);
        let agreed = deliverable.is_some_and(|(phase, _)| workflow.is_agreed(phase));
        let shared = agreed.then_some(self.source);
        let (mut text, mut model) = (Text::Other, Arc::default());
        let mut blob = entry.blob.clone();
        if is_markdown(&entry.path) && !foreign {
            let document = self.documents.read(entry, reader, shared, facts::extract)?;
            (text, blob) = (document.text, document.blob);
            if let Text::Document(facts) = &text {
                let read = || model::read(kind, facts, workflow);
                model = match &blob {
                    Some(blob) => self.documents.model(blob, kind, workflow, read),
                    None => Arc::new(read()),
                };
            }
        } else if may_describe(&entry.path, kind) {
            text = self.documents.read(entry, reader, shared, facts::extract_code)?.text;
            if let Text::Document(facts) = &text {
                model = Arc::new(model::read_description(kind, facts));
            }
            // Settings of a tool may stand among the contracts.
            if matches!((&text, &*model), (Text::Document(_), Model::None)) {
                text = Text::Other;
            }
        }
        let records = match (&text, deliverable) {
            (Text::Document(facts), Some((phase, index))) => {
                let deliverable = &workflow.phases[phase].deliverables[index];
                records::read(facts, deliverable, workflow)
            }
            _ => Vec::new(),
        };
        let captures = classified.map_or_else(Captures::new, |found| found.captures);
        Ok(Artifact {
            path: entry.path.clone(),
            kind,
            tracking: entry.tracking,
            blob,
            deliverable,
            captures,
            features: Vec::new(),
            candidates: Vec::new(),
            iterations: Vec::new(),
            text,
            model,
            records,
            foreign,
        })
    }
}

impl Reading<'_> {
    /// Whether a file is a deliverable of another workflow that the project follows.
    fn is_of_another(&self, workflow: &Workflow, path: &RepoPath) -> bool {
        let others = self.followed.iter().filter(|(other, _)| other.id != workflow.id);
        others.into_iter().any(|(other, root)| {
            path.below(root).is_some_and(|below| other.classify(below).is_some())
        })
    }
}
