//! `gatecheck inspect`: what was understood from documents.

mod contracts;
mod models;

pub(super) use contracts::shown;

use std::borrow::Cow;
use std::path::{Component, Path};

use jiff::civil::Date;

use super::args::{InspectArgs, ViewFormat};
use super::documents::{self, Named};
use super::output::Outcome;
use crate::base::{Failure, LineIndex, Span};
use crate::engine::{self, Followed, Request};
use crate::facts::{self, CheckState, DocumentFacts};
use crate::model::{self, Model, records};
use crate::render::Shown;
use crate::render::inspect::{self as view, Inspected};
use crate::source::{self, Selection};
use crate::workflow::{Deliverable, Kind, Workflow};

pub fn run(args: &InspectArgs, color: bool) -> Result<Outcome, Failure> {
    let workflows = workflows()?;
    let mut documents = Vec::new();
    for named in documents::find(&args.paths)? {
        let (workflow, found) = classify(&workflows, &named);
        let kind = args.kind.or(found.map(|one| one.kind)).unwrap_or(Kind::Unknown);
        let bytes = named.read()?;
        let (facts, model) = if describes(&named) {
            let facts = facts::extract_code(bytes);
            let model = model::read_description(kind, &facts);
            (facts, model)
        } else {
            let facts = facts::extract(bytes);
            let model = model::read(kind, &facts, workflow);
            (facts, model)
        };
        let mut document = read(&named.name(), kind, &facts, &model);
        let records = match found.filter(|one| one.kind == kind) {
            Some(deliverable) => records::read(&facts, deliverable, workflow),
            None => records::of_kind(kind, &facts, workflow).into_iter().collect(),
        };
        models::records(&mut document, &records, &Lines::of(&facts));
        documents.push(document);
    }
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => view::render(&documents, color),
        ViewFormat::Json => view::json(&documents),
    }))
}

/// Whether a file may be a description of an API, which is no Markdown.
fn describes(named: &Named) -> bool {
    let Named::File(path) = named else { return false };
    let is = |one: &str| path.extension().is_some_and(|end| end.eq_ignore_ascii_case(one));
    ["yaml", "yml", "json"].iter().any(|one| is(one))
}

/// The workflows of the project around the current folder. A document need not stand in one.
fn workflows() -> Result<Vec<Followed>, Failure> {
    let Ok(opened) = source::open(Path::new("."), Selection::WorkingTree) else {
        return engine::builtins();
    };
    let request = Request { start: opened.prefix, ..Request::new(Date::ZERO) };
    engine::followed(opened.source.as_ref(), &request)
}

/// The deliverable of a workflow that a path is: by what stands below its root, wherever that is.
fn classify<'w>(
    workflows: &'w [Followed],
    named: &Named,
) -> (&'w Workflow, Option<&'w Deliverable>) {
    let whole = match named {
        Named::Stdin => None,
        Named::File(path) => std::path::absolute(path).ok(),
    };
    let parts = whole.as_deref().map(parts).unwrap_or_default();
    for (workflow, root) in workflows {
        let root: Vec<&str> = root.components().collect();
        let last = parts.windows(root.len().max(1)).rposition(|some| some == root);
        let below = last.map(|at| parts[at + root.len()..].join("/")).unwrap_or_default();
        if let Some(found) = workflow.classify(&below) {
            let deliverable = &workflow.phases[found.phase].deliverables[found.deliverable];
            return (workflow, Some(deliverable));
        }
    }
    (&workflows[0].0, None)
}

fn parts(path: &Path) -> Vec<String> {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    parts.collect()
}

fn read(name: &str, kind: Kind, facts: &DocumentFacts, model: &Model) -> Inspected {
    let lines = Lines::of(facts);
    let sections = facts.sections.iter().filter(|section| section.level > 0);
    let mut document = Inspected {
        path: name.into(),
        kind: kind.word(),
        sections: sections
            .map(|section| view::Section {
                level: section.level,
                title: lines.text(section.title).into(),
                line: lines.line(section.heading),
            })
            .collect(),
        fields: facts
            .fields
            .iter()
            .map(|field| view::Field {
                label: lines.text(field.label).into(),
                value: lines.text(field.value).into(),
                line: lines.line(field.label),
            })
            .collect(),
        tables: facts
            .tables
            .iter()
            .map(|table| {
                let row = |cells: &[Span]| -> Vec<Shown> {
                    cells.iter().map(|cell| lines.text(*cell).into()).collect()
                };
                view::Table {
                    header: row(table.header()),
                    rows: table.rows().map(row).collect(),
                    line: lines.line(table.span),
                }
            })
            .collect(),
        checklists: facts
            .checks
            .iter()
            .map(|check| view::Check {
                state: state(check.state),
                text: lines.text(check.text).into(),
                section: lines.text(facts.section(check.section).title).into(),
                line: lines.line(check.mark),
            })
            .collect(),
        ..Inspected::default()
    };
    models::fill(&mut document, model, &lines);
    contracts::fill(&mut document, model, &lines);
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    models::points(&mut document, file, model, &lines);
    models::dependencies(&mut document, kind, model, &lines);
    document
}

fn state(state: CheckState) -> &'static str {
    match state {
        CheckState::Open => "open",
        CheckState::Done => "done",
        CheckState::Failed => "failed",
        CheckState::Partial => "partial",
    }
}

/// Texts and lines of one document.
pub(super) struct Lines<'f> {
    facts: &'f DocumentFacts,
    index: LineIndex<'f>,
}

impl<'f> Lines<'f> {
    pub fn of(facts: &'f DocumentFacts) -> Self {
        Self { facts, index: LineIndex::new(&facts.text) }
    }

    /// The text of a span on one line.
    pub fn text(&self, span: Span) -> Cow<'_, str> {
        let text = self.facts.text_of(span).trim();
        match text.contains('\n') {
            true => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            false => text.into(),
        }
    }

    pub fn line(&self, span: Span) -> u32 {
        self.index.position(span.start).line
    }
}
