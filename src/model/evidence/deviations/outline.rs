//! Deviations told part by part: what changed, why and the impact under headings or labels of
//! their own, as the workflow words its outline, and not deviation by deviation.

use super::aspects::trimmed;
use super::body::short;
use super::entries::Entries;
use super::labels::{Aspect, aspect, heads_part};
use super::parts::{Part, PartKind, lead_field};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{DocumentFacts, Field, Section};
use crate::model::phrases::{flat, is_blank, title};

/// What stands beside a place that speaks of deviations: their reasons and their impact.
pub(super) type Beside = Vec<(Aspect, Span)>;

/// The sections that follow a section on its level, as long as they tell a part of deviations.
pub(super) fn after_section(facts: &DocumentFacts, section: &Section, end: u32) -> Beside {
    let first = facts.sections.partition_point(|next| next.heading.start < end);
    let around = section.parent.map(|id| facts.section(id).extent);
    let following = facts.sections[first..].iter();
    let within = following.take_while(|next| around.is_none_or(|it| it.covers(next.heading)));
    let siblings = within.filter(|next| next.parent == section.parent);
    let told = siblings.map_while(|next| {
        let aspect = heads_part(&next.name).filter(|_| next.level == section.level)?;
        let body = trimmed(facts, Span { start: next.heading.end, ..next.extent });
        // An empty section is a finding already, whatever it is about.
        Some((aspect, if body.start == body.end { next.heading } else { body }))
    });
    stated(facts, told)
}

/// The labels that follow the content of a label in its section.
pub(super) fn after_label(facts: &DocumentFacts, field: &Field) -> Beside {
    let first = facts.fields.partition_point(|next| next.label.start < field.content.end);
    let beside = facts.fields[first..].iter().take_while(|next| next.section == field.section);
    stated(facts, beside.map_while(|next| Some((heads_part(&next.name)?, next.content))))
}

/// The rows that follow a row of a table of two columns.
pub(super) fn after_row(facts: &DocumentFacts, rows: &[Span]) -> Beside {
    let pairs = rows.chunks_exact(2);
    stated(facts, pairs.map_while(|row| Some((heads_part(&flat(facts.text_of(row[0])))?, row[1]))))
}

fn stated(facts: &DocumentFacts, told: impl Iterator<Item = (Aspect, Span)>) -> Beside {
    told.filter(|(_, said)| !is_blank(facts.text_of(*said))).collect()
}

impl Entries<'_> {
    /// Reads parts under headings such as "What changed" and "Why" from the first part on. What
    /// is done otherwise may be several things; reasons and impact belong to each of them.
    /// Answers whether the parts begin so, and so are read.
    pub fn read_outline(&mut self, parts: &[Part]) -> bool {
        let starts: Vec<(usize, Aspect)> = (0..parts.len())
            .filter_map(|at| Some((at, self.heading_of_part(&parts[at])?)))
            .collect();
        if starts.first().is_none_or(|&(at, _)| at > 0) {
            return false;
        }
        let end = |index: usize| starts.get(index + 1).map_or(parts.len(), |&(next, _)| next);
        let has = |wanted: Aspect| starts.iter().any(|&(_, aspect)| aspect == wanted);
        if has(Aspect::Agreed) && has(Aspect::Done) {
            self.read_pairs(parts, &starts);
            return true;
        }
        for (index, &(at, aspect)) in starts.iter().enumerate() {
            if matches!(aspect, Aspect::Agreed | Aspect::Done) {
                let mut below = self.below();
                below.read(&parts[at + 1..end(index)]);
                let known = self.found.len();
                self.take(below);
                for entry in &mut self.found[known..] {
                    entry.what = entry.what.or(Some(entry.span));
                }
            }
        }
        true
    }

    /// What was agreed beside what was done is one deviation, up to where it is told again.
    fn read_pairs(&mut self, parts: &[Part], starts: &[(usize, Aspect)]) {
        let first =
            starts.iter().find(|(_, aspect)| matches!(aspect, Aspect::Agreed | Aspect::Done));
        let Some(&(_, first)) = first else { return };
        let opens: Vec<usize> =
            starts.iter().filter(|(_, aspect)| *aspect == first).map(|&(at, _)| at).collect();
        for (index, &at) in opens.iter().enumerate() {
            let own = &parts[at..opens.get(index + 1).copied().unwrap_or(parts.len())];
            let extent = own.iter().fold(own[0].span, |all, part| all.to(part.span));
            let named = own.get(1).unwrap_or(&own[0]).span;
            self.push_entry(short(&title(self.facts.text_of(named))), named, extent);
        }
    }

    /// The part of deviations that a heading announces. Labels with a colon are read as such.
    fn heading_of_part(&self, part: &Part) -> Option<Aspect> {
        let heads = match part.kind {
            PartKind::Heading(_) => true,
            PartKind::Label => lead_field(self.facts, part.block).is_none(),
            _ => false,
        };
        let written = || normalize(&title(&self.written(part)));
        if heads && self.is_aspect(part) { aspect(&written()) } else { None }
    }
}
