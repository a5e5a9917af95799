//! What a change is, in a clause. The name of the contract stands beside it.

use crate::model::contract::compare::Element;
use crate::model::contract::{Contract, Member, Part, Shape, Subject};

/// A contract that came or went as a whole: `the endpoint was removed`.
pub fn whole(subject: &Subject, what: &str) -> String {
    let word = match subject {
        Subject::Endpoint { .. } => "endpoint",
        Subject::Event { .. } => "event",
        Subject::Table { .. } => "table",
        Subject::Type { .. } => "type",
    };
    format!("the {word} {what}")
}

/// `response field user.email was removed`
pub fn removed(contract: &Contract, element: &Element) -> String {
    match element {
        Element::Auth => "authentication is no longer required".to_owned(),
        _ => format!("{} was removed", name(contract, element)),
    }
}

/// `request field note was added and is required`
pub fn added(contract: &Contract, element: &Element) -> String {
    let part = match element {
        Element::Request(name) => contract.request.as_ref().zip(Some(name)),
        Element::Query(name) => contract.query.as_ref().zip(Some(name)),
        _ => None,
    };
    let required =
        part.and_then(|(part, name)| member(part, name)).is_some_and(|one| !one.optional);
    let how = if required { " and is required" } else { "" };
    format!("{} was added{how}", name(contract, element))
}

/// `status changed from 201 to 200`
pub fn differs(contract: &Contract, element: &Element, left: &str, right: &str) -> String {
    match element {
        Element::Auth if right == "required" => "authentication is required now".to_owned(),
        Element::Auth => "authentication is no longer required".to_owned(),
        Element::Status => format!("status changed from {left} to {right}"),
        _ => {
            let (left, right) = (shortened(left), shortened(right));
            format!("{} changed from {left} to {right}", name(contract, element))
        }
    }
}

/// `the type of response field id is no longer said`
pub fn coarser(contract: &Contract, element: &Element) -> String {
    let whole = matches!(
        element,
        Element::Request(name) | Element::Query(name) | Element::Response(name) if name.is_empty()
    );
    match whole {
        true => format!("{} is no longer spelled out", name(contract, element)),
        false => format!("the type of {} is no longer said", name(contract, element)),
    }
}

/// An element by the word that fits its contract: tables have columns, and events a payload.
fn name(contract: &Contract, element: &Element) -> String {
    let (part, name) = match (&contract.subject, element) {
        (Subject::Table { .. }, Element::Response(name)) => ("column", name),
        (Subject::Type { .. }, Element::Response(name)) => ("field", name),
        (Subject::Event { .. }, Element::Request(name)) if name.is_empty() => {
            return "the payload".to_owned();
        }
        (Subject::Event { .. }, Element::Request(name)) => ("payload field", name),
        _ => return element.to_string(),
    };
    match name.as_str() {
        "" => format!("the list of {part}s"),
        name => format!("the {part} {name}").replacen("the payload", "payload", 1),
    }
}

fn member<'c>(part: &'c Part, name: &str) -> Option<&'c Member> {
    let (mut shape, mut rest) = (&part.shape, name);
    loop {
        match shape {
            Shape::List(inner) => {
                rest = rest.strip_prefix("[]")?;
                rest = rest.strip_prefix('.').unwrap_or(rest);
                shape = inner;
            }
            Shape::Object(object) => {
                let one = object.members.iter().find(|one| {
                    let after = rest.strip_prefix(&*one.name);
                    after.is_some_and(|after| after.is_empty() || after.starts_with(['.', '[']))
                })?;
                rest = &rest[one.name.len()..];
                if rest.is_empty() {
                    return Some(one);
                }
                rest = rest.strip_prefix('.').unwrap_or(rest);
                shape = &one.shape;
            }
            _ => return None,
        }
    }
}

/// A long shape by its beginning.
fn shortened(shape: &str) -> String {
    const LONGEST: usize = 60;
    match shape.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", shape[..end].trim_end()),
        None => shape.to_owned(),
    }
}
