use std::collections::HashSet;

use super::paths::Paths;
use super::promised::Promised;
use super::{Part, tested};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::contract::{Mention, Subject};
use crate::model::evidence::tested::{About, Line, What};
use crate::model::phrases::{List, flat, has_any, listed};
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "unknown-contract-tested",
    summary: "a test for an endpoint that no contract of the project states",
    promises: &["S2.13"],
    level: Level::Warn,
    page: include_str!("../../../rules/unknown-contract-tested.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let promised = Promised::of(project);
    // What could not be read, and an API described in another form, may state any endpoint.
    if promised.unread || described_elsewhere(project) {
        return;
    }
    let mut known = HashSet::new();
    let beginnings: HashSet<&str> = promised.paths().keys().map(Paths::first).collect();
    for one in tested(project) {
        let has_endpoint = |subject: &Subject| matches!(subject, Subject::Endpoint { .. });
        if !promised.by(one.feature).iter().any(|own| has_endpoint(own.subject)) {
            continue;
        }
        for (part, line) in one.lines() {
            for about in line.about.iter().filter(|about| line.span.covers(about.span)) {
                let What::Endpoint(mention) = &about.what else { continue };
                let beside = beginnings.contains(Paths::first(mention.route.key()));
                if !beside || promised.knows(mention) || !is_judged(part, line, about, mention) {
                    continue;
                }
                let name = part.text(about.span).replace(['`', '*'], "");
                if !known.insert((one.feature, name.clone())) || is_told(project, mention) {
                    continue;
                }
                let message =
                    format!("no contract of the project states {name}, which a test is for");
                let help = "add the endpoint to the interface that should have it, or correct the \
                            method and path here";
                let finding = one.finding(Some((part, about.span)), message);
                out.extend(finding.map(|one| one.help(help).subject(name)));
            }
        }
    }
}

/// Whether a mention is one of an endpoint that somebody should state: of a single one, with a
/// method, and neither a stand-in nor a check that there is nothing.
fn is_judged(part: Part<'_>, line: &Line, about: &About, mention: &Mention) -> bool {
    const ELSEWHERE: &List = listed!(
        "mock|mocks|mocked|stub|stubs|stubbed|fake|faked|simulated|nock|wiremock|msw|external|\
        third party|upstream|removed|no longer|deprecated|unknown route|unknown routes|\
        unknown path|unknown paths|unknown endpoint|unsupported method|wrong method|\
        method not allowed|does not exist|nonexistent|non existent|undefined route|outside"
    );
    const SERVICE: &List = listed!(
        "health|healthz|ready|readyz|live|livez|ping|status|metrics|version|docs|swagger|static|\
        assets|public|openapi|robots|favicon|health check|healthcheck"
    );
    let key = mention.route.key();
    let absent = !about.statuses.is_empty()
        && about.statuses.iter().all(|status| matches!(status, 404 | 405 | 410 | 501));
    let service = || key.split('/').any(|part| has_any(&flat(part), SERVICE));
    let words = |line: &Line| has_any(&flat(part.text(line.span)), ELSEWHERE);
    let above = line.below.and_then(|at| part.tests.lines.get(at));
    !mention.methods.is_empty()
        && !mention.open
        && !mention.foreign
        && !absent
        && !service()
        && !words(line)
        && !above.is_some_and(words)
}

/// Whether a reported deviation, or another document of the design, names the path.
fn is_told(project: &Project, mention: &Mention) -> bool {
    let path = mention.route.written();
    project.artifacts.iter().any(|artifact| {
        let Some(facts) = artifact.facts() else { return false };
        match (&*artifact.model, artifact.kind) {
            (Model::Evidence(evidence), Kind::Evidence) => evidence
                .deviations
                .entries
                .iter()
                .any(|one| facts.text_of(one.extent).contains(path)),
            (Model::Evidence(_), _) => false,
            (_, kind) => kind == Kind::Unknown && facts.text.contains(path),
        }
    })
}

/// Whether the API is described in a file that is no Markdown.
fn described_elsewhere(project: &Project) -> bool {
    project.artifacts.iter().any(|artifact| {
        let name = artifact.path.name();
        let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
        matches!(kind, "yaml" | "yml" | "json" | "graphql" | "proto")
    })
}
