//! The ways in which documents say that a member may be missing, apart from `name?`.

use super::Shape;
use crate::base::words::holds;

/// Whether words beside a member say that it may be missing: "(optional)", "// optional".
pub fn says_optional(note: &str) -> bool {
    const MISSING: &[&str] = &["not required", "may be omitted", "can be omitted"];
    const DENIED: &[&str] = &["not optional", "non-optional", "nonoptional"];
    let denied = || DENIED.iter().any(|words| holds(note, words));
    holds(note, "optional") && !denied() || MISSING.iter().any(|words| holds(note, words))
}

/// A type without the words and marks by which it says that its member may be missing, and
/// whether it does: `string | undefined`. `written` is its text.
pub fn without_mark(shape: Shape, written: &str) -> (Shape, bool) {
    match shape {
        Shape::Either(mut some) if is_among(written, "undefined") => {
            let null = |one: &Shape| matches!(one, Shape::Name(name) if name == "null");
            if let Some(at) = some.iter().rposition(null) {
                some.remove(at);
            }
            let shape = if some.len() == 1 { some.remove(0) } else { Shape::Either(some) };
            (shape, true)
        }
        Shape::Name(name) if name == "optional" => (Shape::Unsaid, true),
        Shape::Name(name) if name == "required" => (Shape::Unsaid, false),
        said => (said, false),
    }
}

fn is_among(union: &str, name: &str) -> bool {
    let mut some = union.split('|');
    some.any(|one| one.trim_matches(|c: char| c.is_whitespace() || "`\\".contains(c)) == name)
}
