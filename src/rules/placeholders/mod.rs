//! Rules about content that a document still owes.
//!
//! A keyword is right one time in four, so no rule here goes by a word alone. Each looks at the
//! place: whether the word fills a value, a cell or a line, what denies it, what quotes it. One
//! hole gives one finding. Where two rules could speak, the more telling one does: a marker
//! before a slot, a slot before an empty section.

mod context;
mod empty_item;
mod empty_section;
mod marker;
mod request;
mod sections;
mod slot;
mod slots;
mod template_text;
mod undecided;
mod words;

#[cfg(test)]
mod tests;

use super::{Check, Rule, TextFinding};
use crate::base::Span;
use crate::facts::DocumentFacts;

pub const EMPTY: &str = "empty-section";

pub static RULES: &[&Rule] = &[
    &marker::RULE,
    &slot::RULE,
    &template_text::RULE,
    &empty_section::RULE,
    &empty_item::RULE,
    &undecided::RULE,
];

/// Whether something in a document stands for what it still owes.
pub(super) fn stand_in(facts: &DocumentFacts) -> bool {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Text(check) = rule.check {
            check(facts, &mut found);
        }
    }
    !found.is_empty()
}

/// Whether a name, behind its id if it has one, begins with a slot that waits to be filled in wherever it stands. What has no name
/// yet is told of as a slot, and its parts are not asked for one by one.
pub(super) fn is_unnamed(name: &str) -> bool {
    let bare = match name.split_once(": ") {
        Some((id, rest)) if !id.contains(['[', ' ']) => rest,
        _ => name,
    };
    slots::at_start(bare.trim()).is_some_and(|(_, weight)| weight >= slots::Weight::Phrase)
}

/// A finding at a span of the document, named by the section that holds it.
fn finding(facts: &DocumentFacts, span: Span, message: String, help: &str) -> TextFinding {
    let after = facts.sections.partition_point(|section| section.heading.start <= span.start);
    let section = &facts.sections[after.saturating_sub(1)];
    let subject = facts.text_of(section.title).to_owned();
    TextFinding { span, message, help: help.to_owned(), subject }
}

/// A piece of text for a message: one line, not too long.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.trim().lines().next().unwrap_or("").trim();
    if line.chars().count() <= LONGEST && line.len() == text.trim().len() {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LONGEST).collect();
    format!("{}…", cut.trim_end())
}
