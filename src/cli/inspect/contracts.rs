//! The contracts that a document states, as plain data.

use super::Lines;
use crate::model::Model;
use crate::model::contract::{self, Contract, Contracts, Part, Subject};
use crate::render::Shown;
use crate::render::inspect::{self as view, Inspected};

pub fn fill(document: &mut Inspected, model: &Model, lines: &Lines<'_>) {
    let own;
    let (contracts, architecture): (&Contracts, _) = match model {
        Model::Architecture(architecture) => (&architecture.contracts, Some(architecture)),
        // Any document may state contracts, whatever its kind is for.
        _ => {
            own = contract::read(lines.facts);
            (&own, None)
        }
    };
    for one in &contracts.list {
        let boundary = architecture.and_then(|architecture| architecture.boundary_of(one));
        let feature = boundary.map_or("", |boundary| boundary.name.as_str());
        let schema = match &one.subject {
            Subject::Table { .. } => Some("table"),
            Subject::Type { .. } => Some("type"),
            Subject::Endpoint { .. } | Subject::Event { .. } => None,
        };
        match schema {
            Some(kind) => document.schemas.push(view::Schema {
                feature: feature.into(),
                kind,
                name: one.subject.name().into(),
                shape: one
                    .response
                    .as_ref()
                    .map_or_else(String::new, |p| p.shape.to_string())
                    .into(),
                line: lines.line(one.span),
            }),
            None => document.contracts.push(shown(one, feature, lines)),
        }
    }
    for unread in &contracts.unread {
        document.unread_contracts.push(view::Unread {
            text: lines.text(unread.span).into(),
            why: (&unread.why).into(),
            line: lines.line(unread.span),
        });
    }
}

pub fn shown(one: &Contract, feature: &str, lines: &Lines<'_>) -> view::Contract {
    let part = |part: &Option<Part>| {
        part.as_ref().map(|part| view::Body {
            shape: part.shape.to_string().into(),
            status: part.status,
            line: lines.line(part.span),
        })
    };
    let errors = one.error_cases.iter().map(|case| view::ErrorCase {
        code: (&case.code).into(),
        meaning: (&case.meaning).into(),
        line: lines.line(case.span),
    });
    let headers = one.headers.iter().map(|header| match header.value.is_empty() {
        true => Shown::from(&header.name),
        false => format!("{}: {}", header.name, header.value).into(),
    });
    let failing = one.errors.filter(|_| one.error_cases.is_empty()).and_then(|span| {
        let text = lines.text(span);
        let said = text.split_once(':').map_or(&*text, |(_, said)| said);
        let said = said.trim_matches(['*', '`', ' ', '\n', '.']);
        said.lines().next().map(Shown::from)
    });
    view::Contract {
        feature: feature.into(),
        method: one.subject.word().into(),
        path: one.subject.name().into(),
        line: lines.line(one.span),
        auth: one.auth.map(|auth| auth.required),
        headers: headers.collect(),
        request: part(&one.request),
        query: part(&one.query),
        response: part(&one.response),
        errors: errors.collect(),
        failing,
    }
}
