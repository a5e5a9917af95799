use super::*;
use crate::model::contract::{Contract, Part, Shape};

const YAML: &str = r##"openapi: 3.0.3
info: {title: Tools, version: "1"}
servers:
  - url: https://shed.example/api/
security:
  - bearer: []
paths:
  /tools/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      summary: One tool
      security: []
      parameters:
        - name: full
          in: query
          schema: {type: boolean}
        - $ref: '#/components/parameters/Trace'
      responses:
        200:
          description: found
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Tool"}
        '404':
          $ref: '#/components/responses/Missing'
  /tools:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string}
                kind: {type: string, enum: [hand, power]}
                since: {type: string, format: date, nullable: true}
      responses:
        "201": {description: made}
        "400": {description: a field is missing}
        default: {description: anything else}
components:
  parameters:
    Trace: {name: X-Trace, in: header, schema: {type: string}}
  responses:
    Missing: {description: no such tool}
  schemas:
    Tool:
      allOf:
        - {$ref: "#/components/schemas/Named"}
        - type: object
          required: [parts]
          properties:
            parts: {type: array, items: {$ref: "#/components/schemas/Tool"}}
    Named: {type: object, required: [id], properties: {id: {type: integer}}}
"##;

fn shown(contracts: &Contracts, text: &str) -> Vec<String> {
    let part = |part: &Option<Part>| match part {
        None => "-".to_owned(),
        Some(part) => {
            let status = part.status.map_or(String::new(), |status| format!("{status} "));
            format!("{status}{}", part.shape)
        }
    };
    let one = |one: &Contract| {
        let errors = one.error_cases.iter();
        let errors: Vec<String> =
            errors.map(|case| format!("{} {}", case.code, case.meaning)).collect();
        let auth = one.auth.map(|auth| auth.required);
        let headers: Vec<&str> = one.headers.iter().map(|header| &*header.name).collect();
        format!(
            "{} @{} {} {} -> {} [{}] {auth:?} {headers:?}",
            one.subject,
            one.span.of(text),
            part(&one.request),
            part(&one.query),
            part(&one.response),
            errors.join(", ")
        )
    };
    let unread = contracts.unread.iter().map(|one| format!("{} @{}", one.why, one.span.of(text)));
    contracts.list.iter().map(one).chain(unread).collect()
}

const EXPECTED: [&str; 2] = [
    "GET /api/tools/{id} @get {full?: boolean} - -> 200 {id: integer, parts: Tool[]} \
     [404 no such tool] Some(false) [\"X-Trace\"]",
    "POST /api/tools @post {kind?: hand | power, name: string, since?: date | null} - -> 201 unsaid \
     [400 a field is missing, default anything else] Some(true) []",
];

#[test]
fn documents_in_yaml_and_json_are_read_alike() {
    let contracts = read_file(YAML);
    assert_eq!(shown(&contracts, YAML), EXPECTED);
    let case = &contracts.list[0].error_cases[0];
    assert_eq!(case.span.of(YAML), "404");
    assert!(contracts.list[0].extent.of(YAML).trim_end().ends_with("Missing'"));

    let value: Value = serde_saphyr::from_str(YAML).expect("the document is YAML");
    for json in [serde_json::to_string_pretty(&value), serde_json::to_string(&value)] {
        let json = json.expect("the document is JSON");
        let mut again = shown(&read_file(&json), &json);
        again.sort();
        assert_eq!(again, EXPECTED);
    }
}

#[test]
fn swagger_and_fences_are_read() {
    let swagger = "swagger: '2.0'\nbasePath: /v1\npaths:\n  /a:\n    put:\n      parameters:\n\
        \x20       - {in: body, name: b, required: true, schema: {$ref: '#/definitions/B'}}\n\
        \x20     responses:\n        204: {description: done}\ndefinitions:\n\
        \x20 B: {type: object, properties: {c: {type: string, format: uuid}}}\n";
    let expected = ["PUT /v1/a @put {c?: uuid} - -> 204 no body [] None []"];
    assert_eq!(shown(&read_file(swagger), swagger), expected);

    let fenced = format!(
        "# A\n\n## API\n\n```yaml\n{swagger}```\n\n```json\n{{\"paths\": {{\"@/*\": []}}}}\n```\n"
    );
    let facts = crate::facts::extract(fenced.as_bytes());
    let mut contracts = Contracts::default();
    read(&facts, &mut contracts);
    assert_eq!(shown(&contracts, &fenced), expected);
    assert_eq!(contracts.list[0].section, 2);
}

#[test]
fn what_is_broken_is_said() {
    let broken = "openapi: 3.0.0\npaths:\n  /a: {get: [\n";
    let found = read_file(broken);
    assert!(found.unread[0].why.starts_with("the OpenAPI document cannot be parsed: "));
    assert_eq!(found.unread[0].span.of(broken), "openapi: 3.0.0");
    let nowhere =
        "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      responses:\n        '200': {$ref: '#/x'}\n";
    let why = "the reference `#/x` leads nowhere @openapi: 3.0.0";
    assert_eq!(shown(&read_file(nowhere), nowhere)[1], why);
    for other in ["paths: [\n/", "a: b\npaths:\n  x/y: 1\n", "{\"paths\": {\"/a\": 3}}", "[/paths"]
    {
        assert_eq!(read_file(other), Contracts::default(), "{other}");
    }
}

#[test]
fn schemas_that_name_each_other_end() {
    let mut wide = "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: x\n\
        \x20         content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}\ncomponents:\n  schemas:\n".to_owned();
    for at in 0..40 {
        let next = (at + 1) % 40;
        let refer = format!("{{$ref: '#/components/schemas/S{next}'}}");
        wide.push_str(&format!(
            "    S{at}: {{type: object, properties: {{a: {refer}, b: {refer}, c: {refer}}}}}\n"
        ));
    }
    let contracts = read_file(&wide);
    assert!(matches!(contracts.list[0].response, Some(Part { shape: Shape::Object(_), .. })));
    assert!(format!("{:?}", contracts.list).len() < 1_000_000);
}
