//! Reads what stands behind "Request:" or "Response:" in one piece of text.

use super::{Shape, parse};

/// What one piece of text says of a body.
#[derive(Debug, PartialEq)]
pub struct Body {
    pub status: Option<u16>,
    /// It says "query" before its shape.
    pub is_query: bool,
    pub shape: Shape,
    /// How much of the text it took.
    pub end: usize,
}

/// Words that say that there is no body.
const NOTHING: &[&str] = &[
    "no body",
    "none",
    "no content",
    "with no body",
    "without body",
    "without a body",
    "empty",
    "empty body",
    "nothing",
    "n/a",
    "no request body",
    "no response body",
    "not applicable",
    "-",
    "—",
    "–",
    "no payload",
    "void",
    "no parameters",
    "no params",
    "(none)",
    "no body required",
    "(no body)",
    "{}",
    "(empty)",
    "no request",
    "no input",
    "body: none",
];

/// The body that a text states. Where it names several statuses of success, none is the one.
pub fn body(text: &str, offset: usize) -> Body {
    let body = first(text, offset);
    let several = body.status.is_some_and(|one| {
        let rest = text.get(body.end..).unwrap_or("");
        let behind = rest.split_inclusive(['\n', ';']).next().unwrap_or(rest);
        is_another(behind, one) || is_another(text.split(['{', '[', '(']).next().unwrap_or(""), one)
    });
    Body { status: body.status.filter(|_| !several), ..body }
}

/// Whether a text names another status of success: `or 200 {…}`, `(new), 200`.
fn is_another(text: &str, status: u16) -> bool {
    let mut parts = text.split([',', ';', '/', '|']).flat_map(|part| part.split(" or "));
    parts.any(|part| {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric());
        let part = part.strip_prefix("or ").unwrap_or(part);
        let digits = part.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(part);
        let behind = part[digits.len()..].trim_start();
        // `203 pages` counts something.
        let counts = behind.starts_with(char::is_lowercase)
            && !["if ", "when ", "for ", "on "].iter().any(|word| behind.starts_with(word));
        let code = digits.parse().ok().filter(|code: &u16| (200..=208).contains(code));
        !counts && code.is_some_and(|code| code != status)
    })
}

fn first(text: &str, offset: usize) -> Body {
    let lead = text.len() - text.trim_start_matches([' ', '`', '*', '(', ':', '\n', '\t']).len();
    let (status, after) = status(&text[lead..]);
    let start = text.len() - after.len();
    let rest = after.trim_end_matches(['`', '*', '.', ' ']);
    if rest.is_empty() {
        let shape =
            if matches!(status, Some(204 | 205 | 304)) { Shape::Nothing } else { Shape::Unsaid };
        return Body { status, is_query: false, shape, end: text.len() };
    }
    let clause = rest.split([';', ',', '.', '(', '\n']).next().unwrap_or(rest).trim();
    let said = |words: &str| NOTHING.iter().any(|none| none.eq_ignore_ascii_case(words));
    if clause.len() <= 24 && said(clause) || rest.len() <= 24 && said(rest) {
        return Body { status, is_query: false, shape: Shape::Nothing, end: start + clause.len() };
    }
    let query = after.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("query"));
    if let Some((shape, end)) = shape_in(after, offset + start) {
        return Body { status, is_query: query, shape, end: start + end };
    }
    let is_nothing = matches!(status, Some(204));
    let shape = if is_nothing { Shape::Nothing } else { Shape::Words(words(rest)) };
    Body { status, is_query: query, shape, end: start }
}

