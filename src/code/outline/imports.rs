//! What a file takes from others.

use super::Import;
use crate::code::lexer::{Language, Piece, Tokens};
use crate::code::pattern::dotted;

pub fn read(tokens: &Tokens, language: Language) -> Vec<Import> {
    let mut found = Vec::new();
    match language {
        Language::Javascript => script(tokens, &mut found),
        Language::Python => python(tokens, &mut found),
        Language::Go => go(tokens, &mut found),
        Language::Rust => rust(tokens, &mut found),
        Language::Java | Language::Kotlin => java(tokens, &mut found),
        _ => {}
    }
    found
}

fn said(tokens: &Tokens, at: usize) -> Option<&str> {
    match tokens.text(at)? {
        [Piece::Said(said)] => Some(said),
        _ => None,
    }
}

/// `import a, { b as c } from "x"`, `const { a: b } = require("x")`, `export { a } from "x"`.
fn script(tokens: &Tokens, found: &mut Vec<Import>) {
    for at in 0..tokens.len() {
        let word = tokens.word(at);
        if matches!(word, Some("import" | "export")) {
            let limit = tokens.len().min(at + 400);
            let from = (at + 1..limit)
                .take_while(|&one| !tokens.is_mark(one, ';') && !tokens.is_mark(one, '='))
                .find(|&one| tokens.is_word(one, "from"));
            let Some((from, module)) = from.and_then(|from| Some((from, said(tokens, from + 1)?)))
            else {
                continue;
            };
            named(tokens, at + 1, from, module, word == Some("export"), found);
        } else if word == Some("require") && tokens.is_mark(at + 1, '(') {
            let Some(module) = said(tokens, at + 2) else { continue };
            required(tokens, at, module, found);
        }
    }
}

/// The names between `import` and `from`.
fn named(
    tokens: &Tokens,
    start: usize,
    end: usize,
    module: &str,
    exported: bool,
    found: &mut Vec<Import>,
) {
    let mut push = |local: &str, name: Option<&str>| {
        let (local, module) = (local.to_owned(), module.to_owned());
        found.push(Import { local, module, name: name.map(str::to_owned) });
    };
    let mut at = start;
    while at < end {
        if tokens.is_mark(at, '*') {
            let alias = tokens.word(at + 2).filter(|_| tokens.is_word(at + 1, "as"));
            push(alias.unwrap_or("*"), None);
            at += 3;
        } else if tokens.is_mark(at, '{') {
            let close = tokens.list[at].pair;
            let mut one = at + 1;
            while one < close {
                let Some(name) = tokens.word(one) else {
                    one += 1;
                    continue;
                };
                let alias = tokens.word(one + 2).filter(|_| tokens.is_word(one + 1, "as"));
                if name != "type" || tokens.is_mark(one + 1, ',') {
                    push(alias.unwrap_or(name), Some(name));
                }
                one += if alias.is_some() { 3 } else { 1 };
            }
            at = close + 1;
        } else {
            let name = tokens.word(at).filter(|word| *word != "type" && !exported);
            if let Some(name) = name {
                push(name, Some("default"));
            }
            at += 1;
        }
    }
}

/// What stands before `= require("x")`, and behind it: `require("x").router`.
fn required(tokens: &Tokens, at: usize, module: &str, found: &mut Vec<Import>) {
    let behind = tokens.skip(at + 1);
    let member = tokens.word(behind + 1).filter(|_| tokens.is_mark(behind, '.'));
    if at < 2 || !tokens.is_mark(at - 1, '=') {
        return;
    }
    let module = module.to_owned();
    if tokens.is_mark(at - 2, '}') {
        let (open, close) = (tokens.list[at - 2].pair, at - 2);
        let mut one = open + 1;
        while one < close {
            let Some(name) = tokens.word(one) else {
                one += 1;
                continue;
            };
            let alias = tokens.word(one + 2).filter(|_| tokens.is_mark(one + 1, ':'));
            let (local, name) = (alias.unwrap_or(name).to_owned(), Some(name.to_owned()));
            found.push(Import { local, module: module.clone(), name });
            one += if alias.is_some() { 3 } else { 1 };
        }
    } else if let Some(local) = tokens.word(at - 2) {
        let (local, name) = (local.to_owned(), member.map(str::to_owned));
        found.push(Import { local, module, name });
    }
}

