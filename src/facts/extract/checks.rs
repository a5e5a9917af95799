//! Boxes and marks at the start of a text.

use crate::facts::CheckState;

const GLYPHS: [(&str, CheckState); 15] = [
    ("□", CheckState::Open),
    ("☐", CheckState::Open),
    ("🔲", CheckState::Open),
    ("⬜", CheckState::Open),
    ("✅", CheckState::Done),
    ("☑", CheckState::Done),
    ("✔", CheckState::Done),
    ("✓", CheckState::Done),
    ("🗹", CheckState::Done),
    ("❌", CheckState::Failed),
    ("✗", CheckState::Failed),
    ("✘", CheckState::Failed),
    ("❎", CheckState::Failed),
    ("⚠", CheckState::Partial),
    ("🟡", CheckState::Partial),
];

/// A box or mark that a line begins with, as offsets into the line. Emphasis may open before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub state: CheckState,
    pub start: usize,
    pub end: usize,
}

pub(super) fn at_start(line: &str) -> Option<Mark> {
    let bare = line.trim_start_matches(['*', '_', ' ', '\t']);
    let start = line.len() - bare.len();
    // Almost every line begins with a letter; nothing below does.
    let first = *bare.as_bytes().first()?;
    if first == b'[' {
        let state = match bare.as_bytes().get(1..3)? {
            b" ]" => CheckState::Open,
            b"x]" | b"X]" => CheckState::Done,
            _ => return None,
        };
        let after = &bare[3..];
        let parted = after.is_empty() || after.starts_with(|c: char| c.is_whitespace());
        return parted.then_some(Mark { state, start, end: start + 3 });
    }
    if first < 0x80 {
        return None;
    }
    let &(glyph, state) = GLYPHS.iter().find(|(glyph, _)| bare.starts_with(glyph))?;
    let after = &bare[glyph.len()..];
    let variation = if after.starts_with('\u{fe0f}') { '\u{fe0f}'.len_utf8() } else { 0 };
    Some(Mark { state, start, end: start + glyph.len() + variation })
}
