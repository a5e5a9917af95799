//! A contract printed in every written form and read back is the same contract.

use gatecheck::facts::extract;
use gatecheck::model::contract::{Contract, Method, Subject, compare, read};

/// A small generator with a fixed seed, so that a failure can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    fn one<'a>(&mut self, some: &[&'a str]) -> &'a str {
        some[self.roll(some.len())]
    }
}

/// A contract as data, from which every form is printed.
struct Sample {
    method: &'static str,
    path: String,
    request: Vec<(String, &'static str, bool)>,
    response: Vec<(String, &'static str, bool)>,
    status: u16,
    errors: Vec<(u16, &'static str)>,
    auth: bool,
}

fn fields(dice: &mut Dice) -> Vec<(String, &'static str, bool)> {
    const NAMES: [&str; 8] =
        ["id", "email", "title", "dueDate", "count", "is_open", "tags", "owner"];
    const TYPES: [&str; 5] = ["string", "integer", "boolean", "string[]", "number"];
    let start = dice.roll(NAMES.len());
    let many = 1 + dice.roll(4);
    let names = NAMES.iter().cycle().skip(start).take(many);
    names.map(|name| ((*name).to_owned(), dice.one(&TYPES), dice.roll(4) == 0)).collect()
}

fn sample(dice: &mut Dice) -> Sample {
    let nouns = ["todos", "users", "orders", "reports"];
    let method = dice.one(&["POST", "PUT", "PATCH"]);
    let noun = dice.one(&nouns);
    let parameter = ["", "/:id", "/{id}", "/<id>"][dice.roll(4)];
    let meanings = ["missing fields", "no such thing", "taken already", "no token"];
    let codes = [400, 401, 404, 409, 422];
    let first = dice.roll(3);
    let errors = codes.iter().skip(first).take(1 + dice.roll(3));
    let errors = errors.map(|code| (*code, dice.one(&meanings))).collect();
    Sample {
        method,
        path: format!("/api/{noun}{parameter}"),
        request: fields(dice),
        response: fields(dice),
        status: [200, 201, 202][dice.roll(3)],
        errors,
        auth: dice.roll(2) == 0,
    }
}

fn shape(fields: &[(String, &str, bool)]) -> String {
    let members = fields.iter().map(|(name, kind, optional)| {
        format!("{name}{}: {kind}", if *optional { "?" } else { "" })
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

fn bullets(fields: &[(String, &str, bool)]) -> String {
    let lines = fields.iter().map(|(name, kind, optional)| {
        format!("- `{name}` ({kind}{})\n", if *optional { ", optional" } else { ", required" })
    });
    lines.collect()
}

fn rows(fields: &[(String, &str, bool)]) -> String {
    let lines = fields.iter().map(|(name, kind, optional)| {
        format!("| `{name}` | {kind} | {} | what it is |\n", if *optional { "No" } else { "Yes" })
    });
    let head = "| Field | Type | Required | Description |\n|---|---|---|---|\n".to_owned();
    head + &lines.collect::<String>()
}

impl Sample {
    fn line_errors(&self) -> String {
        let cases = self.errors.iter().map(|(code, meaning)| format!("{code} ({meaning})"));
        cases.collect::<Vec<_>>().join(", ")
    }

    fn auth_line(&self, mark: &str) -> String {
        if self.auth {
            format!("{mark}Headers: Authorization: Bearer <token>\n")
        } else {
            String::new()
        }
    }

    /// The contract in each form, with the form's name.
    fn printed(&self) -> Vec<(&'static str, String)> {
        let Sample { method, path, status, .. } = self;
        let (request, response) = (shape(&self.request), shape(&self.response));
        let errors = self.line_errors();
        let parts = format!(
            "{}- Request: {request}\n- Response: {status} {response}\n- Error cases: {errors}\n",
            self.auth_line("- ")
        );
        let listed: String =
            self.errors.iter().map(|(code, meaning)| format!("- `{code}`: {meaning}\n")).collect();
        let tabled: String =
            self.errors.iter().map(|(code, meaning)| format!("| {code} | {meaning} |\n")).collect();
        let auth = if self.auth { "required" } else { "" };
        let shown_auth = if self.auth { "**Authentication**: Required\n\n" } else { "" };
        let fence = |text: &str| format!("```ts\n{text}\n```\n");
        let cell = |text: &str| text.replace('|', "\\|");
        let blocks = format!(
            "{shown_auth}**Request Body:**\n{}\n**Response ({status}):**\n{}\n**Error Responses:**\n{listed}",
            fence(&request),
            fence(&response)
        );
        vec![
            ("line", format!("# A\n\n{method} {path}\n{parts}")),
            ("fence", format!("# A\n\n```\n{method} {path}\n{parts}```\n")),
            ("http fence", format!("# A\n\n```http\n{method} {path}\n```\n\n{blocks}")),
            ("heading", format!("# A\n\n### 1. {method} {path} - Does it\n\n{blocks}")),
            ("code heading", format!("# A\n\n### `{method}` `{path}`\n\n{parts}")),
            ("label", format!("# A\n\n**{method} {path}**\n\n{parts}")),
            ("item", format!("# A\n\n- `{method} {path}` – does it\n{}", indent(&parts))),
            ("field", format!("# A\n\n## Do it\n\n**Endpoint**: `{method} {path}`\n\n{blocks}")),
            (
                "two fields",
                format!(
                    "# A\n\n## Do it\n\n- **Method**: {method}\n- **Path**: `{path}`\n\n{blocks}"
                ),
            ),
            (
                "field lists",
                format!(
                    "# A\n\n### {method} {path}\n\n{shown_auth}#### Request\n\n{}\n#### Response `{status}`\n\n{}\n\
                     #### Errors\n\n| Status | Meaning |\n|---|---|\n{tabled}",
                    bullets(&self.request),
                    bullets(&self.response)
                ),
            ),
            (
                "field tables",
                format!(
                    "# A\n\n### {method} {path}\n\n{shown_auth}#### Request Body\n\n{}\n#### Response ({status})\n\n{}\n\
                     #### Error Responses\n\n{listed}",
                    rows(&self.request),
                    rows(&self.response)
                ),
            ),
            (
                "row",
                format!(
                    "# A\n\n| Method | Path | Auth | Request | Response | Errors |\n|---|---|---|---|---|---|\n\
                     | {method} | `{path}` | {auth} | `{}` | {status} `{}` | {errors} |\n",
                    cell(&request),
                    cell(&response)
                ),
            ),
            (
                "wrapped arrow",
                format!(
                    "# A\n\n{method} {path} - {}\n→ {status}\n{}\n- Errors: {errors}\n{}",
                    request.replace(", ", ",\n  "),
                    response.replace(", ", ",\n"),
                    self.auth_line("- ")
                ),
            ),
            (
                "arrow",
                format!(
                    "# A\n\n{method} {path} - {request} → {status} {response}\n- Errors: {errors}\n{}",
                    self.auth_line("- ")
                ),
            ),
        ]
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

fn only(form: &str, text: &str) -> Contract {
    let found = read(&extract(text.as_bytes()));
    assert!(found.unread.is_empty(), "{form}: {:?}\n{text}", found.unread);
    assert_eq!(found.list.len(), 1, "{form}: {:#?}\n{text}", found.list);
    found.list.into_iter().next().unwrap()
}

#[test]
fn a_contract_is_the_same_in_every_form() {
    let mut dice = Dice(3);
    for _ in 0..150 {
        let sample = sample(&mut dice);
        let printed = sample.printed();
        let first = only(printed[0].0, &printed[0].1);
        let Subject::Endpoint { method, route } = &first.subject else { panic!("{first:?}") };
        assert_eq!((method.word(), route.written()), (sample.method, &*sample.path));
        assert_ne!(*method, Method::Get);
        assert_eq!(first.error_cases.len(), sample.errors.len());
        assert_eq!(first.auth.is_some(), sample.auth);
        for (form, text) in &printed[1..] {
            let other = only(form, text);
            assert_eq!(first.subject, other.subject, "{form}\n{text}");
            let differences = compare(&first, &other);
            // Headers are spelled out in some forms only.
            let real: Vec<_> = differences
                .iter()
                .filter(|one| one.contradicts() || !one.element.to_string().starts_with("header"))
                .map(|one| one.sentence("in the line", "in this form"))
                .collect();
            assert!(real.is_empty(), "{form}: {real:#?}\n{text}\n{}", printed[0].1);
            let meanings = |one: &Contract| -> Vec<(String, String)> {
                let cases = one.error_cases.iter();
                cases.map(|case| (case.code.clone(), case.meaning.clone())).collect()
            };
            assert_eq!(meanings(&first), meanings(&other), "{form}\n{text}");
        }
    }
}

#[test]
fn what_is_told_of_calls_is_no_contract() {
    for text in [
        "The page calls GET /api/x first. POST /api/y follows.\n",
        "GET /api/x returned 404 when the id was gone.\n",
        "```bash\ncurl -X POST http://localhost/api/x\n```\n",
        "```js\nconst answer = await fetch('/api/x');\n// POST /api/y\n```\n",
        "## Test Results\n\n- `GET /api/x` - passed\n- `GET /api/y` - passed\n",
        "# Changelog\n\n## Added\n\n- `GET /api/x` - lists\n- `GET /api/y` - shows\n",
        "```\n127.0.0.1 \"GET /api/x\" 200\nGET /api/x 200 12ms\n```\n",
        "| Endpoint | Result |\n|---|---|\n| GET /api/x | passed |\n",
        "- [ ] POST /api/x - write it\n- [ ] GET /api/x - write it\n",
        "**Test:** GET /health\n",
    ] {
        let found = read(&extract(text.as_bytes()));
        assert!(found.list.is_empty(), "{text}\n{:#?}", found.list);
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let found = read(&extract(b"### GET /api/x/{id\n\n- `GET /api/*` - all\n"));
    assert_eq!((found.list.len(), found.unread.len()), (0, 1), "{found:#?}");
    assert!(found.unread[0].why.contains("nothing closes"));
}

#[test]
fn unclosed_and_repeated_pieces_are_read_to_an_end() {
    let heads = ["", "POST /x\n\n", "- POST /x\n", "```\nPOST /x\n", "```yaml\n", "```ts\n"];
    let pieces = [
        "Request: {\n",
        "- Response: {\n",
        "POST /x {",
        "GET /x/{ ",
        "{\n",
        "{\"a\":[",
        "api:\n- GET /x\n",
        "&a [*a,",
        "type A = {\n",
        "│ # GET /{\n",
        "app.get(\"/x\",{\n",
    ];
    for (head, piece) in heads.iter().flat_map(|head| pieces.map(|piece| (head, piece))) {
        let text = format!("# API\n\n{head}{}", piece.repeat(4000));
        let read = read(&extract(text.as_bytes()));
        assert!(read.list.iter().all(|one| one.extent.end as usize <= text.len()), "{head}{piece}");
    }
}
