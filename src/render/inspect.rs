//! What was understood from documents, so that nobody has to guess why a rule spoke.
//!
//! The types here are the view itself: plain data, made safe to show when it is filled in.

use serde::Serialize;

use super::sanitize::{Shown, inert};
use super::text::{Paint, wrap};
use super::{json, sanitize};
use crate::base::words;

/// The longest text of a document that is shown whole to people, in characters.
const CLIP: usize = 300;

/// One document as it was read. Lines start at one.
#[derive(Debug, Default, Serialize)]
pub struct Inspected {
    pub path: Shown,
    pub kind: &'static str,
    pub sections: Vec<Section>,
    pub fields: Vec<Field>,
    pub tables: Vec<Table>,
    pub checklists: Vec<Check>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stories: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub journeys: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scheduled: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviations: Option<Deviations>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suites: Vec<Outcome>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Outcome>,
    pub contracts: Vec<Contract>,
    /// The tables and types that are declared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schemas: Vec<Schema>,
    /// What looks like a contract and could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread_contracts: Vec<Unread>,
    /// What is said of how features meet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub integration_points: Vec<Named>,
    pub dependencies: Vec<Dependency>,
    /// Lines where something looks like dependencies and could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread_dependencies: Vec<u32>,
    /// What the document keeps lists of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Recorded>,
}

/// The entries of one kind in a document or a part of it.
#[derive(Debug, Serialize)]
pub struct Recorded {
    pub kind: &'static str,
    pub entries: Vec<Named>,
}

