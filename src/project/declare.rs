//! Which features a project declares, and in which iteration each is built.

use std::collections::HashSet;

use super::features::{self, Index, Match, Name};
use super::{Artifact, ArtifactId, Feature, Iteration, listed};
use crate::base::Span;
use crate::model::Model;
use crate::model::architecture::{Architecture, Scheduled, Title};
use crate::workflow::{Kind, Subjects};

/// The declared features, the iterations they belong to, and the names of the features.
///
/// Features are declared by the boundaries of the architecture; without any, by the INTERFACE
/// files; without those, by the dependency graph. A graph puts them into iterations: one that
/// no graph names belongs to the newest, and everything to the first where no graph has any. What
/// a graph lists without an iteration, where others are planned for later ones, is of the first.
///
/// Where a workflow says that the graph declares its subjects, all that is listed there counts.
pub fn features(
    artifacts: &[Artifact],
    subjects: &Subjects,
) -> (Vec<Feature>, Vec<Iteration>, Index) {
    let schedule: Vec<(ArtifactId, &Scheduled)> = models(artifacts)
        .flat_map(|(id, _, model)| model.scheduled.iter().map(move |line| (id, line)))
        .collect();
    let mut declared = match subjects.from_graph {
        true => listed::in_graph(artifacts, subjects),
        false => by_boundaries(artifacts),
    };
    let mut names = Index::new(&declared);
    if subjects.from_graph {
        // What nothing lists is nobody's subject.
    } else if declared.is_empty() {
        declared = by_interfaces(artifacts);
        if declared.is_empty() {
            declared = by_schedule(&schedule);
        }
        names = Index::new(&declared);
    } else {
        let forgotten = planned_interfaces(&names, artifacts, &schedule);
        if !forgotten.is_empty() {
            declared.extend(forgotten);
            names = Index::new(&declared);
        }
    }
    if name_by_interfaces(&mut declared, &names, artifacts) {
        names = Index::new(&declared);
    }

    let mut planned = planned_iterations(&names, declared.len(), &schedule);
    add_first(&mut planned, &names, artifacts);
    let mut ids: Vec<&str> = planned.iter().flatten().copied().collect();
    ids.sort_unstable_by_key(|id| Iteration::order(id));
    ids.dedup();
    let newest = ids.len().saturating_sub(1);
    for (feature, planned) in declared.iter_mut().zip(&planned) {
        let own = planned.and_then(|own| {
            ids.binary_search_by_key(&Iteration::order(own), |id| Iteration::order(id)).ok()
        });
        feature.iteration = own.unwrap_or(newest);
    }
    if ids.is_empty() {
        ids.push("1");
    }
    let iterations = ids.into_iter().map(|id| Iteration { id: id.to_owned() }).collect();
    (declared, iterations, names)
}

