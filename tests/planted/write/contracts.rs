//! Endpoints and events in every form in which teams write them.

use super::openapi;
use super::style::{Form, Parameter, Style};
use crate::dice::Dice;
use crate::world::{Endpoint, ErrorCase, Event, Field};

pub struct Writer<'s> {
    pub style: &'s Style,
    pub form: Form,
    /// How deep the headings of endpoints stand.
    pub depth: usize,
    /// What the one thing is called that a path asks for: `booking`.
    pub dice: Option<Dice>,
}

impl Writer<'_> {
    /// The endpoints and events of a feature, in the form of the style.
    pub fn contracts(&mut self, endpoints: &[Endpoint], events: &[Event]) -> String {
        let mut endpoints = endpoints.to_vec();
        self.shuffle(&mut endpoints);
        let mut text = match self.form {
            Form::Rows => self.rows(&endpoints),
            Form::OpenApi => {
                endpoints.iter_mut().for_each(|one| self.reorder(one));
                openapi::fence(&endpoints, self)
            }
            _ => endpoints.iter().map(|one| self.endpoint(one)).collect(),
        };
        let mut events = events.to_vec();
        self.shuffle(&mut events);
        events.iter().for_each(|one| text += &self.event(one));
        text
    }

    fn endpoint(&mut self, endpoint: &Endpoint) -> String {
        let mut endpoint = endpoint.clone();
        self.reorder(&mut endpoint);
        let (method, path) = (endpoint.method, self.path(&endpoint.path));
        let hashes = "#".repeat(self.depth);
        let bullets = self.bullets(&endpoint);
        let does = &endpoint.does;
        match self.form {
            Form::Line => format!("{method} {path}\n{bullets}\n"),
            Form::Label => format!("**{method} {path}**\n\n{bullets}\n"),
            Form::Heading => format!("{hashes} {method} {path}\n\n{bullets}\n"),
            Form::Fences => {
                let blocks =
                    self.blocks(&endpoint, |fields| format!("```ts\n{}\n```\n\n", shape(fields)));
                format!("{hashes} `{method} {path}`\n\nIt {does}.\n\n{blocks}")
            }
            Form::FieldTables => {
                let blocks = self.blocks(&endpoint, field_rows);
                format!("{hashes} {method} {path}\n\n{blocks}")
            }
            Form::Arrow => {
                let request = match (&endpoint.query[..], &endpoint.request[..]) {
                    ([], []) => "no body".to_owned(),
                    ([], fields) => shape(fields),
                    (query, _) => format!("query {}", shape(query)),
                };
                let response = response(&endpoint);
                let errors = self.cases(&endpoint.errors);
                let mark = self.style.mark;
                let mut text = format!("{method} {path} - {request} → {response}\n");
                text += &format!("{mark} Errors: {errors}\n");
                if let Some(headers) = headers(&endpoint) {
                    text += &format!("{mark} Headers: {headers}\n");
                }
                text + "\n"
            }
            Form::Rows | Form::OpenApi => String::new(),
        }
    }

    fn bullets(&self, endpoint: &Endpoint) -> String {
        let mut lines = Vec::new();
        if let Some(headers) = headers(endpoint) {
            lines.push(("Headers", headers));
        }
        lines.push(match (&endpoint.query[..], &endpoint.request[..]) {
            ([], []) => ("Request", "no body".to_owned()),
            ([], fields) => ("Request", shape(fields)),
            (query, _) => ("Request", format!("query {}", shape(query))),
        });
        lines.push(("Response", response(endpoint)));
        lines.push(("Error cases", self.cases(&endpoint.errors)));
        self.labeled(&lines)
    }

    fn labeled(&self, lines: &[(&str, String)]) -> String {
        let star = if self.style.bold_labels { "**" } else { "" };
        let mark = self.style.mark;
        lines.iter().map(|(label, text)| format!("{mark} {star}{label}{star}: {text}\n")).collect()
    }

    /// Labels with a block of fields below each.
    fn blocks(&self, endpoint: &Endpoint, fields: impl Fn(&[Field]) -> String) -> String {
        let mark = self.style.mark;
        let mut text = String::new();
        if let Some(headers) = headers(endpoint) {
            text += "**Headers:**\n\n";
            for header in headers.split(", ") {
                text += &format!("{mark} `{}`\n", header.replace('`', ""));
            }
            text += "\n";
        }
        if !endpoint.query.is_empty() {
            text += &format!("**Query Parameters:**\n\n{}", fields(&endpoint.query));
        }
        if !endpoint.request.is_empty() {
            text += &format!("**Request Body:**\n\n{}", fields(&endpoint.request));
        } else if endpoint.method != "GET" && endpoint.method != "DELETE" {
            text += "**Request Body:** none\n\n";
        }
        text += &match &endpoint.response[..] {
            [] => format!("**Response ({}):** no body\n\n", endpoint.status),
            all => format!("**Response ({}):**\n\n{}", endpoint.status, fields(all)),
        };
        if endpoint.errors.is_empty() {
            return text;
        }
        text += "**Error Responses:**\n\n";
        for case in &endpoint.errors {
            text += &format!("{mark} `{}`: {}\n", case.code, self.meaning(case));
        }
        text + "\n"
    }

    fn rows(&mut self, endpoints: &[Endpoint]) -> String {
        let mut text = "| Method | Path | Auth | Request | Response | Errors |\n\
                        | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
        for endpoint in endpoints {
            let mut endpoint = endpoint.clone();
            self.reorder(&mut endpoint);
            let request = match (&endpoint.query[..], &endpoint.request[..]) {
                ([], []) => "no body".to_owned(),
                ([], fields) => format!("`{}`", shape(fields)),
                (query, _) => format!("query `{}`", shape(query)),
            };
            let answer = match &endpoint.response[..] {
                [] => format!("{} no body", endpoint.status),
                fields => format!("{} `{}`", endpoint.status, shape(fields)),
            };
            let auth = if endpoint.auth { "required" } else { "none" };
            let (method, path) = (endpoint.method, self.path(&endpoint.path));
            let errors = self.cases(&endpoint.errors);
            text +=
                &format!("| {method} | `{path}` | {auth} | {request} | {answer} | {errors} |\n");
        }
        text + "\n"
    }

    fn event(&mut self, event: &Event) -> String {
        let mut event = event.clone();
        self.shuffle(&mut event.payload);
        self.shuffle(&mut event.errors);
        let lines = [
            ("Payload", shape(&event.payload)),
            ("Response", shape(&event.response)),
            ("Error cases", self.cases(&event.errors)),
        ];
        let bullets = self.labeled(&lines);
        let (name, hashes) = (&event.name, "#".repeat(self.depth));
        match self.form {
            Form::Line | Form::Arrow | Form::Rows => format!("EVENT {name}\n{bullets}\n"),
            Form::Label => format!("**EVENT {name}**\n\n{bullets}\n"),
            _ => format!("{hashes} EVENT {name}\n\n{bullets}\n"),
        }
    }

    fn cases(&self, errors: &[ErrorCase]) -> String {
        if errors.is_empty() {
            return "none".to_owned();
        }
        let one = |case: &ErrorCase| format!("{} ({})", case.code, self.meaning(case));
        errors.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    pub fn meaning<'c>(&self, case: &'c ErrorCase) -> &'c str {
        &case.meanings[self.style.wording % case.meanings.len()]
    }

    pub fn path(&self, path: &str) -> String {
        written(self.style.parameter, path)
    }

    fn reorder(&mut self, endpoint: &mut Endpoint) {
        self.shuffle(&mut endpoint.query);
        self.shuffle(&mut endpoint.request);
        self.shuffle(&mut endpoint.response);
        self.shuffle(&mut endpoint.errors);
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        if let Some(dice) = &mut self.dice {
            dice.shuffle(all);
        }
    }
}

