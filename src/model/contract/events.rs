//! Events that a document declares without the word at the name: in a section or a table of
//! events, each with its payload.

use std::collections::HashSet;

use super::context::{Context, Standing};
use super::named::event_name;
use super::pieces::{self, item_text};
use super::{Contract, Contracts, Form, Part, Subject, parts, shape};
use crate::base::{Span, words::normalize};
use crate::facts::{BlockKind, DocumentFacts, SectionId};
use crate::model::children;

/// Whether a document may declare events: a test that costs little.
pub(super) fn may_declare(facts: &DocumentFacts) -> bool {
    facts.sections.iter().any(|section| is_events(&section.name))
        || facts.tables.iter().any(|table| {
            table.header().first().is_some_and(|&cell| facts.text_of(cell).starts_with("Event"))
        })
}

fn is_events(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    let first = name.split(' ').next().unwrap_or(name);
    name.split(' ').count() <= 4
        && (last == "events"
            || first == "events"
            || matches!(
                name,
                "event contracts" | "event contract" | "event schema" | "event schemas"
            ))
        && ![
            "consumed",
            "subscribed",
            "incoming",
            "slack",
            "calendar",
            "ui",
            "log",
            "audit",
            "analytics",
            "tracking",
            "telemetry",
        ]
        .contains(&first)
}

pub(super) fn read(facts: &DocumentFacts, contracts: &mut Contracts) {
    // What is declared by its word already is not declared again.
    let known = contracts.list.iter().map(|one| one.subject.clone());
    let mut known: HashSet<Subject> = known.collect();
    let push = &mut |contract: Contract| {
        if known.insert(contract.subject.clone()) {
            contracts.list.push(contract);
        }
    };
    let context = Context::of(facts);
    for (id, section) in facts.sections().filter(|(_, section)| is_events(&section.name)) {
        if context.at(id) == Standing::Told {
            continue;
        }
        for (child, inner) in children(facts, id) {
            headed(facts, child, inner.title, inner.extent, push);
        }
        items(facts, id, section.body, push);
    }
    for table in &facts.tables {
        let header: Vec<String> =
            table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
        let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
        let (Some(name), Some(payload)) = (
            column(&["event", "event name", "event type"]),
            column(&["payload", "data", "body", "schema", "fields"]),
        ) else {
            continue;
        };
        if context.at(table.section) == Standing::Told {
            continue;
        }
        for row in table.rows() {
            let (Some(&cell), Some(&payload)) = (row.get(name), row.get(payload)) else { continue };
            let extent = row.iter().fold(cell, |whole, &cell| whole.to(cell));
            if let Some(mut contract) = event(facts, cell, Form::Row, table.section, extent) {
                add_payload(facts, payload, &mut contract);
                push(contract);
            }
        }
    }
}

/// `### user.created` below "Events", with a payload.
fn headed(
    facts: &DocumentFacts,
    id: SectionId,
    title: Span,
    extent: Span,
    push: &mut impl FnMut(Contract),
) {
    let Some(mut contract) = event(facts, title, Form::Heading, id, extent) else { return };
    for piece in pieces::within(facts, extent) {
        parts::apply(facts, &piece, &mut contract);
    }
    parts::payload(facts, extent, &mut contract);
    if contract.says_more() {
        push(contract);
    }
}

/// "- `user.created`: {id, email}" below "Events".
fn items(facts: &DocumentFacts, id: SectionId, body: Span, push: &mut impl FnMut(Contract)) {
    for (_, item) in facts.blocks_in(body).filter(|(_, block)| block.kind == BlockKind::Item) {
        let own = item_text(facts, item);
        let Some(mut contract) = event(facts, own, Form::Line, id, item.span) else { continue };
        let end = contract.span.end.min(own.end);
        add_payload(facts, Span { start: end, end: own.end }, &mut contract);
        for piece in pieces::within(facts, Span { start: own.end, end: item.span.end }) {
            parts::apply(facts, &piece, &mut contract);
        }
        if contract.request.as_ref().is_some_and(|part| part.shape.is_said()) {
            push(contract);
        }
    }
}

/// An event by its name at the beginning of a text: two words parted by a sign, or marked as code.
fn event(
    facts: &DocumentFacts,
    text: Span,
    form: Form,
    section: SectionId,
    extent: Span,
) -> Option<Contract> {
    let written = facts.text_of(text);
    let bare = written.trim_start_matches(['`', '*', ' ']);
    let name = event_name(bare)?;
    let marked = written[..written.len() - bare.len()].contains('`');
    let compound = name.contains(['.', '_', ':'])
        || name.matches(char::is_uppercase).count() > 1 && !name.contains(' ');
    let rest = bare[name.len()..].trim_start_matches(['`', '*', ' ']);
    let ends = rest.is_empty() || rest.starts_with(['(', ':', '-', '–', '—', '{', '→']);
    if !(marked || compound) || !ends || name.contains('/') {
        return None;
    }
    let start = text.start as usize + written.len() - bare.len();
    let mut contract = Contract::new(
        Subject::Event { name: name.to_owned() },
        form,
        Span::new(start, start + name.len()),
        section,
    );
    contract.extent = extent;
    Some(contract)
}

fn add_payload(facts: &DocumentFacts, span: Span, contract: &mut Contract) {
    let text = facts.text_of(span);
    let Some(at) = text.find('{') else {
        let names = text.trim_matches(['`', '*', ' ', ':', '-']);
        let list = names.split(',').all(|one| {
            let one = one.trim_matches(['`', ' ']);
            !one.is_empty() && one.chars().all(|c| c.is_alphanumeric() || c == '_')
        });
        if contract.form == Form::Row && list {
            let (shape, _) =
                shape::parse(&format!("{{{}}}", names.replace('`', "")), span.start as usize)
                    .unzip();
            let part = Part { span, shape: shape.unwrap_or(shape::Shape::Unsaid), status: None };
            parts::request(contract, part, false);
        }
        return;
    };
    if let Some((shape, _)) = shape::parse(&text[at..], span.start as usize + at) {
        parts::request(contract, Part { span, shape, status: None }, false);
    }
}
