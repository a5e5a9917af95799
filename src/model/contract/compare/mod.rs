//! What differs between two writings of one contract, element by element.
//!
//! The same comparison serves two documents that state one contract, and one document then and
//! now. What one side leaves unsaid contradicts nothing; it is listed apart as [`Kind::Left`] and
//! [`Kind::Right`] with `silent` set, because something that was said once and is unsaid now is
//! a promise that shrank.

mod agree;
mod said;
#[cfg(test)]
mod tests;
mod types;

use super::shape::{Member, Object, Shape};
use super::{Contract, Part};
use crate::base::Span;
use agree::{agree, gives_up};
pub use said::{Said, said};
pub use types::Types;

/// One element in which two contracts differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub element: Element,
    pub kind: Kind,
    /// Where the left contract speaks of it, or of what should hold it.
    pub left: Span,
    pub right: Span,
}

/// The part of a contract that a difference is about. Fields are named from the body inward:
/// `user.email`, `items[].id`; an empty name is the body itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Element {
    Request(String),
    Query(String),
    Response(String),
    /// The status of success.
    Status,
    /// By its code.
    ErrorCase(String),
    /// By its name in lower case.
    Header(String),
    Auth,
}

/// In what way an element differs.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Only the left side has it. `silent` where the right says nothing of such things at all.
    Left { silent: bool },
    /// Only the right side has it.
    Right { silent: bool },
    /// Both have it and say different things.
    Differs { left: String, right: String },
}

impl Kind {
    /// Of something that one side has only.
    fn one(on_left: bool, silent: bool) -> Kind {
        if on_left { Kind::Left { silent } } else { Kind::Right { silent } }
    }
}

impl Difference {
    /// Whether both sides cannot be true. The rest is said on one side only.
    pub fn contradicts(&self) -> bool {
        !matches!(self.kind, Kind::Left { silent: true } | Kind::Right { silent: true })
    }

    /// The difference as a clause, told with the names of the two sides: "here" and "there",
    /// "then" and "now".
    pub fn sentence(&self, left: &str, right: &str) -> String {
        let what = self.element.to_string();
        match &self.kind {
            Kind::Left { .. } => format!("{what} stands {left} and not {right}"),
            Kind::Right { .. } => format!("{what} stands {right} and not {left}"),
            Kind::Differs { left: one, right: other } => {
                format!("{what} is {one} {left} and {other} {right}")
            }
        }
    }
}

impl std::fmt::Display for Element {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Element::Request(name) if name.is_empty() => out.write_str("the request"),
            Element::Query(name) if name.is_empty() => out.write_str("the query"),
            Element::Response(name) if name.is_empty() => out.write_str("the response"),
            Element::Request(name) => write!(out, "request field {name}"),
            Element::Query(name) => write!(out, "query parameter {name}"),
            Element::Response(name) => write!(out, "response field {name}"),
            Element::Status => out.write_str("the status"),
            Element::ErrorCase(code) => write!(out, "error case {code}"),
            Element::Header(name) => write!(out, "header {name}"),
            Element::Auth => out.write_str("authentication"),
        }
    }
}

/// Every difference between two contracts of one subject, in a fixed order. Order of members,
/// names of path parameters, spelling of types and wording of meanings are none; a type by its
/// name may be any object.
pub fn compare(left: &Contract, right: &Contract) -> Vec<Difference> {
    compare_in(left, Types::default(), right, Types::default())
}

