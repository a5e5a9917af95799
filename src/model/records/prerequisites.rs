//! Prerequisites: what must be there before anybody begins, and whether it is (S1.1).

use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{CheckState, DocumentFacts};
use crate::model::outcome::{self, Outcome};
use crate::model::phrases::{List, flat, has, listed, one_of, sentences};
use crate::model::validation::{Decision, decision, is_somebody};
use crate::workflow::Vocabulary;

/// What one document says of prerequisites.
#[derive(Clone, Debug, PartialEq)]
pub struct Prerequisites {
    /// Where it says GO or NO-GO, else where it begins.
    pub place: Span,
    /// What was decided; NO-GO counts before all other words.
    pub decision: Option<Decision>,
    /// Who verified it.
    pub by: Option<Span>,
    pub items: Vec<Item>,
}

/// One thing that must be there.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub name: Span,
    /// Nothing where nobody says how it ended.
    pub outcome: Option<Outcome>,
}

impl Recorded for Prerequisites {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Prerequisites(prerequisites) => Some(prerequisites),
            _ => None,
        }
    }
}

impl Prerequisites {
    pub(super) fn listed(&self) -> Vec<Listed> {
        let whole = Listed::new(None, self.place, [("by", self.by)]);
        let items = self.items.iter().map(|item| Listed::new(None, item.name, []));
        std::iter::once(whole).chain(items).collect()
    }
}

const DECISION: &List = listed!(
    "decision|go no go|signal|go signal|verdict|status|result|outcome|overall|overall status"
);
const BY: &List = listed!(
    "verified by|verifier|checked by|resource verifier|by|signed by|confirmed by|reported by|name"
);
const OTHER: &List = listed!("date|verified on|when|day|feature|project|scope|note|notes|remark");
const STATE: &List = listed!(
    "status|state|result|verified|available|outcome|check|checked|verification|there|present"
);

/// Reads the prerequisites in a part of a document: boxes and marks, rows with a state, labels.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Prerequisites {
    let mut decisions: Vec<(Decision, Span)> = Vec::new();
    let (mut by, mut items) = (None, Vec::new());
    for field in facts.fields_in(extent) {
        let value = facts.text_of(field.value);
        let in_box = facts.checks.iter().any(|one| one.text.covers(field.label));
        if one_of(DECISION, &field.name) {
            decisions.extend(decision(value, words).map(|one| (one, field.label.to(field.value))));
        } else if one_of(BY, &field.name) {
            by = by.or(is_somebody(value).then_some(field.value));
        } else if !in_box && !one_of(OTHER, &field.name) && field.value == field.content {
            let told = outcome::of_value(value, words);
            items.extend(told.map(|told| Item { name: field.label, outcome: Some(told) }));
        }
    }
    for check in facts.checks.iter().filter(|check| extent.covers(check.mark)) {
        let outcome = match check.state {
            CheckState::Done => Outcome::Pass,
            CheckState::Failed => Outcome::Fail,
            CheckState::Open | CheckState::Partial => Outcome::Open,
        };
        items.retain(|item: &Item| !check.text.covers(item.name));
        items.push(Item { name: check.text, outcome: Some(outcome) });
    }
    for table in facts.tables_in(extent) {
        let names: Vec<String> =
            table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
        let Some(column) = names.iter().position(|name| one_of(STATE, name)) else { continue };
        for row in table.rows() {
            let (Some(&name), Some(&cell)) = (row.first(), row.get(column)) else { continue };
            items.retain(|item: &Item| !row.iter().any(|one| one.covers(item.name)));
            items.push(Item { name, outcome: outcome::of_value(facts.text_of(cell), words) });
        }
    }
    if decisions.is_empty() {
        said(facts, extent, words, &mut decisions, &mut by);
    }
    items.sort_by_key(|item| item.name.start);
    let first = |wanted| decisions.iter().copied().find(|(one, _)| *one == wanted);
    let told = first(Decision::Reject)
        .or_else(|| first(Decision::Conditional))
        .or_else(|| first(Decision::Approve));
    let place = told.map_or(facts.beginning(), |(_, place)| place);
    Prerequisites { place, decision: told.map(|(decision, _)| decision), by, items }
}

/// What somebody says in a line: `Reese: "All is configured. GO."`
fn said(
    facts: &DocumentFacts,
    extent: Span,
    words: &Vocabulary,
    decisions: &mut Vec<(Decision, Span)>,
    by: &mut Option<Span>,
) {
    let mut start = extent.start as usize;
    for line in facts.text_of(extent).split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let (speaker, speech) = line.split_once(':').unwrap_or(("", line));
        let speaker = speaker.trim_matches(|c: char| !c.is_alphanumeric());
        for sentence in sentences(speech.trim().trim_matches(['"', '*', '“', '”'])) {
            let sentence = sentence.trim_matches(['"', '.', '*', '“', '”', '!']);
            let flat = flat(sentence);
            if !["go", "nogo", "verified"].iter().any(|word| has(&flat, word)) {
                continue;
            }
            let Some(told) = decision(sentence, words) else { continue };
            decisions.push((told, span));
            let is_name = !speaker.is_empty() && speaker.split(' ').count() < 4;
            if let (true, Some(at)) = (is_name && by.is_none(), line.find(speaker)) {
                let begin = span.start as usize + at;
                *by = Some(Span::new(begin, begin + speaker.len()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;
    use crate::workflow::Vocabulary;

    fn words() -> Vocabulary {
        let list = |words: &str| words.split('|').map(str::to_owned).collect();
        Vocabulary {
            approve: list("go|prerequisites verified"),
            reject: list("no go"),
            pass: list("available|yes|set"),
            fail: list("missing|no"),
            ..Vocabulary::default()
        }
    }

    #[test]
    fn items_and_the_decision_are_read_in_any_form() {
        let forms = [
            "# P\n\n- **Verified by**: Reese\n- **Decision**: GO\n\n## Items\n\n- [x] Postgres\n- [ ] Keys\n",
            "# P\n\n- **Verified by**: Reese\n- **Decision**: GO\n\n| Item | Status |\n| - | - |\n\
             | Postgres | available |\n| Keys | pending |\n",
            "# P\n\n- ✅ Postgres\n- [ ] Keys\n\nReese: \"Prerequisites verified. GO.\"\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = read(&facts, Span::new(0, facts.text.len()), &words());
            assert_eq!(read.decision, Some(Decision::Approve), "{form}");
            assert_eq!(read.by.map(|by| facts.text_of(by)), Some("Reese"), "{form}");
            let outcomes: Vec<_> = read.items.iter().map(|item| item.outcome).collect();
            assert_eq!(outcomes, [Some(Outcome::Pass), Some(Outcome::Open)], "{form}");
        }
    }
}
