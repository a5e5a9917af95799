//! Identifiers that names begin with: `Task 2B`, `T-003`, `E2.1`, `[002]`.

use super::names::{KINDS, is_label};

/// The identifier that a name begins with, in a form that compares, and its length: `Task 2B` and
/// `task_2b`, `T-003` and `T3`.
pub fn id(name: &str) -> Option<(String, usize)> {
    // "[003] Coverage": brackets around an id are no part of it.
    if let Some((inner, _)) = name.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let (found, length) = id(inner)?;
        return (length == inner.len()).then_some((found, length + 2));
    }
    let token_end = |text: &str| {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'));
        let token = &text[..end.unwrap_or(text.len())];
        token.trim_end_matches(['.', '-']).len()
    };
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let head = name.get(..letters)?.to_ascii_lowercase();
    let between = name[letters..].bytes().take_while(|byte| b" _-#".contains(byte)).count();
    if KINDS.contains(&&*head) && between > 0 {
        let rest = &name[letters + between..];
        let length = token_end(rest);
        // "Phase 2-Build": a word behind the label does not belong to it.
        let label = rest[..length].split('-').next().unwrap_or("");
        if is_label(label) || (label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase())) {
            let end = letters + between + label.len();
            let free = name[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            return free.then(|| (format!("{head}{}", plain(label)), end));
        }
        return None;
    }
    let length = token_end(name);
    let token = &name[..length];
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let uppercase = name[..letters].bytes().all(|byte| byte.is_ascii_uppercase());
    let parted = token.contains('-') || token.contains('.');
    let (_, _, tail) = parted_code(token, letters)?;
    if digits == 0 || letters > 6 || !uppercase || tail > 1 {
        return None;
    }
    let rest = name[length..].trim_start();
    let blank = name[length..].starts_with(' ') && rest.starts_with(char::is_alphanumeric);
    let sure = parted || digits >= 3;
    let bare_number = letters == 0 && !parted && !rest.is_empty();
    (!bare_number && (!blank || sure)).then(|| (plain(token), length))
}

/// The kind of thing that an identifier begins with: `task2b` → `task`.
pub fn kind_of(id: &str) -> Option<&str> {
    let letters = id.bytes().take_while(u8::is_ascii_lowercase).count();
    let known = KINDS.iter().filter(|kind| id.starts_with(**kind) && id.len() > kind.len());
    // "stepa" is step A and "step1" is step 1; a longer word is another one.
    let known = known.filter(|kind| letters <= kind.len() + 1).max_by_key(|kind| kind.len());
    known.map(|kind| &id[..kind.len()])
}

/// Letters, numbers with points or dashes, and the count of letters at the end.
fn parted_code(token: &str, letters: usize) -> Option<(usize, usize, usize)> {
    let rest = token[letters..].trim_start_matches('-');
    let numbers =
        rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.' || *b == b'-').count();
    let tail = &rest[numbers..];
    let fine = numbers > 0 && tail.bytes().all(|byte| byte.is_ascii_alphabetic());
    fine.then_some((letters, numbers, tail.len()))
}

/// Lower case, without zeros before numbers and signs between letters and numbers.
fn plain(token: &str) -> String {
    let mut out = String::with_capacity(token.len());
    let mut number = false;
    let mut chars = token.chars().peekable();
    while let Some(c) = chars.next() {
        let next_digit = chars.peek().is_some_and(char::is_ascii_digit);
        if c == '0' && !number && next_digit {
            continue;
        }
        if c == '-' && !number {
            continue;
        }
        number = c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A name's identifier, if it has one, and the words behind it.
pub fn id_and_name(name: &str) -> (Option<String>, &str) {
    match id(name) {
        Some((id, length)) => {
            let rest = name[length..].trim_start_matches(|c: char| " :-–—.)]".contains(c));
            let inner = rest.strip_prefix('(').and_then(|inner| inner.split(')').next());
            (Some(id), inner.unwrap_or(rest))
        }
        None => (None, name),
    }
}