/// `import a.b as c`, `from ..a import b as c, d`.
fn python(tokens: &Tokens, found: &mut Vec<Import>) {
    let mut at = 0;
    while at < tokens.len() {
        if tokens.list[at].indent.is_none() {
            at += 1;
            continue;
        }
        let (mut module, mut end) = (String::new(), at + 1);
        let dotted = |module: &mut String, end: &mut usize| {
            while tokens.is_mark(*end, '.')
                || tokens.word(*end).is_some_and(|word| !matches!(word, "import" | "as"))
                    && tokens.list[*end].indent.is_none()
            {
                module.push_str(tokens.word(*end).unwrap_or("."));
                *end += 1;
            }
        };
        match tokens.word(at) {
            Some("from") => {
                dotted(&mut module, &mut end);
                if !tokens.is_word(end, "import") {
                    at += 1;
                    continue;
                }
                let open = tokens.is_mark(end + 1, '(');
                let close = if open { tokens.list[end + 1].pair } else { tokens.len() };
                let mut one = if open { end + 2 } else { end + 1 };
                while one < close && (open || tokens.list[one].indent.is_none()) {
                    if tokens.is_mark(one, '*') {
                        let (local, module) = ("*".to_owned(), module.clone());
                        found.push(Import { local, module, name: None });
                    }
                    if let Some(name) = tokens.word(one) {
                        let alias = tokens.word(one + 2).filter(|_| tokens.is_word(one + 1, "as"));
                        let local = alias.unwrap_or(name).to_owned();
                        let (module, name) = (module.clone(), Some(name.to_owned()));
                        one += if alias.is_some() { 2 } else { 0 };
                        found.push(Import { local, module, name });
                    }
                    one += 1;
                }
                at = one.max(at + 1);
            }
            Some("import") => {
                loop {
                    module.clear();
                    dotted(&mut module, &mut end);
                    let alias = tokens.word(end + 1).filter(|_| tokens.is_word(end, "as"));
                    end += if alias.is_some() { 2 } else { 0 };
                    let first = module.split('.').next().unwrap_or("");
                    let local = alias.unwrap_or(first).to_owned();
                    let module = if alias.is_some() { module.clone() } else { first.to_owned() };
                    found.push(Import { local, module, name: None });
                    if !tokens.is_mark(end, ',') {
                        break;
                    }
                    end += 1;
                }
                at = end.max(at + 1);
            }
            _ => at += 1,
        }
    }
}

/// `import ( a "x/y"; "x/z" )`.
fn go(tokens: &Tokens, found: &mut Vec<Import>) {
    for at in (0..tokens.len()).filter(|&at| tokens.is_word(at, "import")) {
        let (from, end) = match tokens.is_mark(at + 1, '(') {
            true => (at + 2, tokens.list[at + 1].pair),
            false => (at + 1, tokens.len().min(at + 3)),
        };
        for one in from..end {
            let Some(module) = said(tokens, one) else { continue };
            let alias = one.checked_sub(1).and_then(|before| tokens.word(before));
            let alias = alias.filter(|word| *word != "import");
            let last = module.rsplit('/').find(|part| !is_version(part)).unwrap_or(module);
            let local = alias.unwrap_or(last).to_owned();
            found.push(Import { local, module: module.to_owned(), name: None });
        }
    }
}

fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `use crate::a::{b, c as d};`, `mod x;`.
fn rust(tokens: &Tokens, found: &mut Vec<Import>) {
    for at in 0..tokens.len() {
        match tokens.word(at) {
            Some("use") => tree(tokens, at + 1, &mut Vec::new(), found),
            Some("mod") if tokens.is_mark(at + 2, ';') => {
                if let Some(name) = tokens.word(at + 1) {
                    let (local, module) = (name.to_owned(), format!("self.{name}"));
                    found.push(Import { local, module, name: None });
                }
            }
            _ => {}
        }
    }
}

/// `import a.b.C;`, `import static a.b.C.D;`, `import a.b.C as D`.
fn java(tokens: &Tokens, found: &mut Vec<Import>) {
    for at in (0..tokens.len()).filter(|&at| tokens.is_word(at, "import")) {
        let constant = tokens.is_word(at + 1, "static");
        let from = if constant { at + 2 } else { at + 1 };
        let Some((whole, end)) = dotted(tokens, from) else { continue };
        let (class, last) = whole.rsplit_once('.').unwrap_or(("", &whole));
        let alias = tokens.word(end + 1).filter(|_| tokens.is_word(end, "as"));
        let local = alias.unwrap_or(last).to_owned();
        found.push(match constant {
            true => {
                let (module, name) = (class.to_owned(), Some(last.to_owned()));
                Import { local, module, name }
            }
            false => Import { local, module: whole, name: None },
        });
    }
}

/// One branch of a `use`: a path, and what it ends with.
fn tree(tokens: &Tokens, from: usize, path: &mut Vec<String>, found: &mut Vec<Import>) {
    let before = path.len();
    let mut at = from;
    loop {
        if tokens.is_mark(at, '{') {
            let close = tokens.list[at].pair;
            let mut one = at + 1;
            while one < close {
                tree(tokens, one, path, found);
                while one < close && !tokens.is_mark(one, ',') {
                    one = tokens.skip(one);
                }
                one += 1;
            }
            break;
        }
        if tokens.is_mark(at, '*') {
            let module = path.join(".");
            found.push(Import { local: "*".to_owned(), module, name: None });
            break;
        }
        let Some(word) = tokens.word(at) else { break };
        if tokens.is_mark(at + 1, ':') && tokens.is_mark(at + 2, ':') {
            path.push(word.to_owned());
            at += 3;
            continue;
        }
        let alias = tokens.word(at + 2).filter(|_| tokens.is_word(at + 1, "as"));
        let local = alias.unwrap_or(word).to_owned();
        let (module, name) = (path.join("."), Some(word.to_owned()));
        found.push(Import { local, module, name });
        break;
    }
    path.truncate(before);
}
