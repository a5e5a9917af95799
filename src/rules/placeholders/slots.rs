//! What an unfilled slot looks like: `[Location/Link]`, `<description>`, `{{name}}`, `____`.

use super::words;

/// How sure it is that a text in brackets waits to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It means what it says.
    None,
    /// One word that names a thing: a slot where it is all of a value.
    Noun,
    /// Several words: a slot where it is all of a value, or among other slots.
    Phrase,
    /// It describes what belongs there: a slot wherever it stands.
    Certain,
}

/// The bracketed text at the start of `text`, brackets included, with its weight.
pub(super) fn at_start(text: &str) -> Option<(&str, Weight)> {
    const LONGEST: usize = 400;
    let open = text.chars().next()?;
    let close = match open {
        '[' => ']',
        '<' => '>',
        '{' => '}',
        '_' => return blank(text),
        _ => return None,
    };
    let mut depth = 0;
    let mut end = None;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            c if c == open => depth += 1,
            c if c == close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            end = Some(at + c.len_utf8());
            break;
        }
    }
    let whole = &text[..end?];
    let inner = whole.trim_matches([open, close]).trim();
    let weight = match open {
        '[' => in_square(inner),
        '<' => in_angle(whole, inner),
        _ => in_curly(whole, inner),
    };
    Some((whole, weight))
}

/// Whether a whole line, value or cell is a slot. Its end may bear punctuation.
pub(super) fn fills(text: &str) -> bool {
    // No slot begins with a letter, but some forms of a date do.
    if text.starts_with(|c: char| c.is_ascii_alphanumeric() && !matches!(c, 'Y' | 'M' | 'D')) {
        return false;
    }
    let text = text.trim().trim_matches(['*', '"', '.', ',']).trim();
    if matches!(text, "..." | "…" | "YYYY-MM-DD" | "DD/MM/YYYY" | "MM/DD/YYYY" | "DD.MM.YYYY") {
        return true;
    }
    at_start(text).is_some_and(|(slot, weight)| slot.len() == text.len() && weight > Weight::None)
}

/// A line to write on.
fn blank(text: &str) -> Option<(&str, Weight)> {
    let end = text.find(|c| c != '_').unwrap_or(text.len());
    (end >= 3).then_some((&text[..end], Weight::Noun))
}

fn in_square(inner: &str) -> Weight {
    let first = first_word(inner);
    let starts = inner.starts_with(|c: char| c.is_alphanumeric() || c == '#');
    let code = inner.contains(['=', ';', '\\', '`']) || inner.starts_with(['"', '\'']);
    let names_file = inner.split([' ', ',']).any(|word| {
        let end = word.rsplit_once('.').map_or("", |(_, end)| end);
        (2..5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let describes = words::contains(words::SLOT_OPENERS, first) || inner.contains("e.g.");
    let names_file = names_file && !describes;
    if !starts || code || first.is_empty() || inner.contains("://") || inner.len() < 3 || names_file
    {
        return Weight::None;
    }
    if inner.starts_with("e.g") || inner.contains("e.g.") || inner.contains("for example") {
        return Weight::Certain;
    }
    let count = inner.split_whitespace().count();
    let listed = inner.contains([',', '|']) && parts(inner).all(|part| !part.contains(' '));
    let numbered = inner.bytes().any(|byte| byte.is_ascii_digit());
    if is_capitals(inner) {
        // A short tag such as [API] or [US1] is none; names in capitals are.
        let joined = inner.contains('_') && inner.len() > 4;
        let noun = inner.split(' ').any(|word| words::contains(words::SLOT_NOUNS, word));
        return match () {
            () if listed || words::contains(words::BRACKET_WORDS, first) => Weight::None,
            () if joined => Weight::Certain,
            () if noun && count > 1 => Weight::Certain,
            () if noun => Weight::Phrase,
            () if count > 1 && !numbered => Weight::Phrase,
            () => Weight::None,
        };
    }
    if count == 1 {
        return in_one_word(inner, listed || numbered);
    }
    if listed || words::contains(words::ASIDES, first) {
        return Weight::None;
    }
    let aside = inner[first.len()..].starts_with([',', ':', ';']);
    if words::contains(words::BRACKET_WORDS, first) && (count < 3 || aside) {
        return Weight::None;
    }
    // A capital may as well begin the text of a link that leads nowhere.
    let describes =
        words::contains(words::SLOT_OPENERS, first) && first.starts_with(char::is_lowercase);
    if describes { Weight::Certain } else { Weight::Phrase }
}

/// `[Name]`, `[Location/Link]`, `[feature-name]`; not `[pending]`, `[Authorize]`, `[a.md]`.
fn in_one_word(word: &str, listed: bool) -> Weight {
    if listed && !word.contains('/') || word.contains('.') {
        return Weight::None;
    }
    let mut parts = word.split(['/', '-', '_', '#']).filter(|part| !part.is_empty());
    let noun = parts.any(|part| words::contains(words::SLOT_NOUNS, part));
    if noun { Weight::Noun } else { Weight::None }
}

fn in_angle(whole: &str, inner: &str) -> Weight {
    const LONGEST: usize = 160;
    let first = first_word(inner);
    // `a < 2 and b > 1` compares.
    let tight = whole.len() == inner.len() + 2 && inner.len() <= LONGEST;
    let address = inner.contains("://") || inner.contains('@') && !inner.contains(' ');
    let code = inner.contains(['=', '<', '\n', ';', '&']) || inner.ends_with('/') || address;
    let letters = inner.starts_with(char::is_alphabetic);
    let amount = inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.split([' ', '-']).any(|word| words::contains(words::AMOUNTS, word));
    if !tight || code || !(letters || amount) || words::contains(words::BRACKET_WORDS, inner) {
        return Weight::None;
    }
    let count = inner.split_whitespace().count();
    if words::contains(words::ELEMENTS, first) && count < 3 {
        return Weight::None;
    }
    if count > 1 { Weight::Certain } else { Weight::Noun }
}

fn in_curly(whole: &str, inner: &str) -> Weight {
    let double = whole.starts_with("{{") && whole.ends_with("}}");
    let starts = inner.starts_with(|c: char| c.is_alphabetic()) && !inner.contains('\n');
    let expression = inner.contains(['|', '(', '=', '<', '"', '\'', ';', '$', ':']);
    if !starts || expression && !(double && inner.split_whitespace().count() > 3) {
        return Weight::None;
    }
    let several = inner.contains(' ');
    match (double, several) {
        (true, true) => Weight::Certain,
        (true, false) => Weight::Noun,
        (false, true) if !inner.contains(',') => Weight::Phrase,
        (false, false) if words::contains(words::SLOT_NOUNS, inner) => Weight::Noun,
        _ => Weight::None,
    }
}

fn parts(inner: &str) -> impl Iterator<Item = &str> {
    inner.split([',', '|']).map(str::trim)
}

fn is_capitals(text: &str) -> bool {
    text.contains(char::is_uppercase) && !text.contains(char::is_lowercase)
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '|' | ';'));
    text[..end.unwrap_or(text.len())].trim_end_matches('.')
}
