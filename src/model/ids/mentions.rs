//! What a whole document names, found once however many parts of it ask.

use std::ops::{Deref, Range};
use std::sync::Arc;

use super::{Mention, is_code, last_before, read};
use crate::base::Span;
use crate::facts::{DocumentFacts, InlineKind};

/// The mentions in a document or a part of it, in order. Parts share one list.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    all: Arc<[Mention]>,
    part: Range<u32>,
}

impl Mentions {
    /// The mentions in a document, code and comments left out.
    pub fn of(facts: &DocumentFacts) -> Self {
        let mut found = read::find_beside(&facts.text, |at| after_code(facts, at));
        found.retain(|mention| !is_code(facts, mention.span));
        found.into()
    }

    /// Those of them that lie in a span. Of a range or list that the span cuts, what is left.
    pub fn cut_to(&self, facts: &DocumentFacts, span: Span) -> Self {
        let next = self.partition_point(|mention| mention.span.end <= span.end);
        match self.get(next) {
            Some(mention) if mention.span.start < span.end => super::within(facts, span).into(),
            _ => self.within(span),
        }
    }

    /// Those of them that lie wholly in a span.
    pub fn within(&self, span: Span) -> Self {
        let (first, last) = (self.part.start as usize, self.part.end as usize);
        let own = &self.all[first..last];
        let from = own.partition_point(|mention| mention.span.start < span.start);
        let to = own.partition_point(|mention| mention.span.end <= span.end).max(from);
        Self { all: self.all.clone(), part: (first + from) as u32..(first + to) as u32 }
    }
}

/// The end of the code that opens with ticks at a place; just past them where they open none.
fn after_code(facts: &DocumentFacts, at: usize) -> usize {
    let tick = Span::new(at, at + 1);
    let inline = last_before(&facts.inlines, tick, |inline| inline.span);
    let inline = inline.filter(|inline| inline.kind == InlineKind::Code).map(|inline| inline.span);
    let code = || last_before(&facts.codes, tick, |code| code.span).map(|code| code.span);
    match inline
        .filter(|span| span.covers(tick))
        .or_else(|| code().filter(|span| span.covers(tick)))
    {
        Some(code) => code.end as usize,
        None => at + 1,
    }
}

impl Deref for Mentions {
    type Target = [Mention];

    fn deref(&self) -> &[Mention] {
        self.all.get(self.part.start as usize..self.part.end as usize).unwrap_or(&[])
    }
}

impl<'m> IntoIterator for &'m Mentions {
    type Item = &'m Mention;
    type IntoIter = std::slice::Iter<'m, Mention>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<Vec<Mention>> for Mentions {
    fn from(found: Vec<Mention>) -> Self {
        let part = 0..found.len() as u32;
        Self { all: found.into(), part }
    }
}

impl PartialEq for Mentions {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
