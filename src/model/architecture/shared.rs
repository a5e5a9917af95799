//! Reads what a document says once for all its contracts: "Common errors", "All endpoints return
//! …", "Authentication".

use crate::base::words::{holds, normalize};
use crate::base::{Extents, Span};
use crate::facts::{BlockKind, DocumentFacts, Section, SectionId};
use crate::model::contract::{Contract, Contracts, ErrorCase, Subject, error_cases};
use crate::model::part_of;

/// One thing that is said for every contract of a part of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    pub part: SharedPart,
    pub span: Span,
    /// The contracts it speaks for stand here. The whole document, unless it stands under the
    /// heading of a feature.
    pub scope: Span,
}

/// What is said once for all.
#[derive(Clone, Debug, PartialEq)]
pub enum SharedPart {
    Response,
    Errors(Vec<ErrorCase>),
    Auth,
}

/// What a document says once for all its contracts. Its integration points speak for other
/// documents too and are read elsewhere.
pub(super) fn read(
    facts: &DocumentFacts,
    contracts: &Contracts,
    integration_points: &[Span],
) -> Vec<Shared> {
    let called =
        |one: &&Contract| matches!(one.subject, Subject::Endpoint { .. } | Subject::Event { .. });
    let calls = || contracts.list.iter().filter(called);
    if calls().next().is_none() {
        return Vec::new();
    }
    // A section beside that of the last contract may speak for all of them.
    let own = |one: &Contract| {
        let end = facts.section(one.section).extent.end.max(one.span.end);
        Span { start: one.extent.start, end: one.extent.end.min(end) }
    };
    let taken: Extents = calls().map(own).chain(integration_points.iter().copied()).collect();
    let mut found = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
        if let Some(part) = of_section(facts, section)
            && !taken.cover(section.heading)
            && part_of(&contracts.list, section.extent, |one| one.span).is_empty()
        {
            found.push(Shared { part, span: section.heading, scope: scope(facts, id) });
        }
    }
    for block in &facts.blocks {
        let outer = block.kind == BlockKind::Item && !facts.is_inside(block, BlockKind::Item);
        let alone = block.kind == BlockKind::Paragraph && block.parent.is_none();
        if (outer || alone) && !taken.cover(block.span) {
            let scope = scope(facts, block.section);
            let parts = of_sentence(facts, block.span);
            found.extend(parts.map(|part| Shared { part, span: block.span, scope }));
        }
    }
    found
}

/// The part of the document that a section speaks for: what stands around it.
fn scope(facts: &DocumentFacts, id: SectionId) -> Span {
    let mut at = Some(id);
    let mut around = None;
    while let Some(id) = at {
        let section = facts.section(id);
        let real = (2..=6).contains(&section.level);
        if real && around.is_some() {
            return section.extent;
        }
        around = around.or(real.then_some(id));
        at = section.parent;
    }
    Span::new(0, facts.text.len())
}

/// "Error responses", "Status codes", "Authentication", "Common headers".
fn of_section(facts: &DocumentFacts, section: &Section) -> Option<SharedPart> {
    const AUTH: &[&str] = &[
        "auth",
        "authentication",
        "authorization",
        "authentication and authorization",
        "authentication authorization",
        "api authentication",
        "security",
        "headers",
        "common headers",
        "shared headers",
        "request headers",
        "required headers",
    ];
    let name = &*section.name;
    let failing = ["error", "errors", "failure", "failures"];
    let statuses = ["status codes", "http status codes", "response codes"].contains(&name);
    if statuses || name.split(' ').any(|word| failing.contains(&word)) {
        let cases = cases_in(facts, section.extent);
        return (!cases.is_empty()).then_some(SharedPart::Errors(cases));
    }
    let text = facts.text_of(section.extent);
    let demands = ["require", "must", "all ", "every", "each", "bearer"];
    let says = AUTH.contains(&name) && demands.iter().any(|word| holds(text, word));
    says.then_some(SharedPart::Auth)
}

