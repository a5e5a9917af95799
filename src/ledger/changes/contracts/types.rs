//! Types by name: who refers to one, and what stands behind a field.

use std::collections::{HashMap, HashSet};

use super::promises::{Writing, stated};
use crate::model::contract::compare::Element;
use crate::model::contract::{Contract, Shape, Subject};
use crate::project::Project;

/// Who refers to which types in a tree, by their names in lower case.
#[derive(Debug, Default)]
pub struct References {
    /// By endpoints, events and tables.
    direct: HashSet<String>,
    /// By types: what each refers to.
    by_type: HashMap<String, HashSet<String>>,
}

impl References {
    pub fn of(project: &Project) -> Self {
        let mut found = Self::default();
        for one in stated(project) {
            let mut names = Vec::new();
            bodies(one.contract).for_each(|shape| named(shape, &mut names));
            let names = names.into_iter().map(str::to_lowercase);
            match &one.contract.subject {
                Subject::Type { name } => {
                    found.by_type.entry(name.to_lowercase()).or_default().extend(names);
                }
                _ => found.direct.extend(names),
            }
        }
        found
    }

    /// Whether the tree declares a type.
    pub fn declare(&self, name: &str) -> bool {
        self.by_type.contains_key(name)
    }

    /// Whether another contract refers to a type.
    pub fn refer_to(&self, name: &str) -> bool {
        let others = self.by_type.iter().filter(|(own, _)| *own != name);
        self.direct.contains(name) || others.into_iter().any(|(_, names)| names.contains(name))
    }

    /// Whether what refers to a type, itself or through other types, is compared with what stands
    /// now: an endpoint, event or table, or a type that is still there.
    pub fn lead_to(&self, wanted: &str, stands: impl Fn(&str) -> bool) -> bool {
        let standing = self.by_type.iter().filter(|(name, _)| *name != wanted && stands(name));
        let mut open: Vec<&String> = self.direct.iter().collect();
        open.extend(standing.flat_map(|(_, names)| names));
        let mut known: HashSet<&String> = HashSet::new();
        while let Some(name) = open.pop() {
            if known.insert(name) {
                open.extend(self.by_type.get(name).into_iter().flatten());
            }
        }
        known.into_iter().any(|name| name == wanted)
    }
}

fn bodies(contract: &Contract) -> impl Iterator<Item = &Shape> {
    let parts = [&contract.request, &contract.query, &contract.response];
    parts.into_iter().flatten().map(|part| &part.shape)
}

fn named<'s>(shape: &'s Shape, names: &mut Vec<&'s str>) {
    match shape {
        Shape::Name(name) => names.push(name),
        Shape::Object(object) => {
            object.members.iter().for_each(|member| named(&member.shape, names));
        }
        Shape::List(inner) => named(inner, names),
        Shape::Either(some) | Shape::Both(some) => some.iter().for_each(|one| named(one, names)),
        Shape::Nothing | Shape::Value(_) | Shape::Unsaid | Shape::Words(_) => {}
    }
}

/// The types that an element of a contract is reached through, each with the element of that type:
/// `items[].owner.email` of an endpoint that answers with `owner: Member` is `email` of `Member`.
pub fn through(writing: &Writing<'_>, element: &Element) -> Vec<(String, Element)> {
    let contract = writing.contract;
    let (part, name) = match element {
        Element::Request(name) => (&contract.request, name),
        Element::Query(name) => (&contract.query, name),
        Element::Response(name) => (&contract.response, name),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    if let Some(part) = part {
        walk(writing, &part.shape, name, &mut found);
    }
    found
}

fn walk(writing: &Writing<'_>, shape: &Shape, rest: &str, found: &mut Vec<(String, Element)>) {
    match shape {
        Shape::Name(name) => {
            found.push((name.to_lowercase(), Element::Response(rest.to_owned())));
            if let Some(declared @ Shape::Object(_)) = writing.types().declared(name) {
                walk(writing, declared, rest, found);
            }
        }
        Shape::List(inner) => {
            if let Some(rest) = rest.strip_prefix("[]") {
                walk(writing, inner, rest.strip_prefix('.').unwrap_or(rest), found);
            }
        }
        Shape::Object(object) => {
            for member in &object.members {
                let after = rest.strip_prefix(&*member.name).filter(|after| !after.is_empty());
                match after.map(|after| after.strip_prefix('.').unwrap_or(after)) {
                    Some(after) if after.len() < rest.len() => {
                        walk(writing, &member.shape, after, found);
                    }
                    _ => {}
                }
            }
        }
        Shape::Either(some) | Shape::Both(some) => {
            some.iter().for_each(|one| walk(writing, one, rest, found));
        }
        Shape::Nothing | Shape::Value(_) | Shape::Unsaid | Shape::Words(_) => {}
    }
}