/// A path with its parameters as a team writes them.
pub fn written(parameter: Parameter, path: &str) -> String {
    match parameter {
        Parameter::Colon => path.replace("{id}", ":id"),
        Parameter::Braces => path.to_owned(),
        Parameter::Named => {
            let noun = path.split('/').nth(2).unwrap_or("thing");
            let one = noun.strip_suffix('s').unwrap_or(noun);
            path.replace("{id}", &format!("{{{one}Id}}"))
        }
    }
}

fn headers(endpoint: &Endpoint) -> Option<String> {
    let auth = endpoint.auth.then(|| "Authorization: `Bearer <token>`".to_owned());
    let other = endpoint.header.as_ref().map(|(name, value)| format!("{name}: `{value}`"));
    let all: Vec<String> = auth.into_iter().chain(other).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn response(endpoint: &Endpoint) -> String {
    match &endpoint.response[..] {
        [] => format!("{} with no body", endpoint.status),
        fields => format!("{} {}", endpoint.status, shape(fields)),
    }
}

/// `{id: string, note?: string}`
pub fn shape(fields: &[Field]) -> String {
    let members = fields.iter().map(|one| {
        let mark = if one.optional { "?" } else { "" };
        format!("{}{mark}: {}", one.name, one.kind.written())
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

fn field_rows(fields: &[Field]) -> String {
    let mut text = "| Field | Type | Required |\n| --- | --- | --- |\n".to_owned();
    for field in fields {
        let required = if field.optional { "No" } else { "Yes" };
        text += &format!("| `{}` | {} | {required} |\n", field.name, field.kind.written());
    }
    text + "\n"
}
