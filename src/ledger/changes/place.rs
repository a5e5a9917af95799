//! Where to point when something is gone.

use super::sides::Sides;
use crate::base::Span;
use crate::facts::{DocumentFacts, SectionId};
use crate::ledger::Place;
use crate::project::{Artifact, FeatureId};
use crate::workflow::Kind;

/// The place of now for what stood in a document of then: the section of the same name in the
/// same document, else the beginning of the document, of the feature's interface, or of the
/// architecture.
pub fn of_gone(
    side: &Sides<'_>,
    stood: &Artifact,
    span: Span,
    feature: Option<FeatureId>,
) -> Place {
    let now = side.now;
    let by_path = now.artifacts.binary_search_by(|one| one.path.cmp(&stood.path));
    let same = by_path.ok().map(|at| &now.artifacts[at]).filter(|one| one.facts().is_some());
    let interface = || {
        let of_feature = |one: &&Artifact| {
            one.kind == Kind::Interface && feature.is_some_and(|id| one.features.contains(&id))
        };
        now.artifacts.iter().find(of_feature)
    };
    let architecture = || now.documents(Kind::Architecture).map(|(artifact, _)| artifact).next();
    let Some(artifact) = same.or_else(interface).or_else(architecture) else {
        return Place { path: stood.path.clone(), span: None };
    };
    let span = artifact.facts().map(|facts| {
        let section = stood.facts().and_then(|then| section_again(then, span, facts));
        section.map_or_else(|| facts.beginning(), |id| facts.section(id).title)
    });
    Place { path: artifact.path.clone(), span }
}

/// The section of a document of now that has the name of one around a place of then, innermost
/// first.
fn section_again(then: &DocumentFacts, span: Span, now: &DocumentFacts) -> Option<SectionId> {
    let around = then.outward(then.section_at(span)).map(|(_, section)| section);
    let mut named = around.filter(|section| section.level > 1 && !section.name.is_empty());
    named.find_map(|section| {
        let mut same = now.sections().filter(|(_, one)| one.name == section.name);
        match (same.next(), same.next()) {
            (Some((id, _)), None) => Some(id),
            _ => None,
        }
    })
}
