//! Whether the components of a path are those of a pattern.

use std::cmp::Ordering;

use super::{Component, Piece};

type Bound<'p, 't> = Vec<(&'p str, &'t str)>;

/// Matches whole components. Only the latest `**` ever takes back what it left, as what stands
/// before it cannot do better: so the cost stays at the product of both lengths.
pub fn match_components<'p, 't>(
    pattern: &'p [Component],
    parts: &[&'t str],
    bound: &mut Bound<'p, 't>,
) -> Option<()> {
    let (mut at, mut part) = (0, 0);
    let mut retry: Option<(usize, usize, usize)> = None;
    loop {
        match (pattern.get(at), parts.get(part)) {
            (None, None) => return Some(()),
            (Some(Component::Any), _) => {
                at += 1;
                retry = Some((at, part, bound.len()));
                continue;
            }
            (Some(Component::Pieces(pieces)), Some(text)) => {
                if match_pieces(pieces, text, bound) {
                    (at, part) = (at + 1, part + 1);
                    continue;
                }
            }
            (None, Some(_)) | (Some(Component::Pieces(_)), None) => {}
        }
        let (after, taken, known) = retry?;
        if taken >= parts.len() {
            return None;
        }
        bound.truncate(known);
        (at, part) = (after, taken + 1);
        retry = Some((after, part, known));
    }
}

/// Matches one component; what it bound stays only where it matched.
pub fn match_pieces<'p, 't>(pieces: &'p [Piece], text: &'t str, bound: &mut Bound<'p, 't>) -> bool {
    let known = bound.len();
    let mut rest = text;
    let mut wild: Option<&Piece> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Literal(literal) = piece else {
            wild = Some(piece);
            continue;
        };
        let least = usize::from(matches!(wild, Some(Piece::Capture(_))));
        let found = match wild {
            None => prefix(rest, literal).map(|length| (0, length)),
            Some(_) if index + 1 == pieces.len() => suffix(rest, literal),
            Some(_) => find(rest, literal, least),
        };
        let Some((start, length)) = found.filter(|&(start, _)| start >= least) else {
            bound.truncate(known);
            return false;
        };
        if let Some(Piece::Capture(name)) = wild.take() {
            bound.push((name, &rest[..start]));
        }
        rest = &rest[start + length..];
    }
    let matched = match wild {
        None => rest.is_empty(),
        Some(Piece::Capture(name)) if !rest.is_empty() => {
            bound.push((name, rest));
            true
        }
        Some(Piece::Capture(_)) => false,
        Some(_) => true,
    };
    if !matched {
        bound.truncate(known);
    }
    matched
}

/// The length in bytes of the start of `text` that equals `literal` but for case and for what
/// parts words.
fn prefix(text: &str, literal: &str) -> Option<usize> {
    let pairs = text.bytes().zip(literal.bytes());
    match same_ascii(pairs, text.len().cmp(&literal.len())) {
        Some(same) => same.then_some(literal.len()),
        None => folded_prefix(text, literal),
    }
}

/// Where `text` ends in `literal`, and the length of that end.
fn suffix(text: &str, literal: &str) -> Option<(usize, usize)> {
    let pairs = text.bytes().rev().zip(literal.bytes().rev());
    match same_ascii(pairs, text.len().cmp(&literal.len())) {
        Some(same) => same.then(|| (text.len() - literal.len(), literal.len())),
        None => {
            let count = literal.chars().count().checked_sub(1)?;
            let (start, _) = text.char_indices().nth_back(count)?;
            folded_prefix(&text[start..], literal).map(|length| (start, length))
        }
    }
}

/// Whether the bytes of a text and of a literal are the same but for case. Nothing where letters
/// outside of ASCII have to say it.
fn same_ascii(mut pairs: impl Iterator<Item = (u8, u8)>, lengths: Ordering) -> Option<bool> {
    let differs = pairs.find_map(|(found, wanted)| match found.is_ascii() && wanted.is_ascii() {
        true => (!is_same(found, wanted)).then_some(Some(false)),
        false => Some(None),
    });
    differs.unwrap_or(Some(lengths.is_ge()))
}

fn is_same(found: u8, wanted: u8) -> bool {
    found.eq_ignore_ascii_case(&wanted)
        || parts_words(char::from(found)) && parts_words(char::from(wanted))
}

fn folded_prefix(text: &str, literal: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in literal.chars() {
        let (_, found) = chars.next()?;
        if found != wanted
            && !(parts_words(found) && parts_words(wanted))
            && !found.to_lowercase().eq(wanted.to_lowercase())
        {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}

/// Teams write `USER_STORIES`, `user-stories` and `User Stories` for one name.
fn parts_words(c: char) -> bool {
    matches!(c, '-' | '_' | ' ')
}

/// The first place of `literal` in `text` from `least` bytes on, and its length.
fn find(text: &str, literal: &str, least: usize) -> Option<(usize, usize)> {
    let first = literal.bytes().next().unwrap_or(0);
    let fits = |byte: u8| !byte.is_ascii() || !first.is_ascii() || is_same(byte, first);
    let places = text.bytes().enumerate().skip(least).filter(|&(_, byte)| fits(byte));
    let mut places = places.map(|(at, _)| at).filter(|&at| text.is_char_boundary(at));
    places.find_map(|at| Some((at, prefix(&text[at..], literal)?)))
}
