use std::collections::HashSet;

use super::{in_gate_of, name, path_of};
use crate::base::words::closest;
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::dependencies::{self, Sense};
use crate::project::Project;
use crate::project::features::Name;
use crate::project::graph::{Arc, NodeId, View};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unknown-dependency",
    summary: "a feature needs something that is nowhere declared or listed",
    promises: &["S2.8", "S4.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/unknown-dependency.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut told: HashSet<NodeId> = HashSet::new();
    for view in &project.graph().views {
        let said: Vec<&Arc> = view.needs.iter().filter(|arc| arc.sense == Sense::Said).collect();
        let unknown = |arc: &&&Arc| is_unknown(project, arc.to);
        let strange: HashSet<NodeId> = said.iter().filter(unknown).map(|arc| arc.to).collect();
        if strange.is_empty() || leads_outside(&said, &strange) {
            continue;
        }
        let listed = Listed::of(project);
        for arc in said.iter().filter(|arc| strange.contains(&arc.to)) {
            let declared = project.graph().nodes[arc.from].feature.is_some();
            // Among names with capitals, small letters describe: "mail", "the session lookup".
            let small = |node| name(project, node).starts_with(char::is_lowercase);
            let identified = dependencies::id(name(project, arc.to)).is_some();
            let described = small(arc.to) && !small(arc.from) && !identified;
            if declared && !described && !listed.has(name(project, arc.to)) && told.insert(arc.to) {
                let finding = finding(project, view, arc);
                out.push(in_gate_of(finding, project, view, arc.from));
            }
        }
    }
}

fn finding(project: &Project, view: &View, arc: &Arc) -> Finding {
    let (from, to) = (name(project, arc.from), name(project, arc.to));
    let known = project.features.iter().map(|feature| feature.name.as_str());
    let help = match closest(to, known) {
        Some(near) => format!("write {near} if that is meant, or list {to} in the graph"),
        None => {
            let noun = &project.workflow.subjects.name;
            format!("name the {noun} that is meant, or list {to} in the dependency graph")
        }
    };
    let message = format!("{from} needs {to}, which is nowhere declared or listed");
    Finding::at(path_of(project, view), arc.span, message).help(help).subject(to)
}

fn is_unknown(project: &Project, node: NodeId) -> bool {
    let node = &project.graph().nodes[node];
    node.feature.is_none() && !node.listed && !node.vague
}

/// A drawing whose needs lead mostly to what nobody lists tells about things outside: teams,
/// decisions, machines.
fn leads_outside(said: &[&Arc], strange: &HashSet<NodeId>) -> bool {
    let all: HashSet<NodeId> = said.iter().map(|arc| arc.to).collect();
    strange.len() > 1 && strange.len() * 2 > all.len()
}

/// Whether a label is about what something needs, which does not list it: `Depends on X for`.
fn names_a_need(label: &str) -> bool {
    let opens =
        |lead: &&str| label.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead));
    ["depends on ", "requires "].iter().any(opens)
}

/// What the design documents name in headings, at the beginning of items and in cells.
struct Listed(Vec<Name>);

impl Listed {
    fn of(project: &Project) -> Self {
        let documents = project
            .artifacts
            .iter()
            .filter(|artifact| matches!(*artifact.model, crate::model::Model::Architecture(_)));
        let mut found = Vec::new();
        for facts in documents.filter_map(|artifact| artifact.facts()) {
            let titles = facts.sections.iter().map(|section| section.title);
            let names = |span: &Span| !names_a_need(facts.text_of(*span));
            let labels = facts.fields.iter().map(|field| field.label).filter(names);
            let rows = facts.tables.iter().flat_map(|table| table.rows());
            let rows = rows.filter_map(|row| row.first().copied());
            let marked = facts.inlines.iter().filter(|inline| inline.style.strong);
            let marked = marked.map(|inline| inline.span).filter(names);
            let places = titles.chain(labels).chain(rows).chain(marked);
            found.extend(places.map(|place| Name::new(facts.text_of(place), None)));
        }
        Self(found)
    }

    fn has(&self, name: &str) -> bool {
        let name = Name::new(name, None);
        self.0.iter().any(|known| name.is_part_of(known))
    }
}
