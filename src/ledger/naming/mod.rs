//! What an entry names: a deviation of some evidence, a line of the integration report.
//!
//! An entry is about what its title and its account of the change name. What else it names, and
//! what it names for a reason, counts only where those name nothing; what it names for those whom
//! it affects never does.

mod clauses;
mod known;
mod names;
mod stance;

use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::evidence::Deviation;
use crate::model::phrases::{flat, has_any, listed};
use clauses::Clause;
pub use known::Known;
pub use names::{Names, bare};
use stance::Stance;

/// What an entry says, sorted by how much it counts.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// What the title and the account of the change tell.
    pub told: Names,
    /// What is told besides.
    pub more: Names,
    /// What either compares with or goes through.
    pub near: Names,
    /// What is named for a reason.
    pub aside: Names,
    /// What is named for whom it affects: it tells of others, and never of a change.
    pub impact: Names,
    /// What is said to be as it was.
    pub denied: Names,
    /// Whether it says that no contract changed.
    pub denies_contracts: bool,
    /// All of its text that counts, as flat words.
    pub flat: String,
    /// All of its text that counts, for names that stand in it as written.
    pub text: String,
}

impl Said {
    /// What a reported deviation says.
    pub fn of(facts: &DocumentFacts, entry: &Deviation) -> Self {
        let head = entry.what.map_or(vec![entry.span], |what| vec![entry.span, what]);
        let beside = [entry.why, entry.impact, entry.resolution].into_iter().flatten();
        // A sentence that says what and why at once is about what it names.
        let covers_head = |span: &Span| head.iter().any(|one| span.covers(*one));
        let beside: Vec<Span> = beside.filter(|span| !covers_head(span)).collect();
        let mut said = Said::default();
        let mut read = |spans: Vec<Span>, rank: Rank| {
            for span in spans {
                said.read(&clauses::said(facts, span), rank);
            }
        };
        read(without(joined(&head), &beside), Rank::Head);
        let mut apart = beside.clone();
        apart.extend(&head);
        read(without(vec![entry.extent], &apart), Rank::Rest);
        let (impact, beside): (Vec<Span>, Vec<Span>) =
            beside.into_iter().partition(|one| entry.impact == Some(*one));
        read(beside, Rank::Beside);
        read(impact.clone(), Rank::Impact);
        let counting = without(vec![entry.extent], &impact).into_iter();
        let counting = counting.map(|span| clauses::said(facts, span)).collect::<Vec<_>>();
        said.text = counting.join("\n");
        said.flat = flat(&said.text);
        said
    }

    /// What a stretch says all of which is about one change.
    pub fn of_line(facts: &DocumentFacts, span: Span) -> Self {
        let mut said = Said { text: clauses::said(facts, span), ..Said::default() };
        said.flat = flat(&said.text);
        said.read(&said.text.clone(), Rank::Head);
        said
    }

    fn read(&mut self, text: &str, rank: Rank) {
        let clauses = clauses::read(text);
        self.denies_contracts |= clauses.iter().any(denies_contracts);
        let sort = |stance: Stance, into: &mut Names| {
            let own: Vec<&Clause> = clauses.iter().filter(|one| one.stance == stance).collect();
            into.read(&own);
        };
        match rank {
            Rank::Head => sort(Stance::Told, &mut self.told),
            Rank::Rest => sort(Stance::Told, &mut self.more),
            Rank::Beside => sort(Stance::Told, &mut self.aside),
            Rank::Impact => sort(Stance::Told, &mut self.impact),
        }
        match rank {
            Rank::Impact => sort(Stance::Aside, &mut self.impact),
            _ => sort(Stance::Aside, &mut self.aside),
        }
        sort(Stance::Denied, &mut self.denied);
        let near = match rank {
            Rank::Head | Rank::Rest => &mut self.near,
            Rank::Beside => &mut self.aside,
            Rank::Impact => &mut self.impact,
        };
        near.routes.extend(clauses.into_iter().flat_map(|one| one.beside));
    }
}

#[derive(Clone, Copy)]
enum Rank {
    Head,
    Rest,
    Beside,
    Impact,
}

/// Whether a clause says of contracts that they are as they were, other than those of others.
fn denies_contracts(clause: &Clause) -> bool {
    clause.stance == Stance::Denied
        && has_any(&clause.words, listed!("contract|contracts"))
        && !has_any(&clause.words, listed!("other|others|another|its own"))
}

/// Spans in their order, overlapping ones as one.
fn joined(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => out.push(span),
        }
    }
    out
}

/// What is left of spans outside of others.
fn without(spans: Vec<Span>, others: &[Span]) -> Vec<Span> {
    others.iter().fold(spans, |spans, other| {
        let cut = spans.into_iter().flat_map(|span| {
            let head = Span { start: span.start, end: span.end.min(other.start).max(span.start) };
            let tail = Span { start: span.start.max(other.end).min(span.end), end: span.end };
            let apart = other.end <= span.start || other.start >= span.end;
            if apart { vec![span] } else { vec![head, tail] }
        });
        cut.filter(|span| !span.is_empty()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_cut_out_of_spans() {
        let span = |start, end| Span { start, end };
        assert_eq!(without(vec![span(0, 9)], &[span(2, 4)]), [span(0, 2), span(4, 9)]);
        assert_eq!(without(vec![span(3, 9)], &[span(2, 4), span(8, 12)]), [span(4, 8)]);
        assert_eq!(joined(&[span(4, 6), span(0, 5), span(8, 9)]), [span(0, 6), span(8, 9)]);
    }
}
