//! Lists sorted by levels: `Phase 2a (can be parallel):`, `Level 0: … (BLOCKING)`, with what each
//! item needs behind its name.

use super::context::{self, About};
use super::names::Named;
use super::remarks::{self, Remark};
use super::{Dependencies, Drawing, End, Group, Need, Node, Notation, Said};
use crate::base::Span;
use crate::base::words::{listed, normalize, without_markup};
use crate::facts::{Block, BlockKind, DocumentFacts, SectionId};
use crate::model::architecture::Title;
use crate::model::part_of;

pub(super) fn read(facts: &DocumentFacts, about: &About, found: &mut Dependencies) {
    if !context::may_plan(facts, about) {
        return;
    }
    let mut open: Option<(SectionId, Drawing)> = None;
    for (id, section) in facts.sections() {
        let Some(region) = Region::of(facts, id, about) else { continue };
        if open.as_ref().is_none_or(|(root, _)| *root != region.root) {
            found.drawings.extend(open.take().map(|(_, drawing)| drawing));
            let drawing = Drawing::new(Notation::List, section.extent);
            open = Some((region.root, drawing));
        }
        if let Some((_, drawing)) = &mut open {
            let mut list = List { facts, region, group: None, drawing };
            list.section(id);
        }
    }
    found.drawings.extend(open.take().map(|(_, drawing)| drawing));
}

/// What surrounds a section whose lists may plan.
struct Region {
    /// The outermost section that belongs to the plan.
    root: SectionId,
    iteration: Option<String>,
    /// Headings say that dependencies are told here.
    told: bool,
}

impl Region {
    fn of(facts: &DocumentFacts, id: SectionId, about: &About) -> Option<Self> {
        let iteration = context::planned(facts, id);
        if context::lists_others(&facts.section(id).name) {
            return None;
        }
        if iteration.is_none() && !about.orders(facts, id) && !context::is_schedule(facts, id) {
            return None;
        }
        let below_title = facts.outward(id).filter(|(_, section)| section.level > 1).last();
        Some(Self {
            root: below_title.map_or(id, |(id, _)| id),
            iteration,
            told: about.orders_text(facts, id),
        })
    }
}

struct List<'a> {
    facts: &'a DocumentFacts,
    region: Region,
    group: Option<usize>,
    drawing: &'a mut Drawing,
}

