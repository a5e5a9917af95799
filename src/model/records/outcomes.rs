//! Results: how a test that a feature owes ended (S3.6).

use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::outcome::{self, Outcome};
use crate::model::phrases::{List, listed, one_of};
use crate::workflow::Vocabulary;

/// How one part of a document says that something ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The heading, or the label.
    pub place: Span,
    /// All that belongs to it.
    pub extent: Span,
    /// Where several results stand, one that failed counts before all others.
    pub outcome: Option<Outcome>,
}

impl Recorded for Ending {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Ending(ending) => Some(ending),
            _ => None,
        }
    }
}

impl Ending {
    pub(super) fn listed(&self) -> Listed {
        Listed::new(None, self.place, [])
    }
}

const RESULT: &List = listed!(
    "result|results|status|outcome|verdict|overall|overall result|test result|conclusion|state"
);

/// Reads the result in a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Ending {
    let heading = facts.section_around(extent).map(|id| facts.section(id).heading);
    let place = heading.filter(|place| extent.covers(*place)).unwrap_or(extent);
    let labeled = facts.fields_in(extent).filter(|field| one_of(RESULT, &field.name));
    let mut all: Vec<Outcome> =
        labeled.filter_map(|field| outcome::of_value(facts.text_of(field.value), words)).collect();
    for table in facts.tables_in(extent) {
        let names: Vec<String> =
            table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
        all.extend(table.rows().filter_map(|row| outcome::of_row(facts, &names, row, words)));
    }
    if all.is_empty() {
        let body =
            if place == extent { extent } else { Span { start: place.end, end: extent.end } };
        let lines =
            facts.text_of(body).lines().map(|line| line.trim_start_matches(['-', '*', ' ']));
        let told = lines.filter(|line| !line.trim().is_empty());
        all = told
            .filter_map(|line| outcome::of_line(line).or_else(|| outcome::of_value(line, words)))
            .collect();
    }
    let first = |wanted| all.iter().copied().find(|one| *one == wanted);
    let outcome =
        first(Outcome::Fail).or_else(|| first(Outcome::Open)).or_else(|| first(Outcome::Pass));
    Ending { place, extent, outcome }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn results_are_read_in_every_form() {
        let words = Vocabulary {
            pass: vec!["passed".to_owned()],
            fail: vec!["failed".to_owned()],
            ..Vocabulary::default()
        };
        let ending = |text: &str| {
            let facts = extract(text.as_bytes());
            read(&facts, Span::new(0, facts.text.len()), &words).outcome
        };
        for text in [
            "## Security testing\n\n- **Result**: Passed\n- A million guesses\n",
            "## Security testing\n\n| Test | Result |\n|-|-|\n| Guesses | Passed |\n",
            "## Security testing\n\nPassed.\n",
        ] {
            assert_eq!(ending(text), Some(Outcome::Pass), "{text}");
        }
        let failed =
            "## Security testing\n\n| Test | Result |\n|-|-|\n| A | Passed |\n| B | Failed |\n";
        assert_eq!(ending(failed), Some(Outcome::Fail));
        assert_eq!(ending("## Security testing\n\nSomebody tried.\n"), None);
        assert_eq!(ending("## Security testing\n\n- Result: pending\n"), Some(Outcome::Open));
    }
}
