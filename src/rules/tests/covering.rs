//! Which promises a line of test evidence is about.

use super::promised::Promised;
use super::{Part, Tested};
use crate::base::Span;
use crate::model::contract::{Mention, Method, Subject};
use crate::model::evidence::tested::{Line, What};
use crate::model::phrases::{flat, has};

/// A place that names a promise, with what it says of it.
pub(super) struct Naming<'p> {
    pub part: Part<'p>,
    pub span: Span,
    pub said: Span,
    pub statuses: &'p [u16],
    pub every_error: bool,
    /// It names this promise, not all of them.
    pub own: bool,
}

impl<'p> Tested<'p> {
    /// Every place that names a promise.
    pub fn namings(&self, subject: &Subject, promised: &Promised<'_>) -> Vec<Naming<'p>> {
        let event = match subject {
            Subject::Event { name } => Some(flat_parted(name)),
            _ => None,
        };
        let mut found = Vec::new();
        for (part, line) in self.lines() {
            let naming = |span: Span, said: Span, statuses: &'p [u16], own: bool| Naming {
                part,
                span,
                said,
                statuses,
                every_error: line.every_error,
                own,
            };
            match &event {
                Some(name) if names(part, line, name) => {
                    found.push(naming(line.span, line.span, &line.statuses, true));
                }
                Some(_) if line.every_event => {
                    found.push(naming(line.span, line.span, &line.statuses, false));
                }
                Some(_) => {}
                None => {
                    let about = line.about.iter().filter_map(|one| {
                        let own = covers(&one.what, subject, promised)?;
                        Some(naming(one.span, one.said, &one.statuses, own))
                    });
                    found.extend(about);
                }
            }
        }
        found
    }
}

/// Whether a line, or what it stands below, holds the name of an event.
fn names(part: Part<'_>, line: &Line, event: &str) -> bool {
    /// How far up a name is looked for.
    const ABOVE: usize = 4;
    let mut at = Some(line);
    for _ in 0..ABOVE {
        let Some(line) = at else { return false };
        if has(&flat_parted(part.text(line.span)), event) {
            return true;
        }
        at = line.below.filter(|_| line.about.is_empty()).and_then(|at| part.tests.lines.get(at));
    }
    false
}

/// The words of a text in lower case, `onMemberSuspended` as `on member suspended`.
pub(super) fn flat_parted(text: &str) -> String {
    let joined = |pair: &[u8]| pair[1].is_ascii_uppercase() && is_lower(char::from(pair[0]));
    let plain = text.is_ascii() && !text.as_bytes().windows(2).any(joined);
    if plain { flat(text) } else { flat(&parted(text)) }
}

fn is_lower(c: char) -> bool {
    c.is_lowercase() || c.is_ascii_digit()
}

fn parted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut lower = false;
    for c in text.chars() {
        if c.is_uppercase() && lower {
            out.push(' ');
        }
        lower = is_lower(c);
        out.push(c);
    }
    out
}

/// Whether what a line is about covers a promise, and if so, whether by its name.
fn covers(what: &What, subject: &Subject, promised: &Promised<'_>) -> Option<bool> {
    let Subject::Endpoint { method, .. } = subject else { return None };
    match what {
        What::All(only) => only.is_none_or(|only| only == *method).then_some(false),
        What::Endpoint(mention) => fits(mention, subject, promised).then_some(true),
    }
}

/// Whether a mention means an endpoint. A path that is just that of another one does not.
pub(super) fn fits(mention: &Mention, subject: &Subject, promised: &Promised<'_>) -> bool {
    let Subject::Endpoint { method, route } = subject else { return false };
    // A socket is opened by a GET.
    let upgraded = *method == Method::Socket && mention.methods.contains(&Method::Get);
    if !mention.methods.is_empty() && !mention.methods.contains(method) && !upgraded {
        return false;
    }
    let (named, key) = (mention.route.key(), route.key());
    if named == key {
        return true;
    }
    if mention.open {
        let below = |named: &str| {
            key.match_indices(named).any(|(at, _)| {
                matches!(key.as_bytes().get(at + named.len()), None | Some(b'/'))
                    && !key[..at].contains('{')
            })
        };
        return below(named);
    }
    ends_alike(named, key) && promised.paths().methods(named).is_none()
}

/// Whether two paths are alike from their ends, where one may lack its beginning (`/api`, `/v1`)
/// and values may stand for parameters.
fn ends_alike(named: &str, key: &str) -> bool {
    let (mut one, mut other) = (named.rsplit('/'), key.rsplit('/'));
    let mut literal = false;
    loop {
        match (one.next(), other.next()) {
            (Some(""), _) | (_, Some("")) | (None, _) | (_, None) => return literal,
            (Some(_), Some("{}")) => {}
            (Some(value), Some(part)) if value == part => literal = true,
            _ => return false,
        }
    }
}
