//! Everything one view of a repository holds under one workflow, and what is due in it.
//!
//! A project is complete: rules look things up here and never fetch. It is built by the engine
//! from a source; after that nothing can fail.

mod build;
pub mod contracts;
mod declare;
pub mod duties;
pub mod features;
pub mod graph;
mod listed;
mod mentioned;
pub mod offers;
pub mod plan;
pub mod stages;
pub mod stories;
pub mod surface;
pub mod team;
pub mod varied;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::base::{RepoPath, Span};
use crate::facts::{DocumentFacts, SectionId};
use crate::model::Model;
use crate::model::architecture::{self, Architecture};
use crate::model::records::{Recorded, Region};
use crate::source::{BlobId, Node, SourceKind, Tracking};
use crate::workflow::{Captures, Deliverable, Kind, Workflow};
pub use build::{Draft, build};

/// An index into [`Project::artifacts`].
pub type ArtifactId = usize;
/// An index into [`Project::features`].
pub type FeatureId = usize;

/// One workflow root with its documents.
#[derive(Debug)]
pub struct Project {
    pub workflow: Arc<Workflow>,
    pub view: SourceKind,
    /// The folder that holds the workflow root: paths in documents count from here first.
    pub home: RepoPath,
    /// The workflow root, from the repository root.
    pub root: RepoPath,
    /// Sorted by path.
    pub artifacts: Vec<Artifact>,
    pub features: Vec<Feature>,
    /// The features by the words of their names.
    pub names: features::Index,
    /// Which variations of the workflow the documents declare.
    pub varied: varied::Varied,
    /// The iterations in their order; never empty. Positions here are iteration numbers below.
    pub iterations: Vec<Iteration>,
    /// In the order of iterations, phases and deliverables.
    pub duties: Vec<Duty>,
    /// Made when somebody asks for it.
    graph: OnceLock<graph::Graph>,
    /// What stands under the root and is not followed: links, submodules.
    pub unfollowed: Vec<(RepoPath, Node)>,
    /// One for each iteration and phase, in this order.
    pub stages: Vec<Stage>,
    /// Answers for every path and commit that a document names outside the root.
    pub named: Named,
    /// What its code declares, where that was read.
    pub surface: Option<surface::Surface>,
    /// Made when a rule asks for them.
    offers: OnceLock<Vec<offers::Offer>>,
}

/// A file under the workflow root.
#[derive(Debug)]
pub struct Artifact {
    pub path: RepoPath,
    pub kind: Kind,
    pub tracking: Tracking,
    /// The id that git gives its content. Known of tracked files in an index or a revision, and of
    /// what is agreed before anybody builds.
    pub blob: Option<BlobId>,
    /// The deliverable it is: indices of phase and deliverable.
    pub deliverable: Option<(usize, usize)>,
    /// What the captures of the matched pattern stood for.
    pub captures: Captures,
    /// The features it speaks for.
    pub features: Vec<FeatureId>,
    /// The features it might speak for where its name fits several equally well.
    pub candidates: Vec<FeatureId>,
    /// The iterations that it names, itself or by their features. Asked of shared documents that
    /// count by iteration only.
    pub iterations: Vec<usize>,
    pub text: Text,
    /// Shared with the same document of other trees.
    pub model: Arc<Model>,
    /// What it keeps lists of, as a whole and in its parts.
    pub records: Vec<Region>,
    /// It is a deliverable of another workflow that the project follows, and so not read here.
    pub foreign: bool,
}

/// What could be had of a file's content.
#[derive(Debug)]
pub enum Text {
    Document(Arc<DocumentFacts>),
    /// Not Markdown, so only its presence counts.
    Other,
    /// Why it cannot be read, as a clause.
    Unreadable(String),
}

/// A declared feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// The name people read: `User Authentication`.
    pub name: String,
    /// The name in paths: `user-authentication`, or what its interface file uses.
    pub slug: String,
    /// `Feature A` → `a`.
    pub label: Option<String>,
    /// The identifier that its name begins with: `task2b`, `t3`.
    pub id: Option<String>,
    /// Position of its iteration in [`Project::iterations`].
    pub iteration: usize,
    /// Where it is declared.
    pub declared: (ArtifactId, Span),
}

