use super::context::Place;
use super::sections::{Holds, Sections};
use super::{finding, shown};
use crate::base::{Level, Span, words};
use crate::facts::{Block, BlockId, BlockKind, DocumentFacts, Field, Section, Style, Table};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "empty-item",
    summary: "a bullet, a label or a row of a table has nothing in it",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/empty-item.md"),
    check: Check::Text(check),
};

const HELP: &str = "fill it in, say \"None\", or delete it";

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let sections = Sections::new(facts);
    for id in 0..facts.blocks.len() as BlockId {
        if is_empty_bullet(facts, id) && !is_told_by_section(&sections, facts, id) {
            let span = facts.blocks[id as usize].span;
            out.push(finding(facts, span, "an empty bullet".to_owned(), HELP));
        }
    }
    for (index, field) in facts.fields.iter().enumerate() {
        if field.value.is_empty() && owes(&sections, facts, index, field) {
            let label = shown(facts.text_of(field.label));
            out.push(finding(facts, field.label, format!("nothing follows \"{label}\""), HELP));
        }
    }
    for table in &facts.tables {
        if let Some((span, message)) = unfilled(facts, table) {
            out.push(finding(facts, span, message.to_owned(), HELP));
        }
    }
}

fn is_empty_bullet(facts: &DocumentFacts, id: BlockId) -> bool {
    let block = &facts.blocks[id as usize];
    let holder = facts.blocks.get(id as usize + 1).is_some_and(|next| next.parent == Some(id));
    block.kind == BlockKind::Item
        && block.inlines.0 == block.inlines.1
        && !holder
        && !has_link(facts, block.span)
        && !is_continued(facts, id)
}

/// Whether the next line goes on where the bullet stopped, although it is not indented enough to
/// belong to it.
fn is_continued(facts: &DocumentFacts, bullet: BlockId) -> bool {
    let block = &facts.blocks[bullet as usize];
    let Some(next) = block.parent.and_then(|list| next_outside(facts, list)) else { return false };
    let gap = Span { start: block.span.end, end: next.span.start };
    gap.of(&facts.text).bytes().filter(|byte| *byte == b'\n').count() == 1
}

/// A picture shows something without any text.
fn has_link(facts: &DocumentFacts, span: Span) -> bool {
    let first = facts.links.partition_point(|link| link.span.start < span.start);
    facts.links.get(first).is_some_and(|link| span.covers(link.span))
}

/// A section with one empty bullet and nothing else is an empty section.
fn is_told_by_section(sections: &Sections, facts: &DocumentFacts, bullet: BlockId) -> bool {
    let section = facts.blocks[bullet as usize].section;
    sections.holds(section) == Holds::EmptyItem
        && super::empty_section::speaks_of(sections, facts, section)
}

/// Whether a label without a value leaves something out, rather than heading what comes next.
fn owes(sections: &Sections, facts: &DocumentFacts, index: usize, field: &Field) -> bool {
    let block = &facts.blocks[field.block as usize];
    let content = field.content.end > field.value.end;
    let optional = facts.text_of(field.label).to_ascii_lowercase().contains("optional");
    // `NOTE:` announces a remark wherever it ends.
    let remark =
        matches!(&*field.name, "attention" | "caution" | "important" | "note" | "tip" | "warning");
    if content || optional || remark || block.kind == BlockKind::FrontMatter || is_box(facts, field)
    {
        return false;
    }
    let place = Place::in_block(facts, field.label, field.block, Style::default());
    if place.is_below_open_box() {
        return false;
    }
    let text = facts.own_text(block);
    if let Some(next) = facts.fields.get(index + 1).filter(|next| next.block == field.block) {
        // The first of several labels may head the others: `**Owns:**` above plain labels, or
        // the plain first line of a paragraph.
        let between = Span { start: field.label.end, end: next.label.start };
        if between.of(&facts.text).contains(['•', '◦', '▪', '‣', '·']) {
            return false;
        }
        let marked = is_marked(facts, field);
        let before = index.checked_sub(1).map(|before| facts.fields[before].block);
        let among = before == Some(field.block);
        return marked == is_marked(facts, next) && (marked || among);
    }
    let rest = Span { start: field.value.end, end: text.end };
    if rest.of(&facts.text).contains(char::is_alphanumeric) {
        return false;
    }
    let item = block.parent.filter(|id| facts.blocks[*id as usize].kind == BlockKind::Item);
    match (block.kind, item) {
        (BlockKind::Item, _) => owes_in_item(sections, facts, field, field.block),
        (_, Some(item)) => {
            next_to(facts, field.block).is_none() && owes_in_item(sections, facts, field, item)
        }
        _ if facts.section(field.section).level == Section::PSEUDO => owes_in_label(facts, field),
        _ => {
            // Longer words with a colon at the end of a section announce the headings below.
            let last = facts.sections.len() <= field.section as usize + 1;
            let below = sections.has_subsections(field.section) || is_wordy(field, 2) && !last;
            next_to(facts, field.block).is_none() && !below
        }
    }
}

