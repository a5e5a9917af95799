//! Entering and leaving blocks, and the text they hold directly.

use super::run::Line;
use super::walk::{Open, Walk};
use super::{checks, fields, paths};
use crate::base::{Span, words};
use crate::facts::{
    Block, BlockId, BlockKind, CheckItem, Field, Inline, InlineKind, NamedPath, Section,
};

/// More words in bold are a sentence, not a heading.
const HEADING_WORDS: usize = 12;

impl Walk<'_> {
    pub(super) fn enter(&mut self, kind: BlockKind, span: Span) {
        self.leave_implied();
        self.push(kind, span, false);
    }

    /// Enters a block that takes text.
    pub(super) fn enter_text(&mut self, kind: BlockKind, span: Span) {
        self.enter(kind, span);
        self.begin_run();
    }

    /// Leaves the innermost block, which ends at `end`.
    pub(super) fn leave(&mut self, end: u32) {
        let Some(open) = self.open.pop() else { return };
        let block = &mut self.facts.blocks[open.id as usize];
        let holder = matches!(open.kind, BlockKind::Item | BlockKind::Quote | BlockKind::List);
        let mut end = end.max(block.span.start);
        if holder && end == block.span.start {
            // Nothing stands in it. Its own marker is all there is to point at.
            let rest = &self.text[end as usize..];
            let marker = rest.find(char::is_whitespace).unwrap_or(rest.len());
            end += marker.min(12) as u32;
        }
        block.span.end = end;
        self.reached = self.reached.max(end);
        if let Some(field) = open.field {
            let content = &mut self.facts.fields[field].content;
            content.end = content.end.max(end);
        }
    }

    /// Ends the text that a tight item holds directly, before a block inside it or its own end.
    pub(super) fn leave_implied(&mut self) {
        let Some(open) = self.open.last() else { return };
        let implied = open.implied;
        if open.kind == BlockKind::Item || implied {
            self.finish_run();
        }
        if implied {
            self.leave(self.reached);
        }
    }

    /// Notes that content begins here. In a tight item it begins the item's text.
    pub(super) fn touch(&mut self, span: Span) {
        if self.run.block.is_none()
            && let Some(open) = self.open.last()
        {
            if open.kind == BlockKind::Item && open.holds {
                self.push(BlockKind::Paragraph, span, true);
            }
            self.begin_run();
        }
        self.run.touch_start(span);
    }

    /// Notes that content ends here.
    pub(super) fn reach(&mut self, span: Span) {
        self.run.touch_end(span);
        self.reached = self.reached.max(span.end);
    }

    /// Adds inline content. Text in one style is one run, even where the parser parts it.
    pub(super) fn inline(&mut self, kind: InlineKind, span: Span) {
        self.reach(span);
        let style = self.depth.style();
        let inlines = &mut self.facts.inlines;
        let merges = inlines.len() as u32 > self.run.first_inline && kind == InlineKind::Text;
        if merges && let Some(last) = inlines.last_mut() {
            // A backslash before an escaped character belongs to no event.
            let gap = Span { start: last.span.end, end: span.start };
            let near = gap.is_empty() || gap.of(self.text) == "\\";
            if last.kind == kind && last.style == style && near {
                last.span.end = span.end;
                return;
            }
        }
        inlines.push(Inline { kind, span, style });
    }

    /// Ends the text of the innermost block and reads its lines.
    pub(super) fn finish_run(&mut self) {
        let Some(block) = self.run.block.take() else { return };
        let lines = std::mem::take(&mut self.run.lines);
        self.facts.blocks[block as usize].inlines =
            (self.run.first_inline, self.facts.inlines.len() as u32);
        let kind = self.facts.blocks[block as usize].kind;
        if kind == BlockKind::Paragraph && self.open.len() == 1 {
            self.begin_labeled_section(block, &lines);
        }
        self.find_paths(block);
        if kind != BlockKind::Heading {
            let continued = self.read_lines(block, kind, &lines);
            if let Some(field) = continued {
                self.await_content(block, kind, field);
            }
        }
        self.run.lines = lines;
        self.run.clear();
    }

    fn push(&mut self, kind: BlockKind, span: Span, implied: bool) {
        let id = self.facts.blocks.len() as BlockId;
        let parent = self.open.last_mut().map(|open| {
            open.holds = true;
            open.id
        });
        let section = self.outline.current();
        let none = self.facts.inlines.len() as u32;
        self.facts.blocks.push(Block { kind, span, section, parent, inlines: (none, none) });
        let follows = matches!(kind, BlockKind::List | BlockKind::Table | BlockKind::Code);
        let field = match self.waiting.take() {
            Some((field, holder)) if follows && holder == parent => Some(field),
            _ => None,
        };
        self.open.push(Open { id, kind, holds: false, implied, field });
    }

    fn begin_run(&mut self) {
        if let Some(open) = self.open.last() {
            self.run.begin(open.id, self.facts.inlines.len() as u32, self.facts.links.len());
        }
    }

    /// Makes a section of a paragraph that is nothing but one bold label.
    fn begin_labeled_section(&mut self, block: BlockId, lines: &[Line]) {
        let &[line] = lines else { return };
        let heading = Span { start: line.start, end: line.end };
        let text = heading.of(self.text).trim_end();
        let bare = text.strip_suffix(':').unwrap_or(text).trim_end();
        let bold =
            ["**", "__"].into_iter().any(|mark| bare.starts_with(mark) && bare.ends_with(mark));
        if !bold || self.run.strong_starts != 1 {
            return;
        }
        let title = bare.trim_matches(['*', '_', ' ']);
        let sentence = title.ends_with(['.', '!', ';', ',']);
        if title.is_empty() || sentence || title.split_whitespace().count() > HEADING_WORDS {
            return;
        }
        let offset = bare.len() - bare.trim_start_matches(['*', '_', ' ']).len();
        let start = line.start as usize + offset;
        self.outline.begin(Section::PSEUDO, line.start);
        self.outline.name(self.text, heading, Span::new(start, start + title.len()));
        let section = self.outline.current();
        self.facts.blocks[block as usize].section = section;
        for link in &mut self.facts.links[self.run.first_link..] {
            link.section = section;
        }
    }

    fn find_paths(&mut self, block: BlockId) {
        let section = self.facts.blocks[block as usize].section;
        let mut links = self.run.path_links.iter().peekable();
        for inline in &self.facts.inlines[self.run.first_inline as usize..] {
            while links.next_if(|link| link.end <= inline.span.start).is_some() {}
            if links.peek().is_some_and(|link| link.covers(inline.span)) {
                continue;
            }
            let marked = inline.kind == InlineKind::Code;
            let start = inline.span.start as usize;
            let found = &mut self.facts.paths;
            let mut name = |from: usize, to: usize| {
                let span = Span::new(start + from, start + to);
                found.push(NamedPath { span, section, block, marked });
            };
            match inline.kind {
                InlineKind::Text => paths::in_words(inline.span.of(self.text), name),
                InlineKind::Code => {
                    let code = inline.span.of(self.text);
                    let ticks = code.len() - code.trim_start_matches('`').len();
                    let content = code.get(ticks..code.len() - ticks).unwrap_or("");
                    paths::in_code(content, |from, to| name(ticks + from, ticks + to));
                }
                InlineKind::Html | InlineKind::Break => {}
            }
        }
    }

    /// Reads marks and labels off the lines. Gives the field whose value reaches the end.
    fn read_lines(&mut self, block: BlockId, kind: BlockKind, lines: &[Line]) -> Option<usize> {
        let section = self.facts.blocks[block as usize].section;
        let (mut check, mut field) = (None::<usize>, None::<usize>);
        for &line in lines {
            let text = Span { start: line.start, end: line.end }.of(self.text).trim_end();
            let at = |from: usize, to: usize| {
                Span::new(line.start as usize + from, line.start as usize + to)
            };
            let mark = checks::at_start(text);
            if let Some(mark) = mark {
                (check, field) = (Some(self.facts.checks.len()), None);
                let rest = &text[mark.end..];
                let start = text.len() - rest.trim_start().len();
                let (state, text) = (mark.state, at(start, text.len()));
                let mark = at(mark.start, mark.end);
                self.facts.checks.push(CheckItem { state, mark, text, section, block });
            } else if let Some(check) = check {
                self.facts.checks[check].text.end = at(0, text.len()).end;
            }
            let labels_before = self.facts.fields.len();
            if kind != BlockKind::Cell {
                let from = mark.map_or(0, |mark| mark.end);
                // A line that begins in lower case goes on with the sentence before it, unless
                // the line before bears a label too.
                let goes_on = line.start > lines[0].start
                    && field.is_none()
                    && mark.is_none()
                    && text.starts_with(char::is_lowercase);
                let labeled = if goes_on { "" } else { text };
                fields::in_line(labeled, from, |found| {
                    let label = at(found.label.0, found.label.1);
                    let value = at(found.value.0, found.value.1);
                    let name = words::normalize(label.of(self.text)).into();
                    let content = value;
                    let field = Field { label, name, value, content, section, block };
                    self.facts.fields.push(field);
                });
            }
            if self.facts.fields.len() > labels_before {
                field = Some(self.facts.fields.len() - 1);
            } else if let Some(field) = field {
                let field = &mut self.facts.fields[field];
                field.value.end = at(0, text.len()).end;
                field.content.end = field.value.end;
            }
            if line.hard {
                (check, field) = (None, None);
            }
        }
        // A break at the very end parts the field from nothing.
        field
    }

    /// Lets the field at the end of a block's text have what stands below or behind it.
    fn await_content(&mut self, block: BlockId, kind: BlockKind, field: usize) {
        let depth = self.open.len();
        if kind == BlockKind::Item {
            if let Some(item) = self.open.last_mut() {
                item.field = Some(field);
            }
            return;
        }
        let holder = depth.checked_sub(2).map(|at| &mut self.open[at]);
        let holder_id = holder.as_ref().map(|open| open.id);
        match holder {
            Some(item) if item.kind == BlockKind::Item && item.id + 1 == block => {
                item.field = Some(field);
            }
            _ if self.facts.fields[field].value.is_empty() => {
                self.waiting = Some((field, holder_id));
            }
            _ => {}
        }
    }
}