/// As [`compare_in`], of a contract that was agreed and what stands for it now, which may say no
/// less: not `string` for a type that was declared, and not `any` for what had a shape. `declared`
/// are the types of every document in which it was agreed.
pub fn compare_kept(
    left: &Contract,
    left_types: Types<'_>,
    right: &Contract,
    right_types: Types<'_>,
    declared: &[Types<'_>],
) -> Vec<Difference> {
    compare_with(left, right, (left_types, right_types), Some(declared))
}

/// As [`compare`], where a name stands for the type that its own document declares.
pub fn compare_in(
    left: &Contract,
    left_types: Types<'_>,
    right: &Contract,
    right_types: Types<'_>,
) -> Vec<Difference> {
    compare_with(left, right, (left_types, right_types), None)
}

fn compare_with(
    left: &Contract,
    right: &Contract,
    types: (Types<'_>, Types<'_>),
    kept: Option<&[Types<'_>]>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let sides = Sides { left: left.span, right: right.span };
    let mut walk = |element, left, right| {
        part(Walk { element, types, kept, found: &mut found }, left, right, sides);
    };
    walk(Element::Request, &left.request, &right.request);
    walk(Element::Query, &left.query, &right.query);
    walk(Element::Response, &left.response, &right.response);
    status(left, right, sides, &mut found);
    error_cases(left, right, sides, &mut found);
    headers(left, right, sides, &mut found);
    if let (Some(one), Some(other)) = (left.auth, right.auth)
        && one.required != other.required
    {
        let word = |required| if required { "required" } else { "not required" }.to_owned();
        let kind = Kind::Differs { left: word(one.required), right: word(other.required) };
        let sides = Sides { left: one.span, right: other.span };
        found.push(sides.difference(Element::Auth, kind));
    } else if left.auth.is_some() != right.auth.is_some() {
        found.push(sides.one(Element::Auth, left.auth.is_some(), true));
    }
    found
}

/// Where the two sides of a difference stand.
#[derive(Clone, Copy)]
struct Sides {
    left: Span,
    right: Span,
}

impl Sides {
    fn difference(self, element: Element, kind: Kind) -> Difference {
        Difference { element, kind, left: self.left, right: self.right }
    }

    /// A difference of something that one side has only.
    fn one(self, element: Element, on_left: bool, silent: bool) -> Difference {
        self.difference(element, Kind::one(on_left, silent))
    }
}

fn part(mut walk: Walk<'_>, left: &Option<Part>, right: &Option<Part>, sides: Sides) {
    match (left, right) {
        (Some(left), Some(right)) => {
            let sides = Sides { left: left.span, right: right.span };
            walk.shapes("", &left.shape, &right.shape, sides);
        }
        (None, None) => {}
        (left, _) => {
            let said = left.as_ref().or(right.as_ref());
            if said.is_some_and(|part| !matches!(part.shape, Shape::Nothing)) {
                let kind = Kind::one(left.is_some(), true);
                walk.push("", sides, kind);
            }
        }
    }
}

struct Walk<'d> {
    element: fn(String) -> Element,
    types: (Types<'d>, Types<'d>),
    /// The types whose names the left side binds the right one to, where it was agreed.
    kept: Option<&'d [Types<'d>]>,
    found: &'d mut Vec<Difference>,
}

impl Walk<'_> {
    fn push(&mut self, name: &str, sides: Sides, kind: Kind) {
        let element = (self.element)(name.to_owned());
        self.found.push(sides.difference(element, kind));
    }

    fn shapes(&mut self, name: &str, left: &Shape, right: &Shape, sides: Sides) {
        // An object that is written out ends every walk through types that hold themselves.
        let left_type = self.types.0.behind(left, right);
        let right_type = self.types.1.behind(right, left);
        match (left_type, right_type) {
            (Shape::Object(left), Shape::Object(right)) => self.objects(name, left, right, sides),
            (Shape::List(left), Shape::List(right)) => {
                self.shapes(&format!("{name}[]"), left, right, sides);
            }
            // A type that only one side gives is a finer writing of the same field.
            _ if left.is_said() != right.is_said() => {
                let silent = true;
                self.push(name, sides, Kind::one(left.is_said(), silent));
            }
            _ if !agree(left, right)
                || self.kept.is_some_and(|types| gives_up(left, right, types)) =>
            {
                let kind = Kind::Differs { left: left.to_string(), right: right.to_string() };
                self.push(name, sides, kind);
            }
            _ => {}
        }
    }

    fn objects(&mut self, name: &str, left: &Object, right: &Object, sides: Sides) {
        let inner = |member: &Member| match name {
            "" => member.name.clone(),
            _ => format!("{name}.{}", member.name),
        };
        // A sample shows a value, which is no word on the type.
        let kept = self.kept.take_if(|_| left.sample || right.sample);
        for member in left.named_once() {
            match right.member(&member.name) {
                Some(other) => {
                    let name = inner(member);
                    let sides = Sides { left: member.span, right: other.span };
                    let sample = left.sample || right.sample;
                    // A type that may be null stands for a member that may be missing.
                    let must = if member.optional { other } else { member };
                    let silent = sample || must.shape.may_be_null();
                    if member.optional != other.optional && !silent {
                        let word = |optional| if optional { "optional" } else { "required" };
                        let (left, right) = (word(member.optional), word(other.optional));
                        let kind = Kind::Differs { left: left.into(), right: right.into() };
                        self.push(&name, sides, kind);
                    }
                    self.shapes(&name, &member.shape, &other.shape, sides);
                }
                None => {
                    let silent = right.open || right.sample && member.optional;
                    let sides = Sides { left: member.span, ..sides };
                    self.push(&inner(member), sides, Kind::Left { silent });
                }
            }
        }
        self.kept = kept.or(self.kept);
        for member in right.named_once().filter(|one| left.member(&one.name).is_none()) {
            let silent = left.open || left.sample && member.optional;
            let sides = Sides { right: member.span, ..sides };
            self.push(&inner(member), sides, Kind::Right { silent });
        }
    }
}

