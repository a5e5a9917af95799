//! Contracts in a fence: lines with a method and a path, and what stands below each.

mod names;

use super::named::{self, Name};
use super::parts::{self, Role, role};
use super::pieces::Piece;
use super::shape::{self, Entry};
use super::{Contract, Form, Part, Subject, errors, tail};
use crate::base::{Span, words::normalize};
use crate::facts::{Code, DocumentFacts};
use names::Named;
pub(super) use names::may_register;

/// The contracts of one name in a fence.
pub(super) struct Group {
    pub contracts: Vec<Contract>,
    pub name: Name,
    /// What stands behind the name makes a sentence of it, or words stand before it.
    pub loose: bool,
}

/// Languages in which a line with a method and a path is a command, a record or a part of
/// something else.
const OTHER: &[&str] = &[
    "console",
    "terminal",
    "curl",
    "log",
    "logs",
    "diff",
    "mermaid",
    "json",
    "toml",
    "dockerfile",
    "nginx",
    "plantuml",
    "csv",
];

/// The contracts that a fence states, in its order.
pub(super) fn read(facts: &DocumentFacts, code: &Code) -> Vec<Group> {
    let language = facts.text_of(code.language);
    let body = facts.text_of(code.body);
    let may_name = named::may_name(body) || may_register(body);
    if !may_name || OTHER.iter().any(|other| other.eq_ignore_ascii_case(language)) {
        return Vec::new();
    }
    let lines = lines(body, code.body.start as usize);
    let names = names::all(&lines, language);
    let ends: Vec<usize> = names.iter().skip(1).map(|next| next.at).chain([lines.len()]).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (Named { at, name, loose, alone }, end) in names.into_iter().zip(ends) {
        let line = &lines[at];
        let tail = Span::new(line.span.start as usize + name.end, line.span.end as usize);
        let contracts = name.subjects.iter().map(|subject| {
            let mut contract = Contract::new(subject.clone(), Form::Line, name.span, code.section);
            contract.extent = line.span;
            tail::read(facts.text_of(tail), tail.start as usize, &mut contract);
            contract
        });
        let contracts = contracts.collect();
        let loose = loose || !tail::parts_from(facts.text_of(tail));
        let mut group = Group { contracts, name, loose };
        if !alone {
            below(facts, &lines[at + 1..end], &mut group);
        }
        groups.push(group);
    }
    groups
}

#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    span: Span,
    indent: u32,
}

fn lines(body: &str, offset: usize) -> Vec<Line<'_>> {
    let mut at = offset;
    let mut found = Vec::new();
    for line in body.split_inclusive('\n') {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        found.push(Line {
            text,
            span: Span::new(at + indent, at + indent + text.len()),
            indent: indent as u32,
        });
        at += line.len();
    }
    found
}

