//! Tables of endpoints.

use super::context::{Context, Standing};
use super::named::{self, Name};
use super::parts::{self, requires};
use super::{Auth, Contract, Contracts, Form, Method, Part, Route, Subject, Unread, errors, shape};
use crate::base::{Span, words::normalize};
use crate::facts::{DocumentFacts, Table};

/// Columns that show what came of calls instead of what is promised.
const RESULTS: &[&str] = &[
    "result",
    "results",
    "tested",
    "test",
    "tests",
    "actual",
    "coverage",
    "verified",
    "evidence",
    "pass",
    "passed",
    "test file",
    "before",
    "after",
    "p95",
    "latency",
    "p99",
    "test case",
    "expected",
    "test status",
    "scenario",
];
/// Columns over names of those who use an endpoint.
const USERS: &[&str] = &[
    "needs",
    "consumer",
    "consumers",
    "depends on",
    "from",
    "to",
    "caller",
    "used by",
    "uses",
    "owner test",
];

pub(super) fn read(facts: &DocumentFacts, contracts: &mut Contracts) {
    if facts.tables.is_empty() {
        return;
    }
    let context = Context::of(facts);
    for table in &facts.tables {
        if named::may_name(facts.text_of(table.span)) && context.at(table.section) != Standing::Told
        {
            rows(facts, table, context.at(table.section), contracts);
        }
    }
}

/// Which column says what.
struct Columns {
    method: Option<usize>,
    path: usize,
    request: Option<usize>,
    query: Option<usize>,
    response: Option<usize>,
    status: Option<usize>,
    auth: Option<usize>,
    errors: Option<usize>,
    headers: Option<usize>,
}

impl Columns {
    fn of(facts: &DocumentFacts, table: &Table, header: &[String]) -> Option<Columns> {
        let whole = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
        let word = |words: &[&str]| {
            header.iter().position(|name| name.split(' ').any(|one| words.contains(&one)))
        };
        let path = whole(&[
            "endpoint",
            "endpoints",
            "path",
            "route",
            "routes",
            "url",
            "uri",
            "api",
            "api endpoint",
            "method and path",
            "method path",
            "operation",
            "resource",
            "http endpoint",
            "rest endpoint",
            "method endpoint",
            "endpoint path",
            "api path",
            "contract",
            "call",
            "request line",
            "verb and path",
            "name",
        ]);
        let method =
            whole(&["method", "http method", "verb", "http verb", "http", "methods", "type"]);
        // `2xx`, `4xx/5xx`
        let classes = |fits: fn(u8) -> bool| {
            table.header().iter().position(|&cell| {
                let text = facts.text_of(cell).trim_matches(['`', '*', ' ']);
                let mut codes = text.split(['/', ',', ' ', '|']).filter(|code| !code.is_empty());
                let class = |code: &str| {
                    let code = code.as_bytes();
                    code.len() == 3 && fits(code[0]) && code[1..].eq_ignore_ascii_case(b"xx")
                };
                !text.is_empty() && codes.all(class)
            })
        };
        // Heads in another language, over a column of methods beside one of paths.
        let first = table.row(1);
        let cell = |fits: fn(&str) -> bool| {
            first.iter().position(|&cell| fits(facts.text_of(cell).trim_matches(['`', '*', ' '])))
        };
        let methods = cell(|text| Method::read(text).is_some());
        let paths = methods.and_then(|_| cell(named::begins_path));
        let known = path.or(method);
        let method = method.or(methods.filter(|_| paths.is_some()));
        let path = path.filter(|_| methods.is_none() || paths.is_none()).or(paths).or(known)?;
        Some(Columns {
            method: method.filter(|at| *at != path),
            path,
            request: word(&["request", "body", "payload", "input"])
                .or_else(|| whole(&["in", "takes", "sends"]))
                .filter(|at| *at != path),
            query: word(&["query", "params", "parameters"]),
            response: word(&["response", "responses", "returns", "output"])
                .or_else(|| whole(&["out", "gives"])),
            status: whole(&[
                "status",
                "statuses",
                "status code",
                "status codes",
                "codes",
                "success",
                "success status",
                "success code",
            ])
            .or_else(|| classes(|first| matches!(first, b'2' | b'3'))),
            auth: word(&[
                "auth",
                "authentication",
                "authorization",
                "access",
                "permission",
                "permissions",
                "role",
                "roles",
            ]),
            errors: word(&["error", "errors", "failure", "failures", "fails", "throws"])
                .or_else(|| classes(|first| matches!(first, b'4' | b'5'))),
            headers: word(&["header", "headers"]),
        })
    }
}

