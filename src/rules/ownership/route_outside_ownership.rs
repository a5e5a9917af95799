use std::collections::{BTreeMap, HashSet};

use super::{Drawn, Stated, drawn, stated};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::architecture::Resource;
use crate::model::architecture::ownership::RoutePattern;
use crate::model::contract::Subject;
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "route-outside-ownership",
    summary: "a feature promises an endpoint outside of the routes that it owns",
    promises: &["S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/route-outside-ownership.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all = drawn(project);
    let owned = Owned::of(&all);
    let mut said: HashSet<(FeatureId, String)> = HashSet::new();
    for one in stated(project, &all) {
        let Some(feature) = one.feature else { continue };
        let (Subject::Endpoint { route, .. }, Some(owned)) =
            (&one.contract.subject, owned.get(&feature))
        else {
            continue;
        };
        let Some(path) = RoutePattern::read(route.key()) else { continue };
        let judged = one.contract.says_more() && !one.is_elsewhere();
        if judged && owned.leaves_out(&path) && said.insert((feature, route.key().to_owned())) {
            out.push(finding(project, &one, feature, owned));
        }
    }
}

fn finding(project: &Project, one: &Stated, feature: FeatureId, owned: &Owned) -> Finding {
    let name = &project.features[feature].name;
    let message = format!("{} is outside of the routes that {name} owns", one.contract.subject);
    let (drawn, span) = owned.place;
    let mut finding = Finding::at(&one.artifact.path, one.contract.span, message)
        .help(format!(
            "add the route to what {name} owns, or move the endpoint to the feature that owns it"
        ))
        .subject(format!("{name}: {}", one.contract.subject))
        .related(&drawn.artifact.path, Some(span), format!("{name} lists its routes here"));
    if let Some((phase, _)) = one.artifact.deliverable {
        finding = finding.gate(project.features[feature].iteration, phase);
    }
    finding
}

/// The routes of a feature that lists some.
struct Owned<'p> {
    /// Each as it is written, and without what says only that it is an API.
    patterns: Vec<(RoutePattern, RoutePattern)>,
    place: (Drawn<'p>, Span),
}

impl<'p> Owned<'p> {
    /// By feature. One that says in words which routes it owns is left out.
    fn of(all: &[Drawn<'p>]) -> BTreeMap<FeatureId, Owned<'p>> {
        let mut by_feature: BTreeMap<FeatureId, Owned> = BTreeMap::new();
        let mut unclear: HashSet<FeatureId> = HashSet::new();
        for &one in all {
            for route in one.boundary.owned.iter().filter(|one| one.kind == Resource::Route) {
                let Some(pattern) = RoutePattern::read(one.facts.text_of(route.span)) else {
                    unclear.insert(one.feature);
                    continue;
                };
                let first = || Owned { patterns: Vec::new(), place: (one, route.span) };
                let plain = pattern.without_base();
                let owned = by_feature.entry(one.feature).or_insert_with(first);
                owned.patterns.push((pattern, plain));
            }
        }
        by_feature.retain(|feature, _| !unclear.contains(feature));
        by_feature
    }

    /// Whether a path is none of the feature's. A list of pages says nothing about an API, and
    /// beside routes of an API its pages do not stand for endpoints.
    fn leaves_out(&self, path: &RoutePattern) -> bool {
        let plain = path.without_base();
        let is_called = plain != *path;
        let is_api = |(one, plain): &&(RoutePattern, RoutePattern)| plain != one;
        let mut known = self.patterns.iter().filter(|one| !is_called || is_api(one));
        let pages = is_called && !self.patterns.iter().any(|one| is_api(&one));
        !pages && !known.any(|(one, bare)| one.covers(path) || bare.covers(&plain))
    }
}
