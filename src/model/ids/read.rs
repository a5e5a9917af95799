//! Finding identifiers in a text, byte by byte: this runs over every word of every document.

use memchr::memchr;

use super::scan::{after_code, after_digits, after_letters, after_word, last_telling};
use super::{Form, Id, Mention};
use crate::base::Span;

/// Prefixes that are identifiers in any case and without a hyphen.
const KNOWN: &[&str] =
    &["AC", "EPIC", "FLOW", "FR", "GP", "JOURNEY", "NFR", "REQ", "STORY", "UC", "UF", "UJ", "US"];

/// Names that stand for a prefix, longest first.
const NAMED: &[(&str, &str)] = &[
    ("acceptance criterion", "AC"),
    ("acceptance criteria", "AC"),
    ("user journeys", "UJ"),
    ("golden paths", "GP"),
    ("user journey", "UJ"),
    ("user stories", "US"),
    ("golden path", "GP"),
    ("requirement", "REQ"),
    ("user story", "US"),
    ("user flows", "UF"),
    ("user flow", "UF"),
    ("criterion", "AC"),
    ("use case", "UC"),
    ("stories", "US"),
    ("journey", "UJ"),
    ("story", "US"),
    ("epic", "EPIC"),
    ("flow", "UF"),
];

/// Words between the ends of a range.
const UNTIL: &[&str] = &["through", "thru", "until", "to", "...", "..", "…", "–", "—", "→"];
/// Words between the members of a list.
const AND: &[&str] = &[", and", ", or", ",", ";", "&", "+", "/", "and", "or"];

/// Every identifier of a text, in order. Inline code is skipped.
pub fn find(text: &str) -> Vec<Mention> {
    find_beside(text, |at| after_code(text.as_bytes(), at))
}

/// As [`find`], where `after_code` knows the end of the code that opens with ticks at a place.
pub(super) fn find_beside(text: &str, after_code: impl Fn(usize) -> usize) -> Vec<Mention> {
    let bytes = text.as_bytes();
    let mut found: Vec<Mention> = Vec::new();
    let (mut at, mut until) = (0, 0);
    while at < bytes.len() {
        if at >= until {
            let rest = &bytes[at..];
            let line = &rest[..memchr(b'\n', rest).map_or(rest.len(), |length| length + 1)];
            let Some(last) = last_telling(line) else {
                at += line.len();
                continue;
            };
            until = at + last + 1;
        }
        match bytes[at] {
            b'`' => at = after_code(at),
            byte if byte.is_ascii_alphabetic() => {
                let letters = after_letters(bytes, at);
                let first = may_be_one(bytes, at, letters).then(|| one(text, at)).flatten();
                match first.filter(|_| !clings(text, at)) {
                    Some(first) => at = run(text, first, &mut found),
                    None => at = letters,
                }
            }
            byte if byte.is_ascii_alphanumeric() => at = after_word(bytes, at),
            _ => at += 1,
        }
    }
    found
}

/// The identifier that a title begins with, and its length in bytes. Here any short run of
/// capitals counts as a prefix: a heading `S1: Sign in` names its story.
pub fn leading(text: &str) -> Option<(Id, usize)> {
    let read = one(text, 0).or_else(|| short(text))?;
    Some((read.id, read.end))
}

/// An identifier in a text and where it ends.
struct Read {
    id: Id,
    start: usize,
    end: usize,
    /// The word that names it asks for several.
    plural: bool,
}

/// Collects the identifier at hand with the list or range that it begins; answers where it ends.
fn run(text: &str, first: Read, found: &mut Vec<Mention>) -> usize {
    let (before, mut end) = (found.len(), first.end);
    let plural = first.plural;
    found.push(Mention { span: Span::new(first.start, first.end), until: None, id: first.id });
    while let Some(last) = found.last_mut() {
        if !may_link(text.as_bytes().get(skip_markup(text, end))) {
            break;
        }
        if last.until.is_none()
            && let Some(next) = linked(text, end, UNTIL, &last.id)
                .or_else(|| linked(text, end, &["-"], &last.id).filter(|next| last.id < next.id))
        {
            end = next.end;
            last.span.end = Span::new(end, end).end;
            last.until = Some(Box::new(next.id));
        } else if let Some(next) = linked(text, end, AND, &last.id) {
            end = next.end;
            let span = Span::new(next.start, next.end);
            found.push(Mention { span, until: None, id: next.id });
        } else {
            break;
        }
    }
    // "Stories 12" counts stories; only a list or a range of numbers names them.
    let lone = found.len() == before + 1 && found[before].until.is_none();
    if plural && lone {
        found.truncate(before);
    }
    end
}

