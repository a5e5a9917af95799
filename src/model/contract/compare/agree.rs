//! Whether two shapes can both be true of one value.

use super::Types;
use crate::model::contract::shape::{Family, Primitive, Shape};

/// Whether two shapes can both be true of one value.
pub(super) fn agree(left: &Shape, right: &Shape) -> bool {
    match (left, right) {
        (Shape::Either(some), other) | (other, Shape::Either(some)) => match other {
            Shape::Either(others) => {
                let values = |some: &[Shape]| some.iter().all(|one| matches!(one, Shape::Value(_)));
                // Two lists of values must be the same; of types, one may be said more exactly.
                let exact = values(some) && values(others);
                let has = |one: &Shape, some: &[Shape]| some.iter().any(|other| agree(one, other));
                let covers = some.iter().all(|one| has(one, others));
                let back = others.iter().all(|one| has(one, some));
                if exact { covers && back } else { covers || back }
            }
            _ => some.iter().any(|one| agree(one, other)),
        },
        // What is joined by `&` has a name for a part of it, and names are not resolved here.
        (Shape::Both(_), other) | (other, Shape::Both(_)) => {
            !matches!(other, Shape::Nothing | Shape::List(_)) && primitive(other).is_none()
        }
        (Shape::Value(left), Shape::Value(right)) => unquoted(left) == unquoted(right),
        (Shape::Nothing, other) | (other, Shape::Nothing) => match other {
            Shape::Nothing => true,
            Shape::Object(object) => object.members.iter().all(|member| member.optional),
            Shape::Name(name) => matches!(name.as_str(), "null" | "void" | "any"),
            _ => false,
        },
        (Shape::Object(_), Shape::Object(_)) => true,
        (Shape::List(left), Shape::List(right)) => agree(left, right),
        (Shape::Name(left), Shape::Name(right)) => names_agree(left, right),
        (Shape::Unsaid | Shape::Words(_), _) | (_, Shape::Unsaid | Shape::Words(_)) => true,
        (left, right) => match (family(left), family(right)) {
            (Some(left), Some(right)) => families_agree(left, right),
            // A name that is not primitive may stand for anything but a primitive's contrary.
            _ => true,
        },
    }
}

/// Whether a shape gives up what one that was agreed says: it puts a primitive or a list for a type
/// that is declared as an object, or what may be anything for what is said.
pub(super) fn gives_up(agreed: &Shape, now: &Shape, declared: &[Types<'_>]) -> bool {
    let is_object = |name: &str| {
        declared.iter().any(|types| matches!(types.declared(name), Some(Shape::Object(_))))
    };
    match (agreed, family(now)) {
        (_, Some(Family::Any)) => agreed.is_said() && family(agreed) != Some(Family::Any),
        (Shape::Name(name), Some(of)) if Primitive::read(name).is_none() && is_object(name) => {
            !matches!(now, Shape::Object(_)) && of != Family::Null
        }
        (Shape::Object(object), Some(Family::Object)) => {
            !object.members.is_empty() && matches!(now, Shape::Name(_))
        }
        _ => false,
    }
}

fn names_agree(left: &str, right: &str) -> bool {
    match (Primitive::read(left), Primitive::read(right)) {
        (Some(one), Some(other)) => {
            let general = |name: &str| matches!(name, "string" | "number" | "any");
            let (one_name, other_name) = (one.name, other.name);
            if one.family == Family::Any || other.family == Family::Any || one_name == other_name {
                return true;
            }
            families_agree(one.family, other.family)
                && (one.family != other.family || general(one_name) || general(other_name))
        }
        // Names of types of a domain are compared as they stand; a primitive may be what such a
        // name stands for.
        (None, None) => left == right,
        _ => true,
    }
}

fn families_agree(left: Family, right: Family) -> bool {
    use Family::{Any, Moment, Number, Text};
    left == right
        || matches!((left, right), (Any, _) | (_, Any))
        || matches!((left, right), (Moment, Text | Number) | (Text | Number, Moment))
}

fn family(shape: &Shape) -> Option<Family> {
    match shape {
        Shape::Object(_) => Some(Family::Object),
        Shape::List(_) => Some(Family::List),
        // Declarations give texts without their quotes.
        Shape::Value(text) => Some(match text.as_str() {
            "true" | "false" => Family::Boolean,
            text if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => Family::Number,
            _ => Family::Text,
        }),
        Shape::Name(name) => Primitive::read(name).map(|one| one.family),
        _ => None,
    }
}

fn primitive(shape: &Shape) -> Option<Family> {
    family(shape).filter(|family| !matches!(family, Family::Object | Family::Any))
}

fn unquoted(value: &str) -> &str {
    value.trim_matches(['"', '\''])
}
