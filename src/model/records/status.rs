//! Status reports: how far the work is, and what stands in its way (S0.6).

use super::entries::entries;
use super::workstreams::name;
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::{flat, normalize};
use crate::facts::{Block, BlockKind, DocumentFacts, Section};
use crate::model::dates::{Date, date};
use crate::model::phrases::{List, has_any, is_blank, listed, one_of, opens_with_any};
use crate::workflow::Vocabulary;

/// What one report says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Status {
    pub date: Option<Date>,
    /// How much of all is done, with the place that says so.
    pub overall: Option<(f64, Span)>,
    pub workstreams: Vec<Progress>,
    pub blockers: Vec<Blocker>,
}

/// How far one workstream is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub name: String,
    /// The name and what is said of it.
    pub place: Span,
    pub state: Option<State>,
    pub percent: Option<f64>,
    /// What is done against a risk, said on the same line or below it.
    pub mitigated: bool,
}

/// In what state a workstream is, by the words or the sign of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    NotStarted,
    OnTrack,
    AtRisk,
    Blocked,
    Complete,
}

/// Something that stands in the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocker {
    pub place: Span,
    pub mitigated: bool,
}

impl Recorded for Status {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Status(status) => Some(status),
            _ => None,
        }
    }
}

impl Status {
    pub fn listed(&self) -> Vec<Listed> {
        let overall = self.overall.map(|(_, place)| place);
        let places = overall.into_iter().chain(self.workstreams.iter().map(|one| one.place));
        let blockers = self.blockers.iter().map(|one| one.place);
        places.chain(blockers).map(|place| Listed::new(None, place, [])).collect()
    }
}

impl Progress {
    /// How much of it is done at least and at most, as far as its line tells.
    pub fn range(&self) -> (f64, f64) {
        match (self.percent, self.state) {
            (Some(percent), _) => (percent, percent),
            (None, Some(State::Complete)) => (100.0, 100.0),
            (None, Some(State::NotStarted)) => (0.0, 0.0),
            (None, _) => (0.0, 100.0),
        }
    }
}

const DATES: &List = listed!("date|reported on|as of|report date|day|updated|last updated|week of");
const OVERALL: &List = listed!(
    "overall progress|overall|overall status|overall completion|total progress|overall percentage|\
    overall complete"
);
const WORKSTREAMS: &List = listed!(
    "workstream status|workstreams|status by workstream|status of workstreams|\
    progress by workstream|workstream progress|streams|workstream|status of the workstreams"
);
const BLOCKERS: &List = listed!(
    "blockers|blocker|blockers and risks|risks and blockers|impediments|issues|open issues|risks|\
    blockers risks|risks blockers|problems"
);
const MITIGATIONS: &List = listed!(
    "mitigation|mitigations|mitigated by|mitigation plan|action|actions|action plan|plan|\
    countermeasure|countermeasures|response|workaround|remedy|resolution|next step|next steps"
);

/// Reads the status report in a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Status {
    let labeled = facts.fields_in(extent).filter(|field| one_of(DATES, &field.name));
    let labeled = labeled.map(|field| facts.text_of(field.value));
    let title = facts.title().map(|title| facts.text_of(title.title));
    Status {
        date: labeled.chain(title).find_map(date),
        overall: overall(facts, extent),
        workstreams: workstreams(facts, extent),
        blockers: blockers(facts, extent, words),
    }
}

/// The number before the first percent sign of a text.
fn percent(text: &str) -> Option<f64> {
    let at = text.find('%')?;
    let before = text[..at].trim_end();
    let digits =
        before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    before[before.len() - digits..].parse().ok()
}

/// What a heading, a label or the text below a heading says of the whole.
fn overall(facts: &DocumentFacts, extent: Span) -> Option<(f64, Span)> {
    let opens = |name: &str| opens_with_any(name, OVERALL);
    let fields = facts.fields_in(extent).filter(|field| opens(&field.name));
    let mut labeled = fields.map(|field| (facts.text_of(field.value), field.label.to(field.value)));
    if let Some(found) = labeled.find_map(|(text, place)| Some((percent(text)?, place))) {
        return Some(found);
    }
    facts.headings_in(extent).filter(|(_, section)| opens(&section.name)).find_map(
        |(_, section)| {
            let below = facts.text_of(section.body);
            let titled = percent(facts.text_of(section.title));
            Some((titled.or_else(|| percent(below))?, section.heading))
        },
    )
}

