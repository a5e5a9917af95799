//! What belongs to a verdict: who signed it, when, on which commit.

use super::words;
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts, Field, SectionId, Table};
use crate::model::commits;
use crate::model::dates::{self, Date};
use crate::model::phrases::is_blank;

/// Who signed, when and on which commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signature {
    pub signer: Option<Span>,
    pub date: Option<Date>,
    pub commit: Option<Span>,
}

/// The signature in a section, else in those around it. The title spans the whole document: for
/// its section its own lines count only.
pub(super) fn around(facts: &DocumentFacts, section: SectionId) -> Signature {
    let mut signature = Signature::default();
    let mut at = Some(section);
    while let Some(id) = at {
        let whole = facts.section(id).level <= 1;
        let own = if whole { facts.section(id).body } else { facts.section(id).extent };
        if !whole || id == section {
            fill(facts, &mut signature, fields_in(facts, own).iter());
        }
        at = facts.section(id).parent;
    }
    signature
}

/// The signature anywhere in a document that holds the verdict of one role only.
pub(super) fn anywhere(facts: &DocumentFacts) -> Signature {
    let mut signature = Signature::default();
    fill(facts, &mut signature, facts.fields.iter());
    signature.signer = signature.signer.or_else(|| closing(facts));
    signature
}

/// `— Marguerite Olsen, Product Manager` as the last paragraph: the signature of a letter.
fn closing(facts: &DocumentFacts) -> Option<Span> {
    const MOST_WORDS: usize = 5;
    let last = facts.blocks.iter().rfind(|block| block.kind == BlockKind::Paragraph)?;
    let text = facts.text_of(last.span).trim_end();
    let line = text.lines().next_back()?;
    let signed = line.trim_start().trim_start_matches(['*', '_']);
    let name = ["—", "–", "--"].iter().find_map(|dash| signed.strip_prefix(dash))?;
    let name = name.split([',', '(', '|', ';']).next()?.trim().trim_matches(['*', '_']);
    let few = name.split_whitespace().count() <= MOST_WORDS;
    let person = name.chars().next().is_some_and(|c| c.is_uppercase() || c == '@');
    let ends = facts.text[last.span.end as usize..].trim().is_empty();
    let end = last.span.start + text.len() as u32;
    let span = Span { start: end - line.len() as u32, end };
    (few && person && ends && words::is_somebody(name)).then_some(span)
}

/// The fields whose labels stand in a span.
pub(super) fn fields_in(facts: &DocumentFacts, within: Span) -> &[Field] {
    let from = facts.fields.partition_point(|field| field.label.start < within.start);
    let to = facts.fields.partition_point(|field| field.label.start < within.end);
    &facts.fields[from..to.max(from)]
}

fn fill<'f>(facts: &DocumentFacts, into: &mut Signature, fields: impl Iterator<Item = &'f Field>) {
    for field in fields {
        let value = facts.text_of(field.value);
        if is_blank(value) || is_line(value) {
            continue;
        }
        if words::names_signer(&field.name) && words::is_somebody(value) {
            into.signer = into.signer.or(Some(field.value));
        }
        if words::names_date(&field.name) {
            into.date = into.date.or_else(|| dates::date(value));
        }
        into.commit = into.commit.or_else(|| signed(facts, &field.name, field.value));
    }
}

/// The commit that a label and its value name: by its id, or as the tag or version of a release.
fn signed(facts: &DocumentFacts, name: &str, value: Span) -> Option<Span> {
    const RELEASES: &[&str] =
        &["version", "release", "tag", "build", "git tag", "signed version", "release tag"];
    if RELEASES.contains(&name) {
        let numbered = facts.text_of(value).bytes().any(|byte| byte.is_ascii_digit());
        return numbered.then_some(value);
    }
    let ids = commits::announces(name).then(|| commits::ids(facts, value))?;
    ids.first().copied()
}

/// `______`: a line for a signature that nobody put there.
fn is_line(value: &str) -> bool {
    value.trim().chars().all(|c| matches!(c, '_' | '.' | '-' | ' ' | '\\' | '/'))
}

/// The signature in the cells of a row.
pub(super) fn in_row(facts: &DocumentFacts, table: &Table, row: &[Span]) -> Signature {
    let mut signature = Signature::default();
    for (header, &cell) in table.header().iter().zip(row) {
        let (name, value) = (normalize(facts.text_of(*header)), facts.text_of(cell));
        if is_blank(value) || is_line(value) {
            continue;
        }
        if words::names_signer(&name) && words::is_somebody(value) {
            signature.signer = Some(cell);
        }
        if words::names_date(&name) {
            signature.date = dates::date(value);
        }
        signature.commit = signature.commit.or_else(|| signed(facts, &name, cell));
    }
    signature
}

impl Signature {
    /// This signature, with what it lacks from another.
    pub fn or(self, other: Self) -> Self {
        Self {
            signer: self.signer.or(other.signer),
            date: self.date.or(other.date),
            commit: self.commit.or(other.commit),
        }
    }
}
