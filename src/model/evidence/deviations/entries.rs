//! The single deviations of a region: what its headings hold.

use super::parts::{Part, PartKind, items, lead_field, own_text};
use super::topics::{heads_one, is_numbered, topic};
use super::{Deviation, Said, aspects};
use super::{denials, kept, labels, topics};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::phrases::{flat, has, opens_with, title};
use crate::workflow::Vocabulary;

/// Collects what the parts of a region say.
pub(super) struct Entries<'f> {
    pub facts: &'f DocumentFacts,
    pub words: &'f Vocabulary,
    mixed: bool,
    pub none: Option<Span>,
    /// Where it is said that there are none of one sort.
    none_below: Option<Span>,
    /// Where it is said of one thing that it is as agreed.
    pub kept: Option<Span>,
    pub found: Vec<Deviation>,
    /// Plain sentences, by the place they stand in: deviations where nothing else is told.
    pub prose: Vec<Vec<Part>>,
}

impl<'f> Entries<'f> {
    pub fn new(facts: &'f DocumentFacts, words: &'f Vocabulary, mixed: bool) -> Self {
        Self {
            facts,
            words,
            mixed,
            none: None,
            none_below: None,
            kept: None,
            found: Vec::new(),
            prose: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub fn push(&mut self, entry: Deviation) {
        self.found.push(entry);
    }

    pub fn finish(mut self) -> Said {
        let mut prose = std::mem::take(&mut self.prose);
        if prose.len() > 1 {
            prose.remove(0);
        }
        if self.kept.is_some() {
            let departs = |part: &Part| labels::departs(&flat(self.facts.text_of(part.span)));
            prose.retain(|parts| parts.iter().any(departs));
        }
        if self.found.is_empty() && self.none_below.is_none() {
            prose.iter().for_each(|parts| self.read_prose(parts));
        }
        if self.found.is_empty() {
            self.none = self.none.or(self.none_below).or(self.kept);
        }
        Said { none: self.none, declared: None, entries: self.found }
    }

    /// Reads parts that stand on one level: what comes before any heading, then each heading.
    pub fn read(&mut self, parts: &[Part]) {
        let heads: Vec<usize> = self.heads(parts);
        let lead = &parts[..heads.first().copied().unwrap_or(parts.len())];
        if lead.iter().any(|part| part.rank().is_some() && !self.is_aspect(part)) {
            self.read(lead);
        } else {
            self.read_flat(lead);
        }
        let explicit = heads.iter().any(|&at| self.is_explicit(&parts[at]));
        for (index, &at) in heads.iter().enumerate() {
            let end = heads.get(index + 1).copied().unwrap_or(parts.len());
            let end = at + 1 + self.closing(&parts[at + 1..end]);
            self.read_headed(&parts[at], &parts[at + 1..end], explicit);
        }
    }

    /// The places of the highest headings, labels of parts aside.
    fn heads(&self, parts: &[Part]) -> Vec<usize> {
        let ranked = |part: &Part| part.rank().filter(|_| !self.is_aspect(part));
        let Some(highest) = parts.iter().filter_map(ranked).min() else { return Vec::new() };
        (0..parts.len()).filter(|&at| ranked(&parts[at]) == Some(highest)).collect()
    }

    /// How many parts there are before the lines that close a region, such as totals.
    pub fn closing(&self, parts: &[Part]) -> usize {
        let closes = |part: &Part| {
            let field = lead_field(self.facts, part.block);
            part.kind == PartKind::Paragraph
                && field.is_some_and(|field| {
                    topics::is_aside(&field.name) || topics::counts(&field.name)
                })
        };
        parts.iter().position(closes).unwrap_or(parts.len())
    }

    fn read_headed(&mut self, head: &Part, body: &[Part], explicit: bool) {
        let written = self.written(head);
        let name = flat(&written);
        let about = topic(&name);
        if about.is_none() && opens_with(&name, "no") {
            return;
        }
        if about.is_some_and(|about| about.negated) {
            let mut below = self.below();
            below.none = Some(head.span);
            below.read(body);
            return self.take(below);
        }
        let own = self.facts.text_of(span_of(head, body));
        let beside = topics::is_beside(&name)
            || !self.is_explicit(head) && has(&flat(own), "not a deviation");
        if self.is_explicit(head) && !beside {
            return self.push_headed(head, body);
        }
        let aside = topics::is_aside(&normalize(&written)) || topics::is_aside(&name);
        let strong = aside && opens_with(&name, "note") && self.is_told(span_of(head, body));
        if beside || aside && !strong {
            return self.read_denials(body);
        }
        if denials::says_none(&written, self.words) {
            self.none_below = self.none_below.or(Some(head.span));
            return;
        }
        if let [only] = body
            && only.kind == PartKind::Paragraph
            && self.is_kept(only.span, only.span)
        {
            return;
        }
        let sorts = topics::sorts(&normalize(&written)) || about.is_some();
        if sorts || self.holds_several(body) {
            let mut below = self.below();
            below.read(body);
            return self.take(below);
        }
        let first = body.first().filter(|part| part.kind == PartKind::Paragraph);
        let denied =
            first.filter(|part| denials::says_none(self.facts.text_of(part.span), self.words));
        if let Some(denied) = denied {
            self.none_below = self.none_below.or(Some(denied.span));
        } else if !explicit && !self.mixed && self.counts(head.span, body) {
            self.push_headed(head, body);
        }
    }

    /// Whether a text says of one thing that it is as agreed, and nothing below it tells more.
    /// Others may be told beside it all the same.
    pub fn is_kept(&mut self, said: Span, extent: Span) -> bool {
        let told = |this: &Self| {
            this.is_told(extent) || labels::departs(&flat(this.facts.text_of(extent)))
        };
        let kept = kept::keeps(self.facts.text_of(said)) && (said == extent || !told(self));
        self.kept = self.kept.or(kept.then_some(said));
        kept
    }

    /// A reader for what stands under a heading of this place.
    pub fn below(&self) -> Self {
        Self::new(self.facts, self.words, self.mixed)
    }

    /// Takes what was read under a heading. That there are none of one sort contradicts only what
    /// stands under the same heading.
    pub fn take(&mut self, below: Self) {
        let mut said = below.finish();
        match said.entries.is_empty() {
            true => self.none_below = self.none_below.or(said.none),
            false => self.none = self.none.or(said.none),
        }
        self.found.append(&mut said.entries);
    }

    /// A denial may follow an aside without a heading of its own.
    fn read_denials(&mut self, parts: &[Part]) {
        let denies = |part: &&Part| {
            part.kind == PartKind::Paragraph
                && denials::says_none(self.facts.text_of(part.span), self.words)
        };
        self.none_below = self.none_below.or(parts.iter().find(denies).map(|part| part.span));
    }

    /// After a denial only what is clearly a deviation contradicts it; the rest is a note.
    pub fn counts(&self, span: Span, body: &[Part]) -> bool {
        if self.none.is_none() {
            return true;
        }
        self.is_strong(body.iter().fold(span, |all, part| all.to(part.span)))
    }

    pub fn is_strong(&self, extent: Span) -> bool {
        self.is_told(extent) || denials::contradicts(&flat(self.facts.text_of(extent)))
    }

    /// Whether labels tell what was done or why.
    fn is_told(&self, extent: Span) -> bool {
        aspects::named(self.facts, extent).iter().any(|(aspect, _)| aspect.is_telling())
    }

    fn push_headed(&mut self, head: &Part, body: &[Part]) {
        self.push_entry(title(&self.written(head)), head.span, span_of(head, body));
    }

    pub fn push_entry(&mut self, title: String, span: Span, extent: Span) {
        let mut entry = Deviation { title, span, extent, ..Deviation::default() };
        aspects::fill(self.facts, &mut entry);
        self.found.push(entry);
    }

    /// Whether a body under a heading that is none itself holds deviations of its own.
    fn holds_several(&self, body: &[Part]) -> bool {
        let explicit = body.iter().any(|part| part.rank().is_some() && self.is_explicit(part));
        let full = |part: &Part| {
            let items = items(self.facts, part.block);
            let full = items.filter(|(_, item)| {
                let named = aspects::named(self.facts, item.span);
                named.len() >= 2
            });
            part.kind == PartKind::List && full.count() > 0
        };
        explicit || body.iter().any(full)
    }

    /// Whether a heading is one deviation for certain.
    fn is_explicit(&self, part: &Part) -> bool {
        let written = self.written(part);
        heads_one(&title(&written)) || is_numbered(written.trim_start_matches('#'))
    }

    /// The text of a heading or bold label.
    pub fn written(&self, part: &Part) -> String {
        let span = match part.kind {
            PartKind::Heading(_) => {
                self.facts.section(self.facts.blocks[part.block as usize].section).title
            }
            _ => own_text(self.facts, part.block),
        };
        self.facts.text_of(span).to_owned()
    }
}

/// A heading and all that stands under it.
fn span_of(head: &Part, body: &[Part]) -> Span {
    body.iter().fold(head.span, |all, part| all.to(part.span))
}
