//! Handoffs: who hands what over to whom, how far it is and what can begin with it (S1.3, S3.5,
//! S4.3).

use super::entries::{Entry, Value, entries, whole};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::{Block, BlockKind, DocumentFacts};
use crate::model::dependencies;
use crate::model::phrases::{List, is_blank, listed, one_of};

/// The handoffs of one document, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Handoffs(pub Vec<Handoff>);

/// One handoff. What is left blank is not said.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    pub title: Span,
    /// Where findings about it stand.
    pub place: Span,
    pub extent: Span,
    /// The id of the task that it begins with: `task1a`.
    pub id: Option<String>,
    pub from: Option<Span>,
    pub to: Option<Span>,
    pub date: Option<Span>,
    /// What is handed over, often a list with boxes and paths.
    pub what: Option<Span>,
    /// Why, and what the receiver has to know.
    pub context: Option<Span>,
    /// How far it is: `100%`.
    pub completion: Option<Span>,
    pub quality: Option<Span>,
    pub testing: Option<Span>,
    /// What is open or known to be wrong.
    pub issues: Option<Span>,
    /// What can begin with it.
    pub ready_for: Option<Span>,
    pub contact: Option<Span>,
    /// All that it says under a label or a heading, in the order of the document.
    pub values: Vec<Value>,
}

impl Recorded for Handoffs {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Handoffs(handoffs) => Some(handoffs),
            _ => None,
        }
    }
}

const FROM: &List =
    listed!("from|handed over by|handed off by|handing off|sender|giver|delivered by|source");
const TO: &List = listed!(
    "to|handed over to|handed off to|handing off to|receiver|receivers|recipient|recipients|\
    receiving|for|target"
);
const DATE: &List = listed!("date|handoff date|handed over on|when|day");
const WHAT: &List = listed!(
    "what|deliverables|deliverable|what is handed over|handed over|handover|artifacts|artifact|\
    work products|files|output|outputs|contents|package|items|handed off"
);
const CONTEXT: &List = listed!(
    "context|reason|why|context and reason|background|rationale|purpose|next phase|next steps|\
    next step|requirements|this involves"
);
const COMPLETION: &List =
    listed!("completion|complete|completeness|progress|percent complete|percentage|done");
const STATUS: &List = listed!("status|state");
const QUALITY: &List = listed!("quality|quality check|quality status|review|reviewed");
const TESTING: &List =
    listed!("testing|tests|test results|test result|test status|tested|verification");
const ISSUES: &List = listed!(
    "issues|known issues|open issues|issues notes|issues and notes|open points|pending|\
    pending items|open items|blockers|limitations|workarounds"
);
const READY_FOR: &List = listed!(
    "dependencies ready for|ready for|ready|unblocks|next tasks|enables|tasks ready|\
    dependencies ready|now ready|can begin|can start"
);
const CONTACT: &List = listed!(
    "contact|available for questions until|available for questions|available until|questions|\
    questions to|availability"
);
/// What one of several handoffs in a document has for sure.
const OWN: &List = listed!(
    "from|handed over by|handed off by|sender|to|handed over to|handed off to|receiver|recipient|\
    what|what is handed over|handed over|deliverables|deliverable|ready for|\
    dependencies ready for|status|issues|issues notes|contact|context|completion|context and reason"
);

/// Reads the handoffs of a part of a document. A whole document is always one at least.
pub fn read(facts: &DocumentFacts, extent: Span) -> Handoffs {
    let is_document = extent == Span::new(0, facts.text.len());
    let parties = |entry: &Entry| entry.value(FROM).is_some() || entry.value(TO).is_some();
    let complete = |one: &&Handoff| one.from.is_some() && one.to.is_some();
    let mut found: Vec<Handoff> = entries(facts, extent, OWN)
        .into_iter()
        .filter(|entry| parties(entry) || arrow(facts, entry.title).is_some())
        .map(|entry| handoff(facts, entry))
        .collect();
    let apart = found.iter().filter(complete).count() > 1;
    if is_document && !apart {
        let one = handoff(facts, whole(facts, extent));
        if !found.is_empty() || one.from.is_some() || one.to.is_some() {
            return Handoffs(vec![one]);
        }
        found = said(facts, extent, &[]);
        if found.is_empty() && facts.says_anything() {
            found.push(one);
        }
        return Handoffs(found);
    }
    let extents: Vec<Span> = found.iter().map(|one| one.extent).collect();
    found.extend(said(facts, extent, &extents));
    found.sort_by_key(|one| one.place.start);
    Handoffs(found)
}

