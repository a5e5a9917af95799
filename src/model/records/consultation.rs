//! Consultations: where a consultant stands, what still speaks against it, what is recommended
//! (S3.1, S3.2).

use super::entries::{Value, id, whole};
use super::listing::{Line, lines};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{CheckState, DocumentFacts};
use crate::model::phrases::{List, flat, has_any, is_blank, listed, one_of, sentences};
use crate::model::validation::{Decision, decision};
use crate::workflow::Vocabulary;

/// What one consultant says.
#[derive(Clone, Debug, PartialEq)]
pub struct Consultation {
    pub place: Span,
    /// The last position, and what it decides where that can be told.
    pub position: Option<(Span, Option<Decision>)>,
    /// What speaks against the strategy, or has to be met first.
    pub objections: Vec<Objection>,
    pub recommendations: Vec<Recommendation>,
}

/// Something that speaks against the strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    pub place: Span,
    /// It says that it is settled, and not only that it was overruled.
    pub settled: bool,
    /// Somebody has decided against it.
    pub overruled: bool,
}

/// Something that a consultant wants done.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    pub id: Option<String>,
    pub title: Span,
}

impl Recorded for Consultation {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Consultation(consultation) => Some(consultation),
            _ => None,
        }
    }
}

impl Consultation {
    pub(super) fn listed(&self) -> Vec<Listed> {
        let position = self.position.map(|(place, _)| place);
        let objections = self.objections.iter().map(|one| ("objection", Some(one.place)));
        let said = [("position", position)].into_iter().chain(objections);
        let mut all = vec![Listed::new(None, self.place, said)];
        let each = self.recommendations.iter();
        all.extend(each.map(|one| Listed::new(one.id.as_ref(), one.title, [])));
        all
    }
}

const POSITION: &List = listed!(
    "position|my position|final position|current position|stance|consensus|vote|agreement|verdict|\
    decision|standpoint|consent|security position"
);
const OBJECTIONS: &List = listed!(
    "objections|objection|open objections|open objection|my objections|dissent|\
    blocking concerns|conditions|condition|reservations|reservation"
);
const RECOMMENDATIONS: &List = listed!(
    "recommendations|recommendation|my recommendations|security recommendations|\
    architecture recommendations|performance recommendations|ux recommendations|\
    what i recommend|what we recommend|recommended|recommended approach"
);
const SETTLED: &List = listed!(
    "settled|resolved|withdrawn|lifted|closed|dropped|met|answered|taken back|fulfilled|done"
);
const OPEN: &List = listed!(
    "not settled|not resolved|not withdrawn|not lifted|not closed|not met|not yet|unresolved|\
    not answered|not done|not fulfilled|until|unless|still open|open"
);
const OVERRULED: &List = listed!("overruled|overridden|overrode|outvoted|accepted risk|ignored");

/// Reads the consultation in a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Consultation {
    let entry = whole(facts, extent);
    let all = |labels: &'static List| {
        let named = move |one: &&Value| {
            one_of(labels, &one.name) && !is_blank(facts.text_of(one.content).trim())
        };
        entry.values.iter().filter(named)
    };
    let position = all(POSITION).next_back().map(|one| {
        let said = first_line(facts, one.content);
        (said, stance(facts.text_of(said), words))
    });
    // A header names the column below it and says nothing itself.
    let headers: Vec<Span> =
        facts.tables_in(extent).filter_map(|table| table.header().first().copied()).collect();
    let lists = |labels| all(labels).filter(|one| !headers.contains(&one.label));
    let mut objections: Vec<Objection> = Vec::new();
    for one in lists(OBJECTIONS) {
        for line in lines(facts, one.content) {
            let known = objections.iter().any(|known| known.place == line.title);
            if !known && !words.says_none(facts.text_of(line.title)) {
                objections.push(objection(facts, &line));
            }
        }
    }
    let mut recommendations: Vec<Recommendation> = Vec::new();
    for one in lists(RECOMMENDATIONS) {
        for line in lines(facts, one.content) {
            let text = facts.text_of(line.title);
            let known = recommendations.iter().any(|known| line.extent.covers(known.title));
            if !known && !words.says_none(text) {
                recommendations.push(recommendation(facts, &line));
            }
        }
    }
    Consultation { place: entry.place, position, objections, recommendations }
}

/// The first line of a value that says anything, without the mark of an item.
fn first_line(facts: &DocumentFacts, content: Span) -> Span {
    let text = facts.text_of(content);
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['-', '*', ' ', '\t']);
        if bare.contains(|c: char| !c.is_whitespace()) {
            let start = content.start as usize + from + (line.len() - bare.len());
            return Span::new(start, start + bare.trim_end().len());
        }
        from += line.len();
    }
    content
}

