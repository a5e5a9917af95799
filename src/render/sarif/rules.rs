//! The records of rules in a SARIF log, from their pages.

use serde::Serialize;

use super::log::Message;
use super::{TAGS, word};
use crate::base::Level;
use crate::render::page;
use crate::render::sanitize::clipped;
use crate::render::sentence::{capital, ended};
use crate::report::RuleNote;

/// The longest description that GitHub takes, in characters, without the ellipsis of a cut.
const CLIP: usize = 1_023;

/// A `reportingDescriptor` (§3.49) with the properties that GitHub reads.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    id: &'static str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Help,
    help_uri: String,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<&'static str>,
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

pub fn rule(id: &'static str, note: &RuleNote) -> Rule {
    let summary = capital(&ended(&clipped(note.summary, CLIP - 1)));
    let part = |heading| match page::section(note.page, heading) {
        text if text.is_empty() => summary.clone(),
        text => clipped(&text, CLIP),
    };
    Rule {
        id,
        name: name(id),
        short_description: Message::new(summary.clone()),
        full_description: Message::new(part("What it does")),
        help: Help { text: part("How to fix"), markdown: markdown(note, &summary) },
        help_uri: address(id, note),
        default_configuration: Configuration { level: word(note.level) },
        properties: Properties {
            tags: note.promises.iter().copied().take(TAGS).collect(),
            precision: "high",
            severity: severity(note.level),
        },
    }
}

fn markdown(note: &RuleNote, summary: &str) -> String {
    if note.page.is_empty() { summary.to_owned() } else { page::markdown(note.page) }
}

/// Where people read about a rule, in the version that spoke: on its page, or in the manual.
fn address(id: &str, note: &RuleNote) -> String {
    let (repository, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
    let page = if note.page.is_empty() { "README" } else { id };
    format!("{repository}/blob/v{version}/rules/{page}.md")
}

/// The names that GitHub has for the levels.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Note | Level::Off => "recommendation",
    }
}

/// `MissingDeliverable`, as the standard wants names (§3.49.7).
fn name(id: &str) -> String {
    id.split('-').map(capital).collect()
}
