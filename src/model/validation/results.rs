//! Results of stories, journeys and whatever else a document checked.

use super::scope;
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{Block, BlockKind, CheckState, DocumentFacts};
use crate::model::ids::{self, Mentions};
use crate::model::outcome::{self, Outcome};
use crate::model::phrases::{flat, listed, one_of, opens_with_any};
use crate::workflow::Vocabulary;

/// One thing that was checked, with its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The row, item or heading.
    pub span: Span,
    pub outcome: Outcome,
    /// The identifiers that it is about: in its first cell or its label.
    pub about: Mentions,
    /// The stories that it passes for, by a column that says so.
    pub passes: Mentions,
    /// Every identifier that it names.
    pub names: Mentions,
    /// Its first cell or label, normalized.
    pub name: String,
}

/// Every result, in document order.
pub(super) fn read(facts: &DocumentFacts, words: &Vocabulary) -> Vec<Checked> {
    let mut found = Vec::new();
    let mentions = Mentions::of(facts);
    rows(facts, &mentions, words, &mut found);
    items(facts, &mentions, words, &mut found);
    paragraphs(facts, &mentions, words, &mut found);
    headings(facts, &mentions, words, &mut found);
    // What was not run is no result.
    found.retain(|checked| checked.outcome != Outcome::Open);
    found.sort_by_key(|checked| checked.span);
    found
}

fn rows(facts: &DocumentFacts, mentions: &Mentions, words: &Vocabulary, found: &mut Vec<Checked>) {
    for table in &facts.tables {
        let headers: Vec<String> =
            table.header().iter().map(|cell| normalize(facts.text_of(*cell))).collect();
        for row in table.rows() {
            let whole = row.iter().copied().reduce(Span::to).unwrap_or_default();
            let (Some(&first), Some(outcome)) =
                (row.first(), outcome::of_row(facts, &headers, row, words))
            else {
                continue;
            };
            // "| 1 | US-001 | …": a column of numbers says nothing.
            let lead = row.iter().find(|cell| !mentions.within(**cell).is_empty());
            let lead = lead.filter(|cell| cell.start <= first.end + 24).unwrap_or(&first);
            let mut told = checked(facts, mentions, whole, *lead, outcome);
            let stories = headers.iter().position(|header| {
                one_of(listed!("stories|user stories|story|user story|stories covered"), header)
            });
            if let Some(&cell) = stories.and_then(|at| row.get(at))
                && outcome == Outcome::Pass
            {
                told.passes = mentions.within(cell);
            }
            found.push(told);
        }
    }
}

fn items(facts: &DocumentFacts, mentions: &Mentions, words: &Vocabulary, found: &mut Vec<Checked>) {
    for item in facts.blocks.iter().filter(|block| block.kind == BlockKind::Item) {
        let whole = facts.text_of(item.span);
        let line = whole.lines().next().unwrap_or("");
        let own = Span { start: item.span.start, end: item.span.start + line.len() as u32 };
        let at = facts.checks.partition_point(|check| check.mark.start < own.start);
        let check = facts.checks.get(at).filter(|check| own.covers(check.mark));
        let said = outcome::of_line(line).or_else(|| said_plainly(facts, own, words));
        let outcome = match check.map(|check| check.state) {
            // An open box is no result, unless what stands below says that it failed.
            Some(CheckState::Open) => outcome::of_line(whole).filter(|one| *one == Outcome::Fail),
            Some(CheckState::Done) => said.or(Some(Outcome::Pass)),
            Some(CheckState::Failed) => said.or(Some(Outcome::Fail)),
            _ => said,
        };
        if let Some(outcome) = outcome {
            found.push(checked(facts, mentions, own, label(facts, own), outcome));
        }
    }
}

/// `US-001 to US-008: PASS` on a line of its own.
fn paragraphs(
    facts: &DocumentFacts,
    mentions: &Mentions,
    words: &Vocabulary,
    found: &mut Vec<Checked>,
) {
    let of_item = |block: &Block| {
        let parent = block.parent.and_then(|parent| facts.blocks.get(parent as usize));
        parent.is_some_and(|parent| parent.kind == BlockKind::Item)
    };
    let paragraphs = facts.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    for paragraph in paragraphs.filter(|block| !of_item(block)) {
        let mut start = paragraph.span.start;
        for line in facts.text_of(paragraph.span).split_inclusive('\n') {
            let own = Span { start, end: start + line.trim_end().len() as u32 };
            start += line.len() as u32;
            if let Some(outcome) = said_plainly(facts, own, words) {
                found.push(checked(facts, mentions, own, label(facts, own), outcome));
            }
        }
    }
}

/// The result behind a label that is made of identifiers: `US-001: verified`. Only a failure that
/// is all of what stands there counts, as "failed logins are counted" tells what a story is about.
fn said_plainly(facts: &DocumentFacts, line: Span, words: &Vocabulary) -> Option<Outcome> {
    let label = label(facts, line);
    let opens = flat(facts.text_of(label));
    let first =
        ids::within(facts, label).first().map(|mention| flat(facts.text_of(mention.span)))?;
    let value = facts.text_of(Span { start: label.end, end: line.end });
    let value = value.trim_start_matches([':', '—', '–', '→', '*', '_', ' ']);
    let outcome = outcome::of_value(value, words).filter(|_| opens.starts_with(&first))?;
    let whole = words.fail.contains(&normalize(value));
    (outcome == Outcome::Pass || whole).then_some(outcome)
}

/// What stands before the colon or dash of a line.
fn label(facts: &DocumentFacts, line: Span) -> Span {
    let text = facts.text_of(line);
    let length = text.find([':', '—', '–', '→']).unwrap_or(text.len()) as u32;
    Span { start: line.start, end: line.start + length }
}

/// `### US-001: Join — ✅ PASS`, and headings with a result below them.
fn headings(
    facts: &DocumentFacts,
    mentions: &Mentions,
    words: &Vocabulary,
    found: &mut Vec<Checked>,
) {
    for (_, section) in facts.sections().filter(|(_, section)| section.level > 1) {
        let title = facts.text_of(section.title);
        let named = !mentions.within(section.title).is_empty()
            || opens_with_any(
                &section.name,
                listed!("user story|story|golden path|journey|scenario"),
            );
        if !named {
            continue;
        }
        let labels = scope::fields_in(facts, section.extent).iter();
        let label = labels.filter(|field| {
            one_of(listed!("result|status|verdict|outcome|validation|test result"), &field.name)
        });
        let stated = label.filter_map(|field| {
            let value = facts.text_of(field.value);
            outcome::of_value(value, words).or_else(|| outcome::of_line(value))
        });
        let mut stated = stated.filter(|outcome| *outcome != Outcome::Open);
        if let Some(outcome) = outcome::of_line(title).or_else(|| stated.next_back()) {
            found.push(checked(facts, mentions, section.heading, section.title, outcome));
        }
    }
}

fn checked(
    facts: &DocumentFacts,
    mentions: &Mentions,
    span: Span,
    lead: Span,
    outcome: Outcome,
) -> Checked {
    Checked {
        span,
        outcome,
        about: mentions.cut_to(facts, lead),
        passes: Mentions::default(),
        names: mentions.within(span),
        name: normalize(facts.text_of(lead)),
    }
}