impl List<'_> {
    fn section(&mut self, id: SectionId) {
        let section = self.facts.section(id);
        self.heading(id);
        let own = self.group;
        for block in part_of(&self.facts.blocks, section.body, |block| block.span) {
            match block.kind {
                BlockKind::Paragraph if !self.facts.is_inside(block, BlockKind::Item) => {
                    // Text between two lists ends what the first was about.
                    self.group = own;
                    self.paragraph(block);
                }
                BlockKind::Item => self.item(block),
                _ => {}
            }
        }
    }

    /// A heading that names a level, or the nearest one above that does.
    fn heading(&mut self, id: SectionId) {
        let mut at = Some(id);
        while let Some(id) = at {
            let section = self.facts.section(id);
            let title = self.facts.text_of(section.title);
            if let Some((kind, _)) = context::level(&normalize(before_colon(title))) {
                let known = self.drawing.groups.iter().position(|one| one.span == section.title);
                let group = group(title, section.title, kind, self.region.iteration.clone());
                let place = known.unwrap_or_else(|| self.add(group));
                // Under a heading of its own an item tells about that, and not what the level holds.
                self.group = Some(place);
                return;
            }
            let pseudo = section.level == crate::facts::Section::PSEUDO;
            at = section.parent.filter(|_| pseudo);
        }
    }

    fn add(&mut self, group: Group) -> usize {
        self.drawing.groups.push(group);
        self.drawing.groups.len() - 1
    }

    fn paragraph(&mut self, block: &Block) {
        let text = self.facts.text_of(block.span);
        let mut start = block.span.start as usize;
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            let at = start + (line.len() - line.trim_start().len());
            start += line.len();
            let span = Span::new(at, at + bare.len());
            let label = normalize(&without_markup(before_colon(bare)));
            let kind = context::level(&label).map(|(kind, _)| kind);
            let Some(kind) = kind.or_else(|| context::is_level(&label).then_some("group")) else {
                self.sentence(bare, span);
                continue;
            };
            let head = before_colon(bare);
            let group = group(bare, span, kind, self.region.iteration.clone());
            self.group = Some(self.add(group));
            let rest = bare.get(head.len()..).unwrap_or("").trim_start_matches([':', '*', ' ']);
            if !rest.is_empty() && self.region.iteration.is_some() && bare.contains(':') {
                let from = span.end as usize - rest.len();
                self.members(Span::new(from, span.end as usize));
            }
        }
    }

    fn item(&mut self, block: &Block) {
        let line = first_line(self.facts, block);
        let text = self.facts.text_of(line);
        let holder = holder(self.facts, block);
        let label = normalize(&without_markup(before_colon(text)));
        let grouping = context::is_level(&label);
        let outer = holder.is_none_or(|one| self.is_level_item(one));
        if grouping && outer {
            let kind = context::level(&label).map_or("group", |(kind, _)| kind);
            let group = group(text, line, kind, self.region.iteration.clone());
            self.group = Some(self.add(group));
            let has_list = self.facts.blocks_in(block.span).any(|(_, inner)| {
                inner.kind == BlockKind::List && inner.span.start > block.span.start
            });
            let field = part_of(&self.facts.fields, line, |field| field.label).first();
            if let Some(field) = field.filter(|_| !has_list && self.region.iteration.is_some()) {
                self.members(field.value);
            }
            return;
        }
        if holder.is_none() {
            self.leave_item_group();
        }
        if !outer {
            return;
        }
        self.member_or_sentence(text, line);
    }

    /// An item at the margin stands in no level that an item before it named.
    fn leave_item_group(&mut self) {
        let named_by_item = |group: &Group| {
            let facts = self.facts;
            let section = facts.section(facts.section_at(group.span));
            section.title != group.span
                && facts.text.get(..group.span.start as usize).is_some_and(|before| {
                    before.trim_end_matches(['*', ' ']).ends_with(['-', '+', '•'])
                })
        };
        if self.group.is_some_and(|at| named_by_item(&self.drawing.groups[at])) {
            self.group = None;
        }
    }

    fn is_level_item(&self, block: &Block) -> bool {
        let text = self.facts.text_of(first_line(self.facts, block));
        context::is_level(&normalize(&without_markup(before_colon(text))))
    }

    fn member_or_sentence(&mut self, text: &str, line: Span) {
        if self.sentence(text, line) {
            return;
        }
        let planned = self.region.iteration.is_some();
        if !planned && self.is_field(line, text) {
            return;
        }
        let at = self.drawing.nodes.len();
        if planned || self.group.is_some() || self.has_remark(line) {
            self.members(line);
        }
        if !planned && self.group.is_none() && self.drawing.nodes.len() > at + 1 {
            self.drawing.nodes.truncate(at + 1);
        }
    }

    fn has_remark(&self, line: Span) -> bool {
        let first = several(self.facts, line).into_iter().next();
        let Some((_, _, rest)) = first else { return false };
        let remark = remarks::read(self.facts.text_of(rest), rest);
        let named = |name: &str| name.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        self.region.told && !remark.is_empty() && remark.needs.iter().all(|one| named(&one.name))
    }

    /// Whether an item is a labeled value, and names nothing itself.
    fn is_field(&self, line: Span, text: &str) -> bool {
        let field = part_of(&self.facts.fields, line, |field| field.label).first();
        field.is_some() && super::id(without_markup(text).as_ref()).is_none()
    }

    fn sentence(&mut self, text: &str, span: Span) -> bool {
        if !self.region.told {
            return false;
        }
        let Some((subject, remark)) = remarks::sentence(text, span) else { return false };
        say(self.drawing, End::Named(subject), &remark);
        true
    }

    /// The features that one line names, with what it says of their needs.
    fn members(&mut self, line: Span) {
        let names = several(self.facts, line);
        for (name, span, rest) in names {
            let remark = remarks::read(self.facts.text_of(rest), rest);
            let mut node = Node::new(name, span);
            node.group = self.group;
            node.iteration.clone_from(&self.region.iteration);
            node.said = said(&remark);
            let from = End::Node(self.drawing.nodes.len());
            self.drawing.nodes.push(node);
            say(self.drawing, from, &remark);
        }
    }
}

pub(super) fn said(remark: &Remark) -> Said {
    match remark {
        Remark { everything: true, .. } => Said::Everything,
        Remark { free: true, needs, .. } if needs.is_empty() => Said::None,
        Remark { needs, partly: false, .. } if !needs.is_empty() => Said::All,
        _ => Said::Some,
    }
}

/// Adds what a remark says. Who is blocked needs the one that blocks.
pub(super) fn say(drawing: &mut Drawing, from: End, remark: &Remark) {
    let named = |one: &Named| End::Named(one.name.clone());
    let need =
        |from: End, to: End, one: &Named| Need { from, to, span: one.span, sense: one.sense() };
    let needs = remark.needs.iter().map(|one| need(from.clone(), named(one), one));
    drawing.needs.extend(needs);
    let blocks = remark.blocks.iter().map(|one| need(named(one), from.clone(), one));
    drawing.needs.extend(blocks);
}