/// The identifier that one of these words links to the one before: complete, or a bare number.
fn linked(text: &str, at: usize, words: &[&str], before: &Id) -> Option<Read> {
    let rest = skip_markup(text, at);
    let word = words.iter().find(|word| starts_with(text, rest, word))?;
    let mut start = skip_markup(text, rest + word.len());
    if word.ends_with(|last: char| last.is_ascii_alphabetic()) {
        // "and" needs blanks around it: "US-1 android" links nothing.
        let parted = rest > at && start > rest + word.len();
        start = if parted { start } else { return None };
    }
    let complete = one(text, start).filter(|next| next.id.is_like(before));
    complete.or_else(|| {
        let tight = start == at + word.len();
        // A hyphen with blanks parts an identifier from its title, and `US-1-2` is one identifier.
        (*word != "-" || before.form == Form::Words)
            .then(|| bare(text, start, before, tight))
            .flatten()
    })
}

/// Whether one of the words that link identifiers can begin with a byte.
fn may_link(byte: Option<&u8>) -> bool {
    let Some(byte) = byte else { return false };
    // Dashes, dots and arrows of more than one byte all begin alike.
    matches!(
        byte | 0x20,
        b't' | b'u' | b'a' | b'o' | b'.' | b',' | b';' | b'&' | b'+' | b'/' | b'-'
    ) || *byte == 0xe2
}

/// A number that borrows the prefix of the identifier before it.
fn bare(text: &str, start: usize, before: &Id, tight: bool) -> Option<Read> {
    let bytes = text.as_bytes();
    let digits = after_digits(bytes, start);
    if digits == start || bytes.get(digits).is_some_and(|next| next.is_ascii_alphanumeric()) {
        return None;
    }
    let stem = before.written.trim_end_matches(|c: char| c.is_ascii_digit());
    let width = before.written.len() - stem.len();
    let ends = ends_clause(text, digits) && (width < 3 || digits - start == width);
    if !tight && !ends {
        return None;
    }
    let (begun, _) = before.key.rsplit_once('-')?;
    let mut key = begun.to_owned();
    number_at(text, start, &mut key)?;
    let written = format!("{stem}{}", &text[start..digits]).into();
    let id = Id { key: key.into(), written, form: before.form };
    Some(Read { id, start, end: digits, plural: false })
}

/// Whether a number is not the count of something that follows.
fn ends_clause(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['*', '_', ' ']);
    let next = rest.chars().next();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    next.is_none_or(|next| !next.is_alphanumeric() && !"%$€°".contains(next))
        || ["and", "or", "to", "through"].contains(&word)
}

/// Whether what follows a run of letters can make an identifier of it: a joint, a number, or a
/// blank with a number behind it. Hardly any word of a text gets past this.
fn may_be_one(bytes: &[u8], start: usize, letters: usize) -> bool {
    match bytes.get(letters) {
        Some(b'-' | b'_' | b'0'..=b'9') => true,
        Some(b' ') => {
            let next = bytes.get(letters + 1);
            next.is_some_and(|next| next.is_ascii_digit() || *next == b'#' || *next == b' ')
                || names_something(bytes, start)
        }
        _ => false,
    }
}

/// Whether a word begins like one of [`NAMED`].
fn names_something(bytes: &[u8], start: usize) -> bool {
    let Some(&[first, second]) = bytes.get(start..start + 2) else { return false };
    let begins = [first.to_ascii_lowercase(), second.to_ascii_lowercase()];
    matches!(&begins, b"ac" | b"cr" | b"ep" | b"fl" | b"go" | b"jo" | b"re" | b"st" | b"us")
}

/// The identifier that begins exactly here.
fn one(text: &str, start: usize) -> Option<Read> {
    code(text, start).or_else(|| named(text, start))
}

/// `US-001`, `US1`, `US 1.2`, `US-AUTH-3`, `US-001-AC-2`.
fn code(text: &str, start: usize) -> Option<Read> {
    // Nearly every word ends here, so nothing is made of it before a number is seen.
    let bytes = text.as_bytes();
    let letters = after_letters(bytes, start);
    let mut at = letters;
    while joint(bytes, at) && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
        at = after_letters(bytes, at + 1);
    }
    let (first, next) = (&text[start..letters], *bytes.get(at)?);
    let number = if next.is_ascii_digit() { at } else { at + 1 };
    if !bytes.get(number).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(first));
    let capital = !first.bytes().any(|byte| byte.is_ascii_lowercase());
    let several = at > letters;
    let form = match next {
        b'-' | b'_' => Form::Code,
        b' ' if known && capital => Form::Words,
        _ if next.is_ascii_digit() && capital && (known || several) => Form::Code,
        _ => return None,
    };
    if !(known || capital || several) {
        return None;
    }
    let mut key = String::with_capacity(at - start + NUMBER);
    push_word(alias(first), &mut key);
    text[letters..at].split(['-', '_']).skip(1).for_each(|word| push_word(word, &mut key));
    let mut end = number_at(text, number, &mut key)?;
    end = continued(text, end, first, &mut key)?;
    let id = Id { key: key.into(), written: text[start..end].into(), form };
    Some(Read { id, start, end, plural: false })
}