/// What a position decides: its own words, else those of its first sentence behind the speaker.
fn stance(first: &str, words: &Vocabulary) -> Option<Decision> {
    let opening = || first.split_once(':').and_then(|(head, _)| decision(head, words));
    decision(first, words).or_else(opening).or_else(|| {
        let sentence = sentences(first).next()?.to_lowercase();
        let speaker = ["i ", "we ", "security ", "the architect "];
        let rest = speaker.iter().find_map(|who| sentence.strip_prefix(who))?;
        let verb = || decision(rest.split_whitespace().next()?, words);
        decision(rest, words).or_else(verb)
    })
}

fn objection(facts: &DocumentFacts, line: &Line) -> Objection {
    let text = flat(facts.text_of(line.extent));
    let mut boxes = facts.checks.iter().filter(|one| line.extent.covers(one.mark));
    let ticked = boxes.next().is_some_and(|one| one.state == CheckState::Done);
    let said = has_any(&text, SETTLED) && !has_any(&text, OPEN);
    let overruled = has_any(&text, OVERRULED);
    Objection { place: line.title, settled: (ticked || said) && !overruled, overruled }
}

/// A recommendation: of a row, the id and what is recommended may stand in different cells.
fn recommendation(facts: &DocumentFacts, line: &Line) -> Recommendation {
    let text = facts.text_of(line.title);
    let id = id(text);
    let tells = |cell: &Span| normalize(facts.text_of(*cell)).contains(' ');
    let told = line.cells.iter().map(|(_, cell)| cell).find(|cell| tells(cell)).copied();
    let is_bare = !normalize(text).contains(' ');
    Recommendation { id, title: told.filter(|_| is_bare).unwrap_or(line.title) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn words() -> Vocabulary {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Vocabulary {
            none: list(&["none", "no objections"]),
            approve: list(&["agreed", "agree", "support"]),
            reject: list(&["object", "objects", "veto"]),
            conditional: list(&["agreed with conditions"]),
            ..Vocabulary::default()
        }
    }

    fn consultation(text: &str) -> (Option<Decision>, Vec<bool>, Vec<String>) {
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()), &words());
        let named = |one: &Recommendation| match &one.id {
            Some(id) => id.clone(),
            None => facts.text_of(one.title).trim().to_owned(),
        };
        let objections = read.objections.iter().map(|one| one.settled).collect();
        let named = read.recommendations.iter().map(named).collect();
        (read.position.and_then(|(_, decision)| decision), objections, named)
    }

    #[test]
    fn consultations_are_read_in_every_form() {
        let forms = [
            "# A\n\n- **Position**: Agreed\n\n## Objections\n\n- Too slow\n- Too dear (settled)\n\n\
             ## Recommendations\n\n- SEC-1: Hash\n- Guess slowly\n",
            "# A\n\n## Position\n\nI agree with it.\n\n## Objections\n\n| Objection | State |\n|-|-|\n\
             | Too slow | open |\n| Too dear | settled |\n\n## Recommendations\n\n| Id | What |\n|-|-|\n| SEC-1 | Hash it well |\n| - | Guess slowly |\n",
            "# A\n\nPosition: agreed\n\n## Objections\n\n1. Too slow\n2. ~~Too dear~~ withdrawn\n\n## Recommendations\n\n\
             ### SEC-1: Hash\n\nAlways.\n\n### Guess slowly\n\nAlways.\n",
        ];
        for form in forms {
            let (position, objections, recommended) = consultation(form);
            assert_eq!(position, Some(Decision::Approve), "{form}");
            assert_eq!(objections, [false, true], "{form}");
            assert_eq!(recommended.len(), 2, "{form}: {recommended:?}");
            assert_eq!(recommended[1], "Guess slowly", "{form}");
        }
    }

    #[test]
    fn the_last_position_counts_and_nothing_is_no_objection() {
        let text = "# A\n\n- Position: Object\n- Date: 1\n\n## Objections\n\nNone\n\n## Final position\n\nAgreed\n";
        assert_eq!(consultation(text), (Some(Decision::Approve), vec![], vec![]));
    }

    #[test]
    fn what_is_overruled_is_not_settled() {
        let (position, objections, _) = consultation(
            "# A\n\n- Position: Veto\n\n## Objections\n\n- Weak codes: settled, overruled\n",
        );
        assert_eq!((position, objections), (Some(Decision::Reject), vec![false]));
    }
}
