//! Finds acceptance criteria: boxes, bullets, scenarios, rows, under a heading or label.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use memchr::memchr2_iter;

use super::{Story, above, bare_title, leading};
use crate::base::Span;
use crate::base::words::{List, listed, normalize};
use crate::facts::{BlockKind, DocumentFacts, SectionId};
use crate::model::ids::{self, Bases, Id, Mentions, Named};
use crate::model::part_of;

/// One criterion.
#[derive(Debug, PartialEq)]
pub struct Criterion {
    pub id: Option<Id>,
    pub span: Span,
    pub section: SectionId,
    /// Identifiers in the criterion itself: of stories, if it names any.
    pub names: Mentions,
    /// The innermost heading over it.
    pub under: Arc<Heading>,
}

/// A heading over criteria, which share it.
#[derive(Debug, PartialEq)]
pub struct Heading {
    /// Identifiers in it.
    pub names: Mentions,
    /// What it says without identifiers, normalized.
    pub title: String,
    /// The heading over this one.
    pub above: Option<Arc<Heading>>,
}

impl Criterion {
    /// The headings over the criterion, innermost first.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        std::iter::successors(Some(&*self.under), |heading| heading.above.as_deref())
    }
}

/// The stories that criteria cover, so that asking costs the same among any number of them.
pub struct Covered<'c> {
    named: Named<'c>,
    bases: Bases<'c>,
    /// What the numbers of the criteria's own identifiers begin with.
    numbers: HashSet<&'c str>,
    titles: HashSet<&'c str>,
}

impl<'c> Covered<'c> {
    pub fn by(criteria: &[&'c Criterion]) -> Self {
        let mut known: HashSet<*const Heading> = HashSet::new();
        let mut headings: Vec<&Heading> = Vec::new();
        for criterion in criteria {
            let new = criterion.headings().take_while(|heading| known.insert(*heading));
            headings.extend(new.collect::<Vec<_>>());
        }
        let own_names = || criteria.iter().flat_map(|one| &one.names);
        let mentions = || own_names().chain(headings.iter().flat_map(|heading| &heading.names));
        let own = || criteria.iter().filter_map(|one| one.id.as_ref());
        Self {
            named: Named::by(mentions()),
            bases: Bases::of(mentions().map(|mention| &mention.id).chain(own())),
            numbers: own().flat_map(Id::beginnings).collect(),
            titles: headings.iter().map(|heading| &*heading.title).collect(),
        }
    }

    /// Whether a criterion is one of this story: by an identifier in it or over it, by its own
    /// identifier, or by standing under the story's title.
    pub fn has(&self, story: &Story) -> bool {
        let named = story.id.as_ref().is_some_and(|id| {
            self.named.covers(id) || self.bases.hold(id) || self.numbers.contains(id.numbers())
        });
        named || (!story.name.is_empty() && self.titles.contains(&*story.name))
    }
}

/// Headings and labels over criteria, besides all that speak of acceptance.
const NAMES: &List = listed!(
    "ac|acs|akzeptanzkriterien|conditions of satisfaction|criteria|definition of done|\
    done when|scenarios|success criteria|test criteria"
);
/// Parts of other languages' words for them.
const PARTS: &[&str] = &[
    "acceptance",
    "acceptation",
    "aceitação",
    "aceptación",
    "akzeptanz",
    "accettazione",
    "приемки",
    "приёмки",
];
/// Sections of a criteria document that hold none.
const OTHER: &[&str] = &[
    "overview",
    "introduction",
    "format",
    "story format",
    "definition of ready",
    "legend",
    "out of scope",
    "references",
    "revision history",
    "table of contents",
    "purpose",
    "status",
];

/// Whether a heading, a label or a column, normalized, announces criteria.
pub(super) fn announces(name: &str) -> bool {
    // Every part begins with one of two bytes, and hardly any name holds them before another.
    let parts = |at| PARTS.iter().any(|part| name.as_bytes()[at..].starts_with(part.as_bytes()));
    NAMES.has(name) || memchr2_iter(b'a', 0xd0, name.as_bytes()).any(parts)
}

/// Whether an extent holds criteria, in whatever form.
pub(super) fn stand_in(facts: &DocumentFacts, extent: Span) -> bool {
    let sections = part_of(&facts.sections, extent, |section| section.heading);
    let fields = part_of(&facts.fields, extent, |field| field.label);
    let tables = part_of(&facts.tables, extent, |table| table.span);
    !part_of(&facts.checks, extent, |check| check.mark).is_empty()
        || sections.iter().any(|section| announces(&section.name))
        || fields.iter().any(|field| announces(&field.name))
        || tables.iter().any(|table| {
            table.header().iter().any(|&cell| announces(&normalize(facts.text_of(cell))))
        })
        || facts.codes_in(extent).any(|code| !scenarios(facts, code.span).is_empty())
        || said_in(facts.text_of(extent))
}

/// Whether a text has criteria in a form of its own: a scenario, a key in a code block.
fn said_in(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = ["given", "when", "then"];
    let word =
        |word: &&str| lower.split(|c: char| !c.is_alphanumeric()).any(|found| found == *word);
    lower.contains("acceptance criteri")
        || lower.contains("acceptance_criteria")
        || words.iter().all(word)
        || ids::find(text).iter().any(|mention| mention.id.prefix().split('-').any(|p| p == "AC"))
}

/// The criteria of a document; in a document of criteria everything listed is one.
pub(super) fn read(facts: &DocumentFacts, mentions: &Mentions, whole: bool) -> Vec<Criterion> {
    let mut found: Vec<Criterion> = Vec::new();
    let mut headings = Headings { facts, mentions, known: HashMap::new() };
    for (id, place) in places(facts, whole) {
        collect(&mut headings, id, place, &mut found);
    }
    found.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
    found.dedup_by(|next, first| first.span.covers(next.span));
    found
}

/// Where criteria stand: a section or the content of a label.
fn places(facts: &DocumentFacts, whole: bool) -> Vec<(SectionId, Span)> {
    if whole {
        let holds = |name: &str| !OTHER.contains(&name);
        let sections = facts.sections().filter(|(_, section)| holds(&section.name));
        return sections.map(|(id, section)| (id, section.body)).collect();
    }
    let sections = facts.sections().filter(|(_, section)| announces(&section.name));
    let sections = sections.map(|(id, section)| (id, section.extent));
    let fields = facts.fields.iter().filter(|field| announces(&field.name));
    let fields = fields.map(|field| (field.section, field.content));
    sections.chain(fields).collect()
}

/// The headings of a document, each read once.
struct Headings<'f> {
    facts: &'f DocumentFacts,
    mentions: &'f Mentions,
    known: HashMap<SectionId, Arc<Heading>>,
}

