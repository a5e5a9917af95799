//! Dependencies: which feature needs which, and when each is built.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::{Change, Place, Then, Thing, Way};
use super::sides::{Sides, place};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::dependencies::Said;
use crate::model::phrases::flat;
use crate::project::graph::{NodeId, View};
use crate::project::{Artifact, FeatureId, Project};

/// Adds what is needed no more or besides, and what is built earlier or later.
pub fn compare(sides: &[Sides<'_>], changes: &mut Vec<Change>) {
    let Some(first) = sides.first() else { return };
    let now = Plan::of(first.now);
    for side in sides.iter().filter(|side| side.differ()) {
        let then = Plan::of(side.then);
        let told = needs(side, &then, &now, changes);
        schedule(side, &then, &now, &told, changes);
    }
}

/// Tells which needs went and came. Answers with the features, of now, whose needs changed.
fn needs(
    side: &Sides<'_>,
    then: &Plan<'_>,
    now: &Plan<'_>,
    changes: &mut Vec<Change>,
) -> HashSet<FeatureId> {
    let mut told = HashSet::new();
    let later: HashMap<FeatureId, FeatureId> =
        side.features.iter().enumerate().filter_map(|(old, new)| Some(((*new)?, old))).collect();
    for (before, after) in side.pairs() {
        for &(to, stated) in then.needs_of(before) {
            let Some(needed) = side.features[to].filter(|to| *to != after) else { continue };
            if now.leads(after, needed) || now.waits(after, needed) {
                continue;
            }
            let name = |feature: FeatureId| side.now.features[feature].name.clone();
            let Some((artifact, facts)) = then.source(stated) else { continue };
            let listed = now.slots.get(&after).map(|slot| now.place(slot.listed));
            let missed = || side.missed(artifact, facts, facts.section_at(stated.span));
            told.insert(after);
            changes.push(Change {
                iteration: side.iteration,
                thing: Thing::Need { from: name(after), to: name(needed) },
                way: Way::Removed,
                told: format!("no longer needs {}", name(needed)),
                concerns: vec![after, needed],
                place: listed.unwrap_or_else(missed),
                then: Some(Then::at(artifact, stated.span)),
            });
        }
        for &(to, stated) in now.needs_of(after) {
            let Some(&needed) = later.get(&to).filter(|needed| **needed != before) else {
                continue;
            };
            if then.leads(before, needed) || then.waits(before, needed) || !then.lists(before) {
                continue;
            }
            let name = |feature: FeatureId| side.now.features[feature].name.clone();
            told.insert(after);
            changes.push(Change {
                iteration: side.iteration,
                thing: Thing::Need { from: name(after), to: name(to) },
                way: Way::Added,
                told: format!("now needs {}", name(to)),
                concerns: vec![after, to],
                place: now.place(stated),
                then: None,
            });
        }
    }
    told
}

/// Tells what is built in another iteration, or before what it came after.
fn schedule(
    side: &Sides<'_>,
    then: &Plan<'_>,
    now: &Plan<'_>,
    told: &HashSet<FeatureId>,
    changes: &mut Vec<Change>,
) {
    let pairs: Vec<(FeatureId, FeatureId)> = side.pairs().collect();
    for &(before, after) in &pairs {
        let (Some(old), Some(new)) = (then.slots.get(&before), now.slots.get(&after)) else {
            continue;
        };
        let planned = !old.iterations.is_empty() && !new.iterations.is_empty();
        let (was, is) = (then.iteration(before), now.iteration(after));
        let change = match planned && was != is {
            true => Some(format!("was moved from iteration {was} to iteration {is}")),
            // What is built when follows from what needs what.
            false if told.contains(&after) => None,
            false => moved(side, then, now, (before, after)),
        };
        let Some(change) = change else { continue };
        let Some((artifact, _)) = then.source(old.listed) else { continue };
        changes.push(Change {
            iteration: side.iteration,
            thing: Thing::Schedule { feature: side.now.features[after].name.clone() },
            way: Way::Changed,
            told: change,
            concerns: vec![after],
            place: now.place(new.listed),
            then: Some(Then::at(artifact, old.listed.span)),
        });
    }
}

/// How a feature changed its place among the others: `was moved from Phase 2a to Phase 2b`.
fn moved(
    side: &Sides<'_>,
    then: &Plan<'_>,
    now: &Plan<'_>,
    (before, after): (FeatureId, FeatureId),
) -> Option<String> {
    let (old, new) =
        (then.slots.get(&before)?.step.as_ref()?, now.slots.get(&after)?.step.as_ref()?);
    // Levels may be parted or put together without anything being moved.
    let known = old.among.contains(&flat(&new.name)) && flat(&old.name) != flat(&new.name);
    if old.rank == new.rank || !(known || old.among.len() == new.among.len()) {
        return None;
    }
    let rank =
        |plan: &Plan<'_>, feature| plan.slots.get(&feature)?.step.as_ref().map(|step| step.rank);
    let crossed = side.pairs().any(|(other, same)| {
        let (Some(was), Some(is)) = (rank(then, other), rank(now, same)) else { return false };
        other != before && old.rank.cmp(&was) != new.rank.cmp(&is)
    });
    crossed.then(|| format!("was moved from {} to {}", old.name, new.name))
}

/// What one project says of needs and order. The features are the first nodes of its graph.
struct Plan<'p> {
    project: &'p Project,
    /// For each feature, what it is said to need, with the first place that says so.
    stated: HashMap<FeatureId, Vec<(FeatureId, Listed)>>,
    /// What each node needs by any notation, in any sense.
    any: HashMap<NodeId, Vec<NodeId>>,
    slots: HashMap<FeatureId, Slot>,
}

