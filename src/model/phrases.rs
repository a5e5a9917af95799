//! Small questions about wording that several readers ask.

use std::borrow::Cow;

pub(crate) use crate::base::words::listed;
pub use crate::base::words::{List, flat};

/// Whether a flat text holds a phrase as whole words.
pub fn has(flat: &str, phrase: &str) -> bool {
    let mut rest = flat;
    while rest.len() >= phrase.len() {
        if opens_with(rest, phrase) {
            return true;
        }
        let Some(after) = after_word(rest) else { return false };
        rest = after;
    }
    false
}

/// What follows the first word of a flat text. Words are short, so that no search needs to
/// prepare itself.
fn after_word(flat: &str) -> Option<&str> {
    let blank = flat.bytes().position(|byte| byte == b' ')?;
    flat.get(blank + 1..)
}

/// The words of a flat text.
pub fn words(flat: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(flat);
    std::iter::from_fn(move || {
        let flat = rest?;
        rest = after_word(flat);
        flat.get(..flat.len() - rest.map_or(0, |rest| rest.len() + 1))
    })
}

/// Whether a flat text holds any phrase of a list.
pub fn has_any(flat: &str, list: &List) -> bool {
    let mut rest = flat;
    loop {
        if opens_with_any(rest, list) {
            return true;
        }
        let Some(after) = after_word(rest) else { return false };
        rest = after;
    }
}

/// Whether a list holds a word or phrase.
pub fn one_of(list: &List, word: &str) -> bool {
    list.has(word)
}

/// Whether a flat text begins with any phrase of a list.
pub fn opens_with_any(flat: &str, list: &List) -> bool {
    list.lengths_like(flat).any(|length| {
        let ends = flat.as_bytes().get(length).is_none_or(|next| *next == b' ');
        ends && flat.get(..length).is_some_and(|start| list.has(start))
    })
}

/// Whether a flat text begins with a phrase as whole words.
pub fn opens_with(flat: &str, phrase: &str) -> bool {
    flat.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The sentences of a text: parted by sentence marks before a blank, by semicolons, by dashes
/// between blanks and by empty lines.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (head, tail) = rest.split_at(sentence_end(rest));
        rest = tail;
        Some(head.trim())
    })
    .filter(|sentence| !sentence.is_empty())
}

fn sentence_end(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let after = text[next..].chars().next();
        let parted = after.is_none_or(char::is_whitespace);
        let ends = match c {
            '.' | '!' | '?' | ';' => parted,
            '—' | '–' => true,
            '-' => before.is_whitespace() && parted,
            '\n' => before == '\n',
            _ => false,
        };
        if ends {
            return next;
        }
        before = c;
    }
    text.len()
}

/// The number that a word is, in digits or spelled out.
pub fn number(word: &str) -> Option<usize> {
    const SPELLED: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { word.parse().ok() } else { SPELLED.iter().position(|spelled| *spelled == word) }
}

/// A text without emphasis marks, leading numbering and symbols: how messages show a heading.
pub fn title(text: &str) -> String {
    let text =
        text.trim().trim_start_matches(|c: char| !c.is_alphanumeric() && !"[`(<".contains(c));
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match numbered.strip_prefix(['.', ')']) {
        Some(rest) if numbered.len() < text.len() && rest.starts_with(' ') => rest,
        _ => text,
    };
    let bare: String = text.replace("**", "").replace("__", "");
    bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*')).to_owned()
}

/// A text without what is struck through.
pub fn without_struck(text: &str) -> Cow<'_, str> {
    if text.matches("~~").count() < 2 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split("~~").step_by(2).collect())
}

/// Whether a text only holds the place of something to come: nothing, a dash, a slot, a marker.
pub fn is_blank(text: &str) -> bool {
    let bare = text.trim().trim_matches(['*', '_', '.', ' ']);
    let slot = |open: char, close: char| {
        bare.strip_prefix(open)
            .and_then(|inner| inner.strip_suffix(close))
            .is_some_and(|inner| !inner.contains([open, close]))
    };
    let dash = bare.chars().all(|c| matches!(c, '-' | '—' | '–' | '.' | '…'));
    // All of them begin with one of two letters.
    let first = bare.bytes().find(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let may_mark = first.is_some_and(|first| matches!(first | 0x20, b't' | b'p') || first > 127);
    let marker = || {
        matches!(
            flat(bare).as_str(),
            "tbd"
                | "todo"
                | "tbc"
                | "pending"
                | "to be determined"
                | "to be decided"
                | "to be filled"
        )
    };
    dash || may_mark && marker() || slot('[', ']') || slot('<', '>') || bare.starts_with("{{")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words() {
        let text = flat("No *architectural* deviations; can't say more");
        assert_eq!(text, "no architectural deviations cant say more");
        assert!(has(&text, "architectural deviations") && !has(&text, "deviation"));
        assert!(opens_with(&text, "no") && !opens_with(&text, "n"));
    }

    #[test]
    fn sentences_end_at_marks_and_not_inside_names() {
        let text = "None — see ARCHITECTURE.md now. Then b; c - d\n\ne";
        let found: Vec<_> = sentences(text).collect();
        assert_eq!(found, ["None —", "see ARCHITECTURE.md now.", "Then b;", "c -", "d", "e"]);
    }

    #[test]
    fn titles_lose_their_marks_and_slots_are_blank() {
        assert_eq!(title("**2. [Rule 1] Fixed `x`**:"), "[Rule 1] Fixed `x`");
        assert_eq!(title("#### ✗ Deviation 1: Storage"), "Deviation 1: Storage");
        assert!(is_blank(" — ") && is_blank("[what and why]") && is_blank("_TBD_"));
        assert!(!is_blank("None") && !is_blank("[a](b) and [c](d)"));
    }
}
