//! What every feature promises, as one table.

use serde::Serialize;

use super::inspect::{Contract, Unread};
use super::json;
use super::sanitize::{self, Shown, inert};
use super::text::{Paint, wrap};
use crate::base::words;

/// The promises of one project. Lines start at one.
#[derive(Debug, Default, Serialize)]
pub struct Promises {
    pub source: Shown,
    /// The only feature that was asked for.
    #[serde(skip)]
    pub feature: Option<Shown>,
    pub contracts: Vec<Promise>,
    pub unread: Vec<Place<Unread>>,
}

/// A contract with every place that states it. It is told as the place does that says most.
#[derive(Debug, Default, Serialize)]
pub struct Promise {
    #[serde(flatten)]
    pub contract: Contract,
    pub places: Vec<Stand>,
    /// In what the places contradict each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Shown>,
}

#[derive(Debug, Serialize)]
pub struct Stand {
    pub document: Shown,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Place<T: Serialize> {
    pub document: Shown,
    #[serde(flatten)]
    pub what: T,
}

#[derive(Serialize)]
struct Table<'p> {
    schema: u32,
    #[serde(flatten)]
    promises: &'p Promises,
}

pub fn json(promises: &Promises) -> String {
    json::write(&Table { schema: json::SCHEMA, promises })
}

/// Contracts under their features. They are expected in the order of their features.
pub fn render(promises: &Promises, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    let mut feature = None;
    for promise in &promises.contracts {
        let contract = &promise.contract;
        if feature != Some(contract.feature.as_str()) {
            let before = if feature.is_some() { "\n" } else { "" };
            let name =
                if contract.feature.is_empty() { "No feature" } else { contract.feature.as_str() };
            out.push_str(&format!("{before}{}\n", paint.bold(name)));
            feature = Some(contract.feature.as_str());
        }
        out.push_str(&format!("\n  {} {}\n", contract.method, contract.path));
        for (_, text) in contract.parts() {
            let text = sanitize::clipped(&text, 300);
            out.push_str(&format!("    {}\n", wrap(&text, 4, "      ")));
        }
        for difference in &promise.differences {
            let text = format!("stated differently: {difference}");
            out.push_str(&format!("    {}\n", paint.bad(&wrap(&text, 4, "      "))));
        }
        for place in &promise.places {
            let place = format!("{}:{}", place.document, place.line);
            out.push_str(&format!("    {}\n", paint.path(&place)));
        }
    }
    if promises.contracts.is_empty() {
        let whose = promises.feature.as_ref().map(|one| format!(" of {one}")).unwrap_or_default();
        out.push_str(&format!("No document of the design states a contract{whose}\n"));
    }
    if !promises.unread.is_empty() {
        let count = words::count(promises.unread.len(), "contract", "contracts");
        out.push_str(&format!("\n{}\n\n", paint.bold(&format!("{count} that could not be read"))));
    }
    for Place { document, what } in &promises.unread {
        let text = format!("{} ({})", what.text, what.why);
        out.push_str(&format!("  {}\n", wrap(&text, 2, "    ")));
        out.push_str(&format!("    {}\n", paint.path(&format!("{document}:{}", what.line))));
    }
    inert(&out)
}
