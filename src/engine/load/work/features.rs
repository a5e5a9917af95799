//! The features of a project as those whose work commits can be.

use std::collections::HashMap;

use super::attribution::Parties;
use super::scopes::{Scopes, called};
use crate::base::{RepoPath, Span};
use crate::engine::load::trees::Trees;
use crate::ledger::Who;
use crate::model::Model;
use crate::project::features::{Match, Name, parted};
use crate::project::{Artifact, ArtifactId, FeatureId, Project, written_from};
use crate::workflow::Kind;

pub struct Features<'f, 'r> {
    scopes: &'f Scopes<'f>,
    trees: &'f Trees<'r>,
    /// The features whose evidence lists a path.
    listing: HashMap<RepoPath, Vec<FeatureId>>,
}

impl<'f, 'r> Features<'f, 'r> {
    pub fn new(scopes: &'f Scopes<'f>, trees: &'f Trees<'r>) -> Self {
        let mut listing: HashMap<RepoPath, Vec<FeatureId>> = HashMap::new();
        for (id, _, path) in listed(trees.project) {
            let features = trees.project.artifacts[id].features.iter();
            listing.entry(path).or_default().extend(features);
        }
        Self { scopes, trees, listing }
    }

    fn kind(&self, path: &RepoPath) -> Option<(Kind, Option<String>)> {
        let workflow = &self.trees.project.workflow;
        let found = workflow.classify(self.trees.below(path)?)?;
        let kind = workflow.phases[found.phase].deliverables[found.deliverable].kind;
        Some((kind, found.captures.get("feature").cloned()))
    }
}

impl Parties for Features<'_, '_> {
    fn called(&self, name: &str) -> Option<Who> {
        called(self.trees.project, name).map(Who::Feature)
    }

    fn of_branch(&self, name: &str) -> Vec<Who> {
        let known = self.scopes.branches.iter().filter(|(one, _)| one.matches(name).is_some());
        let mut found: Vec<FeatureId> = known.map(|(_, feature)| *feature).collect();
        let names = &self.trees.project.names;
        if found.is_empty() {
            let parts = name.split('/').map(|part| names.find_surely(&Name::new(part, None)));
            found.extend(parts.filter_map(|found| match found {
                Match::One(feature) => Some(feature),
                _ => None,
            }));
        }
        if found.is_empty() {
            found = names.named_in(&parted(name));
        }
        found.into_iter().map(Who::Feature).collect()
    }

    fn evidence(&self, path: &RepoPath) -> Option<Vec<Who>> {
        let (_, captured) = self.kind(path).filter(|(kind, _)| kind.is_evidence())?;
        let project = self.trees.project;
        let standing = project.artifacts.binary_search_by(|one| one.path.cmp(path));
        let features = match standing {
            Ok(id) => project.artifacts[id].features.clone(),
            Err(_) => captured.and_then(|name| called(project, &name)).into_iter().collect(),
        };
        Some(features.into_iter().map(Who::Feature).collect())
    }

    fn is_common(&self, path: &RepoPath) -> bool {
        let kinds = [Kind::Integration, Kind::Validation, Kind::SignOff];
        self.kind(path).is_some_and(|(kind, _)| kinds.contains(&kind))
    }

    fn listing(&self, path: &RepoPath) -> Vec<Who> {
        let found = self.listing.get(path).into_iter().flatten();
        found.copied().map(Who::Feature).collect()
    }

    fn owners(&self, path: &RepoPath) -> Vec<Who> {
        // What cannot be read here could not be asked for before.
        let owners = self.scopes.owners(path).unwrap_or_default();
        owners.sure.into_iter().map(Who::Feature).collect()
    }
}

/// The files that evidence of features lists, as far as they stand.
pub fn listed(project: &Project) -> Vec<(ArtifactId, Span, RepoPath)> {
    let mut found = Vec::new();
    for (id, artifact) in project.artifacts.iter().enumerate() {
        if artifact.deliverable.is_some() && !artifact.features.is_empty() {
            found.extend(files(project, artifact).into_iter().map(|(span, path)| (id, span, path)));
        }
    }
    found
}

fn files(project: &Project, artifact: &Artifact) -> Vec<(Span, RepoPath)> {
    let (Some(facts), Model::Evidence(evidence)) = (artifact.facts(), &*artifact.model) else {
        return Vec::new();
    };
    let folder = artifact.path.folder();
    let meant = evidence.files.iter().filter_map(|file| {
        let written = facts.text_of(file.span);
        let meant = project.named.written.get(&*written_from(&folder, written))?;
        let path = meant.iter().find(|path| project.named.stands(path))?;
        Some((file.span, path.clone()))
    });
    meant.collect()
}
