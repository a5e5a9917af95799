//! What a feature needs of others, and where an architecture says how features meet.

use super::Resource;
use super::contents::{entries, kind};
use crate::base::Span;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::part_of;

/// Labels over the tables of others that a feature reads.
const READS: &[&str] = &[
    "reads",
    "reads from",
    "reads tables",
    "tables read",
    "uses tables",
    "tables used",
    "read tables",
    "uses table",
];

/// Where a boundary names what it depends on: the label of `Depends on Feature A for: …`, else
/// what is listed behind the label.
pub(super) fn needs_in(facts: &DocumentFacts, extent: Span) -> Vec<Span> {
    let mut found = Vec::new();
    for field in part_of(&facts.fields, extent, |field| field.label) {
        match field.name.strip_prefix("depends on").map(str::trim) {
            Some("" | "features" | "other features") => found.extend(listed(facts, field.content)),
            None => {}
            Some(_) => found.push(field.label),
        }
    }
    let sections = part_of(&facts.sections, extent, |section| section.heading).iter();
    for section in sections.filter(|one| &*one.name == "depends on") {
        let listed = listed(facts, section.body);
        let new = |entry: &Span| !found.iter().any(|known: &Span| known.covers(*entry));
        let new: Vec<Span> = listed.into_iter().filter(new).collect();
        found.extend(new);
    }
    found
}

/// The entries of a value, unless it says that there are none.
pub(super) fn listed(facts: &DocumentFacts, content: Span) -> Vec<Span> {
    if denies(facts.text_of(content)) {
        return Vec::new();
    }
    entries(facts, content).into_iter().map(|(entry, _)| entry).collect()
}

/// Whether a value says that there is nothing: "None (everybody else waits for this one)".
fn denies(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("");
    ["none", "nothing", "no", "nobody", "n"].iter().any(|word| word.eq_ignore_ascii_case(first))
}

/// The tables that a boundary says it reads or uses. What stands below "Reads" may be told apart
/// by labels of its own, as in `Tables: users`.
pub(super) fn uses_in(facts: &DocumentFacts, extent: Span) -> Vec<Span> {
    let fields = part_of(&facts.fields, extent, |field| field.label).iter();
    let mut found = Vec::new();
    for reading in fields.filter(|field| READS.contains(&&*field.name)) {
        let inner = part_of(&facts.fields, reading.content, |field| field.label);
        let tables = inner.iter().filter(|field| kind(&field.name) == Some(Resource::Table));
        let lists: Vec<Span> = match inner {
            [] => vec![reading.content],
            _ => tables.map(|field| field.content).collect(),
        };
        let entries = lists.into_iter().flat_map(|list| entries(facts, list));
        found.extend(entries.map(|(entry, _)| entry));
    }
    found
}

/// The items, rows and paragraphs under the headings that tell how features meet.
pub(super) fn integration_points(facts: &DocumentFacts) -> Vec<Span> {
    let titled = |name: &str| {
        let mut words = name.split(' ');
        words.any(|word| {
            matches!(
                word,
                "integration" | "integrations" | "communication" | "interaction" | "interactions"
            )
        })
    };
    let mut found = Vec::new();
    let mut done = Span::default();
    for section in facts.sections.iter().filter(|section| titled(&section.name)) {
        if section.level > 1 && !done.covers(section.extent) {
            done = section.extent;
            points(facts, section.extent, &mut found);
        }
    }
    found
}

/// Whether a document beside the architecture tells how features meet, by its file's name. A report
/// of integration tells how they met.
pub fn tells_points(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    name.contains("integration") && !name.contains("report")
}

/// The single points in a part of a document.
pub fn points(facts: &DocumentFacts, extent: Span, out: &mut Vec<Span>) {
    for (_, block) in facts.blocks_in(extent) {
        let alone = matches!(block.kind, BlockKind::Paragraph | BlockKind::Code | BlockKind::Html);
        let outer = block.kind == BlockKind::Item && !facts.is_inside(block, BlockKind::Item);
        if outer || alone && !facts.is_inside(block, BlockKind::Item) {
            out.push(block.span);
        }
    }
    let rows = facts.tables_in(extent).flat_map(|table| table.rows());
    out.extend(rows.filter_map(|row| Some(row.first()?.to(*row.last()?))));
    out.sort_unstable();
}
