//! Which part of a contract a label announces.

use crate::model::phrases::{listed, words};

/// A label of more words is a sentence.
const MOST_WORDS: usize = 6;

/// The part of a contract that a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Request,
    Query,
    /// Parameters of the path: part of the route.
    Path,
    Response(Option<u16>),
    /// Several statuses, of success and of errors.
    Statuses,
    Errors,
    /// One error by its status: `**401 Unauthorized**`.
    Error(u16),
    Headers,
    /// A header by its own name.
    Header,
    Auth,
}

/// What a label announces, by its normalized name and as it is written with its notes.
pub fn role(name: &str, label: &str) -> Option<Role> {
    if label.len() > 90 {
        return None;
    }
    let status = status_of(label);
    // Most labels are of other matters; one pass over their words says so.
    if status.is_none() && !words(name).any(announces) {
        return None;
    }
    let mut own = [""; MOST_WORDS];
    let mut all = words(name);
    let words = own.iter_mut().zip(&mut all).map(|(own, word)| *own = word).count();
    let own = &own[..words];
    let (&[first, ..], &[.., last]) = (own, own) else { return None };
    if name.is_empty() || all.next().is_some() || label.contains(" /") {
        return None;
    }
    let has = |word: &str| own.contains(&word);
    let begins = status.is_some() && begins_with_status(label);
    if let Some(status) = status {
        let speaks = begins || has("error") || has("response") || has("status") || has("errors");
        if status >= 400 && speaks {
            return Some(Role::Error(status));
        }
        if speaks || has("success") || has("returns") {
            return Some(Role::Response(Some(status)));
        }
    }
    if matches!(
        name,
        "authorization"
            | "cookie"
            | "x api key"
            | "content type"
            | "accept"
            | "if match"
            | "idempotency key"
    ) {
        return Some(Role::Header);
    }
    if has("time")
        || has("times")
        || has("rate")
        || has("limit")
        || has("limits")
        || has("handling")
    {
        return None;
    }
    if matches!(last, "header" | "headers") || matches!(first, "headers" | "header") {
        return (!has("response") && words <= 3).then_some(Role::Headers);
    }
    if matches!(
        name,
        "status codes"
            | "status code"
            | "http status codes"
            | "http status"
            | "response codes"
            | "response code"
            | "return codes"
            | "responses"
            | "http responses"
    ) {
        return Some(Role::Statuses);
    }
    let failing = ["error", "errors", "failure", "failures", "exceptions"];
    let fails = matches!(first, "fails" | "throws" | "raises");
    if words <= 3 && (fails || failing.iter().any(|word| has(word))) {
        return Some(Role::Errors);
    }
    const AUTH: &[&str] =
        &["auth", "authentication", "authorization", "authorisation", "authenticated"];
    if words <= 3 && AUTH.iter().any(|word| has(word)) && !has("flow")
        || matches!(
            name,
            "security"
                | "permissions"
                | "permission"
                | "required permissions"
                | "required permission"
                | "access"
                | "required role"
                | "roles"
                | "public"
        )
    {
        return Some(Role::Auth);
    }
    const FOLLOWERS: &[&str] = &[
        "body",
        "payload",
        "schema",
        "shape",
        "format",
        "fields",
        "example",
        "parameters",
        "params",
        "data",
        "json",
        "object",
        "type",
        "model",
        "content",
        "sample",
        "structure",
        "dto",
        "interface",
    ];
    let follows = || {
        words == 1
            || FOLLOWERS.contains(&last)
            || own.get(1).is_some_and(|word| FOLLOWERS.contains(word))
    };
    let parameters =
        matches!(last, "params" | "parameters" | "parameter" | "param" | "arguments" | "args");
    if parameters && (has("path") || has("url") || has("route") || has("uri")) && !has("query") {
        return Some(Role::Path);
    }
    if has("query") && (parameters || words == 1 || last == "string") || name == "filters" {
        return Some(Role::Query);
    }
    const REQUEST: &[&str] = &[
        "request",
        "body",
        "payload",
        "input",
        "inputs",
        "parameters",
        "params",
        "accepts",
        "arguments",
    ];
    if REQUEST.contains(&first) && follows()
        || words <= 3
            && matches!(last, "request" | "body" | "payload" | "input")
            && !has("response")
    {
        return Some(if parameters && first != "request" && first != "body" {
            Role::Query
        } else {
            Role::Request
        });
    }
    const RESPONSE: &[&str] = &[
        "response",
        "responses",
        "returns",
        "return",
        "output",
        "outputs",
        "success",
        "reply",
        "answer",
        "answers",
    ];
    let fields = first == "response" && has("fields");
    if RESPONSE.contains(&first) && (follows() || fields)
        || words <= 3 && matches!(last, "response" | "responses")
        || words <= 3 && has("response") && FOLLOWERS.contains(&last)
    {
        let several = last == "responses" && !has("success");
        return Some(if several { Role::Statuses } else { Role::Response(None) });
    }
    None
}

/// Whether a word can be that by which a label announces a part.
fn announces(word: &str) -> bool {
    listed!(
        "authorization|authorisation|auth|authentication|authenticated|cookie|key|content\
         |accept|match|header|headers|status|codes|code|responses|response|error|errors\
         |failure|failures|exceptions|security|permissions|permission|access|role|roles\
         |public|params|parameters|parameter|param|arguments|args|query|filters|request\
         |body|payload|input|inputs|accepts|returns|return|output|outputs|success|reply\
         |answer|answers|fails|throws|raises"
    )
    .has(word)
}

/// Whether a label is a status with its phrase: `201 Created`. "404 rooms at once" is none.
fn begins_with_status(label: &str) -> bool {
    let label = label.trim_start_matches(['*', '`', ' ', '_']);
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let phrase = rest.starts_with(|c: char| !c.is_lowercase()) || rest.split(' ').count() < 3;
    label.len() >= 3 && label.as_bytes()[..3].iter().all(u8::is_ascii_digit) && phrase
}

/// The status that a label names: `Response (200 OK)`.
pub(super) fn status_of(label: &str) -> Option<u16> {
    if !label.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let words = label.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 3).find_map(|word| {
        let code = word.parse::<u16>().ok()?;
        (100..600).contains(&code).then_some(code)
    })
}
