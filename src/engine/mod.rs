//! The one evaluator: from a source to a report.
//!
//! [`check`] loads, then evaluates. Loading may fail and then there is no verdict; evaluating is
//! a function of what was loaded and cannot.

mod attribute;
mod baseline;
mod evaluate;
mod gates;
mod grouped;
mod judgment;
mod known;
mod lint;
mod load;
pub mod log;
mod places;
mod policy;
mod report;
mod resolve;
mod review;
mod selftest;
mod settings;
mod through;

use std::sync::Arc;

use jiff::civil::Date;

use crate::base::{Failure, RepoPath};
use crate::code::Code;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::report::Report;
use crate::source::{Source, SourceKind};
use crate::workflow::{self, PolicyFile, Workflow};
use load::{Loaded, Shared};

pub use baseline::{Comparison, compare as compare_baseline};
pub use lint::lint;
pub use load::asked as revision;
pub use load::is_markdown;
pub use report::agreements;
pub use review::{notes as review_notes, review};
pub use selftest::{Judge, selftest, selftest_by};
pub use through::Through;

/// What a run is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder that the run starts from, below the repository root.
    pub start: RepoPath,
    /// A configuration given by hand instead of the one found from the start folder upward.
    pub config: Option<PolicyFile>,
    /// Judge this workflow only.
    pub workflow: Option<String>,
    pub through: Through,
    /// The revision that holds what was agreed, where the run is asked to compare with one.
    pub base: Option<String>,
    /// The revision that configuration, workflow files and waivers are read from; the judged tree
    /// itself where there is none.
    pub policy_from: Option<String>,
    /// The revision whose findings are forgiven.
    pub since: Option<String>,
    /// Whether entries of the baseline deny that nothing answers to.
    pub frozen_baseline: bool,
    /// The date on which waivers are judged.
    pub today: Date,
}

impl Request {
    /// A run over the whole repository, as far as each iteration has begun.
    pub fn new(today: Date) -> Self {
        Self {
            start: RepoPath::default(),
            config: None,
            workflow: None,
            through: Through::default(),
            base: None,
            policy_from: None,
            since: None,
            frozen_baseline: false,
            today,
        }
    }
}

/// Judges the project around the start folder.
///
/// # Errors
/// No verdict can be reached: the source cannot be read, the configuration or a workflow is
/// wrong, or there is nothing to check.
pub fn check(source: &dyn Source, request: &Request) -> Result<Report, Failure> {
    match judged(source, request, &Shared::default())? {
        Some(Judged { report, loaded }) => {
            // Taking thousands of documents apart takes a while, and nobody needs to wait for it.
            rayon::spawn(move || drop(loaded));
            Ok(report)
        }
        None => Err(nothing_here(source, request)),
    }
}

/// A report with what it is about.
struct Judged {
    report: Report,
    loaded: Loaded,
}

/// As [`check`], beside other evaluations of the same repository. Nothing comes back where neither
/// a configuration nor a workflow root is there.
fn judged(
    source: &dyn Source,
    request: &Request,
    shared: &Shared,
) -> Result<Option<Judged>, Failure> {
    let foreign = load::foreign(source, request)?;
    let policies = foreign.as_ref().map(|foreign| &*foreign.source);
    let known = known::of(source, policies, request)?;
    match load::load_beside(source, policies, request, shared)? {
        Some(mut loaded) => {
            if let Some(foreign) = &foreign {
                let proposed = loaded.proposal.as_ref().map(|own| &own.config);
                loaded.notes.splice(..0, foreign.note(&loaded.config, proposed));
            }
            let governing = policies.unwrap_or(source);
            let judgment = judgment::judge(source, governing, request, &loaded)?;
            let report = report::report(source, request, &loaded, judgment, known)?;
            Ok(Some(Judged { report, loaded }))
        }
        None => Ok(None),
    }
}

/// The projects around the start folder as they are read, without a judgment.
///
/// # Errors
/// The source cannot be read, the configuration or a workflow is wrong, or there is nothing to
/// read.
pub fn projects(source: &dyn Source, request: &Request) -> Result<Vec<Project>, Failure> {
    let foreign = load::foreign(source, request)?;
    match load::load(source, foreign.as_ref().map(|foreign| &*foreign.source), request)? {
        Some(loaded) => Ok(loaded.projects.into_iter().map(|one| one.project).collect()),
        None => Err(nothing_here(source, request)),
    }
}