/// A wave of features that goes through all phases.
#[derive(Debug)]
pub struct Iteration {
    /// `1`, `2`; what `--through ITERATION:PHASE` and reports name.
    pub id: String,
}

/// Something a phase owes: one deliverable for one subject in one iteration.
#[derive(Debug)]
pub struct Duty {
    pub iteration: usize,
    pub phase: usize,
    /// Index into the phase's deliverables.
    pub deliverable: usize,
    pub subject: Subject,
    /// Where the document is expected, from the repository root.
    pub expected: RepoPath,
    pub state: DutyState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Project,
    Feature(FeatureId),
    /// A role's id.
    Role(String),
}

#[derive(Debug)]
pub enum DutyState {
    /// By these artifacts.
    Done(Vec<ArtifactId>),
    /// By a section of another document.
    Within(ArtifactId, SectionId),
    /// By a file elsewhere in the repository that a document names.
    Elsewhere(RepoPath),
    /// Several documents claim to be the one.
    Contested(Vec<ArtifactId>),
    /// By nothing: these documents are there, but none names the iteration or its features.
    Uncovered(Vec<ArtifactId>),
    /// By nothing; these artifacts have nearly the right name.
    Missing { near: Vec<ArtifactId> },
}

/// Where an iteration stands in a phase.
#[derive(Debug)]
pub struct Stage {
    pub iteration: usize,
    pub phase: usize,
    /// What shows that the phase was begun; nothing where it was not.
    pub entered: Option<Witness>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A deliverable that stands.
    Artifact(ArtifactId),
    /// A deliverable that stood in this commit and is gone.
    Withdrawn { path: RepoPath, commit: String },
}

/// What loading found at the places that documents name.
#[derive(Debug, Default)]
pub struct Named {
    /// By the path from the repository root. A path that was looked for and is not there has no
    /// node.
    pub paths: HashMap<RepoPath, Option<Node>>,
    /// Written forms, as documents have them, with the repository paths they may mean: relative
    /// to the project, to the repository root, or by unambiguous ending; see [`written_from`].
    pub written: HashMap<String, Vec<RepoPath>>,
    /// Where a commit is, as documents write its id. What nobody can tell is left out.
    pub commits: HashMap<String, Held>,
    /// Whether there are commits at all that a document could name.
    pub history: bool,
}

/// Where a commit that a document names is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// In the history that ends in the judged commit.
    Here,
    /// In the repository, beside that history.
    Aside,
    /// No commit is called so, but the content of a document.
    Content,
    Nowhere,
}

/// The form by which a path that a document wrote is looked up. A relative one means something
/// else in every folder, so that the folder belongs to it.
pub fn written_from<'w>(folder: &RepoPath, written: &'w str) -> Cow<'w, str> {
    let relative = written.starts_with("./") || written.starts_with("../");
    if relative { format!("{}\0{written}", folder.as_str()).into() } else { written.into() }
}

impl Named {
    /// Whether anything was found at a path.
    pub fn stands(&self, path: &RepoPath) -> bool {
        self.paths.get(path).is_some_and(Option::is_some)
    }
}

impl Project {
    pub fn deliverable(&self, artifact: &Artifact) -> Option<&Deliverable> {
        let (phase, index) = artifact.deliverable?;
        Some(&self.workflow.phases[phase].deliverables[index])
    }

    /// What needs what, by all design documents.
    pub fn graph(&self) -> &graph::Graph {
        let read = || graph::Graph::of(&self.artifacts, &self.features, &self.names);
        self.graph.get_or_init(read)
    }

    /// The readable documents of a kind.
    pub fn documents(&self, kind: Kind) -> impl Iterator<Item = (&Artifact, &DocumentFacts)> {
        let of_kind = self.artifacts.iter().filter(move |artifact| artifact.kind == kind);
        of_kind.filter_map(|artifact| Some((artifact, artifact.facts()?)))
    }

