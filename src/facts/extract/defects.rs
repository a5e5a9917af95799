//! What is wrong with a document as a text: damaged bytes and lines left by a merge.

use memchr::{memchr, memmem};

use crate::base::Span;
use crate::facts::{Code, Defect, DefectKind};

/// The first byte that is not UTF-8 and the first NUL, placed in the decoded text, of which this
/// much was sound.
pub(super) fn in_bytes(text: &str, sound: usize) -> Vec<Defect> {
    let mut found = Vec::new();
    // Everything before the first bad byte decodes to itself, so its offset holds in the text.
    if sound < text.len() {
        let span = Span::new(sound, sound + char::REPLACEMENT_CHARACTER.len_utf8());
        found.push(Defect { kind: DefectKind::NotUtf8, span });
    }
    if let Some(at) = memchr(0, &text.as_bytes()[..sound]) {
        found.push(Defect { kind: DefectKind::Nul, span: Span::new(at, at + 1) });
    }
    found
}

/// The marker lines of unresolved merges. A line of equals signs alone underlines a heading, so
/// it counts only between the two markers that nothing else looks like.
pub(super) fn conflict_markers(text: &str, codes: &[Code]) -> Vec<Defect> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let ours = memmem::find(bytes, b"<<<<<<< ");
    let theirs = memmem::find(bytes, b">>>>>>> ");
    let Some(first) = ours.into_iter().chain(theirs).min() else { return found };

    let mut at = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let mut inside = false;
    for line in text[at..].split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        let span = Span::new(at, at + bare.len());
        at += line.len();
        let opens = bare.starts_with("<<<<<<< ");
        let closes = bare.starts_with(">>>>>>> ");
        let parts = inside && (bare == "=======" || bare.starts_with("||||||| "));
        if (opens || closes || parts) && !is_code(codes, span) {
            inside = !closes;
            found.push(Defect { kind: DefectKind::ConflictMarker, span });
        }
    }
    found
}

fn is_code(codes: &[Code], line: Span) -> bool {
    let before = codes.partition_point(|code| code.span.start <= line.start);
    before.checked_sub(1).is_some_and(|last| codes[last].span.end > line.start)
}
