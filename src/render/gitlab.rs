//! The code quality report of GitLab, which is a part of the format of Code Climate.

use std::borrow::Cow;

use serde::Serialize;

use super::json;
use super::paths::plain;
use super::ranked::{Ranked, gravest};
use super::sanitize::clean;
use super::sentence::{of_failure, with_fix};
use crate::base::{Failure, Level};
use crate::report::{Report, ReportFinding};

/// The longest text of a document, in characters.
const CLIP: usize = 600;

pub fn render(report: &Report) -> String {
    let counted = gravest(report, ReportFinding::counted);
    json::write(&counted.into_iter().map(violation).collect::<Vec<_>>())
}

/// An empty list would say that all is well, so the failure is a violation.
pub fn failure(failure: &Failure) -> String {
    let place = failure.place.as_ref();
    let path = place.map_or(".", |place| place.path.as_str());
    let begin = place.map_or(1, |place| place.position.line);
    json::write(&[Violation {
        description: of_failure(failure, CLIP),
        check_name: "no-verdict",
        fingerprint: "no-verdict".to_owned(),
        severity: "blocker",
        location: Location { path: clean(path), lines: Lines { begin, end: begin } },
    }])
}

fn violation(Ranked { finding, key }: Ranked<'_>) -> Violation<'_> {
    let place = finding.place.as_ref();
    let (begin, end) = place.map_or((1, 1), |place| (place.start.line, place.end.line));
    Violation {
        description: with_fix(finding, CLIP),
        check_name: finding.rule,
        fingerprint: key,
        severity: match finding.level {
            Level::Deny => "major",
            Level::Warn => "minor",
            Level::Note | Level::Off => "info",
        },
        location: Location {
            path: clean(plain(finding.path.as_str())),
            lines: Lines { begin, end },
        },
    }
}

#[derive(Serialize)]
struct Violation<'r> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: Cow<'r, str>,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}
