//! Several things named in one: `1-3`, `A and B`, `T001 through T005`.

use super::id::id;
use super::names::is_label;

/// The most members that a range is taken to have.
const RANGE: u32 = 200;

/// The members of a range or of a pair: `1-3`, `A and B`.
pub(super) fn several(name: &str) -> Vec<String> {
    if let Some(range) = range(name) {
        return range;
    }
    if name.contains('/') && name.split('/').all(|part| id(part).is_some() || is_label(part)) {
        return name.split('/').map(str::to_owned).collect();
    }
    let pair = name.split_once(" and ").or_else(|| name.split_once(" & "));
    match pair {
        Some((first, second)) if is_label(first.trim()) && is_label(second.trim()) => {
            vec![first.trim().to_owned(), second.trim().to_owned()]
        }
        _ => vec![name.to_owned()],
    }
}

/// `A1-A7`, `T001 through T005`, `1–3`, `4A-4C`, `1.1-1.4`.
pub(super) fn range(name: &str) -> Option<Vec<String>> {
    let marks = [" through ", " to ", " – ", " - ", "–", "—", "..", "-"];
    marks.iter().find_map(|mark| {
        let (first, last) = name.split_once(mark)?;
        between(first.trim(), last.trim(), *mark == "-")
    })
}

fn between(first: &str, last: &str, bare: bool) -> Option<Vec<String>> {
    let token = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
    };
    if !token(first) || !token(last) {
        return None;
    }
    let (head, number, tail) = parted(first)?;
    let (last_head, last_number, last_tail) = parted(last)?;
    let width = number.len();
    let same_head = last_head.is_empty() || last_head.eq_ignore_ascii_case(head);
    let (low, high): (u32, u32) = (number.parse().ok()?, last_number.parse().ok()?);
    if tail.is_empty() && last_tail.is_empty() {
        // "01-02" is the name of one plan, "1-3" three of them behind a word.
        let plain = head.is_empty() && bare && width > 1;
        let counts = low < high && high - low < RANGE;
        return (same_head && counts && !plain)
            .then(|| (low..=high).map(|n| format!("{head}{n:0width$}")).collect());
    }
    let (from, to) = (tail.chars().next()?, last_tail.chars().next()?);
    let letters = low == high && same_head && tail.len() == 1 && last_tail.len() == 1 && from < to;
    letters.then(|| (from..=to).map(|letter| format!("{head}{number}{letter}")).collect())
}

/// Letters before the last number, the number, and a letter behind it.
fn parted(token: &str) -> Option<(&str, &str, &str)> {
    let end = token.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = token[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let tail = &token[end..];
    let short = tail.len() <= 1 && tail.bytes().all(|byte| byte.is_ascii_alphabetic());
    short.then_some((&token[..start], &token[start..end], tail))
}
