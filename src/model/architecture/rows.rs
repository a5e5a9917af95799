//! Features that are declared by a row or an item, and tables that say more about them.

use std::collections::HashMap;

use super::boundaries::{Container, boundary};
use super::contents::{self, announces_contract, says_owned};
use super::{Boundary, Title, needs};
use crate::base::{Span, words::normalize};
use crate::facts::{Block, BlockKind, DocumentFacts, SectionId, Table};
use crate::model::part_of;

/// Column heads over names of features.
const NAMES: &[&str] = &["feature", "component", "module", "service", "name", "domain", "boundary"];

/// Headings among the features that name none.
pub(super) const OTHER: &[&str] = &[
    "overview",
    "summary",
    "notes",
    "note",
    "rules",
    "principles",
    "introduction",
    "legend",
    "conventions",
    "boundary rules",
    "ownership rules",
    "ownership matrix",
    "ownership",
    "owns",
    "depends on",
    "dependencies",
    "api contract",
    "api contracts",
    "data models",
    "data model",
    "integration points",
    "shared resources",
    "shared",
    "cross cutting concerns",
    "in scope",
    "out of scope",
    "diagram",
    "boundary diagram",
    "general",
    "common",
    "rationale",
    "dependency graph",
    "enforcement",
    "boundary enforcement",
];
/// The rows of a table whose first column names features and another says what they own.
pub(super) fn rows(facts: &DocumentFacts, table: &Table, container: Container) -> Vec<Boundary> {
    let header: Vec<String> =
        table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
    let named = header.first().is_some_and(|name| NAMES.contains(&name.as_str()));
    // A table of components and what they do stands in any description.
    let features =
        container == Container::Boundaries || header.first().is_some_and(|n| n == "feature");
    let owning = header.iter().skip(1).any(|name| match features {
        true => says_owned(name),
        false => name.starts_with("own"),
    });
    if !named || !owning {
        return Vec::new();
    }
    let filled =
        |row: &[Span], at: usize| row.get(at).is_some_and(|cell| is_said(facts.text_of(*cell)));
    let contract = header.iter().position(|name| announces_contract(name));
    let rows = table.rows().filter(|row| filled(row, 0)).map(|row| {
        let title = Title::read(facts.text_of(row[0]));
        let extent = row.iter().fold(row[0], |whole, &cell| whole.to(cell));
        let owned = header
            .iter()
            .zip(row)
            .filter_map(|(name, &cell)| Some((name, cell)).filter(|_| says_owned(name)));
        Boundary {
            says_owned: owned.clone().any(|(_, cell)| is_said(facts.text_of(cell))),
            owned: owned.flat_map(|(name, cell)| contents::cell(facts, name, cell)).collect(),
            has_contract: contract.is_some_and(|column| filled(row, column)),
            needs: header
                .iter()
                .zip(row)
                .filter(|(name, _)| name.starts_with("depends on"))
                .flat_map(|(_, &cell)| needs::listed(facts, cell))
                .collect(),
            ..boundary(facts, title, table.section, row[0], extent)
        }
    });
    rows.collect()
}

/// The items of a list that begin with a feature's name in bold or as a label.
pub(super) fn items(facts: &DocumentFacts, id: SectionId) -> Vec<Boundary> {
    let body = facts.section(id).body;
    let outer = |block: &Block| {
        let list = block.parent.map(|list| &facts.blocks[list as usize]);
        block.kind == BlockKind::Item && list.is_some_and(|list| list.parent.is_none())
    };
    let items = part_of(&facts.blocks, body, |block| block.span).iter().filter(|one| outer(one));
    let found = items.filter_map(|item| {
        let first = part_of(&facts.inlines, item.span, |inline| inline.span).first()?;
        let field = part_of(&facts.fields, item.span, |field| field.label).iter().find(|field| {
            field.label.start <= first.span.end
                && item.span.covers(field.label)
                && field.label.start < first.span.end
        });
        let span = match field {
            _ if first.style.strong => first.span,
            Some(field) => field.label,
            None => return None,
        };
        let title = Title::read(facts.text_of(span));
        let name = normalize(&title.name);
        let other = OTHER.contains(&name.as_str()) || says_owned(&name);
        (!other).then(|| boundary(facts, title, id, span, item.span))
    });
    let found: Vec<Boundary> = found.collect();
    // Principles are listed in bold too; a list of features says of one at least what it owns.
    let owning =
        found.iter().any(|one| !one.owned.is_empty() || contents::owns_in(facts, one.extent));
    if owning { found } else { Vec::new() }
}

/// Lets the tables of the document speak for the boundaries that their rows name.
pub(super) fn complete(facts: &DocumentFacts, found: &mut [Boundary]) {
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, one) in found.iter().enumerate() {
        by_name.insert(normalize(&one.name), at);
        by_name.extend(one.label.iter().map(|label| (format!("={label}"), at)));
    }
    let named = |cell: &str| {
        let title = Title::read(cell);
        let label = title.label.and_then(|label| by_name.get(&format!("={label}")));
        label.or_else(|| by_name.get(&normalize(&title.name))).copied()
    };
    // What a section lists itself is what its feature owns; a table tells of those that list none.
    let silent: Vec<bool> = found.iter().map(|one| one.owned.is_empty()).collect();
    for table in &facts.tables {
        let header = table.header().iter().map(|&cell| normalize(facts.text_of(cell)));
        let header: Vec<String> = header.collect();
        if !header.iter().any(|name| says_owned(name) || announces_contract(name)) {
            continue;
        }
        let by_feature = header.first().is_some_and(|name| NAMES.contains(&name.as_str()));
        for row in table.rows() {
            let own = row.first().and_then(|&cell| named(facts.text_of(cell)));
            if let Some(at) = own.filter(|&at| by_feature && silent[at]) {
                let columns = header.iter().zip(row).filter(|(name, _)| says_owned(name));
                let things = columns.flat_map(|(name, &cell)| contents::cell(facts, name, cell));
                found[at].owned.extend(things);
            }
            let says = |announces: fn(&str) -> bool| {
                let mut columns = header.iter().zip(row);
                columns.any(|(name, cell)| announces(name) && is_said(facts.text_of(*cell)))
            };
            for at in row.iter().filter_map(|&cell| named(facts.text_of(cell))) {
                found[at].says_owned |= says(says_owned);
                found[at].has_contract |= says(announces_contract);
            }
        }
    }
}

/// Whether a cell says something: a dash stands for nothing.
fn is_said(cell: &str) -> bool {
    cell.chars().any(char::is_alphanumeric)
}
