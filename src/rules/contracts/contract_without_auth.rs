use std::collections::HashSet;

use super::{Promise, home, promises, said_for_all};
use crate::base::words::holds;
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::ownership::RoutePattern;
use crate::model::architecture::{self, SharedPart};
use crate::model::contract::{Contract, Subject};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "contract-without-auth",
    summary: "an integration point demands authentication, and a contract it covers says nothing of it",
    promises: &["S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/contract-without-auth.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let demands = demands(project);
    if demands.is_empty() {
        return;
    }
    for promise in &promises(project) {
        let Subject::Endpoint { method, route } = &promise[0].contract.subject else { continue };
        let Some(path) = RoutePattern::read(&format!("{method} {route}")) else { continue };
        let Some(demand) = demands.iter().find(|one| one.covers(&path)) else { continue };
        let silent = !promise.iter().any(|one| speaks_of_auth(one.contract));
        if silent && !said_for_all(project, promise).into_iter().any(is_of_auth) {
            out.push(finding(project, promise, demand));
        }
    }
}

fn finding(project: &Project, promise: &Promise, demand: &Demand) -> Finding {
    let place = home(promise);
    let subject = place.contract.subject.to_string();
    let message = format!(
        "{subject} says nothing of authentication, which an integration point demands of {}",
        demand.written
    );
    let finding = Finding::at(&place.artifact.path, place.contract.span, message)
        .help(
            "add the header that a caller must send and the error case without it, as in \
             \"Headers: Authorization: Bearer <token>\" and \"401 (no token)\"; or write \"Auth: \
             none\" and except it from the integration point",
        )
        .subject(subject)
        .related(&demand.artifact.path, Some(demand.span), "authentication is demanded here");
    place.in_gate(project, finding)
}

/// Whether what is said for all contracts says who may call them.
fn is_of_auth(part: &SharedPart) -> bool {
    match part {
        SharedPart::Auth => true,
        SharedPart::Errors(cases) => cases.iter().any(|case| refuses(&case.code)),
        SharedPart::Response => false,
    }
}

/// Whether an error case is that of a caller who is not known.
fn refuses(code: &str) -> bool {
    matches!(code, "401" | "403") || holds(code, "unauth")
}

/// Whether a contract says who may call it.
fn speaks_of_auth(contract: &Contract) -> bool {
    let identifies = |name: &str| {
        ["auth", "cookie", "token", "api-key", "apikey", "session"]
            .iter()
            .any(|word| holds(name, word))
    };
    contract.auth.is_some()
        || contract.headers.iter().any(|header| identifies(&header.name))
        || contract.error_cases.iter().any(|case| refuses(&case.code))
}

/// An integration point that demands authentication of some routes.
struct Demand<'p> {
    artifact: &'p Artifact,
    span: Span,
    written: &'p str,
    patterns: Vec<RoutePattern>,
    except: Vec<RoutePattern>,
}

impl Demand<'_> {
    fn covers(&self, path: &RoutePattern) -> bool {
        self.patterns.iter().any(|one| one.covers(path))
            && !self.except.iter().any(|one| one.covers(path))
    }
}

fn demands(project: &Project) -> Vec<Demand<'_>> {
    let mut found = Vec::new();
    for (artifact, facts) in project.documents(Kind::Architecture) {
        let Model::Architecture(model) = &*artifact.model else { continue };
        found.extend(demands_of(artifact, facts, &model.integration_points));
    }
    for (artifact, facts) in project.integration_documents() {
        let mut points = Vec::new();
        architecture::points(facts, Span::new(0, facts.text.len()), &mut points);
        found.extend(demands_of(artifact, facts, &points));
    }
    found
}

/// The demands of the points of one document that leave something to say to the contracts.
fn demands_of<'p>(
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    points: &[Span],
) -> Vec<Demand<'p>> {
    let mut seen = HashSet::new();
    let own = points.iter().filter(|&&span| seen.insert(span));
    let mut found: Vec<_> = own.filter_map(|&span| demand(artifact, facts, span)).collect();
    found.retain(|one| !is_spelled_out(facts, points, one.span));
    found
}

/// Whether the points around a demand say for all routes both what a caller sends and how a call
/// without it fails.
fn is_spelled_out(facts: &DocumentFacts, points: &[Span], demand: Span) -> bool {
    let section = facts.section_around(demand);
    let around = || {
        let same = points.iter().filter(|&&span| facts.section_around(span) == section);
        same.map(|&span| facts.text_of(span))
    };
    let sends = |text: &str| ["authorization:", "bearer", "cookie"].iter().any(|w| holds(text, w));
    let fails = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(refuses);
    around().any(sends) && around().any(fails)
}

/// "All /api/todos/* routes require auth token from Feature A": what is required of a pattern of
/// routes. A point about a single call tells how features meet, and demands nothing of others.
fn demand<'p>(artifact: &'p Artifact, facts: &'p DocumentFacts, span: Span) -> Option<Demand<'p>> {
    const DEMANDS: &[&str] = &["require", "must", "need", "protected", "only with", "mandatory"];
    const AUTH: &[&str] = &[
        "auth",
        "token",
        "logged in",
        "logged-in",
        "login",
        "session",
        "jwt",
        "bearer",
        "signed in",
    ];
    let text = facts.text_of(span);
    let says = |words: &[&str]| words.iter().any(|word| holds(text, word));
    if !text.contains('/') || !says(DEMANDS) || !says(AUTH) || denies(text) {
        return None;
    }
    let cut = ["except", "other than", "apart from", "excluding", "but not", "unless", "besides"];
    let lower = text.to_ascii_lowercase();
    let until = cut.iter().filter_map(|word| lower.find(word)).min().unwrap_or(text.len());
    let (covered, except) = text.split_at(until);
    let open =
        || routes(covered).filter(|route| route.ends_with('*') && !is_source(covered, route));
    let written = open().next()?;
    let patterns = open().filter_map(RoutePattern::read).collect();
    let except = routes(except).filter_map(RoutePattern::read).collect();
    Some(Demand { artifact, span, written, patterns, except })
}

/// "`/api/public/*` requires no token"
fn denies(text: &str) -> bool {
    const NONE: &[&str] = &[
        "no auth",
        "no token",
        "no login",
        "no session",
        "not require",
        "not need",
        "without auth",
        "without a token",
        "without token",
        "n't require",
        "n't need",
        "optional",
    ];
    NONE.iter().any(|phrase| holds(text, phrase))
}

/// "needs a token from `/api/auth/*`": the routes that give what is demanded.
fn is_source(text: &str, route: &str) -> bool {
    let at = route.as_ptr() as usize - text.as_ptr() as usize;
    let before = text[..at].trim_end_matches([' ', '`', '*', '(', '\n']);
    let word = before.rsplit([' ', '\n']).next().unwrap_or("");
    ["from", "of", "via", "by", "through", "with", "at"].contains(&word)
}

fn routes(text: &str) -> impl Iterator<Item = &str> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, '`' | ',' | ';' | '(' | ')' | '|'));
    words.map(|word| word.trim_end_matches(['.', ':'])).filter(|word| word.starts_with('/'))
}
