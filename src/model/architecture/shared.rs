//! Reads what a document says once for all its contracts: "Common errors", "All endpoints return
//! …", "Authentication".

use crate::base::words::{holds, normalize};
use crate::base::{Extents, Span};
use crate::facts::{BlockKind, DocumentFacts, Section, SectionId};
use crate::model::contract::{Contract, Contracts, ErrorCase, Subject, error_cases, error_rows};
use crate::model::part_of;
use crate::workflow::Kind;

use super::Boundary;

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
/// documents too and are read elsewhere. An architecture may leave the contracts to interfaces
/// and speak for them all the same.
pub(super) fn read(
    kind: Kind,
    facts: &DocumentFacts,
    contracts: &Contracts,
    boundaries: &[Boundary],
    integration_points: &[Span],
) -> Vec<Shared> {
    let calls = || contracts.list.iter().filter(|one| is_called(one));
    if calls().next().is_none() && kind != Kind::Architecture {
        return Vec::new();
    }
    let scope = |id: SectionId| scope(facts, contracts, boundaries, id);
    // A section beside that of the last contract may speak for all of them.
    let own = |one: &Contract| {
        let end = facts.section(one.section).extent.end.max(one.span.end);
        Span { start: one.extent.start, end: one.extent.end.min(end) }
    };
    let taken: Extents = calls().map(own).chain(integration_points.iter().copied()).collect();
    let mut found = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 0) {
        let alone = || part_of(&contracts.list, section.extent, |one| one.span).is_empty();
        if let Some(part) = of_section(facts, section, alone)
            && !taken.cover(section.heading)
            && (part == SharedPart::Auth || alone())
        {
            found.push(Shared { part, span: section.heading, scope: scope(id) });
        }
    }
    for block in &facts.blocks {
        let outer = block.kind == BlockKind::Item && !facts.is_inside(block, BlockKind::Item);
        let quoted = |id| facts.blocks[id as usize].kind == BlockKind::Quote;
        let alone = block.kind == BlockKind::Paragraph && block.parent.is_none_or(quoted);
        if (outer || alone) && !taken.cover(block.span) {
            let parts: Vec<SharedPart> = of_sentence(facts, block.span).collect();
            // Hardly any sentence speaks for others, and finding for which ones takes a while.
            if !parts.is_empty() {
                let (span, scope) = (block.span, scope(block.section));
                found.extend(parts.into_iter().map(|part| Shared { part, span, scope }));
            }
        }
    }
    found
}

fn is_called(contract: &Contract) -> bool {
    matches!(contract.subject, Subject::Endpoint { .. } | Subject::Event { .. })
}

/// The part of the document that a section speaks for: the nearest around it that belongs to a
/// feature or states a contract. One of conventions alone speaks for the document.
fn scope(
    facts: &DocumentFacts,
    contracts: &Contracts,
    boundaries: &[Boundary],
    id: SectionId,
) -> Span {
    let mut at = Some(id);
    let mut around = None;
    while let Some(id) = at {
        let section = facts.section(id);
        let real = (2..=6).contains(&section.level);
        let owned = || boundaries.iter().any(|one| one.extent.covers(section.heading));
        let calls = || part_of(&contracts.list, section.extent, |one| one.span);
        if real && around.is_some() && (owned() || calls().iter().any(is_called)) {
            return section.extent;
        }
        around = around.or(real.then_some(id));
        at = section.parent;
    }
    Span::new(0, facts.text.len())
}

/// "Error responses", "Status codes", "Authentication", "Common headers".
///
/// Where it is not `alone`, contracts stand below it, each of which speaks for itself.
fn of_section(
    facts: &DocumentFacts,
    section: &Section,
    alone: impl Fn() -> bool,
) -> Option<SharedPart> {
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
    if !AUTH.contains(&name) {
        return None;
    }
    let text = facts.text_of(if alone() { section.extent } else { section.body });
    let demands = ["require", "must", "all ", "every", "each", "bearer"];
    demands.iter().any(|word| holds(text, word)).then_some(SharedPart::Auth)
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
    found.extend(facts.tables_in(extent).flat_map(|table| error_rows(facts, table)));
    found
}

/// "All endpoints answer 401 without a token."
fn of_sentence(facts: &DocumentFacts, span: Span) -> impl Iterator<Item = SharedPart> {
    let text = facts.text_of(span);
    // A cheap look first: nearly no sentence speaks of all.
    let all = ["all ", "every ", "each ", "everything"].iter().any(|word| holds(text, word));
    let calls = ["endpoint", "route", "request", "call", "/api", "everything"];
    let speaks = all && calls.iter().any(|word| holds(text, word));
    let words = if speaks { normalize(text) } else { String::new() };
    let has = |some: &[&str]| words.split(' ').any(|word| some.contains(&word));
    let every = has(&["all", "every", "each", "everything"]) && !words.is_empty();
    let cases = if every { anywhere(text, span.start as usize) } else { Vec::new() };
    let answers = has(&["return", "returns", "respond", "responds", "answer", "answers"]);
    let response = every && answers && cases.is_empty() && text.contains('{');
    const KNOWN: &[&str] = &[
        "auth",
        "authentication",
        "authenticated",
        "authorization",
        "token",
        "bearer",
        "jwt",
        "login",
        "session",
        "cookie",
        "protected",
        "secured",
    ];
    let logged = || words.contains("logged in") || words.contains("signed in");
    let auth = every && (has(KNOWN) || logged()) && cases.is_empty();
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
        shown(&format!("# API\n\n## Calls\n\nGET /api/x\n- Response: {{id}}\n\n{text}"))
    }

    fn shown(document: &str) -> Vec<String> {
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
        assert_eq!(said("## Notes\n\nAll endpoints are protected.\n"), ["auth"]);
        assert_eq!(said("## Notes\n\n> Login required for everything below.\n"), ["auth"]);
        let headers = "## Common headers\n\n| Authorization | Bearer x |\n|---|---|\n\n\
            ### GET /api/y\n\n- Response: {id}\n";
        assert_eq!(said(headers), ["auth"]);
    }

    #[test]
    fn an_architecture_speaks_for_contracts_in_interfaces() {
        let whole = |text: &str| {
            let model = architecture::read(Kind::Architecture, &extract(text.as_bytes()));
            model.shared.iter().any(|one| one.scope.end as usize == text.len())
        };
        let codes = "### Error Codes\n\n- 401: no session\n";
        assert_eq!(shown(&format!("# Design\n\n#{codes}")), ["401"]);
        assert!(whole(&format!("# Design\n\n## Conventions\n\n{codes}\n## Rest\n")));
        let feature = "# Design\n\n## Feature: Rooms\n\n**Owns**\n- Routes: `/rooms`\n\n";
        assert!(!whole(&format!("{feature}{codes}\n## Rest\n")));
        let rows = "| Status | Code | Meaning |\n|---|---|---|\n| 404 | NOT_FOUND | gone |\n";
        assert_eq!(shown(&format!("# Design\n\n## Errors\n\n{rows}")), ["404 NOT_FOUND"]);
    }

    #[test]
    fn the_form_of_errors_is_no_error_case() {
        let form = "## Errors\n\nEvery error body has the shape {error: {code: string}}.\n";
        assert_eq!(said(form), Vec::<String>::new());
    }
}
