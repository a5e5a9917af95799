//! Looks for patterns.

use super::{Capture, Found, Kind, Name, Pattern, Step, Value, values};
use crate::code::lexer::{self, Piece, Tokens};

/// How many steps one place may cost: a pattern that has to try more fits nothing that people
/// write.
const MOST: u32 = 20_000;

/// Every place where a pattern fits, in the order of the file.
pub fn find(pattern: &Pattern, tokens: &Tokens) -> Vec<Found> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if pattern.first.as_ref().is_some_and(|first| !is(tokens, at, first)) {
            continue;
        }
        let mut run = Run { tokens, captures: Vec::new(), left: MOST };
        if let Some(end) = run.all(&Rest { steps: &pattern.steps, then: None }, at) {
            found.push(Found { start: at, end, captures: run.captures });
        }
    }
    found
}

/// Whether a token is just what a step says.
fn is(tokens: &Tokens, at: usize, step: &Step) -> bool {
    match step {
        Step::Word(word) => tokens.is_word(at, word),
        Step::Mark(mark) => tokens.is_mark(at, *mark),
        Step::Said(said) => {
            let says = |text: &[Piece]| matches!(text, [Piece::Said(own)] if **own == **said);
            tokens.text(at).is_some_and(says)
        }
        _ => false,
    }
}

/// What is still to be matched.
struct Rest<'r> {
    steps: &'r [Step],
    then: Option<&'r Rest<'r>>,
}

struct Run<'t> {
    tokens: &'t Tokens,
    captures: Vec<Capture>,
    left: u32,
}

impl Run<'_> {
    /// Where the match ends, if all that is left fits from here on.
    fn all(&mut self, rest: &Rest<'_>, at: usize) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let Some((step, steps)) = rest.steps.split_first() else {
            return match rest.then {
                Some(then) => self.all(then, at),
                None => Some(at),
            };
        };
        let next = Rest { steps, then: rest.then };
        match step {
            Step::Skip => self.skip(&next, at),
            Step::Maybe(inner) => self
                .kept(|run| run.all(&Rest { steps: inner, then: Some(&next) }, at))
                .or_else(|| self.all(&next, at)),
            Step::Many(inner) => {
                let again = Rest { steps: std::slice::from_ref(step), then: Some(&next) };
                self.kept(|run| run.all(&Rest { steps: inner, then: Some(&again) }, at))
                    .or_else(|| self.all(&next, at))
            }
            Step::Either(all) => all.iter().find_map(|one| {
                self.kept(|run| run.all(&Rest { steps: one, then: Some(&next) }, at))
            }),
            Step::Hole(name, kind) => self.hole(*name, kind, &next, at),
            Step::Mark('(') if !self.tokens.is_mark(at, '(') => {
                // Between a function and its arguments may stand the types that it is used with.
                let at = values::behind_types(self.tokens, at)?;
                self.tokens.is_mark(at, '(').then(|| self.all(&next, at + 1))?
            }
            step => is(self.tokens, at, step).then(|| self.all(&next, at + 1))?,
        }
    }

    fn skip(&mut self, next: &Rest<'_>, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            if let Some(end) = self.kept(|run| run.all(next, at)) {
                return Some(end);
            }
            let ends = self.tokens.closes(at) || self.tokens.ends_statement(at);
            if at >= self.tokens.len() || ends || self.left == 0 {
                return None;
            }
            at = self.tokens.skip(at);
        }
    }

    fn hole(
        &mut self,
        name: Option<Name>,
        kind: &Kind,
        next: &Rest<'_>,
        at: usize,
    ) -> Option<usize> {
        let tokens = self.tokens;
        if *kind == Kind::Dotted {
            // The shorter ones are tried as well: what follows may be a member.
            let longest = lexer_dotted(tokens, at)?;
            let ends = (at + 1..=longest).rev().filter(|end| tokens.word(end - 1).is_some());
            return ends.into_iter().find_map(|end| {
                self.kept(|run| {
                    run.keep(name, at, end, Value::Code);
                    run.all(next, end)
                })
            });
        }
        let (value, end) = match kind {
            Kind::Word(words) => {
                let word = tokens.word(at)?;
                let fits = words.is_empty() || words.iter().any(|one| tokens.same(word, one));
                (Value::Words(vec![fits.then(|| word.to_owned())?]), at + 1)
            }
            Kind::Text => {
                let (text, end) = values::text(tokens, at)?;
                (Value::Texts(vec![text]), end)
            }
            Kind::Texts => {
                let (texts, end) = values::list(tokens, at, values::text)?;
                (Value::Texts(texts), end)
            }
            Kind::Words => {
                let (words, end) = values::word_list(tokens, at)
                    .or_else(|| values::list(tokens, at, values::last_word))?;
                (Value::Words(words), end)
            }
            Kind::Value => (Value::Code, values::value_end(tokens, at)?),
            Kind::Rest => (Value::Code, values::rest_end(tokens, at)),
            Kind::Dotted => return None,
        };
        self.keep(name, at, end, value);
        self.all(next, end)
    }

    fn keep(&mut self, name: Option<Name>, start: usize, end: usize, value: Value) {
        self.captures.extend(name.map(|name| Capture { name, start, end, value }));
    }

    /// Tries something, and forgets what it captured where that fails.
    fn kept(&mut self, attempt: impl FnOnce(&mut Self) -> Option<usize>) -> Option<usize> {
        let before = self.captures.len();
        let end = attempt(self);
        if end.is_none() {
            self.captures.truncate(before);
        }
        end
    }
}

fn lexer_dotted(tokens: &lexer::Tokens, at: usize) -> Option<usize> {
    values::dotted(tokens, at).map(|(_, end)| end)
}