impl Headings<'_> {
    fn of(&mut self, id: SectionId) -> Arc<Heading> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let section = self.facts.section(id);
        let above = section.parent.map(|parent| self.of(parent));
        let names = self.mentions.within(section.title);
        let first = names.first().map(|mention| &mention.id);
        let title = bare_title(self.facts.text_of(section.title), first);
        let heading = Arc::new(Heading { names, title, above });
        self.known.insert(id, heading.clone());
        heading
    }
}

fn collect(
    headings: &mut Headings<'_>,
    section: SectionId,
    place: Span,
    found: &mut Vec<Criterion>,
) {
    let facts = headings.facts;
    let before = found.len();
    let mut end = 0;
    for block in part_of(&facts.blocks, place, |block| block.span) {
        // An item holds its own items; rows are read from the tables.
        if block.kind == BlockKind::Code && block.span.start >= end {
            let scenarios = scenarios(facts, block.span).into_iter();
            found.extend(scenarios.map(|span| scenario(headings, block.section, span)));
            continue;
        }
        let listed = block.kind == BlockKind::Item;
        if block.span.start < end || !(listed || is_scenario(facts, block.kind, block.span)) {
            continue;
        }
        end = block.span.end;
        let goes_on = found.len() > before && continues(facts.text_of(block.span));
        match found.last_mut() {
            Some(last) if goes_on && last.section == block.section => {
                last.span.end = block.span.end;
            }
            _ => found.push(criterion(headings, block.section, block.span)),
        }
    }
    for table in part_of(&facts.tables, place, |table| table.span) {
        let header = table.header().iter().map(|&cell| normalize(facts.text_of(cell)));
        let kept = ["criterion", "kriterium", "given", "then", "expected", "requirement"];
        let fits = |name: String| announces(&name) || kept.contains(&name.as_str());
        if header.into_iter().any(fits) {
            let rows = table.rows().filter_map(|row| Some(row.first()?.to(*row.last()?)));
            found.extend(rows.map(|row| criterion(headings, section, row)));
        }
    }
}

fn is_scenario(facts: &DocumentFacts, kind: BlockKind, span: Span) -> bool {
    kind == BlockKind::Paragraph && first_word(facts.text_of(span)).eq_ignore_ascii_case("given")
}

