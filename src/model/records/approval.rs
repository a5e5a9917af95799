//! Approvals: who agreed to a plan before the work began (S0.1).

use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, listed, one_of};
use crate::model::validation::{Decision, decision, is_somebody};
use crate::workflow::Vocabulary;

/// What one approval says.
#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    pub place: Span,
    /// The decision, where one was taken. Every word of an approval counts, and one that rejects
    /// counts before all others.
    pub decision: Option<Decision>,
    /// Who took it.
    pub by: Option<Span>,
}

impl Recorded for Approval {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Approval(approval) => Some(approval),
            _ => None,
        }
    }
}

impl Approval {
    pub fn listed(&self) -> Listed {
        Listed::new(None, self.place, [("by", self.by)])
    }
}

const DECISION: &List = listed!(
    "status|decision|verdict|approval|approval status|result|outcome|approved|sign off|signoff|\
    state|go no go"
);
const BY: &List = listed!(
    "approved by|approver|approvers|signed by|signed off by|accepted by|agreed by|by|name|\
    decided by|signer|persona|role|person"
);

/// Reads the approval in a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Approval {
    let mut decisions: Vec<Decision> = Vec::new();
    let mut by = None;
    let place = facts.section_around(extent).map_or(extent, |id| facts.section(id).heading);
    let place = if extent.covers(place) { place } else { extent };
    for field in facts.fields_in(extent) {
        let value = facts.text_of(field.value);
        if one_of(DECISION, &field.name) {
            decisions.extend(decision(value, words));
        }
        if one_of(BY, &field.name) && is_somebody(value) {
            by.get_or_insert(field.value);
            // Somebody who approved is a decision as well.
            decisions.extend(field.name.contains("approved").then_some(Decision::Approve));
        }
    }
    for table in facts.tables_in(extent) {
        let header: Vec<String> = table
            .header()
            .iter()
            .map(|&cell| crate::base::words::normalize(facts.text_of(cell)))
            .collect();
        for row in table.rows() {
            for (name, &cell) in header.iter().zip(row) {
                if one_of(DECISION, name) {
                    decisions.extend(decision(facts.text_of(cell), words));
                } else if one_of(BY, name) && is_somebody(facts.text_of(cell)) {
                    by.get_or_insert(cell);
                }
            }
        }
    }
    let first = |wanted| decisions.iter().copied().find(|one| *one == wanted);
    let decision = first(Decision::Reject)
        .or_else(|| first(Decision::Conditional))
        .or_else(|| first(Decision::Approve));
    Approval { place, decision, by }
}
