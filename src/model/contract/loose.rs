//! Parts of a contract that stand without a label and its colon.

use std::borrow::Cow;

use super::parts::{Role, role};
use super::pieces::{Piece, following, item_text};
use crate::base::{Span, words::normalize};
use crate::facts::{Block, BlockId, DocumentFacts, Table};

/// A text that begins with a label in bold and goes on without a colon:
/// "**Response** `201 Created`".
pub(super) fn of_mark<'f>(
    facts: &'f DocumentFacts,
    id: BlockId,
    block: &Block,
    limit: Span,
) -> Option<Piece<'f>> {
    let (span, value) = marked_label(facts, block)?;
    let label = facts.text_of(span);
    let mut piece = Piece {
        name: normalize(label).into(),
        label,
        span,
        value,
        extent: span.to(value),
        ..Piece::default()
    };
    following(facts, id, limit, &mut piece);
    Some(piece)
}

/// The label in bold that a text begins with, and what stands behind it: a status, a note or a
/// shape. Words are the rest of a sentence.
pub(super) fn marked_label(facts: &DocumentFacts, block: &Block) -> Option<(Span, Span)> {
    let first = facts.inlines.get(block.inlines.0 as usize..block.inlines.1 as usize)?.first()?;
    if !first.style.strong {
        return None;
    }
    let inner = facts.text_of(first.span);
    let value = Span { start: first.span.end, end: facts.own_text(block).end };
    let rest = facts.text_of(value);
    let rest = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__"))?.trim_start();
    let signs = ['`', '(', '{', '[', '-', '–', '—', '→'];
    let parted = rest.starts_with(|c: char| c.is_ascii_digit() || signs.contains(&c));
    let noted = rest.strip_prefix('(').and_then(|note| note.split_once(')'));
    let field = noted.is_some_and(|(_, behind)| behind.trim_start().starts_with(':'));
    if !parted || field || inner.trim_end().ends_with(':') {
        return None;
    }
    role(&normalize(inner), inner)?;
    Some((first.span, Span { start: value.end - rest.len() as u32, ..value }))
}

/// Sentences that say how a call ends: "Fails with 404 if there is no such room."
pub(super) fn of_sentences<'f>(facts: &'f DocumentFacts, block: &Block) -> Vec<Piece<'f>> {
    const VERBS: &[&str] =
        &["fails", "returns", "responds", "answers", "throws", "rejects", "raises", "replies"];
    const BETWEEN: &[&str] = &["with", "a", "an", "http", "status", "code"];
    let own = facts.own_text(block);
    let text = facts.text_of(own);
    // A cheap look first: most sentences name no status.
    if !text.bytes().any(|byte| matches!(byte, b'2'..=b'5')) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = own.start as usize;
    for sentence in text.split_inclusive(". ") {
        let end = at + sentence.trim_end().len();
        let mut words = sentence.trim_start_matches(['*', ' ', '\n']);
        words = words.strip_prefix("It ").unwrap_or(words);
        let first = words.split(' ').next().unwrap_or("");
        let label = Span::new(at, at + first.len());
        if VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(first)) {
            words = words[first.len()..].trim_start();
            while let Some((word, rest)) = words.split_once(' ')
                && BETWEEN.iter().any(|one| one.eq_ignore_ascii_case(word))
            {
                words = rest.trim_start();
            }
            let from = at + sentence.len() - words.len();
            let bare = words.trim_start_matches(['`', '*', '(']);
            if let Some(3) = bare.find(|c: char| !c.is_ascii_digit()).or(Some(bare.len())) {
                found.push(Piece {
                    name: Cow::Borrowed("status codes"),
                    label: "status codes",
                    span: label,
                    value: Span::new(from, end.max(from)),
                    extent: Span::new(at, end),
                    ..Piece::default()
                });
            }
        }
        at += sentence.len();
    }
    found
}

/// An item that begins with a status: "`404 Not Found`: no such list".
pub(super) fn of_status<'f>(facts: &'f DocumentFacts, item: &Block) -> Option<Piece<'f>> {
    let own = item_text(facts, item);
    let text = facts.text_of(own);
    let bare = text.trim_start_matches(['`', '*', ' ']);
    let code = bare.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))?;
    let number: u16 = code.parse().ok()?;
    let parted = !bare[3..].starts_with(|c: char| c.is_alphanumeric() || c == '.' || c == '%');
    let end = own.start as usize + text.len() - bare.len() + 3;
    ((200..600).contains(&number) && parted).then(|| Piece {
        name: Cow::Borrowed("status codes"),
        label: code,
        span: Span::new(end - 3, end),
        value: own,
        extent: item.span,
        ..Piece::default()
    })
}

/// A table of statuses under no label: `| Status | Meaning |`, `| Code | When |`.
fn of_statuses<'f>(facts: &'f DocumentFacts, table: &'f Table) -> Option<Piece<'f>> {
    const CODES: &[&str] =
        &["status", "code", "error", "status code", "error code", "http status", "http code"];
    const MEANINGS: &[&str] =
        &["meaning", "when", "description", "reason", "condition", "cause", "case"];
    let among = |at: usize, heads: &[&str]| {
        let head = table.header().get(at).map(|&cell| normalize(facts.text_of(cell)));
        head.is_some_and(|head| heads.contains(&&*head))
    };
    let is_status = |row: &[Span]| {
        let text = row.first().map_or("", |&cell| facts.text_of(cell));
        let bare = text.trim_start_matches(['`', '*', ' ']);
        let number = bare.get(..3).and_then(|code| code.parse::<u16>().ok());
        number.is_some_and(|code| (200..600).contains(&code))
    };
    let head = *table.header().first()?;
    let speaks = among(0, CODES) && among(1, MEANINGS) && table.rows().all(is_status);
    (speaks && table.rows().next().is_some()).then(|| Piece {
        name: Cow::Borrowed("status codes"),
        label: "status codes",
        span: head,
        value: Span { start: head.start, end: head.start },
        tables: vec![table],
        extent: table.span,
        ..Piece::default()
    })
}

/// The rows of a table of parts: `| Request | {a} |`, `| Errors | 404 no such room |`. A table of
/// fields or of codes has a head that says so.
pub(super) fn of_table<'f>(facts: &'f DocumentFacts, table: &'f Table) -> Vec<Piece<'f>> {
    const OTHERS: &[&str] =
        &["field", "fields", "name", "parameter", "param", "column", "code", "status", "header"];
    let piece = |row: &[Span]| {
        let (&span, &value) = (row.first()?, row.get(1)?);
        let label = facts.text_of(span).trim_matches(['*', '`', ' ', ':']);
        let name = normalize(label);
        let role = role(&name, label)?;
        let extent = span.to(value);
        let piece = Piece { name: name.into(), label, span, value, extent, ..Piece::default() };
        Some((piece, matches!(role, Role::Request | Role::Response(_) | Role::Errors)))
    };
    let head = table.header().first().map_or("", |&cell| facts.text_of(cell));
    if let Some(statuses) = of_statuses(facts, table) {
        return vec![statuses];
    }
    if table.columns != 2 || OTHERS.contains(&&*normalize(head)) {
        return Vec::new();
    }
    let rows = std::iter::once(table.header()).chain(table.rows());
    let found: Vec<_> = rows.filter_map(piece).collect();
    let several = found.iter().filter(|(_, speaks)| *speaks).count() > 1;
    if several { found.into_iter().map(|(piece, _)| piece).collect() } else { Vec::new() }
}
