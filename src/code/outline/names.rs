//! What names stand for.

use std::collections::HashMap;

use crate::code::lexer::{Kind, Language, Piece, Tokens};
use crate::code::pattern;

/// By name, the places at which values begin that are assigned to it. What a file exports without a
/// name is called `default`.
pub fn assigned(tokens: &Tokens, language: Language) -> HashMap<String, Vec<usize>> {
    let mut found: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 1..tokens.len() {
        if tokens.is_word(at, "default") && tokens.is_word(at - 1, "export") {
            found.entry("default".to_owned()).or_default().push(at + 1);
        }
        if language == Language::Javascript && tokens.is_word(at - 1, "export") {
            renamed(tokens, at, &mut found);
        }
        if !is_assignment(tokens, at) {
            continue;
        }
        if let Some(name) = assignee(tokens, at, language) {
            let name = if name == "exports" { "default" } else { name };
            found.entry(name.to_owned()).or_default().push(at + 1);
        }
    }
    found
}

/// The names under which a file exports what has another name in it: `export { a as b }`.
fn renamed(tokens: &Tokens, open: usize, found: &mut HashMap<String, Vec<usize>>) {
    if !tokens.is_mark(open, '{') {
        return;
    }
    let close = tokens.list[open].pair;
    if tokens.is_word(close + 1, "from") {
        return;
    }
    for at in (open + 2..close).filter(|&at| tokens.is_word(at, "as")) {
        if let Some(alias) = tokens.word(at + 1).filter(|_| tokens.word(at - 1).is_some()) {
            found.entry(alias.to_owned()).or_default().push(at - 1);
        }
    }
}

fn is_assignment(tokens: &Tokens, at: usize) -> bool {
    let compares = |at: usize| ['=', '>', '~'].iter().any(|mark| tokens.is_mark(at, *mark));
    let before = ['=', '!', '<', '>', '+', '-', '*', '/', '|', '&', '?', '%'];
    tokens.is_mark(at, '=')
        && !compares(at + 1)
        && !before.iter().any(|mark| tokens.is_mark(at - 1, *mark) && adjacent(tokens, at))
}

fn adjacent(tokens: &Tokens, at: usize) -> bool {
    tokens.span(at - 1).end == tokens.span(at).start
}

/// The name that stands before an `=`, its type left out.
fn assignee(tokens: &Tokens, equals: usize, language: Language) -> Option<&str> {
    let last = if tokens.is_mark(equals - 1, ':') { equals.checked_sub(2)? } else { equals - 1 };
    let typed = !matches!(language, Language::Go | Language::Java | Language::Csharp);
    if typed {
        // `name: Type<X> = …`, on one line.
        let mut at = last;
        while at > 0 && last - at < 30 {
            if tokens.is_mark(at, ':') {
                let double = tokens.is_mark(at - 1, ':') || tokens.is_mark(at + 1, ':');
                match tokens.word(at - 1) {
                    Some(name) if !double => return Some(name),
                    _ if !double => break,
                    _ => {}
                }
            }
            let ends =
                matches!(tokens.list[at].kind, Kind::Mark(';' | ',' | '{' | '}' | '(' | '='));
            if ends || tokens.list[at].indent.is_some() {
                break;
            }
            at = if tokens.closes(at) { tokens.list[at].pair } else { at - 1 };
        }
    }
    tokens.word(last)
}

/// By name, the text that is assigned to it, or that an object has under it.
pub fn constants(
    tokens: &Tokens,
    assigned: &HashMap<String, Vec<usize>>,
) -> HashMap<String, Option<Vec<Piece>>> {
    let mut found: HashMap<String, Option<Vec<Piece>>> = HashMap::new();
    let mut add = |name: &str, text: Vec<Piece>| {
        found
            .entry(name.to_owned())
            .and_modify(|known| {
                if known.as_ref() != Some(&text) {
                    *known = None;
                }
            })
            .or_insert(Some(text));
    };
    for (name, places) in assigned {
        for &at in places {
            let says = |text: &[Piece]| text.iter().any(|one| matches!(one, Piece::Said(_)));
            match pattern::text(tokens, at) {
                Some((text, _)) if says(&text) => add(name, text),
                _ => {}
            }
        }
    }
    for at in 1..tokens.len() {
        if tokens.is_mark(at, ':')
            && let (Some(name), Some(text)) = (tokens.word(at - 1), tokens.text(at + 1))
        {
            add(name, text.to_vec());
        }
    }
    found
}
