//! The deviations that stand below no heading of their own: paragraphs, items, sentences.

use super::body::short;
use super::entries::Entries;
use super::parts::{Part, PartKind, bold_lead, items, lead_field, own_text, parts};
use super::topics::topic;
use super::{denials, labels, table, topics};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::BlockId;
use crate::model::phrases::{flat, is_blank, listed, one_of, sentences, title};

impl Entries<'_> {
    /// Parts without headings among them: prose, labels, lists, tables.
    pub fn read_flat(&mut self, parts: &[Part]) {
        let mut prose: Vec<Part> = Vec::new();
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            let told = self.read_ids(&parts[at..]);
            if told > 0 {
                at += told;
                continue;
            }
            if self.read_outline(&parts[at..]) {
                break;
            }
            let run = self.aspect_run(&parts[at..]);
            if run > 0 {
                let parts = &parts[at..at + run];
                self.read_aspects(parts, prose.pop().as_ref());
                at += run;
                continue;
            }
            match part.kind {
                PartKind::Paragraph => {
                    let owned = self.owned(&parts[at..]);
                    if !self.read_paragraph(part, &parts[at + 1..at + owned]) {
                        prose.push(*part);
                    }
                    at += owned;
                    continue;
                }
                PartKind::List if self.are_notes(&parts[..at]) => {}
                PartKind::List => self.read_list(part.block),
                PartKind::Table(table) => table::read(self, &self.facts.tables[table]),
                _ => {}
            }
            at += 1;
        }
        if !prose.is_empty() {
            self.prose.push(prose);
        }
    }

    /// Reads a paragraph whose lines open with the ids of deviations, and what follows up to the
    /// next one. Answers with the number of parts read.
    fn read_ids(&mut self, parts: &[Part]) -> usize {
        let opens = |part: &Part| {
            let lead = self.facts.text_of(part.span).trim_start_matches(['*', '_', '`']);
            part.kind == PartKind::Paragraph && topics::opens_with_id(lead)
        };
        let Some(first) = parts.first().filter(|first| opens(first)) else { return 0 };
        if denials::says_none(self.facts.text_of(first.span), self.words) {
            return 0;
        }
        let rest = &parts[1..1 + self.closing(&parts[1..])];
        let owned = 1 + rest.iter().take_while(|part| !opens(part)).count();
        let text = self.facts.text_of(first.span);
        let mut starts: Vec<u32> = Vec::new();
        let mut at = first.span.start;
        for line in text.split_inclusive('\n') {
            if topics::opens_with_id(line.trim_start().trim_start_matches(['*', '_', '`'])) {
                starts.push(at);
            }
            at += line.len() as u32;
        }
        let end = parts[..owned].iter().fold(first.span, |all, part| all.to(part.span)).end;
        for (index, &start) in starts.iter().enumerate() {
            let next = starts.get(index + 1).copied();
            let line = Span { start, end: next.unwrap_or(first.span.end) };
            let name = short(self.facts.text_of(line).trim_end());
            self.push_entry(name, line, Span { start, end: next.unwrap_or(end) });
        }
        owned
    }

    /// Whether the last of these parts announces notes after a denial.
    fn are_notes(&self, before: &[Part]) -> bool {
        let announces = |part: &Part| {
            part.kind == PartKind::Paragraph
                && topics::announces_notes(self.facts.text_of(part.span))
        };
        self.none.is_some() && before.last().is_some_and(announces)
    }

    /// How many parts a paragraph owns: one that begins in bold owns the lists behind it.
    fn owned(&self, parts: &[Part]) -> usize {
        let owner = bold_lead(self.facts, parts[0].block).is_some() && !self.is_closing(&parts[0]);
        let follows = |part: &&Part| owner && matches!(part.kind, PartKind::List | PartKind::Other);
        1 + parts[1..].iter().take_while(follows).count()
    }

    fn is_closing(&self, part: &Part) -> bool {
        let text = self.facts.text_of(own_text(self.facts, part.block));
        self.closing(std::slice::from_ref(part)) == 0 || denials::says_none(text, self.words)
    }

    /// Whether a paragraph was understood: a denial, an aside or a deviation with a bold title.
    fn read_paragraph(&mut self, part: &Part, owned: &[Part]) -> bool {
        let text = self.facts.text_of(part.span);
        let all = owned.iter().fold(part.span, |all, part| all.to(part.span));
        let of_one =
            lead_field(self.facts, part.block).filter(|field| topic(&field.name).is_none());
        if of_one.is_some() && self.is_kept(part.span, all) {
            return true;
        }
        if denials::says_none(text, self.words) {
            self.none = self.none.or(Some(part.span));
            return true;
        }
        if self.is_closing(part) || is_blank(text) || denials::evades(text) {
            return true;
        }
        if self.is_kept(part.span, all) {
            return true;
        }
        let Some(lead) = bold_lead(self.facts, part.block) else { return false };
        let name = normalize(self.facts.text_of(lead));
        let written = flat(self.facts.text_of(lead));
        if topics::is_aside(&name) || topics::is_aside(&written) || topics::is_beside(&written) {
            return true;
        }
        if self.counts(part.span, owned) {
            self.push_entry(title(self.facts.text_of(lead)), part.span, all);
        }
        true
    }

    /// Plain sentences are one deviation where nothing else was told.
    pub fn read_prose(&mut self, prose: &[Part]) {
        let (Some(first), None) = (prose.first(), self.none) else { return };
        let text = self.facts.text_of(first.span);
        let denied = prose.iter().find(|part| {
            let mut told = sentences(self.facts.text_of(part.span));
            told.any(|sentence| denials::denies(&flat(sentence)))
        });
        if let Some(denied) = denied {
            self.none = Some(denied.span);
        } else if denials::agrees(text) {
            self.none = Some(first.span);
        } else if !topics::refers(text) && !text.trim_end().ends_with(':') {
            let extent = prose.iter().fold(first.span, |all, part| all.to(part.span));
            // "None that matter; the login answers 201": the title is what departs.
            let narrow = denials::is_narrow(&flat(text));
            let departs = |sentence: &&str| labels::departs(&flat(sentence));
            let told = sentences(text).find(|one| !narrow || departs(one)).unwrap_or(text);
            self.push_entry(short(told), first.span, extent);
        }
    }

    fn read_list(&mut self, list: BlockId) {
        for (id, item) in items(self.facts, list) {
            self.read_item(id, item.span);
        }
    }

    fn read_item(&mut self, id: BlockId, extent: Span) {
        let own = own_text(self.facts, id);
        let text = self.facts.text_of(own);
        let field = lead_field(self.facts, id);
        // "API: no deviations" denies them for one thing, "No deviations" for all.
        let of_one = field.is_some_and(|field| topic(&field.name).is_none());
        if of_one && self.is_kept(own, extent) {
            return;
        }
        if denials::says_none(text, self.words) {
            self.none = self.none.or(Some(extent));
            return;
        }
        if self.is_kept(own, extent) {
            return;
        }
        let label = field.map(|field| &*field.name);
        let aside = label.is_some_and(|name| topics::is_aside(name) || topics::counts(name));
        if is_blank(text) || aside || topics::refers(text) || denials::evades(text) {
            return;
        }
        let below = parts(self.facts, Span { start: own.end, end: extent.end });
        let lists = below.iter().filter(|part| part.kind == PartKind::List);
        if let Some(field) = field
            && self.facts.text_of(field.value).trim().is_empty()
            && (topics::sorts(&field.name) || topic(&field.name).is_some())
        {
            return lists.for_each(|list| self.read_list(list.block));
        }
        if self.none.is_some() && (!self.is_strong(extent) || complies(text)) {
            return;
        }
        let label = field.map(|field| field.label).filter(|label| {
            // "D-1: what changed" is named by all of it, "Storage: in memory" by its label.
            !self.facts.text_of(*label).contains(|c: char| c.is_ascii_digit())
        });
        let lead = bold_lead(self.facts, id).or(label);
        let name = lead.map_or_else(|| short(text), |lead| title(self.facts.text_of(lead)));
        self.push_entry(name, own, extent);
    }
}

/// Whether an item after a denial only bears it out.
fn complies(text: &str) -> bool {
    let words = flat(text);
    let first = words.split(' ').next().unwrap_or("");
    one_of(listed!("no|all|every|each|note|none|existing"), first)
        || text.trim_start().starts_with(['✅', '✓', '✔'])
}