/// The cases that the items, rows and lines of a part name.
fn cases_in(facts: &DocumentFacts, extent: Span) -> Vec<ErrorCase> {
    let mut found = Vec::new();
    let of = |span: Span| error_cases(facts.text_of(span), span.start as usize, true);
    for (_, block) in facts.blocks_in(extent) {
        match block.kind {
            BlockKind::Item | BlockKind::Paragraph => found.extend(of(facts.own_text(block))),
            BlockKind::Heading => {
                let section = facts.section(block.section);
                found.extend(error_cases(
                    facts.text_of(section.title),
                    section.title.start as usize,
                    false,
                ));
            }
            _ => {}
        }
    }
    for row in facts.tables_in(extent).flat_map(|table| table.rows()) {
        if let (Some(first), Some(last)) = (row.first(), row.last()) {
            found.extend(of(first.to(*last)));
        }
    }
    found
}

/// "All endpoints answer 401 without a token."
fn of_sentence(facts: &DocumentFacts, span: Span) -> impl Iterator<Item = SharedPart> {
    let text = facts.text_of(span);
    // A cheap look first: nearly no sentence speaks of all.
    let all = ["all ", "every ", "each "].iter().any(|word| holds(text, word));
    let calls = ["endpoint", "route", "request", "call", "/api"];
    let speaks = all && calls.iter().any(|word| holds(text, word));
    let words = if speaks { normalize(text) } else { String::new() };
    let has = |some: &[&str]| words.split(' ').any(|word| some.contains(&word));
    let every = has(&["all", "every", "each"]) && !words.is_empty();
    let cases = if every { anywhere(text, span.start as usize) } else { Vec::new() };
    let answers = has(&["return", "returns", "respond", "responds", "answer", "answers"]);
    let response = every && answers && cases.is_empty() && text.contains('{');
    let known = ["auth", "authentication", "authenticated", "authorization", "token", "bearer"];
    let auth = every && has(&known) && cases.is_empty();
    let errors = (!cases.is_empty()).then_some(SharedPart::Errors(cases));
    let response = response.then_some(SharedPart::Response);
    errors.into_iter().chain(response).chain(auth.then_some(SharedPart::Auth))
}

/// The cases that a sentence names amid its words.
fn anywhere(text: &str, offset: usize) -> Vec<ErrorCase> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let first = words.find(|word| {
        word.len() == 3
            && word.starts_with(['4', '5'])
            && word.bytes().all(|byte| byte.is_ascii_digit())
    });
    let at = first.map(|word| word.as_ptr() as usize - text.as_ptr() as usize);
    at.map_or_else(Vec::new, |at| error_cases(&text[at..], offset + at, false))
}

#[cfg(test)]
mod tests {
    use crate::facts::extract;
    use crate::model::architecture;
    use crate::workflow::Kind;

    use super::SharedPart;

    fn said(text: &str) -> Vec<String> {
        let document = format!("# API\n\n## Calls\n\nGET /api/x\n- Response: {{id}}\n\n{text}");
        let shown = |part: &SharedPart| match part {
            SharedPart::Response => "response".to_owned(),
            SharedPart::Auth => "auth".to_owned(),
            SharedPart::Errors(cases) => {
                let codes: Vec<&str> = cases.iter().map(|case| case.code.as_str()).collect();
                codes.join(" ")
            }
        };
        let model = architecture::read(Kind::Architecture, &extract(document.as_bytes()));
        model.shared.iter().map(|one| shown(&one.part)).collect()
    }

    #[test]
    fn what_stands_once_speaks_for_all() {
        assert_eq!(said("## Error Responses\n\n- 401 (no token)\n- 500 (broken)\n"), ["401 500"]);
        let table = "## Status codes\n\n| Code | Meaning |\n|---|---|\n| 404 | gone |\n";
        assert_eq!(said(table), ["404"]);
        assert_eq!(said("## Notes\n\nAll endpoints return 401 without a session.\n"), ["401"]);
        assert_eq!(said("## Notes\n\nEvery endpoint returns `{data, error}`.\n"), ["response"]);
        assert_eq!(said("## Authentication\n\nEvery call carries a token.\n"), ["auth", "auth"]);
    }

    #[test]
    fn the_form_of_errors_is_no_error_case() {
        let form = "## Errors\n\nEvery error body has the shape {error: {code: string}}.\n";
        assert_eq!(said(form), Vec::<String>::new());
    }
}
