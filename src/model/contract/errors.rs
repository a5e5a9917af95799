//! Reads error cases: "401 (invalid credentials), 400 (missing fields)".

use super::ErrorCase;
use crate::base::Span;

/// The error cases in a text that stands at an offset of the document.
///
/// `named` says that names without a number are cases too: `INVALID_TOKEN`.
pub(in crate::model) fn cases(text: &str, offset: usize, named: bool) -> Vec<ErrorCase> {
    let starts = starts(text, named);
    let mut found: Vec<ErrorCase> = Vec::with_capacity(starts.len());
    for (at, &(start, end)) in starts.iter().enumerate() {
        let next = starts.get(at + 1).map_or(text.len(), |next| next.0);
        let told = &text[end..next];
        let told = match told.find('\n') {
            Some(line) if !told[..line].trim_matches(PUNCTUATION).is_empty() => &told[..line],
            _ => told,
        };
        let meaning = meaning(told);
        let until = end + told.trim_end_matches([' ', ',', ';', '\n', '|', '/', '`']).len();
        found.push(ErrorCase {
            code: text[start..end].to_owned(),
            meaning: plain(meaning),
            span: Span::new(offset + start, offset + until.max(end)),
        });
    }
    share_meanings(text, &starts, &mut found);
    found
}

const PUNCTUATION: &[char] = &[
    ' ', ',', ';', ':', '.', '`', '*', '"', '-', '–', '—', '=', '>', '→', '|', '/', '\n', '\t',
    '\r', '_', '+', '{', '}', '\'', '[',
];

/// `401/403 (x)`: what is said of several is said of each.
fn share_meanings(text: &str, starts: &[(usize, usize)], found: &mut [ErrorCase]) {
    for at in (0..found.len().saturating_sub(1)).rev() {
        let between = text.get(starts[at].1..starts[at + 1].0).unwrap_or("");
        let joined = between.trim_matches(['`', ' ', '*']) == "/" || between.trim() == "or";
        if joined && found[at].meaning.is_empty() {
            found[at].meaning = found[at + 1].meaning.clone();
        }
    }
}

/// Where the codes of cases stand: numbers of errors, and names in capitals.
fn starts(text: &str, named: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut depth, mut at) = (0u32, 0);
    // Behind a separator a code begins a case; amid words it is part of a meaning.
    let mut fresh = true;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let width = c.len_utf8();
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '/' | '\n' | '·' | '•' | '+' | '→' if depth == 0 => fresh = true,
            // A note that is never closed hides no further lines.
            '\n' => (depth, fresh) = (0, true),
            ' ' | '`' | '*' | '"' | '-' | '\t' | '\r' | '>' | '_' => {}
            _ if c.is_alphanumeric() => {
                let end =
                    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                let word = &rest[..end];
                let code = is_status(word)
                    && !rest[end..].starts_with("px")
                    && !rest[end..].starts_with(" ms");
                if depth == 0 && fresh && (code || named && is_name(word)) {
                    // `401 UNAUTHORIZED_USER` is one case with a name.
                    found.push((at, at + end));
                    fresh = false;
                } else if depth == 0 {
                    let introduces = matches!(
                        word.to_ascii_lowercase().as_str(),
                        "and" | "or" | "http" | "status" | "code" | "returns" | "return"
                    );
                    fresh = introduces;
                }
                at += end;
                continue;
            }
            _ => {}
        }
        at += width;
    }
    found
}

pub(super) fn is_status(word: &str) -> bool {
    word.len() == 3
        && word.starts_with(['4', '5'])
        && (word.bytes().all(|byte| byte.is_ascii_digit())
            || word.ends_with("xx")
            || word.ends_with("XX"))
}

/// `INVALID_TOKEN`, `ValidationError`, `NotFoundException`.
fn is_name(word: &str) -> bool {
    let upper = word.len() > 4
        && word.contains('_')
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit());
    let class = word.len() > 6
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && ["Error", "Exception"].iter().any(|end| word.ends_with(end) && word.len() > end.len());
    upper || class
}

/// Words without marks of code and emphasis.
pub(super) fn plain(text: &str) -> String {
    if text.contains(['`', '*']) { text.replace(['`', '*'], "") } else { text.to_owned() }
}

/// What is said behind a code, without the marks around it.
fn meaning(told: &str) -> &str {
    let told = told.trim_matches(PUNCTUATION);
    let inner = told.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let inner = inner.filter(|inner| !inner.contains(['(', ')']));
    let told = inner.unwrap_or(told).trim_matches(PUNCTUATION);
    let open = told.strip_prefix('(').filter(|rest| !rest.contains(')'));
    open.unwrap_or(told).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let found = cases(text, 0, true);
        found.iter().map(|case| format!("{}={}", case.code, case.meaning)).collect()
    }

    #[test]
    fn cases_have_a_code_and_a_meaning() {
        assert_eq!(
            shown("401 (invalid credentials), 400 (missing fields, or 404 of them)"),
            ["401=invalid credentials", "400=missing fields, or 404 of them"]
        );
        assert_eq!(
            shown("`400 Bad Request`: Validation errors (invalid format)"),
            ["400=Bad Request: Validation errors (invalid format)"]
        );
        assert_eq!(shown("401/403 (no access); 404"), ["401=no access", "403=no access", "404="]);
        assert_eq!(
            shown("INVALID_TOKEN - expired; NotFoundError"),
            ["INVALID_TOKEN=expired", "NotFoundError="]
        );
        assert_eq!(shown("none"), Vec::<String>::new());
        assert_eq!(
            shown("400 - the limit of 500 items, 409: taken"),
            ["400=the limit of 500 items", "409=taken"]
        );
    }
}
