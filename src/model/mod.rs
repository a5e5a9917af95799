//! What one kind of document means.
//!
//! Readers here are pure: facts and vocabulary in, meaning out, with the span of every part.
//! They never fail; what cannot be understood is left out or marked, and rules speak about it.

pub mod architecture;
pub mod commits;
pub mod contract;
pub mod dates;
pub mod dependencies;
pub mod evidence;
pub mod failed_rows;
pub mod ids;
pub mod integration;
pub mod outcome;
pub mod people;
pub mod phrases;
pub mod product;
pub mod records;
pub mod thresholds;
pub mod validation;
pub mod waivers;

use crate::base::Span;
use crate::facts::{DocumentFacts, Section, SectionId};
use crate::workflow::{Kind, Workflow};

/// The meaning of one document, by its kind.
#[derive(Debug, Default)]
pub enum Model {
    /// Stories, criteria, journeys, flows: one reader, because teams put them together freely.
    Product(Box<product::Product>),
    Architecture(Box<architecture::Architecture>),
    /// What is promised as it was built: compared, and nothing more.
    Contracts(Box<contract::Contracts>),
    Evidence(Box<evidence::Evidence>),
    Integration(Box<integration::Integration>),
    Validation(Box<validation::Validation>),
    #[default]
    None,
}

/// Reads what a document of this kind means.
pub fn read(kind: Kind, facts: &DocumentFacts, workflow: &Workflow) -> Model {
    match kind {
        Kind::Stories | Kind::Criteria | Kind::Journeys | Kind::Flows => {
            Model::Product(Box::new(product::read(kind, facts)))
        }
        Kind::Architecture | Kind::Interface | Kind::Dependencies => {
            Model::Architecture(Box::new(architecture::read(kind, facts)))
        }
        Kind::AsBuilt => Model::Contracts(Box::new(contract::read(facts))),
        Kind::Evidence | Kind::TestEvidence => {
            Model::Evidence(Box::new(evidence::read(kind, facts, workflow)))
        }
        Kind::Integration => Model::Integration(Box::new(integration::read(facts, workflow))),
        Kind::Validation | Kind::SignOff => {
            Model::Validation(Box::new(validation::read(facts, workflow)))
        }
        // What has no meaning beyond its parts, and records, which are read by themselves.
        _ => Model::None,
    }
}

/// Reads what a file describes that is no Markdown: the contracts of an OpenAPI document, or what
/// needs what in YAML. A file
/// that is none means nothing, except where an interface is expected.
pub fn read_description(kind: Kind, facts: &DocumentFacts) -> Model {
    if kind == Kind::Dependencies {
        let dependencies = dependencies::read_data(facts);
        let told = !dependencies.drawings.is_empty() || !dependencies.unread.is_empty();
        let described = architecture::Architecture { dependencies, ..Default::default() };
        return if told { Model::Architecture(Box::new(described)) } else { Model::None };
    }
    let contracts = contract::openapi::read_file(&facts.text);
    let empty = contracts.list.is_empty() && contracts.unread.is_empty();
    if empty && kind != Kind::Interface {
        return Model::None;
    }
    let described = architecture::Architecture { contracts, ..Default::default() };
    Model::Architecture(Box::new(described))
}

impl Model {
    /// The contracts that a document of the design or a description of what was built states.
    pub fn contracts(&self) -> &[contract::Contract] {
        match self {
            Model::Architecture(architecture) => &architecture.contracts.list,
            Model::Contracts(built) => &built.list,
            _ => &[],
        }
    }

    /// The ids of the roles that give a verdict here.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        let validation = match self {
            Model::Validation(validation) => Some(validation),
            _ => None,
        };
        validation.into_iter().flat_map(|validation| validation.roles())
    }
}

/// The part of a list in document order that begins within an extent: found by search, so that
/// many small extents of a long document cost little.
fn part_of<T>(list: &[T], extent: Span, place: impl Fn(&T) -> Span) -> &[T] {
    let from = list.partition_point(|one| place(one).start < extent.start);
    let to = list.partition_point(|one| place(one).start < extent.end);
    list.get(from..to).unwrap_or(&[])
}

/// Paths of files that a document says were created, changed or written as tests.
pub fn named_paths(model: &Model) -> impl Iterator<Item = Span> {
    let files = match model {
        Model::Evidence(evidence) => &evidence.files[..],
        _ => &[],
    };
    files.iter().map(|file| file.span)
}

/// Commits that a document names.
pub fn named_commits(model: &Model) -> impl Iterator<Item = Span> {
    let commits = match model {
        Model::Evidence(evidence) => &evidence.commits[..],
        Model::Integration(report) => &report.commits,
        Model::Validation(validation) => &validation.commits,
        _ => &[],
    };
    commits.iter().copied()
}

/// The sections directly under another, found without a look at the rest of the document.
fn children(facts: &DocumentFacts, id: SectionId) -> impl Iterator<Item = (SectionId, &Section)> {
    let extent = facts.section(id).extent;
    let after = (id + 1..facts.sections.len() as SectionId).map(|id| (id, facts.section(id)));
    let below = after.take_while(move |(_, section)| section.heading.start < extent.end);
    below.filter(move |(_, section)| section.parent == Some(id))
}
