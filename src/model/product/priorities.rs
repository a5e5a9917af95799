//! Finds what is said about priorities: labels, columns, sections, marks in titles.

use crate::base::Span;
use crate::base::words::{holds, normalize};
use crate::facts::{BlockKind, DocumentFacts, Section, Table};
use crate::model::ids::Mentions;
use crate::model::part_of;
use crate::model::phrases::{List, has_any, listed, words};

/// Everything a document says about priorities.
#[derive(Debug, Default)]
pub struct Priorities {
    pub places: Vec<Priority>,
    /// The document says that its order is the priority.
    pub ordered: bool,
}

/// A place that gives a priority to what it names, or to what stands inside it.
#[derive(Debug, PartialEq)]
pub struct Priority {
    pub span: Span,
    pub names: Mentions,
}

const LABELS: &List = listed!("importance|moscow|prio|priority|priorität|приоритет");
/// Words that make a heading one of priorities, alone or with the words of [`BESIDE`]: "Message
/// Prioritization" is a feature.
const WORDS: &List =
    listed!("moscow|mvp|priorities|prioritisation|prioritization|prioritized|priority");
const BESIDE: &List = listed!(
    "and|backlog|build|business|by|critical|delivery|development|feature|features|first|\
    for|high|implementation|initial|level|levels|list|low|matrix|medium|method|of|order|\
    overview|phase|plan|product|ranking|release|requirement|requirements|roadmap|scope|\
    stories|story|summary|table|the|user"
);
const LEVELS: &List = listed!("could have|must have|nice to have|should have");

/// Whether a label or column gives a priority.
pub(super) fn announces(name: &str) -> bool {
    LABELS.has(name)
        || name.strip_suffix(" priority").is_some_and(|before| !before.contains(' '))
        || name.strip_prefix("priority ").is_some_and(|after| BESIDE.has(after))
}

/// Whether a heading sorts what stands below it by priority.
pub(super) fn sorts(name: &str) -> bool {
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || is_level(word);
    let known = |word: &str| WORDS.has(word) || BESIDE.has(word) || number(word);
    is_level(name.split(' ').next().unwrap_or(""))
        || matches!(name, "critical" | "critical features" | "critical stories")
        || words(name).all(known) && words(name).any(|word| WORDS.has(word))
        || has_any(name, LEVELS) && words(name).count() < 7
}

/// `p0` to `p5`.
fn is_level(word: &str) -> bool {
    matches!(word.as_bytes(), [b'p' | b'P', b'0'..=b'5'])
}

/// Whether a title carries its priority: `Sign in (P1)`, `[MUST] Sign in`, `… - Priority: High`.
pub(super) fn in_title(title: &str) -> bool {
    const MARKS: &List = listed!("critical|could|high|low|medium|must|should");
    let parts = title.split(['(', '[', ')', ']', '—', '–', '-', '|', ':']);
    let marked = parts.skip(1).any(|part| {
        let part = normalize(part);
        MARKS.has(&part) || sorts(&part)
    });
    marked || title.split(|c: char| !c.is_alphanumeric()).any(is_level) || title.contains('🎯')
}

/// Everything that a document says; `named_in` gives what it names in a part of it.
pub(super) fn read(facts: &DocumentFacts, named_in: impl Fn(Span) -> Mentions) -> Priorities {
    let column = |table: &Table| {
        let header = table.header().iter().map(|&cell| normalize(facts.text_of(cell)));
        header.into_iter().position(|name| announces(&name))
    };
    // A section sorts what it holds, unless its table rates each row by itself.
    let rated = |section: &&Section| {
        let tables = part_of(&facts.tables, section.extent, |table| table.span);
        tables.iter().any(|table| column(table).is_some())
    };
    let says = |section: &&Section| {
        let below = section.level > 1;
        sorts(&section.name) || below && in_title(facts.text_of(section.title))
    };
    let sections = facts.sections.iter().filter(|section| says(section) && !rated(section));
    let mut spans: Vec<Span> = sections.map(|section| section.extent).collect();
    for field in facts.fields.iter().filter(|field| announces(&field.name)) {
        if !field.content.is_empty() {
            let block = &facts.blocks[field.block as usize];
            let section = facts.section(field.section);
            let item = match block.kind {
                BlockKind::Item => Some(block.span),
                _ => None,
            };
            // A label under the document's title explains priorities; it gives none to all.
            spans.extend(item.or_else(|| (section.level > 1).then_some(section.extent)));
            spans.extend((section.level > 1).then_some(section.extent));
        }
    }
    for table in &facts.tables {
        let Some(column) = column(table) else { continue };
        let rated = table.rows().filter(|row| row.get(column).is_some_and(|c| !c.is_empty()));
        spans.extend(rated.filter_map(|row| Some(row.first()?.to(*row.last()?))));
    }
    let place = |span| Priority { span, names: named_in(span) };
    Priorities { places: spans.into_iter().map(place).collect(), ordered: says_ordered(facts) }
}

fn says_ordered(facts: &DocumentFacts) -> bool {
    const SAID: &[&str] =
        &["by priority", "order of priority", "in priority order", "order of importance"];
    facts.inlines.iter().any(|inline| {
        let text = facts.text_of(inline.span);
        let speaks = || holds(text, "priority") || holds(text, "importance");
        text.len() > 10 && speaks() && SAID.iter().any(|said| holds(text, said))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn priorities_are_given_by_labels_columns_and_headings() {
        let text = "# Stories\n## Must Have\n- US-001: a\n## Epic 2\n**Priority**: High\n### US-002: b\n\
            ## Plan\n\n| Story | Priority |\n|---|---|\n| US-003 | P1 |\n| US-004 |  |\n";
        let facts = extract(text.as_bytes());
        let found = read(&facts, |span| Mentions::of(&facts).within(span));
        let names = found.places.iter().flat_map(|one| &one.names);
        let mut named: Vec<String> = names.map(|one| one.id.to_string()).collect();
        named.retain(|name| name.starts_with("US"));
        named.dedup();
        assert_eq!(named, ["US-001", "US-002", "US-003"]);
    }

    #[test]
    fn features_about_priorities_give_none() {
        for name in ["message prioritization", "priority display in slack", "critical path testing"]
        {
            assert!(!sorts(name), "{name}");
        }
        for name in ["implementation priorities", "p0 must have", "mvp scope", "priority 1"] {
            assert!(sorts(name), "{name}");
        }
    }

    #[test]
    fn titles_carry_priorities() {
        for title in ["Sign in (P1)", "Sign in (Priority: P1)", "[MUST] Sign in", "Sign in - High"]
        {
            assert!(in_title(title), "{title}");
        }
        for title in ["Sign in (web)", "High contrast", "Priority inbox", "Must-see list"] {
            assert!(!in_title(title), "{title}");
        }
    }
}
