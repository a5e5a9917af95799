//! The same contracts, printed in every form that documents write them in.

/// An endpoint as a team has it in mind.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub method: &'static str,
    pub path: &'static str,
    pub auth: bool,
    pub request: Vec<Field>,
    pub status: u16,
    pub response: Vec<Field>,
    pub errors: Vec<(u16, &'static str)>,
}

/// A name, and a type as TypeScript spells it.
pub type Field = (&'static str, &'static str);

pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint {
            method: "POST",
            path: "/api/accounts",
            auth: false,
            request: vec![("email", "string"), ("age", "number"), ("tags", "string[]")],
            status: 201,
            response: vec![("id", "string"), ("email", "string"), ("active", "boolean")],
            errors: vec![(400, "a field is missing"), (409, "the email is taken")],
        },
        Endpoint {
            method: "PUT",
            path: "/api/accounts/:id",
            auth: true,
            request: vec![("email", "string")],
            status: 200,
            response: vec![("id", "string"), ("version", "number")],
            errors: vec![(401, "nobody is logged in"), (404, "there is no such account")],
        },
        Endpoint {
            method: "DELETE",
            path: "/api/accounts/:id",
            auth: true,
            request: vec![],
            status: 204,
            response: vec![],
            errors: vec![(401, "nobody is logged in"), (403, "it belongs to another")],
        },
    ]
}

/// A way to write contracts down, with its name.
pub type Form = (&'static str, fn(&[Endpoint]) -> String);

pub const FORMS: &[Form] = &[
    ("lines", lines),
    ("headings", headings),
    ("labels", labels),
    ("blocks", blocks),
    ("rows", rows),
    ("arrows", arrows),
    ("openapi", openapi),
    ("typescript", typescript),
];

fn shape(fields: &[Field]) -> String {
    let inner: Vec<String> = fields.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
    format!("{{{}}}", inner.join(", "))
}

fn request(one: &Endpoint) -> String {
    if one.request.is_empty() { "no body".into() } else { shape(&one.request) }
}

fn response(one: &Endpoint) -> String {
    match one.response.is_empty() {
        true => format!("{} no body", one.status),
        false => format!("{} {}", one.status, shape(&one.response)),
    }
}

fn errors(one: &Endpoint) -> String {
    let all = one.errors.iter().map(|(code, meaning)| format!("{code} ({meaning})"));
    all.collect::<Vec<_>>().join(", ")
}

fn auth(one: &Endpoint) -> &'static str {
    if one.auth { "required" } else { "none" }
}

fn each(all: &[Endpoint], print: impl Fn(&Endpoint) -> String) -> String {
    all.iter().map(print).collect::<Vec<_>>().join("\n")
}

fn lines(all: &[Endpoint]) -> String {
    each(all, |one| {
        format!(
            "{} {}\n- Auth: {}\n- Request: {}\n- Response: {}\n- Error cases: {}\n",
            one.method,
            one.path,
            auth(one),
            request(one),
            response(one),
            errors(one)
        )
    })
}

fn headings(all: &[Endpoint]) -> String {
    each(all, |one| {
        let path = one.path.replace(":id", "{accountId}");
        let errors: String =
            one.errors.iter().rev().map(|(code, why)| format!("- `{code}`: {why}\n")).collect();
        format!(
            "### `{} {path}`\n\n**Authentication**: {}\n\n**Request body**: `{}`\n\n\
             **Response**: `{}`\n\n**Errors**:\n{errors}",
            one.method,
            auth(one),
            request(one),
            response(one),
        )
    })
}

fn labels(all: &[Endpoint]) -> String {
    each(all, |one| {
        let path = one.path.replace(":id", "<account>");
        format!(
            "**{} {path}**\n\n- **Auth**: {}\n- **Request**: `{}`\n- **Response**: `{}`\n\
             - **Errors**: {}\n",
            one.method,
            auth(one),
            request(one),
            response(one),
            errors(one)
        )
    })
}

fn sample(fields: &[Field]) -> String {
    let value = |kind: &str| match kind {
        "string" => "\"abc\"",
        "number" => "17",
        "boolean" => "true",
        "string[]" => "[\"abc\"]",
        other => panic!("no sample of {other}"),
    };
    let inner = fields.iter().rev();
    let inner: Vec<_> =
        inner.map(|(name, kind)| format!("  \"{name}\": {}", value(kind))).collect();
    format!("```json\n{{\n{}\n}}\n```\n", inner.join(",\n"))
}

