use crate::base::Span;

/// What a body looks like, as a tree, so that two writings of one shape are equal.
///
/// The order of members is no part of a shape, and what a document leaves unsaid contradicts
/// nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// "no body", "none", `204`.
    Nothing,
    /// `{email: string, name?: string}`
    Object(Vec<Member>),
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

/// One named part of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub name: String,
    pub optional: bool,
    pub shape: Shape,
    pub span: Span,
}