/// The sections of these names.
fn sections<'f>(
    facts: &'f DocumentFacts,
    extent: Span,
    names: &'static List,
) -> impl Iterator<Item = &'f Section> {
    facts.headings_in(extent).map(|(_, section)| section).filter(|one| one_of(names, &one.name))
}

fn workstreams(facts: &DocumentFacts, extent: Span) -> Vec<Progress> {
    let mut found: Vec<Progress> = Vec::new();
    for section in sections(facts, extent, WORKSTREAMS) {
        for table in facts.tables_in(section.extent) {
            for row in table.rows() {
                let [first, rest @ ..] = row else { continue };
                let Some(last) = rest.last() else { continue };
                let said: Vec<&str> = rest.iter().map(|&cell| facts.text_of(cell)).collect();
                found.push(progress(facts.text_of(*first), &said.join(" | "), first.to(*last)));
            }
        }
        for field in facts.fields_in(section.extent) {
            let value = facts.text_of(field.content);
            let line = field.label.to(field.value);
            let one = progress(facts.text_of(field.label), value, line);
            let tells = one.state.is_some() || one.percent.is_some();
            if tells && !one_of(MITIGATIONS, &field.name) {
                found.push(one);
            }
        }
    }
    found.sort_by_key(|one| one.place.start);
    found.dedup_by_key(|one| one.place);
    found
}

fn progress(label: &str, said: &str, place: Span) -> Progress {
    let name = name(label.trim_matches(['*', '_', ' ']));
    let mitigated = has_any(&flat(said), listed!("mitigation|mitigated|mitigated by|workaround"));
    Progress { name, place, state: state(said), percent: percent(said), mitigated }
}

/// The state that a line tells: by its words, else by its sign.
fn state(text: &str) -> Option<State> {
    let words = flat(&without_measured(text));
    let by_words: [(State, &List); 5] = [
        (State::Blocked, listed!("blocked|red|stuck|stopped|on hold|halted|stalled")),
        (
            State::AtRisk,
            listed!("at risk|risk|yellow|amber|delayed|behind|slipping|late|off track"),
        ),
        (
            State::NotStarted,
            listed!("not started|not yet started|not begun|planned|to do|upcoming"),
        ),
        (
            State::OnTrack,
            listed!("on track|green|in progress|ongoing|started|on schedule|underway"),
        ),
        (State::Complete, listed!("complete|completed|done|finished|delivered|closed")),
    ];
    let partly = percent(text).is_some_and(|percent| percent < 100.0);
    let mut signs = text.chars().filter_map(|c| match c {
        '🔴' | '❌' | '⛔' => Some(State::Blocked),
        '⚠' | '🟡' | '🟠' => Some(State::AtRisk),
        '🟢' => Some(State::OnTrack),
        '✅' | '☑' | '✔' if partly => Some(State::OnTrack),
        '✅' | '☑' | '✔' => Some(State::Complete),
        _ => None,
    });
    let said = by_words.iter().find(|(_, list)| has_any(&words, list));
    said.map(|(state, _)| *state).or_else(|| signs.next())
}

/// A text without the word behind a percentage: "80 % complete" says how much of it is.
fn without_measured(text: &str) -> String {
    let Some((before, after)) = text.split_once('%') else { return text.to_owned() };
    let rest = after.trim_start();
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let measures = listed!("complete|completed|done|finished").has(&word.to_lowercase());
    format!("{before}%{}", if measures { &rest[word.len()..] } else { after })
}

