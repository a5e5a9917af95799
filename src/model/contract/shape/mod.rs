//! What a body looks like, as a tree, so that two writings of one shape are equal.

mod body;
mod fields;
mod object;
mod optional;
mod parse;
mod primitive;
mod sample;

use std::fmt;

use crate::base::Span;

pub use body::{Body, body};
pub use fields::{Entry, from_entries, from_table};
pub use parse::{DEPTH, parse};
pub use primitive::{Family, Primitive};

/// What a body looks like. What a document leaves unsaid contradicts nothing; compare with
/// [`super::compare()`].
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// "no body", "none", `204`.
    Nothing,
    /// `{email: string, name?: string}`
    Object(Object),
    /// `Todo[]`, `array of Todo`, `List<Todo>`
    List(Box<Shape>),
    /// `string | null`
    Either(Vec<Shape>),
    /// `ToolSummary & {description: string}`
    Both(Vec<Shape>),
    /// A value instead of a type: `"open"`, `true`.
    Value(String),
    /// A type by its name: `string`, `Member`. Primitive types are in one spelling.
    Name(String),
    /// A member without a type: `{id, email}`.
    Unsaid,
    /// Words that are no shape.
    Words(String),
}

/// Named parts of one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// In the order of the document, which is no part of the shape.
    pub members: Vec<Member>,
    /// There are more members than it names: `{token, ...}`.
    pub open: bool,
    /// It is a sample with values, which need not show what is optional.
    pub sample: bool,
}

/// One named part of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub name: String,
    pub optional: bool,
    pub shape: Shape,
    pub span: Span,
}

impl Shape {
    /// Whether it says anything that a reader could build on.
    pub fn is_said(&self) -> bool {
        !matches!(self, Shape::Unsaid | Shape::Words(_))
    }

    /// Whether null is one of its values.
    pub fn may_be_null(&self) -> bool {
        let null = |one: &Shape| matches!(one, Shape::Name(name) if name == "null");
        matches!(self, Shape::Either(some) if some.iter().any(null))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Nothing => out.write_str("no body"),
            Shape::Object(object) => write!(out, "{object}"),
            Shape::List(inner) => match **inner {
                Shape::Either(_) | Shape::Both(_) => write!(out, "({inner})[]"),
                Shape::Unsaid => out.write_str("array"),
                _ => write!(out, "{inner}[]"),
            },
            Shape::Either(some) => joined(out, some, " | "),
            Shape::Both(some) => joined(out, some, " & "),
            Shape::Value(text) | Shape::Name(text) | Shape::Words(text) => out.write_str(text),
            Shape::Unsaid => out.write_str("unsaid"),
        }
    }
}

fn joined(out: &mut fmt::Formatter<'_>, shapes: &[Shape], between: &str) -> fmt::Result {
    for (at, shape) in shapes.iter().enumerate() {
        let before = if at == 0 { "" } else { between };
        match shape {
            Shape::Either(_) | Shape::Both(_) => write!(out, "{before}({shape})")?,
            _ => write!(out, "{before}{shape}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Object {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("{")?;
        for (at, member) in self.members.iter().enumerate() {
            let before = if at == 0 { "" } else { ", " };
            let mark = if member.optional { "?" } else { "" };
            write!(out, "{before}{}{mark}", member.name)?;
            if member.shape != Shape::Unsaid {
                write!(out, ": {}", member.shape)?;
            }
        }
        match (self.open, self.members.is_empty()) {
            (true, true) => out.write_str("...}"),
            (true, false) => out.write_str(", ...}"),
            (false, _) => out.write_str("}"),
        }
    }
}
