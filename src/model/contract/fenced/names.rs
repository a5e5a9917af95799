//! Which lines of a fence name endpoints: those of a list, a drawn file tree, YAML, or code that
//! registers routes.

use super::Line;
use crate::base::{Span, words::normalize};
use crate::model::contract::context::{Standing, of_heading};
use crate::model::contract::named::{self, Name};
use crate::model::contract::{Method, Route, Subject, tail};

/// A line that names an endpoint.
pub(super) struct Named {
    /// Which line.
    pub at: usize,
    pub name: Name,
    /// Words stand before it.
    pub loose: bool,
    /// The lines below say other things.
    pub alone: bool,
}

/// Every name in a fence, in its order.
pub(super) fn all(lines: &[Line<'_>], language: &str) -> Vec<Named> {
    if ["yaml", "yml"].iter().any(|yaml| yaml.eq_ignore_ascii_case(language)) {
        return of_yaml(lines);
    }
    let mut found = Vec::new();
    let mut registered = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let offset = line.span.start as usize;
        if let Some((name, loose)) = at_start(line.text, offset) {
            found.push(Named { at, name, loose, alone: false });
        } else if let Some(name) = in_tree(line.text, offset) {
            found.push(Named { at, name, loose: false, alone: true });
        } else if let Some(name) = registration(line.text, offset) {
            registered.push(Named { at, name, loose: false, alone: true });
        }
    }
    // A lone registration is a sample of code, several are what a server serves.
    if found.is_empty() && registered.len() > 1 { registered } else { found }
}

/// Whether code in a text may register routes: a test that costs little.
pub(in crate::model::contract) fn may_register(text: &str) -> bool {
    text.contains("app.") || text.contains("server.")
}

/// The name a line begins with, behind a bullet, a box or a label: "Login: POST /x".
fn at_start(text: &str, offset: usize) -> Option<(Name, bool)> {
    let bare = text.trim_start_matches(['-', '*', '•', '+', ' ', '├', '└', '─', '#']);
    let bare =
        ["[ ]", "[x]", "[X]"].iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare);
    // A number before it is that of a list; of a drawing's steps there are boxes around.
    let bare = match bare.split_once(['.', ')']) {
        Some((number, rest))
            if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            rest.trim_start()
        }
        _ => bare,
    };
    if let Some(name) = name_in(text, bare, offset) {
        return Some((name, false));
    }
    let (label, rest) = bare.split_once(": ")?;
    let short = label.len() <= 40 && !label.contains(['/', '"', '{', '(']);
    let name = name_in(text, rest, offset).filter(|_| short)?;
    Some((name, true))
}

/// The name that the end of a line begins with.
fn name_in(text: &str, rest: &str, offset: usize) -> Option<Name> {
    let at = text.len() - rest.len();
    let mut name = named::at_start(rest, offset + at)?;
    name.end += at;
    Some(name)
}

/// A file of a drawn tree whose remark is the endpoint it serves: `└── route.ts  # POST /x`.
fn in_tree(text: &str, offset: usize) -> Option<Name> {
    if !text.starts_with(['│', '├', '└', '|']) {
        return None;
    }
    let (_, remark) = text.split_once(" # ").or_else(|| text.split_once(" // "))?;
    let name = name_in(text, remark, offset)?;
    tail::parts_from(&text[name.end..]).then_some(name)
}

/// The items of lists whose key says that endpoints follow.
fn of_yaml(lines: &[Line<'_>]) -> Vec<Named> {
    let mut found = Vec::new();
    // The keys around a line, each with its depth.
    let mut keys: Vec<(u32, Standing)> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
        // A list may stand as deep as its key.
        let is_item = line.text.starts_with("- ");
        let outer = |depth: u32| depth < line.indent || is_item && depth == line.indent;
        while keys.last().is_some_and(|(depth, _)| !outer(*depth)) {
            keys.pop();
        }
        let bare = line.text.trim_start_matches(['-', ' ']).trim_start_matches(['"', '\'']);
        let stated = || {
            let told = |(_, standing): &(u32, Standing)| *standing < Standing::Neutral;
            keys.last().is_some_and(|(_, own)| *own == Standing::Stated) && !keys.iter().any(told)
        };
        match name_in(line.text, bare, line.span.start as usize).filter(|_| stated()) {
            Some(name) => {
                let loose = !is_item;
                found.push(Named { at, name, loose, alone: true });
            }
            None => {
                if let Some(key) = bare.trim_end().strip_suffix(':') {
                    keys.push((line.indent, of_heading(&normalize(key))));
                }
            }
        }
    }
    found
}

/// `app.post("/x", handler)`, `@app.post("/x")`. A router's paths hang on where it is mounted,
/// and a path that is called has no handler behind it.
fn registration(text: &str, offset: usize) -> Option<Name> {
    let decorated = text.starts_with('@');
    let call = text.strip_prefix('@').unwrap_or(text);
    let call = call.strip_prefix("app.").or_else(|| call.strip_prefix("server."))?;
    let (word, rest) = call.split_once('(')?;
    let lower = word.len() <= 7 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let method = Method::read(&word.to_ascii_uppercase()).filter(|_| lower)?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let (path, after) = rest[1..].split_once(quote)?;
    let served = decorated || after.trim_start().starts_with(',');
    let route = Route::read(path).ok().filter(|_| path.starts_with('/') && served)?;
    let start = text.len() - rest.len() + 1;
    let span = Span::new(offset + start, offset + start + path.len());
    let subjects = vec![Subject::Endpoint { method, route }];
    Some(Name { subjects, broken: None, span, end: text.len() })
}
