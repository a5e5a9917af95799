//! Workstreams: who leads, who helps, what comes out and in which weeks (S0.3).

use super::entries::{Entry, entries};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::flat;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::phrases::{List, listed, number, title};

/// The workstreams of one plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workstreams(pub Vec<Workstream>);

/// One workstream.
#[derive(Clone, Debug, PartialEq)]
pub struct Workstream {
    /// The name that people use: `Infrastructure`, not `Workstream 1: Infrastructure (Week 1-2)`.
    pub name: String,
    pub place: Span,
    pub extent: Span,
    /// Who leads it, as far as anybody is named.
    pub lead: Option<Span>,
    /// Each persona that leads or helps, by itself.
    pub personas: Vec<Span>,
    /// Its first and its last week, with the place that says so.
    pub weeks: Option<(usize, usize, Span)>,
    /// What it leaves behind: an item, a cell or a part between commas each.
    pub deliverables: Vec<Span>,
}

impl Recorded for Workstreams {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Workstreams(workstreams) => Some(workstreams),
            _ => None,
        }
    }
}

impl Workstream {
    pub fn listed(&self) -> Listed {
        let personas = self.personas.iter().map(|&one| ("by", Some(one)));
        let left = self.deliverables.iter().map(|&one| ("deliverable", Some(one)));
        let weeks = self.weeks.map(|(.., span)| span);
        let parts = [("lead", self.lead), ("weeks", weeks)].into_iter().chain(personas).chain(left);
        Listed::new(None, self.place, parts)
    }
}

const LABELS: &List =
    listed!("lead|leads|led by|workstream lead|support|supported by|deliverables|deliverable");
const LEAD: &List = listed!("lead|leads|led by|workstream lead|owner|responsible");
const SUPPORT: &List = listed!("support|supported by|supporting|helpers|contributors|with");
const DELIVERABLES: &List = listed!("deliverables|deliverable|outputs|output|results|leaves");
const WEEKS: &List = listed!("weeks|week|timeline|timeframe|time frame|when|duration|schedule");

/// Reads the workstreams of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Workstreams {
    let all = entries(facts, extent, LABELS).into_iter();
    Workstreams(all.map(|entry| workstream(facts, &entry)).collect())
}

fn workstream(facts: &DocumentFacts, entry: &Entry) -> Workstream {
    let said = |labels: &List| {
        entry.text(facts, labels)?;
        entry.value(labels).map(|value| value.content)
    };
    let lead = said(LEAD);
    let led = lead.into_iter().chain(said(SUPPORT));
    // Under such a label numbers are weeks without the word.
    let labeled = entry.value(WEEKS).map(|value| (value.line, true));
    let weeks = labeled.into_iter().chain([(entry.title, false)]);
    Workstream {
        name: name(facts.text_of(entry.title)),
        place: entry.place,
        extent: entry.extent,
        lead,
        personas: led.flat_map(|span| parts(facts, span)).collect(),
        weeks: weeks.into_iter().find_map(|(span, labeled)| {
            let (first, last) = weeks_in(facts.text_of(span), labeled)?;
            Some((first, last, span))
        }),
        deliverables: said(DELIVERABLES).map(|span| items(facts, span)).unwrap_or_default(),
    }
}

/// A title without "Workstream 1:" before the name and the weeks behind it.
pub fn name(written: &str) -> String {
    let bare = title(written);
    let open = bare.rfind('(').filter(|_| bare.ends_with(')')).unwrap_or(bare.len());
    let bare = bare[..open].trim();
    let named = match bare.split_once(':') {
        Some((label, rest)) if flat(label).starts_with("workstream") => rest,
        Some((label, rest)) if flat(label).starts_with("stream") => rest,
        _ => bare,
    };
    named.trim().to_owned()
}

