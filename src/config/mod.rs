//! What a repository decides for itself: `gatecheck.toml`.
//!
//! The file says which workflows are followed and where, how much a rule weighs, and which
//! exceptions hold until when. It can soften a rule; it can never say that a gate holds. Every
//! setting keeps its span, so that a finding which a setting causes can show it.

mod baseline;
pub mod loosening;
mod parse;
mod schema;
mod waiver;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::base::{Failure, Level, RepoPath, Span};
use crate::workflow::{Pattern, PolicyFile, RevisionName, Workflow, suggestion};
pub use baseline::parse as parse_baseline;
pub use baseline::{Baseline, BaselineEntry, Knowable, Unmatched};
pub use parse::parse;
pub use schema::schema;
pub use waiver::{EVERY_RULE, Exception, Exceptions, Inline, Lack, Unreadable, Wildcard};

/// Where the file may stand, from the folder of the project.
pub const PATHS: [&str; 2] = ["gatecheck.toml", ".config/gatecheck.toml"];

/// The settings of one project.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Nothing where the project has no such file.
    pub file: Option<PolicyFile>,
    /// The folder of the project: all paths in the file count from here.
    pub home: RepoPath,
    /// The workflows that are followed; empty where the file leaves that open.
    pub workflows: Vec<Adoption>,
    /// Levels of rules, by id.
    pub levels: BTreeMap<String, Setting<Level>>,
    /// Paths that nothing looks at.
    pub exclude: Vec<Setting<Pattern>>,
    pub waivers: Vec<Waiver>,
    /// Whether it is an error that the history is not all there.
    pub require_history: bool,
    /// Files of the repository that do the duty of a deliverable, by its id.
    pub deliverables: BTreeMap<String, Setting<Vec<Pattern>>>,
    /// Other names and the addresses of people, by the name that documents have.
    pub identities: BTreeMap<String, Vec<String>>,
    /// What features own and how their branches are called, by a name of the feature.
    pub features: BTreeMap<String, Setting<Share>>,
    /// Paths that every feature may change.
    pub shared: Vec<Setting<Pattern>>,
    /// How the code is read and held against the contracts.
    pub code: CodeSettings,
    /// Where the baseline stands, where the file says so.
    pub baseline_at: Option<Setting<RepoPath>>,
    /// The findings that are known; filled in by whoever can read it.
    pub baseline: Baseline,
}

/// How the code is read and held against the contracts.
#[derive(Clone, Debug, Default)]
pub struct CodeSettings {
    /// The share of what is promised that has to be found before anything is judged, in percent.
    pub floor: Option<Setting<u32>>,
    /// What stands before every path that the code declares: a proxy puts it there.
    pub prefix: Option<String>,
    /// Files that are not read.
    pub exclude: Vec<Setting<Pattern>>,
    /// Files of the repository that say how more frameworks declare routes.
    pub extractors: Vec<Setting<RepoPath>>,
}

/// A value with the place that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    pub value: T,
    pub span: Span,
}

/// What one feature has of the repository.
#[derive(Clone, Debug, Default)]
pub struct Share {
    /// Its files and folders.
    pub paths: Vec<Setting<Pattern>>,
    /// Names of branches that hold its work.
    pub branches: Vec<Pattern>,
}

/// A workflow that is followed.
#[derive(Clone, Debug)]
pub struct Adoption {
    pub workflow: Choice,
    /// Folders that each hold a project of their own; the workflow's root where there are none.
    pub roots: Vec<Setting<RepoPath>>,
    /// The phase with which it began here: earlier ones are not asked for.
    pub begins: Option<Setting<String>>,
    pub skips: Vec<Skip>,
    /// The revision that holds what was agreed: the first that exists of these.
    pub agreement: Vec<RevisionName>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One that gatecheck brings, by its id.
    Builtin(String),
    /// A file of the repository.
    File(RepoPath),
}

/// A phase that is not judged for a while.
#[derive(Clone, Debug)]
pub struct Skip {
    pub phase: Setting<String>,
    pub terms: Terms,
}

/// An exception to one rule at some places.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub rule: String,
    /// The subject of the findings that it covers, as reports print it.
    pub subject: Option<String>,
    /// The paths of the findings that it covers.
    pub path: Option<Pattern>,
    pub terms: Terms,
    /// The line that names the rule.
    pub span: Span,
    /// The phase, by id, whose documents it would cover all; see [`Config::compare`].
    pub whole_phase: Option<String>,
}

/// On which terms an exception holds. All of them are due; [`Terms::lacks`] says what is not there.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub reason: Option<Setting<String>>,
    pub owner: Option<Setting<String>>,
    /// The last day, in UTC, on which it holds.
    pub last_day: Option<Setting<Date>>,
}

