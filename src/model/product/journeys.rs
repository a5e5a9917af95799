//! Finds the journeys of a document of golden paths.

use super::{is_deferred, leading};
use crate::base::Span;
use crate::base::words::without_markup;
use crate::facts::{BlockKind, DocumentFacts, Section, SectionId};
use crate::model::ids::{Id, Mention, Mentions};
use crate::model::part_of;

/// A journey that must work from end to end.
#[derive(Debug, PartialEq)]
pub struct Journey {
    pub id: Option<Id>,
    /// The heading without its identifier: `A new neighbor joins`.
    pub title: String,
    pub section: SectionId,
    /// The heading's text.
    pub span: Span,
    /// The stories and other things that it names, its heading included.
    pub names: Mentions,
}

/// Prefixes of identifiers that journeys have; stories and criteria have others.
const OTHER: &[&str] = &["AC", "US", "EPIC", "FR", "NFR", "REQ"];

/// Every journey: the headings with identifiers, else those with steps below them.
pub(super) fn read(facts: &DocumentFacts, mentions: &Mentions) -> Vec<Journey> {
    let told = |&(id, _): &(SectionId, &Section)| !is_deferred(facts, id);
    let headings = || facts.sections().filter(|(_, section)| section.level > 0).filter(told);
    let identified = |section: &Section| {
        let mention = leading(facts, section.title)?;
        (!OTHER.contains(&mention.id.prefix())).then_some(mention)
    };
    let mut found: Vec<Journey> = Vec::new();
    for (id, section) in headings() {
        if let Some(mention) = identified(section)
            && !found.iter().any(|known| known.id.as_ref() == Some(&mention.id))
        {
            found.push(journey(facts, mentions, id, Some(mention)));
        }
    }
    if !found.is_empty() {
        return found;
    }
    for (id, section) in headings().filter(|(_, section)| section.level > 1) {
        // In document order only the last one can hold another.
        let inner = found.last().is_some_and(|known| facts.is_within(id, known.section));
        if !inner && is_journey(facts, section) {
            found.push(journey(facts, mentions, id, None));
        }
    }
    found
}

/// Whether a section without an identifier tells a journey: by its name, or by ordered steps.
fn is_journey(facts: &DocumentFacts, section: &Section) -> bool {
    const NAMES: &[&str] = &["flow", "journey", "path", "scenario"];
    const ABOUT: &[&str] = &[
        "about",
        "checklist",
        "coverage",
        "definition",
        "dependencies",
        "matrix",
        "metrics",
        "overview",
        "paths",
        "purpose",
        "summary",
        "traceability",
        "validation",
    ];
    let mut words = section.name.split(' ');
    if section.name.split(' ').any(|word| ABOUT.contains(&word)) {
        return false;
    }
    let mut blocks = part_of(&facts.blocks, section.extent, |block| block.span).iter();
    words.any(|word| NAMES.contains(&word))
        || blocks.any(|block| {
            let text = facts.text_of(block.span);
            block.kind == BlockKind::List && text.starts_with(|c: char| c.is_ascii_digit())
        })
}

fn journey(
    facts: &DocumentFacts,
    mentions: &Mentions,
    section: SectionId,
    mention: Option<Mention>,
) -> Journey {
    let heading = facts.section(section);
    let text = facts.text_of(heading.title);
    let after = mention
        .as_ref()
        .map_or(0, |mention| mention.span.end.saturating_sub(heading.title.start) as usize);
    let title = without_markup(text.get(after..).unwrap_or(text));
    let title = title.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
    let whole = heading.heading.to(heading.extent);
    Journey {
        id: mention.map(|mention| mention.id),
        title: if title.is_empty() { text.to_owned() } else { title.to_owned() },
        section,
        span: heading.title,
        names: mentions.within(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn titles(text: &str) -> Vec<String> {
        let facts = extract(text.as_bytes());
        read(&facts, &Mentions::of(&facts)).into_iter().map(|one| one.title).collect()
    }

    #[test]
    fn journeys_are_headings_with_identifiers_or_steps() {
        let identified = "# Paths\n## Overview\n## Golden Path 1: Setup (US-001 to US-003)\n\
            ### Journey: First run\n1. a\n## GP-2: Daily use\n## US-001\n";
        assert_eq!(titles(identified), ["Setup (US-001 to US-003)", "Daily use"]);
        let plain = "# Golden Paths\n## Overview\n\nText.\n## Buying a ticket\n1. a\n2. b\n### Steps\n1. c\n";
        assert_eq!(titles(plain), ["Buying a ticket"]);
    }

    #[test]
    fn a_journey_names_its_stories() {
        let facts = extract(b"## GP-1: A\n**Stories**: US-001, US-004\n\n1. Open (US-002).\n");
        let found = read(&facts, &Mentions::of(&facts));
        let named: Vec<String> = found[0].names.iter().map(|one| one.id.to_string()).collect();
        assert_eq!(named, ["GP-1", "US-001", "US-004", "US-002"]);
    }
}
