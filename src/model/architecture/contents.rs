//! Reads what stands inside one feature's boundary: what it owns and what it promises.

use super::{Owned, Resource};
use crate::base::Span;
use crate::base::words::{List, listed, normalize};
use crate::facts::{DocumentFacts, InlineKind, Section, Table};
use crate::model::part_of;

/// Labels, headings and columns that say what a feature owns, in any of the words for it.
const OWNS: &[&str] = &[
    "owned",
    "owner",
    "owners",
    "ownership",
    "owns",
    "responsibilities",
    "responsibility",
    "responsible for",
    "scope",
    "in scope",
    "boundary",
    "boundaries",
    "key components",
    "components",
    "modules",
    "resources",
];
const ROUTES: &[&str] =
    &["routes", "route", "api routes", "page routes", "pages", "urls", "screens", "views"];
const TABLES: &[&str] = &[
    "tables",
    "table",
    "database tables",
    "db tables",
    "collections",
    "database",
    "databases",
    "data",
    "entities",
    "storage",
    "data ownership",
    "data owned",
];
const STATE: &[&str] = &["state", "client state", "frontend state", "ui state", "stores", "store"];
const PATHS: &[&str] = &[
    "code",
    "code paths",
    "directories",
    "directory",
    "files",
    "folders",
    "packages",
    "package",
    "paths",
    "source",
    "source files",
    "code ownership",
];
/// Words in a heading, a label or a column that announce a contract.
const CONTRACT: &[&str] = &[
    "api",
    "apis",
    "contract",
    "contracts",
    "endpoint",
    "endpoints",
    "event",
    "events",
    "exports",
    "exposes",
    "interface",
    "interfaces",
    "operations",
    "provides",
    "signatures",
];
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Whether a label or column says what is owned.
pub(super) fn says_owned(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or("");
    OWNS.contains(&name) || matches!(first, "owns" | "owned" | "ownership") || kind(name).is_some()
}

/// Whether a label can mean nothing but ownership, so that it makes a feature of its section.
/// "Responsibilities" stand in any description of a component.
pub(super) fn is_ownership(name: &str) -> bool {
    const SURE: &[&str] = &["routes", "api routes", "tables", "database tables", "state"];
    name.split(' ').next().is_some_and(|word| matches!(word, "owns" | "owned" | "ownership"))
        || SURE.contains(&name)
}

/// What kind of thing a label announces.
pub(super) fn kind(name: &str) -> Option<Resource> {
    let name = ["owned ", "owns "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let kinds = [
        (ROUTES, Resource::Route),
        (TABLES, Resource::Table),
        (STATE, Resource::State),
        (PATHS, Resource::Path),
    ];
    kinds.iter().find(|(names, _)| names.contains(&name)).map(|&(_, kind)| kind)
}

/// Whether a label or heading announces a contract.
pub(super) fn announces_contract(name: &str) -> bool {
    name.split(' ').any(|word| CONTRACT.contains(&word))
}

/// Whether a span says what is owned: by a label, a heading, a table or the verb itself.
pub(super) fn owns_in(facts: &DocumentFacts, extent: Span) -> bool {
    let fields = || part_of(&facts.fields, extent, |field| field.label).iter();
    let sections = || headings(facts, extent);
    let tables = || part_of(&facts.tables, extent, |table| table.span).iter();
    fields().any(|field| says_owned(&field.name))
        || sections().any(|section| says_owned(&section.name))
        || tables()
            .any(|table| edges(table).any(|cell| says_owned(&normalize(cell.of(&facts.text)))))
        || prose(facts, extent).any(|text| {
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word.eq_ignore_ascii_case("owns"))
        })
}

/// Whether a span states a contract or has a place for one.
pub(super) fn contract_in(facts: &DocumentFacts, extent: Span) -> bool {
    let fields = || part_of(&facts.fields, extent, |field| field.label).iter();
    let sections = || headings(facts, extent);
    let tables = || part_of(&facts.tables, extent, |table| table.span).iter();
    fields().any(|field| announces_contract(&field.name))
        || sections().any(|section| announces_contract(&section.name))
        || names_endpoint(facts.text_of(extent))
        || tables().any(|table| {
            let header = table.header().iter().map(|cell| normalize(cell.of(&facts.text)));
            let method = |name: String| matches!(name.as_str(), "method" | "verb" | "endpoint");
            header.into_iter().any(method)
        })
        || part_of(&facts.codes, extent, |code| code.span).iter().any(|code| {
            // A type has a shape and promises nothing; a signature has parentheses.
            let language = facts.text_of(code.language);
            let data = ["sql", "mermaid", "prisma", "css"].contains(&language);
            extent.covers(code.span) && !data && facts.text_of(code.body).contains('(')
        })
}

/// Whether a text holds a method with a path, or an event: `POST /api/x`, `EVENT user.deleted`.
fn names_endpoint(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_start_matches(['#', '-', '*', '`', ' ']));
    lines.any(|line| line.starts_with("EVENT "))
        || METHODS.iter().any(|method| {
            text.match_indices(method).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after =
                    text[at + method.len()..].trim_start_matches([' ', '`', '*', '|', '\t']);
                before.is_none_or(|c| !c.is_alphanumeric()) && after.starts_with('/')
            })
        })
}

/// The single things that a cell of a column lists.
pub(super) fn cell(facts: &DocumentFacts, name: &str, cell: Span) -> Vec<Owned> {
    listed(facts, kind(name).unwrap_or(Resource::Other), cell, is_ownership(name))
}

