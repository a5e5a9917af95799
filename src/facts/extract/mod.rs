//! From bytes to facts, in one pass over the events of the Markdown parser.

mod blocks;
mod checks;
mod defects;
mod fields;
mod front_matter;
mod leaves;
mod paths;
mod run;
mod sections;
mod walk;

#[cfg(test)]
mod tests;

use super::{Defect, DocumentFacts};
use crate::base::Span;

/// Reads the facts of a document. Any bytes will do; what is wrong with them is a fact too. Bytes
/// that are handed over become the document's text without a copy.
pub fn extract(bytes: impl Into<Vec<u8>>) -> DocumentFacts {
    let bytes = bytes.into();
    let mut found = defects::in_bytes(&bytes);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    let mut facts = walk::Walk::new(&text).run();
    found.extend(defects::conflict_markers(&text, &facts.codes));
    facts.defects.append(&mut found);
    facts.defects.sort_by_key(|defect: &Defect| defect.span);
    facts.text = text.into_boxed_str();
    facts
}

/// The span of a part that was borrowed from `text`, or nothing where it is a copy.
fn span_in(text: &str, part: &str) -> Option<Span> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (start + part.len() <= text.len()).then(|| Span::new(start, start + part.len()))
}

/// The span of `text[start..end]` without the white space around it. Only what Markdown takes
/// for white space goes: a cell or paragraph may consist of other kinds.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let part = text.get(start..end).unwrap_or("");
    let start = start + (part.len() - part.trim_ascii_start().len());
    Span::new(start, start + part.trim_ascii().len())
}
