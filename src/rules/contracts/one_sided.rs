//! Contracts that the architecture states and the interface of the feature lacks, or names
//! otherwise. What an interface adds is left to the rules on ownership.

use std::collections::{BTreeMap, HashSet};

use super::{Statement, statements};
use crate::base::words;
use crate::finding::Finding;
use crate::model::contract::Subject;
use crate::project::{FeatureId, Project};
use crate::workflow::Kind;

/// What two documents state of one feature, of one kind: its endpoints, or its events.
#[derive(Default)]
struct Sides<'p> {
    agreed: Vec<Statement<'p>>,
    stated: Vec<Statement<'p>>,
}

/// Speaks where both documents state endpoints of a feature, or events, and the interface
/// lacks one. Two names that are nearly the same are one finding.
pub(super) fn check(project: &Project, out: &mut Vec<Finding>) {
    if project.unread_contracts().next().is_some() {
        // What could not be read may be what is missed here.
        return;
    }
    let mut features: BTreeMap<(FeatureId, &'static str), Sides> = BTreeMap::new();
    let now = |one: &Statement| one.is_called() && !one.is_consumed() && !one.is_for_later();
    for one in statements(project).filter(now) {
        let Some(feature) = one.feature(project) else { continue };
        let sides = features.entry((feature, kind(&one.contract.subject))).or_default();
        match one.artifact.kind {
            Kind::Architecture => sides.agreed.push(one),
            _ => sides.stated.push(one),
        }
    }
    for sides in features.values() {
        // Names without anything said are an overview, which need not be whole.
        let overview =
            sides.agreed.iter().chain(&sides.stated).any(|one| !one.contract.says_more());
        if !overview {
            compare(project, sides, out);
        }
    }
}

fn compare(project: &Project, sides: &Sides, out: &mut Vec<Finding>) {
    let Sides { agreed, stated } = sides;
    let (Some(first), Some(_)) = (stated.first(), agreed.first()) else { return };
    let mut missed = without(agreed, stated);
    let added = without(stated, agreed);
    let shared = missed.len() < agreed.len();
    for one in &added {
        if let Some(at) = missed.iter().position(|other| is_near(one, other)) {
            out.push(renamed(&missed.remove(at), one));
        }
    }
    let points = agreed.iter().any(|one| points_to_interface(one));
    if !shared || points {
        return;
    }
    missed.retain(|one| {
        let known = statements(project).filter(|one| one.artifact.kind == Kind::Interface);
        !is_known(one, known) && !first.facts.text.contains(&told(one))
    });
    let Some(lacking) = missed.first() else { return };
    let names: Vec<String> = missed.iter().map(told).collect();
    let stand = if names.len() == 1 { "stands" } else { "stand" };
    let few = words::few(&names, NAMED);
    let message = format!("{few} {stand} in the architecture and not in this interface");
    out.push(
        Finding::at(&first.artifact.path, first.facts.beginning(), message)
            .help("add it here as the architecture states it; it decides")
            .subject("contracts: only in the architecture")
            .members(names)
            .related(&lacking.artifact.path, Some(lacking.place()), STATES),
    );
}

/// More names than this are not worth a place in one sentence.
const NAMED: usize = 4;

const STATES: &str = "the architecture states the contracts of this feature here";

fn renamed(agreed: &Statement, one: &Statement) -> Finding {
    let message = format!("{} stands here and {} in the architecture", told(one), told(agreed));
    Finding::at(&one.artifact.path, one.place(), message)
        .help(
            "name it as the architecture does, which decides; where these are two, state both in \
             both documents",
        )
        .subject(format!("{}: name", told(one)))
        .related(&agreed.artifact.path, Some(agreed.place()), "the architecture states it here")
}

fn told(one: &Statement) -> String {
    one.contract.subject.to_string()
}

fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Event { .. } => "events",
        _ => "endpoints",
    }
}

/// Those of one side that the other lacks, each once.
fn without<'p>(all: &[Statement<'p>], others: &[Statement<'p>]) -> Vec<Statement<'p>> {
    let mut exact: HashSet<&Subject> = others.iter().map(|one| &one.contract.subject).collect();
    let new = all.iter().filter(|one| exact.insert(&one.contract.subject));
    new.filter(|one| !is_known(one, others.iter().copied())).copied().collect()
}

/// Whether a statement is among others, also where one of them leaves out the base of the path.
fn is_known<'p>(one: &Statement, mut others: impl Iterator<Item = Statement<'p>>) -> bool {
    others.any(|other| match (&one.contract.subject, &other.contract.subject) {
        (Subject::Endpoint { method, route }, Subject::Endpoint { method: other, route: path }) => {
            let (left, right) = (route.key(), path.key());
            method == other && (left.ends_with(right) || right.ends_with(left))
        }
        (left, right) => left.same(right) || left.name().eq_ignore_ascii_case(right.name()),
    })
}

/// Whether the architecture leaves the details of a feature to its interface document.
fn points_to_interface(one: &Statement) -> bool {
    let boundary = one.model.boundary_of(one.contract);
    boundary.is_none_or(|boundary| one.facts.text_of(boundary.extent).contains("INTERFACE"))
}

/// Whether two names are the same but for one thing: the method, one word of the path, what
/// happened to the same subject of an event.
fn is_near(one: &Statement, other: &Statement) -> bool {
    match (&one.contract.subject, &other.contract.subject) {
        (Subject::Endpoint { method, route }, Subject::Endpoint { method: other, route: path }) => {
            let left: Vec<&str> = route.key().split('/').skip(1).collect();
            let right: Vec<&str> = path.key().split('/').skip(1).collect();
            let differ = left.iter().zip(&right).filter(|(a, b)| a != b).count();
            let literal = left.iter().zip(&right).all(|(a, b)| a == b || *a != "{}" && *b != "{}");
            let same = left.len() == right.len() && differ == 0;
            let words = left.len() == right.len() && differ == 1;
            let shared =
                left.iter().zip(&right).any(|(a, b)| a == b && !matches!(*a, "api" | "{}"));
            same || words && literal && method == other && shared
        }
        (Subject::Event { name }, Subject::Event { name: other }) => {
            let parts = |name: &str| name.split(['.', ':', '_', '-', '/']).next().map(str::len);
            let head = parts(name).unwrap_or(0);
            head < name.len() && name.get(..=head) == other.get(..=head)
        }
        _ => false,
    }
}
