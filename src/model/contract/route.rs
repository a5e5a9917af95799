//! Methods and paths: how an endpoint is named.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Method;

/// The path of an endpoint, its parameters normalized: `/users/:id`, `/users/{user_id}`,
/// `/users/<id>` and `/users/[id]` are one route.
///
/// Host, query string and a slash at the end are no part of it. Two routes are equal where they
/// are, whatever their parameters are called.
#[derive(Clone, Debug)]
pub struct Route {
    written: Arc<str>,
    /// The path with `{}` for each parameter.
    key: Arc<str>,
}

impl Route {
    /// Reads a path or an address as a document writes it.
    ///
    /// # Errors
    /// Why it is none, as a clause.
    pub fn read(text: &str) -> Result<Route, &'static str> {
        let path = path_of(text);
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        let path = if path.is_empty() { "/" } else { path };
        let mut key = String::with_capacity(path.len());
        for segment in path.split('/').skip(1) {
            key.push('/');
            if matches!(segment, "*" | "**" | "...") {
                return Err("the path is a pattern that stands for many");
            }
            normalized(segment, &mut key)?;
        }
        let written: Arc<str> = path.into();
        let key = if key == path { written.clone() } else { key.into() };
        Ok(Route { written, key })
    }

    /// The path with the names its parameters have in the document.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The path with `{}` for each parameter: equal for equal routes.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Behind scheme and host, or a variable that stands for them.
fn path_of(text: &str) -> &str {
    let behind = |rest: &'_ str| rest.find('/').map_or(rest.len(), |at| at);
    if let Some(at) = text.find("://") {
        let rest = &text[at + 3..];
        return &rest[behind(rest)..];
    }
    let variable = text.starts_with(['{', '<', '$', '[']);
    if variable { &text[behind(text)..] } else { text }
}

/// One segment with `{}` for what is variable in it.
fn normalized(segment: &str, key: &mut String) -> Result<(), &'static str> {
    if segment.len() > 1 && segment.starts_with(':') {
        key.push_str("{}");
        return Ok(());
    }
    let mut rest = segment;
    while let Some(at) = rest.find(['{', '<', '[']) {
        let close = match rest.as_bytes().get(at) {
            Some(b'{') => '}',
            Some(b'<') => '>',
            _ => ']',
        };
        let end = rest[at..].find(close).map(|end| at + end);
        let end = end.ok_or("the path has a bracket that nothing closes")?;
        key.push_str(rest[..at].trim_end_matches('$'));
        key.push_str("{}");
        rest = rest[end..].trim_start_matches(close);
    }
    key.push_str(rest);
    Ok(())
}

impl PartialEq for Route {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Route {}

impl Hash for Route {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl PartialOrd for Route {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Route {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

impl Method {
    /// The method that a word in capitals names.
    pub fn read(word: &str) -> Option<Method> {
        Some(match word {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "PATCH" => Method::Patch,
            "DELETE" | "DEL" => Method::Delete,
            "OPTIONS" => Method::Options,
            "WS" | "WSS" | "WEBSOCKET" | "SSE" => Method::Socket,
            _ => return None,
        })
    }

    pub fn word(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Socket => "WS",
        }
    }

    /// Whether what a caller sends with it stands in the query, never in a body.
    pub fn is_bodiless(self) -> bool {
        matches!(self, Method::Get | Method::Head | Method::Options)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_route_are_equal() {
        let keys = [
            ("/users/:id", "/users/{}"),
            ("/users/{user_id}/", "/users/{}"),
            ("/users/<id>?full=1", "/users/{}"),
            ("https://api.example.org/users/[id]", "/users/{}"),
            ("{{baseUrl}}/users/${id}", "/users/{}"),
            ("/Files/{name}.{ext}", "/Files/{}.{}"),
            ("/v1/items:batch", "/v1/items:batch"),
            ("/", "/"),
            ("https://example.org", "/"),
        ];
        for (written, key) in keys {
            assert_eq!(Route::read(written).map(|route| route.key.to_string()), Ok(key.into()));
        }
        assert!(Route::read("/users/{id").is_err() && Route::read("/api/*").is_err());
        assert_ne!(Route::read("/Users"), Route::read("/users"));
    }
}