pub(super) fn models(
    artifacts: &[Artifact],
) -> impl Iterator<Item = (ArtifactId, Kind, &Architecture)> {
    artifacts.iter().enumerate().filter_map(|(id, artifact)| match &*artifact.model {
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
        for boundary in model.boundaries.iter().filter(|one| !is_slot(&one.name)) {
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
    for (id, line) in schedule.iter().filter(|(_, line)| !is_slot(&line.name)) {
        let slug = features::slug(&line.name);
        if known.insert(slug.clone()) {
            let label = line.label.as_ref().map(|label| label.to_lowercase());
            declared.push(feature(&line.name, slug, label, (*id, line.span)));
        }
    }
    declared
}

/// Whether a name is still to be written, as in a template: "[Name of the feature]". Nobody owes
/// anything for such a feature.
pub(super) fn is_slot(name: &str) -> bool {
    let name = name.trim();
    [("[", "]"), ("<", ">"), ("{", "}")]
        .iter()
        .any(|(open, close)| name.starts_with(open) && name.ends_with(close))
}

pub(super) fn feature(
    name: &str,
    slug: String,
    label: Option<String>,
    declared: (ArtifactId, Span),
) -> Feature {
    Feature { name: name.to_owned(), slug, label, id: None, iteration: 0, declared }
}

/// What has an interface, and a place in the dependency graph as a "Feature C", is declared even
/// where the boundaries forgot it: taking its section out must not take its duties away. A shared
/// library may have both as well, and is no feature.
fn planned_interfaces(
    known: &Index,
    artifacts: &[Artifact],
    schedule: &[(ArtifactId, &Scheduled)],
) -> Vec<Feature> {
    let is_new = |feature: &Feature| known.find(&Name::new(&feature.name, None)) == Match::None;
    let forgotten: Vec<Feature> = by_interfaces(artifacts).into_iter().filter(is_new).collect();
    if forgotten.is_empty() {
        return forgotten;
    }
    let named = Index::new(&forgotten);
    let mut planned: Vec<Option<(ArtifactId, &Scheduled)>> = vec![None; forgotten.len()];
    for &(id, line) in schedule.iter().filter(|(_, line)| line.label.is_some()) {
        if let Match::One(feature) = named.find(&Name::new(&line.name, None)) {
            planned[feature].get_or_insert((id, line));
        }
    }
    let both = forgotten.into_iter().zip(planned);
    let scheduled = both.filter_map(|(feature, planned)| {
        let (id, line) = planned?;
        Some(Feature { name: line.name.clone(), declared: (id, line.span), ..feature })
    });
    scheduled.collect()
}

/// Features take the name that their interface file gives them in paths, where just one fits.
/// Whether any name is new.
fn name_by_interfaces(declared: &mut [Feature], names: &Index, artifacts: &[Artifact]) -> bool {
    let mut slugs: Vec<Vec<&str>> = vec![Vec::new(); declared.len()];
    for (_, captured) in interfaces(artifacts) {
        if let Match::One(feature) = names.find(&Name::new(captured, None)) {
            slugs[feature].push(captured);
        }
    }
    let mut renamed = false;
    for (feature, slugs) in declared.iter_mut().zip(slugs) {
        if let [only] = slugs[..] {
            let slug = only.to_lowercase();
            renamed |= slug != feature.slug;
            feature.slug = slug;
        }
    }
    renamed
}

fn interfaces(artifacts: &[Artifact]) -> impl Iterator<Item = (ArtifactId, &str)> {
    artifacts.iter().enumerate().filter_map(|(id, artifact)| {
        let captured = artifact.captures.get("feature")?;
        (artifact.kind == Kind::Interface).then_some((id, captured.as_str()))
    })
}

/// The iteration of each feature: the first that a graph names it in.
fn planned_iterations<'a>(
    names: &Index,
    features: usize,
    schedule: &[(ArtifactId, &'a Scheduled)],
) -> Vec<Option<&'a str>> {
    let mut planned: Vec<Option<&str>> = vec![None; features];
    for (_, line) in schedule {
        let name = Name::new(&line.name, line.label.as_deref());
        if let Match::One(feature) = names.find(&name) {
            let own = &mut planned[feature];
            if own.is_none_or(|known| Iteration::order(&line.iteration) < Iteration::order(known)) {
                *own = Some(&line.iteration);
            }
        }
    }
    planned
}

/// Puts what a graph lists without an iteration into the first, where no graph plans anything for
/// that: a graph is rarely labeled before there is a second iteration.
fn add_first(planned: &mut [Option<&str>], names: &Index, artifacts: &[Artifact]) {
    const FIRST: &str = "1";
    let earliest = planned.iter().flatten().map(|id| Iteration::order(id)).min();
    if earliest.is_none_or(|earliest| earliest <= Iteration::order(FIRST)) {
        return;
    }
    let graphs = models(artifacts).filter(|(_, kind, _)| *kind != Kind::Interface);
    let drawings = graphs.flat_map(|(_, _, model)| &model.dependencies.drawings);
    for node in drawings.flat_map(|drawing| &drawing.nodes) {
        for name in std::iter::once(&node.name).chain(&node.alias) {
            let title = Title::read(name);
            let name = Name::new(&title.name, title.label.as_deref());
            if let Match::One(feature) = names.find(&name) {
                planned[feature].get_or_insert(FIRST);
            }
        }
    }
}
