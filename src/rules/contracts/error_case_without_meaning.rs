use std::collections::{BTreeMap, HashSet};
use std::ptr;

use super::{Promise, Statement, home, promises, said_for_all};
use crate::base::{Level, RepoPath, words};
use crate::finding::Finding;
use crate::model::architecture::SharedPart;
use crate::model::contract::ErrorCase;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "error-case-without-meaning",
    summary: "an error case is a status code and nothing more",
    promises: &["S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/error-case-without-meaning.md"),
    check: Check::Project(check),
};

/// A document where this many contracts say only codes has one way of writing them.
const SEVERAL: usize = 3;

fn check(project: &Project, out: &mut Vec<Finding>) {
    let mut documents: BTreeMap<&RepoPath, Vec<(Statement, Vec<&ErrorCase>)>> = BTreeMap::new();
    for promise in &promises(project) {
        let bare = bare(project, promise);
        let home = home(promise);
        let stands = |one: &Statement, cases: &[&ErrorCase]| {
            one.contract
                .error_cases
                .iter()
                .any(|case| cases.iter().any(|bare| ptr::eq(*bare, case)))
        };
        if !bare.is_empty() {
            let places = std::iter::once(&home).chain(promise);
            let place = places.copied().find(|one| stands(one, &bare)).unwrap_or(home);
            documents.entry(&place.artifact.path).or_default().push((place, bare));
        }
    }
    for found in documents.into_values() {
        if let [(place, cases), rest @ ..] = &found[..]
            && found.len() >= SEVERAL
        {
            let message = format!(
                "{} contracts here name error codes without saying when they are given, {} first",
                found.len(),
                place.contract.subject
            );
            let contracts = found.iter().map(|(one, _)| one.contract.subject.to_string());
            let mut finding =
                finding(place, cases, message).subject("error cases").members(contracts);
            for (one, _) in std::iter::once(&found[0]).chain(rest) {
                finding = one.in_gate(project, finding);
            }
            out.push(finding);
            continue;
        }
        for (place, cases) in &found {
            let mut codes: Vec<&str> = cases.iter().map(|case| case.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            let subject = place.contract.subject.to_string();
            let message =
                format!("{subject} fails with {} and does not say when", words::list(&codes));
            out.push(place.in_gate(project, finding(place, cases, message).subject(subject)));
        }
    }
}

fn finding(place: &Statement, cases: &[&ErrorCase], message: String) -> Finding {
    let own = &place.contract.error_cases;
    let here = own.iter().find(|case| cases.iter().any(|bare| ptr::eq(*bare, *case)));
    let span = here.map_or(place.contract.span, |case| case.span);
    Finding::at(&place.artifact.path, span, message)
        .help("write behind each code what brings it about, as in \"404 (no such item)\"")
}

/// The codes of a promise that are explained nowhere. A name in words explains itself.
fn bare<'p>(project: &'p Project, promise: &Promise<'p>) -> Vec<&'p ErrorCase> {
    let all = || promise.iter().flat_map(|one| &one.contract.error_cases);
    let number = |case: &ErrorCase| case.code.starts_with(|c: char| c.is_ascii_digit());
    let told = |case: &ErrorCase| case.meaning.chars().any(char::is_alphabetic);
    let mut bare: Vec<&ErrorCase> = all().filter(|case| number(case) && !told(case)).collect();
    if bare.is_empty() {
        return bare;
    }
    let shared = said_for_all(project, promise);
    let of_all = shared.iter().flat_map(|part| match part {
        SharedPart::Errors(cases) => &cases[..],
        _ => &[],
    });
    let explained: HashSet<&str> =
        all().chain(of_all).filter(|case| told(case)).map(|case| case.code.as_str()).collect();
    bare.retain(|case| !explained.contains(&*case.code));
    bare
}
