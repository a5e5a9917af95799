//! Chains of arrows in a line of text: `Auth → Todos → Dashboard`.

use super::context::About;
use super::names;
use super::{Dependencies, Drawing, End, Need, Notation, Sense};
use crate::base::Span;
use crate::base::words::without_markup;
use crate::facts::{BlockKind, DocumentFacts, InlineKind};

const ARROWS: &[&str] = &["→", "⟶", "➡", "➔", "⇒", "-->", "->", "=>", "──►", "──▶"];

pub(super) fn read(facts: &DocumentFacts, about: &About, found: &mut Dependencies) {
    let text = &*facts.text;
    // Most documents have none: a look for one byte, and for any byte that is no ASCII, tells.
    let possible =
        |arrow: &&&str| if arrow.is_ascii() { text.contains('>') } else { !text.is_ascii() };
    if !ARROWS.iter().filter(possible).any(|arrow| text.contains(arrow)) {
        return;
    }
    for block in &facts.blocks {
        let lines = match block.kind {
            BlockKind::Paragraph => block.span,
            BlockKind::Item => facts.own_text(block),
            _ => continue,
        };
        if !about.orders_text(facts, block.section) {
            continue;
        }
        let mut at = lines.start as usize;
        for line in facts.text_of(lines).split_inclusive('\n') {
            let mut from = at;
            for part in separate(line) {
                found.drawings.extend(chain(facts, part.trim_end(), from));
                from += part.len();
            }
            at += line.len();
        }
    }
}

/// The chains of a line: `A → B, C → D` are two, `A, B → C` is one.
fn separate(line: &str) -> Vec<&str> {
    let arrow = |part: &str| first_arrow(part, 0).is_some();
    let parts: Vec<&str> = line.split_inclusive(", ").collect();
    if parts.len() > 1 && parts.iter().all(|part| arrow(part)) { parts } else { vec![line] }
}

fn chain(facts: &DocumentFacts, line: &str, start: usize) -> Option<Drawing> {
    let parts = parts(line);
    if parts.len() < 2 {
        return None;
    }
    let mut drawing = Drawing::new(Notation::Arrows, Span::new(start, start + line.len()));
    let mut before: Vec<(String, Span)> = Vec::new();
    for (from, to) in parts {
        let part = line.get(from..to)?;
        let mut here = Vec::new();
        for piece in part.split(" & ").flat_map(|part| part.split(" + ")) {
            let offset = piece.as_ptr() as usize - line.as_ptr() as usize;
            let plain = without_markup(piece);
            // "[HANDOFF]" on the way names no thing.
            let bracketed = piece.trim().starts_with('[') && piece.trim().ends_with(']');
            if bracketed {
                continue;
            }
            let name = names::cut(&plain)?;
            let lead = name.split(' ').next().unwrap_or("");
            let named = name.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
                || super::id(name).is_some()
                || !name.contains(' ');
            let told = matches!(lead, "If" | "When" | "Missing" | "Yes" | "No" | "Example");
            if !named || told || name.split(' ').count() > 5 || facts_is_code(facts, start + offset)
            {
                return None;
            }
            let place = Span::new(start + offset, start + offset + piece.len());
            here.push((name.to_owned(), place));
        }
        if here.is_empty() {
            continue;
        }
        for (to, first) in &before {
            for (from, second) in &here {
                drawing.needs.push(Need {
                    from: End::Named(from.clone()),
                    to: End::Named(to.clone()),
                    span: first.to(*second),
                    sense: Sense::Order,
                });
            }
        }
        before = here;
    }
    Some(drawing)
}

/// Code is a path, a type or a command, and an arrow between such is no plan.
fn facts_is_code(facts: &DocumentFacts, offset: usize) -> bool {
    let inline = facts.inline_at(offset as u32 + 1);
    inline.is_some_and(|(inline, _)| inline.kind == InlineKind::Code)
}

/// The parts of a line between its arrows, the label before a colon left out.
fn parts(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let colon = line.find(": ").or_else(|| line.find(":** ").map(|at| at + 2));
    let mut start = match (colon, first_arrow(line, 0)) {
        (Some(colon), Some((arrow, _))) if colon < arrow => {
            // "Feature A: Accounts → …" begins with a name, "**Path A**: …" with a label.
            let head = line[..colon].trim_matches(|c: char| " *_-".contains(c));
            let marked = line[..colon].contains('*') || line[colon..].starts_with(":**");
            let named = super::id(head).is_some_and(|(_, length)| length == head.len());
            if named && !marked { 0 } else { colon + 2 }
        }
        _ => 0,
    };
    let mut at = start;
    while let Some((arrow, length)) = first_arrow(line, at) {
        found.push((start, arrow));
        at = arrow + length;
        start = at;
    }
    if !found.is_empty() {
        found.push((start, line.len()));
    }
    found
}

fn first_arrow(line: &str, from: usize) -> Option<(usize, usize)> {
    let rest = line.get(from..)?;
    let arrows = ARROWS.iter().filter_map(|arrow| Some((rest.find(arrow)?, arrow.len())));
    let (at, length) = arrows.min_by_key(|(at, length)| (*at, usize::MAX - length))?;
    Some((from + at, length))
}