/// The things listed under a label, which may be sure to mean ownership. What only "Owns"
/// announces shows its kind itself.
pub(super) fn listed(
    facts: &DocumentFacts,
    kind: Resource,
    content: Span,
    sure: bool,
) -> Vec<Owned> {
    let shown = |span: Span| {
        let after = facts.text.get(span.end as usize..content.end as usize).unwrap_or("");
        let table = after.trim_start_matches(['`', ' ']).starts_with("table");
        match facts.text_of(span) {
            text if text.starts_with('/') => Resource::Route,
            _ if table => Resource::Table,
            text if text.contains('/') && !text.contains(' ') => Resource::Path,
            _ => Resource::Other,
        }
    };
    let entries = entries(facts, content).into_iter();
    let entries = entries.filter(|&(span, _)| !says_none(facts.text_of(span)));
    let owned = entries.map(|(span, remark)| Owned {
        kind: if kind == Resource::Other { shown(span) } else { kind },
        span,
        claimed: sure && !disclaims(facts.text_of(remark)),
    });
    owned.collect()
}

/// Whether an entry says that there is none.
fn says_none(entry: &str) -> bool {
    const NONE: &List = listed!("none|no|nothing|nil|n a|na|not applicable|none yet");
    NONE.has(&normalize(entry))
}

/// Whether a remark behind a thing says that it is somebody else's as well: `(read-only)`,
/// `(via Feature A)`, `- shared`.
fn disclaims(remark: &str) -> bool {
    const SHARED: &List = listed!(
        "read|reads|readonly|link|links|linked|redirect|redirects|share|shared|shares|via|from|use|\
         uses|used|consumes|extends|extended|embeds|owned|see|feature|features|reference|\
         references|external|existing|proxy|proxied|mounted|cached|view|views|not|except|by"
    );
    let mut words = remark.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| SHARED.has(&word.to_lowercase()))
}

/// Whether a listed thing is said to be somebody else's as well, by the remark behind it.
pub fn is_shared(facts: &DocumentFacts, thing: Span) -> bool {
    let rest = &facts.text[thing.end as usize..];
    disclaims(rest.split([',', ';', '|', '\n']).next().unwrap_or(rest))
}

/// The entries of a value, each with what stands behind it: the lines of a list, and the members
/// of each line parted by commas. Where entries are written as code, what is not is a remark.
pub(super) fn entries(facts: &DocumentFacts, content: Span) -> Vec<(Span, Span)> {
    let text = facts.text_of(content);
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let (mut depth, mut from, mut explained) = (0usize, 0, false);
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' if depth > 0 => {}
            ',' | ';' | '\n' => {
                // What follows in the line of `users: id, email` are no entries.
                if !explained {
                    found.extend(entry(text, from, at).map(|(from, to)| (from, to, at)));
                }
                explained = c == ',' && (explained || text[from..at].contains(": "));
                (from, depth) = (at + 1, 0);
            }
            _ => {}
        }
    }
    let is_code = |&(from, ..): &(usize, usize, usize)| text[..from].ends_with('`');
    if found.iter().any(is_code) {
        found.retain(is_code);
    }
    let start = content.start as usize;
    let span = |from: usize, to: usize| Span::new(start + from, start + to);
    found.into_iter().map(|(from, to, end)| (span(from, to), span(to, end))).collect()
}

/// One entry without bullet, marks and the remark behind it.
fn entry(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    // Rows of tables are read by their columns.
    if text[from..to].trim_start().starts_with('|') {
        return None;
    }
    let bullet = |c: char| c.is_whitespace() || "-+•*_".contains(c);
    let bare = text[from..to].trim_start_matches(bullet);
    let (start, bare) = match bare.strip_prefix('`') {
        Some(code) => (to - code.len(), &code[..code.find('`').unwrap_or(code.len())]),
        None => (to - bare.len(), bare),
    };
    let remark =
        [" (", " - ", " – ", " — ", "** ", ": "].iter().filter_map(|mark| bare.find(mark)).min();
    let bare = bare[..remark.unwrap_or(bare.len())].trim_end_matches([' ', '_', '\r']);
    // One point ends a sentence, several stand for whatever follows: `/api/todos/...`.
    let ended = bare.strip_suffix('.').filter(|rest| !rest.ends_with('.'));
    let bare = ended.unwrap_or(bare).trim_end_matches([' ', '_']);
    (!bare.is_empty()).then_some((start, start + bare.len()))
}

/// The texts of a span that are neither code nor markup.
fn prose(facts: &DocumentFacts, extent: Span) -> impl Iterator<Item = &str> {
    let from = facts.inlines.partition_point(|inline| inline.span.start < extent.start);
    let rest = facts.inlines[from..].iter().take_while(move |inline| extent.covers(inline.span));
    rest.filter(|inline| inline.kind == InlineKind::Text).map(|inline| facts.text_of(inline.span))
}

/// The cells of the first row and of the first column.
fn edges(table: &Table) -> impl Iterator<Item = &Span> {
    table.header().iter().chain(table.rows().filter_map(|row| row.first()))
}

/// The headings inside an extent, below its own.
pub(super) fn headings(facts: &DocumentFacts, extent: Span) -> impl Iterator<Item = &Section> {
    let below = part_of(&facts.sections, extent, |section| section.heading).iter();
    below.filter(move |section| section.heading.start > extent.start)
}
