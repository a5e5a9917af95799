//! The conditions of a verdict, and whether they are met.

use super::scope::fields_in;
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, CheckState, DocumentFacts};
use crate::model::phrases::{List, flat, has_any, is_blank, listed, one_of, opens_with_any};
use crate::workflow::Vocabulary;

/// One condition of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    pub span: Span,
    /// Whether it is still to be met; nothing where the document does not say.
    pub open: Option<bool>,
    /// It stands behind a label on one line, as a term of the approval beside it.
    pub labeled: bool,
}

/// The conditions that a document states, in its order.
pub(super) fn read(facts: &DocumentFacts, words: &Vocabulary) -> Vec<Condition> {
    let mut found: Vec<Condition> = Vec::new();
    for (place, labeled) in places(facts) {
        let before = found.len();
        items(facts, words, place, &mut found);
        rows(facts, words, place, &mut found);
        let text = facts.text_of(place).trim();
        let line = !text.is_empty() && !text.contains('\n') && !text.starts_with('#');
        if found.len() == before && line && !says_nothing(text, words) {
            let open = is_open(text).or_else(|| told(text));
            // "See below" is no condition, what stands below may be.
            let points = opens_with_any(&flat(text), listed!("see|as|listed|below|above|refer"));
            found.push(Condition { span: place, open, labeled: labeled && !points });
        }
    }
    found
}

/// The sections and labels about conditions, apart from each other, and whether each is a label.
fn places(facts: &DocumentFacts) -> Vec<(Span, bool)> {
    const OTHERS: &List = listed!("test|pre|post|terms|edge|race|error|network|conditions tested");
    let named =
        |name: &str| has_any(name, listed!("condition|conditions")) && !has_any(name, OTHERS);
    let mut places: Vec<Span> = Vec::new();
    for section in facts.sections.iter().filter(|one| one.level > 1 && named(&one.name)) {
        if places.last().is_none_or(|last| !last.covers(section.heading)) {
            places.push(section.extent);
        }
    }
    let headed = &places;
    let outside = |span: Span| {
        let after = headed.partition_point(|place| place.start <= span.start);
        after == 0 || !headed[after - 1].covers(span)
    };
    let labels = fields_in(facts, Span::new(0, facts.text.len())).iter();
    let labels = labels.filter(|field| named(&field.name) && outside(field.label));
    let labels = labels.map(|field| (field.content, true)).collect::<Vec<_>>();
    places.iter().map(|&place| (place, false)).chain(labels).collect()
}

/// The outermost items of a place.
fn items(facts: &DocumentFacts, words: &Vocabulary, place: Span, found: &mut Vec<Condition>) {
    let first = facts.blocks.partition_point(|block| block.span.start < place.start);
    let blocks = facts.blocks[first..].iter().take_while(|block| block.span.start < place.end);
    let mut reached = place.start;
    for item in blocks.filter(|block| block.kind == BlockKind::Item) {
        if item.span.start < reached || !place.covers(item.span) {
            continue;
        }
        reached = item.span.end;
        let text = facts.text_of(item.span);
        let line = text.find('\n').unwrap_or(text.len()) as u32;
        let own = Span { start: item.span.start, end: item.span.start + line };
        let marker = |c: char| matches!(c, '-' | '*' | '+' | ' ' | '.') || c.is_ascii_digit();
        if says_nothing(text.trim_start_matches(marker), words) {
            continue;
        }
        let at = facts.checks.partition_point(|check| check.mark.start < own.start);
        let check = facts.checks.get(at).filter(|check| own.covers(check.mark));
        let open = match check.map(|check| check.state) {
            Some(CheckState::Open | CheckState::Failed | CheckState::Partial) => Some(true),
            Some(CheckState::Done) => Some(false),
            None => is_open(text),
        };
        found.push(Condition { span: own, open, labeled: false });
    }
}

fn rows(facts: &DocumentFacts, words: &Vocabulary, place: Span, found: &mut Vec<Condition>) {
    const STATES: &List = listed!("status|state|met|resolved|done|result|closed");
    let first = facts.tables.partition_point(|table| table.span.start < place.start);
    for table in facts.tables[first..].iter().take_while(|table| place.covers(table.span)) {
        let header = |cell: &Span| normalize(facts.text_of(*cell));
        let state = table.header().iter().rposition(|cell| one_of(STATES, &header(cell)));
        for row in table.rows() {
            let told = row.iter().find(|cell| !is_blank(facts.text_of(**cell)));
            let Some(&told) = told.filter(|cell| !says_nothing(facts.text_of(**cell), words))
            else {
                continue;
            };
            let cell = state.and_then(|at| row.get(at)).map(|cell| facts.text_of(*cell));
            let open =
                cell.and_then(|text| if flat(text) == "no" { Some(true) } else { state_of(text) });
            let span = row.iter().copied().reduce(Span::to).unwrap_or(told);
            found.push(Condition { span, open, labeled: false });
        }
    }
}

fn says_nothing(text: &str, words: &Vocabulary) -> bool {
    let value = normalize(text);
    let none = opens_with_any(&value, listed!("none|nothing|nil|na|empty"));
    none || words.says_none(text) || is_blank(text)
}

/// Whether a condition says behind itself that it is met, or is not: "…: done", "… (open)". What
/// has to be fixed is not fixed, so that words inside the condition say nothing.
fn is_open(text: &str) -> Option<bool> {
    let marks = ["✅", "✔", "✓", "☑"];
    if marks.iter().any(|mark| text.contains(mark)) {
        return Some(false);
    }
    let parts = text.split([':', '—', '–', '(', '→', '\n']).flat_map(|part| part.split(" - "));
    parts.skip(1).filter_map(state_of).last()
}

/// What a whole line says about its conditions: "All met", "Both of May were closed".
fn told(text: &str) -> Option<bool> {
    const UNTIL: &List = listed!("until|before|once|when|after|unless|must|if|not|should");
    const STATES: &List = listed!(
        "closed|met|done|resolved|fulfilled|completed|complete|fixed|satisfied|verified|\
        cleared|addressed|lifted|waived"
    );
    let words = flat(text);
    let closed = words.split(' ').any(|word| one_of(STATES, word)) && !has_any(&words, UNTIL);
    if closed { Some(false) } else { state_of(text) }
}

fn state_of(text: &str) -> Option<bool> {
    const OPEN: &List = listed!(
        "open|pending|outstanding|not met|not done|unresolved|to do|todo|tbd|\
        in progress|not yet|not resolved|unmet|not closed|status open|still open"
    );
    const CLOSED: &List = listed!(
        "closed|met|done|resolved|fulfilled|completed|complete|fixed|satisfied|\
        verified|cleared|yes|addressed|status closed"
    );
    let words = flat(text);
    if opens_with_any(&words, OPEN) {
        Some(true)
    } else if opens_with_any(&words, CLOSED) {
        Some(false)
    } else {
        None
    }
}
