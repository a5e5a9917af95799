//! Which features a project declares, and in which iteration each is built.

use std::collections::HashSet;

use super::features::{self, Index, Match, Name};
use super::{Artifact, ArtifactId, Feature, Iteration};
use crate::base::Span;
use crate::model::Model;
use crate::model::architecture::{Architecture, Scheduled};
use crate::workflow::Kind;

/// The declared features and the iterations they belong to.
///
/// Features are declared by the boundaries of the architecture; without any, by the INTERFACE
/// files; without those, by the dependency graph. A graph puts them into iterations: one that
/// no graph names belongs to the newest, and everything to the first where no graph has any.
pub fn features(artifacts: &[Artifact]) -> (Vec<Feature>, Vec<Iteration>) {
    let schedule: Vec<(ArtifactId, &Scheduled)> = models(artifacts)
        .flat_map(|(id, _, model)| model.scheduled.iter().map(move |line| (id, line)))
        .collect();
    let mut declared = by_boundaries(artifacts);
    add_planned_interfaces(&mut declared, artifacts, &schedule);
    if declared.is_empty() {
        declared = by_interfaces(artifacts);
    }
    if declared.is_empty() {
        declared = by_schedule(&schedule);
    }
    name_by_interfaces(&mut declared, artifacts);

    let planned = planned_iterations(&declared, &schedule);
    let newest = planned.iter().flatten().map(|id| order(id)).max().unwrap_or_default();
    let mut ids: Vec<String> = planned.iter().flatten().cloned().collect();
    ids.sort_by_key(|id| order(id));
    ids.dedup();
    if ids.is_empty() {
        ids.push("1".to_owned());
    }
    for (feature, planned) in declared.iter_mut().zip(&planned) {
        let own = planned.as_deref().map_or_else(|| newest.clone(), order);
        feature.iteration = ids.iter().position(|id| order(id) == own).unwrap_or(0);
    }
    (declared, ids.into_iter().map(|id| Iteration { id }).collect())
}

fn models(artifacts: &[Artifact]) -> impl Iterator<Item = (ArtifactId, Kind, &Architecture)> {
    artifacts.iter().enumerate().filter_map(|(id, artifact)| match &artifact.model {
        Model::Architecture(model) => Some((id, artifact.kind, &**model)),
        _ => None,
    })
}

fn by_boundaries(artifacts: &[Artifact]) -> Vec<Feature> {
    let mut declared: Vec<Feature> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for (id, kind, model) in models(artifacts) {
        if kind != Kind::Architecture {
            continue;
        }
        for boundary in &model.boundaries {
            let slug = features::slug(&boundary.name);
            if known.insert(slug.clone()) {
                let label = boundary.label.as_ref().map(|label| label.to_lowercase());
                let declared_at = (id, boundary.span);
                declared.push(feature(&boundary.name, slug, label, declared_at));
            }
        }
    }
    declared
}

fn by_interfaces(artifacts: &[Artifact]) -> Vec<Feature> {
    let mut declared: Vec<Feature> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for (id, captured) in interfaces(artifacts) {
        let slug = features::slug(captured);
        if known.insert(slug.clone()) {
            declared.push(feature(captured, slug, None, (id, Span::default())));
        }
    }
    declared
}

fn by_schedule(schedule: &[(ArtifactId, &Scheduled)]) -> Vec<Feature> {
    let mut declared: Vec<Feature> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for (id, line) in schedule {
        let slug = features::slug(&line.name);
        if known.insert(slug.clone()) {
            let label = line.label.as_ref().map(|label| label.to_lowercase());
            declared.push(feature(&line.name, slug, label, (*id, line.span)));
        }
    }
    declared
}

fn feature(
    name: &str,
    slug: String,
    label: Option<String>,
    declared: (ArtifactId, Span),
) -> Feature {
    Feature { name: name.to_owned(), slug, label, iteration: 0, declared }
}

/// What has an interface, and a place in the dependency graph as a "Feature C", is declared even
/// where the boundaries forgot it: taking its section out must not take its duties away. A shared
/// library may have both as well, and is no feature.
fn add_planned_interfaces(
    declared: &mut Vec<Feature>,
    artifacts: &[Artifact],
    schedule: &[(ArtifactId, &Scheduled)],
) {
    if declared.is_empty() {
        return;
    }
    let known = Index::new(declared);
    let is_new = |feature: &Feature| known.find(&Name::new(&feature.name, None)) == Match::None;
    let mut forgotten: Vec<Feature> = by_interfaces(artifacts).into_iter().filter(is_new).collect();
    let named = Index::new(&forgotten);
    let mut planned: Vec<Option<(ArtifactId, &Scheduled)>> = vec![None; forgotten.len()];
    for &(id, line) in schedule.iter().filter(|(_, line)| line.label.is_some()) {
        if let Match::One(feature) = named.find(&Name::new(&line.name, None)) {
            planned[feature].get_or_insert((id, line));
        }
    }
    for (feature, planned) in forgotten.iter_mut().zip(planned) {
        if let Some((id, line)) = planned {
            feature.name.clone_from(&line.name);
            feature.declared = (id, line.span);
            declared.push(feature.clone());
        }
    }
}

/// Features take the name that their interface file gives them in paths, where just one fits.
fn name_by_interfaces(declared: &mut [Feature], artifacts: &[Artifact]) {
    let index = Index::new(declared);
    let mut slugs: Vec<Vec<&str>> = vec![Vec::new(); declared.len()];
    for (_, captured) in interfaces(artifacts) {
        if let Match::One(feature) = index.find(&Name::new(captured, None)) {
            slugs[feature].push(captured);
        }
    }
    for (feature, slugs) in declared.iter_mut().zip(slugs) {
        if let [only] = slugs[..] {
            feature.slug = only.to_lowercase();
        }
    }
}

fn interfaces(artifacts: &[Artifact]) -> impl Iterator<Item = (ArtifactId, &str)> {
    artifacts.iter().enumerate().filter_map(|(id, artifact)| {
        let captured = artifact.captures.get("feature")?;
        (artifact.kind == Kind::Interface).then_some((id, captured.as_str()))
    })
}

/// The iteration of each feature: the first that a graph names it in.
fn planned_iterations(
    declared: &[Feature],
    schedule: &[(ArtifactId, &Scheduled)],
) -> Vec<Option<String>> {
    let index = Index::new(declared);
    let mut planned: Vec<Option<String>> = vec![None; declared.len()];
    for (_, line) in schedule {
        let name = Name::new(&line.name, line.label.as_deref());
        if let Match::One(feature) = index.find(&name) {
            let earlier = planned[feature]
                .as_deref()
                .is_none_or(|known| order(&line.iteration) < order(known));
            if earlier {
                planned[feature] = Some(line.iteration.clone());
            }
        }
    }
    planned
}

/// Iterations are numbers nearly always; names come after them, by letter.
fn order(iteration: &str) -> (u32, String) {
    (iteration.parse().unwrap_or(u32::MAX), iteration.to_owned())
}
