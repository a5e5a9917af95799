//! The lines of test evidence, each with the endpoints that it is about.

use super::said::{self, ENDPOINTS, ERRORS, EVENTS, Hints};
use super::table::Columns;
use super::{About, Line, What};
use crate::base::Span;
use crate::facts::{Block, BlockId, BlockKind, Code, DocumentFacts, Section, SectionId, Table};
use crate::model::contract::mentions;
use crate::model::phrases::flat;

pub(super) fn read(facts: &DocumentFacts, extent: Span, lines: &mut Vec<Line>) {
    let mut reader = Reader {
        facts,
        lines,
        of_section: vec![None; facts.sections.len()],
        of_block: vec![None; facts.blocks.len()],
        last: None,
    };
    for (id, block) in facts.blocks_in(extent) {
        reader.block(id, block);
    }
}

/// Goes through the blocks in their order and knows what each stands below.
struct Reader<'f> {
    facts: &'f DocumentFacts,
    lines: &'f mut Vec<Line>,
    /// The line of the heading of each section.
    of_section: Vec<Option<usize>>,
    /// The line that the content of each block stands below.
    of_block: Vec<Option<usize>>,
    /// The last paragraph that stands alone, if it leads in what follows.
    last: Option<usize>,
}

impl Reader<'_> {
    fn block(&mut self, id: BlockId, block: &Block) {
        let below = self.above(block);
        self.of_block[id as usize] = below;
        match block.kind {
            BlockKind::Heading => self.heading(block.section, self.facts.own_text(block)),
            BlockKind::Paragraph | BlockKind::Item => {
                let text = self.facts.own_text(block);
                if text.is_empty() {
                    return;
                }
                let section = self.facts.section(block.section);
                if section.level == Section::PSEUDO && section.heading.covers(text) {
                    return self.heading(block.section, section.title);
                }
                let line = self.line(text, below);
                self.enclose(id, block, line);
            }
            BlockKind::Code => {
                if let Some(code) = self.facts.codes_in(block.span).next() {
                    self.code(code, below);
                }
            }
            BlockKind::Table => {
                if let Some(table) = self.facts.tables_in(block.span).next() {
                    self.table(table, below);
                }
            }
            _ => {}
        }
        if block.parent.is_none() && block.kind != BlockKind::Paragraph {
            self.last = None;
        }
    }

    /// The line that a block stands below: the item around it, words that lead it in, a heading.
    fn above(&self, block: &Block) -> Option<usize> {
        let section = self.of_section.get(block.section as usize).copied().flatten();
        match block.parent {
            Some(parent) => self.of_block.get(parent as usize).copied().flatten().or(section),
            None if block.kind == BlockKind::Paragraph => section,
            None => self.last.or(section),
        }
    }

    /// What follows in an item stands below its first words.
    fn enclose(&mut self, id: BlockId, block: &Block, line: usize) {
        let first = |blocks: &[Option<usize>], id: BlockId| {
            blocks.get(id as usize).copied().flatten() == self.lines[line].below
        };
        match (block.kind, block.parent) {
            (BlockKind::Item, _) => self.of_block[id as usize] = Some(line),
            (_, Some(parent)) if first(&self.of_block, parent) => {
                self.of_block[parent as usize] = Some(line);
            }
            (_, Some(_)) => {}
            (_, None) => {
                let text = self.facts.text_of(self.lines[line].span);
                let leads = text.trim_end().ends_with([':', '*']);
                let named = !self.lines[line].about.is_empty();
                let own = self.lines[line].below.is_none_or(|below| {
                    self.lines[line].about.len() != self.lines[below].about.len()
                });
                self.last = (leads || named && own && text.len() < 120).then_some(line);
            }
        }
    }

    fn heading(&mut self, id: SectionId, text: Span) {
        let section = self.facts.section(id);
        let below = section.parent.and_then(|parent| self.of_section[parent as usize]);
        let line = self.line(text, below);
        self.lines[line].denied |= section.level > 1 && said::is_gap(&section.name);
        self.of_section[id as usize] = Some(line);
        self.last = None;
    }

    /// Adds a line, with what it names, or what the line above names where it names nothing.
    fn line(&mut self, span: Span, below: Option<usize>) -> usize {
        let text = self.facts.text_of(span);
        let hints = Hints::of(text);
        let mut about = hinted(text, span.start as usize, hints);
        let bare = about.is_empty();
        if hints.denial {
            about.retain(|one| !is_denied(self.facts, one, span));
        }
        let denied = hints.denial && about.is_empty() && said::is_denial(text);
        self.add(span, hints, about, denied, bare, below)
    }

    fn add(
        &mut self,
        span: Span,
        hints: Hints,
        mut about: Vec<About>,
        denied: bool,
        bare: bool,
        below: Option<usize>,
    ) -> usize {
        let text = self.facts.text_of(span);
        let above = below.and_then(|below| self.lines.get(below));
        let denied = denied || above.is_some_and(|above| above.denied);
        let statuses = if hints.statuses { said::statuses(text) } else { Vec::new() };
        let flat = hints.range.then(|| flat(text));
        let words: Vec<&str> = flat.iter().flat_map(|flat| flat.split(' ')).collect();
        if let (true, Some(above)) = (bare, above) {
            about = above.about.clone();
            for one in &mut about {
                (one.said, one.statuses) = (span, statuses.clone());
            }
        }
        self.lines.push(Line {
            span,
            denied,
            about,
            below,
            statuses,
            every_error: said::range(text, &words, ERRORS).is_some(),
            every_event: said::range(text, &words, EVENTS).is_some(),
        });
        self.lines.len() - 1
    }

    /// Each line of code, below the last one that is indented less.
    fn code(&mut self, code: &Code, below: Option<usize>) {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut at = code.body.start as usize;
        for written in self.facts.text_of(code.body).split_inclusive('\n') {
            let text = written.trim();
            let indent = written.len() - written.trim_start().len();
            let start = at + indent;
            at += written.len();
            if !text.contains(char::is_alphanumeric) {
                continue;
            }
            while open.last().is_some_and(|&(outer, _)| outer >= indent) {
                open.pop();
            }
            let below = open.last().map(|&(_, line)| line).or(below);
            let line = self.line(Span::new(start, start + text.len()), below);
            open.push((indent, line));
        }
    }

    fn table(&mut self, table: &Table, below: Option<usize>) {
        let columns = Columns::of(self.facts, table);
        let mut before: Option<usize> = None;
        for cells in table.rows() {
            let Some(row) = columns.row(self.facts, cells) else { continue };
            // Below a row with an endpoint, empty cells repeat it.
            let below = if row.bare && row.repeats { before.or(below) } else { below };
            let hints = Hints::of(self.facts.text_of(row.span));
            let line = self.add(row.span, hints, row.about, row.denied, row.bare, below);
            before = Some(if row.bare { before.unwrap_or(line) } else { line });
            let line = &mut self.lines[line];
            line.every_error |= row.every_error;
            if row.bare {
                line.about.iter_mut().for_each(|one| one.statuses.clone_from(&row.statuses));
            }
            line.statuses = row.statuses;
        }
    }
}

