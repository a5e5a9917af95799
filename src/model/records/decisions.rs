//! Decision logs: what was in conflict, what was decided and why (S0.5, S3.3, S4.9).

use super::entries::{Entry, entries, id};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, listed};

/// The decisions of one log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions(pub Vec<Decision>);

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub title: Span,
    pub place: Span,
    pub id: Option<String>,
    /// What was decided; nothing where it is open, left blank or not said.
    pub resolution: Option<Span>,
    pub rationale: Option<Span>,
    pub trade_offs: Option<Span>,
}

impl Recorded for Decisions {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Decisions(decisions) => Some(decisions),
            _ => None,
        }
    }
}

impl Decision {
    pub(super) fn listed(&self) -> Listed {
        let parts = [
            ("resolution", self.resolution),
            ("rationale", self.rationale),
            ("trade-offs", self.trade_offs),
        ];
        Listed::new(self.id.as_ref(), self.title, parts)
    }
}

const RESOLUTION: &List = listed!(
    "resolution|decision|decided|outcome|resolved|we decided|agreed|conclusion|choice|chosen"
);
const RATIONALE: &List =
    listed!("rationale|reason|reasons|why|because|justification|reasoning|motivation");
const TRADE_OFFS: &List = listed!(
    "trade offs|trade off|tradeoffs|tradeoff|consequences|alternatives|alternatives considered|\
    drawbacks|costs|downsides"
);
const LABELS: &List = listed!(
    "conflict|positions|resolution|decision|decided|outcome|rationale|trade offs|trade off|\
    tradeoffs|tradeoff|alternatives|alternatives considered|consequences|reason|justification"
);

/// Reads the decisions of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Decisions {
    let decision = |entry: Entry| {
        let said = |labels: &List| {
            entry.text(facts, labels)?;
            entry.value(labels).map(|value| value.content)
        };
        Decision {
            title: entry.title,
            place: entry.place,
            id: id(facts.text_of(entry.title)),
            resolution: said(RESOLUTION),
            rationale: said(RATIONALE),
            trade_offs: said(TRADE_OFFS),
        }
    };
    Decisions(entries(facts, extent, LABELS).into_iter().map(decision).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn said(text: &str) -> Vec<(String, bool, bool)> {
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()));
        let decision = |one: &Decision| {
            let title = facts.text_of(one.title).trim().to_owned();
            (title, one.resolution.is_some(), one.rationale.is_some())
        };
        read.0.iter().map(decision).collect()
    }

    #[test]
    fn decisions_are_read_in_every_form() {
        let forms = [
            "# Log\n\n## DEC-1: Storage\n\n- Resolution: Postgres\n- Rationale: known\n\n\
             ## DEC-2: Cache\n\n- Resolution: TBD\n",
            "# Log\n\n| Id | Topic | Resolution | Rationale |\n| - | - | - | - |\n\
             | 1 | DEC-1: Storage | Postgres | known |\n| 2 | DEC-2: Cache | | |\n",
            "# Log\n\n- DEC-1: Storage\n  - **Resolution**: Postgres\n  - **Rationale**: known\n\
             - DEC-2: Cache\n  - **Resolution**:\n",
            "# Log\n\nConflict: DEC-1: Storage\n- Developer wants: a file\n- Resolution: Postgres\n\
             - Rationale: known\n\nConflict: DEC-2: Cache\n- Developer wants: none\n",
            "# Log\n\n**DEC-1: Storage**\n\nResolution: Postgres\n\nRationale: known\n\n\
             **DEC-2: Cache**\n\nResolution: [what was decided]\n",
        ];
        for form in forms {
            let expected = [("DEC-1: Storage", true, true), ("DEC-2: Cache", false, false)];
            let expected: Vec<_> =
                expected.map(|(title, what, why)| (title.to_owned(), what, why)).into();
            assert_eq!(said(form), expected, "{form}");
        }
    }
}
