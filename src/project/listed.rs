//! Subjects that the graph of what needs what declares: tasks, components.

use std::collections::HashMap;

use super::declare::{feature, is_slot, models};
use super::{Artifact, Feature, features};
use crate::model::dependencies::{Node, Notation, id_and_name, kind_of};
use crate::workflow::{Kind, Subjects};

/// Everything that a drawing of a plan lists, each once, in the order of the documents. Where some
/// carry the name of the subjects (`Task 2B`), other kinds of things (`Phase 2`) are none.
pub fn in_graph(artifacts: &[Artifact], subjects: &Subjects) -> Vec<Feature> {
    let planning = |kind| matches!(kind, Kind::Architecture | Kind::Dependencies);
    let drawings = models(artifacts)
        .filter(|(_, kind, _)| planning(*kind))
        .flat_map(|one| one.2.dependencies.drawings.iter().map(move |drawing| (one.0, drawing)));
    let drawings = drawings.filter(|(_, drawing)| drawing.notation != Notation::Field);
    let nodes = drawings.flat_map(|(id, drawing)| drawing.nodes.iter().map(move |one| (id, one)));
    let mut found: Vec<Feature> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (artifact, node) in nodes.filter(|(_, node)| !is_slot(&node.name)) {
        let (id, title) = read(node);
        let kind = id.as_deref().and_then(kind_of);
        if kind.is_some_and(|kind| kind != subjects.name) {
            continue;
        }
        let key = id.clone().map(|id| bare(&id, subjects));
        let key = key.unwrap_or_else(|| features::slug(&node.name));
        let name = called(node, id.as_deref(), &title, subjects);
        match known.get(&key) {
            // What one drawing calls by its id alone another one names.
            Some(&at) if found[at].name.len() < name.len() && !title.is_empty() => {
                found[at].name = name;
            }
            Some(_) => {}
            None => {
                known.insert(key.clone(), found.len());
                let slug = match kind {
                    Some(kind) => format!("{kind}-{}", bare(id.as_deref().unwrap_or(""), subjects)),
                    None => features::slug(match &id {
                        Some(_) => written_id(&node.name),
                        None => &node.name,
                    }),
                };
                let id = id.as_ref().map(|id| if kind.is_some() { id.clone() } else { key });
                found.push(Feature { id, ..feature(&name, slug, None, (artifact, node.span)) });
            }
        }
    }
    // Among things with identifiers what has none is a milestone or somebody else's.
    if found.iter().filter(|one| one.id.is_some()).count() * 2 > found.len() {
        found.retain(|one| one.id.is_some());
    }
    found
}

/// The identifier of a node, and what it is called besides.
fn read(node: &Node) -> (Option<String>, String) {
    let (id, rest) = id_and_name(&node.name);
    let alias = node.alias.as_deref().unwrap_or("");
    let title = if rest.is_empty() { alias } else { rest };
    (id, title.trim().to_owned())
}

/// `task2b` → `2b`.
fn bare(id: &str, subjects: &Subjects) -> String {
    id.strip_prefix(&subjects.name).filter(|rest| !rest.is_empty()).unwrap_or(id).to_owned()
}

fn written_id(name: &str) -> &str {
    crate::model::dependencies::id(name).map_or(name, |(_, length)| &name[..length])
}

/// How people read its name: `Task 2B: Server Updates`.
fn called(node: &Node, id: Option<&str>, title: &str, subjects: &Subjects) -> String {
    let Some(id) = id else { return node.name.clone() };
    let id = match kind_of(id) {
        Some(_) => {
            let mut letters = subjects.name.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            format!("{first}{} {}", letters.as_str(), bare(id, subjects).to_uppercase())
        }
        None => written_id(&node.name).to_owned(),
    };
    if title.is_empty() { id } else { format!("{id}: {title}") }
}
