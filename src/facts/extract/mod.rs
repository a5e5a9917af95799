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

use super::{Block, BlockKind, Code, Defect, DocumentFacts, Section};
use crate::base::Span;

/// Reads the facts of a document. Any bytes will do; what is wrong with them is a fact too. Bytes
/// that are handed over become the document's text without a copy.
pub fn extract(bytes: impl Into<Vec<u8>>) -> DocumentFacts {
    let (text, mut found) = decoded(bytes.into());
    let mut facts = walk::Walk::new(&text).run();
    found.extend(defects::conflict_markers(&text, &facts.codes));
    facts.defects.append(&mut found);
    facts.defects.sort_by_key(|defect: &Defect| defect.span);
    facts.text = text.into_boxed_str();
    facts
}

/// The facts of a file that is no Markdown: it is one block of code.
pub fn extract_code(bytes: impl Into<Vec<u8>>) -> DocumentFacts {
    let (text, defects) = decoded(bytes.into());
    let whole = Span::new(0, text.len());
    let (start, none) = (Span::default(), Box::default());
    let section = Section {
        level: 0,
        parent: None,
        heading: start,
        title: start,
        name: none,
        body: whole,
        extent: whole,
    };
    let block =
        Block { kind: BlockKind::Code, span: whole, section: 0, parent: None, inlines: (0, 0) };
    let code =
        Code { language: start, body: whole, span: whole, fenced: false, section: 0, block: 0 };
    DocumentFacts {
        text: text.into_boxed_str(),
        defects,
        sections: vec![section],
        blocks: vec![block],
        codes: vec![code],
        ..DocumentFacts::default()
    }
}

/// The text of some bytes, and what is wrong with them.
fn decoded(bytes: Vec<u8>) -> (String, Vec<Defect>) {
    let (text, sound) = match String::from_utf8(bytes) {
        Ok(text) => {
            let sound = text.len();
            (text, sound)
        }
        Err(error) => {
            let sound = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), sound)
        }
    };
    let found = defects::in_bytes(&text, sound);
    (text, found)
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
