//! The escalation matrix: who hears of what, and how soon (S4.9).

use super::entries::{Entry, entries};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, is_blank, listed};

/// The escalations of one document, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Escalations(pub Vec<Escalation>);

/// What happens with one sort of issue. What is left blank is not said.
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation {
    pub title: Span,
    pub place: Span,
    pub time: Option<Span>,
    pub level: Option<Span>,
}

impl Recorded for Escalations {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Escalations(escalations) => Some(escalations),
            _ => None,
        }
    }
}

impl Escalation {
    pub(super) fn listed(&self) -> Listed {
        Listed::new(None, self.title, [("response time", self.time), ("level", self.level)])
    }
}

const TIME: &List = listed!(
    "response time|response|time|within|reaction time|answer within|deadline|sla|time to respond|\
    when"
);
const LEVEL: &List = listed!(
    "escalation level|level|escalate to|escalates to|escalation|goes to|contact|to|who|owner|\
    escalation path|escalation contact|responsible"
);
const OWN: &List = listed!(
    "response time|escalation level|escalate to|escalates to|goes to|reaction time|answer within|\
    escalation path|escalation contact|response|level"
);

/// Reads the escalations of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Escalations {
    let escalation = |entry: Entry| {
        let said = |labels: &List| {
            let value = entry.value(labels)?;
            (!is_blank(facts.text_of(value.content).trim())).then_some(value.line)
        };
        Escalation { title: entry.title, place: entry.place, time: said(TIME), level: said(LEVEL) }
    };
    Escalations(entries(facts, extent, OWN).into_iter().map(escalation).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn escalations_are_read_in_every_form() {
        let forms = [
            "| Issue Type | Response Time | Escalation Level |\n| - | - | - |\n| Build | 2 hours | Lead |\n\
             | Delay | | Office |\n",
            "- Build\n  - Response time: 2 hours\n  - Escalate to: Lead\n- Delay\n  - Response time:\n  - Escalate to: Office\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = read(&facts, Span::new(0, facts.text.len()));
            let shown: Vec<_> =
                read.0.iter().map(|one| (one.time.is_some(), one.level.is_some())).collect();
            assert_eq!(shown, [(true, true), (false, true)], "{form}");
        }
    }
}
