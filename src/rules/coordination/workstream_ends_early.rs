use super::{builds, workstreams};
use crate::base::Level;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::records::Workstream;
use crate::project::features::Name;
use crate::project::graph::NodeId;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "workstream-ends-early",
    summary: "a workstream ends before the one that it depends on",
    promises: &["S0.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/workstream-ends-early.md"),
    check: Check::Project(check),
};

/// A workstream with the document that plans it.
type Planned<'p> = (&'p Artifact, &'p DocumentFacts, &'p Workstream);

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all: Vec<Planned<'_>> = workstreams(project).collect();
    let building = |node: NodeId| -> Vec<&Planned<'_>> {
        let name = Name::new(&project.graph().nodes[node].name, None);
        all.iter().filter(|(_, facts, one)| builds(facts, one, &name)).collect()
    };
    for edge in &project.graph().edges {
        let (own, needed) = (building(edge.from), building(edge.to));
        // Where several build a component, nobody knows which of them has to wait.
        let ([(artifact, _, one)], [(other, _, before)]) = (&own[..], &needed[..]) else {
            continue;
        };
        let (Some((_, ends, span)), Some((_, later, place))) = (one.weeks, before.weeks) else {
            continue;
        };
        let is_known =
            |known: &Finding| known.subject == format!("{} before {}", one.name, before.name);
        if ends >= later || one == before || out.iter().any(is_known) {
            continue;
        }
        let [from, to] = [edge.from, edge.to].map(|node| &project.graph().nodes[node].name);
        let message = format!(
            "the workstream {} ends in week {ends}, but {from} needs {to}, which the workstream {} \
             has ready in week {later}",
            one.name, before.name
        );
        out.push(
            Finding::at(&artifact.path, span, message)
                .help("let it end no earlier than what it depends on, or correct the dependency")
                .subject(format!("{} before {}", one.name, before.name))
                .related(&other.path, Some(place), "it depends on this workstream"),
        );
    }
}