impl Adoption {
    /// Why a phase is not judged: it lies before the phase with which the workflow began here, or
    /// a skip holds on this day.
    pub fn skips(&self, workflow: &Workflow, phase: usize, today: Date) -> Option<String> {
        let begins = self.begins.as_ref().and_then(|begins| workflow.phase(&begins.value));
        if let Some(begins) = begins.filter(|&begins| workflow.before(begins).contains(&phase)) {
            let begins = &workflow.phases[begins].id;
            return Some(format!("the workflow began here with phase {begins}"));
        }
        let mut skips = self.skips.iter().filter(|skip| skip.holds(today));
        let skip = skips.find(|skip| skip.phase.value == workflow.phases[phase].id)?;
        skip.terms.reason.as_ref().map(|reason| reason.value.clone())
    }

    /// The roots of the projects that follow a workflow, for a configuration in this folder.
    pub fn roots(&self, folder: &RepoPath, workflow: &Workflow) -> Vec<RepoPath> {
        match &self.roots[..] {
            [] => vec![folder.join(&workflow.root)],
            roots => roots.iter().map(|root| root.value.clone()).collect(),
        }
    }
}

impl Config {
    /// The share of what is promised that has to be found in the code, in percent, unless the file
    /// says otherwise.
    pub const FLOOR: u32 = 50;

    /// Whether nothing looks at this path.
    pub fn excludes(&self, path: &RepoPath) -> bool {
        self.exclude.iter().any(|pattern| self.means(&pattern.value, path))
    }

    /// Whether a file of code is left out.
    pub fn excludes_code(&self, path: &RepoPath) -> bool {
        let mut left_out = self.exclude.iter().chain(&self.code.exclude);
        left_out.any(|pattern| self.means(&pattern.value, path))
    }

    /// The files that say what the project decides.
    pub fn files(&self) -> impl Iterator<Item = &PolicyFile> {
        self.file.iter().chain(&self.baseline.file)
    }

    /// The file that holds the settings, else the one that could.
    pub fn path(&self) -> RepoPath {
        let usual = || self.home.join(PATHS[0]);
        self.file.as_ref().map_or_else(usual, |file| file.path.clone())
    }

    pub fn level(&self, rule: &str) -> Option<Level> {
        self.levels.get(rule).map(|setting| setting.value)
    }

    /// Whether a pattern of the file means a path. Patterns count from the folder of the project;
    /// as reports name paths from the repository root, people copy those, and they do as well.
    pub fn means(&self, pattern: &Pattern, path: &RepoPath) -> bool {
        let below = path.below(&self.home).filter(|_| !self.home.is_root());
        [Some(path.as_str()), below].into_iter().flatten().any(|one| pattern.matches(one).is_some())
    }

    /// Notes which waivers would cover every document that some phase of a workflow asks for. One
    /// that names a single file does not, even where that file is all that a phase asks for.
    pub fn compare(&mut self, workflow: &Workflow, root: &RepoPath) {
        let mut whole: Vec<Option<String>> = Vec::new();
        for waiver in &self.waivers {
            let wide = waiver.path.as_ref().filter(|path| !path.is_one_file());
            let phase = wide.and_then(|path| {
                let mut phases = workflow.phases.iter();
                phases.find(|phase| {
                    let mut due = phase.required_paths(root).peekable();
                    due.peek().is_some() && due.all(|expected| self.means(path, &expected))
                })
            });
            whole.push(phase.map(|phase| phase.id.clone()));
        }
        for (waiver, whole) in self.waivers.iter_mut().zip(whole) {
            waiver.whole_phase = waiver.whole_phase.take().or(whole);
        }
    }

    /// Checks that the phases which an adoption names are phases of its workflow.
    ///
    /// # Errors
    /// One of them is not.
    pub fn check_phases(&self, adoption: &Adoption, workflow: &Workflow) -> Result<(), Failure> {
        let known: Vec<&str> = workflow.phases.iter().map(|phase| &*phase.id).collect();
        let mut named = adoption.skips.iter().map(|skip| &skip.phase).chain(&adoption.begins);
        match named.find(|phase| !known.contains(&&*phase.value)) {
            Some(phase) => Err(self.unknown("phase", &phase.value, phase.span, &known)),
            None => Ok(()),
        }
    }

    /// Checks that the deliverables which the file maps are those of some workflow.
    ///
    /// # Errors
    /// One of them is not.
    pub fn check_deliverables<'w>(
        &self,
        workflows: impl Iterator<Item = &'w Workflow>,
    ) -> Result<(), Failure> {
        let all = workflows.flat_map(Workflow::deliverables);
        let known: Vec<&str> = all.map(|(.., one)| &*one.id).collect();
        match self.deliverables.iter().find(|(id, _)| !known.contains(&id.as_str())) {
            Some((id, setting)) => Err(self.unknown("deliverable", id, setting.span, &known)),
            None => Ok(()),
        }
    }

    fn unknown(&self, noun: &str, word: &str, span: Span, known: &[&str]) -> Failure {
        let (why, help) = (format!("unknown {noun} `{word}`"), suggestion(word, known));
        match &self.file {
            Some(file) => file.fail(span.range(), why, help),
            None => Failure::new("cannot use the configuration", why, help),
        }
    }
}
