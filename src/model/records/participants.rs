//! Participants: who takes part in which phase, and so who has to report (S1.2).

use super::entries::{entries, first_line};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::phrases::{List, is_blank, listed};

/// The phases of one document with those who take part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Participants(pub Vec<Taking>);

/// Who takes part in one phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Taking {
    /// What the phase is called there.
    pub phase: Span,
    /// Each name as it is written.
    pub who: Vec<Span>,
}

impl Recorded for Participants {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Participants(participants) => Some(participants),
            _ => None,
        }
    }
}

impl Taking {
    pub(super) fn listed(&self) -> Listed {
        Listed::new(None, self.phase, self.who.iter().map(|&who| ("participant", Some(who))))
    }
}

const WHO: &List = listed!(
    "participants|participant|roles|role|specialists|agents|team|who|takes part|taking part|people"
);

/// Reads who takes part: a row for each phase, a heading, or a label with the name of the phase.
pub fn read(facts: &DocumentFacts, extent: Span) -> Participants {
    let labeled = entries(facts, extent, WHO).into_iter().filter_map(|entry| {
        let who = entry.value(WHO)?.content;
        Some(Taking { phase: entry.title, who: names(facts, who) })
    });
    let labeled: Vec<Taking> = labeled.collect();
    if !labeled.is_empty() {
        return Participants(labeled);
    }
    let fields = facts.fields_in(extent);
    let named = fields.map(|field| Taking { phase: field.label, who: names(facts, field.content) });
    let named: Vec<Taking> = named.collect();
    if !named.is_empty() {
        return Participants(named);
    }
    let headings = facts.headings_in(extent).filter_map(|(_, section)| {
        let items = facts.blocks_in(section.body).filter(|(_, one)| one.kind == BlockKind::Item);
        let who: Vec<Span> =
            items.flat_map(|(_, item)| names(facts, first_line(facts, item))).collect();
        (!who.is_empty()).then_some(Taking { phase: section.title, who })
    });
    Participants(headings.collect())
}

/// The names in a list, in one line or in several.
fn names(facts: &DocumentFacts, content: Span) -> Vec<Span> {
    let text = facts.text_of(content);
    let mut found = Vec::new();
    let mut start = 0;
    let ends = text.match_indices([',', ';', '\n', '+', '&']).map(|(at, mark)| (at, mark.len()));
    for (at, length) in ends.chain([(text.len(), 0)]) {
        let part = &text[start..at];
        let edge = |c: char| !c.is_alphanumeric() && c != '(' && c != ')';
        let lead = part.len() - part.trim_start_matches(edge).len();
        let kept = part.trim_matches(edge).len();
        let begin = content.start as usize + start + lead;
        // A slot of a template is nobody yet.
        found.extend((kept > 0 && !is_blank(part)).then(|| Span::new(begin, begin + kept)));
        start = at + length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn participants_stand_in_tables_labels_and_lists() {
        let forms = [
            "# Participants\n\n| Phase | Participants |\n| - | - |\n| Discovery | PM, Architect |\n",
            "# Participants\n\n- **Discovery**: PM, Architect\n",
            "# Participants\n\n## Discovery\n\n- PM\n- Architect\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = read(&facts, Span::new(0, facts.text.len()));
            let [one] = &read.0[..] else { panic!("{form}\n{read:?}") };
            let who: Vec<&str> = one.who.iter().map(|&who| facts.text_of(who)).collect();
            assert_eq!(
                (facts.text_of(one.phase), &who[..]),
                ("Discovery", &["PM", "Architect"][..])
            );
        }
    }
}
