use std::collections::{BTreeMap, HashMap};
use std::ptr;

use super::{Statement, one_sided, statements};
use crate::base::{Level, Span, words};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::SharedPart;
use crate::model::contract::compare::{Difference, Element, Kind as Way, Types, compare_in};
use crate::model::contract::{Contract, Member, Shape, Subject};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "contract-mismatch",
    summary: "an interface states a contract differently from the architecture",
    promises: &["S2.7"],
    level: Level::Deny,
    page: include_str!("../../../rules/contract-mismatch.md"),
    check: Check::Project(check),
};

/// More differences than this are not worth naming in one sentence.
const NAMED: usize = 4;

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut agreed: HashMap<&Subject, Vec<Statement>> = HashMap::new();
    for one in statements(project).filter(|one| one.artifact.kind == Kind::Architecture) {
        agreed.entry(&one.contract.subject).or_default().push(one);
    }
    if agreed.is_empty() {
        return;
    }
    one_sided::check(project, out);
    for one in statements(project).filter(|one| one.artifact.kind == Kind::Interface) {
        let all = agreed.get(&one.contract.subject).map_or(&[][..], Vec::as_slice);
        let all: Vec<&Statement> =
            all.iter().filter(|source| comparable(project, source, &one)).collect();
        judge(&all, one.artifact, one.contract, Some(&one), out);
    }
    for artifact in project.artifacts.iter().filter(|one| one.kind == Kind::AsBuilt) {
        let Model::Contracts(built) = &*artifact.model else { continue };
        // The types of code are not those of a contract, whatever they are called.
        let named = built.list.iter().filter(|one| !matches!(one.subject, Subject::Type { .. }));
        for contract in named {
            let all = agreed.get(&contract.subject).map_or(&[][..], Vec::as_slice);
            let mut found = Vec::new();
            judge(&all.iter().collect::<Vec<_>>(), artifact, contract, None, &mut found);
            if !found.is_empty() && !is_reported(project, contract) {
                out.append(&mut found);
            }
        }
    }
}

/// Whether two statements can be of one thing. Two features may each have a type `Status`.
fn comparable(project: &Project, source: &Statement, one: &Statement) -> bool {
    let is_type = matches!(one.contract.subject, Subject::Type { .. });
    let (source, other) = match is_type {
        true => (source.feature(project), one.feature(project)),
        false => return true,
    };
    source.is_none() || source == other
}

/// One finding for each part of a contract in which it differs from what was agreed.
///
/// `stated` knows what the document says once for all its contracts.
fn judge(
    agreed: &[&Statement],
    artifact: &Artifact,
    contract: &Contract,
    stated: Option<&Statement>,
    out: &mut Vec<Finding>,
) {
    let compared: Vec<_> = agreed
        .iter()
        .map(|source| (*source, contradictions(source, artifact, contract, stated)))
        .collect();
    let mut parts: BTreeMap<&'static str, (&Statement, Vec<&Difference>)> = BTreeMap::new();
    for (source, differences) in &compared {
        for difference in differences {
            let part = part(&difference.element);
            let (told, found) = parts.entry(part).or_insert((source, Vec::new()));
            if ptr::eq(*told, *source) {
                found.push(difference);
            }
        }
    }
    // One of several writings that agrees will do: that there are several is another matter.
    parts.retain(|name, _| {
        !compared.iter().any(|(source, differences)| {
            states(source.contract, name)
                && !differences.iter().any(|one| part(&one.element) == *name)
        })
    });
    for (part, (source, differences)) in parts {
        out.push(finding(source, artifact, contract, part, &differences));
    }
}

/// Whether an element is said once for all contracts, and so need not stand at each.
fn says_for_all(said: &SharedPart, element: &Element) -> bool {
    match (said, element) {
        (SharedPart::Errors(cases), Element::ErrorCase(code)) => {
            cases.iter().any(|case| case.code.eq_ignore_ascii_case(code))
        }
        (SharedPart::Auth, Element::Auth) => true,
        (SharedPart::Auth, Element::Header(name)) => name == "authorization",
        _ => false,
    }
}

fn finding(
    source: &Statement,
    artifact: &Artifact,
    contract: &Contract,
    part: &str,
    differences: &[&Difference],
) -> Finding {
    let subject = &contract.subject;
    let called = !matches!(subject, Subject::Table { .. } | Subject::Type { .. });
    let told: Vec<String> = differences
        .iter()
        .map(|one| {
            let told = one.sentence("in the architecture", "here");
            // Tables and types have columns and fields, and answer nobody.
            if called { told } else { told.replacen("response field ", "", 1) }
        })
        .collect();
    let message = format!("{subject} differs from the architecture: {}", words::few(&told, NAMED));
    let place = differences.first().map_or(contract.span, |one| one.right);
    let mut finding = Finding::at(&artifact.path, place, message)
        .help(
            "write it as the architecture does, which decides; where this document is right, \
             change the architecture",
        )
        .subject(format!("{subject}: {part}"));
    for difference in differences {
        let known = finding.related.iter().any(|one| one.span == Some(difference.left));
        if !known {
            let message = "the architecture states it here";
            finding = finding.related(&source.artifact.path, Some(difference.left), message);
        }
    }
    finding
}

