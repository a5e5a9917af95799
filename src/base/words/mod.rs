//! Words compared the way people mean them: normalized labels, close names, plural forms.

mod list;

use std::borrow::Cow;

pub use list::List;
pub(crate) use list::listed;

/// The form in which headings, labels and names are compared: lower case, letters and digits
/// parted by single blanks. Leading numbering, symbols and trailing parentheses go.
///
/// `"## 3. ✅ API Contract (v2):"` and `"api contract"` normalize alike.
pub fn normalize(text: &str) -> String {
    // Behind a letter or digit nothing is to go, and blanks before the first go anyway.
    let plain = text.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric);
    let text = if plain { text } else { strip_trailing_parenthesis(text.trim()) };
    let mut out = flat(text);
    if out.starts_with(|first: char| first.is_ascii_digit()) {
        let numbering = out.len() - strip_numbering(&out).len();
        out.drain(..numbering);
    }
    out
}

/// The words of a text in lower case, parted by single blanks. Unlike [`normalize`] it drops
/// nothing but punctuation.
pub fn flat(text: &str) -> String {
    // Every label and heading of every document comes by here. Most are words and blanks already;
    // of the others bytes are looked up, and changed in place.
    let mut parted = true;
    let words = text.bytes().all(|byte| {
        let parts = byte == b' ';
        let fits = byte.is_ascii_alphanumeric() || parts && !parted;
        parted = parts;
        fits
    });
    if words && !parted {
        return text.to_ascii_lowercase();
    }
    if !text.is_ascii() {
        return flat_beyond(text);
    }
    let mut out = text.as_bytes().to_vec();
    let mut parted = true;
    out.retain_mut(|byte| {
        *byte = FLAT[usize::from(*byte & 127)];
        let kept = *byte > b' ' || *byte == b' ' && !parted;
        parted = if kept { *byte == b' ' } else { parted };
        kept
    });
    trimmed(String::from_utf8(out).unwrap_or_default())
}

/// What [`flat`] makes of each byte of ASCII.
const FLAT: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table[b'\'' as usize] = DROPPED;
    table
};
const DROPPED: u8 = 0;

/// What [`flat`] makes of a text with other letters than those of ASCII.
fn flat_beyond(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c != '\'' && c != '’' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    trimmed(out)
}

fn trimmed(mut flat: String) -> String {
    if flat.ends_with(' ') {
        flat.pop();
    }
    flat
}

fn strip_trailing_parenthesis(text: &str) -> &str {
    let bare = text.trim_end_matches([':', '*', '#', ' ']);
    if !bare.ends_with(')') {
        return text;
    }
    match bare.rfind('(') {
        Some(open) if !bare[..open].trim().is_empty() => bare[..open].trim_end(),
        _ => text,
    }
}

/// Drops leading `1`, `2 3`, so that `3. Title` and `2.3 Title` equal `Title`. A title that is
/// nothing but numbers stays.
fn strip_numbering(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if rest.is_empty() { text } else { rest }
}

/// Whether a text holds a part in any case of the letters of ASCII. For short texts and parts
/// this is cheaper than a search that prepares itself.
pub fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    // What is rare in texts is seldom found in vain.
    let rarity = |byte: u8| COMMON.iter().position(|&one| one == byte.to_ascii_lowercase());
    let rarest = (0..part.len()).max_by_key(|&at| rarity(part[at]).unwrap_or(COMMON.len()));
    let Some(rarest) = rarest else { return true };
    let byte = part[rarest];
    let places = memchr::memchr2_iter(byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), text);
    places.into_iter().any(|at| {
        let found = at.checked_sub(rarest).and_then(|start| text.get(start..start + part.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(part))
    })
}

/// The bytes that texts are made of, the most common first.
const COMMON: &[u8] = b" etaoinsrhldcumfpgwybvkxjqz";

/// A title without what Markdown and HTML put around its words: tags, targets of links, marks of
/// code and emphasis, an anchor at the end.
pub fn without_markup(title: &str) -> Cow<'_, str> {
    const MARKS: [char; 6] = ['<', '!', '[', ']', '`', '*'];
    let is_mark = |byte: u8| matches!(byte, b'<' | b'!' | b'[' | b']' | b'`' | b'*');
    if !title.bytes().any(is_mark) && !title.trim_end().ends_with('}') {
        return title.trim().into();
    }
    let mut out = String::with_capacity(title.len());
    let mut rest = match title.trim_end().strip_suffix('}').and_then(|inner| inner.rfind(" {#")) {
        Some(anchor) => &title[..anchor],
        None => title,
    };
    while let Some(at) = rest.find(MARKS) {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        let dropped = tag(mark).or_else(|| link_mark(mark));
        if dropped.is_none() {
            out.push_str(&mark[..1]);
        }
        rest = &mark[dropped.unwrap_or(1)..];
    }
    out.push_str(rest);
    out.trim().to_owned().into()
}

/// A title from its first word on, past tags: where its identifier stands if it has one.
pub fn past_tags(title: &str) -> &str {
    let mut rest = title;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        let Some(mark) = rest.strip_prefix('<') else { return rest };
        rest = tag(rest).map_or(mark, |length| &rest[length..]);
    }
}

/// The length of the tag that a text begins with. A type's parameter, `List<String>`, is none.
fn tag(text: &str) -> Option<usize> {
    const TAGS: &[&str] =
        &["a", "b", "br", "code", "em", "i", "img", "kbd", "mark", "span", "strong", "sub", "sup"];
    let inner = text.strip_prefix('<')?;
    let name = inner.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    TAGS.contains(&name.to_ascii_lowercase().as_str()).then_some(())?;
    inner.find('>').map(|end| end + 2)
}

