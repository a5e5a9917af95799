use std::collections::BTreeMap;

use super::evidence;
use crate::base::words::few;
use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::project::{Artifact, FeatureId, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "uncited-evidence",
    summary: "evidence does not say which state of the architecture the work was built against",
    promises: &["S2.12"],
    level: Level::Warn,
    page: include_str!("../../../rules/uncited-evidence.md"),
    check: Check::Project(check),
};

/// What is missing in all evidence is missed once for each gate.
fn check(project: &Project, out: &mut Vec<Finding>) {
    for ((iteration, phase), missing) in uncited(project) {
        let Some((first, facts)) = missing.iter().find_map(|(_, one)| Some((*one, one.facts()?)))
        else {
            continue;
        };
        let names: Vec<&str> = missing.iter().filter_map(|(name, _)| *name).collect();
        let of =
            if names.is_empty() { String::new() } else { format!(" of {}", few(&names, MOST)) };
        let message = format!(
            "the evidence{of} does not say which state of the architecture it was built against"
        );
        let iteration_id = &project.iterations[iteration].id;
        let mut finding = Finding::at(&first.path, facts.beginning(), message)
            .help(help(project))
            .subject(format!("citations of iteration {iteration_id}"))
            .gate(iteration, phase);
        for (_, other) in missing.iter().skip(1).take(MOST) {
            if let Some(facts) = other.facts().filter(|_| other.path != first.path) {
                finding = finding.related(&other.path, Some(facts.beginning()), "nor does this");
            }
        }
        out.push(finding);
    }
}

/// So many are named one by one.
const MOST: usize = 3;

type Gate = (usize, usize);

/// For each gate, the features whose evidence cites nothing, each with its first document, and
/// the documents without a citation that speak for no feature.
fn uncited(project: &Project) -> BTreeMap<Gate, Vec<(Option<&str>, &Artifact)>> {
    let mut by_feature: BTreeMap<(Gate, Option<FeatureId>), (&Artifact, bool)> = BTreeMap::new();
    for artifact in project.artifacts.iter().filter(|one| one.kind == Kind::Evidence) {
        let (Some((phase, _)), Some((_, model))) = (artifact.deliverable, evidence(artifact))
        else {
            continue;
        };
        let cites = !model.citations.is_empty();
        let mut mark = |iteration, feature| {
            let known =
                by_feature.entry(((iteration, phase), feature)).or_insert((artifact, false));
            known.1 |= cites;
        };
        for &feature in &artifact.features {
            mark(project.features[feature].iteration, Some(feature));
        }
        if artifact.features.is_empty() {
            mark(0, None);
        }
    }
    let mut found: BTreeMap<Gate, Vec<(Option<&str>, &Artifact)>> = BTreeMap::new();
    for ((gate, feature), (artifact, cites)) in by_feature {
        let name = feature.map(|id| &*project.features[id].name);
        if !cites {
            found.entry(gate).or_default().push((name, artifact));
        }
    }
    found
}

fn help(project: &Project) -> String {
    let architecture = project.artifacts.iter().find(|one| one.kind == Kind::Architecture);
    let path = architecture.map_or(RepoPath::new("ARCHITECTURE.md"), |one| one.path.clone());
    format!(
        "add a line \"Built against\" with the commit whose architecture was read, or with \
         \"blob\" and what `git rev-parse HEAD:{path}` printed then"
    )
}
