//! Which way a number binds: something must reach it, or must not pass it.

use super::numbers::{Measure, Number};
use crate::model::phrases::{List, flat, has, has_any, listed, opens_with};

/// Which way a number binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The more the better.
    Least,
    /// The less the better.
    Most,
}

const BEFORE: &[(&str, Bound)] = &[
    ("no less than", Bound::Least),
    ("not less than", Bound::Least),
    ("no fewer than", Bound::Least),
    ("not fewer than", Bound::Least),
    ("not below", Bound::Least),
    ("never below", Bound::Least),
    ("no more than", Bound::Most),
    ("not more than", Bound::Most),
    ("no longer than", Bound::Most),
    ("not exceed", Bound::Most),
    ("not exceeding", Bound::Most),
    ("never exceeds", Bound::Most),
    ("never exceed", Bound::Most),
    ("not over", Bound::Most),
    ("less than", Bound::Most),
    ("fewer than", Bound::Most),
    ("lower than", Bound::Most),
    ("faster than", Bound::Most),
    ("at most", Bound::Most),
    ("up to", Bound::Most),
    ("limited to", Bound::Most),
    ("limit of", Bound::Most),
    ("capped at", Bound::Most),
    ("under", Bound::Most),
    ("below", Bound::Most),
    ("within", Bound::Most),
    ("maximum", Bound::Most),
    ("maximum of", Bound::Most),
    ("max", Bound::Most),
    ("höchstens", Bound::Most),
    ("at least", Bound::Least),
    ("more than", Bound::Least),
    ("greater than", Bound::Least),
    ("higher than", Bound::Least),
    ("over", Bound::Least),
    ("above", Bound::Least),
    ("minimum", Bound::Least),
    ("minimum of", Bound::Least),
    ("min", Bound::Least),
    ("mindestens", Bound::Least),
];

const BEHIND: &[(&str, Bound)] = &[
    ("or more", Bound::Least),
    ("or higher", Bound::Least),
    ("or better", Bound::Least),
    ("or above", Bound::Least),
    ("or greater", Bound::Least),
    ("minimum", Bound::Least),
    ("or less", Bound::Most),
    ("or fewer", Bound::Most),
    ("or below", Bound::Most),
    ("or lower", Bound::Most),
    ("or faster", Bound::Most),
    ("at most", Bound::Most),
    ("max", Bound::Most),
    ("maximum", Bound::Most),
    ("limit", Bound::Most),
];

/// Words between a comparison and its number.
const FILLERS: &[&str] = &["a", "an", "the", "of", "about", "approximately", "around", "total"];

/// What the words right before and right behind a number say. Capacity is no limit: "supports up
/// to 2000 channels" promises that many.
pub(super) fn said(before: &str, after: &str, number: &Number) -> Option<Bound> {
    let bound = sign(before).or_else(|| worded(before).map(|(bound, _)| bound));
    let bound = bound.or_else(|| behind(after, number));
    let carries = listed!(
        "support|supports|supported|handle|handles|handled|serve|serves|hold|holds|scale|scales|sustain|sustains"
    );
    match bound {
        Some(Bound::Most)
            if has_any(&flat(before), carries)
                && worded(before).is_some_and(|(_, phrase)| phrase == "up to") =>
        {
            Some(Bound::Least)
        }
        bound => bound,
    }
}

fn behind(after: &str, number: &Number) -> Option<Bound> {
    // "Windows 11+" is a version, and "200+ messages" are many.
    if number.plus && !matches!(number.measure, Measure::Count(_)) {
        return Some(Bound::Least);
    }
    let flat = flat(after.get(..after.len().min(60)).unwrap_or(after));
    // The noun may stand between: "5 attempts at most".
    let next = flat.split_once(' ').map_or("", |(_, rest)| rest);
    let opens = |text: &str| BEHIND.iter().find(|(phrase, _)| opens_with(text, phrase));
    let noun = matches!(&number.measure, Measure::Count(noun) if !noun.is_empty());
    opens(&flat).or_else(|| opens(next).filter(|_| noun)).map(|(_, bound)| *bound)
}