fn rows(facts: &DocumentFacts, table: &Table, standing: Standing, contracts: &mut Contracts) {
    let header: Vec<String> =
        table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
    let has = |names: &[&str]| header.iter().any(|name| names.contains(&name.as_str()));
    let Some(columns) = Columns::of(facts, table, &header) else { return };
    let parts = columns.request.or(columns.response).or(columns.errors).is_some();
    if has(RESULTS) && !parts
        || has(USERS) && standing != Standing::Stated
        || standing == Standing::Passing && !parts && columns.method.is_none()
    {
        return;
    }
    if is_report(facts, table, &header) {
        return;
    }
    for row in table.rows() {
        let Some(name) = name_of(facts, row, &columns) else { continue };
        if let Some(why) = name.broken {
            contracts.unread.push(Unread { span: name.span, why: why.to_owned() });
            continue;
        }
        for subject in &name.subjects {
            let mut contract = Contract::new(subject.clone(), Form::Row, name.span, table.section);
            contract.extent = row.iter().fold(name.span, |whole, &cell| whole.to(cell));
            fill(facts, row, &columns, &mut contract);
            contracts.list.push(contract);
        }
    }
}

/// Whether a column of marks says what was done, and none says what an endpoint is for.
fn is_report(facts: &DocumentFacts, table: &Table, header: &[String]) -> bool {
    let Some(status) = header
        .iter()
        .position(|name| matches!(name.as_str(), "status" | "state" | "implemented" | "done"))
    else {
        return false;
    };
    let speaks = |name: &String| {
        [
            "description",
            "purpose",
            "auth",
            "request",
            "response",
            "method",
            "summary",
            "body",
            "errors",
            "notes",
        ]
        .iter()
        .any(|word| name.split(' ').any(|one| one == *word))
    };
    let marks = table
        .rows()
        .filter_map(|row| row.get(status))
        .any(|&cell| facts.text_of(cell).contains(['✅', '❌', '✓', '✗', '⚠', '☑', '✔']));
    marks && !header.iter().any(speaks)
}

fn name_of(facts: &DocumentFacts, row: &[Span], columns: &Columns) -> Option<Name> {
    let &cell = row.get(columns.path)?;
    let text = facts.text_of(cell);
    if let Some(name) = named::at_start(text, cell.start as usize) {
        return Some(name);
    }
    let &method_cell = row.get(columns.method?)?;
    let words = facts.text_of(method_cell);
    let methods: Vec<Method> = words
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .map_while(|word| Method::read(&word.to_ascii_uppercase()))
        .collect();
    let bare = text.trim_start_matches(['`', '*', '[', ' ']);
    if methods.is_empty() || !named::begins_path(bare) {
        return None;
    }
    let path = named::path(bare);
    let start = cell.start as usize + text.len() - bare.len();
    let span = Span::new(start, start + path.len());
    Some(match Route::read(path) {
        Ok(route) => {
            let of = |method| Subject::Endpoint { method, route: route.clone() };
            Name { subjects: methods.into_iter().map(of).collect(), broken: None, span, end: 0 }
        }
        Err(why) => Name { subjects: Vec::new(), broken: Some(why), span, end: 0 },
    })
}

fn fill(facts: &DocumentFacts, row: &[Span], columns: &Columns, contract: &mut Contract) {
    let cell =
        |at: Option<usize>| at.and_then(|at| row.get(at)).copied().filter(|cell| !cell.is_empty());
    let body = |cell: Span| (shape::body(facts.text_of(cell), cell.start as usize), cell);
    for (at, is_query) in [(columns.request, false), (columns.query, true)] {
        if let Some((said, span)) = cell(at).map(body) {
            let nothing = is_query && said.shape == shape::Shape::Nothing;
            if !nothing {
                let part = Part { span, shape: said.shape, status: None };
                parts::request(contract, part, is_query || said.is_query);
            }
        }
    }
    if let Some((said, span)) = cell(columns.response).map(body) {
        let dash = facts.text_of(span).trim_matches(['-', '—', '–', ' ']).is_empty();
        if !dash && said.status.is_none_or(|status| status < 400) {
            parts::response(contract, Part { span, shape: said.shape, status: said.status });
        }
        let rest = facts.text_of(span).get(said.end..).unwrap_or("");
        let from = span.end as usize - rest.len();
        parts::errors_from(errors::cases(rest, from, false), contract);
    }
    if let Some(span) = cell(columns.status) {
        parts::errors_from(
            errors::cases(facts.text_of(span), span.start as usize, false),
            contract,
        );
    }
    if let Some((said, span)) = cell(columns.status).map(body)
        && let Some(status) = said.status.filter(|status| *status < 400)
    {
        match &mut contract.response {
            Some(response) => response.status = response.status.or(Some(status)),
            None => {
                contract.response = Some(Part { span, shape: said.shape, status: Some(status) })
            }
        }
    }
    if let Some(span) = cell(columns.errors) {
        contract.errors = Some(span);
        parts::errors_from(errors::cases(facts.text_of(span), span.start as usize, true), contract);
    }
    if let Some(span) = cell(columns.auth) {
        contract.auth = Some(Auth { required: requires(facts.text_of(span)), span });
    }
    if let Some(span) = cell(columns.headers) {
        for part in facts.text_of(span).split([',', ';']) {
            let (name, value) = part.split_once(':').unwrap_or((part, ""));
            parts::header(name, value, span, contract);
        }
    }
}
