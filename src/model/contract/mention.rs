//! Endpoints that a text names anywhere, in whatever sense: what a test calls, what a line is about.

use super::named;
use super::{Method, Route, Subject};
use crate::base::Span;

/// A path that a text names, with the methods it is named with.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Empty where the text names none, and so means any.
    pub methods: Vec<Method>,
    pub route: Route,
    /// It stands for everything below the route: `/api/sessions/*`.
    pub open: bool,
    /// It is an address on a host that is not this machine.
    pub foreign: bool,
    pub span: Span,
}

/// The endpoints that a text names which stands at an offset of the document.
pub fn mentions(text: &str, offset: usize) -> Vec<Mention> {
    let mut found = Vec::new();
    // Every path has a slash or begins with a variable.
    if memchr::memchr2(b'/', b'{', text.as_bytes()).is_none() {
        return found;
    }
    let mut at = 0;
    while let Some(next) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(begins)) {
        let start = at + next;
        let read = match text.as_bytes().get(start) {
            Some(b'/') => path_alone(text, start, offset),
            _ => with_method(text, start, offset),
        };
        let word = |rest: &str| rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
        at = start + text.get(start..).map_or(1, word).max(1);
        if let Some(mention) = read {
            at = (mention.span.end as usize).saturating_sub(offset).max(at);
            found.push(mention);
        }
    }
    found
}

fn begins(byte: &u8) -> bool {
    *byte == b'/' || byte.is_ascii_uppercase()
}

/// Whether a name may begin here: not amid a word, a path or a tag.
fn is_fresh(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '_' | '-' | '<' | '}'))
}

/// `POST /x`, `GET|PUT https://host/x`.
fn with_method(text: &str, at: usize, offset: usize) -> Option<Mention> {
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
    Method::read(&rest[..end]).filter(|_| is_fresh(text, at))?;
    let name = named::at_start(rest, offset + at)?;
    let written = rest.get(..(name.span.end as usize).checked_sub(offset + at)?)?;
    let foreign = is_foreign(written);
    if let [Subject::Endpoint { route, .. }, ..] = &name.subjects[..] {
        let methods = name.subjects.iter().filter_map(|subject| match subject {
            Subject::Endpoint { method, .. } => Some(*method),
            _ => None,
        });
        let methods = methods.collect();
        return Some(Mention {
            methods,
            route: route.clone(),
            open: false,
            foreign,
            span: name.span,
        });
    }
    let from = written.find('/')?;
    let (route, open) = read_path(&written[from..])?;
    let words = written[..from].split(|c: char| !c.is_ascii_uppercase());
    let methods = words.filter_map(Method::read).collect();
    Some(Mention { methods, route, open, foreign, span: name.span })
}

/// `/x`, with the method of a call around it: `api.post("/x")`.
fn path_alone(text: &str, at: usize, offset: usize) -> Option<Mention> {
    let rest = text.get(at..)?;
    let follows = rest[1..].chars().next()?;
    let inside = follows.is_alphanumeric() || matches!(follows, ':' | '{' | '[' | '*' | '_');
    if !inside || !is_fresh(text, at) {
        return None;
    }
    let written = named::path(rest);
    let (route, open) = read_path(written)?;
    let file = written.rsplit('/').next().is_some_and(|name| {
        name.rsplit_once('.').is_some_and(|(stem, kind)| !stem.is_empty() && kind.len() < 5)
    });
    if file {
        return None;
    }
    let before = text[..at].trim_end_matches(['`', '"', '\'']);
    let called = before.strip_suffix('(').map(|before| {
        let from = before.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
        before[from..].to_ascii_uppercase()
    });
    let methods = called.as_deref().and_then(Method::read).into_iter().collect();
    let span = Span::new(offset + at, offset + at + written.len());
    Some(Mention { methods, route, open, foreign: false, span })
}

/// A path and whether it stands for all that begin with it. A star amid it is a parameter.
fn read_path(written: &str) -> Option<(Route, bool)> {
    let path = written.trim_end_matches('/');
    let closed = ["/**", "/*", "/..."].iter().find_map(|end| path.strip_suffix(end));
    let open = closed.is_some();
    let path = closed.unwrap_or(path).trim_end_matches('/');
    let route = if path.contains("/*") {
        Route::read(&path.replace("/**", "/{}").replace("/*", "/{}"))
    } else {
        Route::read(path)
    };
    route.ok().filter(|route| route.key().len() > 1).map(|route| (route, open))
}

fn is_foreign(written: &str) -> bool {
    let Some((_, rest)) = written.split_once("://") else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or(rest);
    let local = ["localhost", "127.0.0.1", "0.0.0.0", "[", "api", "app", "server", "backend"];
    !local.contains(&host) && !host.starts_with(['{', '$', '<', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |one: &Mention| {
            let methods: Vec<&str> = one.methods.iter().map(|method| method.word()).collect();
            let end = if one.open { "/*" } else { "" };
            let host = if one.foreign { " elsewhere" } else { "" };
            format!("{} {}{end}{host}", methods.join("|"), one.route.key())
        };
        mentions(text, 0).iter().map(show).collect()
    }

    #[test]
    fn endpoints_are_found_anywhere() {
        let rows: &[(&str, &[&str])] = &[
            ("401 for `POST /api/x`, and GET /api/x/:id.", &["POST /api/x", "GET /api/x/{}"]),
            ("it('GET|PUT /x/{id} answers')", &["GET|PUT /x/{}"]),
            ("all of /api/sessions/* and `GET /a/**`", &[" /api/sessions/*", "GET /a/*"]),
            ("await api.post('/api/x', body)", &["POST /api/x"]),
            ("request(app).get(`/x/1`)", &["GET /x/1"]),
            ("curl -X POST http://localhost:3000/todos -d", &["POST /todos"]),
            ("POST https://api.stripe.com/v1/charges", &["POST /v1/charges elsewhere"]),
            ("tests/a/b.ts, and/or, </b>, 1/2, /etc/app.conf, // no", &[]),
            ("POSTS /x, GET it", &[" /x"]),
        ];
        for (text, expected) in rows {
            assert_eq!(&shown(text), expected, "{text}");
        }
    }
}
