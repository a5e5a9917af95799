//! The objects of SARIF 2.1.0 that a log of ours is made of, named as in the standard.

use std::borrow::Cow;

use serde::Serialize;

use super::rules::Rule;
use crate::base::Position;
use crate::render::json;

/// What relative paths are relative to, by the name that GitHub uses.
pub const ROOT: &str = "%SRCROOT%";

/// A log of one run, as text.
pub fn write(run: Run<'_>) -> String {
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    json::write(&Log { schema, version: "2.1.0", runs: [run] })
}

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run<'r> {
    tool: Tool,
    invocations: [Invocation; 1],
    automation_details: Automation,
    original_uri_base_ids: Bases,
    column_kind: &'static str,
    results: Vec<Result<'r>>,
    properties: Outcome<'r>,
}

impl<'r> Run<'r> {
    pub fn new(
        rules: Vec<Rule>,
        invocation: Invocation,
        results: Vec<Result<'r>>,
        properties: Outcome<'r>,
    ) -> Self {
        let description = Message::new("The folder that paths are named from.".to_owned());
        Self {
            tool: Tool { driver: Driver::new(rules) },
            invocations: [invocation],
            automation_details: Automation { id: "gatecheck/" },
            original_uri_base_ids: Bases { root: Base { description } },
            column_kind: "unicodeCodePoints",
            results,
            properties,
        }
    }
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule>,
}

impl Driver {
    fn new(rules: Vec<Rule>) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let information_uri = env!("CARGO_PKG_REPOSITORY");
        Self { name: "gatecheck", version, semantic_version: version, information_uri, rules }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation {
    pub execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tool_execution_notifications: Vec<Notification>,
}

/// Something about the run itself.
#[derive(Serialize)]
pub struct Notification {
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
}

impl Notification {
    pub fn new(level: &'static str, message: String) -> Self {
        Self { level, message: Message::new(message), locations: Vec::new() }
    }
}

/// What code scanning calls the category, which parts the results of several tools.
#[derive(Serialize)]
struct Automation {
    id: &'static str,
}

#[derive(Serialize)]
struct Bases {
    #[serde(rename = "%SRCROOT%")]
    root: Base,
}

#[derive(Serialize)]
struct Base {
    description: Message,
}

/// How the run ended, in our own words.
#[derive(Serialize)]
pub struct Outcome<'r> {
    pub verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Cow<'r, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Result<'r> {
    pub rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: Message,
    pub locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location>,
    pub partial_fingerprints: Fingerprints,
    /// All results of a run have them, or none has (§3.27.23).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressions: Option<Vec<Suppression>>,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    pub properties: Tags<'r>,
}

/// The only fingerprint that code scanning looks at.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fingerprints {
    pub primary_location_line_hash: String,
}

/// Why a result does not count.
#[derive(Serialize)]
pub struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

impl Suppression {
    pub fn new(justification: String) -> Self {
        Self { kind: "external", status: "accepted", justification }
    }
}

#[derive(Serialize)]
pub struct Tags<'r> {
    pub tags: Vec<Cow<'r, str>>,
}

impl Tags<'_> {
    fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

impl Location {
    pub fn new(artifact_location: Artifact, region: Region) -> Self {
        let physical_location = Physical { artifact_location, region };
        Self { id: None, physical_location, message: None }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri_base_id: Option<&'static str>,
}

/// Lines and columns start at one; the end column is the first that does not belong to it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl Region {
    pub fn of(start: Position, end: Position) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

#[derive(Serialize)]
pub struct Message {
    text: String,
}

impl Message {
    pub fn new(text: String) -> Self {
        Self { text }
    }
}
