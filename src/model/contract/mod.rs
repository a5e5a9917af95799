//! What features promise each other: endpoints, events, tables and types, in one model for every
//! form in which documents write them (S2.4, S2.5).

mod shape;

use crate::base::Span;
use crate::facts::SectionId;

pub use shape::{Member, Shape};

/// What one document promises, in document order.
#[derive(Debug, Default, PartialEq)]
pub struct Contracts {
    pub list: Vec<Contract>,
    /// What looks like a contract and could not be read: an interface that nobody could parse
    /// must not pass as complete.
    pub unread: Vec<Unread>,
}

/// One promise: something that others can call, listen to, store in or build on.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    pub subject: Subject,
    pub form: Form,
    /// Where its name stands: `POST /api/todos`.
    pub span: Span,
    /// Everything that is said about it.
    pub extent: Span,
    pub section: SectionId,
    /// Headers that a caller must send.
    pub headers: Vec<Header>,
    /// What it says of authentication: a header, `Auth: required`, `(no auth)`.
    pub auth: Option<Auth>,
    /// The body or the query that a caller sends; the payload of an event.
    pub request: Option<Part>,
    /// What a caller gets back; the columns of a table, the members of a type.
    pub response: Option<Part>,
    /// Where it speaks of errors, even if to say that there are none.
    pub errors: Option<Span>,
    pub error_cases: Vec<ErrorCase>,
}

/// What is promised. Names are as documents write them; compare with [`Subject::same`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Endpoint { method: Method, route: Route },
    Event { name: String },
    Table { name: String },
    Type { name: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    /// A WebSocket or stream: `WS /live`.
    Socket,
}

/// The path of an endpoint, its parameters normalized: `/users/:id`, `/users/{user_id}`,
/// `/users/<id>` and `/users/[id]` are one route.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Route(Box<str>);

/// The written form a contract was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `POST /x` on a line of its own, with bullets or labels below.
    Line,
    /// `### POST /x`
    Heading,
    /// `**POST /x**`, with blocks of HTTP or JSON below.
    Label,
    /// A row of a table of endpoints.
    Row,
    /// `POST /x - {a} → {b}`
    Arrow,
    /// An OpenAPI document in YAML or JSON.
    OpenApi,
    /// `CREATE TABLE` in a fence.
    Sql,
    /// A declaration in a fence of a programming language.
    Declaration,
}

/// A body that is sent or received.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub span: Span,
    pub shape: Shape,
    /// The status that a response is said to have.
    pub status: Option<u16>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    pub name: String,
    pub value: String,
    pub span: Span,
}

/// Whether a caller must be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Auth {
    pub required: bool,
    pub span: Span,
}

/// One way in which a call can fail.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorCase {
    /// `401`, or a name where there is no number: `INVALID_TOKEN`.
    pub code: String,
    /// What the case means; empty where the document does not say.
    pub meaning: String,
    pub span: Span,
}

/// Something that looks like a contract and could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    pub span: Span,
    /// Why, as a clause: `the path has a brace that nothing closes`.
    pub why: String,
}
