use std::collections::HashSet;

use crate::base::words::{count, list};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::dependencies::{Notation, Said, Sense};
use crate::project::graph::View;
use crate::project::{Artifact, ArtifactId, FeatureId, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "feature-not-in-graph",
    summary: "the dependency graph leaves out a declared feature",
    promises: &["S2.8", "S4.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/feature-not-in-graph.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    if project.workflow.subjects.from_graph {
        return;
    }
    let mut told: HashSet<FeatureId> = HashSet::new();
    let placed = listed(project, |_| true);
    for (id, artifact) in project.artifacts.iter().enumerate() {
        if artifact.kind == Kind::Dependencies && readable(artifact) {
            let mut named = named(project, |view| view.artifact == id);
            if lists_the_free(project, id) {
                // A document that lists even what needs nothing has a place for everything.
                let listed = listed(project, |view| view.artifact == id);
                let alone = project.iterations.len() == 1;
                named.retain(|one| listed.contains(one) || !(alone || placed.contains(one)));
            }
            judge(project, id, &named, &mut told, out);
        }
    }
    // What no document at all lists is missing even where its iteration has no list of its own.
    let everywhere = named(project, |_| true);
    if everywhere.is_empty() {
        nothing_told(project, out);
    }
    let first = |view: &&View| is_graph(view) && lists_features(project, view);
    let Some(view) = project.graph().views.iter().find(first) else { return };
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
    let finding = Finding::at(&artifact.path, facts.beginning(), message)
        .help("list what it needs, or that it needs nothing, so that everybody knows when it can start")
        .subject(names.join(", "));
    out.push(in_gates(finding, project, id, missing));
}

/// Says where features are declared, and that a finding belongs to the gates of their iterations.
fn in_gates(
    mut finding: Finding,
    project: &Project,
    id: ArtifactId,
    features: &[FeatureId],
) -> Finding {
    for &feature in features {
        let feature = &project.features[feature];
        let (declared, span) = feature.declared;
        let path = &project.artifacts[declared].path;
        finding = finding.related(path, Some(span), format!("{} is declared here", feature.name));
        if let Some((phase, _)) = project.artifacts[id].deliverable
            && !finding.gates.contains(&(feature.iteration, phase))
        {
            finding = finding.gate(feature.iteration, phase);
        }
    }
    finding
}

/// Speaks where several features are declared and no document says what any of them needs.
fn nothing_told(project: &Project, out: &mut Vec<Finding>) {
    let features = 0..project.features.len();
    let fields = || project.graph().views.iter().filter(|view| view.notation == Notation::Field);
    let tells_itself = |id| fields().any(|view| view.members.iter().any(|one| one.node == id));
    let plan = project.artifacts.iter().position(|one| one.kind == Kind::Dependencies);
    let Some(plan) = plan.filter(|_| features.len() > 1 && !features.clone().all(tells_itself))
    else {
        return;
    };
    let planned = project.artifacts.iter().any(|one| !readable(one) || may_plan(project, one));
    let Some(facts) = project.artifacts[plan].facts().filter(|_| !planned) else { return };
    let names: Vec<&str> = project.features.iter().map(|one| one.name.as_str()).collect();
    let message = format!("no document says what {} need of each other", list(&names));
    let finding = Finding::at(&project.artifacts[plan].path, facts.beginning(), message)
        .help("list each feature with what it needs, or say that all are independent")
        .subject(names.join(", "));
    out.push(in_gates(finding, project, plan, &features.collect::<Vec<_>>()));
}

/// Whether a document may say what features need in a form or language that nobody reads: it names
/// several where a plan names them, or says that there is nothing to plan.
fn may_plan(project: &Project, artifact: &Artifact) -> bool {
    let planning = matches!(artifact.kind, Kind::Architecture | Kind::Dependencies);
    let Some(facts) = artifact.facts().filter(|_| planning) else { return false };
    let deliverables = project.workflow.deliverables();
    let mut parts = deliverables.flat_map(|(.., one)| &one.parts);
    let graph = parts.find(|part| part.id == "dependency-graph");
    let whole = artifact.kind == Kind::Dependencies;
    let told = facts.sections().filter(|(_, section)| {
        whole && section.level == 1 || graph.is_some_and(|part| part.is_named(&section.name))
    });
    let mut told: Vec<Span> = told.map(|(_, section)| section.extent).collect();
    if whole && told.is_empty() {
        told.push(Span::new(0, facts.text.len()));
    }
    told.into_iter().any(|extent| {
        let text = facts.text_of(extent).to_lowercase();
        project.names.hinted_at_in(&text).len() > 1 || FREE.iter().any(|free| text.contains(free))
    })
}

/// Words of documents in which nothing waits for anything.
const FREE: &[&str] = &[
    "independen",
    "no dependenc",
    "not depend",
    "n't depend",
    "no feature depends",
    "nothing depends",
    "none depend",
    "depends on no",
    "any order",
    "self-contained",
    "unabhängig",
    "indépendant",
    "independiente",
];

/// Whether a document gives a place of its own to something that needs nothing.
fn lists_the_free(project: &Project, id: ArtifactId) -> bool {
    let views = project.graph().views.iter().filter(|view| view.artifact == id && is_graph(view));
    views.flat_map(|view| &view.members).any(|member| member.said == Said::None)
}

/// The features that have a place of their own in the graphs of some documents, and are not only
/// what another one needs.
fn listed(project: &Project, of: impl Fn(&View) -> bool) -> HashSet<FeatureId> {
    let graph = project.graph();
    let views = graph.views.iter().filter(|view| is_graph(view) && of(view));
    let nodes = views.flat_map(|view| {
        let members = view.members.iter().map(|member| member.node);
        // In a list of sentences or arrows the place of a thing is where its line begins.
        let needs = view.needs.iter().filter(|arc| arc.sense != Sense::Order);
        members.chain(needs.map(|arc| arc.from))
    });
    nodes.filter_map(|node| graph.nodes[node].feature).collect()
}

/// The features that the graphs of some documents list or connect.
fn named(project: &Project, of: impl Fn(&View) -> bool) -> HashSet<FeatureId> {
    let graph = project.graph();
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
    view.members.iter().any(|member| project.graph().nodes[member.node].feature.is_some())
}

/// Whether all that looks like dependencies in a document could be read.
fn readable(artifact: &Artifact) -> bool {
    let dependencies = crate::project::graph::dependencies_of(artifact);
    let planning = matches!(artifact.kind, Kind::Architecture | Kind::Dependencies);
    !planning || dependencies.is_none_or(|found| found.unread.is_empty())
}
