use std::collections::HashMap;

use super::{Statement, statements};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::Resource;
use crate::model::architecture::ownership::RoutePattern;
use crate::model::contract::{Form, Subject};
use crate::model::phrases::{List, listed};
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "duplicate-contract",
    summary: "one endpoint, event or table is stated twice",
    promises: &["S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/duplicate-contract.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut by_subject: HashMap<&Subject, Vec<Statement>> = HashMap::new();
    for one in statements(project).filter(states) {
        let earlier = by_subject.entry(&one.contract.subject).or_default();
        if let Some(first) = earlier.iter().find(|first| is_second(project, first, &one)) {
            out.push(finding(project, first, &one));
        }
        earlier.push(one);
    }
}

/// Whether a statement says what the thing is, and not that a feature uses it, or how.
fn states(one: &Statement) -> bool {
    const TOLD: &List = listed!(
        "example|examples|sample|samples|usage|flow|flows|sequence|scenario|scenarios|journey|\
        journeys|overview|summary|deprecated|legacy|migration|migrations|alternative|\
        alternatives|current|proposed|before|after|shared|common|mock|mocks|test|tests"
    );
    let named = !matches!(one.contract.subject, Subject::Type { .. });
    named && one.contract.says_more() && !one.is_consumed() && !one.is_below(TOLD)
}

/// Whether a statement is a second one of what another states. An architecture and an interface
/// state the same on purpose, and a table or line that gives an overview is no second contract.
fn is_second(project: &Project, first: &Statement, one: &Statement) -> bool {
    let same_document = first.artifact.path == one.artifact.path;
    let interfaces = [first, one].iter().all(|one| one.artifact.kind == Kind::Interface);
    let brief = |one: &Statement| matches!(one.contract.form, Form::Row | Form::Arrow);
    let same_writing = brief(first) == brief(one)
        && (first.contract.form == Form::Sql) == (one.contract.form == Form::Sql);
    let features = || (first.feature(project), one.feature(project));
    let apart = || matches!(features(), (Some(first), Some(other)) if first != other);
    match () {
        () if same_document => same_writing || apart(),
        () => {
            let outside = || [first, one].iter().any(|one| is_outside(project, one));
            interfaces && apart() && !is_of_each_service(one) && !outside()
        }
    }
}

/// Whether it is an endpoint by which each running service tells of itself: what one service
/// answers there is none of another's.
fn is_of_each_service(one: &Statement) -> bool {
    const OWN: &List = listed!(
        "health|healthz|healthcheck|health-check|livez|live|liveness|readyz|ready|readiness|\
        startup|startupz|metrics|ping|status|version|info|actuator|openapi.json|openapi.yaml"
    );
    let Subject::Endpoint { route, .. } = &one.contract.subject else { return false };
    let mut parts = route.written().trim_matches('/').split('/').peekable();
    while parts.next_if(|part| is_prefix(part)).is_some() {}
    let Some(first) = parts.next() else { return false };
    OWN.has(first) && parts.all(|part| OWN.has(part))
}

/// `api`, `v1`, `internal`: what stands before the name of a thing.
fn is_prefix(part: &str) -> bool {
    let version = part
        .strip_prefix('v')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    version || matches!(part, "api" | "internal" | "_" | "admin")
}

/// Whether an endpoint lies outside of the routes that its feature owns, which is said elsewhere.
fn is_outside(project: &Project, one: &Statement) -> bool {
    let Subject::Endpoint { route, .. } = &one.contract.subject else { return false };
    let Some(path) = RoutePattern::read(route.key()) else { return false };
    let Some(feature) = one.feature(project) else { return false };
    let (artifact, declared) = project.features[feature].declared;
    let artifact = &project.artifacts[artifact];
    let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return false;
    };
    let Some(drawn) = model.boundaries.iter().find(|one| one.span == declared) else {
        return false;
    };
    let routes = drawn.owned.iter().filter(|owned| owned.kind == Resource::Route);
    let patterns = routes.map(|owned| RoutePattern::read(facts.text_of(owned.span)));
    let owned: Vec<RoutePattern> = patterns.flatten().collect();
    !owned.is_empty() && !owned.iter().any(|pattern| pattern.covers(&path))
}

fn finding(project: &Project, first: &Statement, one: &Statement) -> Finding {
    let subject = one.contract.subject.to_string();
    let feature = |one: &Statement| one.feature(project).map(|id| &*project.features[id].name);
    let message = match (feature(first), feature(one)) {
        (Some(left), Some(right)) if left != right => {
            format!("{left} and {right} both state {subject}")
        }
        _ => format!("{subject} is stated twice"),
    };
    let finding = Finding::at(&one.artifact.path, one.contract.span, message)
        .help(
            "keep one of the two and take the other out; a feature that only uses it names it \
             under what it needs of others",
        )
        .subject(subject)
        .related(&first.artifact.path, Some(first.contract.span), "it is stated here first");
    one.in_gate(project, finding)
}
