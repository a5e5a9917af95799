//! What features promise each other: endpoints, events, tables and types, in one model for every
//! form in which documents write them (S2.4, S2.5).

mod anchors;
mod broken;
pub mod compare;
mod context;
mod data_models;
pub mod declarations;
mod errors;
mod events;
mod fenced;
mod loose;
mod mention;
mod named;
pub mod openapi;
mod parts;
mod pieces;
mod route;
mod rows;
pub mod shape;
pub mod sql;
mod tail;

use std::collections::HashSet;
use std::fmt;

use crate::base::Span;
use crate::facts::{DocumentFacts, SectionId};

pub use compare::compare;
pub(super) use errors::cases as error_cases;
pub use mention::{Mention, mentions};
pub(super) use parts::error_rows;
pub use route::Route;
pub use shape::{Member, Object, Shape};

/// Reads every contract that a document states, in whatever form (S2.5).
///
/// A mention of an endpoint in a sentence, in a test's result or in a sample of code is none.
pub fn read(facts: &DocumentFacts) -> Contracts {
    let mut contracts = Contracts::default();
    let may_name = named::may_name(&facts.text) || fenced::may_register(&facts.text);
    let may_name = may_name || anchors::may_head(facts);
    if may_name || events::may_declare(facts) {
        anchors::read(facts, &mut contracts);
        rows::read(facts, &mut contracts);
        events::read(facts, &mut contracts);
    }
    declarations::read(facts, &mut contracts);
    sql::read(facts, &mut contracts);
    openapi::read(facts, &mut contracts);
    contracts.list.sort_by_key(|contract| contract.span.start);
    drop_mentions(&mut contracts.list);
    drop_struck(facts, &mut contracts.list);
    contracts.unread.sort_by_key(|unread| unread.span.start);
    contracts.list.shrink_to_fit();
    contracts
}

/// Drops names without anything said where the same thing is stated elsewhere in the document: a
/// list of all endpoints before their details is an overview.
fn drop_mentions(list: &mut Vec<Contract>) {
    let stated: HashSet<Subject> =
        list.iter().filter(|one| one.says_more()).map(|one| one.subject.clone()).collect();
    let mut bare: HashSet<(Subject, SectionId)> = HashSet::new();
    list.retain(|one| {
        one.says_more()
            || !stated.contains(&one.subject) && bare.insert((one.subject.clone(), one.section))
    });
}

/// Drops error cases that are struck through: they are shown as gone.
fn drop_struck(facts: &DocumentFacts, list: &mut [Contract]) {
    if !facts.text.contains("~~") {
        return;
    }
    let is_struck = |case: &ErrorCase| {
        facts.inline_at(case.span.start).is_some_and(|(inline, _)| inline.style.struck)
    };
    for contract in list {
        contract.error_cases.retain(|case| !is_struck(case));
    }
}

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
    /// The body that a caller sends, the query where the method has no body; the payload of an
    /// event.
    pub request: Option<Part>,
    /// The query that a caller sends beside or instead of a body.
    pub query: Option<Part>,
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

impl Contract {
    /// A contract of which only the name is known.
    fn new(subject: Subject, form: Form, span: Span, section: SectionId) -> Self {
        Contract {
            subject,
            form,
            span,
            extent: span,
            section,
            headers: Vec::new(),
            auth: None,
            request: None,
            query: None,
            response: None,
            errors: None,
            error_cases: Vec::new(),
        }
    }

    /// Whether anything is said besides the name.
    pub fn says_more(&self) -> bool {
        self.request.is_some()
            || self.query.is_some()
            || self.response.is_some()
            || self.errors.is_some()
    }
}

impl Subject {
    /// Whether two name the same thing. Names of parameters are no difference.
    pub fn same(&self, other: &Subject) -> bool {
        self == other
    }

    /// What kind of thing it is, in a word: `POST`, `EVENT`, `TABLE`, `TYPE`.
    pub fn word(&self) -> &'static str {
        match self {
            Subject::Endpoint { method, .. } => method.word(),
            Subject::Event { .. } => "EVENT",
            Subject::Table { .. } => "TABLE",
            Subject::Type { .. } => "TYPE",
        }
    }

    /// The path of an endpoint, else the name.
    pub fn name(&self) -> &str {
        match self {
            Subject::Endpoint { route, .. } => route.written(),
            Subject::Event { name } | Subject::Table { name } | Subject::Type { name } => name,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.word(), self.name())
    }
}