/// What follows the first number: `.2`, `-2`, `-AC-2`. Nothing where the word goes on otherwise.
fn continued(text: &str, mut at: usize, first: &str, key: &mut String) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes.get(at) {
            Some(b'.' | b'-' | b'_') if next.is_ascii_digit() => {
                at = number_at(text, at + 1, key)?;
            }
            Some(b'-' | b'_') if next.is_ascii_alphabetic() => {
                let letters = after_letters(bytes, at + 1);
                if text[at + 1..letters].eq_ignore_ascii_case(first) {
                    return Some(at);
                }
                let number = letters + usize::from(joint(bytes, letters));
                push_word(&text[at + 1..letters], key);
                at = number_at(text, number, key)?;
            }
            Some(b'.') if next.is_ascii_alphabetic() => return None,
            Some(b'_') => return ends_emphasis(bytes, at).then_some(at),
            Some(byte) if byte.is_ascii_alphabetic() => return None,
            _ => return Some(at),
        }
    }
}

/// `Story 3`, `Golden Path #2`.
fn named(text: &str, start: usize) -> Option<Read> {
    if !names_something(text.as_bytes(), start) {
        return None;
    }
    let (name, prefix) = NAMED.iter().find(|(name, _)| starts_with(text, start, name))?;
    let bytes = text.as_bytes();
    let after = start + name.len();
    let blanks = text[after..].len() - text[after..].trim_start_matches([' ', '#']).len();
    let mut key = String::from(*prefix);
    if blanks == 0 {
        return None;
    }
    let mut end = number_at(text, after + blanks, &mut key)?;
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = number_at(text, end + 1, &mut key)?;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let (key, written) = (key.into(), text[start..end].into());
    let id = Id { key, written, form: Form::Words };
    let plural = name.ends_with('s') || *name == "acceptance criteria";
    Some(Read { id, start, end, plural })
}

/// `S1`, `F12`: only at the start of a title, before a mark that parts it from the rest.
fn short(text: &str) -> Option<Read> {
    let bytes = text.as_bytes();
    let letters = after_letters(bytes, 0);
    let capital = bytes[..letters].iter().all(u8::is_ascii_uppercase);
    let mut key = String::from(&text[..letters]);
    if letters == 0 || letters > 3 || !capital {
        return None;
    }
    let mut end = number_at(text, letters, &mut key)?;
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = number_at(text, end + 1, &mut key)?;
    }
    let rest = text[end..].trim_start();
    let parted = rest.is_empty() || rest.starts_with([':', '-', '–', '—', '.', ')', '|']);
    let (key, written) = (key.into(), text[..end].into());
    let id = Id { key, written, form: Form::Code };
    parted.then_some(Read { id, start: 0, end, plural: false })
}

/// About as long as numbers are, with their joints.
const NUMBER: usize = 8;

fn alias(prefix: &str) -> &str {
    let longer = [("STORY", "US"), ("JOURNEY", "UJ"), ("FLOW", "UF")];
    let found = longer.iter().find(|(long, _)| long.eq_ignore_ascii_case(prefix));
    found.map_or(prefix, |(_, short)| short)
}

fn push_word(word: &str, key: &mut String) {
    if !key.is_empty() {
        key.push('-');
    }
    key.extend(word.chars().map(|c| c.to_ascii_uppercase()));
}

/// Reads a number and answers where it ends.
fn number_at(text: &str, at: usize, key: &mut String) -> Option<usize> {
    let end = after_digits(text.as_bytes(), at);
    let digits = text.get(at..end)?;
    digits.parse::<u32>().ok()?;
    let bare = digits.trim_start_matches('0');
    let bare = if bare.is_empty() { "0" } else { bare };
    key.push('-');
    // No number has more digits than there are letters, as it fits into 32 bits.
    key.push(char::from(b'a' + bare.len() as u8));
    key.push_str(bare);
    Some(end)
}

/// Whether what begins here goes on a longer word, a path or an anchor before it.
fn clings(text: &str, at: usize) -> bool {
    if at == 0 || matches!(text.as_bytes()[at - 1], b' ' | b'\n') {
        return false;
    }
    let before = text[..at].chars().next_back();
    let opens = |c: char| c == '_' && !text[..at - 1].ends_with(char::is_alphanumeric);
    before.is_some_and(|c| c.is_alphanumeric() || "/#-.@\\".contains(c) || c == '_' && !opens(c))
}

fn ends_emphasis(bytes: &[u8], at: usize) -> bool {
    bytes[at..].iter().find(|&&byte| byte != b'_').is_none_or(|next| !next.is_ascii_alphanumeric())
}

fn joint(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), Some(b'-' | b'_'))
}

fn starts_with(text: &str, at: usize, word: &str) -> bool {
    let found = text.as_bytes().get(at..at + word.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
}

fn skip_markup(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(['*', '_', ' ']).len()
}
