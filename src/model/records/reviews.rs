//! Reviews: who looked at whose work, and with which result (S4.7).

use super::entries::{Entry, entries, whole};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::people;
use crate::model::phrases::{List, flat, has, is_blank, listed};

/// The reviews of one document, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviews {
    pub list: Vec<Review>,
    /// Whose work is reviewed, where the document names them.
    pub authors: Vec<Span>,
}

/// One look at some work. What is left blank is not said.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub title: Span,
    pub place: Span,
    pub by_author: bool,
    pub reviewer: Option<Span>,
    pub date: Option<Span>,
    pub result: Option<Span>,
}

impl Recorded for Reviews {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Reviews(reviews) => Some(reviews),
            _ => None,
        }
    }
}

impl Review {
    pub(super) fn listed(&self) -> Listed {
        let parts = [("reviewer", self.reviewer), ("date", self.date), ("result", self.result)];
        Listed::new(None, self.title, parts)
    }
}

const REVIEWER: &List = listed!("reviewer|reviewers|reviewed by|by|who|checked by|approved by");
const DATE: &List = listed!("date|day|reviewed on|when");
const RESULT: &List =
    listed!("result|outcome|verdict|decision|status|conclusion|approval|recommendation");
const OWN: &List =
    listed!("reviewer|reviewers|reviewed by|result|outcome|verdict|decision|checked by");
const NAME: &List = listed!("review|kind|type|stage|step");

/// Reads the reviews of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Reviews {
    let mut list: Vec<Review> =
        entries(facts, extent, OWN).iter().map(|entry| review(facts, entry)).collect();
    let is_document = extent == Span::new(0, facts.text.len());
    if list.is_empty() && is_document && facts.says_anything() {
        list.push(review(facts, &whole(facts, extent)));
    }
    let authors = people::authors(facts).into_iter().map(|(_, span)| span);
    Reviews { list, authors: authors.filter(|span| extent.covers(*span)).collect() }
}

fn review(facts: &DocumentFacts, entry: &Entry) -> Review {
    let said = |labels: &List| {
        let value = entry.value(labels)?;
        (!is_blank(facts.text_of(value.content).trim())).then_some(value.line)
    };
    let name = entry.value(NAME).map_or(entry.title, |value| value.line);
    Review {
        title: name,
        place: entry.place,
        by_author: has(&flat(facts.text_of(name)), "self"),
        reviewer: said(REVIEWER),
        date: said(DATE),
        result: said(RESULT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn reviews_are_read_in_every_form() {
        let forms = [
            "# Review: Task 1A\n\n**Author**: Alpha\n\n## Self review\n\n- Reviewer: Alpha\n- Result: approved\n\n\
             ## Peer review\n\n- Reviewer: Beta\n- Result: rejected\n",
            "# Review: Task 1A\n\n**Author**: Alpha\n\n| Review | Reviewer | Result |\n| - | - | - |\n\
             | Self review | Alpha | approved |\n| Peer review | Beta | rejected |\n",
            "# Review: Task 1A\n\n**Author**: Alpha\n\n- Self review\n  - Reviewer: Alpha\n  - Result: approved\n\
             - Peer review\n  - Reviewer: Beta\n  - Result: rejected\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = read(&facts, Span::new(0, facts.text.len()));
            let part = |span: Option<Span>| span.map_or("", |span| facts.text_of(span).trim());
            let shown: Vec<_> = read
                .list
                .iter()
                .map(|one| (one.by_author, part(one.reviewer), part(one.result)))
                .collect();
            assert_eq!(shown, [(true, "Alpha", "approved"), (false, "Beta", "rejected")], "{form}");
            assert_eq!(read.authors.len(), 1, "{form}");
        }
    }
}
