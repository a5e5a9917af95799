//! The ledger: what was agreed, what stands differently now, who reported it and how it was
//! resolved.
//!
//! The types here are the view itself: plain data, made safe to show when it is filled in.

mod human;
mod markdown;
mod rows;

use serde::{Serialize, Serializer};

use super::Shown;
use super::agreements::AgreementJson;
use super::json;
use crate::base::words;
use crate::report::{AgreementReport, AgreementStanding};

/// The form of a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFormat {
    Human,
    Json,
    /// A table for the text of a pull request.
    Markdown,
}

/// The ledgers of one source.
#[derive(Debug, Default, Serialize)]
pub struct Ledgers {
    pub source: Shown,
    pub workflows: Vec<Ledger>,
    #[serde(skip)]
    pub only: Only,
}

/// What was asked for where not everything is shown.
#[derive(Debug, Default)]
pub struct Only {
    pub feature: Option<Shown>,
    pub iteration: Option<Shown>,
    pub open: bool,
}

/// The ledger of one workflow under one root. Lines start at one.
#[derive(Debug, Default, Serialize)]
pub struct Ledger {
    pub id: Shown,
    pub root: Shown,
    /// Whether its features belong to several iterations.
    #[serde(skip)]
    pub several: bool,
    #[serde(serialize_with = "agreements")]
    pub agreements: Vec<AgreementReport>,
    pub changes: Vec<Change>,
    /// Deviations that are reported and change nothing that was agreed: code departs from it.
    pub entries: Vec<Entry>,
    /// What the integration report says was updated.
    pub updates: Vec<Update>,
}

/// One promise that stands differently now.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Change {
    pub iteration: Shown,
    /// What it is about: `GET /api/tools`.
    pub thing: Shown,
    /// The kind of thing, in a word.
    pub kind: &'static str,
    /// `added`, `removed` or `changed`.
    pub way: &'static str,
    /// The difference as a clause that does not repeat the thing.
    pub told: Shown,
    #[serde(flatten)]
    pub place: Place,
    /// Where it stood in the agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Place>,
    /// The features that it concerns.
    pub concerns: Vec<Shown>,
    pub reported: Vec<Reported>,
    /// Nothing where that is open.
    pub resolution: Option<Resolution>,
    pub open: bool,
}

/// A deviation in the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reported {
    #[serde(flatten)]
    pub place: Place,
    pub title: Shown,
    /// Who wrote the evidence, where it says so, and the feature that it is of.
    pub by: Shown,
}

/// How something was resolved, and where that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Resolution {
    pub way: &'static str,
    #[serde(flatten)]
    pub place: Place,
}

/// A deviation that changes nothing that was agreed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    #[serde(flatten)]
    pub reported: Reported,
    pub resolution: Option<Resolution>,
    pub open: bool,
}

/// A contract that the integration report says was updated.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Update {
    pub title: Shown,
    #[serde(flatten)]
    pub place: Place,
    /// Whether a reported deviation or a resolution calls for it.
    pub called_for: bool,
}

/// A line of a document, or a document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    pub path: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

#[derive(Serialize)]
struct Document<'l> {
    schema: u32,
    #[serde(flatten)]
    ledgers: &'l Ledgers,
}

pub fn render(ledgers: &Ledgers, format: LedgerFormat, color: bool) -> String {
    match format {
        LedgerFormat::Human => human::render(ledgers, color),
        LedgerFormat::Json => json::write(&Document { schema: json::SCHEMA, ledgers }),
        LedgerFormat::Markdown => markdown::render(ledgers),
    }
}

fn agreements<S: Serializer>(all: &[AgreementReport], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(all.iter().map(AgreementJson::of))
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}", self.path),
            None => write!(out, "{}", self.path),
        }
    }
}

impl Ledger {
    /// What keeps it from being compared with what was agreed, with the remedy.
    fn obstacles(&self) -> Vec<&'static str> {
        let stands = |standing: AgreementStanding| {
            self.agreements.iter().any(|one| one.standing == standing)
        };
        let mut said = Vec::new();
        if self.agreements.is_empty() {
            said.push(
                "Nothing to compare yet: what was agreed is frozen when the first evidence of an \
                 implementation is there, and there is none.",
            );
        }
        if stands(AgreementStanding::Nothing) {
            said.push(
                "Where no design was agreed nothing can be compared: name the commit that holds \
                 the agreed contracts with --base REV.",
            );
        }
        if stands(AgreementStanding::Unknown) {
            said.push(
                "Nothing is compared where history is missing: fetch the whole of it with `git \
                 fetch --unshallow`.",
            );
        }
        said
    }

    /// Whether there is anything that changes could be changes of.
    fn is_compared(&self) -> bool {
        self.agreements.iter().any(|one| one.standing == AgreementStanding::Agreed)
    }

    /// The closing sentence: how much there is, how much of it was reported, what is open.
    fn closing(&self, only: &Only) -> Option<String> {
        let unreported = self.changes.iter().filter(|one| one.reported.is_empty()).count();
        let reported = self.changes.len() - unreported;
        let changes = words::count(self.changes.len(), "change", "changes");
        let mut parts = Vec::new();
        match (reported, unreported) {
            (0, 0) if only.open => {
                let nothing = self.entries.is_empty() && self.updates.is_empty();
                parts.extend(nothing.then(|| "Nothing is open".to_owned()));
            }
            (0, 0) if self.is_compared() => {
                parts.push("Nothing that was agreed has changed".to_owned());
            }
            (0, 0) => {}
            (1, 0) => parts.push(format!("{changes}, reported")),
            (0, 1) => parts.push(format!("{changes}, unreported")),
            (_, 0) => parts.push(format!("{changes}, all reported")),
            (0, _) => parts.push(format!("{changes}, none reported")),
            _ => parts.push(format!("{changes}: {reported} reported, {unreported} unreported")),
        }
        let further = self.entries.len();
        if further > 0 {
            let (one, many) = match self.changes.is_empty() {
                true => ("deviation", "deviations"),
                false => ("further deviation", "further deviations"),
            };
            parts.push(format!("{} reported", words::count(further, one, many)));
        }
        let (all, open) = (self.deviations(|_| true), self.deviations(|settled| !settled));
        match (all, open) {
            (0, _) => {}
            (_, 0) => parts.push("every reported deviation is resolved".to_owned()),
            (1, _) => parts.push("the reported deviation is not resolved".to_owned()),
            _ if all == open => parts.push("no reported deviation is resolved".to_owned()),
            (_, 1) => parts.push("1 reported deviation is not resolved".to_owned()),
            _ => parts.push(format!("{open} reported deviations are not resolved")),
        }
        (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
    }

    /// How many deviations are reported, of those that are resolved or not as asked for.
    fn deviations(&self, fits: impl Fn(bool) -> bool) -> usize {
        let changes = self.changes.iter().filter(|one| fits(one.resolution.is_some()));
        let entries = self.entries.iter().filter(|one| fits(one.resolution.is_some()));
        let mut distinct: Vec<&Reported> = Vec::new();
        let all = changes.flat_map(|one| &one.reported).chain(entries.map(|one| &one.reported));
        for one in all {
            if !distinct.contains(&one) {
                distinct.push(one);
            }
        }
        distinct.len()
    }
}

impl Only {
    /// What is shown, as the end of a title.
    fn title(&self) -> String {
        let mut said = String::new();
        if let Some(feature) = &self.feature {
            said.push_str(&format!(", {feature}"));
        }
        if let Some(iteration) = &self.iteration {
            said.push_str(&format!(", iteration {iteration}"));
        }
        if self.open {
            said.push_str(", only what is open");
        }
        said
    }
}
