//! Labels and their values in one line of text.

use memchr::{memchr, memchr_iter, memchr2_iter};

/// A label with its value, as offsets into the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Labeled {
    pub label: (usize, usize),
    pub value: (usize, usize),
}

/// The most words of a plain label: longer ones are sentences that happen to hold a colon.
const PLAIN_WORDS: usize = 6;
/// Emphasis says that it is a label, so more is allowed.
const MARKED_WORDS: usize = 10;
/// No label is longer. The limit keeps the work on long lines proportional to their length.
const LABEL_BYTES: usize = 120;

/// Gives each labeled value of a line, left to right. `from` is where its text begins, behind a
/// box or mark.
pub(super) fn in_line(line: &str, from: usize, mut each: impl FnMut(Labeled)) {
    if memchr(b':', line.as_bytes()).is_none() {
        return;
    }
    let mut next = first_label(line, from);
    while let Some((label, value_start, value_end)) = next {
        next = following_label(line, value_start);
        let before_next = match next {
            Some((following, ..)) => {
                let before = line[..following.0].trim_end_matches(['*', '_']);
                before.trim_end_matches(is_separator).len()
            }
            None => value_end,
        };
        let end = before_next.clamp(value_start, value_end);
        let value = &line[value_start..end];
        let start = value_start + (value.len() - value.trim_start().len());
        each(Labeled { label, value: (start, start + value.trim().len()) });
    }
}

/// A label, and where its value may begin and end.
type Found = ((usize, usize), usize, usize);

fn first_label(line: &str, from: usize) -> Option<Found> {
    let rest = &line[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &line[start..];
    if rest.starts_with(['*', '_']) { marked_label(line, start) } else { plain_label(line, start) }
}

/// The next label behind a separator: `… | **Owner:** …`, `… | Owner: …`.
fn following_label(line: &str, from: usize) -> Option<Found> {
    let mut places = memchr2_iter(b'|', b'*', &line.as_bytes()[from..]).map(|at| from + at);
    places.find_map(|at| {
        if line[at..].starts_with('|') {
            let parted = line[..at].ends_with(' ') && line[at..].starts_with("| ");
            return if parted { plain_label(line, at + 2) } else { None };
        }
        let before = line[..at].trim_end();
        let parted = before.ends_with(is_hard_separator) || at - before.len() > 1;
        if parted && line[at..].starts_with("**") { marked_label(line, at) } else { None }
    })
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_hard_separator(c)
}

fn is_hard_separator(c: char) -> bool {
    matches!(c, '|' | '·' | '•' | ';' | ',' | '—' | '–' | '/')
}

/// `**Label**:`, `**Label:**`, `*Label:*`, `**Label: value**`, `**Label** (note):`.
fn marked_label(line: &str, at: usize) -> Option<Found> {
    let rest = &line[at..];
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| rest.starts_with(mark))?;
    let start = at + mark.len();
    let inner = head(&line[start..], LABEL_BYTES);
    let inner = &inner[..inner.find(mark)?];
    let close = start + inner.len() + mark.len();
    let after = &line[close..];
    if let Some(label) = inner.trim_end().strip_suffix([':', '：']) {
        return is_label(label, MARKED_WORDS).then_some((
            (start, start + label.len()),
            close,
            line.len(),
        ));
    }
    let note = after.trim_start().strip_prefix('(').map(|note| head(note, LABEL_BYTES));
    let note = note.and_then(|note| note.split_once(')')).map_or("", |(note, _)| note);
    let bare = after.trim_start();
    let bare = if note.is_empty() { bare } else { bare[note.len() + 2..].trim_start() };
    if let Some(value) = bare.strip_prefix([':', '：']) {
        let value_start = line.len() - value.len();
        return is_label(inner, MARKED_WORDS).then_some((
            (start, start + inner.len()),
            value_start,
            line.len(),
        ));
    }
    if !after.trim().is_empty() {
        return None;
    }
    let label = &inner[..inner.find(": ")?];
    let value_start = start + label.len() + 1;
    is_label(label, PLAIN_WORDS).then_some((
        (start, start + label.len()),
        value_start,
        start + inner.len(),
    ))
}

/// `Label: value`, with a blank or nothing behind the colon, so that times and addresses are not
/// taken for one.
fn plain_label(line: &str, at: usize) -> Option<Found> {
    let rest = &line[at..];
    let colon = memchr(b':', head(rest, LABEL_BYTES).as_bytes())?;
    let after = &rest[colon + 1..];
    let parted = after.is_empty() || after.starts_with(|c: char| c.is_whitespace());
    if !parted {
        return None;
    }
    let label = rest[..colon].trim_end();
    let found = !is_sentence(label.as_bytes()) && is_label(label, PLAIN_WORDS);
    found.then_some(((at, at + label.len()), at + colon + 1, line.len()))
}

/// Whether a plain label holds what only sentences and code do.
fn is_sentence(label: &[u8]) -> bool {
    let sign = |byte: &u8| {
        matches!(byte, b',' | b';' | b'!' | b'?' | b'"' | b'`' | b'[' | b'<' | b'*' | b'{' | b'|')
    };
    let ends = |at: usize| label.get(at + 1).is_none_or(|next| *next == b' ');
    label.iter().any(sign) || memchr_iter(b'.', label).any(ends)
}

fn is_label(label: &str, most_words: usize) -> bool {
    // Every second byte at most begins a word.
    let few = label.len() < 2 * most_words || label.split_whitespace().count() <= most_words;
    few && label.contains(|c: char| c.is_alphabetic())
}

/// The first bytes of a text, up to a border between characters.
fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
