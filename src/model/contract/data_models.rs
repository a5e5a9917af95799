//! Data models in Markdown: lists of tables with their columns, and tables of columns.

use super::declarations::object;
use super::{Contract, Contracts, Form, Member, Part, Shape, Subject, sql};
use crate::base::Span;
use crate::facts::{BlockKind, DocumentFacts, Section, SectionId, Table};

/// Labels and headings over data models.
const LABELS: &[&str] = &[
    "data models",
    "data model",
    "database schema",
    "database tables",
    "database model",
    "schema",
    "database",
    "tables",
    "entities",
    "core entities",
    "data structures",
];
/// Column heads over the names of columns.
const COLUMNS: &[&str] = &["column", "columns", "column name", "field", "field name", "attribute"];
const TYPES: &[&str] = &["type", "data type", "column type", "sql type"];

/// Adds the tables and types that lists and tables of a document describe.
pub(super) fn read(facts: &DocumentFacts, out: &mut Contracts) {
    let mut done = Span::default();
    for (id, section) in facts.sections() {
        if let Some(name) = named_table(facts, section) {
            out.list.extend(of_columns(facts, id, name));
        } else if LABELS.contains(&&*section.name) && !done.covers(section.extent) {
            done = section.extent;
            items(facts, section.extent, out);
            for (child, below) in facts.headings_in(section.extent) {
                out.list.extend(entity(facts, child, below));
            }
        }
    }
    for field in facts.fields.iter().filter(|field| LABELS.contains(&&*field.name)) {
        let inside = |section: SectionId| LABELS.contains(&&*facts.section(section).name);
        if !inside(field.section) {
            items(facts, field.content, out);
        }
    }
}

/// The name in a heading such as "Table: users" or "`users` table".
fn named_table(facts: &DocumentFacts, section: &Section) -> Option<Span> {
    if !section.name.starts_with("table ") && !section.name.ends_with(" table") {
        return None;
    }
    let title = facts.text_of(section.title);
    let inside = |from: usize, to: usize| {
        let start = section.title.start as usize;
        Some(Span::new(start + from, start + to))
    };
    if let Some(open) = title.find('`') {
        let end = open + 1 + title[open + 1..].find('`')?;
        return inside(open + 1, end).filter(|name| is_name(facts.text_of(*name)));
    }
    let colon = title.find(':')? + 1;
    let from = colon + (title[colon..].len() - title[colon..].trim_start().len());
    let length = title[from..].find([' ', '(']).unwrap_or(title.len() - from);
    let first = title[..colon].trim_start_matches(|c: char| !c.is_alphabetic());
    let name = inside(from, from + length).filter(|name| is_name(facts.text_of(*name)));
    name.filter(|_| first.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("table")))
}

/// The table that a section describes in a table of columns. Where SQL stands there, that says
/// it.
fn of_columns(facts: &DocumentFacts, id: SectionId, name: Span) -> Option<Contract> {
    let section = facts.section(id);
    if facts.codes_in(section.extent).any(|code| sql::is_sql(facts, code)) {
        return None;
    }
    let mut tables = facts.tables_in(section.extent);
    let (table, members) = tables.find_map(|table| Some((table, columns(facts, table)?)))?;
    let subject = Subject::Table { name: facts.text_of(name).to_owned() };
    let mut contract = Contract::new(subject, Form::Row, name, id);
    contract.extent = section.heading.to(table.span);
    contract.response = Some(Part { span: table.span, shape: object(members), status: None });
    Some(contract)
}

fn columns(facts: &DocumentFacts, table: &Table) -> Option<Vec<Member>> {
    let header: Vec<String> = table
        .header()
        .iter()
        .map(|cell| crate::base::words::normalize(facts.text_of(*cell)))
        .collect();
    let name = header.iter().position(|head| COLUMNS.contains(&head.as_str()))?;
    let kind = header.iter().position(|head| TYPES.contains(&head.as_str()));
    let members = table.rows().filter_map(|row| {
        let cell = *row.get(name)?;
        let column = bare(facts, cell);
        let kind = kind.and_then(|kind| row.get(kind)).map(|cell| facts.text_of(*cell));
        let shape = kind.map_or(Shape::Unsaid, |kind| held(kind.trim_matches(['`', ' '])));
        let name = facts.text_of(column).to_owned();
        is_name(&name).then_some(Member { name, optional: false, shape, span: column })
    });
    let members: Vec<Member> = members.collect();
    (!members.is_empty()).then_some(members)
}

/// Items such as "`members`: id, email, display_name".
fn items(facts: &DocumentFacts, extent: Span, out: &mut Contracts) {
    for (_, block) in facts.blocks_in(extent).filter(|(_, block)| block.kind == BlockKind::Item) {
        let own = facts.own_text(block);
        let line = if own.is_empty() { block.span } else { own };
        out.list.extend(item(facts, line, block.section));
    }
}

