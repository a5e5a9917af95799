//! Contracts that have another name and are otherwise as they were.

use std::collections::HashMap;

use super::promises::{Group, Owner, Writing};
use crate::model::contract::compare::Types;
use crate::model::contract::{Contract, Object, Shape, Subject};

/// What is gone and what is new, with those taken out that are one thing under two names.
#[derive(Default)]
pub struct Pairs<'p> {
    pub renamed: Vec<(Group<'p>, Group<'p>)>,
    pub gone: Vec<Group<'p>>,
    pub new: Vec<Group<'p>>,
}

/// Finds what is one thing under two names: of one feature, saying the same, and no other does.
pub fn pairs<'p>(gone: Vec<Group<'p>>, new: Vec<Group<'p>>) -> Pairs<'p> {
    let mut pairs = Pairs { gone, new, ..Pairs::default() };
    for keeps in [Keeps::Method, Keeps::Path] {
        pairs.take(keeps);
    }
    pairs
}

/// What an endpoint keeps of its name when the rest is changed.
#[derive(Clone, Copy, PartialEq)]
enum Keeps {
    Method,
    Path,
}

impl Pairs<'_> {
    fn take(&mut self, keeps: Keeps) {
        if self.gone.is_empty() || self.new.is_empty() {
            return;
        }
        let mut alike: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, one) in self.gone.iter().enumerate() {
            if let Some(mark) = mark(one, keeps) {
                alike.entry(mark).or_default().0.push(at);
            }
        }
        for (at, one) in self.new.iter().enumerate() {
            if let Some((_, new)) = mark(one, keeps).and_then(|mark| alike.get_mut(&mark)) {
                new.push(at);
            }
        }
        let single = alike.into_values().filter_map(|both| match (&both.0[..], &both.1[..]) {
            (&[gone], &[new]) => Some((gone, new)),
            _ => None,
        });
        let mut single: Vec<(usize, usize)> = single.collect();
        single.sort_unstable();
        for &(gone, new) in &single {
            self.renamed.push((self.gone[gone].clone(), self.new[new].clone()));
        }
        let (gone, new): (Vec<usize>, Vec<usize>) = single.into_iter().unzip();
        drop_at(&mut self.gone, &gone);
        drop_at(&mut self.new, &new);
    }
}

fn drop_at<T>(list: &mut Vec<T>, places: &[usize]) {
    let mut at = 0..;
    list.retain(|_| !at.next().is_some_and(|at| places.contains(&at)));
}

/// What a contract says besides the part of its name that may have changed. Nothing for what says
/// too little to be known by it.
fn mark(one: &Group<'_>, keeps: Keeps) -> Option<String> {
    let first = one.writings.first()?;
    let parts = |one: &&Writing| bodies(one.contract).into_iter().flatten().count();
    let fullest = one.writings.iter().max_by_key(parts)?;
    let name = match (&fullest.contract.subject, keeps) {
        (Subject::Endpoint { method, .. }, Keeps::Method) => method.word().to_owned(),
        (Subject::Endpoint { route, .. }, Keeps::Path) => route.key().to_owned(),
        (subject, Keeps::Method) => subject.word().to_owned(),
        (_, Keeps::Path) => return None,
    };
    let owner = match first.owner {
        Owner::Feature(feature) => format!("{feature}"),
        Owner::Gone(_) | Owner::Nobody => String::new(),
    };
    let said = said(fullest);
    (keeps == Keeps::Path || said.contains('{')).then(|| [owner, name, said].join("\n"))
}

/// The parts of a contract with a shape.
fn bodies(contract: &Contract) -> [Option<&Shape>; 3] {
    [&contract.request, &contract.query, &contract.response]
        .map(|part| part.as_ref().map(|part| &part.shape))
}

/// What a writing says, in one spelling for every order and for types by their names.
fn said(writing: &Writing<'_>) -> String {
    let spelled = |shape: Option<&Shape>| {
        shape.map_or_else(String::new, |shape| spelled(shape, writing.types(), 0).to_string())
    };
    let cases = &writing.contract.error_cases;
    let mut codes: Vec<&str> = cases.iter().map(|case| &*case.code).collect();
    codes.sort_unstable();
    let bodies = bodies(writing.contract).map(spelled);
    [bodies.join("\n"), codes.join(" ")].join("\n")
}

fn spelled(shape: &Shape, types: Types<'_>, depth: usize) -> Shape {
    /// Types may hold themselves.
    const DEEPEST: usize = 2;
    match shape {
        Shape::Object(object) => {
            let mut members = object.members.clone();
            for member in &mut members {
                member.shape = spelled(&member.shape, types, depth);
            }
            members.sort_by(|left, right| left.name.cmp(&right.name));
            Shape::Object(Object { members, ..*object })
        }
        Shape::List(inner) => Shape::List(Box::new(spelled(inner, types, depth))),
        Shape::Name(name) if depth < DEEPEST => match types.declared(name) {
            Some(declared) => spelled(declared, types, depth + 1),
            None => shape.clone(),
        },
        other => other.clone(),
    }
}
