use std::collections::HashMap;

use super::covering::flat_parted;
use super::promised::{Promise, Promised};
use super::{Tested, tested};
use crate::base::Level;
use crate::base::words::{count, few, list};
use crate::finding::Finding;
use crate::model::contract::Subject;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "endpoint-not-tested",
    summary: "an endpoint or event of a feature that no test in its test evidence names",
    promises: &["S2.13"],
    level: Level::Deny,
    page: include_str!("../../../rules/endpoint-not-tested.md"),
    check: Check::Project(check),
};

/// More than this in one feature have one cause, and so one finding.
const SINGLE: usize = 3;
const HELP: &str = "write a test for it, and name it in the test evidence with its method and path";

fn check(project: &Project, out: &mut Vec<Finding>) {
    let promised = Promised::of(project);
    let tested = tested(project);
    let named = |one: &Tested<'_>, promise: &Promise<'_>| {
        !one.namings(promise.subject, &promised).is_empty()
    };
    // Whether any test names what several features promise.
    let mut elsewhere: HashMap<&Subject, bool> = HashMap::new();
    for one in &tested {
        let own = promised.by(one.feature);
        let (known, mut absent): (Vec<_>, Vec<_>) =
            own.iter().partition(|promise| named(one, promise));
        absent.retain(|promise| {
            let anywhere = || tested.iter().any(|other| named(other, promise));
            !promise.shared || !*elsewhere.entry(promise.subject).or_insert_with(anywhere)
        });
        if absent.is_empty() || known.is_empty() && mostly_in_words(one, own) {
            continue;
        }
        let place = one.contract_tests();
        let feature = one.name(project);
        if absent.len() > SINGLE || known.is_empty() {
            let names: Vec<String> = absent.iter().map(|one| one.subject.to_string()).collect();
            let message = match known.is_empty() {
                true => {
                    let all = count(absent.len(), "endpoint or event", "endpoints and events");
                    format!("no test of {feature} names any of its {all}, {}", few(&names, SINGLE))
                }
                false => format!("no test of {feature} names {}", list(&names)),
            };
            let help =
                "write a test for each, and name it in the test evidence with method and path";
            let finding = one.finding(place, message);
            out.extend(finding.map(|one| one.help(help).subject(format!("{feature}: endpoints"))));
            continue;
        }
        for promise in absent {
            let message = format!("no test of {feature} names {}", promise.subject);
            let Some(finding) = one.finding(place, message) else { continue };
            let mut finding = finding.help(HELP).subject(promise.subject.to_string());
            if let Some((artifact, contract)) = promise.stated.first() {
                finding = finding.related(&artifact.path, Some(contract.span), "promised here");
            }
            out.push(finding);
        }
    }
}

/// Whether evidence without any path speaks of at least half of what is promised in words.
fn mostly_in_words(one: &Tested<'_>, own: &[Promise<'_>]) -> bool {
    own.iter().filter(|promise| in_words(one, promise)).count() * 2 >= own.len()
}

/// Whether evidence without any path speaks of an endpoint in words: "login refuses a wrong
/// password" is about `/auth/login`.
fn in_words(one: &Tested<'_>, promise: &Promise<'_>) -> bool {
    let Subject::Endpoint { route, .. } = promise.subject else { return false };
    let literal = |part: &&str| !part.contains('{') && !part.is_empty();
    let Some(last) = route.key().rsplit('/').find(literal) else { return false };
    let stem = flat_parted(last);
    let stem = stem.trim_end_matches('s');
    one.lines().any(|(part, line)| {
        let words = flat_parted(part.text(line.span));
        words.match_indices(stem).any(|(at, _)| at == 0 || words.as_bytes()[at - 1] == b' ')
    })
}

impl<'p> Tested<'p> {
    /// Where the contract tests are told of.
    fn contract_tests(&self) -> Option<(super::Part<'p>, crate::base::Span)> {
        self.parts.iter().find_map(|&part| {
            let inside = |span| part.extent.covers(span);
            let mut sections = part.facts.sections.iter().filter(|one| inside(one.extent));
            let of_contracts = |name: &str| {
                ["contract", "api", "endpoint"].iter().any(|word| name.starts_with(word))
            };
            let found = sections.find(|one| one.level > 1 && of_contracts(&one.name))?;
            Some((part, found.heading))
        })
    }
}
