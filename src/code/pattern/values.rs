//! The values that code writes down: strings, names, lists of them.

use crate::code::lexer::{Kind, Piece, Tokens};

/// How many tokens a list of types may take.
const TYPES: usize = 400;

/// A string, or what is put together from strings and names: `"/x"`, `BASE + "/x"`, `paths.users`.
/// Names stand for what they name.
pub fn text(tokens: &Tokens, at: usize) -> Option<(Vec<Piece>, usize)> {
    let (mut pieces, mut end) = term(tokens, at)?;
    let mut joined = false;
    loop {
        if tokens.is_mark(end, '+') || joins(tokens, end) {
            let (more, next) = term(tokens, end + 1)?;
            pieces.extend(more);
            (end, joined) = (next, true);
        } else if tokens.text(end).is_some() && tokens.text(end - 1).is_some() {
            // Strings of Python side by side are one.
            pieces.extend(tokens.text(end)?.iter().cloned());
            (end, joined) = (end + 1, true);
        } else {
            break;
        }
    }
    let literal = !joined && tokens.text(at).is_some();
    (literal || ends_value(tokens, end)).then(|| (merged(pieces), end))
}

/// Whether a dot joins strings here, as PHP has it.
fn joins(tokens: &Tokens, at: usize) -> bool {
    tokens.is_mark(at, '.')
        && (tokens.text(at + 1).is_some() || at > 0 && tokens.text(at - 1).is_some())
        && (tokens.text(at + 1).is_some() || tokens.is_mark(at + 1, '$'))
}

fn term(tokens: &Tokens, at: usize) -> Option<(Vec<Piece>, usize)> {
    if let Some(text) = tokens.text(at) {
        return Some((text.to_vec(), at + 1));
    }
    if tokens.is_mark(at, '(') {
        let (pieces, end) = text(tokens, at + 1)?;
        return tokens.is_mark(end, ')').then_some((pieces, end + 1));
    }
    let (name, end) = dotted(tokens, at)?;
    // `setting || "/x"`: the value that is written down.
    let twice = |mark| tokens.is_mark(end, mark) && tokens.is_mark(end + 1, mark);
    if twice('|') || twice('?') {
        return term(tokens, end + 2);
    }
    Some((vec![Piece::Name(name)], end))
}

/// Whether a value may end before this token.
fn ends_value(tokens: &Tokens, at: usize) -> bool {
    match tokens.list.get(at) {
        None => true,
        Some(token) => {
            token.indent.is_some()
                || tokens.is_word(at, "do")
                || matches!(token.kind, Kind::Mark(',' | ')' | ']' | '}' | ';'))
        }
    }
}

fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Said(said)), Piece::Said(more)) => said.push_str(&more),
            (_, piece) => out.push(piece),
        }
    }
    out
}

/// A name with its parts: `settings.API`, `self.prefix`, `$prefix`, `Method::GET`.
pub fn dotted(tokens: &Tokens, at: usize) -> Option<(String, usize)> {
    dotted_before(tokens, at, usize::MAX)
}

/// The same, before a token.
pub fn dotted_before(tokens: &Tokens, at: usize, limit: usize) -> Option<(String, usize)> {
    let mut at = if tokens.is_mark(at, '$') { at + 1 } else { at };
    let mut name = tokens.word(at)?.to_owned();
    at += 1;
    loop {
        let next = if tokens.is_mark(at, '.') {
            at + 1
        } else if tokens.is_mark(at, '?') && tokens.is_mark(at + 1, '.')
            || tokens.is_mark(at, ':')
                && tokens.is_mark(at + 1, ':')
                && tokens.span(at).end == tokens.span(at + 1).start
            || tokens.is_mark(at, '-') && tokens.is_mark(at + 1, '>')
        {
            at + 2
        } else {
            return Some((name, at));
        };
        let Some(word) = tokens.word(next).filter(|_| next < limit) else {
            return Some((name, at));
        };
        name.push('.');
        name.push_str(word);
        at = next + 1;
    }
}

/// A string, or the last word of a name: `"GET"`, `RequestMethod.GET`, `:get`.
pub fn last_word(tokens: &Tokens, at: usize) -> Option<(String, usize)> {
    if let Some([Piece::Said(said)]) = tokens.text(at) {
        return Some((said.clone(), at + 1));
    }
    let at = if tokens.is_mark(at, ':') { at + 1 } else { at };
    let (name, end) = dotted(tokens, at)?;
    let last = name.rsplit('.').next().unwrap_or(&name).to_owned();
    ends_value(tokens, end).then_some((last, end))
}

