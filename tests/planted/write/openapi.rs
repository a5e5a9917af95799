//! Endpoints as an OpenAPI document in a fence.

use super::contracts::Writer;
use crate::world::{Endpoint, Field, Kind};

pub fn fence(endpoints: &[Endpoint], writer: &Writer<'_>) -> String {
    let mut text = "```yaml\nopenapi: 3.0.3\npaths:\n".to_owned();
    let mut paths: Vec<&str> = Vec::new();
    for endpoint in endpoints {
        if !paths.contains(&&*endpoint.path) {
            paths.push(&endpoint.path);
        }
    }
    for path in paths {
        // OpenAPI knows parameters in braces only.
        text += &format!("  {path}:\n");
        for endpoint in endpoints.iter().filter(|one| one.path == path) {
            text += &operation(endpoint, writer);
        }
    }
    text + "```\n\n"
}

fn operation(endpoint: &Endpoint, writer: &Writer<'_>) -> String {
    let mut text = format!("    {}:\n", endpoint.method.to_lowercase());
    text += &format!("      summary: {}\n", endpoint.does);
    if endpoint.auth {
        text += "      security:\n        - bearerAuth: []\n";
    }
    let mut parameters = String::new();
    if endpoint.path.contains("{id}") {
        parameters +=
            "        - { name: id, in: path, required: true, schema: { type: string } }\n";
    }
    if let Some((name, _)) = &endpoint.header {
        parameters += &format!(
            "        - {{ name: {name}, in: header, required: true, schema: {{ type: string }} }}\n"
        );
    }
    for field in &endpoint.query {
        let required = !field.optional;
        let (name, schema) = (&field.name, schema(&field.kind));
        parameters += &format!(
            "        - {{ name: {name}, in: query, required: {required}, schema: {schema} }}\n"
        );
    }
    if !parameters.is_empty() {
        text += &format!("      parameters:\n{parameters}");
    }
    if !endpoint.request.is_empty() {
        text += "      requestBody:\n        content:\n          application/json:\n";
        text += &body(&endpoint.request);
    } else if endpoint.method != "GET" && endpoint.method != "DELETE" {
        text += "      requestBody: {}\n";
    }
    text +=
        &format!("      responses:\n        '{}':\n          description: done\n", endpoint.status);
    if !endpoint.response.is_empty() {
        text += "          content:\n            application/json:\n";
        text += &body(&endpoint.response).replace("            schema", "              schema");
    }
    for case in &endpoint.errors {
        let meaning = writer.meaning(case);
        text += &format!("        '{}':\n          description: {meaning}\n", case.code);
    }
    text
}

fn body(fields: &[Field]) -> String {
    let required: Vec<&str> =
        fields.iter().filter(|one| !one.optional).map(|one| &*one.name).collect();
    let properties = fields.iter().map(|one| format!("{}: {}", one.name, schema(&one.kind)));
    let properties = properties.collect::<Vec<_>>().join(", ");
    format!(
        "            schema: {{ type: object, required: [{}], properties: {{ {properties} }} }}\n",
        required.join(", ")
    )
}

fn schema(kind: &Kind) -> String {
    let named = |name: &str| format!("{{ $ref: 'types.yaml#/{name}' }}");
    match kind {
        Kind::Text => "{ type: string }".to_owned(),
        Kind::Number => "{ type: number }".to_owned(),
        Kind::Flag => "{ type: boolean }".to_owned(),
        Kind::Texts => "{ type: array, items: { type: string } }".to_owned(),
        Kind::Many(name) => format!("{{ type: array, items: {} }}", named(name)),
    }
}