/// A shape that a text is, or holds behind a few words: "query {…}", "JSON `{…}`".
fn shape_in(text: &str, offset: usize) -> Option<(Shape, usize)> {
    let bracket = text.find(['{', '[']);
    if let Some(at) = bracket {
        let words = text[..at].trim_matches([' ', '`', ':', '(', '*']);
        let few = words.split_whitespace().count() <= 3 && !words.contains(['\n', '.', ';']);
        // `Todo[]` begins with its name.
        let glued = text[at..].starts_with("[]") || text[..at].ends_with('<');
        if few && !glued {
            let marks = words.is_empty() || text[..at].ends_with([' ', '`', ':', '(']);
            if marks {
                let before = words.to_ascii_lowercase();
                let list = before.contains("array of") || before.contains("list of");
                let (shape, end) = parse(&text[at..], offset + at)?;
                let shape = if list { Shape::List(Box::new(shape)) } else { shape };
                return Some((shape, at + end));
            }
        }
    }
    let bare = text.trim_start_matches(['`', ' ']);
    let at = text.len() - bare.len();
    let (shape, end) = parse(bare, offset + at)?;
    let rest = bare[end..].trim_start_matches(['`', '*', ' ']);
    let marked = text[..at].contains('`') && bare[end..].starts_with('`');
    let whole = rest.is_empty() || rest.starts_with(['(', ',', ';', '.', '\n', '|', '-', '–', '—']);
    let plain = match &shape {
        // A lower-case word that is no type is the beginning of a sentence.
        Shape::Name(name) => {
            super::Primitive::read(name).is_some()
                || name.starts_with(char::is_uppercase) && (rest.is_empty() || marked)
        }
        Shape::List(inner) => !matches!(&**inner, Shape::Name(name) if name.contains(' ')),
        Shape::Value(_) => false,
        _ => true,
    };
    ((whole || marked) && plain).then_some((shape, at + end))
}

/// A status at the beginning, with its phrase, and the rest.
fn status(text: &str) -> (Option<u16>, &str) {
    let digits = text.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(code) = digits.and_then(|digits| digits.parse::<u16>().ok()) else {
        return (None, text);
    };
    let rest = &text[3..];
    if !(100..600).contains(&code) || rest.starts_with(|c: char| c.is_alphanumeric() || c == '.') {
        return (None, text);
    }
    let rest = rest.trim_start_matches(['`', '*', ' ', ')']);
    const PHRASES: &[&str] = &[
        "OK",
        "Created",
        "Accepted",
        "No Content",
        "Success",
        "Partial Content",
        "Found",
        "Switching Protocols",
        "Moved Permanently",
        "See Other",
        "Not Modified",
    ];
    let phrase = PHRASES.iter().find(|phrase| {
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        rest.get(..phrase.len()).is_some_and(|word| word.eq_ignore_ascii_case(phrase))
            && rest.get(phrase.len()..).is_some_and(ends)
    });
    let rest = phrase.map_or(rest, |phrase| &rest[phrase.len()..]);
    let rest =
        rest.trim_start_matches(['`', '*', ' ', ')', ':', '-', '–', '—', ',', '→', '>', '=']);
    (Some(code), rest)
}

fn words(text: &str) -> String {
    // What was cut off at the ends may be half of a pair of marks.
    let words: Vec<&str> = text.split_whitespace().take(40).collect();
    words.join(" ").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_a_status_and_a_shape() {
        let rows = [
            ("201 {member: Member}", Some(201), "{member: Member}"),
            ("204 with no body", Some(204), "no body"),
            ("`204 No Content`", Some(204), "no body"),
            ("no body", None, "no body"),
            ("query {q?: string, page?: integer}", None, "{q?: string, page?: integer}"),
            ("200 OK - JSON `{ok}`", Some(200), "{ok}"),
            ("`Todo[]`", None, "Todo[]"),
            ("array of {id, name}", None, "{id, name}[]"),
            ("the user who is logged in", None, "the user who is logged in"),
            ("Member", None, "Member"),
            ("200 OK", Some(200), "unsaid"),
            ("query: `page`, `q`", None, "query: page, q"),
            ("200 or 201 {id}", None, "{id}"),
            ("201 {id} (new), 200 {id} (again)", None, "{id}"),
            ("200 {id} (200 at most, 203 pages)", Some(200), "{id}"),
        ];
        for (text, status, shape) in rows {
            let body = body(text, 0);
            assert_eq!((body.status, body.shape.to_string().as_str()), (status, shape), "{text}");
        }
        assert!(body("query {q?: string}", 0).is_query);
    }
}