/// The projects around the start folder with their books, without a judgment.
///
/// # Errors
/// As [`projects`].
pub fn ledgers(source: &dyn Source, request: &Request) -> Result<Vec<(Project, Ledger)>, Failure> {
    let foreign = load::foreign(source, request)?;
    match load::load(source, foreign.as_ref().map(|foreign| &*foreign.source), request)? {
        Some(loaded) => {
            Ok(loaded.projects.into_iter().map(|one| (one.project, one.ledger)).collect())
        }
        None => Err(nothing_here(source, request)),
    }
}

/// What the code of a source declares, whether or not a project stands there.
///
/// # Errors
/// The source cannot be read, or the configuration is wrong.
pub fn code(source: &dyn Source, request: &Request) -> Result<Code, Failure> {
    let config = load::govern(source, None, request)?.map(|home| home.config);
    load::code(source, &config.unwrap_or_default())
}

/// The folder of the project around the start folder: the nearest at or above it that holds a
/// configuration or a workflow root. Nothing where none does.
///
/// # Errors
/// The source cannot be read, or the configuration is wrong.
pub fn home(source: &dyn Source, request: &Request) -> Result<Option<RepoPath>, Failure> {
    Ok(load::govern(source, None, request)?.map(|home| home.folder))
}

/// Whether the source holds a configuration or a workflow root at or above the start folder, or
/// the tree does whose policy governs.
///
/// # Errors
/// A source cannot be read, or a configuration is wrong.
pub fn is_present(source: &dyn Source, request: &Request) -> Result<bool, Failure> {
    let foreign = load::foreign(source, request)?;
    let policies = foreign.as_ref().map(|foreign| &*foreign.source);
    Ok(load::govern(source, policies, request)?.is_some())
}

/// The workflows that the project around the start folder is configured to follow, each with its
/// root; without such a configuration the built-in ones.
///
/// # Errors
/// The source cannot be read, or the configuration or a workflow file is wrong.
pub fn followed(source: &dyn Source, request: &Request) -> Result<Vec<Followed>, Failure> {
    match load::configured(source, request)? {
        Some(found) => Ok(found.into_iter().map(|(workflow, root, _)| (workflow, root)).collect()),
        None => builtins(),
    }
}

/// The built-in workflows, each with its own root.
///
/// # Errors
/// One of them is wrong.
pub fn builtins() -> Result<Vec<Followed>, Failure> {
    let all = workflow::builtins().map(|id| {
        let workflow = load::builtin(id)?;
        let root = RepoPath::new(&*workflow.root);
        Ok((workflow, root))
    });
    all.collect()
}

/// A workflow with the root of its documents.
pub type Followed = (Arc<Workflow>, RepoPath);

/// Checks the workflow and the phase that a request names where no project is present.
///
/// # Errors
/// No built-in workflow is called so, or it has no such phase.
pub fn check_names(request: &Request) -> Result<(), Failure> {
    if let Some(id) = &request.workflow {
        load::builtin(id)?;
    }
    request.through.check_builtin()
}

fn nothing_here(source: &dyn Source, request: &Request) -> Failure {
    let start = match request.start.is_root() {
        true => "in the repository root".to_owned(),
        false => format!("in {} or a folder above it", request.start),
    };
    let view = match source.kind() {
        SourceKind::Revision => source.label(),
        SourceKind::WorkingTree | SourceKind::Index => format!("the {}", source.label()),
    };
    Failure::new(
        format!("nothing to check in {view}"),
        format!("neither gatecheck.toml nor .work stands {start}"),
        "run it in the project's folder, or begin a project with `gatecheck init`",
    )
}

/// A mark of a finding that survives unrelated edits: made of the rule, what it is about and the
/// normalized text it stands on, never of lines or order.
fn fingerprint(rule: &str, about: &str, subject: &str, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let marked = [rule, about, subject, &text].join("\0");
    crate::source::digest(marked.as_bytes())
}
