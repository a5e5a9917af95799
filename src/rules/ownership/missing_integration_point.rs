use std::collections::{HashMap, HashSet};

use super::{Drawn, architectures, drawn};
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::architecture::{self, Resource};
use crate::project::{Artifact, FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "missing-integration-point",
    summary: "a feature depends on another, and no integration point says how they meet",
    promises: &["S2.4", "S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-integration-point.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all = drawn(project);
    let points = Points::of(project, &all);
    // Without any, the part is missing as a whole, which is said elsewhere.
    if points.list.is_empty() {
        return;
    }
    let mut asked: HashSet<(FeatureId, FeatureId)> = HashSet::new();
    for one in &all {
        for &need in &one.boundary.needs {
            for other in project.names.named_in(one.facts.text_of(need)) {
                let new = other != one.feature && asked.insert((one.feature, other));
                if new && !points.join(one.feature, other) {
                    out.push(finding(project, one, need, other));
                }
            }
        }
    }
}

fn finding(project: &Project, one: &Drawn, need: Span, other: FeatureId) -> Finding {
    let (name, needed) = (&project.features[one.feature].name, &project.features[other].name);
    let message =
        format!("{name} depends on {needed}, and no integration point says how the two meet");
    let (artifact, span) = project.features[other].declared;
    let mut finding = Finding::at(&one.artifact.path, need, message)
        .help(format!(
            "say under \"Integration Points\" what {name} asks of {needed}: which endpoint, event \
             or state, and how"
        ))
        .subject(format!("{name}: {needed}"))
        .related(
            &project.artifacts[artifact].path,
            Some(span),
            format!("{needed} is declared here"),
        );
    if let Some((phase, _)) = one.artifact.deliverable {
        finding = finding.gate(project.features[one.feature].iteration, phase);
    }
    finding
}

/// What the architecture, and documents of their own beside it, say of how features meet.
#[derive(Default)]
struct Points<'p> {
    list: Vec<Point<'p>>,
    by_feature: HashMap<FeatureId, Vec<usize>>,
    /// What each feature owns, as it may stand in a point.
    owned: HashMap<FeatureId, Vec<&'p str>>,
}

impl<'p> Points<'p> {
    fn of(project: &'p Project, all: &[Drawn<'p>]) -> Self {
        let mut points = Self::default();
        for (_, facts, model) in architectures(project) {
            points
                .list
                .extend(model.integration_points.iter().map(|&at| point(project, facts, at)));
        }
        for facts in beside(project) {
            let mut spans = Vec::new();
            architecture::points(facts, Span::new(0, facts.text.len()), &mut spans);
            points.list.extend(spans.into_iter().map(|span| point(project, facts, span)));
        }
        for (at, point) in points.list.iter().enumerate() {
            for &feature in &point.features {
                points.by_feature.entry(feature).or_default().push(at);
            }
        }
        for one in all {
            let owned = one.boundary.owned.iter().filter(|owned| owned.kind != Resource::Path);
            let texts = owned.map(|owned| one.facts.text_of(owned.span));
            let texts = texts.map(|text| text.trim_end_matches(['*', '/']));
            points.owned.entry(one.feature).or_default().extend(texts.filter(is_telling));
        }
        points
    }

    fn about(&self, feature: FeatureId) -> impl Iterator<Item = &Point<'p>> {
        let places = self.by_feature.get(&feature).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&at| &self.list[at])
    }

    /// Whether a point says how a feature meets another one that it needs: it names both, or what
    /// they own, or what the other one does for all.
    fn join(&self, one: FeatureId, needed: FeatureId) -> bool {
        // A point that names the other one alone speaks to everybody who needs it.
        let alone = |point: &Point| point.features.iter().all(|&named| named == needed);
        self.about(one).any(|point| point.features.contains(&needed) || self.offers(point, needed))
            || self.about(needed).any(|point| point.of_all && alone(point))
            || self.about(needed).any(|point| self.offers(point, one))
            || self.list.iter().any(|point| alone(point) && self.offers(point, needed))
    }

    fn offers(&self, point: &Point, feature: FeatureId) -> bool {
        let owned = self.owned.get(&feature).map_or(&[][..], Vec::as_slice);
        owned.iter().any(|owned| point.text.contains(owned))
    }
}

/// Whether a name can mean nothing but the thing: `/api/tools`, `tool_watches`, `CatalogContext`.
/// A table `tools` is a word as well.
fn is_telling(name: &&str) -> bool {
    let marked = |c: char| c.is_uppercase() || matches!(c, '/' | '_' | '.');
    name.len() > 3 && name.chars().skip(1).any(marked)
}

/// A place that says how features meet, with what it may speak of.
struct Point<'p> {
    text: &'p str,
    features: HashSet<FeatureId>,
    /// It speaks of all features: "every endpoint", "other features".
    of_all: bool,
}

/// The documents beside the architecture that are about integration by their name.
fn beside(project: &Project) -> impl Iterator<Item = &DocumentFacts> {
    let folders: Vec<_> = architectures(project).map(|(one, ..)| one.path.folder()).collect();
    let named = |artifact: &&Artifact| {
        let name = artifact.path.name().to_ascii_lowercase();
        let about = name.contains("integration") && !name.contains("report");
        about && folders.iter().any(|folder| artifact.path.below(folder).is_some())
    };
    let found: Vec<&Artifact> = project.artifacts.iter().filter(named).collect();
    found.into_iter().filter_map(Artifact::facts)
}

fn point<'p>(project: &Project, facts: &'p DocumentFacts, span: Span) -> Point<'p> {
    const ALL: &[&str] = &["all", "any", "each", "every", "everything", "features", "others"];
    let text = facts.text_of(span);
    let mut features: HashSet<FeatureId> = project.names.hinted_at_in(text).into_iter().collect();
    let mut at = facts.section_around(span);
    while let Some(id) = at {
        let section = facts.section(id);
        if section.level > 1 {
            features.extend(project.names.hinted_at_in(facts.text_of(section.title)));
        }
        at = section.parent;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let of_all = words.any(|word| ALL.iter().any(|all| all.eq_ignore_ascii_case(word)));
    Point { text, features, of_all }
}
