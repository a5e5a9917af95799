//! Whether one contract says anything of an element.

use super::{Element, Types};
use crate::model::contract::shape::Primitive;
use crate::model::contract::{Contract, Part, Shape};

/// How much a contract says of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    Nothing,
    /// It may stand in a type that the document only names.
    Perhaps,
    /// That it is there, and no more.
    Named,
    Stated,
}

/// How much a contract says of an element, where names stand for the types of its document.
pub fn said(contract: &Contract, types: Types<'_>, element: &Element) -> Said {
    let stated = |is: bool| if is { Said::Stated } else { Said::Nothing };
    match element {
        Element::Request(name) => part(contract.request.as_ref(), types, name),
        Element::Query(name) => part(contract.query.as_ref(), types, name),
        Element::Response(name) => part(contract.response.as_ref(), types, name),
        Element::Status => {
            stated(contract.response.as_ref().is_some_and(|part| part.status.is_some()))
        }
        Element::ErrorCase(code) => {
            stated(contract.error_cases.iter().any(|case| case.code.eq_ignore_ascii_case(code)))
        }
        Element::Header(name) => {
            stated(contract.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name)))
        }
        Element::Auth => stated(contract.auth.is_some()),
    }
}

fn part(part: Option<&Part>, types: Types<'_>, wanted: &str) -> Said {
    part.map_or(Said::Nothing, |part| Walk { types, wanted }.from("", &part.shape))
}

struct Walk<'w> {
    types: Types<'w>,
    wanted: &'w str,
}

impl Walk<'_> {
    /// What a shape, which is called so from the body inward, says of the wanted field.
    fn from(&self, name: &str, shape: &Shape) -> Said {
        if name == self.wanted {
            return if shape.is_said() { Said::Stated } else { Said::Named };
        }
        match shape {
            Shape::Object(object) => {
                let inner = object.members.iter().map(|member| match name {
                    "" => (member.name.clone(), &member.shape),
                    _ => (format!("{name}.{}", member.name), &member.shape),
                });
                let towards = inner.filter(|(inner, _)| self.leads(inner));
                most(towards.map(|(inner, shape)| self.from(&inner, shape)))
            }
            Shape::List(inner) => {
                let name = format!("{name}[]");
                if self.leads(&name) { self.from(&name, inner) } else { Said::Nothing }
            }
            Shape::Either(some) | Shape::Both(some) => {
                most(some.iter().map(|one| self.from(name, one)))
            }
            Shape::Name(own) => match self.types.declared(own) {
                Some(declared @ Shape::Object(_)) => self.from(name, declared),
                _ if Primitive::read(own).is_none() => Said::Perhaps,
                _ => Said::Nothing,
            },
            Shape::Nothing | Shape::Value(_) | Shape::Unsaid | Shape::Words(_) => Said::Nothing,
        }
    }

    /// Whether a name is that of the wanted field, or of what holds it.
    fn leads(&self, name: &str) -> bool {
        let rest = self.wanted.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}

fn most(all: impl Iterator<Item = Said>) -> Said {
    all.max().unwrap_or(Said::Nothing)
}