#[derive(Debug, Serialize)]
pub struct Section {
    /// 0 before any heading, 7 for a bold label that heads what follows.
    pub level: u8,
    pub title: Shown,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Field {
    pub label: Shown,
    pub value: Shown,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Table {
    pub header: Vec<Shown>,
    pub rows: Vec<Vec<Shown>>,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Check {
    pub state: &'static str,
    pub text: Shown,
    pub section: Shown,
    pub line: u32,
}

/// Something with an id or a name, and what was understood of it.
#[derive(Debug, Serialize)]
pub struct Named {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Shown>,
    pub title: Shown,
    pub line: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Shown>,
}

#[derive(Debug, Serialize)]
pub struct Deviations {
    /// `none`, `reported`, `silent` or `contradictory`.
    pub statement: &'static str,
    pub entries: Vec<Deviation>,
}

#[derive(Debug, Serialize)]
pub struct Deviation {
    pub title: Shown,
    pub line: u32,
    pub what: Option<Shown>,
    pub why: Option<Shown>,
    pub impact: Option<Shown>,
}

/// A result of a suite, or the verdict of a role.
#[derive(Debug, Serialize)]
pub struct Outcome {
    pub name: Shown,
    pub outcome: Shown,
    pub line: u32,
}

/// One promise. An event has `EVENT` for its method and its name for its path.
#[derive(Debug, Default, Serialize)]
pub struct Contract {
    pub feature: Shown,
    pub method: Shown,
    pub path: Shown,
    pub line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Body>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Body>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Body>,
    pub errors: Vec<ErrorCase>,
    /// What it says of errors where it names no case: "none".
    #[serde(skip)]
    pub failing: Option<Shown>,
}

/// A table or a type.
#[derive(Debug, Serialize)]
pub struct Schema {
    pub feature: Shown,
    /// `table` or `type`.
    pub kind: &'static str,
    pub name: Shown,
    pub shape: Shown,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Body {
    /// `{email: string, name?: string}`, whatever form it was written in.
    pub shape: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct ErrorCase {
    pub code: Shown,
    pub meaning: Shown,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Unread {
    pub text: Shown,
    pub why: Shown,
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub struct Dependency {
    pub from: Shown,
    pub to: Shown,
    pub line: u32,
    pub notation: &'static str,
}

impl Contract {
    /// What is said besides the name, each with its line.
    pub fn parts(&self) -> Vec<(u32, String)> {
        let mut parts = Vec::new();
        if let Some(required) = self.auth {
            let said = if required { "required" } else { "not required" };
            parts.push((self.line, format!("authentication: {said}")));
        }
        for header in &self.headers {
            parts.push((self.line, format!("header: {header}")));
        }
        let answer = match self.method.as_str() {
            "TABLE" => "columns",
            "TYPE" => "shape",
            _ => "response",
        };
        let bodies = [("request", &self.request), ("query", &self.query), (answer, &self.response)];
        for (name, body) in bodies {
            if let Some(body) = body {
                let status = body.status.map_or(String::new(), |status| format!("{status} "));
                parts.push((body.line, format!("{name}: {status}{}", body.shape)));
            }
        }
        if let Some(failing) = &self.failing {
            parts.push((self.line, format!("errors: {failing}")));
        }
        for case in &self.errors {
            let meaning = match case.meaning.as_str() {
                "" => "nothing said".to_owned(),
                meaning => meaning.to_owned(),
            };
            parts.push((case.line, format!("error {}: {meaning}", case.code)));
        }
        parts
    }
}

#[derive(Serialize)]
struct Inspection<'d> {
    schema: u32,
    documents: &'d [Inspected],
}

pub fn json(documents: &[Inspected]) -> String {
    json::write(&Inspection { schema: json::SCHEMA, documents })
}

pub fn render(documents: &[Inspected], color: bool) -> String {
    let mut out = String::new();
    for document in documents {
        if !out.is_empty() {
            out.push('\n');
        }
        let mut page = Page { out: String::new(), paint: Paint(color) };
        page.document(document);
        out.push_str(&page.out);
    }
    inert(&out)
}

struct Page {
    out: String,
    paint: Paint,
}

impl Page {
    fn document(&mut self, one: &Inspected) {
        let title = format!("{} (read as {})", one.path, one.kind);
        self.out.push_str(&format!("{}\n", self.paint.bold(&title)));
        self.list("section", "sections", &one.sections, |section| {
            let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
            let title = match section.level {
                0 => "(before any heading)".to_owned(),
                _ => section.title.to_string(),
            };
            (section.line, format!("{indent}{title}"))
        });
        self.list("field", "fields", &one.fields, |field| {
            (field.line, format!("{}: {}", field.label, field.value))
        });
        self.list("table", "tables", &one.tables, |table| {
            let header: Vec<&str> = table.header.iter().map(Shown::as_str).collect();
            let rows = words::count(table.rows.len(), "row", "rows");
            (table.line, format!("{} — {rows}", header.join(" | ")))
        });
        self.list("box", "boxes", &one.checklists, |check| {
            (check.line, format!("[{}] {} — {}", check.state, check.text, check.section))
        });
        self.named("story", "stories", &one.stories);
        self.named("criterion", "criteria", &one.criteria);
        self.named("journey", "journeys", &one.journeys);
        self.named("feature", "features", &one.features);
        self.named("scheduled feature", "scheduled features", &one.scheduled);
        self.named("integration point", "integration points", &one.integration_points);
        if let Some(deviations) = &one.deviations {
            self.deviations(deviations);
        }
        let outcome = |one: &Outcome| (one.line, format!("{}: {}", one.name, one.outcome));
        self.list("suite", "suites", &one.suites, outcome);
        self.list("verdict", "verdicts", &one.verdicts, outcome);
        self.contracts(&one.contracts);
        self.list("schema", "schemas", &one.schemas, |schema| {
            (schema.line, format!("{} {} {}", schema.kind, schema.name, schema.shape))
        });
        self.list("unread contract", "unread contracts", &one.unread_contracts, |unread| {
            (unread.line, format!("{} ({})", unread.text, unread.why))
        });
        self.list("dependency", "dependencies", &one.dependencies, |edge| {
            (edge.line, format!("{} needs {} ({})", edge.from, edge.to, edge.notation))
        });
        self.list("unread dependency", "unread dependencies", &one.unread_dependencies, |&line| {
            (line, "looks like a statement of dependencies and could not be read".to_owned())
        });
        for recorded in &one.records {
            let many = format!("entries of {}", recorded.kind);
            self.named(&format!("entry of {}", recorded.kind), &many, &recorded.entries);
        }
    }

    fn named(&mut self, one: &str, many: &str, items: &[Named]) {
        self.list(one, many, items, |item| {
            let id = item.id.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
            let details: Vec<&str> = item.details.iter().map(Shown::as_str).collect();
            let details = match details.is_empty() {
                true => String::new(),
                false => format!(" ({})", details.join("; ")),
            };
            (item.line, format!("{id}{}{details}", item.title))
        });
    }

    fn deviations(&mut self, deviations: &Deviations) {
        self.out.push_str(&format!("  deviations: {}\n", deviations.statement));
        for entry in &deviations.entries {
            self.line(entry.line, entry.title.as_str());
            for (name, part) in
                [("what", &entry.what), ("why", &entry.why), ("impact", &entry.impact)]
            {
                let part = part.as_ref().map_or("nothing found", Shown::as_str);
                self.line(entry.line, &format!("  {name}: {part}"));
            }
        }
    }

    fn contracts(&mut self, contracts: &[Contract]) {
        if !contracts.is_empty() {
            let count = words::count(contracts.len(), "contract", "contracts");
            self.out.push_str(&format!("  {count}\n"));
        }
        for contract in contracts {
            let Contract { method, path, feature, .. } = contract;
            let of = if feature.is_empty() { String::new() } else { format!(" of {feature}") };
            self.line(contract.line, &format!("{method} {path}{of}"));
            for (line, text) in contract.parts() {
                self.line(line, &format!("  {text}"));
            }
        }
    }

    fn list<T>(&mut self, one: &str, many: &str, items: &[T], show: impl Fn(&T) -> (u32, String)) {
        if items.is_empty() {
            return;
        }
        self.out.push_str(&format!("  {}\n", words::count(items.len(), one, many)));
        for item in items {
            let (line, text) = show(item);
            self.line(line, &text);
        }
    }

    fn line(&mut self, line: u32, text: &str) {
        let indent = text.len() - text.trim_start().len();
        let text = sanitize::clipped(text.trim_start(), CLIP);
        let taken = 9 + indent;
        let wrapped = wrap(&text, taken, &" ".repeat(taken));
        let number = self.paint.dim(&format!("{line:>6}"));
        self.out.push_str(&format!("{number} │ {}{wrapped}\n", " ".repeat(indent)));
    }
}