fn is_box(facts: &DocumentFacts, field: &Field) -> bool {
    let at = facts.checks.partition_point(|check| check.mark.start < field.label.start);
    at.checked_sub(1).is_some_and(|last| facts.checks[last].text.covers(field.label))
}

fn is_marked(facts: &DocumentFacts, field: &Field) -> bool {
    facts.text[..field.label.start as usize].ends_with(['*', '_'])
}

/// A bullet that is only a label: it owes its value if the next bullet is labeled too. Before
/// other bullets it heads them, and before other blocks its content lost its indentation.
fn owes_in_item(sections: &Sections, facts: &DocumentFacts, field: &Field, item: BlockId) -> bool {
    let list = facts.blocks[item as usize].parent;
    // A label further down in the item heads the bullets that follow.
    if field.label.start > facts.own_text(&facts.blocks[field.block as usize]).start + 4 {
        return false;
    }
    let mut after = facts.blocks[item as usize + 1..].iter();
    if let Some(next) = after.find(|block| block.parent == list) {
        let text = facts.own_text(next);
        let label = facts.fields.partition_point(|field| field.label.start < text.start);
        let label = facts.fields.get(label);
        return label
            .is_some_and(|label| text.covers(label.label) && label.label.start < text.start + 4);
    }
    // A longer label at the end of its section may announce the headings or labels below.
    let announces = sections.has_subsections(field.section)
        || facts
            .sections
            .get(field.section as usize + 1)
            .is_some_and(|next| next.level == Section::PSEUDO);
    let followed = match list.and_then(|list| next_outside(facts, list)) {
        // A paragraph after a list of labels and values has no part in the list.
        Some(next) => next.kind != BlockKind::Paragraph || !is_one_of_several(facts, field),
        None => false,
    };
    !(followed || announces && is_wordy(field, 2))
}

/// The block after a list, or after the list around it where this one ends that as well.
fn next_outside(facts: &DocumentFacts, list: BlockId) -> Option<&Block> {
    let mut at = list;
    loop {
        if let Some(next) = next_to(facts, at) {
            return Some(next).filter(|next| next.kind != BlockKind::Item);
        }
        at = facts.blocks[at as usize].parent?;
    }
}

/// Whether the field before this one stands in the same list and has a value.
fn is_one_of_several(facts: &DocumentFacts, field: &Field) -> bool {
    let list_of = |field: &Field| facts.blocks[field.block as usize].parent;
    let before = facts.fields.partition_point(|other| other.label.start < field.label.start);
    let before = before.checked_sub(1).map(|before| &facts.fields[before]);
    before.is_some_and(|before| !before.value.is_empty() && list_of(before) == list_of(field))
}

fn is_wordy(field: &Field, most: usize) -> bool {
    field.name.split(' ').count() > most
}

