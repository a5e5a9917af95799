//! Risks with what is done against them, and the colors in which people report (S4.5).

use super::entries::{Entry, entries, id};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::dates::{Date, date};
use crate::model::phrases::{List, flat, has_any, is_blank, listed};
use crate::workflow::Vocabulary;

/// The risks and the colors of one document, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Risks {
    pub risks: Vec<Risk>,
    pub signals: Vec<Signal>,
    /// The day of the report, where it names one.
    pub date: Option<Date>,
}

/// Something that may go wrong. What is left blank is not said.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    pub title: Span,
    pub place: Span,
    pub extent: Span,
    pub id: Option<String>,
    pub probability: Option<Span>,
    pub impact: Option<Span>,
    pub mitigation: Option<Span>,
    pub escalation: Option<Span>,
}

/// How something stands, in a color.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    pub color: Color,
    pub place: Span,
    /// What or who it is about, where the line says so.
    pub about: Option<Span>,
    /// The color is the label of the line: `**Red**: the build is broken`.
    pub labeled: bool,
    /// The line says that it is over.
    pub over: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    Red,
    Yellow,
    Green,
}

impl Recorded for Risks {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Risks(risks) => Some(risks),
            _ => None,
        }
    }
}

impl Risk {
    pub(super) fn listed(&self) -> Listed {
        let parts = [
            ("probability", self.probability),
            ("impact", self.impact),
            ("mitigation", self.mitigation),
            ("escalation", self.escalation),
        ];
        Listed::new(self.id.as_ref(), self.title, parts)
    }
}

impl Signal {
    pub(super) fn listed(&self) -> Listed {
        Listed::new(None, self.place, [("about", self.about)])
    }
}

const PROBABILITY: &List = listed!("probability|likelihood|chance|p");
const IMPACT: &List = listed!("impact|severity|consequence|consequences|effect|damage");
const MITIGATION: &List = listed!(
    "mitigation|mitigations|mitigation plan|mitigation strategy|countermeasure|countermeasures|\
    response|prevention|contingency|plan|how we reduce it|treatment"
);
const ESCALATION: &List = listed!(
    "escalation|escalate|escalate to|escalation path|escalation trigger|escalates to|\
    escalation level|trigger"
);
const OWN: &List = listed!(
    "probability|likelihood|impact|severity|mitigation|mitigations|mitigation plan|\
    mitigation strategy|escalation|escalate to|escalation path|contingency|countermeasures"
);
/// A table of risks may call one of its columns so.
const RISK: &List = listed!("risk|risks|risk description|scenario|description|what may happen");
const ABOUT: &List = listed!("risk|agent|sub agent|who|about|task|item|issue|area|id");

/// Reads the risks of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Risks {
    let risks = entries(facts, extent, OWN).into_iter().map(|entry| risk(facts, entry)).collect();
    let mut signals = Vec::new();
    of_fields(facts, extent, words, &mut signals);
    of_tables(facts, extent, &mut signals);
    of_items(facts, extent, &mut signals);
    signals.sort_by_key(|one: &Signal| one.place.start);
    signals.dedup_by_key(|one| one.place);
    let dates = listed!("date|day|week|week of|week ending|reported on|report date|as of");
    let labeled = facts.fields_in(extent).filter(|field| dates.has(&field.name));
    let labeled = labeled.map(|field| facts.text_of(field.value));
    let title = facts.title().map(|title| facts.text_of(title.title));
    Risks { risks, signals, date: labeled.chain(title).find_map(date) }
}

fn risk(facts: &DocumentFacts, entry: Entry) -> Risk {
    let said = |labels: &List| {
        entry.text(facts, labels)?;
        entry.value(labels).map(|value| value.content)
    };
    // A table may begin with an id, and a heading may only count.
    let named = entry.value(RISK).filter(|value| !facts.text_of(value.line).trim().is_empty());
    Risk {
        id: id(facts.text_of(entry.title)),
        title: named.map_or(entry.title, |value| value.line),
        place: entry.place,
        extent: entry.extent,
        probability: said(PROBABILITY),
        impact: said(IMPACT),
        mitigation: said(MITIGATION),
        escalation: said(ESCALATION),
    }
}

/// The color that a value begins with: `🔴 Red — the build is broken`, `Yellow`.
pub fn color(text: &str) -> Option<Color> {
    let text = text.trim_start_matches(['*', '_', ' ', '`']);
    let marks =
        [(Color::Red, ["🔴", "🟥"]), (Color::Yellow, ["🟡", "🟨"]), (Color::Green, ["🟢", "🟩"])];
    let marked = marks.iter().find(|(_, signs)| signs.iter().any(|sign| text.starts_with(sign)));
    let word = flat(text);
    let word = word.split(' ').next().unwrap_or("");
    let named = match word {
        "red" => Some(Color::Red),
        "yellow" | "amber" | "orange" => Some(Color::Yellow),
        "green" => Some(Color::Green),
        _ => None,
    };
    // "Red flags" and "green field" are no report.
    let plain = || {
        let rest = text.get(word.len()..).unwrap_or("").trim_start_matches(['*', '_']);
        rest.is_empty()
            || rest.trim_start().starts_with([':', '-', '–', '—', '(', ',', '.', ';', '|', '/'])
    };
    marked.map(|(color, _)| *color).or_else(|| named.filter(|_| plain()))
}

fn is_over(text: &str) -> bool {
    let over = listed!("resolved|closed|fixed|solved|no longer|cleared|lifted|over");
    let not =
        listed!("not resolved|not fixed|unresolved|not closed|not solved|not yet|not cleared");
    let words = flat(text);
    has_any(&words, over) && !has_any(&words, not)
}

