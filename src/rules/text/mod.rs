//! Rules about a document as a text: can it be read as its writer meant it?

mod conflict_marker;
mod empty_document;
mod unclosed_fence;
mod unreadable_text;

use super::Rule;

pub static RULES: &[&Rule] =
    &[&empty_document::RULE, &unclosed_fence::RULE, &conflict_marker::RULE, &unreadable_text::RULE];

pub const EMPTY: &str = "empty-document";