/// What stands under the headings and labels for blockers: an item, a row or a paragraph each. A
/// mitigation belongs to all that stand before it without one.
fn blockers(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Vec<Blocker> {
    let mut found: Vec<Blocker> = Vec::new();
    let labeled = facts.fields_in(extent).filter(|field| one_of(BLOCKERS, &field.name));
    let mut places: Vec<Span> = labeled.map(|field| field.content).collect();
    for section in sections(facts, extent, BLOCKERS) {
        places.push(Span { start: section.heading.end, end: section.extent.end });
    }
    for place in places {
        for entry in entries(facts, place, MITIGATIONS) {
            let in_table = facts.tables_in(place).any(|table| table.span.covers(entry.place));
            if in_table {
                let mitigated = entry.text(facts, MITIGATIONS).is_some();
                found.push(Blocker { place: entry.place, mitigated });
            }
        }
        let items = facts.blocks_in(place).filter(|(_, block)| block.kind == BlockKind::Item);
        for (_, item) in items.filter(|(_, item)| !is_nested(facts, item, place)) {
            item_of(facts, item, words, &mut found);
        }
    }
    found.sort_by_key(|one| one.place.start);
    found.dedup_by_key(|one| one.place);
    found
}

/// Whether an item stands below another item of the same place.
fn is_nested(facts: &DocumentFacts, item: &Block, place: Span) -> bool {
    let mut at = item.parent;
    while let Some(id) = at {
        let holder = &facts.blocks[id as usize];
        if holder.kind == BlockKind::Item && place.covers(holder.span) {
            return true;
        }
        at = holder.parent;
    }
    false
}

fn item_of(facts: &DocumentFacts, item: &Block, words: &Vocabulary, found: &mut Vec<Blocker>) {
    let own = facts.own_text(item);
    let own = if own.is_empty() { item.span } else { own };
    let text = facts.text_of(own);
    let said = |field: &&crate::facts::Field| {
        one_of(MITIGATIONS, &field.name) && !is_blank(facts.text_of(field.content))
    };
    let mut fields = facts.fields_in(item.span).filter(said);
    if opens_with_any(&normalize(text), MITIGATIONS) {
        if fields.next().is_some() {
            found
                .iter_mut()
                .rev()
                .take_while(|one| !one.mitigated)
                .for_each(|one| one.mitigated = true);
        }
        return;
    }
    let closed = has_any(&flat(text), listed!("resolved|closed|solved|mitigated|mitigated by"));
    if !words.says_none(text) && text.contains(char::is_alphanumeric) {
        found.push(Blocker { place: own, mitigated: closed || fields.next().is_some() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn status(text: &str) -> (Option<f64>, Vec<String>, Vec<bool>) {
        let facts = extract(text.as_bytes());
        let none = vec!["none".to_owned()];
        let words = Vocabulary { none, ..Vocabulary::default() };
        let read = read(&facts, Span::new(0, facts.text.len()), &words);
        let shown = read.workstreams.iter();
        let shown = shown.map(|one| format!("{} {:?} {:?}", one.name, one.state, one.percent));
        let blockers = read.blockers.iter().map(|one| one.mitigated).collect();
        (read.overall.map(|(percent, _)| percent), shown.collect(), blockers)
    }

    #[test]
    fn reports_are_read_in_every_form() {
        let expected = [
            "Core Some(OnTrack) Some(80.0)",
            "Data Some(AtRisk) Some(50.0)",
            "API Some(Complete) None",
        ];
        let list = "## Week 3\n\n### Overall Progress: 65% Complete\n\n### Workstream Status:\n\
                    - Core: ✅ On track (80% complete)\n- Data: ⚠️ At risk (50% complete)\n\
                    - API: ✅ Complete\n\n### Blockers & Risks:\n- Too complex\n- Mitigation: help\n";
        assert_eq!(status(list), (Some(65.0), expected.map(str::to_owned).into(), vec![true]));
        let table = "# Status\n\n**Overall**: 65 %\n\n## Workstreams\n\n\
                     | Workstream | Status | Progress |\n|-|-|-|\n| Core | On track | 80% |\n\
                     | Data | 🟡 | 50% |\n| API | done | |\n\n## Blockers\n\n\
                     | Blocker | Mitigation |\n|-|-|\n| Too complex | help |\n| Too late | |\n";
        assert_eq!(
            status(table),
            (Some(65.0), expected.map(str::to_owned).into(), vec![true, false])
        );
        let none = "## Overall\n\n40 % of all is done.\n\n## Blockers\n\n- None\n";
        assert_eq!(status(none), (Some(40.0), vec![], vec![]));
        let nested = "## Blockers\n\n- Slow\n  - Mitigation: a cache\n- Dark\n  - Owner: Ann\n";
        assert_eq!(status(nested), (None, vec![], vec![true, false]));
    }
}
