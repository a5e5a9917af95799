//! Functions and classes, and where their bodies end.

use super::{Class, Function, Param};
use crate::code::lexer::{Language, Tokens};
use crate::code::pattern;

/// How many tokens may stand between parameters and body: a type, a list of constraints.
const BETWEEN: usize = 60;

pub fn functions(tokens: &Tokens, language: Language) -> Vec<Function> {
    let mut found = Vec::new();
    for open in 0..tokens.len() {
        if tokens.is_mark(open, '(') && tokens.opens(open) {
            found.extend(with_brackets(tokens, open, language));
        } else if language == Language::Javascript
            && tokens.is_mark(open + 1, '=')
            && tokens.is_mark(open + 2, '>')
            && let Some(name) = tokens.word(open)
        {
            let param = Param { name: name.to_owned(), types: Vec::new(), position: 0 };
            let (name, default) = assigned_name(tokens, open);
            let end = arrow_end(tokens, open + 3);
            found.push(Function { name, params: vec![param], start: open, end, default });
        }
    }
    found
}

fn with_brackets(tokens: &Tokens, open: usize, language: Language) -> Option<Function> {
    let close = tokens.list[open].pair;
    let named = pattern::types_before(tokens, open).unwrap_or(open);
    let before = |back: usize| named.checked_sub(back).and_then(|at| tokens.word(at));
    let declares = |word: &str| before(1) == Some(word) || before(2) == Some(word);
    let end = match language {
        Language::Python => {
            let def = open.checked_sub(2).filter(|&at| tokens.is_word(at, "def"))?;
            let line = (0..=def).rev().find(|&at| tokens.list[at].indent.is_some())?;
            tokens.dedent(close + 1, tokens.list[line].indent?)
        }
        Language::Ruby => {
            let def = open.checked_sub(2).filter(|&at| tokens.is_word(at, "def"))?;
            tokens.list[def].pair
        }
        Language::Rust => {
            let fun = (open.saturating_sub(30)..open).rev().take_while(|&at| {
                !tokens.closes(at) && !tokens.opens(at) && !tokens.is_mark(at, ';')
            });
            fun.into_iter().find(|&at| tokens.is_word(at, "fn"))?;
            body_end(tokens, close + 1)?
        }
        Language::Go => {
            let method = open >= 3 && tokens.closes(open - 2) && {
                let receiver = tokens.list[open - 2].pair;
                receiver > 0 && tokens.is_word(receiver - 1, "func")
            };
            if !method && !declares("func") {
                return None;
            }
            // What a method is called on is no parameter.
            if before(1) == Some("func") && tokens.word(close + 1).is_some() {
                return None;
            }
            body_end(tokens, close + 1)?
        }
        Language::Kotlin if !declares("fun") => return None,
        Language::Php if !declares("function") && !declares("fn") => return None,
        Language::Javascript => script_end(tokens, open, close)?,
        Language::Csharp | Language::Java => {
            // A type stands before the name of what is declared, and nothing before a call.
            before(1).filter(|name| !super::is_keyword(name) && !is_control(name))?;
            let typed = before(2).is_some_and(|word| {
                !matches!(word, "new" | "return" | "await" | "throw" | "else" | "case" | "in")
            });
            let generic = |mark: &char| named > 1 && tokens.is_mark(named - 2, *mark);
            if !typed && ![']', '>', '?'].iter().any(generic) {
                return None;
            }
            body_end(tokens, close + 1)?
        }
        Language::Kotlin | Language::Php => body_end(tokens, close + 1)?,
        Language::Sql | Language::Prisma => return None,
    };
    let own = before(1).filter(|word| !matches!(*word, "function" | "func" | "fn" | "async"));
    let own = own.filter(|word| !super::is_keyword(word));
    let (name, default) = match own {
        Some(name) => (name.to_owned(), is_default(tokens, open)),
        None => assigned_name(tokens, open),
    };
    let params = params(tokens, open + 1, close, language);
    Some(Function { name, params, start: open, end, default })
}

/// Where a function of JavaScript ends whose parameters these are; nothing where they are none.
fn script_end(tokens: &Tokens, open: usize, close: usize) -> Option<usize> {
    let mut at = close + 1;
    if tokens.is_mark(at, ':') {
        // The type of what comes back.
        let limit = at + BETWEEN;
        while at < limit && !(tokens.is_mark(at, '=') && tokens.is_mark(at + 1, '>')) {
            let body = tokens.is_mark(at, '{') && !tokens.is_mark(at - 1, ':');
            if body || tokens.is_mark(at, ';') || tokens.is_mark(at, ',') || tokens.closes(at) {
                break;
            }
            at = tokens.skip(at);
        }
    }
    if tokens.is_mark(at, '=') && tokens.is_mark(at + 1, '>') {
        return Some(arrow_end(tokens, at + 2));
    }
    let named = open.checked_sub(1).is_some_and(|at| {
        tokens.word(at).is_some_and(|word| !is_control(word) && !super::is_keyword(word))
            || tokens.is_mark(at, '*')
            || tokens.is_mark(at, '>')
    });
    (named && tokens.is_mark(at, '{')).then(|| tokens.skip(at))
}

fn is_control(word: &str) -> bool {
    matches!(
        word,
        "if" | "for" | "while" | "switch" | "catch" | "with" | "using" | "lock" | "super"
    )
}

fn arrow_end(tokens: &Tokens, from: usize) -> usize {
    if tokens.is_mark(from, '{') {
        return tokens.skip(from);
    }
    let mut at = from;
    while at < tokens.len() && !tokens.closes(at) {
        if tokens.is_mark(at, ',') || tokens.is_mark(at, ';') {
            break;
        }
        at = tokens.skip(at);
    }
    at
}

