//! Answers: what became of each recommendation (S3.1).

use super::entries::id;
use super::listing::{Line, lines};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, flat, has_any, is_blank, listed, one_of, opens_with_any};

/// The answers of one review.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    pub place: Span,
    pub list: Vec<Answer>,
}

/// The answer to one recommendation, or to several.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub place: Span,
    /// Which recommendation is meant, as it stands there.
    pub about: Span,
    /// The ids among those words.
    pub ids: Vec<String>,
    /// The answer in its own words, where it has a place of its own.
    pub said: Option<Span>,
    /// Nothing where none of the three is said.
    pub given: Option<Given>,
    /// More is said than the answer alone.
    pub reasoned: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    Adopted,
    Rejected,
    Deferred,
}

impl Recorded for Answers {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Answers(answers) => Some(answers),
            _ => None,
        }
    }
}

impl Answers {
    pub(super) fn listed(&self) -> Vec<Listed> {
        let told = |one: &Answer| Listed::new(one.ids.first(), one.about, [("answer", one.said)]);
        self.list.iter().map(told).collect()
    }
}

const ANSWER: &List = listed!(
    "answer|answers|status|decision|result|outcome|response|disposition|verdict|state|adopted|\
    followed|implemented|validation|what became of it"
);
const REASON: &List = listed!(
    "reason|reasons|why|rationale|note|notes|comment|comments|remark|remarks|explanation|\
    justification|where|evidence"
);
const REJECTED: &List = listed!(
    "rejected|reject|declined|not adopted|not implemented|not followed|not accepted|not taken up|\
    not done|refused|dropped|turned down|wont do|no|partially adopted|partly adopted|partially|\
    partly|in part"
);
const DEFERRED: &List = listed!(
    "deferred|defer|postponed|put off|later|backlog|follow up|to the next release|next release"
);
const ADOPTED: &List = listed!(
    "adopted|adopt|implemented|accepted|followed|done|applied|taken up|fulfilled|in place|built|\
    met|yes|complete|completed|verified|addressed"
);

/// Reads the answers in a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Answers {
    let heading = facts.section_around(extent).map(|id| facts.section(id).heading);
    let place = heading.filter(|place| extent.covers(*place)).unwrap_or(extent);
    let body = if place == extent { extent } else { Span { start: place.end, end: extent.end } };
    let list = lines(facts, body).iter().map(|line| answer(facts, line)).collect();
    Answers { place, list }
}

fn answer(facts: &DocumentFacts, line: &Line) -> Answer {
    let (about, told, answer, reason) = match line.cells[..] {
        [] => nested(facts, line),
        ref cells => row(facts, cells, line.title),
    };
    let (given, rest) = given(&answer);
    let bare = |text: &str| text.split(' ').filter(|word| word.len() > 1).count() > 1;
    Answer {
        place: line.title,
        about,
        ids: ids(facts.text_of(about)),
        said: told,
        given,
        reasoned: bare(&rest) || !is_blank(&reason),
    }
}

/// What an answer is about, its place, its words and its reason.
type Said = (Span, Option<Span>, String, String);

/// What a row says: the answer stands below its header, and the reason below another.
fn row(facts: &DocumentFacts, cells: &[(Span, Span)], title: Span) -> Said {
    let named = |labels: &List, other: Option<Span>| {
        let fits = |header: Span| one_of(labels, &normalize(facts.text_of(header)));
        let says = |cell: Span| Some(cell) != other && !is_blank(facts.text_of(cell));
        let found = cells.iter().find(|(header, cell)| fits(*header) && says(*cell));
        found.map(|(_, cell)| *cell)
    };
    let text =
        |span: Option<Span>| span.map_or(String::new(), |span| facts.text_of(span).to_owned());
    let answer = named(ANSWER, None);
    // An id in a column of its own and what is recommended in the next belong together.
    let before = cells.iter().map(|(_, cell)| *cell).take_while(|cell| Some(*cell) != answer);
    let about = before.last().map_or(title, |last| title.to(last));
    (about, answer, text(answer), text(named(REASON, answer)))
}