fn part(element: &Element) -> &'static str {
    match element {
        Element::Request(_) => "request",
        Element::Query(_) => "query",
        Element::Response(_) => "response",
        Element::Status => "status",
        Element::ErrorCase(_) => "error cases",
        Element::Header(_) => "headers",
        Element::Auth => "authentication",
    }
}

/// Whether a contract says anything of a part.
fn states(contract: &Contract, part: &str) -> bool {
    match part {
        "request" => contract.request.is_some(),
        "query" => contract.query.is_some(),
        "response" => contract.response.is_some(),
        "status" => contract.response.as_ref().is_some_and(|part| part.status.is_some()),
        "error cases" => !contract.error_cases.is_empty(),
        "headers" => !contract.headers.is_empty(),
        _ => contract.auth.is_some(),
    }
}

/// The differences that cannot both be true.
fn contradictions(
    agreed: &Statement,
    artifact: &Artifact,
    one: &Contract,
    stated: Option<&Statement>,
) -> Vec<Difference> {
    let source = agreed.contract;
    // The types of code are not those of a contract, whatever they are called.
    let types = match artifact.kind {
        Kind::AsBuilt => Types::default(),
        _ => Types::of(artifact.model.contracts()),
    };
    let wrapped = || {
        let facts = [Some(agreed.facts), stated.map(|one| one.facts)];
        let mut texts = facts.into_iter().flatten().map(|facts| &*facts.text);
        texts.any(|text| ["wrapped", "envelope"].iter().any(|word| words::holds(text, word)))
    };
    let (left, right) = match (content(source), content(one)) {
        (Some(inner), None) if wrapped() => (Some(inner), None),
        (None, Some(inner)) if wrapped() => (None, Some(inner)),
        _ => (None, None),
    };
    let (left, right) = (left.as_ref().unwrap_or(source), right.as_ref().unwrap_or(one));
    let mut found = compare_in(left, Types::of(&agreed.model.contracts.list), right, types);
    found.retain(Difference::contradicts);
    found.retain(|difference| {
        let silent = if let Way::Left { .. } = difference.kind { stated } else { Some(agreed) };
        let mut shared = silent.into_iter().flat_map(Statement::shared);
        !shared.any(|said| says_for_all(said, &difference.element))
    });
    if matches!(one.subject, Subject::Table { .. } | Subject::Type { .. }) {
        // A list of names beside one with types is the shorter writing: it may leave some out.
        let (source_short, one_short) = (is_short(source), is_short(one));
        found.retain(|difference| {
            let Element::Response(name) = &difference.element else { return true };
            let may_be_left_out = match &difference.kind {
                Way::Right { .. } => source_short && !one_short,
                Way::Left { .. } => one_short && !source_short,
                Way::Differs { .. } => return true,
            };
            !may_be_left_out && !is_in_other_case(source, one, name)
        });
    }
    found
}

/// A contract without the envelope around what comes back: `{data: {…}}`.
fn content(contract: &Contract) -> Option<Contract> {
    let [only] = members(contract) else { return None };
    let holds = matches!(only.shape, Shape::Object(_) | Shape::List(_) | Shape::Name(_));
    let is_envelope = holds && matches!(&*only.name, "data" | "result" | "payload" | "body");
    let mut inner = is_envelope.then(|| contract.clone())?;
    inner.response.as_mut()?.shape = only.shape.clone();
    Some(inner)
}

fn members(contract: &Contract) -> &[Member] {
    match contract.response.as_ref().map(|part| &part.shape) {
        Some(Shape::Object(object)) => &object.members,
        _ => &[],
    }
}

fn is_short(contract: &Contract) -> bool {
    members(contract).iter().all(|member| member.shape == Shape::Unsaid)
}

/// Whether both sides have a column, spelled `display_name` and `displayName`.
fn is_in_other_case(source: &Contract, one: &Contract, name: &str) -> bool {
    let bare = |name: &str| name.replace('_', "").to_lowercase();
    let has = |one: &Contract| members(one).iter().any(|member| bare(&member.name) == bare(name));
    has(source) && has(one)
}

/// Whether evidence reports a departure from a contract, or the integration report names it: what
/// was told is settled there.
fn is_reported(project: &Project, contract: &Contract) -> bool {
    let name = contract.subject.name();
    let names = |facts: &DocumentFacts, extent: Span| facts.text_of(extent).contains(name);
    project.artifacts.iter().any(|artifact| match (&*artifact.model, artifact.facts()) {
        (Model::Evidence(evidence), Some(facts)) => {
            evidence.deviations.entries.iter().any(|entry| names(facts, entry.extent))
        }
        (Model::Integration(_), Some(facts)) => facts.text.contains(name),
        _ => false,
    })
}
