//! OpenAPI 3 and Swagger 2, in YAML or JSON: in fences, and in files of their own.

mod keys;
mod operation;
mod schema;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::{Contracts, Unread};
use crate::base::Span;
use crate::facts::{DocumentFacts, SectionId};
use keys::{KeyId, Keys};
use operation::Operation;
pub(super) use schema::json_schema;
use schema::{Schemas, resolve};

/// The methods that a path may have.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

/// Adds the contracts of the OpenAPI documents that stand in fences.
pub fn read(facts: &DocumentFacts, out: &mut Contracts) {
    for code in facts.codes.iter().filter(|code| code.fenced) {
        let language = facts.text_of(code.language);
        let named = ["yaml", "yml", "json", "openapi", "swagger"];
        let fits = named.iter().any(|name| name.eq_ignore_ascii_case(language));
        if fits && may_be(facts.text_of(code.body)) {
            part(&facts.text, code.body, code.section, out);
        }
    }
}

/// Reads a file that is nothing but an OpenAPI document.
pub fn read_file(text: &str) -> Contracts {
    let mut out = Contracts::default();
    if may_be(text) {
        part(text, Span::new(0, text.len()), 0, &mut out);
    }
    out.list.sort_by_key(|contract| contract.span.start);
    out
}

/// Whether a text may be an OpenAPI document: it has paths.
pub fn may_be(text: &str) -> bool {
    text.contains("paths") && text.contains('/')
}

/// Whether a text says itself that it is one.
fn says_so(text: &str) -> bool {
    let mut lines = text.lines().take(40);
    lines.any(|line| {
        let key = line.trim_start_matches([' ', '{', '"', '\'', '\t', '\u{feff}']);
        key.starts_with("openapi") || key.starts_with("swagger")
    })
}

fn part(text: &str, part: Span, section: SectionId, out: &mut Contracts) {
    let body = part.of(text).trim_start_matches('\u{feff}');
    let parsed: Result<Value, String> = match body.trim_start().starts_with('{') {
        true => serde_json::from_str(body).map_err(|error| error.to_string()),
        false => serde_saphyr::from_str(body).map_err(|error| first_line(&error.to_string())),
    };
    let begins = || {
        let lead = body.len() - body.trim_start().len();
        let start = part.end as usize - body.len() + lead;
        let first = body.trim_start().lines().next().unwrap_or("");
        Span::new(start, start + first.trim_end().len())
    };
    let document = match parsed {
        Ok(document) => document,
        Err(why) if says_so(body) => {
            let why = format!("the OpenAPI document cannot be parsed: {why}");
            return out.unread.push(Unread { span: begins(), why });
        }
        Err(_) => return,
    };
    let paths = document.get("paths").and_then(Value::as_object);
    let Some(paths) = paths.filter(|paths| paths.keys().any(|key| key.starts_with('/'))) else {
        return;
    };
    let keys = Keys::of(text, part);
    let schemas = Schemas::new(&document);
    let whole = begins();
    Reading { document: &document, keys, schemas, section, whole, out }.paths(paths);
}

/// What a parser says of a text, without the excerpt below it.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").trim_end_matches(['.', ':', ' ']).to_owned()
}

/// One document that is being read.
struct Reading<'v, 't, 'o> {
    document: &'v Value,
    keys: Keys<'t>,
    schemas: Schemas<'v>,
    section: SectionId,
    /// The place that stands for what is nowhere found by its key.
    whole: Span,
    out: &'o mut Contracts,
}

impl<'v> Reading<'v, '_, '_> {
    fn paths(&mut self, paths: &'v Map<String, Value>) {
        let base = self.base();
        let top = self.keys.below(None, "paths");
        let mut places: Vec<(&str, KeyId)> = match top {
            Some(top) => {
                self.keys.children(Some(top)).map(|key| (self.keys.name(key), key)).collect()
            }
            None => Vec::new(),
        };
        places.sort_unstable();
        for (path, item) in paths.iter().filter(|(path, _)| path.starts_with('/')) {
            let place = places.binary_search_by(|(name, _)| name.cmp(&path.as_str()));
            let place = place.ok().map(|place| places[place].1);
            let Some(item) = self.target(item).and_then(Value::as_object) else { continue };
            for (method, operation) in item {
                let Some(operation) = operation.as_object() else { continue };
                if !METHODS.contains(&method.as_str()) {
                    continue;
                }
                let key = place.and_then(|place| self.keys.below(Some(place), method)).or(place);
                let route = match path.starts_with(&base) {
                    true => path.clone(),
                    false => format!("{base}{path}"),
                };
                Operation { method, route, key, item, operation }.read(self);
            }
        }
    }

    /// The path that stands before all paths: of the first server, or `basePath`.
    fn base(&self) -> String {
        let server = self.document.pointer("/servers/0/url").and_then(Value::as_str);
        let url = server.or_else(|| self.document.get("basePath").and_then(Value::as_str));
        let url = url.unwrap_or("");
        let path = match url.find("://") {
            Some(at) => url[at + 3..].find('/').map_or("", |path| &url[at + 3 + path..]),
            None => url,
        };
        let plain = path.starts_with('/') && !path.contains(['{', '$']);
        if plain { path.trim_end_matches('/').to_owned() } else { String::new() }
    }

    /// A value, or what it refers to.
    fn target(&mut self, value: &'v Value) -> Option<&'v Value> {
        let mut value = value;
        for _ in 0..8 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Some(value);
            };
            let Some(target) = resolve(self.document, reference) else {
                // What stands in another file is not this document's to say.
                if reference.starts_with('#') {
                    let why = format!("the reference `{reference}` leads nowhere");
                    self.out.unread.push(Unread { span: self.whole, why });
                }
                return None;
            };
            value = target;
        }
        None
    }

    fn span(&self, key: Option<KeyId>) -> Span {
        key.map_or(self.whole, |key| self.keys.span(key))
    }
}