impl Object {
    /// Each member by the first place that names it.
    fn named_once(&self) -> impl Iterator<Item = &Member> {
        let members = self.members.iter().enumerate();
        let first = members
            .filter(|(at, one)| !self.members[..*at].iter().any(|known| known.name == one.name));
        first.map(|(_, member)| member)
    }

    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

fn status(left: &Contract, right: &Contract, sides: Sides, found: &mut Vec<Difference>) {
    let said = |contract: &Contract| {
        let part = contract.response.as_ref()?;
        Some((part.status?, part.span))
    };
    match (said(left), said(right)) {
        (Some((one, left)), Some((other, right))) if one != other => {
            let kind = Kind::Differs { left: one.to_string(), right: other.to_string() };
            found.push(Sides { left, right }.difference(Element::Status, kind));
        }
        (Some(_), None) => found.push(sides.one(Element::Status, true, true)),
        (None, Some(_)) => found.push(sides.one(Element::Status, false, true)),
        _ => {}
    }
}

/// Error cases by their codes. A side that names its cases by numbers and one that names them by
/// words speak of different things.
fn error_cases(left: &Contract, right: &Contract, sides: Sides, found: &mut Vec<Difference>) {
    let numbered = |code: &str| code.starts_with(|c: char| c.is_ascii_digit());
    let mut side = |one: &Contract, other: &Contract, on_left: bool| {
        for (at, case) in one.error_cases.iter().enumerate() {
            let same = |known: &super::ErrorCase| known.code.eq_ignore_ascii_case(&case.code);
            if other.error_cases.iter().any(same) || one.error_cases[..at].iter().any(same) {
                continue;
            }
            let alike = |known: &super::ErrorCase| numbered(&known.code) == numbered(&case.code);
            let wide = |known: &super::ErrorCase| covers(&known.code, &case.code);
            let none = other.error_cases.is_empty() && other.errors.is_none();
            let words = !other.error_cases.is_empty() && !other.error_cases.iter().any(alike);
            let prose = other.error_cases.is_empty() && other.errors.is_some();
            let silent = none || words || prose || other.error_cases.iter().any(wide);
            let sides = match on_left {
                true => Sides { left: case.span, right: other.errors.unwrap_or(sides.right) },
                false => Sides { left: other.errors.unwrap_or(sides.left), right: case.span },
            };
            found.push(sides.one(Element::ErrorCase(case.code.clone()), on_left, silent));
        }
    };
    side(left, right, true);
    side(right, left, false);
}

/// `4xx` stands for every number of its hundred.
fn covers(wide: &str, code: &str) -> bool {
    wide.ends_with(['x', 'X']) && wide.get(..1) == code.get(..1)
}

/// Headers that tell of the form of a message, which every client sets: naming one promises
/// nothing more.
pub fn goes_without_saying(header: &str) -> bool {
    let form =
        ["content-type", "content-length", "accept", "accept-encoding", "host", "user-agent"];
    form.iter().any(|one| one.eq_ignore_ascii_case(header))
}

fn headers(left: &Contract, right: &Contract, sides: Sides, found: &mut Vec<Difference>) {
    let mut side = |one: &Contract, other: &Contract, on_left: bool| {
        for header in &one.headers {
            let same = |known: &super::Header| known.name.eq_ignore_ascii_case(&header.name);
            if other.headers.iter().any(same) {
                continue;
            }
            // Where authentication is said in words, its header is.
            let said = header.name.eq_ignore_ascii_case("authorization") && other.auth.is_some();
            let silent = other.headers.is_empty() || said || goes_without_saying(&header.name);
            let sides = match on_left {
                true => Sides { left: header.span, ..sides },
                false => Sides { right: header.span, ..sides },
            };
            let element = Element::Header(header.name.to_ascii_lowercase());
            found.push(sides.one(element, on_left, silent));
        }
    };
    side(left, right, true);
    side(right, left, false);
}
