use std::collections::HashSet;

use crate::base::Level;
use crate::base::words::{count, list};
use crate::finding::Finding;
use crate::model::dependencies::{Notation, Said};
use crate::project::graph::View;
use crate::project::{Artifact, ArtifactId, FeatureId, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "feature-not-in-graph",
    summary: "the dependency graph leaves out a declared feature",
    promises: &["S2.8"],
    level: Level::Deny,
    page: include_str!("../../../rules/feature-not-in-graph.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut told: HashSet<FeatureId> = HashSet::new();
    for (id, artifact) in project.artifacts.iter().enumerate() {
        if artifact.kind == Kind::Dependencies && readable(artifact) {
            judge(project, id, &named(project, |view| view.artifact == id), &mut told, out);
        }
    }
    // What no document at all lists is missing even where its iteration has no list of its own.
    let everywhere = named(project, |_| true);
    let first = |view: &&View| is_graph(view) && lists_features(project, view);
    let Some(view) = project.graph.views.iter().find(first) else { return };
    let unread = project.artifacts.iter().any(|artifact| !readable(artifact));
    if everywhere.len() * 2 >= project.features.len() && !unread {
        let missing = (0..project.features.len()).filter(|id| !everywhere.contains(id));
        let missing: Vec<FeatureId> = missing.filter(|id| !told.contains(id)).collect();
        say(project, view.artifact, &missing, out);
    }
}

/// The features of each iteration that a document lists some of, and leaves out.
fn judge(
    project: &Project,
    id: ArtifactId,
    named: &HashSet<FeatureId>,
    told: &mut HashSet<FeatureId>,
    out: &mut Vec<Finding>,
) {
    for iteration in 0..project.iterations.len() {
        let own: Vec<FeatureId> = (0..project.features.len())
            .filter(|&feature| project.features[feature].iteration == iteration)
            .collect();
        let missing: Vec<FeatureId> =
            own.iter().copied().filter(|feature| !named.contains(feature)).collect();
        if missing.len() * 2 <= own.len() && missing.len() < own.len() {
            told.extend(&missing);
            say(project, id, &missing, out);
        }
    }
}

fn say(project: &Project, id: ArtifactId, missing: &[FeatureId], out: &mut Vec<Finding>) {
    let artifact = &project.artifacts[id];
    let Some(facts) = artifact.facts().filter(|_| !missing.is_empty()) else { return };
    let names: Vec<&str> =
        missing.iter().map(|&feature| project.features[feature].name.as_str()).collect();
    let what = count(missing.len(), "declared feature", "declared features");
    let message = match names[..] {
        [only] => format!("the dependency graph leaves out {only}"),
        _ => format!("the dependency graph leaves out {what}: {}", list(&names)),
    };
    let mut finding = Finding::at(&artifact.path, facts.beginning(), message)
        .help("list what it needs, or that it needs nothing, so that everybody knows when it can start")
        .subject(names.join(", "));
    for &feature in missing {
        let feature = &project.features[feature];
        let (declared, span) = feature.declared;
        let path = &project.artifacts[declared].path;
        finding = finding.related(path, Some(span), format!("{} is declared here", feature.name));
        if let Some((phase, _)) = artifact.deliverable
            && !finding.gates.contains(&(feature.iteration, phase))
        {
            finding = finding.gate(feature.iteration, phase);
        }
    }
    out.push(finding);
}

/// The features that the graphs of some documents list or connect.
fn named(project: &Project, of: impl Fn(&View) -> bool) -> HashSet<FeatureId> {
    let graph = &project.graph;
    let views = graph.views.iter().filter(|view| is_graph(view) && of(view));
    let members = views.clone().flat_map(|view| view.members.iter().map(|member| member.node));
    let connected = views.flat_map(|view| view.needs.iter().flat_map(|arc| [arc.from, arc.to]));
    members.chain(connected).filter_map(|node| graph.nodes[node].feature).collect()
}

/// A value in the section of a feature tells about that one; everything else is a graph, unless
/// it is a list that says nothing of needs.
fn is_graph(view: &View) -> bool {
    let tells = |said: Said| said != Said::Some;
    view.notation != Notation::Field
        && (!view.needs.is_empty()
            || !view.groups.is_empty()
            || view.members.iter().any(|member| tells(member.said)))
        || view.notation == Notation::Field && view.members.len() > 2
}

fn lists_features(project: &Project, view: &View) -> bool {
    view.members.iter().any(|member| project.graph.nodes[member.node].feature.is_some())
}

/// Whether all that looks like dependencies in a document could be read.
fn readable(artifact: &Artifact) -> bool {
    let dependencies = crate::project::graph::dependencies_of(artifact);
    let planning = matches!(artifact.kind, Kind::Architecture | Kind::Dependencies);
    !planning || dependencies.is_none_or(|found| found.unread.is_empty())
}