fn handoff(facts: &DocumentFacts, entry: Entry) -> Handoff {
    let said = |labels: &List| {
        entry.text(facts, labels)?;
        let content = entry.value(labels).map(|value| value.content)?;
        (!is_blank(facts.text_of(content))).then_some(content)
    };
    let (giver, receiver) = arrow(facts, entry.title).unzip();
    let name = facts.text_of(entry.title);
    let task = name.trim_start_matches(|c: char| c != ':').trim_start_matches([':', ' ']);
    let task = if task.is_empty() { name } else { task };
    // "Status: complete" says how far it is; a section of that name holds other things as well.
    let status = || {
        let line = entry.value(STATUS).map(|value| value.line).filter(|line| !line.is_empty())?;
        let labeled = facts.fields_in(line.to(line)).next().is_none();
        let plain = facts.section_at(line);
        let headed = facts.section(plain).body.start == line.start;
        (labeled && !headed && !is_blank(facts.text_of(line).trim())).then_some(line)
    };
    Handoff {
        title: entry.title,
        place: entry.place,
        extent: entry.extent,
        id: dependencies::id(task).map(|(id, _)| id),
        from: said(FROM).or(giver),
        to: said(TO).or(receiver),
        date: said(DATE),
        what: said(WHAT),
        context: said(CONTEXT),
        completion: said(COMPLETION).or_else(status),
        quality: said(QUALITY),
        testing: said(TESTING),
        issues: said(ISSUES),
        ready_for: said(READY_FOR),
        contact: said(CONTACT),
        values: entry.values,
    }
}

const ARROWS: [&str; 5] = ["→", "->", "➜", "⇒", "=>"];

/// The names on both sides of an arrow: `Handoff: Taylor → Morgan`, `Taylor → Morgan (queries)`.
fn arrow(facts: &DocumentFacts, line: Span) -> Option<(Span, Span)> {
    let text = facts.text_of(line);
    let (at, mark) = ARROWS.iter().find_map(|mark| Some((text.find(mark)?, mark.len())))?;
    let start = text[..at].rfind([':', '(', '|']).map_or(0, |mark| mark + 1);
    let rest = at + mark;
    let end = text[rest..].find([':', '(', ')', '|', '\n', ',', '.', '→']);
    let end = end.map_or(text.len(), |end| rest + end);
    let shifted = |from: usize, to: usize| trimmed(facts, line, from, to);
    Some((shifted(start, at)?, shifted(rest, end)?))
}

/// A part of a line without marks around it.
fn trimmed(facts: &DocumentFacts, line: Span, from: usize, to: usize) -> Option<Span> {
    let text = facts.text_of(line).get(from..to)?;
    let edge = |c: char| !c.is_alphanumeric();
    let lead = text.len() - text.trim_start_matches(edge).len();
    let kept = text.trim_matches(edge).len();
    let start = line.start as usize + from + lead;
    (kept > 0).then(|| Span::new(start, start + kept))
}

/// Handoffs in single lines outside of what was read already: `Taylor → Morgan: the schema`,
/// `Taylor: "The schema is there. Handing off to Morgan for the queries."`
fn said(facts: &DocumentFacts, extent: Span, known: &[Span]) -> Vec<Handoff> {
    let is_line = |block: &&Block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
            && !known.iter().any(|known| known.covers(block.span))
    };
    let blocks = facts.blocks_in(extent).map(|(_, block)| block).filter(is_line);
    let mut found: Vec<Handoff> = Vec::new();
    for block in blocks {
        let mut start = facts.own_text(block).start as usize;
        let own = facts.text_of(facts.own_text(block));
        for line in own.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if !found.iter().any(|one| one.place == span) {
                found.extend(of_line(facts, span));
            }
        }
    }
    found
}

fn of_line(facts: &DocumentFacts, line: Span) -> Option<Handoff> {
    const HANDING: [&str; 8] = [
        "handing off to ",
        "handing over to ",
        "handing to ",
        "hands off to ",
        "hands over to ",
        "handed off to ",
        "handed over to ",
        "hand off to ",
    ];
    let text = facts.text_of(line);
    let lower = text.to_ascii_lowercase();
    let named = |rest: &str| rest.find(|c: char| ",.;:!?\"(\n".contains(c)).unwrap_or(rest.len());
    let handing = HANDING.iter().find_map(|words| Some((lower.find(words)?, words.len())));
    let (from, to, what) = match handing {
        Some((at, length)) => {
            let rest = &text[at + length..];
            let end = rest.find(" for ").unwrap_or(rest.len()).min(named(rest));
            let speaker = text[..at].find(':').unwrap_or(0);
            let what = trimmed(facts, line, speaker, at)
                .or_else(|| trimmed(facts, line, at + length + end, text.len()));
            let to = trimmed(facts, line, at + length, at + length + end);
            (trimmed(facts, line, 0, speaker), to, what)
        }
        None => {
            let (from, to) = arrow(facts, line)?;
            let end = (to.end - line.start) as usize;
            (Some(from), Some(to), trimmed(facts, line, end, text.len()))
        }
    };
    let values = Vec::new();
    Some(Handoff {
        title: line,
        place: line,
        extent: line,
        id: None,
        from,
        to,
        date: None,
        what,
        context: None,
        completion: None,
        quality: None,
        testing: None,
        issues: None,
        ready_for: None,
        contact: None,
        values,
    })
}