/// The endpoints that a text names, each with the part of it that is about them.
pub(super) fn named(text: &str, offset: usize) -> Vec<About> {
    hinted(text, offset, Hints::of(text))
}

fn hinted(text: &str, offset: usize, hints: Hints) -> Vec<About> {
    let mut found: Vec<About> = Vec::new();
    let whole = Span::new(offset, offset + text.len());
    let statuses = |text: &str| if hints.statuses { said::statuses(text) } else { Vec::new() };
    let flat_text = hints.range.then(|| flat(text));
    let words: Vec<&str> = flat_text.iter().flat_map(|flat| flat.split(' ')).collect();
    let range = said::range(text, &words, ENDPOINTS);
    let mut mentions = mentions(text, offset);
    if mentions.is_empty() && range.is_none() {
        return found;
    }
    if let Some(method) = range {
        // "all endpoints below /api/x" narrows the range, "all endpoints, as POST /x" does not.
        match mentions.iter().all(|one| one.methods.is_empty()) && !mentions.is_empty() {
            true => mentions.iter_mut().for_each(|one| one.open = true),
            false => found.push(About {
                what: What::All(method),
                span: whole,
                said: whole,
                statuses: statuses(text),
            }),
        }
    }
    let place = |at: u32| at as usize - offset;
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or("");
    // Names that only "and" or a comma parts share what is said of them.
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (at, one) in mentions.iter().enumerate() {
        let joined = groups.last().is_some_and(|&(_, last)| {
            let between = flat(part(place(mentions[last].span.end), place(one.span.start)));
            matches!(between.as_str(), "" | "and" | "or" | "then")
        });
        match groups.last_mut() {
            Some((_, last)) if joined => *last = at,
            _ => groups.push((at, at)),
        }
    }
    // Nearly every line names one, and thousands of them are kept.
    found.reserve_exact(mentions.len());
    let first = mentions.first().map_or(0, |one| place(one.span.start));
    let last = mentions.last().map_or(0, |one| place(one.span.end));
    let leading = groups.len() > 1
        && !statuses(part(0, first)).is_empty()
        && statuses(part(last, text.len())).is_empty();
    for (at, &(from, to)) in groups.iter().enumerate() {
        let before = at.checked_sub(1).map_or(0, |at| place(mentions[groups[at].1].span.end));
        let after =
            groups.get(at + 1).map_or(text.len(), |next| place(mentions[next.0].span.start));
        let (start, end) = match groups.len() {
            1 => (0, text.len()),
            _ if leading => (before, place(mentions[to].span.end)),
            _ => (place(mentions[from].span.start), after),
        };
        let statuses = statuses(part(start, end));
        for one in mentions.get(from..=to).unwrap_or(&[]) {
            found.push(About {
                what: What::Endpoint(one.clone()),
                span: one.span,
                said: Span::new(offset + start, offset + end),
                statuses: statuses.clone(),
            });
        }
    }
    found
}

/// Whether the sentence around a name says that it is not tested.
fn is_denied(facts: &DocumentFacts, one: &About, line: Span) -> bool {
    let text = facts.text_of(line);
    let at = (one.span.start - line.start) as usize;
    let start = text[..at].rfind(". ").into_iter().chain(text[..at].rfind("; ")).max();
    let rest = &text[at..];
    let end = [". ", "; ", ".\n"].iter().filter_map(|end| rest.find(end)).min();
    let sentence =
        &text[start.map_or(0, |start| start + 1)..end.map_or(text.len(), |end| at + end)];
    said::is_denial(sentence)
}