fn sign(before: &str) -> Option<Bound> {
    let bare = before.trim_end_matches([' ', '*', '`', '~', '\\', '\u{a0}']);
    let bare = bare
        .strip_suffix("&lt;")
        .map(|_| "<")
        .or_else(|| bare.strip_suffix("&gt;").map(|_| ">"))
        .unwrap_or(bare);
    let arrow = ["->", "=>", ">>", "<<", "-->"].iter().any(|arrow| bare.ends_with(arrow));
    match bare.strip_suffix('=').unwrap_or(bare).chars().next_back()? {
        '<' | '≤' if !arrow => Some(Bound::Most),
        '>' | '≥' if !arrow => Some(Bound::Least),
        '⩽' => Some(Bound::Most),
        '⩾' => Some(Bound::Least),
        _ => None,
    }
}

/// The comparison in words that a text ends with.
fn worded(before: &str) -> Option<(Bound, &'static str)> {
    // A mark between the two parts them, but for a colon behind a label: "Maximum: 5".
    let near = before.trim_end_matches([' ', '*', '`', ':', '~', '\u{a0}', '\n']);
    if near.ends_with(|c: char| !c.is_alphanumeric() && c != '.') {
        return None;
    }
    let flat = flat(before);
    let mut text = flat.as_str();
    loop {
        let ends = |phrase: &str| {
            text.strip_suffix(phrase).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        };
        if let Some(&(phrase, bound)) = BEFORE.iter().find(|(phrase, _)| ends(phrase)) {
            return Some((bound, phrase));
        }
        let (rest, word) = text.rsplit_once(' ')?;
        if !FILLERS.contains(&word) {
            return None;
        }
        text = rest;
    }
}

/// A text without the comparison that it ends with.
pub(super) fn without(before: &str) -> &str {
    let bare = before.trim_end_matches([' ', '*', '`', '~', '=', '<', '>', '≤', '≥', ':', '\\']);
    let Some((_, phrase)) = worded(bare) else { return bare };
    let first = phrase.split(' ').next().unwrap_or(phrase);
    let lower = bare.to_ascii_lowercase();
    lower.rfind(first).and_then(|at| bare.get(..at)).unwrap_or(bare)
}

/// Whether what a text ends with is a case that is spoken of, and nothing that is promised: "if
/// more than …", "Given a password of fewer than …".
pub(super) fn is_condition(before: &str) -> bool {
    const CASES: &List = listed!(
        "if|when|whenever|given|once|after|unless|where|case|cases|wenn|falls|error|errors|warn|\
        alert|refused|rejected|exceeds|exceeded"
    );
    let sentence = before.rsplit(['.', ';', '\n']).next().unwrap_or(before);
    let flat = flat(sentence);
    let last = |found: &dyn Fn(&str) -> bool| {
        let places = flat.split(' ').enumerate().filter(|(_, word)| found(word));
        places.map(|(at, _)| at).last()
    };
    let case = last(&|word| CASES.has(word));
    let then = last(&|word| matches!(word, "then" | "must" | "shall" | "should"));
    case.is_some_and(|case| then.is_none_or(|then| then < case))
}

/// Which way a quantity is better, by its name.
pub(super) fn of_quantity(name: &str) -> Option<Bound> {
    const MORE: &List = listed!(
        "coverage|availability|uptime|accuracy|precision|recall|throughput|success|satisfaction|\
        completion|conversion|retention|adoption|contrast|reliability|durability|hit rate|\
        test coverage|capacity|fps"
    );
    const LESS: &List = listed!(
        "time|latency|delay|response|error|errors|failure|failures|memory|ram|cpu|footprint|size|\
        downtime|load|usage|timeout|ttl|overhead|bundle|crash|crashes|retries|startup|age"
    );
    match (has_any(name, MORE), has_any(name, LESS)) {
        (true, false) => Some(Bound::Least),
        (false, true) => Some(Bound::Most),
        _ => None,
    }
}

/// Whether a share of such a thing is something to reach wherever it is named.
pub(super) fn is_quality(name: &str) -> bool {
    ["coverage", "availability", "uptime"].iter().any(|word| has(name, word))
}