/// Reads the lines below a name.
fn below(facts: &DocumentFacts, lines: &[Line<'_>], group: &mut Group) {
    let mut at = 0;
    let mut status = None;
    let mut asked = false;
    while let Some(line) = lines.get(at) {
        let (taken, piece) = piece(facts, &lines[at..]);
        let bare = line.text.trim_start_matches(['-', '*', '•', ' ']);
        let offset = line.span.end as usize - bare.len();
        if let Some(piece) = piece {
            for contract in &mut group.contracts {
                parts::apply(facts, &piece, contract);
                contract.extent = contract.extent.to(piece.extent);
            }
            at += taken;
            continue;
        }
        at += taken;
        if bare.starts_with("HTTP/") {
            let code = bare.split(' ').nth(1).and_then(|code| code.parse::<u16>().ok());
            status = Some(code);
            asked = true;
        } else if bare.starts_with(['→', '⇒'])
            || bare.starts_with("->")
            || bare.starts_with("=>")
            || bare.starts_with("returns ")
            || bare.starts_with("Returns ")
        {
            let bare = if bare.starts_with('R') { bare.get(8..).unwrap_or("") } else { bare };
            let text = format!("→ {}", bare.trim_start_matches(['→', '⇒', '-', '=', '>', ' ']));
            for contract in &mut group.contracts {
                tail::read(&text, offset.saturating_sub(text.len() - bare.len()), contract);
                contract.extent = contract.extent.to(line.span);
            }
        } else if bare.starts_with(['{', '[']) && bare == line.text {
            let whole = balanced(&lines[at - taken..]);
            let span = line.span.to(lines[at - taken + whole - 1].span);
            let parsed = shape::parse(facts.text_of(span), span.start as usize);
            for contract in &mut group.contracts {
                contract.extent = contract.extent.to(span);
                body(contract, parsed.clone().map(|(shape, _)| shape), span, status, asked);
            }
            asked = true;
            status = None;
            at += whole - taken;
        } else if let Some((name, value)) = bare.split_once(':').filter(|_| status.is_none()) {
            for contract in &mut group.contracts {
                parts::header(name, value, line.span, contract);
            }
        }
    }
}

/// A body that no label announces: what is sent with the request line, else what comes back.
fn body(
    contract: &mut Contract,
    parsed: Option<shape::Shape>,
    span: Span,
    status: Option<Option<u16>>,
    asked: bool,
) {
    let Some(parsed) = parsed else { return };
    let bodiless =
        matches!(&contract.subject, Subject::Endpoint { method, .. } if method.is_bodiless());
    let code = status.flatten();
    if let Some(code) = code.filter(|code| *code >= 400) {
        let case = super::ErrorCase { code: code.to_string(), meaning: String::new(), span };
        parts::errors_from(vec![case], contract);
    } else if status.is_some() || asked || bodiless {
        parts::response(contract, Part { span, shape: parsed, status: code });
    } else {
        parts::request(contract, Part { span, shape: parsed, status: None }, false);
    }
}

/// The labeled piece that lines begin with, and how many it takes.
fn piece<'f>(facts: &'f DocumentFacts, lines: &[Line<'f>]) -> (usize, Option<Piece<'f>>) {
    let line = lines[0];
    let bare = line.text.trim_start_matches(['-', '*', '•', ' ', '#']);
    let start = line.span.end as usize - bare.len();
    let by_status = bare.get(..3).is_some_and(|code| {
        errors::is_status(code)
            || code.starts_with('2') && code.bytes().all(|byte| byte.is_ascii_digit())
    });
    if by_status && !bare[3..].starts_with(char::is_alphanumeric) {
        let span = Span::new(start, line.span.end as usize);
        let piece = Piece {
            name: "status codes".into(),
            label: &bare[..3],
            span,
            value: span,
            extent: line.span,
            ..Piece::default()
        };
        return (1, Some(piece));
    }
    let (label, value) = match bare.split_once(':') {
        Some((label, value)) => (label, value),
        // "Response 200 {…}" has no colon.
        None => return (1, None),
    };
    let name = normalize(label);
    let Some(role) = role(&name, label) else { return (1, None) };
    let value_at = line.span.end as usize - value.len();
    let mut taken = 1;
    let mut end = line.span.end as usize;
    let opens = |text: &str| text.matches(['{', '[']).count() > text.matches(['}', ']']).count();
    let next_body = value.trim().is_empty()
        && lines.get(1).is_some_and(|next| next.text.starts_with(['{', '[']));
    if opens(value) || next_body {
        let skipped = usize::from(next_body);
        taken = balanced(&lines[skipped..]) + skipped;
        end = lines[taken - 1].span.end as usize;
    }
    let empty = value.trim().is_empty() && !next_body;
    let mut entries: Vec<Entry<'f>> = Vec::new();
    while let Some(next) = lines.get(taken).filter(|next| !next.text.is_empty()) {
        let bullet = next.text.starts_with(['-', '*', '•']);
        let text = next.text.trim_start_matches(['-', '*', '•', ' ']);
        let announces = |label: &str| super::parts::role(&normalize(label), label).is_some();
        let other = text.split_once(':').is_some_and(|(label, _)| announces(label));
        let nested = next.indent > line.indent;
        let listed = empty && (bullet || nested) && (nested || !other);
        if !(listed || nested && bullet) || other && !nested {
            break;
        }
        let span = Span::new(next.span.end as usize - text.len(), next.span.end as usize);
        entries.push(Entry { text: facts.text_of(span), span, depth: next.indent });
        taken += 1;
    }
    let extent = Span::new(line.span.start as usize, end).to(lines[taken - 1].span);
    let value = if role == Role::Header {
        Span::new(value_at, line.span.end as usize)
    } else {
        Span::new(value_at, end)
    };
    let piece = Piece {
        name: name.into(),
        label,
        span: Span::new(start, start + label.len()),
        value,
        entries,
        is_drawn: true,
        extent,
        ..Piece::default()
    };
    (taken, Some(piece))
}

/// How many lines a body takes that begins in the first.
fn balanced(lines: &[Line<'_>]) -> usize {
    let mut depth = 0i64;
    for (at, line) in lines.iter().enumerate() {
        depth += line.text.matches(['{', '[']).count() as i64;
        depth -= line.text.matches(['}', ']']).count() as i64;
        if depth <= 0 {
            return at + 1;
        }
    }
    lines.len().max(1)
}

#[cfg(test)]
mod tests {
    use crate::facts::extract;
    use crate::model::contract::read;

    fn names(text: &str) -> String {
        let contracts = read(&extract(text.as_bytes()));
        let names = contracts.list.iter().map(|one| one.subject.to_string());
        names.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn fences_name_endpoints_in_lists_trees_yaml_and_code() {
        let rows = [
            (
                "POST /login   - ✅ Implemented (LoginHandler)\n GET  /me\n",
                "",
                "POST /login, GET /me",
            ),
            ("- [ ] POST /login - sends a token\n- [ ] Send a mail\n", "ts", "POST /login"),
            ("- [ ] POST /login answers 200\n", "ts", ""),
            ("│   ├── route.ts  # GET /x\n│   └── a.ts  # calls GET /y\n", "", "GET /x"),
            (
                "api:\n  - GET /users/:id\n  - PUT /users/:id  # own only\n",
                "yaml",
                "GET /users/:id, PUT /users/:id",
            ),
            ("consumes:\n  - GET /users/:id\n", "yaml", ""),
            ("depends-on:\n  endpoints:\n  - GET /users/:id\n", "yaml", ""),
            ("steps:\n- run: curl\n  api:\nlog:\n- GET /users\n", "yaml", ""),
            (
                "app.get(\"/health\", ok);\n// Events\napp.post('/events', this::take);\n",
                "java",
                "GET /health, POST /events",
            ),
            ("@app.get(\"/a\")\ndef a(): ...\n@app.put(\"/a\")\n", "py", "GET /a, PUT /a"),
            ("app.get('/x').expect(200);\napp.get('/y').expect(200);\n", "js", ""),
            ("app.get('/only', show);\n", "js", ""),
            ("router.get('/x', show);\nrouter.get('/y', show);\n", "js", ""),
        ];
        for (body, language, expected) in rows {
            assert_eq!(
                names(&format!("# Service\n\n```{language}\n{body}```\n")),
                expected,
                "{body}"
            );
        }
    }

    #[test]
    fn what_only_traces_or_tells_states_nothing() {
        let list = "```\nPOST /login - Implemented\n```\n";
        let rows = [
            (format!("# Changelog\n\n**Implemented Endpoints:**\n\n{list}"), "POST /login"),
            (format!("# Changelog\n\n## Added\n\n**New Endpoints:**\n\n{list}"), ""),
            (format!("# Login: Acceptance Matrix\n\n## API\n\n{list}"), ""),
            ("# Client\n\n- [x] `DELETE /a` → 200 → back to the list\n".to_owned(), ""),
            ("# Client\n\n## API\n\n- [x] `DELETE /a` - takes it away\n".to_owned(), "DELETE /a"),
            ("# X\n\n## Sample Interactions\n\n- `PUT /a`\n- Body: `{a}`\n".to_owned(), ""),
            ("# X\n\n- **Routes:** POST `/a`, POST `/b`.\n".to_owned(), "POST /a, POST /b"),
        ];
        for (text, expected) in rows {
            assert_eq!(names(&text), expected, "{text}");
        }
    }
}