impl Handoff {
    pub(super) fn listed(&self) -> Listed {
        let parts = [
            ("from", self.from),
            ("to", self.to),
            ("date", self.date),
            ("what", self.what),
            ("context", self.context),
            ("completion", self.completion),
            ("quality", self.quality),
            ("testing", self.testing),
            ("issues", self.issues),
            ("ready for", self.ready_for),
            ("contact", self.contact),
        ];
        Listed::new(self.id.as_ref(), self.title, parts)
    }

    /// Whether something is said under a label or a heading of these names.
    pub fn says(&self, facts: &DocumentFacts, is_named: impl Fn(&str) -> bool) -> bool {
        let mut named = self.values.iter().filter(|value| is_named(&value.name));
        named.any(|value| !is_blank(facts.text_of(value.content).trim()))
    }

    /// Whether a label is one of those of a handoff that say what is handed over.
    pub fn is_what(label: &str) -> bool {
        one_of(WHAT, label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn said_by(text: &str) -> Vec<[String; 3]> {
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()));
        let part = |span: Option<Span>| span.map_or("", |span| facts.text_of(span)).to_owned();
        let flat = |text: String| crate::base::words::flat(&text);
        read.0.iter().map(|one| [part(one.from), part(one.to), flat(part(one.what))]).collect()
    }

    fn owned(expected: &[[&str; 3]]) -> Vec<[String; 3]> {
        expected.iter().map(|one| one.map(str::to_owned)).collect()
    }

    #[test]
    fn a_document_is_one_handoff() {
        let forms = [
            "# Handoff: 1A - Schema\n\n**From**: Taylor\n**To**: Morgan\n\n## Deliverables\n- schema\n",
            "---\nfrom: Taylor\nto: Morgan\n---\n# Schema\n\n## What is handed over\n\nschema\n",
            "# Handoff\n\n| Field | Value |\n| - | - |\n| From | Taylor |\n| To | Morgan |\n\
             | Deliverables | schema |\n",
            "# Handoff: Taylor → Morgan\n\n- **What**: schema\n",
        ];
        for form in forms {
            assert_eq!(said_by(form), owned(&[["Taylor", "Morgan", "schema"]]), "{form}");
        }
        assert_eq!(said_by("# Handoff\n\nHere it is.\n"), owned(&[["", "", ""]]));
    }

    #[test]
    fn a_document_may_hold_several() {
        let forms = [
            "# Handoffs\n\n| From | To | What |\n| - | - | - |\n| Taylor | Morgan | schema |\n\
             | Morgan | Sam | queries |\n",
            "# Handoffs\n\n## Taylor → Morgan\n\n- What: schema\n\n## Morgan -> Sam\n\n- What: queries\n",
            "# Handoffs\n\n## H-1\n\n- From: Taylor\n- To: Morgan\n- What: schema\n\n## H-2\n\n\
             - From: Morgan\n- To: Sam\n- What: queries\n",
            "# Handoffs\n\n- **Taylor → Morgan**: schema\n- **Morgan → Sam**: queries\n",
            "# Handoffs\n\nTaylor: \"Schema. Handing off to Morgan for the queries.\"\n\n\
             Morgan: \"Queries. Handing off to Sam.\"\n",
        ];
        for form in forms {
            let expected = [["Taylor", "Morgan", "schema"], ["Morgan", "Sam", "queries"]];
            assert_eq!(said_by(form), owned(&expected), "{form}");
        }
    }

    #[test]
    fn the_parts_of_a_handoff_are_found_under_labels_and_headings() {
        let text = "# Handoff: Task 1A - Schema\n\n**From**: A\n**To**: B\n**Date**: 2026-03-02\n\n\
                    ## Deliverables\n- [x] Schema: db/schema.sql\n\n## Status\n- **Completion**: 100%\n\
                    - **Quality**: Pass\n- **Testing**: 12 of 12\n\n## Issues & Notes\n\
                    - **Known Issues**: none\n\n## Dependencies Ready For\n- [x] Task 2A\n\n\
                    ## Contact\n**Available for questions until**: Friday\n";
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()));
        let [one] = &read.0[..] else { panic!("{read:?}") };
        assert_eq!(one.id.as_deref(), Some("task1a"));
        let text = |span: Option<Span>| span.map_or("", |span| facts.text_of(span).trim());
        assert_eq!(text(one.completion), "100%");
        assert_eq!(text(one.quality), "Pass");
        assert_eq!(text(one.testing), "12 of 12");
        assert_eq!(text(one.ready_for), "- [x] Task 2A");
        assert!(one.issues.is_some() && one.contact.is_some() && one.date.is_some());
    }
}