/// A level by the line that names it.
pub(super) fn group(line: &str, span: Span, kind: &str, iteration: Option<String>) -> Group {
    let plain = without_markup(line);
    let words = crate::model::phrases::flat(&plain);
    let mut each = words.split(' ');
    let says = each.clone().any(|word| {
        listed!(
            "parallel|parallelizable|simultaneous|simultaneously|concurrent|concurrently|\
                 independently"
        )
        .has(word)
    }) || words.contains("nothing to wait for");
    // Where one hands over to another, or only some work side by side, needs inside are no surprise.
    let denies = each.any(|word| {
        listed!(
            "not|cannot|sequential|no|handoff|handoffs|handover|handovers|partly|partially|mostly"
        )
        .has(word)
    });
    let name = before_colon(&plain).split(" (").next().unwrap_or("").trim().to_owned();
    let label = normalize(&name);
    let sub = context::level(&label).is_some_and(|(kind, label)| {
        let digits = label.bytes().take_while(u8::is_ascii_digit).count();
        kind == "phase" && digits > 0 && label.len() == digits + 1
    });
    let after = remarks::after(line, span);
    Group {
        name,
        span,
        iteration,
        parallel: (says && !denies) || sub,
        ordered: context::follow_each_other(kind),
        after: after.into_iter().map(|one| (one.name, one.span)).collect(),
    }
}

/// What stands before the first colon outside of brackets, else the whole.
pub(super) fn before_colon(line: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in line.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return &line[..at],
            _ => {}
        }
    }
    line.split(" (").next().unwrap_or(line)
}

fn first_line(facts: &DocumentFacts, item: &Block) -> Span {
    let text = facts.text_of(item.span);
    let line = text.lines().next().unwrap_or("");
    let bare = line.trim_start_matches(|c: char| " -*+•".contains(c) || c.is_ascii_digit());
    let numbered = bare.starts_with(['.', ')']) && !line.trim_start().starts_with(['-', '*', '+']);
    let bare = if numbered {
        bare.trim_start_matches(['.', ')', ' '])
    } else {
        // A number right behind the mark belongs to the name: "2FA", "1.2 Setup".
        line.trim_start().trim_start_matches(|c: char| "-*+• ".contains(c))
    };
    let bare = ["[ ] ", "[x] ", "[X] "].iter().find_map(|b| bare.strip_prefix(b)).unwrap_or(bare);
    let start = item.span.start as usize + line.len() - bare.len();
    Span::new(start, start + bare.trim_end().len())
}

/// The item that holds an item's list.
fn holder<'f>(facts: &'f DocumentFacts, item: &Block) -> Option<&'f Block> {
    let list = &facts.blocks[item.parent? as usize];
    let holder = &facts.blocks[list.parent? as usize];
    (holder.kind == BlockKind::Item).then_some(holder)
}

/// The features one line names, each with its place and what stands behind all of them:
/// `Feature A: Accounts (no needs)`, `Accounts, Catalog`.
pub(super) fn several(facts: &DocumentFacts, line: Span) -> Vec<(String, Span, Span)> {
    let text = facts.text_of(line);
    let end = [" (", " - ", " – ", " — ", " → ", " -> ", " ← ", ". ", " [", " ─", " ◄"];
    // "Feature A - Accounts (…)": a mark right behind the label does not end the name.
    let label = Title::read(text)
        .label
        .map_or(0, |_| text.find([':', '-', '–', '—']).map_or(0, |at| at + 3));
    let label = label.max(super::id(text).map_or(0, |(_, length)| length + 3));
    let label = (label..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let remarks = [": deps", ": depends", ": requires", ": needs", ": blocked by", ": after"];
    let remark = remarks.iter().filter_map(|mark| text.find(mark));
    let cuts = end.iter().filter_map(|mark| text.get(label..)?.find(mark).map(|at| at + label));
    let cut = cuts.chain(remark).min().unwrap_or(text.len());
    let names = &text[..cut];
    let rest = Span::new(line.start as usize + cut, line.end as usize);
    let mut found = Vec::new();
    let mut at = line.start as usize;
    for part in names.split_inclusive([',', '+', '&']) {
        // "Feature B and Feature C" are two, "Search and Filters" is one.
        let second = part.find(" and ").filter(|&and| Title::read(&part[and + 5..]).marked);
        for name in second.map_or(vec![part], |and| vec![&part[..and + 5], &part[and + 5..]]) {
            let end = name.trim_end_matches([',', '+', '&', ' ']);
            let end = end.strip_suffix(" and").unwrap_or(end);
            let start = at + name.len() - name.trim_start().len();
            let span = Span::new(start, at + end.len());
            at += name.len();
            if Title::read(end).name.chars().any(char::is_alphabetic) {
                found.push((written(end), span, rest));
            }
        }
    }
    found
}

/// A name as written, without marks around it.
pub(super) fn written(name: &str) -> String {
    let name = without_markup(name);
    name.trim_matches(|c: char| c.is_whitespace() || "*_`:└├─│┤┐┘".contains(c)).to_owned()
}
