use std::collections::HashSet;

use super::{Promise, home, promises, said_for_all};
use crate::base::words::holds;
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::SharedPart;
use crate::model::architecture::ownership::RoutePattern;
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
        if silent && !said_for_all(project, promise).contains(&&SharedPart::Auth) {
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

/// Whether a contract says who may call it.
fn speaks_of_auth(contract: &Contract) -> bool {
    let identifies = |name: &str| {
        ["auth", "cookie", "token", "api-key", "apikey", "session"]
            .iter()
            .any(|word| holds(name, word))
    };
    contract.auth.is_some()
        || contract.headers.iter().any(|header| identifies(&header.name))
        || contract
            .error_cases
            .iter()
            .any(|case| matches!(&*case.code, "401" | "403") || holds(&case.code, "unauth"))
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
        let Model::Architecture(model) = &artifact.model else { continue };
        let mut seen = HashSet::new();
        for &span in model.integration_points.iter().filter(|&&span| seen.insert(span)) {
            found.extend(demand(artifact, facts, span));
        }
    }
    found
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