/// The weeks that a text names: `Week 1-2`, `weeks 3 to 5`, `W4`.
fn weeks_in(text: &str, labeled: bool) -> Option<(usize, usize)> {
    let words = flat(text);
    let mut words: Vec<&str> = words.split(' ').collect();
    if labeled && number(words[0]).is_some() {
        words.insert(0, "week");
    }
    let at = words.iter().position(|word| {
        matches!(*word, "week" | "weeks" | "wk" | "wks")
            || word.strip_prefix('w').is_some_and(|rest| number(rest).is_some())
    })?;
    let own = words[at].strip_prefix('w').and_then(number);
    let mut rest = words[at + 1..].iter().filter(|word| !matches!(**word, "to" | "and" | "week"));
    let mut next = || {
        let word = rest.next()?;
        number(word.strip_prefix('w').unwrap_or(word))
    };
    let first = own.or_else(&mut next)?;
    let last = next().filter(|last| *last >= first).unwrap_or(first);
    Some((first, last))
}

/// The items of a list, or the parts of a line between commas.
fn items(facts: &DocumentFacts, span: Span) -> Vec<Span> {
    let items: Vec<Span> = facts
        .blocks_in(span)
        .filter(|(_, block)| block.kind == BlockKind::Item)
        .map(|(_, block)| facts.own_text(block))
        .collect();
    if items.is_empty() { parts(facts, span) } else { items }
}

/// The parts of a line between commas, semicolons and "and".
pub fn parts(facts: &DocumentFacts, span: Span) -> Vec<Span> {
    let text = facts.text_of(span);
    let mut found = Vec::new();
    let mut from = 0;
    let ends = text.match_indices([',', ';', '\n', '+', '&']).map(|(at, mark)| (at, mark.len()));
    let mut ends: Vec<(usize, usize)> =
        ends.chain(text.match_indices(" and ").map(|(at, mark)| (at, mark.len()))).collect();
    ends.sort_unstable();
    for (at, length) in ends.into_iter().chain([(text.len(), 0)]) {
        let part = text.get(from..at).unwrap_or("");
        let lead = part.len() - part.trim_start().len();
        let bare = part.trim();
        if bare.contains(char::is_alphanumeric) {
            let start = span.start as usize + from + lead;
            found.push(Span::new(start, start + bare.len()));
        }
        from = at + length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn said(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()));
        let shown = read.0.iter().map(|one| {
            let weeks = one.weeks.map(|(first, last, _)| (first, last));
            let lead = one.lead.map(|lead| facts.text_of(lead).trim());
            let personas: Vec<&str> = one.personas.iter().map(|&one| facts.text_of(one)).collect();
            let left: Vec<&str> = one.deliverables.iter().map(|&one| facts.text_of(one)).collect();
            format!("{} {lead:?} {personas:?} {weeks:?} {left:?}", one.name)
        });
        shown.collect()
    }

    #[test]
    fn workstreams_are_read_in_every_form() {
        let forms = [
            "## Workstream 1: Core (Week 1-2)\n- Lead: DevOps\n- Support: Developer, Designer\n\
             - Deliverables:\n  - Queue setup\n  - `a/b.yml`\n",
            "### Core\n\n**Lead**: DevOps\n**Support**: Developer and Designer\n\
             **Weeks**: 1 to 2\n\n**Deliverables**:\n\n- Queue setup\n- `a/b.yml`\n",
            "| Workstream | Lead | Support | Weeks | Deliverables |\n|-|-|-|-|-|\n\
             | Core | DevOps | Developer, Designer | W1-W2 | Queue setup, `a/b.yml` |\n",
            "- **Core** (weeks 1-2)\n  - Lead: DevOps\n  - Support: Developer, Designer\n  - Deliverables: Queue setup, `a/b.yml`\n",
        ];
        for form in forms {
            let expected = "Core Some(\"DevOps\") [\"DevOps\", \"Developer\", \"Designer\"] \
                            Some((1, 2)) [\"Queue setup\", \"`a/b.yml`\"]";
            assert_eq!(said(form), [expected], "{form}");
        }
    }

    #[test]
    fn a_lead_that_is_left_open_is_none() {
        let found = said("## Workstream 2: Data\n- Lead: TBD\n- Deliverables: a schema\n");
        assert_eq!(found, ["Data None [] None [\"a schema\"]"]);
    }
}