/// The length of a mark of a link, of code or of emphasis that a text begins with.
fn link_mark(text: &str) -> Option<usize> {
    if text.starts_with(['`', '*']) {
        return Some(1);
    }
    if let Some(target) = text.strip_prefix("](") {
        return target.find(')').map(|end| end + 3);
    }
    let opens = text.strip_prefix('!').unwrap_or(text).starts_with('[');
    let links = text.find("](").is_some_and(|end| !text[1..end].contains(']'));
    (opens && links).then(|| text.len() - text.trim_start_matches(['!', '[']).len())
}

/// A name without marks on its letters, as people write it in names of files: `Übersicht` becomes
/// `Uebersicht` and `Café` becomes `Cafe`, whether a mark is part of its letter or follows it.
pub fn spelled_out(name: &str) -> String {
    const UMLAUT: char = '\u{308}';
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(c, '\u{300}'..='\u{36f}') {
            if c == UMLAUT && out.ends_with(['a', 'o', 'u', 'A', 'O', 'U']) {
                out.push('e');
            }
            continue;
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        let Some((_, plain)) = MARKED.iter().find(|(marked, _)| marked.contains(lower)) else {
            out.push(c);
            continue;
        };
        let mut letters = plain.chars();
        match letters.next() {
            Some(first) if c.is_uppercase() => out.extend(first.to_uppercase()),
            first => out.extend(first),
        }
        out.extend(letters);
    }
    out
}

/// Letters with marks, and what stands for them without.
const MARKED: &[(&str, &str)] = &[
    ("àáâãåāăą", "a"),
    ("äæ", "ae"),
    ("çćč", "c"),
    ("ďđ", "d"),
    ("èéêëēėęě", "e"),
    ("ìíîïīį", "i"),
    ("ł", "l"),
    ("ñńň", "n"),
    ("òóôõøōő", "o"),
    ("öœ", "oe"),
    ("ř", "r"),
    ("śšş", "s"),
    ("ß", "ss"),
    ("ťţ", "t"),
    ("ùúûūůű", "u"),
    ("ü", "ue"),
    ("ýÿ", "y"),
    ("źżž", "z"),
    ("й", "и"),
    ("ё", "е"),
];

/// The candidate nearest to `word`, if one is close enough to be what the writer meant. Of a
/// single character or a number nobody can tell.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let limit = (word.chars().count() / 3).max(1);
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    if letters.next().is_none() || word.chars().nth(1).is_none() {
        return None;
    }
    let scored = candidates.into_iter().map(|candidate| (distance(word, candidate), candidate));
    scored.filter(|&(distance, _)| distance <= limit).min().map(|(_, candidate)| candidate)
}

/// The number of single-character edits, swaps of neighbors included, between two words.
pub fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, r) in right.iter().enumerate() {
            let substituted = row[j] + usize::from(l != r);
            let mut best = substituted.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *l == right[j - 1] && left[i - 1] == *r {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

/// `1 file`, `3 files`: a count with its noun in the right number.
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// The first items of a list, and how many more there are: `a, b and 7 more`.
pub fn few<S: AsRef<str>>(items: &[S], most: usize) -> String {
    joined(&first(items, most), "and")
}

/// As [`few`], of things one of which is meant: `a, b or 7 more`.
pub fn either<S: AsRef<str>>(items: &[S], most: usize) -> String {
    joined(&first(items, most), "or")
}

fn first<S: AsRef<str>>(items: &[S], most: usize) -> Vec<String> {
    // Instead of "1 more" stands the one.
    let shown = if items.len() <= most + 1 { items.len() } else { most };
    let more = (shown < items.len()).then(|| format!("{} more", items.len() - shown));
    items[..shown].iter().map(|item| item.as_ref().to_owned()).chain(more).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    joined(items, "and")
}

fn joined<S: AsRef<str>>(items: &[S], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", head.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_normalize_past_decoration() {
        assert_eq!(normalize("3. ✅ API Contract (v2):"), "api contract");
        assert_eq!(normalize("2.3 Data-Models"), "data models");
        assert_eq!(normalize("(all of it)"), "all of it");
        assert_eq!(normalize("404"), "404");
        assert_eq!(normalize("PM's Sign-off"), "pms sign off");
    }

    #[test]
    fn titles_lose_their_markup() {
        let rows = [
            ("<a id=\"x\"></a>Feature A: Accounts", "Feature A: Accounts"),
            ("[Feature A: Accounts](#a)", "Feature A: Accounts"),
            ("Feature A: [Accounts](a.md) and `more` {#a}", "Feature A: Accounts and more"),
            ("![](a.png) **Accounts**<br/>", "Accounts"),
            ("List<String> [draft] of {id}", "List<String> [draft] of {id}"),
            ("Watch out! [x", "Watch out! [x"),
        ];
        for (title, plain) in rows {
            assert_eq!(without_markup(title), plain);
        }
    }

    #[test]
    fn marked_letters_are_spelled_out() {
        for written in ["Übersicht", "U\u{308}bersicht"] {
            assert_eq!(spelled_out(written), "Uebersicht");
        }
        assert_eq!(spelled_out("Café Straße"), "Cafe Strasse");
        assert_eq!(spelled_out("мой"), spelled_out("мои\u{306}"));
    }

    #[test]
    fn the_closest_word_is_offered_only_when_close() {
        assert_eq!(closest("skpi", ["skip", "roots"]), Some("skip"));
        assert_eq!(closest("banana", ["skip", "roots"]), None);
        assert_eq!(closest("9", ["0", "1"]), None);
        assert_eq!(closest("2.6", ["2.5"]), None);
    }

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(few(&["a", "b", "c"], 2), "a, b and c");
        assert_eq!(few(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!(either(&["a", "b", "c"], 8), "a, b or c");
        assert_eq!(count(1, "file", "files"), "1 file");
    }
}