/// What an item or a section says: behind a colon or dash, or below labels.
fn nested(facts: &DocumentFacts, line: &Line) -> Said {
    let labeled = |labels: &List| {
        let mut own = facts.fields_in(line.extent).filter(|one| one_of(labels, &one.name));
        own.next().map(|field| field.content)
    };
    let text = |span: Span| facts.text_of(span).to_owned();
    let reason = labeled(REASON).map(text).unwrap_or_default();
    let title = facts.text_of(line.title);
    if let Some(answer) = labeled(ANSWER) {
        return (line.title, Some(answer), text(answer), reason);
    }
    let all = facts.text_of(line.extent);
    let rest = all.get(all.find(title).map_or(0, |at| at + title.len())..).unwrap_or("");
    // The answer follows the last mark before which it does not stand yet.
    let marks = title.match_indices([':', '—', '–', '→']).map(|(at, mark)| (at, at + mark.len()));
    let dashes = title.match_indices(" - ").map(|(at, mark)| (at, at + mark.len()));
    let mut ends: Vec<(usize, usize)> = marks.chain(dashes).collect();
    ends.sort_unstable();
    let told = ends.iter().find(|(_, end)| is_answer(title.get(*end..).unwrap_or("")));
    match told {
        Some(&(at, end)) => {
            let start = line.title.start as usize;
            let about = Span::new(start, start + at);
            let told = Span::new(start + end, start + title.len());
            (about, Some(told), format!("{} {rest}", text(told)), reason)
        }
        None if is_answer(title) => (line.title, None, format!("{title} {rest}"), reason),
        None => (line.title, None, rest.to_owned(), reason),
    }
}

fn is_answer(text: &str) -> bool {
    let words = flat(text);
    [REJECTED, DEFERRED, ADOPTED].iter().any(|list| opens_with_any(&words, list))
}

/// The answer that words give, and the words around it.
fn given(text: &str) -> (Option<Given>, String) {
    const NOT_YET: &List =
        listed!("not yet|tbd|todo|to do|pending|open|in progress|under discussion");
    let words = flat(text);
    let lists =
        [(Given::Rejected, REJECTED), (Given::Deferred, DEFERRED), (Given::Adopted, ADOPTED)];
    if opens_with_any(&words, NOT_YET) || is_blank(text) {
        return (None, String::new());
    }
    let opening = lists.iter().find(|(_, list)| opens_with_any(&words, list));
    let inside = || lists.iter().find(|(_, list)| has_any(&words, list));
    let marked = || match text.chars().find(|c| !c.is_whitespace()) {
        Some('✅' | '✔' | '☑' | '✓') => Some(Given::Adopted),
        Some('❌' | '✗' | '✘') => Some(Given::Rejected),
        _ => None,
    };
    let given = opening.map(|(given, _)| *given).or_else(marked);
    let given = given.or_else(|| inside().map(|(given, _)| *given));
    let rest = words.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned());
    (given, rest)
}

/// The ids in a text: `ARC-1`, `SEC-2 and SEC-3`.
fn ids(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
    parts.filter_map(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn answers_are_read_in_every_form() {
        let forms = [
            "## Recommendations\n\n| Recommendation | Answer | Why |\n|-|-|-|\n| ARC-1 | Adopted | |\n\
             | ARC-2 | Rejected | nobody would wait |\n| ARC-3 | Deferred | |\n| ARC-4 | | |\n",
            "## Recommendations\n\n| Id | What | Status |\n|-|-|-|\n| ARC-1 | Keep rows | ✅ Adopted |\n\
             | ARC-2 | Wait long | Rejected: nobody would wait |\n| ARC-3 | Count | deferred |\n| ARC-4 | Draw | TBD |\n",
            "## Recommendations\n\n- ARC-1: Adopted\n- **ARC-2** — Rejected, because nobody would wait\n\
             - ARC-3: Deferred\n- ARC-4: a question\n",
            "## Recommendations\n\n- ARC-1: Keep rows\n  - Answer: adopted\n- ARC-2: Wait long\n  - Answer: not adopted\n  - Reason: nobody would wait\n\
             - ARC-3: Count\n  - Answer: postponed\n- ARC-4: Draw\n  - Answer: pending\n",
            "## Recommendations\n\n### ARC-1: Keep rows\n\nAdopted.\n\n### ARC-2: Wait long\n\nRejected. Nobody would wait.\n\n\
             ### ARC-3\n\nDeferred.\n\n### ARC-4: Draw\n\nWe talk about it.\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let read = read(&facts, Span::new(0, facts.text.len()));
            let shown: Vec<_> = read
                .list
                .iter()
                .map(|one| {
                    (&*one.ids[0], one.given, one.given == Some(Given::Rejected) && one.reasoned)
                })
                .collect();
            let expected = [
                ("arc 1", Some(Given::Adopted), false),
                ("arc 2", Some(Given::Rejected), true),
                ("arc 3", Some(Given::Deferred), false),
                ("arc 4", None, false),
            ];
            let shown: Vec<_> =
                shown.iter().map(|(id, given, why)| (id.replace('-', " "), *given, *why)).collect();
            let expected: Vec<_> =
                expected.iter().map(|(id, given, why)| ((*id).to_owned(), *given, *why)).collect();
            assert_eq!(shown, expected, "{form}");
        }
    }
}