/// The scenarios in a block of code: from each line `Scenario: …` to the next, with the tags before
/// it, or all of it where steps stand alone.
fn scenarios(facts: &DocumentFacts, block: Span) -> Vec<Span> {
    let text = facts.text_of(block);
    let (mut starts, mut steps) = (Vec::new(), (false, false));
    let (mut at, mut tags) = (0, None);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        match first_word(bare).to_lowercase().as_str() {
            _ if bare.starts_with(['@', '#']) => _ = tags.get_or_insert(at),
            "scenario" | "example" if bare.contains(':') => starts.push(tags.take().unwrap_or(at)),
            word => {
                steps = (steps.0 | (word == "given" || word == "when"), steps.1 | (word == "then"));
                tags = None;
            }
        }
        at += line.len();
    }
    if steps != (true, true) {
        return Vec::new();
    }
    if starts.is_empty() {
        return vec![block];
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let spans = starts.iter().zip(ends);
    let from = block.start as usize;
    spans.map(|(&start, end)| Span::new(from + start, from + end)).collect()
}

/// "When …" and "Then …" go on what "Given …" began.
fn continues(text: &str) -> bool {
    let word = first_word(text).to_lowercase();
    ["when", "then", "and", "but"].contains(&word.as_str())
        && text.trim_start_matches(|c: char| !c.is_alphanumeric()).len() < text.len()
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("")
}

fn criterion(headings: &mut Headings<'_>, section: SectionId, span: Span) -> Criterion {
    let facts = headings.facts;
    let id = leading(facts, span).map(|mention| mention.id);
    let id = id.or_else(|| own_heading(facts, section));
    let names = headings.mentions.within(span);
    Criterion { id, span, section, names, under: headings.of(section) }
}

/// A criterion written as code, where tags and remarks name the story.
fn scenario(headings: &mut Headings<'_>, section: SectionId, span: Span) -> Criterion {
    let mut found = criterion(headings, section, span);
    let text = headings.facts.text_of(span).replace('@', " ");
    let tagged = ids::find(&text).into_iter().map(|mut mention| {
        mention.span.start += span.start;
        mention.span.end += span.start;
        mention
    });
    found.names = found.names.iter().cloned().chain(tagged).collect::<Vec<_>>().into();
    found
}

/// The criterion's identifier where it has a heading of its own: `### AC-AUTH-001: …`.
fn own_heading(facts: &DocumentFacts, section: SectionId) -> Option<Id> {
    above(facts, section).next()?;
    let mention = leading(facts, facts.section(section).title)?;
    mention.id.prefix().split('-').any(|part| part == "AC").then_some(mention.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn read_all(text: &str, whole: bool) -> Vec<String> {
        let facts = extract(text.as_bytes());
        let first =
            |one: Criterion| facts.text_of(one.span).lines().next().unwrap_or("").to_owned();
        read(&facts, &Mentions::of(&facts), whole).into_iter().map(first).collect()
    }

    #[test]
    fn criteria_come_as_boxes_scenarios_and_rows() {
        let boxes =
            "### US-1: A\n**ACCEPTANCE CRITERIA:**\n- [ ] one\n- [x] two\n\n## Notes\n- no\n";
        assert_eq!(read_all(boxes, false), ["- [ ] one", "- [x] two"]);
        let scenario = "#### 1.1 Install\n- **Given** a\n- **When** b\n- **Then**\n  - c\n  - d\n";
        assert_eq!(read_all(scenario, true), ["- **Given** a"]);
        let rows = "| ID | Criterion |\n|---|---|\n| AC-1 | one |\n";
        assert_eq!(read_all(rows, true), ["AC-1 | one"]);
        let fenced = "### US-1: A\n```gherkin\nFeature: A\n  @US-1\n  Scenario: one\n    Given a\n    \
            Then b\n  Scenario: two\n    When c\n    Then d\n```\n### US-2: B\n```\nGiven a\nWhen b\n\
            Then c\n```\n### US-3: C\n```sh\nrun\n```\n";
        assert_eq!(read_all(fenced, true), ["  @US-1", "  Scenario: two", "```"]);
        let numbered =
            "### Acceptance Criteria\n\n1. **Given** a\n   **When** b\n\n2. **Given** c\n";
        assert_eq!(read_all(numbered, false).len(), 2);
    }

    #[test]
    fn a_criterion_knows_what_it_stands_under() {
        let facts = extract(b"## Iteration 1\n### US-001: Join the shed\n- **AC-001.1** Given a\n");
        let found = read(&facts, &Mentions::of(&facts), true);
        assert_eq!(found[0].id.as_ref().map(ToString::to_string).as_deref(), Some("AC-001.1"));
        let mut names = found[0].headings().flat_map(|heading| &heading.names);
        assert!(names.any(|mention| mention.id.to_string() == "US-001"));
        assert_eq!(found[0].under.title, "join the shed");
    }
}
