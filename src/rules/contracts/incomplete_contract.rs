use std::collections::BTreeMap;

use super::{Promise, Statement, home, promises, said_for_all};
use crate::base::{Level, RepoPath, words};
use crate::finding::Finding;
use crate::model::architecture::SharedPart;
use crate::model::contract::{self, Contract, Form, Method, Subject};
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "incomplete-contract",
    summary: "an endpoint or event is stated without its request, response or error cases",
    promises: &["S2.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/incomplete-contract.md"),
    check: Check::Project(check),
};

/// What a contract must say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Request,
    Response,
    Errors,
}

impl Part {
    const ALL: [Part; 3] = [Part::Request, Part::Response, Part::Errors];

    /// What a contract does not say where it lacks the part.
    fn told(self, subject: &Subject) -> &'static str {
        match (self, subject) {
            (Part::Request, Subject::Event { .. }) => "what it carries",
            (Part::Request, _) => "what a caller sends",
            (Part::Response, Subject::Event { .. }) => "what a consumer answers",
            (Part::Response, _) => "what comes back",
            (Part::Errors, Subject::Event { .. }) => "how handling it can fail",
            (Part::Errors, _) => "how it can fail",
        }
    }

    /// A line that says it.
    fn line(self, subject: &Subject) -> &'static str {
        let bodiless = matches!(subject, Subject::Endpoint { method: Method::Delete, .. });
        match (self, subject) {
            (Part::Request, Subject::Event { .. }) => "\"- Payload: {id: string}\"",
            (Part::Request, _) => "\"- Request: {name: string}\" or \"- Request: no body\"",
            (Part::Response, Subject::Event { .. }) => "\"- Response: {handled: boolean}\"",
            (Part::Response, _) if bodiless => "\"- Response: 204 with no body\"",
            (Part::Response, _) => "\"- Response: 200 {id: string}\"",
            (Part::Errors, Subject::Event { .. }) => "\"- Error cases: 422 (payload lacks id)\"",
            (Part::Errors, _) => "\"- Error cases: 404 (no such item)\" or \"- Error cases: none\"",
        }
    }
}

fn check(project: &Project, out: &mut Vec<Finding>) {
    let promises = promises(project);
    let events = || promises.iter().flatten().filter(|one| is_event(one.contract));
    let mut of_events = Part::ALL.to_vec();
    if !events().any(|one| says(one.contract, Part::Response)) {
        let errors = events().any(|one| says(one.contract, Part::Errors));
        of_events.retain(|&part| part == Part::Request || part == Part::Errors && errors);
    }
    let mut documents: BTreeMap<&RepoPath, Vec<Asked>> = BTreeMap::new();
    let mut elsewhere = None;
    for promise in &promises {
        let asked = asked(promise, &of_events);
        let mut lacking = asked.clone();
        lacking.retain(|&part| !promise.iter().any(|one| says(one.contract, part)));
        if !lacking.is_empty() {
            let shared = said_for_all(project, promise);
            lacking.retain(|&part| !shared.iter().any(|said| stands_for(said, part)));
        }
        if !lacking.is_empty() {
            let others = elsewhere.get_or_insert_with(|| beside(project));
            let same = || others.iter().filter(|one| one.subject == promise[0].contract.subject);
            lacking.retain(|&part| !same().any(|one| says(one, part)));
        }
        let home = home(promise);
        documents.entry(&home.artifact.path).or_default().push(Asked { home, asked, lacking });
    }
    for asked in documents.into_values() {
        report(project, asked, out);
    }
}

/// A promise with what it must say and does not.
struct Asked<'p> {
    home: Statement<'p>,
    asked: Vec<Part>,
    lacking: Vec<Part>,
}

/// One finding for each contract; one for all of a document where none says a part.
fn report(project: &Project, mut document: Vec<Asked>, out: &mut Vec<Finding>) {
    for part in Part::ALL {
        let lacking = document.iter().filter(|one| one.lacking.contains(&part)).count();
        let asked = document.iter().filter(|one| one.asked.contains(&part)).count();
        if lacking < 2 || lacking < asked {
            continue;
        }
        let place = document.iter().find(|one| one.lacking.contains(&part)).map(|one| one.home);
        let Some(place) = place else { continue };
        let first = &place.contract.subject;
        let name = place.artifact.path.name();
        let told = part.told(first);
        let message = format!("none of the {asked} contracts of {name} says {told}");
        let mut finding = Finding::at(&place.artifact.path, place.place(), message)
            .help(format!(
                "write a line such as {} below each of them; the first is {first}",
                part.line(first)
            ))
            .subject(format!("contracts: {told}"));
        for one in document.iter_mut().filter(|one| one.lacking.contains(&part)) {
            finding = one.home.in_gate(project, finding);
            one.lacking.retain(|&lacking| lacking != part);
        }
        out.push(finding);
    }
    for Asked { home, lacking, .. } in document.iter().filter(|one| !one.lacking.is_empty()) {
        let subject = &home.contract.subject;
        let told: Vec<&str> = lacking.iter().map(|part| part.told(subject)).collect();
        let lines: Vec<&str> = lacking.iter().map(|part| part.line(subject)).collect();
        let subject = home.contract.subject.to_string();
        let message = format!("{subject} does not say {}", words::either(&told, told.len()));
        let finding = Finding::at(&home.artifact.path, home.place(), message)
            .help(format!("write below it a line such as {}", words::list(&lines)))
            .subject(subject);
        out.push(home.in_gate(project, finding));
    }
}

/// What a promise must say. An event that nobody answers is sent and forgotten; where events are
/// answered, each says how and how that fails, and where one says how it fails, each does.
fn asked(promise: &Promise, of_events: &[Part]) -> Vec<Part> {
    match &promise[0].contract.subject {
        Subject::Endpoint { method, .. } => match method {
            Method::Post | Method::Put | Method::Patch => Part::ALL.to_vec(),
            Method::Get | Method::Delete => vec![Part::Response, Part::Errors],
            Method::Head | Method::Options | Method::Socket => Vec::new(),
        },
        _ if promise.iter().any(|one| one.contract.form != Form::Row) => of_events.to_vec(),
        _ => vec![Part::Request],
    }
}

fn is_event(contract: &Contract) -> bool {
    matches!(contract.subject, Subject::Event { .. })
}

fn says(contract: &Contract, part: Part) -> bool {
    match part {
        Part::Request => contract.request.is_some() || contract.query.is_some(),
        Part::Response => contract.response.is_some(),
        Part::Errors => contract.errors.is_some() || !contract.error_cases.is_empty(),
    }
}

fn stands_for(said: &SharedPart, part: Part) -> bool {
    matches!(
        (said, part),
        (SharedPart::Response, Part::Response) | (SharedPart::Errors(_), Part::Errors)
    )
}

/// The contracts of documents beside the design that no phase asks for: an `API.md` of a team
/// that writes its calls there.
fn beside(project: &Project) -> Vec<Contract> {
    let design = [Kind::Architecture, Kind::Interface].into_iter();
    let mut folders: Vec<RepoPath> =
        design.flat_map(|kind| project.documents(kind)).map(|(one, _)| one.path.folder()).collect();
    folders.sort();
    folders.dedup();
    let other = |kind| matches!(kind, Kind::Unknown | Kind::Document | Kind::Dependencies);
    let others = project.artifacts.iter().filter(|one| other(one.kind));
    let near = others.filter(|one| folders.iter().any(|folder| one.path.below(folder).is_some()));
    near.filter_map(|one| one.facts()).flat_map(|facts| contract::read(facts).list).collect()
}
