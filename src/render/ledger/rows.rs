//! What the tables for people hold: changes of one thing that share their fate are one row.

use super::{Change, Entry, Ledger, Place, Reported, Resolution};
use crate::base::words;
use crate::render::sanitize::Shown;

/// A table with its heading.
pub struct Table<'l> {
    pub title: String,
    /// What the first column holds.
    pub first: &'static str,
    pub rows: Vec<Row<'l>>,
}

/// One row of a table.
pub struct Row<'l> {
    pub fate: Fate,
    pub what: &'l Shown,
    /// The differences, each as a clause; none where `what` says it all.
    pub told: Vec<&'l Shown>,
    /// Who reported it, with what the evidence calls it and where; nobody where empty.
    pub reporters: Vec<(String, Option<&'l Place>)>,
    pub resolution: Option<&'l Resolution>,
    /// Where it stands, and where it stood if that is elsewhere.
    pub places: Vec<(&'static str, &'l Place)>,
}

/// How far it has come, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Unreported,
    Open,
    Resolved,
}

/// The changes, by iteration where there are several, then what changes nothing that was agreed.
pub fn tables(ledger: &Ledger) -> Vec<Table<'_>> {
    let mut tables = Vec::new();
    let mut iterations: Vec<&Shown> = Vec::new();
    for change in &ledger.changes {
        if !iterations.contains(&&change.iteration) {
            iterations.push(&change.iteration);
        }
    }
    for iteration in iterations {
        let changes = ledger.changes.iter().filter(|one| one.iteration == *iteration);
        let whose = match ledger.several {
            true => format!(" for iteration {iteration}"),
            false => String::new(),
        };
        tables.push(Table {
            title: format!("Changes of what was agreed{whose}"),
            first: "What changed",
            rows: grouped(changes),
        });
    }
    if !ledger.entries.is_empty() {
        let mut rows: Vec<Row<'_>> = ledger.entries.iter().map(Row::of_entry).collect();
        rows.sort_by_key(|row| row.fate);
        let title = match ledger.is_compared() {
            true => "Reported deviations that change nothing that was agreed".to_owned(),
            false => "Reported deviations".to_owned(),
        };
        tables.push(Table { title, first: "What was reported", rows });
    }
    tables
}

fn grouped<'l>(changes: impl Iterator<Item = &'l Change>) -> Vec<Row<'l>> {
    let mut groups: Vec<(&Change, Row<'_>)> = Vec::new();
    for change in changes {
        match groups.iter_mut().find(|(first, _)| first.is_alike(change)) {
            Some((_, row)) => row.told.push(&change.told),
            None => groups.push((change, Row::of_change(change))),
        }
    }
    let mut rows: Vec<Row<'_>> = groups.into_iter().map(|(_, row)| row).collect();
    rows.sort_by_key(|row| row.fate);
    rows
}

impl Change {
    /// Whether both are about the same thing in the same documents and came as far.
    fn is_alike(&self, other: &Change) -> bool {
        let paths = |one: &Change| -> Vec<Shown> {
            one.places().into_iter().map(|(_, place)| place.path.clone()).collect()
        };
        (&self.thing, &self.reported, &self.resolution)
            == (&other.thing, &other.reported, &other.resolution)
            && paths(self) == paths(other)
    }

    /// Where it stands, and where it stood if that is elsewhere.
    fn places(&self) -> Vec<(&'static str, &Place)> {
        let elsewhere = |then: &&Place| then.path != self.place.path || self.place.line.is_none();
        match self.then.as_ref().filter(elsewhere) {
            // What is gone stands nowhere any more.
            Some(then) if then.path == self.place.path => vec![("agreed in", then)],
            Some(then) => vec![("in", &self.place), ("agreed in", then)],
            None => vec![("in", &self.place)],
        }
    }
}

impl<'l> Row<'l> {
    fn of_change(change: &'l Change) -> Self {
        let fate = match (change.reported.is_empty(), change.open) {
            (true, _) => Fate::Unreported,
            (false, true) => Fate::Open,
            (false, false) => Fate::Resolved,
        };
        let reporter = |one: &'l Reported| match one.title.is_empty() {
            true => (one.by.to_string(), Some(&one.place)),
            false => (format!("{}: {}", one.by, one.title), Some(&one.place)),
        };
        Self {
            fate,
            what: &change.thing,
            told: vec![&change.told],
            reporters: change.reported.iter().map(reporter).collect(),
            resolution: change.resolution.as_ref(),
            places: change.places(),
        }
    }

    fn of_entry(entry: &'l Entry) -> Self {
        let fate = if entry.open { Fate::Open } else { Fate::Resolved };
        Self {
            fate,
            what: &entry.reported.title,
            told: Vec::new(),
            reporters: vec![(entry.reported.by.to_string(), None)],
            resolution: entry.resolution.as_ref(),
            places: vec![("in", &entry.reported.place)],
        }
    }

    pub fn resolved(&self) -> &str {
        self.resolution.map_or("open", |one| one.way)
    }

    /// Every place that it can be looked up at, with what is there.
    pub fn all_places(&self) -> Vec<(&'static str, &'l Place)> {
        let mut all = self.places.clone();
        let reported = self.reporters.iter().filter_map(|(_, place)| *place);
        all.extend(reported.map(|place| ("reported in", place)));
        all.extend(self.resolution.map(|one| ("resolved in", &one.place)));
        all
    }
}

/// What to do about changes that nobody reported.
pub fn remedy(ledger: &Ledger) -> Option<String> {
    let unreported = || ledger.changes.iter().filter(|one| one.reported.is_empty());
    unreported().next()?;
    let mut features: Vec<&str> = Vec::new();
    for feature in unreported().flat_map(|one| &one.concerns) {
        if !features.contains(&feature.as_str()) {
            features.push(feature.as_str());
        }
    }
    // What belongs to the product may be reported in any evidence.
    let whose = match unreported().any(|one| one.concerns.is_empty()) {
        false => format!(" of {}", words::few(&features, 4)),
        true => String::new(),
    };
    Some(format!(
        "What is unreported needs an entry in the evidence{whose}, with what, why and impact, or \
         has to stand again as it was agreed."
    ))
}