/// Where the body in braces ends that begins soon behind a place.
fn body_end(tokens: &Tokens, from: usize) -> Option<usize> {
    let mut at = from;
    while at < from + BETWEEN && at < tokens.len() {
        if tokens.is_mark(at, '{') {
            return Some(tokens.skip(at));
        }
        if tokens.is_mark(at, ';') || tokens.closes(at) {
            return None;
        }
        at = tokens.skip(at);
    }
    None
}

/// The name that a function is assigned to, and whether it is what the file exports.
fn assigned_name(tokens: &Tokens, open: usize) -> (String, bool) {
    let mut at = open;
    while at > 0
        && (matches!(tokens.word(at - 1), Some("async" | "function" | "func" | "fn"))
            || tokens.is_mark(at - 1, '*'))
    {
        at -= 1;
    }
    if at > 1 && tokens.is_word(at - 1, "default") {
        return (String::new(), true);
    }
    if at < 2 || !(tokens.is_mark(at - 1, '=') || tokens.is_mark(at - 1, ':')) {
        return (String::new(), false);
    }
    let typed = || {
        let colon = (at.saturating_sub(12)..at - 1).rev().find(|&one| tokens.is_mark(one, ':'))?;
        tokens.word(colon.checked_sub(1)?).filter(|_| tokens.list[colon - 1].span.end > 0)
    };
    let name = match tokens.word(at - 2) {
        Some("exports") => return (String::new(), true),
        Some(word) => {
            // `const plugin: Plugin = (app) =>` is called by the word before its type.
            let constant = at >= 3 && matches!(tokens.word(at - 3), Some("const" | "let" | "var"));
            if constant || !tokens.is_mark(at - 3, ':') { word } else { typed().unwrap_or(word) }
        }
        None => typed().unwrap_or(""),
    };
    (name.to_owned(), false)
}

/// Whether `export default` or `module.exports =` stands before a function with a name.
fn is_default(tokens: &Tokens, open: usize) -> bool {
    let from = open.saturating_sub(5);
    (from..open).any(|at| tokens.is_word(at, "default") || tokens.is_word(at, "exports"))
}

fn params(tokens: &Tokens, from: usize, close: usize, language: Language) -> Vec<Param> {
    let mut found: Vec<Param> = Vec::new();
    let mut at = from;
    let mut position = 0;
    while at < close {
        let mut end = at;
        let mut depth = 0;
        while end < close && (depth > 0 || !tokens.is_mark(end, ',')) {
            match () {
                () if tokens.is_mark(end, '<') => depth += 1,
                () if tokens.is_mark(end, '>') && depth > 0 => depth -= 1,
                () => {}
            }
            end = tokens.skip(end);
        }
        found.extend(param(tokens, at, end.min(close), position, language));
        position += 1;
        at = end + 1;
    }
    if language == Language::Go {
        // `a, b *gin.Engine`: a name without a type has that of the next.
        for at in (1..found.len()).rev() {
            if found[at - 1].types.is_empty() {
                found[at - 1].types = found[at].types.clone();
            }
        }
    }
    found
}

fn param(
    tokens: &Tokens,
    from: usize,
    end: usize,
    position: usize,
    language: Language,
) -> Vec<Param> {
    let value = (from..end).find(|&at| tokens.is_mark(at, '=')).unwrap_or(end);
    let words = |from: usize, end: usize| -> Vec<String> {
        (from..end).filter_map(|at| tokens.word(at)).map(str::to_owned).collect()
    };
    let one = |name: Option<String>, types: Vec<String>| {
        let named = name.map(|name| Param { name, types, position });
        named.into_iter().collect()
    };
    match language {
        Language::Java | Language::Csharp | Language::Php => {
            let mut all = words(from, value);
            let name = all.pop();
            one(name, all)
        }
        Language::Go => {
            let mut all = words(from, end);
            let name = (!all.is_empty()).then(|| all.remove(0));
            one(name, all)
        }
        _ if tokens.is_mark(from, '{') => {
            let close = tokens.list[from].pair.min(end);
            let inside = words(from + 1, close).into_iter();
            inside.map(|name| Param { name, types: Vec::new(), position }).collect()
        }
        _ => {
            let colon = (from..value).find(|&at| tokens.is_mark(at, ':'));
            let mut names = words(from, colon.unwrap_or(value));
            let types = colon.map(|colon| words(colon + 1, value)).unwrap_or_default();
            one(names.pop(), types)
        }
    }
}

/// The classes of a file, and whatever is declared like one.
pub fn classes(tokens: &Tokens, language: Language) -> Vec<Class> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if !matches!(tokens.word(at), Some("class" | "interface" | "record" | "object" | "model")) {
            continue;
        }
        if at > 0 && (tokens.is_mark(at - 1, '.') || tokens.is_mark(at - 1, ':')) {
            continue;
        }
        let Some(name) = tokens.word(at + 1).map(str::to_owned) else { continue };
        let body = if language.indents() {
            let line = (0..=at).rev().find(|&at| tokens.list[at].indent.is_some());
            let indent = line.and_then(|at| tokens.list[at].indent).unwrap_or(0);
            let colon = (at..tokens.len().min(at + BETWEEN)).find(|&at| tokens.is_mark(at, ':'));
            colon.map(|colon| (colon, tokens.dedent(colon + 1, indent)))
        } else if language.has_end() {
            Some((at, tokens.list[at].pair))
        } else {
            let limit = tokens.len().min(at + 3 * BETWEEN);
            let open = (at..limit)
                .take_while(|&at| !tokens.is_mark(at, ';'))
                .find(|&at| tokens.is_mark(at, '{'));
            open.map(|open| (open, tokens.skip(open)))
        };
        found.extend(body.map(|(start, end)| Class { name, start, end }));
    }
    found
}
