//! Types, tables and endpoints, printed in each form and read back: the same contract.

use gatecheck::facts::extract;
use gatecheck::model::contract::{self, Contract, Method, Shape, Subject};
use proptest::prelude::*;

/// A member with what it holds.
#[derive(Clone, Debug, PartialEq)]
struct Field {
    name: String,
    optional: bool,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Text,
    Flag,
    Named(String),
    Many(Box<Kind>),
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    let leaf = prop_oneof![
        Just(Kind::Text),
        Just(Kind::Flag),
        "[A-Z][a-z]{2,6}Thing".prop_map(Kind::Named),
    ];
    let kind =
        leaf.prop_recursive(2, 4, 1, |inner| inner.prop_map(|kind| Kind::Many(Box::new(kind))));
    let field = ("m_[a-z]{1,6}", any::<bool>(), kind);
    let field = field.prop_map(|(name, optional, kind)| Field { name, optional, kind });
    prop::collection::vec(field, 1..6).prop_map(|mut all| {
        all.sort_by(|left, right| left.name.cmp(&right.name));
        all.dedup_by(|left, right| left.name == right.name);
        all
    })
}

/// How a shape of these fields is shown.
fn shape_of(fields: &[Field]) -> String {
    let shown = |field: &Field| {
        let mark = if field.optional { "?" } else { "" };
        format!("{}{mark}: {}", field.name, shape_name(&field.kind))
    };
    format!("{{{}}}", fields.iter().map(shown).collect::<Vec<_>>().join(", "))
}

fn shape_name(kind: &Kind) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        Kind::Flag => "boolean".to_owned(),
        Kind::Named(name) => name.clone(),
        Kind::Many(inner) => format!("{}[]", shape_name(inner)),
    }
}

/// A type with the words of one language for text, flag, and many of another.
fn written(kind: &Kind, text: &str, flag: &str, many: &dyn Fn(String) -> String) -> String {
    match kind {
        Kind::Text => text.to_owned(),
        Kind::Flag => flag.to_owned(),
        Kind::Named(name) => name.clone(),
        Kind::Many(inner) => many(written(inner, text, flag, many)),
    }
}

/// A type declared in each language: the name of the fence and its text.
fn declarations(fields: &[Field]) -> Vec<(&'static str, String)> {
    let lines = |line: &dyn Fn(&Field) -> String| fields.iter().map(line).collect::<String>();
    let typescript = |field: &Field| {
        let mark = if field.optional { "?" } else { "" };
        let kind = written(&field.kind, "string", "boolean", &|of| format!("{of}[]"));
        format!("  {}{mark}: {kind}; // what it is: {{ a: b }}\n", field.name)
    };
    let python = |field: &Field| {
        let kind = written(&field.kind, "str", "bool", &|of| format!("list[{of}]"));
        match field.optional {
            true => format!("    {}: Optional[{kind}] = None  # may: be\n", field.name),
            false => format!("    {}: {kind}\n", field.name),
        }
    };
    let rust = |field: &Field| {
        let kind = written(&field.kind, "String", "bool", &|of| format!("Vec<{of}>"));
        let kind = if field.optional { format!("Option<{kind}>") } else { kind };
        format!("    #[serde(default)]\n    pub {}: {kind}, /* }} */\n", field.name)
    };
    let java = |field: &Field| {
        let kind = written(&field.kind, "String", "boolean", &|of| format!("List<{of}>"));
        let kind = if field.optional { format!("Optional<{kind}>") } else { kind };
        format!("  @NotNull private final {kind} {};\n", field.name)
    };
    let go = |field: &Field| {
        let kind = written(&field.kind, "string", "bool", &|of| format!("[]{of}"));
        let more = if field.optional { ",omitempty" } else { "" };
        format!("\tField{} {kind} `json:\"{}{more}\"`\n", field.name, field.name)
    };
    vec![
        ("ts", format!("export interface Sample {{\n{}}}", lines(&typescript))),
        ("typescript", format!("type Sample = {{\n{}}};", lines(&typescript))),
        (
            "python",
            format!("@dataclass\nclass Sample:\n    \"\"\"One: thing.\"\"\"\n{}", lines(&python)),
        ),
        ("rust", format!("#[derive(Debug)]\npub struct Sample {{\n{}}}", lines(&rust))),
        ("java", format!("public class Sample {{\n{}}}", lines(&java))),
        ("go", format!("type Sample struct {{\n{}}}", lines(&go))),
    ]
}

fn openapi(fields: &[Field]) -> serde_json::Value {
    fn schema(kind: &Kind) -> serde_json::Value {
        match kind {
            Kind::Text => serde_json::json!({"type": "string"}),
            Kind::Flag => serde_json::json!({"type": "boolean"}),
            // What leads out of the document keeps its name.
            Kind::Named(name) => serde_json::json!({"$ref": format!("common.yaml#/{name}")}),
            Kind::Many(inner) => serde_json::json!({"type": "array", "items": schema(inner)}),
        }
    }
    let properties: serde_json::Map<_, _> =
        fields.iter().map(|field| (field.name.clone(), schema(&field.kind))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| !field.optional).map(|field| &*field.name).collect();
    let body =
        serde_json::json!({"type": "object", "required": required, "properties": properties});
    serde_json::json!({
        "openapi": "3.0.3",
        "paths": {"/samples/{id}": {"post": {
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {"204": {"description": "done"}, "400": {"description": "wrong"}},
        }}},
    })
}