fn blocks(all: &[Endpoint]) -> String {
    each(all, |one| {
        let body = match one.request.is_empty() {
            true => "**Request**: no body\n".to_owned(),
            false => format!("**Request**:\n\n{}", sample(&one.request)),
        };
        let answer = match one.response.is_empty() {
            true => format!("**Response**: {} no body\n", one.status),
            false => format!("**Response** ({}):\n\n{}", one.status, sample(&one.response)),
        };
        let errors: String =
            one.errors.iter().map(|(code, why)| format!("| {code} | {why} |\n")).collect();
        format!(
            "### {} {}\n\n**Auth**: {}\n\n{body}\n{answer}\n**Error cases**:\n\n\
             | Status | When |\n| --- | --- |\n{errors}",
            one.method,
            one.path,
            auth(one)
        )
    })
}

fn rows(all: &[Endpoint]) -> String {
    let row = |one: &Endpoint| {
        format!(
            "| {} | `{}` | {} | `{}` | `{}` | {} |",
            one.method,
            one.path,
            auth(one),
            request(one),
            response(one),
            errors(one)
        )
    };
    format!(
        "| Method | Path | Auth | Request | Response | Errors |\n\
         | --- | --- | --- | --- | --- | --- |\n{}\n",
        each(all, row)
    )
}

fn arrows(all: &[Endpoint]) -> String {
    each(all, |one| {
        let request = if one.request.is_empty() { "{}".into() } else { shape(&one.request) };
        format!(
            "- `{} {}` - {request} → {}\n  - Auth: {}\n  - Error cases: {}",
            one.method,
            one.path,
            response(one),
            auth(one),
            errors(one)
        )
    }) + "\n"
}

fn schema(fields: &[Field], depth: usize) -> String {
    let pad = "  ".repeat(depth);
    let mut out = format!("{pad}type: object\n{pad}required: [");
    out += &fields.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    out += &format!("]\n{pad}properties:\n");
    for (name, kind) in fields {
        out += &match kind.strip_suffix("[]") {
            Some(inner) => format!("{pad}  {name}: {{type: array, items: {{type: {inner}}}}}\n"),
            None => format!("{pad}  {name}: {{type: {kind}}}\n"),
        };
    }
    out
}

fn openapi(all: &[Endpoint]) -> String {
    let mut out = "```yaml\nopenapi: 3.0.3\npaths:\n".to_owned();
    let mut paths: Vec<&str> = all.iter().map(|one| one.path).collect();
    paths.dedup();
    for path in paths {
        out += &format!("  {}:\n", path.replace(":id", "{id}"));
        for one in all.iter().filter(|one| one.path == path) {
            out += &format!("    {}:\n", one.method.to_lowercase());
            out +=
                if one.auth { "      security: [{bearer: []}]\n" } else { "      security: []\n" };
            if !one.request.is_empty() {
                out += "      requestBody:\n        content:\n          application/json:\n\
                        \x20           schema:\n";
                out += &schema(&one.request, 7);
            }
            out += &format!(
                "      responses:\n        '{}':\n          description: done\n",
                one.status
            );
            if !one.response.is_empty() {
                out += "          content:\n            application/json:\n              schema:\n";
                out += &schema(&one.response, 8);
            }
            for (code, meaning) in &one.errors {
                out += &format!("        '{code}':\n          description: {meaning}\n");
            }
        }
    }
    out + "```\n"
}

fn typescript(all: &[Endpoint]) -> String {
    let mut out = String::new();
    let mut types = String::new();
    for (at, one) in all.iter().enumerate() {
        let mut declare = |name: &str, fields: &[Field]| {
            if fields.is_empty() {
                return "no body".to_owned();
            }
            let fields: String =
                fields.iter().map(|(name, kind)| format!("  {name}: {kind};\n")).collect();
            types += &format!("interface {name}{at} {{\n{fields}}}\n");
            format!("`{name}{at}`")
        };
        let request = declare("Body", &one.request);
        let answer = declare("Answer", &one.response);
        out += &format!(
            "### {} {}\n\n- Auth: {}\n- Request: {request}\n- Response: {} {answer}\n\
             - Error cases: {}\n\n",
            one.method,
            one.path,
            auth(one),
            one.status,
            errors(one)
        );
    }
    format!("{out}## Types\n\n```ts\n{types}```\n")
}
