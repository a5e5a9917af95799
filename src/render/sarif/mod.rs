//! SARIF 2.1.0 (OASIS), with what code scanning of GitHub asks for beyond the standard.
//!
//! GitHub opens an alert for each result and finds it again by its fingerprint. So a result has
//! always a region, even where a file is missing, and no two results share a fingerprint.

mod log;
mod rules;

use super::Look;
use super::gates;
use super::paths::{encoded, is_file, plain};
use super::ranked::{Ranked, gravest};
use super::sanitize::{clean, clipped};
use super::sentence::{ended, of_failure, with_fix};
use crate::base::{Failure, Level, Position, RepoPath, words};
use crate::report::{Place, RelatedPlace, Report, Standing};
use log::{
    Artifact, Fingerprints, Invocation, Location, Message, Notification, Outcome, Region, Result,
    Run, Suppression, Tags,
};

/// How many results GitHub takes of one run; with more it refuses the file.
const RESULTS: usize = 25_000;
/// How many further places one result names.
const RELATED: usize = 100;
/// How many tags GitHub takes of one thing.
const TAGS: usize = 20;
/// The longest text of a document, in characters.
const CLIP: usize = 600;

pub fn render(report: &Report, look: Look) -> String {
    let is_waived = |standing: &Standing| matches!(standing, Standing::Waived(_));
    let mut told =
        gravest(report, |finding| finding.counted() || look.waived && is_waived(&finding.standing));
    let left_out = told.len().saturating_sub(RESULTS);
    told.truncate(RESULTS);
    let mut notifications: Vec<Notification> =
        report.notes.iter().map(|note| Notification::new("note", text(note))).collect();
    if left_out > 0 {
        let results = words::count(left_out, "result is", "results are");
        let said = format!("{results} left out, none graver than those here.");
        notifications.push(Notification::new("warning", said));
    }
    let index = |rule: &str| report.rules.keys().position(|id| *id == rule);
    let outcome = Outcome {
        verdict: report.verdict.word(),
        source: Some(clean(&report.source)),
        summary: Some(gates::verdict(report)),
    };
    let rules = report.rules.iter().map(|(id, note)| rules::rule(id, note)).collect();
    let results = told.into_iter().map(|one| result(one, index, look.waived)).collect();
    let invocation =
        Invocation { execution_successful: true, tool_execution_notifications: notifications };
    log::write(Run::new(rules, invocation, results, outcome))
}

/// A log that says that nothing was judged, so that whoever uploads it has something to upload.
pub fn failure(failure: &Failure) -> String {
    let mut notification = Notification::new("error", unlinked(&of_failure(failure, CLIP)));
    if let Some(place) = &failure.place {
        let region = Region::of(place.position, place.position);
        notification.locations.push(Location::new(artifact(&place.path), region));
    }
    let invocation = Invocation {
        execution_successful: false,
        tool_execution_notifications: vec![notification],
    };
    let outcome = Outcome { verdict: "none", source: None, summary: None };
    log::write(Run::new(Vec::new(), invocation, Vec::new(), outcome))
}

fn result<'r>(
    Ranked { finding, key }: Ranked<'r>,
    index: impl Fn(&str) -> Option<usize>,
    with_waived: bool,
) -> Result<'r> {
    let suppressions = match &finding.standing {
        Standing::Waived(reason) => vec![Suppression::new(clipped(reason, CLIP))],
        _ => Vec::new(),
    };
    let related = finding.related.iter().filter(|one| is_file(&one.path)).take(RELATED);
    Result {
        rule_id: finding.rule,
        rule_index: index(finding.rule),
        level: word(finding.level),
        message: Message::new(unlinked(&with_fix(finding, CLIP))),
        locations: [place(&finding.path, finding.place.as_ref())],
        related_locations: related.enumerate().map(|(id, one)| further(id + 1, one)).collect(),
        partial_fingerprints: Fingerprints { primary_location_line_hash: key },
        suppressions: with_waived.then_some(suppressions),
        properties: Tags {
            tags: finding.promises.iter().take(TAGS).map(|one| clean(one)).collect(),
        },
    }
}

fn further(id: usize, related: &RelatedPlace) -> Location {
    let mut location = place(&related.path, related.place.as_ref());
    location.id = Some(id);
    location.message = Some(Message::new(text(&related.message)));
    location
}

/// The place, or the beginning of the file.
fn place(path: &RepoPath, place: Option<&Place>) -> Location {
    let first = Position { line: 1, column: 1 };
    let (start, end) = place.map_or((first, first), |place| (place.start, place.end));
    Location::new(artifact(path), Region::of(start, end))
}

fn artifact(path: &RepoPath) -> Artifact {
    let path = plain(path.as_str());
    match path.starts_with('/') {
        true => Artifact { uri: format!("file://{}", encoded(path)), uri_base_id: None },
        false => Artifact { uri: encoded(path), uri_base_id: Some(log::ROOT) },
    }
}

/// The names that SARIF has for the levels.
fn word(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        Level::Note => "note",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

/// A text of a document as a message.
fn text(said: &str) -> String {
    unlinked(&ended(&clipped(said, CLIP)))
}

/// A bracket directly before a parenthesis would be a link (§3.11.6).
fn unlinked(said: &str) -> String {
    said.replace("](", "] (")
}