/// A JSON value as YAML in blocks.
fn yaml(value: &serde_json::Value, depth: usize) -> String {
    let pad = "  ".repeat(depth);
    match value {
        serde_json::Value::Object(map) if !map.is_empty() => map
            .iter()
            .map(|(key, value)| {
                let plain = key.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
                let key = if plain { key.clone() } else { format!("'{key}'") };
                match value.is_object() {
                    true => format!("{pad}{key}:\n{}", yaml(value, depth + 1)),
                    false => format!("{pad}{key}: {value}\n"),
                }
            })
            .collect(),
        other => format!("{pad}{other}\n"),
    }
}

fn only(markdown: &str) -> Contract {
    let contracts = contract::read(&extract(markdown.as_bytes().to_vec()));
    assert_eq!(contracts.unread, [], "{markdown}");
    assert_eq!(contracts.list.len(), 1, "{markdown}");
    contracts.list.into_iter().next().unwrap_or_else(|| panic!("{markdown}"))
}

fn shown(shape: Option<&Shape>) -> String {
    shape.map_or_else(|| "nothing was read".to_owned(), ToString::to_string)
}

proptest! {
    // Nothing is written where a test fails.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_type_is_the_same_in_each_language(fields in fields()) {
        let expected = shape_of(&fields);
        for (language, code) in declarations(&fields) {
            let markdown = format!("# Types\n\n```{language}\n{code}\n```\n");
            let read = only(&markdown);
            prop_assert_eq!(&read.subject, &Subject::Type { name: "Sample".to_owned() });
            let shape = shown(read.response.as_ref().map(|part| &part.shape));
            prop_assert_eq!(&shape, &expected, "{}", markdown);
        }
    }

    #[test]
    fn a_table_is_the_same_in_each_form(fields in fields()) {
        let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
        let sql = names.iter().map(|name| format!("  {name} TEXT NOT NULL"));
        let sql = sql.collect::<Vec<_>>().join(", -- (\n");
        let rows: String = names.iter().map(|name| format!("| `{name}` | text |\n")).collect();
        let mut forms = vec![
            format!("```sql\nCREATE TABLE IF NOT EXISTS \"samples\" (\n{sql},\n  UNIQUE (m_a)\n);\n```\n"),
            format!("## Table: samples\n\n| Column | Type |\n|---|---|\n{rows}"),
        ];
        if names.len() > 1 {
            forms.push(format!("**Data models**:\n\n- `samples`: {}\n", names.join(", ")));
        }
        for form in forms {
            let markdown = format!("# Tables\n\n{form}");
            let read = only(&markdown);
            prop_assert_eq!(&read.subject, &Subject::Table { name: "samples".to_owned() });
            let Some(Shape::Object(object)) = read.response.map(|part| part.shape) else {
                panic!("{markdown}");
            };
            let columns: Vec<&str> = object.members.iter().map(|one| &*one.name).collect();
            prop_assert_eq!(&columns, &names, "{}", markdown);
        }
    }

    #[test]
    fn an_endpoint_is_the_same_in_yaml_json_and_words(fields in fields()) {
        let document = openapi(&fields);
        let expected = shape_of(&fields);
        let json = serde_json::to_string_pretty(&document).expect("the document is JSON");
        let words = format!(
            "### POST /samples/:id\n\n- Request: {expected}\n- Response: 204 no body\n\
             - Error cases: 400 (wrong)\n"
        );
        for markdown in [
            format!("```yaml\n{}```\n", yaml(&document, 0)),
            format!("```json\n{json}\n```\n"),
            format!("```json\n{document}\n```\n"),
            words,
        ] {
            let markdown = format!("# API\n\n## Endpoints\n\n{markdown}");
            let read = only(&markdown);
            let Subject::Endpoint { method, route } = &read.subject else { panic!("{markdown}") };
            prop_assert_eq!((*method, route.key()), (Method::Post, "/samples/{}"));
            prop_assert_eq!(shown(read.request.as_ref().map(|part| &part.shape)), &*expected);
            let answer = read.response.as_ref();
            prop_assert_eq!(answer.and_then(|part| part.status), Some(204), "{}", markdown);
            prop_assert_eq!(shown(answer.map(|part| &part.shape)), "no body", "{}", markdown);
            let errors: Vec<(&str, &str)> =
                read.error_cases.iter().map(|case| (&*case.code, &*case.meaning)).collect();
            prop_assert_eq!(errors, [("400", "wrong")], "{}", markdown);
        }
    }
}
