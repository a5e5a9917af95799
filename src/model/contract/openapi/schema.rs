//! Schemas as shapes.

use serde_json::{Map, Value};

use crate::base::Span;
use crate::model::contract::shape::Primitive;
use crate::model::contract::{Member, Object, Shape};

/// How deep schemas may stand in each other before the rest is left unsaid.
const DEEPEST: usize = 16;
/// How many references one schema may follow in all, so that schemas which name each other many
/// times over stay small.
const MOST: usize = 400;

/// The shape that a JSON Schema describes, where a text is one: `{"type": "object",
/// "properties": {…}}`.
pub fn json_schema(text: &str, span: Span) -> Option<Shape> {
    if !text.contains("\"properties\"") {
        return None;
    }
    let schema: Value = serde_json::from_str(text).ok()?;
    let is = |name: &str| schema.get(name).and_then(Value::as_str);
    let is_schema = is("type").is_some_and(|kind| matches!(kind, "object" | "array"))
        || is("$schema").is_some();
    is_schema.then(|| Schemas::new(&schema).read(&schema, span))
}

/// Reads the schemas of one document.
pub(super) struct Schemas<'v> {
    pub document: &'v Value,
    /// References that are being followed.
    open: Vec<&'v str>,
    followed: usize,
    /// The place that stands for all members: a schema may be far from where it is used.
    pub span: Span,
}

impl<'v> Schemas<'v> {
    pub fn new(document: &'v Value) -> Self {
        Self { document, open: Vec::new(), followed: 0, span: Span::default() }
    }

    /// The shape of a schema that stands at a place.
    pub fn read(&mut self, schema: &'v Value, span: Span) -> Shape {
        (self.span, self.followed) = (span, 0);
        self.shape(schema, 0)
    }

    fn shape(&mut self, schema: &'v Value, depth: usize) -> Shape {
        let Some(object) = schema.as_object().filter(|_| depth < DEEPEST) else {
            return Shape::Unsaid;
        };
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            return self.referred(reference, depth);
        }
        let shape = self.unnamed(object, depth);
        match object.get("nullable") == Some(&Value::Bool(true)) {
            true => either(vec![shape, Shape::Name("null".to_owned())]),
            false => shape,
        }
    }

    /// What a reference leads to; its name where it leads to itself, or out of the document.
    fn referred(&mut self, reference: &'v str, depth: usize) -> Shape {
        let name = || Shape::Name(reference.rsplit('/').next().unwrap_or(reference).to_owned());
        self.followed += 1;
        if self.open.contains(&reference) || self.followed > MOST {
            return name();
        }
        let Some(target) = resolve(self.document, reference) else { return name() };
        self.open.push(reference);
        let shape = self.shape(target, depth + 1);
        self.open.pop();
        shape
    }

    fn unnamed(&mut self, object: &'v Map<String, Value>, depth: usize) -> Shape {
        if let Some(values) = object.get("enum").and_then(Value::as_array) {
            return either(values.iter().map(value).collect());
        }
        if let Some(constant) = object.get("const") {
            return value(constant);
        }
        for word in ["oneOf", "anyOf"] {
            if let Some(all) = object.get(word).and_then(Value::as_array) {
                return either(all.iter().map(|one| self.shape(one, depth + 1)).collect());
            }
        }
        if let Some(all) = object.get("allOf").and_then(Value::as_array) {
            let mut all: Vec<Shape> = all.iter().map(|one| self.shape(one, depth + 1)).collect();
            if object.contains_key("properties") {
                all.push(self.object(object, depth));
            }
            return together(all);
        }
        match object.get("type") {
            Some(Value::Array(kinds)) => {
                let kinds = kinds.iter().filter_map(Value::as_str);
                either(kinds.map(|kind| self.of_type(kind, object, depth)).collect())
            }
            Some(Value::String(kind)) => self.of_type(kind, object, depth),
            _ if object.contains_key("properties") => self.object(object, depth),
            _ if object.contains_key("items") => self.of_type("array", object, depth),
            _ => Shape::Unsaid,
        }
    }

    fn of_type(&mut self, kind: &str, object: &'v Map<String, Value>, depth: usize) -> Shape {
        match kind {
            "object" if object.contains_key("properties") => self.object(object, depth),
            "array" => {
                let items = object.get("items");
                let inner = items.map_or(Shape::Unsaid, |items| self.shape(items, depth + 1));
                Shape::List(Box::new(inner))
            }
            _ => {
                let format = object.get("format").and_then(Value::as_str).unwrap_or("");
                let exact = Primitive::read(format).filter(|_| kind == "string");
                let known = exact.or_else(|| Primitive::read(kind));
                Shape::Name(known.map_or(kind, |known| known.name).to_owned())
            }
        }
    }

    fn object(&mut self, object: &'v Map<String, Value>, depth: usize) -> Shape {
        let required = object.get("required").and_then(Value::as_array);
        let is_required = |name: &str| {
            required.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(name)))
        };
        let properties = object.get("properties").and_then(Value::as_object);
        let members = properties.into_iter().flatten().map(|(name, schema)| Member {
            name: name.clone(),
            optional: !is_required(name),
            shape: self.shape(schema, depth + 1),
            span: self.span,
        });
        let members = members.collect();
        let open =
            object.get("additionalProperties").is_some_and(|more| *more != Value::Bool(false));
        Shape::Object(Object { members, open, sample: false })
    }
}

/// What a reference within a document leads to.
pub(super) fn resolve<'v>(document: &'v Value, reference: &str) -> Option<&'v Value> {
    document.pointer(reference.strip_prefix('#')?)
}

fn value(value: &Value) -> Shape {
    match value {
        Value::Null => Shape::Name("null".to_owned()),
        Value::String(text) => Shape::Value(text.clone()),
        other => Shape::Value(other.to_string()),
    }
}

fn either(mut all: Vec<Shape>) -> Shape {
    if all.len() == 1 { all.swap_remove(0) } else { Shape::Either(all) }
}

/// Schemas that hold together: objects are one object with all members.
fn together(mut all: Vec<Shape>) -> Shape {
    if all.len() == 1 {
        return all.swap_remove(0);
    }
    if !all.iter().all(|one| matches!(one, Shape::Object(_))) {
        return Shape::Both(all);
    }
    let mut whole = Object::default();
    for one in all {
        if let Shape::Object(object) = one {
            whole.open |= object.open;
            whole.members.extend(object.members);
        }
    }
    Shape::Object(whole)
}