    /// Every record of a kind, with the document that it stands in.
    pub fn records<R: Recorded + 'static>(
        &self,
    ) -> impl Iterator<Item = (&Artifact, &DocumentFacts, &R)> {
        self.artifacts.iter().flat_map(|artifact| {
            let records = artifact.records.iter().filter_map(|region| R::of(&region.record));
            records.filter_map(move |record| Some((artifact, artifact.facts()?, record)))
        })
    }

    /// The documents that are the architecture itself.
    pub fn architectures(
        &self,
    ) -> impl Iterator<Item = (&Artifact, &DocumentFacts, &Architecture)> {
        self.documents(Kind::Architecture).filter_map(|(artifact, facts)| match &*artifact.model {
            Model::Architecture(model) => Some((artifact, facts, &**model)),
            _ => None,
        })
    }

    /// The documents beside the architecture that are about integration by their name.
    pub fn integration_documents(&self) -> impl Iterator<Item = (&Artifact, &DocumentFacts)> {
        let architectures = self.documents(Kind::Architecture);
        let folders: Vec<_> = architectures.map(|(one, _)| one.path.folder()).collect();
        let named = move |artifact: &&Artifact| {
            architecture::tells_points(artifact.path.name())
                && folders.iter().any(|folder| artifact.path.below(folder).is_some())
        };
        let found = self.artifacts.iter().filter(named);
        found.filter_map(|artifact| Some((artifact, artifact.facts()?)))
    }

    /// The iteration of the feature that a name means; the first where it means none.
    pub fn iteration_of(&self, name: &str) -> usize {
        match self.names.find(&features::Name::new(name, None)) {
            features::Match::One(feature) => self.features[feature].iteration,
            _ => 0,
        }
    }

    /// The iterations that a text names, itself or by one of their features, in their order.
    pub fn iterations_in(&self, text: &str) -> Vec<usize> {
        mentioned::Phrases::new(&self.features, &self.iterations).iterations_in(text)
    }

    /// The features that one of another tree may be here, by its name and the name in its files.
    pub fn found_again(&self, feature: &Feature) -> impl Iterator<Item = FeatureId> {
        let label = feature.label.as_deref();
        [&feature.name, &feature.slug].into_iter().filter_map(move |name| {
            match self.names.find(&features::Name::new(name, label)) {
                features::Match::One(found) => Some(found),
                _ => None,
            }
        })
    }

    /// The position of the iteration with an id.
    pub fn iteration_called(&self, id: &str) -> Option<usize> {
        self.iterations
            .binary_search_by_key(&Iteration::order(id), |one| Iteration::order(&one.id))
            .ok()
    }

    /// What all phases of an iteration owe.
    pub fn due_in(&self, iteration: usize) -> &[Duty] {
        let from = self.duties.partition_point(|duty| duty.iteration < iteration);
        let rest = &self.duties[from..];
        &rest[..rest.partition_point(|duty| duty.iteration == iteration)]
    }

    /// What a phase of an iteration owes.
    pub fn due(&self, iteration: usize, phase: usize) -> &[Duty] {
        let all = self.due_in(iteration);
        let rest = &all[all.partition_point(|duty| duty.phase < phase)..];
        &rest[..rest.partition_point(|duty| duty.phase == phase)]
    }

    pub fn stage(&self, iteration: usize, phase: usize) -> &Stage {
        &self.stages[iteration * self.workflow.phases.len() + phase]
    }
}

impl Iteration {
    /// Where an id stands in the order: ids are numbers nearly always, and names come after them
    /// by letter.
    pub fn order(id: &str) -> (u32, &str) {
        (id.parse().unwrap_or(u32::MAX), id)
    }
}

impl Artifact {
    /// What the document says, unless it is no readable Markdown.
    pub fn facts(&self) -> Option<&DocumentFacts> {
        match &self.text {
            Text::Document(facts) => Some(facts),
            Text::Other | Text::Unreadable(_) => None,
        }
    }
}