/// The block that comes after this one in the same holder and section.
fn next_to(facts: &DocumentFacts, id: BlockId) -> Option<&Block> {
    let block = &facts.blocks[id as usize];
    // What stands in the block begins before its end, so the next one is found without a walk.
    let after = facts.blocks.partition_point(|next| next.span.start < block.span.end);
    let next = facts.blocks.get(after.max(id as usize + 1))?;
    let beside = next.parent == block.parent && next.section == block.section;
    (beside && next.kind != BlockKind::Rule).then_some(next)
}

/// A bold label on its own heads what follows, be it other bold labels. It owes something when
/// the section ends and nothing came, or when it is filled elsewhere in the document.
fn owes_in_label(facts: &DocumentFacts, field: &Field) -> bool {
    if let Some(next) = next_to(facts, field.block) {
        return label_of(facts, next).is_some_and(|next| is_filled_elsewhere(facts, field, next));
    }
    let next = facts.sections.get(field.section as usize + 1);
    match next {
        Some(next) if next.level == Section::PSEUDO => {
            let labeled = facts.fields_in(next.heading).next();
            labeled.is_some_and(|next| {
                let empty = next.content.is_empty() && next_to(facts, next.block).is_none();
                is_filled_elsewhere(facts, field, next)
                    || !is_wordy(field, 2) && empty && owes_in_label(facts, next)
            })
        }
        Some(next) => {
            let parent = facts.section(field.section).parent.map(|id| facts.section(id).level);
            // Headings of the same level may be what a longer label announces.
            let level = parent.unwrap_or(0);
            next.level < level || (next.level == level && !is_wordy(field, 2))
        }
        None => true,
    }
}

/// The label that a paragraph begins with.
fn label_of<'f>(facts: &'f DocumentFacts, block: &Block) -> Option<&'f Field> {
    let start = facts.own_text(block).start;
    let first = facts.fields.partition_point(|field| field.label.start < start);
    let label = facts.fields.get(first).filter(|field| field.label.start < start + 4);
    label.filter(|field| block.kind == BlockKind::Paragraph && is_marked(facts, field))
}

/// Whether a label stands elsewhere with something behind it, before the same next label.
fn is_filled_elsewhere(facts: &DocumentFacts, field: &Field, next: &Field) -> bool {
    // Other parts of a document that repeat their labels are near; the work stays bounded.
    const REACH: usize = 60;
    let at = facts.fields.partition_point(|other| other.label.start < field.label.start);
    let from = at.saturating_sub(REACH);
    let around = &facts.fields[from..facts.fields.len().min(at + REACH)];
    around.iter().enumerate().any(|(index, other)| {
        let mut behind = around[index + 1..].iter().take_while(|one| one.name != other.name);
        other.name == field.name
            && !other.content.is_empty()
            && behind.any(|one| one.name == next.name)
    })
}

/// A table that nobody filled: no rows, an empty row, or nothing behind the first column.
fn unfilled(facts: &DocumentFacts, table: &Table) -> Option<(Span, &'static str)> {
    let title = table.header().iter().find(|cell| !cell.is_empty()).copied()?;
    let Some(first) = table.rows().next() else { return Some((title, "the table has no rows")) };
    // An empty row between others parts them.
    if let Some(row) = table.rows().last().filter(|row| row.iter().all(|cell| cell.is_empty())) {
        return Some((*row.first()?, "an empty row"));
    }
    // A row may say in its first cell that there is nothing.
    let behind = |row: &[Span]| row[1..].iter().all(|cell| cell.is_empty());
    let none = |row: &[Span]| {
        let said = words::normalize(facts.text_of(row[0]));
        matches!(&*said, "" | "n a" | "na" | "none" | "nothing")
    };
    let bare = table.columns > 1 && table.rows().all(|row| behind(row) && !none(row));
    bare.then_some((*first.first()?, "the table holds nothing behind its first column"))
}