fn of_fields(facts: &DocumentFacts, extent: Span, words: &Vocabulary, out: &mut Vec<Signal>) {
    for field in facts.fields_in(extent) {
        let value = facts.text_of(field.value).trim();
        let content = facts.text_of(field.content);
        if let Some(color) = color(value) {
            let place = field.label.to(field.value);
            let states = listed!("status|state|color|signal|rating|rag|level|assessment|overall");
            let about = match states.has(&field.name) {
                true => facts.outward(field.section).map(|(_, one)| one.title).next(),
                false => Some(field.label),
            };
            out.push(Signal { color, place, about, labeled: false, over: is_over(content) });
            continue;
        }
        // A color that nothing stands behind is the legend of a report, or says that all is well.
        let none = is_blank(content.trim()) || words.says_none(content);
        if let Some(color) = color(facts.text_of(field.label)).filter(|_| !none) {
            let place = field.label.to(field.value);
            let (about, over) = (Some(field.value), is_over(content));
            out.push(Signal { color, place, about, labeled: true, over });
        }
    }
}

fn of_tables(facts: &DocumentFacts, extent: Span, out: &mut Vec<Signal>) {
    for table in facts.tables_in(extent) {
        let names: Vec<String> =
            table.header().iter().map(|&cell| normalize(facts.text_of(cell))).collect();
        for row in table.rows() {
            let (Some(&first), Some(&last)) = (row.first(), row.last()) else { continue };
            let about = names.iter().position(|name| ABOUT.has(name)).and_then(|at| row.get(at));
            let colored = row.iter().find_map(|&cell| Some((color(facts.text_of(cell))?, cell)));
            let Some((color, place)) = colored else { continue };
            let about = Some(about.copied().unwrap_or(first)).filter(|cell| *cell != place);
            let over = is_over(facts.text_of(first.to(last)));
            out.push(Signal { color, place, about, labeled: false, over });
        }
    }
}

/// Items that begin with a mark of a color: `- 🔴 the importer is broken`.
fn of_items(facts: &DocumentFacts, extent: Span, out: &mut Vec<Signal>) {
    for (_, block) in facts.blocks_in(extent).filter(|(_, one)| one.kind == BlockKind::Item) {
        let own = facts.own_text(block);
        let text = facts.text_of(own);
        let labeled = facts.fields_in(own).next().is_some_and(|field| color(&field.name).is_some());
        let known = labeled || out.iter().any(|one| own.covers(one.place));
        let Some(color) = color(text).filter(|_| !known) else { continue };
        out.push(Signal { color, place: own, about: None, labeled: false, over: is_over(text) });
    }
}

impl Risks {
    /// Whether the colors are explained rather than reported: each of them is a label.
    pub fn explains(&self) -> bool {
        let labeled = |color| self.signals.iter().any(|one| one.labeled && one.color == color);
        [Color::Red, Color::Yellow, Color::Green].into_iter().all(labeled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn read_of(text: &str) -> (Vec<String>, Vec<(Color, String)>) {
        let facts = extract(text.as_bytes());
        let words = Vocabulary { none: vec!["none".into()], ..Vocabulary::default() };
        let read = read(&facts, Span::new(0, facts.text.len()), &words);
        let part = |span: Option<Span>| span.map_or("", |span| facts.text_of(span).trim());
        let risks = read.risks.iter().map(|one| {
            [
                part(Some(one.title)),
                part(one.probability),
                part(one.impact),
                part(one.mitigation),
                part(one.escalation),
            ]
            .join("|")
        });
        let open = read.signals.iter().filter(|one| !one.over);
        let signals = open.map(|one| (one.color, part(one.about).to_owned()));
        (risks.collect(), signals.collect())
    }

    #[test]
    fn risks_are_read_in_every_form() {
        let forms = [
            "# Risks\n\n## R1: Slow\n\n**Probability**: Low\n**Impact**: High\n\n**Mitigation**:\n- measure\n\n\
             **Escalation**: lead\n",
            "# Risks\n\n| Risk | Probability | Impact | Mitigation | Escalation |\n| - | - | - | - | - |\n\
             | R1: Slow | Low | High | - measure | lead |\n",
            "# Risks\n\n- R1: Slow\n  - Probability: Low\n  - Impact: High\n  - Mitigation: - measure\n  - Escalation: lead\n",
        ];
        for form in forms {
            assert_eq!(read_of(form).0, ["R1: Slow|Low|High|- measure|lead"], "{form}");
        }
    }

    #[test]
    fn colors_are_read_where_they_report() {
        let rows: [(&str, &[(Color, &str)]); 7] = [
            (
                "- **Red**: the build is broken\n- **Green**: None\n",
                &[(Color::Red, "the build is broken")],
            ),
            ("- Alpha: 🔴 the build is broken\n", &[(Color::Red, "Alpha")]),
            (
                "| Agent | Status |\n| - | - |\n| Alpha | Red |\n| Beta | Green |\n",
                &[(Color::Red, "Alpha"), (Color::Green, "Beta")],
            ),
            ("- 🟡 the importer waits\n", &[(Color::Yellow, "")]),
            ("Red flags were raised, and the red button works.\n", &[]),
            ("- **Red**: the build was broken, fixed on Tuesday\n", &[]),
            ("- **Red**: the build is not fixed\n", &[(Color::Red, "the build is not fixed")]),
        ];
        for (text, expected) in rows {
            let expected: Vec<_> = expected.iter().map(|(c, t)| (*c, (*t).to_owned())).collect();
            assert_eq!(read_of(text).1, expected, "{text}");
        }
    }
}