/// One place that lists a feature or states a need.
#[derive(Clone, Copy)]
struct Listed {
    /// Index into the views of the graph.
    view: usize,
    span: Span,
}

/// When a feature is built.
struct Slot {
    iterations: BTreeSet<String>,
    step: Option<Step>,
    /// The first place that lists it.
    listed: Listed,
}

/// The level that a feature stands in.
struct Step {
    name: String,
    rank: usize,
    /// All levels of its drawing, in their order.
    among: Vec<String>,
}

impl<'p> Plan<'p> {
    fn of(project: &'p Project) -> Self {
        let graph = project.graph();
        let mut plan =
            Self { project, stated: HashMap::new(), any: HashMap::new(), slots: HashMap::new() };
        for edge in &graph.edges {
            plan.any.entry(edge.from).or_default().push(edge.to);
            let features = graph.nodes[edge.from].feature.zip(graph.nodes[edge.to].feature);
            if let (Some((from, to)), Some(place)) = (features, edge.stated()) {
                let listed = Listed { view: place.view, span: place.span };
                plan.stated.entry(from).or_default().push((to, listed));
            }
        }
        for (at, view) in graph.views.iter().enumerate() {
            let levels: Vec<&str> =
                view.groups.iter().filter(|one| one.ordered).map(|one| &*one.name).collect();
            for member in &view.members {
                let Some(feature) = graph.nodes[member.node].feature else { continue };
                let listed = Listed { view: at, span: member.span };
                let new = || Slot { iterations: BTreeSet::new(), step: None, listed };
                let slot = plan.slots.entry(feature).or_insert_with(new);
                slot.iterations.extend(member.iteration.clone());
                let group = member.group.filter(|&group| view.groups[group].ordered);
                if let (Some(group), None) = (group, &slot.step) {
                    let rank = view.groups[..group].iter().filter(|one| one.ordered).count();
                    let among = levels.iter().map(|&name| flat(name)).collect();
                    slot.step = Some(Step { name: view.groups[group].name.clone(), rank, among });
                }
            }
        }
        plan
    }

    fn needs_of(&self, feature: FeatureId) -> &[(FeatureId, Listed)] {
        self.stated.get(&feature).map_or(&[], Vec::as_slice)
    }

    /// Whether one needs another at any distance, so that a coarser drawing says the same.
    fn leads(&self, from: FeatureId, to: FeatureId) -> bool {
        let (mut open, mut seen) = (vec![from], HashSet::from([from]));
        while let Some(node) = open.pop() {
            for &next in self.any.get(&node).into_iter().flatten() {
                if next == to {
                    return true;
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        false
    }

    /// Whether one stands in a later level than another and nothing says that it does not need it:
    /// levels are a coarser way to say the same.
    fn waits(&self, from: FeatureId, to: FeatureId) -> bool {
        let both = |view: &'p View| view.member(from).zip(view.member(to));
        let levels = |view: &'p View| {
            let (one, other) = both(view)?;
            let (own, before) = (one.group?, other.group?);
            let ordered = view.groups[own].ordered && view.groups[before].ordered;
            Some(ordered && own > before)
        };
        let views = &self.project.graph().views;
        let denied = views.iter().filter_map(|view| view.member(from));
        let denied = denied.into_iter().any(|one| matches!(one.said, Said::None | Said::All));
        !denied && views.iter().any(|view| levels(view) == Some(true))
    }

    /// The iteration that a feature is built in.
    fn iteration(&self, feature: FeatureId) -> &'p str {
        &self.project.iterations[self.project.features[feature].iteration].id
    }

    fn lists(&self, feature: FeatureId) -> bool {
        self.slots.contains_key(&feature)
    }

    fn source(&self, listed: Listed) -> Option<(&'p Artifact, &'p DocumentFacts)> {
        let artifact = &self.project.artifacts[self.project.graph().views[listed.view].artifact];
        Some((artifact, artifact.facts()?))
    }

    fn place(&self, listed: Listed) -> Place {
        let artifact = self.project.graph().views[listed.view].artifact;
        place(self.project, artifact, listed.span)
    }
}
