//! What the documents admit: the deviations that evidence reports, how the integration report
//! resolved each, and which contracts it says were updated.

use std::collections::HashSet;

use super::reported::Account;
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::contract::Subject;
use crate::model::integration::matching::{Reported, Speaking, assign};
use crate::model::integration::{self, Way};
use crate::model::phrases::title;
use crate::project::{ArtifactId, FeatureId, Project};
use crate::workflow::Kind;

/// A deviation that a document of evidence reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The evidence, in the judged tree.
    pub artifact: ArtifactId,
    /// Its position among the deviations of that document.
    pub place: usize,
    pub title: String,
    /// The line or cell that names it.
    pub span: Span,
    /// The features that its evidence speaks for.
    pub features: Vec<FeatureId>,
    /// The resolutions that speak of it, as positions in [`Books::resolutions`].
    pub resolutions: Vec<usize>,
}

/// How the integration report settled something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub artifact: ArtifactId,
    pub title: String,
    pub span: Span,
    pub extent: Span,
    /// Nothing where that is open.
    pub way: Option<Way>,
    /// The entries that it speaks of, as positions in [`Books::entries`].
    pub entries: Vec<usize>,
}

/// A contract that the integration report says was updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    pub artifact: ArtifactId,
    pub title: String,
    /// The line that names it.
    pub span: Span,
    pub extent: Span,
    /// Whether it follows from a reported deviation or a resolution, or names no contract that one
    /// could be about.
    pub called_for: bool,
}

/// Everything that the documents of a project admit, in the order of the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    pub entries: Vec<Entry>,
    pub resolutions: Vec<Resolution>,
    pub updates: Vec<Update>,
}

impl Books {
    /// Whether anybody admits anything.
    pub fn says_anything(&self) -> bool {
        !(self.entries.is_empty() && self.resolutions.is_empty() && self.updates.is_empty())
    }

    pub fn of(project: &Project) -> Self {
        let mut books = Books::default();
        let mut speaking = Vec::new();
        for (id, artifact) in project.artifacts.iter().enumerate() {
            let Some(facts) = artifact.facts() else { continue };
            match &*artifact.model {
                Model::Evidence(evidence) => {
                    let told = evidence.deviations.entries.iter().enumerate();
                    books.entries.extend(told.map(|(place, one)| Entry {
                        artifact: id,
                        place,
                        title: one.title.clone(),
                        span: one.span,
                        features: artifact.features.clone(),
                        resolutions: Vec::new(),
                    }));
                }
                Model::Integration(report) => {
                    let resolutions = report.resolutions.iter();
                    speaking.extend(resolutions.clone().map(|one| Speaking {
                        title: one.title.clone(),
                        context: one.context.clone(),
                        features: project.names.named_in(&one.context),
                    }));
                    books.resolutions.extend(resolutions.map(|one| Resolution::of(id, one)));
                    let updates = report.updates.iter();
                    books.updates.extend(updates.map(|&extent| Update::of(id, facts, extent)));
                }
                _ => {}
            }
        }
        books.settle(project, &speaking);
        books.justify(project);
        books
    }

    /// Finds the deviations that each resolution speaks of. Those of tests are looked at where
    /// none of an implementation fits: nobody has to resolve them.
    fn settle(&mut self, project: &Project, speaking: &[Speaking]) {
        for kind in [Kind::Evidence, Kind::TestEvidence] {
            let of_kind = |at: &usize| project.artifacts[self.entries[*at].artifact].kind == kind;
            let entries: Vec<usize> = (0..self.entries.len()).filter(of_kind).collect();
            let told: Vec<Reported> = entries.iter().map(|&at| self.entries[at].told()).collect();
            let is_open = |at: &usize| self.resolutions[*at].entries.is_empty();
            let open: Vec<usize> = (0..self.resolutions.len()).filter(is_open).collect();
            let asked: Vec<Speaking> = open.iter().map(|&at| speaking[at].clone()).collect();
            for (at, found) in open.into_iter().zip(assign(&asked, &told)) {
                self.resolutions[at].entries = found.into_iter().map(|at| entries[at]).collect();
            }
        }
        for (at, resolution) in self.resolutions.iter().enumerate() {
            resolution.entries.iter().for_each(|&entry| self.entries[entry].resolutions.push(at));
        }
    }

    /// Finds the updates that are about a contract that a deviation or its resolution names too.
    pub(super) fn call_for(&mut self, account: &Account) {
        let told = account.entries.iter().chain(&account.resolutions);
        let told: HashSet<&Subject> = told.flat_map(|naming| &naming.contracts).collect();
        for (update, naming) in self.updates.iter_mut().zip(&account.updates) {
            let known = naming.contracts.iter().any(|one| told.contains(one));
            update.called_for |= known || naming.contracts.is_empty();
        }
    }

    /// Finds the updates that follow from a deviation or its resolution, by id, number or words.
    fn justify(&mut self, project: &Project) {
        let mut told: Vec<Reported> = self.entries.iter().map(Entry::told).collect();
        told.extend(self.resolutions.iter().map(|one| Reported {
            title: one.title.clone(),
            number: 0,
            features: Vec::new(),
        }));
        let text = |one: &Update| {
            let facts = project.artifacts[one.artifact].facts();
            facts.map_or_else(String::new, |facts| facts.text_of(one.extent).to_owned())
        };
        let speaking = |one: &Update| {
            let context = text(one);
            let features = project.names.named_in(&context);
            Speaking { title: one.title.clone(), context, features }
        };
        let asked: Vec<Speaking> = self.updates.iter().map(speaking).collect();
        for (update, found) in self.updates.iter_mut().zip(assign(&asked, &told)) {
            update.called_for = !found.is_empty();
        }
    }
}

impl Entry {
    fn told(&self) -> Reported {
        let (title, features) = (self.title.clone(), self.features.clone());
        Reported { title, number: self.place + 1, features }
    }
}

impl Resolution {
    fn of(artifact: ArtifactId, one: &integration::Resolution) -> Self {
        let integration::Resolution { title, span, extent, way, .. } = one.clone();
        Resolution { artifact, title, span, extent, way, entries: Vec::new() }
    }
}

impl Update {
    fn of(artifact: ArtifactId, facts: &DocumentFacts, extent: Span) -> Self {
        let text = facts.text_of(extent);
        let line = text.lines().next().unwrap_or(text).trim_end();
        let start = extent.start as usize;
        let span = Span::new(start, start + line.len());
        Update { artifact, title: title(line), span, extent, called_for: false }
    }
}
