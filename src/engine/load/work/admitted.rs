//! Paths that documents let a feature change though it does not own them.

use super::globs;
use crate::base::{RepoPath, Span};
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::project::{FeatureId, Project};

/// Whether evidence of a feature reports a deviation that names a path, or an integration point
/// does that is one of the feature.
pub fn is_admitted(
    project: &Project,
    feature: FeatureId,
    owners: &[FeatureId],
    path: &RepoPath,
) -> bool {
    project.artifacts.iter().any(|artifact| {
        let Some(facts) = artifact.facts() else { return false };
        match &*artifact.model {
            Model::Evidence(evidence) if artifact.features.contains(&feature) => {
                let mut entries = evidence.deviations.entries.iter();
                entries.any(|entry| names(project, facts, entry.extent, path))
            }
            Model::Architecture(model) => model.integration_points.iter().any(|&point| {
                let meant = || {
                    let named = project.names.named_in(facts.text_of(point));
                    named.contains(&feature) || named.iter().all(|one| owners.contains(one))
                };
                names(project, facts, point, path) && meant()
            }),
            _ => false,
        }
    })
}

/// Whether a part of a document names a path: as it is, by a folder or pattern, or by its end.
fn names(project: &Project, facts: &DocumentFacts, extent: Span, path: &RepoPath) -> bool {
    let from = facts.paths.partition_point(|one| one.span.start < extent.start);
    let inside = facts.paths[from..].iter().take_while(|one| one.span.start < extent.end);
    let mut written = inside.map(|one| facts.text_of(one.span));
    let is_end = |written: &str| {
        path.as_str().strip_suffix(written).is_some_and(|before| before.ends_with('/'))
    };
    facts.text_of(extent).contains(path.as_str())
        || written.any(|written| {
            let patterns = globs::read(written);
            is_end(written)
                || patterns.is_some_and(|patterns| globs::covers(&patterns, &project.home, path))
        })
}
