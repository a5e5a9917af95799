//! Front matter at the very start of a document.
//!
//! The Markdown parser would take metadata blocks anywhere and hide what they hold, so they are
//! found here, at the start only, and the parser never hears of them.

use super::trimmed;
use crate::base::{Span, words};
use crate::facts::{BlockId, Field, SectionId};

/// The front matter that begins at `start`, from fence to fence.
pub(super) fn find(text: &str, start: usize) -> Option<Span> {
    let mut lines = text[start..].split_inclusive('\n');
    let opening = lines.next()?;
    let fence = opening.trim_end();
    let key_end = separator(fence)?;
    let mut at = start + opening.len();
    let mut keys = false;
    for line in lines {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            return keys.then(|| Span::new(start, at + bare.len()));
        }
        // A thematic break may open a document too. What follows is metadata only while it
        // reads like it; one line of prose at the margin makes all of it Markdown.
        let nested = bare.starts_with([' ', '\t', '#', ']', '}', '['])
            || bare == "-"
            || bare.starts_with("- ");
        if key(bare, key_end).is_some() {
            keys = true;
        } else if !(bare.is_empty() && keys || nested) {
            return None;
        }
        at += line.len();
    }
    None
}

/// The top-level keys of front matter, as fields of one block.
pub(super) fn fields(
    text: &str,
    front_matter: Span,
    section: SectionId,
    block: BlockId,
    out: &mut Vec<Field>,
) {
    let mut at = front_matter.start as usize;
    let mut mark = ':';
    let body = &text[front_matter.range()];
    let first = out.len();
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let (start, bare) = (at, line.trim_end());
        at += line.len();
        if number == 0 {
            mark = separator(bare).unwrap_or(':');
        } else if at >= front_matter.end as usize {
            break;
        } else if let Some(label) = key(bare, mark) {
            let value = trimmed(text, start + label.len() + 1, start + bare.len());
            let name = words::normalize(label).into();
            let label = trimmed(text, start, start + label.len());
            out.push(Field { label, name, value, content: value, section, block });
        } else if let (Some(last), false) = (out[first..].last_mut(), bare.is_empty()) {
            last.content.end = (start + bare.len()) as u32;
        }
    }
}

fn separator(fence: &str) -> Option<char> {
    match fence {
        "---" => Some(':'),
        "+++" => Some('='),
        _ => None,
    }
}

/// The key of a line at the margin, blanks before the separator included.
fn key(line: &str, separator: char) -> Option<&str> {
    let (key, value) = line.split_once(separator)?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
    let starts = key.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
    let parted = value.is_empty() || value.starts_with([' ', '\t']) || separator == '=';
    (starts && parted && key.chars().all(plain)).then_some(key)
}