/// The words between the brackets of `%i[new edit]`, and those of `[]`, which are none.
pub fn word_list(tokens: &Tokens, at: usize) -> Option<(Vec<String>, usize)> {
    let empty = tokens.is_mark(at, '[') && tokens.is_mark(at + 1, ']');
    if empty && ends_value(tokens, at + 2) {
        return Some((Vec::new(), at + 2));
    }
    let listed = matches!(tokens.word(at + 1), Some("i" | "w" | "I" | "W"));
    if !tokens.is_mark(at, '%') || !listed || !tokens.opens(at + 2) {
        return None;
    }
    let close = tokens.list[at + 2].pair;
    let words = (at + 3..close).filter_map(|at| tokens.word(at)).map(str::to_owned);
    Some((words.collect(), close + 1))
}

/// One value, or a list of them in any bracket: `"/x"`, `["/x", "/y"]`, `{"/x"}`, `listOf("/x")`.
pub fn list<T>(
    tokens: &Tokens,
    at: usize,
    one: impl Fn(&Tokens, usize) -> Option<(T, usize)>,
) -> Option<(Vec<T>, usize)> {
    if let Some((value, end)) = one(tokens, at) {
        return Some((vec![value], end));
    }
    let open = match tokens.word(at) {
        Some("new") => (at..at + 5).find(|&at| tokens.is_mark(at, '{'))?,
        Some(_) => {
            const LISTS: &[&str] = &["listOf", "arrayOf", "setOf", "of", "asList", "vec"];
            let (name, end) = dotted(tokens, at)?;
            LISTS.contains(&name.rsplit('.').next()?).then_some(())?;
            if tokens.is_mark(end, '!') { end + 1 } else { end }
        }
        // `[]string{…}` of Go.
        None if tokens.is_mark(at, '[') && tokens.is_mark(at + 1, ']') => {
            (at..at + 5).find(|&at| tokens.is_mark(at, '{'))?
        }
        None => at,
    };
    if !matches!(tokens.list.get(open)?.kind, Kind::Mark('(' | '[' | '{')) {
        return None;
    }
    let close = tokens.list[open].pair;
    let mut found = Vec::new();
    let mut at = open + 1;
    while at < close {
        let (value, end) = one(tokens, at)?;
        found.push(value);
        at = if tokens.is_mark(end, ',') { end + 1 } else { end };
    }
    (!found.is_empty()).then_some((found, close + 1))
}

/// Where a value ends: before a comma, or with the bracket around it.
pub fn value_end(tokens: &Tokens, from: usize) -> Option<usize> {
    let mut at = from;
    while at < tokens.len() && !tokens.closes(at) && !tokens.is_mark(at, ',') {
        at = tokens.skip(at);
    }
    (at > from).then_some(at)
}

/// Where the bracket around a place ends.
pub fn rest_end(tokens: &Tokens, from: usize) -> usize {
    let mut at = from;
    while at < tokens.len() && !tokens.closes(at) {
        at = tokens.skip(at);
    }
    at
}

/// Where the angle bracket begins that closes before a bracket: `get<T>(`.
pub fn types_before(tokens: &Tokens, open: usize) -> Option<usize> {
    const FAR: usize = 60;
    let close = open.checked_sub(1).filter(|&at| tokens.is_mark(at, '>'))?;
    let begins = |at: &usize| tokens.is_mark(*at, '<') && behind_types(tokens, *at) == Some(open);
    (close.saturating_sub(FAR)..close).rev().find(begins)
}

/// Behind the types in angle brackets that may begin here.
pub fn behind_types(tokens: &Tokens, at: usize) -> Option<usize> {
    let from = if tokens.is_mark(at, ':') { at + 2 } else { at };
    if !tokens.is_mark(from, '<') {
        return None;
    }
    let mut depth = 0;
    let mut at = from;
    while at < tokens.len() && at - from < TYPES && !tokens.closes(at) {
        match tokens.list[at].kind {
            Kind::Mark('<') => depth += 1,
            Kind::Mark('>') if !tokens.is_mark(at - 1, '=') && !tokens.is_mark(at - 1, '-') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at = tokens.skip(at);
    }
    None
}
