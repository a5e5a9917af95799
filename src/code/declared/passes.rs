//! Routers that are handed to functions.

use super::{Pass, Reader, Ref};
use crate::code::pattern;

impl Reader<'_> {
    /// Notes what is called with a router.
    pub(super) fn passes(&mut self) {
        let tokens = &self.outline.tokens;
        let mut found = Vec::new();
        for open in 1..tokens.len() {
            if !tokens.is_mark(open, '(') || !tokens.opens(open) {
                continue;
            }
            let close = tokens.list[open].pair;
            let (mut at, mut position) = (open + 1, 0);
            while at < close {
                let end = pattern::value_end(tokens, at).unwrap_or(at).min(close);
                let arg = self.stands_for(at, end);
                let router = match &arg {
                    Ref::Name(name) => self.may_be_router(name, at),
                    Ref::Router(_) => true,
                    _ => false,
                };
                let callee = if router { self.receiver(open) } else { Ref::Nothing };
                if callee != Ref::Nothing {
                    found.push(Pass { callee, position, arg, at });
                }
                at = end + 1;
                position += 1;
            }
        }
        self.declared.passes = found;
    }

    /// Whether a name is called like a router, is made like one, or is of such a type.
    fn may_be_router(&self, name: &[String], at: usize) -> bool {
        let Some(last) = name.last() else { return false };
        let mut around = self.outline.around(at).into_iter();
        let mut typed = || {
            around.any(|function| {
                let params = self.outline.functions[function].params.iter();
                params
                    .filter(|one| one.name == *last)
                    .any(|one| one.types.iter().any(|word| self.extractor.types.contains(word)))
            })
        };
        let made = || {
            let places = self.outline.assigned.get(last).into_iter().flatten();
            places.into_iter().any(|&place| {
                let end = self.outline.chain_end(place);
                matches!(self.stands_for(place, end), Ref::Router(_))
            })
        };
        self.extractor.is_router_name(last) || made() || typed()
    }
}
