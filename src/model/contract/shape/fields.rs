//! Shapes written as a list or a table of fields.

use super::optional::{says_optional, without_mark};
use super::{Member, Object, Primitive, Shape, parse};
use crate::base::{Span, words::normalize};
use crate::facts::{DocumentFacts, Table};

/// One line of a list of fields, with how deep it is nested below the first.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    pub text: &'t str,
    pub span: Span,
    pub depth: u32,
}

/// The object whose fields a list states: "- `email` (string, required)". Nothing where a line of
/// the list is no field. In a fence, `bare` names are fields whatever stands behind them.
pub fn from_entries(entries: &[Entry<'_>], bare: bool) -> Option<Shape> {
    let mut at = 0;
    let members = members(entries, &mut at, entries.first()?.depth, 0, bare)?;
    Some(Shape::Object(Object { members, ..Object::default() }))
}

fn members(
    entries: &[Entry<'_>],
    at: &mut usize,
    depth: u32,
    level: u32,
    bare: bool,
) -> Option<Vec<Member>> {
    let mut found: Vec<Member> = Vec::new();
    while let Some(entry) = entries.get(*at) {
        if entry.depth < depth {
            break;
        }
        if entry.depth == depth {
            found.push(member(entry, bare)?);
            *at += 1;
            continue;
        }
        if level > 16 {
            *at += 1;
            continue;
        }
        let start = *at;
        let inner = members(entries, at, entry.depth, level + 1, bare);
        let Some(inner) = inner else {
            // Lines below a field that are no fields are notes on it.
            *at = start;
            while entries.get(*at).is_some_and(|entry| entry.depth > depth) {
                *at += 1;
            }
            continue;
        };
        if let Some(last) = found.last_mut() {
            let object = Shape::Object(Object { members: inner, ..Object::default() });
            last.shape = match std::mem::replace(&mut last.shape, Shape::Unsaid) {
                Shape::List(_) => Shape::List(Box::new(object)),
                Shape::Object(_) | Shape::Unsaid => object,
                said => said,
            };
        }
    }
    Some(found)
}

/// `email: string`, `` `email` (string, required): where to write``, `**email** - string`.
fn member(entry: &Entry<'_>, bare: bool) -> Option<Member> {
    let text = entry.text;
    let lead = text.len() - text.trim_start_matches(['*', '`', '"', '_', ' ', '-']).len();
    let marked = bare || text[..lead].contains(['`', '*', '"']);
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '[' | ']');
    let rest = &text[lead..];
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches(['.', '-']);
    let name = name.strip_suffix("[]").unwrap_or(name);
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let after = &rest[end..];
    let question = after.starts_with('?');
    let after = after.trim_start_matches(['?', '*', '`', '"', '_', ' ']);
    let parenthesis = after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
    let colon = after
        .strip_prefix([':', '–', '—', '-'])
        .or_else(|| parenthesis?.1.trim_start().strip_prefix(':'));
    let noted = parenthesis.and_then(|(inner, _)| typed(inner));
    let stated = || colon.and_then(|text| typed(text.trim_start_matches(['*', '`', ' '])));
    let (shape, missing) = noted.or_else(stated).unzip();
    let optional = question || missing == Some(true) || says_optional(after);
    if shape.is_none()
        && !(marked && (after.is_empty() || parenthesis.is_some() || colon.is_some()))
    {
        return None;
    }
    let span =
        Span::new(entry.span.start as usize + lead, entry.span.start as usize + lead + name.len());
    Some(Member { name: name.to_owned(), optional, shape: shape.unwrap_or(Shape::Unsaid), span })
}

/// The type that a note or a cell begins with, and whether it says that the member may be missing.
pub(super) fn typed(text: &str) -> Option<(Shape, bool)> {
    let text = text.trim().trim_matches(['`', '*']);
    let text = ["required ", "optional ", "required, ", "optional, "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let (shape, end) = parse(text, 0)?;
    let (shape, missing) = without_mark(shape, &text[..end]);
    let missing = missing || text[end..].starts_with('?');
    let rest = text[end..].trim_start_matches(['`', '*', '?']);
    let ends =
        rest.is_empty() || rest.starts_with([' ', ',', ';', '(', ')', '.', '-', '–', '—', '/']);
    let sure = match &shape {
        Shape::Name(name) => {
            Primitive::read(name).is_some()
                || name.starts_with(char::is_uppercase)
                    && (rest.is_empty() || rest.starts_with(','))
        }
        Shape::List(_) | Shape::Object(_) => true,
        Shape::Either(some) => some.iter().all(Shape::is_said),
        _ => false,
    };
    (ends && sure).then_some((shape, missing))
}

/// The object whose fields a table states: `Field | Type | Required`.
pub fn from_table(facts: &DocumentFacts, table: &Table) -> Option<Shape> {
    let header: Vec<String> =
        table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
    const NAMES: &[&str] = &[
        "field",
        "name",
        "parameter",
        "param",
        "property",
        "key",
        "attribute",
        "field name",
        "parameter name",
        "query parameter",
        "query param",
        "fields",
        "parameters",
        "argument",
    ];
    let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
    let name = column(NAMES)?;
    let kind = column(&["type", "data type", "format", "schema"]);
    let required = column(&["required", "mandatory", "req"]);
    let optional = column(&["optional"]);
    let place = column(&["in", "location", "where"]);
    let mut members = Vec::new();
    for row in table.rows() {
        let cell =
            |at: Option<usize>| at.and_then(|at| row.get(at)).map(|&cell| facts.text_of(cell));
        let Some(&span) = row.get(name) else { continue };
        let written = facts.text_of(span).trim_matches(['`', '*', ' ', '"']);
        let marked = written.ends_with('?');
        let written = written.trim_end_matches(['?', '*']);
        let outside = cell(place).is_some_and(|place| {
            matches!(place.trim().to_ascii_lowercase().as_str(), "path" | "header" | "cookie")
        });
        if written.is_empty() || written.contains(' ') || outside {
            continue;
        }
        let notes = |text: &str| !text.trim().eq_ignore_ascii_case(written) && says_optional(text);
        let no = |text: &str| {
            let text = text.trim().to_ascii_lowercase();
            text.starts_with("no")
                || text.starts_with("opt")
                || matches!(text.as_str(), "false" | "❌" | "✗" | "n")
        };
        let yes = |text: &str| {
            let text = text.trim().to_ascii_lowercase();
            text.starts_with("yes") || matches!(text.as_str(), "true" | "✅" | "✓" | "y")
        };
        let (shape, missing) = cell(kind).and_then(typed).unwrap_or((Shape::Unsaid, false));
        // Where no column tells, a remark in the row may.
        let noted = || required.is_none() && row.iter().any(|&cell| notes(facts.text_of(cell)));
        let optional = marked
            || missing
            || cell(required).is_some_and(no)
            || cell(optional).is_some_and(yes)
            || optional.is_none() && noted();
        members.push(Member { name: written.to_owned(), optional, shape, span });
    }
    (!members.is_empty()).then_some(Shape::Object(Object { members, ..Object::default() }))
}