fn item(facts: &DocumentFacts, line: Span, section: SectionId) -> Option<Contract> {
    let text = facts.text_of(line);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "-*+".contains(c));
    let start = line.end as usize - text.len();
    let colon = text.find(':')?;
    let (head, rest) = (text.get(..colon)?, text.get(colon + 1..)?);
    let bold = |c: char| c == '*' || c == '`';
    let name = head.trim_matches(bold);
    // Words in plain are labels: "note: this, that".
    if name.len() == head.len() || !is_name(name) {
        return None;
    }
    let from = start + head.len() - head.trim_start_matches(bold).len();
    let span = Span::new(from, from + name.len());
    let rest = rest.trim_start_matches(bold);
    let members = listed(rest, start + text.len() - rest.len())?;
    let subject = subject(name);
    let mut contract = Contract::new(subject, Form::Line, span, section);
    contract.extent = line;
    let whole = Span::new(line.end as usize - rest.trim_start().len(), line.end as usize);
    contract.response = Some(Part { span: whole, shape: object(members), status: None });
    Some(contract)
}

/// Names parted by commas, each with a remark in parentheses or what it refers to at most. Prose is no list.
fn listed(text: &str, start: usize) -> Option<Vec<Member>> {
    let mut members = Vec::new();
    let (mut depth, mut from) = (0usize, 0);
    for (at, c) in text.char_indices().chain([(text.len(), ',')]) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 || at == text.len() => {
                let part =
                    text[from..at].trim_start_matches(|c: char| c.is_whitespace() || c == '`');
                let begins = start + at - part.len();
                let name = part.split(['(', '`', ' ']).next().unwrap_or("");
                let name = name.trim_end_matches(['.', ';', '?', '\r', '\n']);
                let behind =
                    part[name.len()..].trim_start_matches(['`', ' ', '?', '.', '\r', '\n']);
                let refers = behind.starts_with('→') || behind.starts_with("->");
                if !is_name(name) || !(behind.is_empty() || behind.starts_with('(') || refers) {
                    return None;
                }
                let span = Span::new(begins, begins + name.len());
                let name = name.to_owned();
                members.push(Member { name, optional: false, shape: Shape::Unsaid, span });
                from = at + 1;
            }
            _ => {}
        }
    }
    (members.len() > 1).then_some(members)
}

/// A heading with one name below "Data Model", and items such as "Email (string, unique)".
fn entity(facts: &DocumentFacts, id: SectionId, section: &Section) -> Option<Contract> {
    let title = bare(facts, section.title);
    let name = facts.text_of(title);
    if !is_name(name) {
        return None;
    }
    let mut members = Vec::new();
    let mut whole: Option<Span> = None;
    for (_, block) in facts.blocks_in(section.body).filter(|(_, one)| one.kind == BlockKind::Item) {
        let line = facts.own_text(block);
        let text = facts.text_of(line);
        let (name, kind) = text.split_once(" (")?;
        let name = name.trim_matches(['`', '*']);
        let kind = kind.strip_suffix(')')?.split(',').next().unwrap_or("");
        if !is_name(name) {
            return None;
        }
        let from = line.start as usize + text.find(name)?;
        let span = Span::new(from, from + name.len());
        members.push(Member { name: name.to_owned(), optional: false, shape: held(kind), span });
        whole = Some(whole.map_or(line, |whole| whole.to(line)));
    }
    let mut contract = Contract::new(subject(name), Form::Heading, title, id);
    contract.extent = section.heading.to(whole?);
    contract.response = Some(Part { span: whole?, shape: object(members), status: None });
    Some(contract)
}

/// `members` is a table, `Member` a type.
fn subject(name: &str) -> Subject {
    let name = name.to_owned();
    match name.starts_with(|c: char| c.is_uppercase()) {
        true => Subject::Type { name },
        false => Subject::Table { name },
    }
}

/// The type in a cell, where it is one word with what it may hold at most.
fn held(kind: &str) -> Shape {
    let word = kind.split(['(', ' ', ',']).next().unwrap_or("");
    match word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !word.is_empty() {
        true => sql::held(word),
        false => Shape::Words(kind.to_owned()),
    }
}

/// A span without marks of code and emphasis around it.
fn bare(facts: &DocumentFacts, span: Span) -> Span {
    let text = facts.text_of(span);
    let marks = |c: char| c.is_whitespace() || matches!(c, '`' | '*' | ':' | '_');
    let from = span.start as usize + text.len() - text.trim_start_matches(marks).len();
    Span::new(from, from + text.trim_matches(marks).len())
}

/// One word that can name a table or a column: `tool_watches`, `auth.users`.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
        && !text.ends_with('.')
}
