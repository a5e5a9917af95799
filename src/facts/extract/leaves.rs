//! Blocks and spans with a shape of their own: tables, code, links, comments.

use memchr::memmem;
use pulldown_cmark::CodeBlockKind;

use super::walk::Walk;
use super::{paths, span_in, trimmed};
use crate::base::Span;
use crate::facts::{BlockKind, Code, Defect, DefectKind, Link, NamedPath, Table};

impl Walk<'_> {
    pub(super) fn start_table(&mut self, columns: usize, span: Span) {
        self.enter(BlockKind::Table, span);
        let section = self.outline.current();
        let columns = columns.max(1) as u32;
        self.facts.tables.push(Table { span, section, columns, cells: Vec::new() });
    }

    pub(super) fn end_cell(&mut self, span: Span) {
        // A cell that the writer left out has no place of its own: the parser puts it behind
        // the line, perhaps behind the table.
        let at = if span.is_empty() { self.reached } else { span.start };
        let text = self.run.span().unwrap_or(Span { start: at, end: at });
        let cell = trimmed(self.text, text.start as usize, text.end as usize);
        self.finish_run();
        if let Some(open) = self.open.last() {
            self.facts.blocks[open.id as usize].span = cell;
        }
        if let Some(table) = self.facts.tables.last_mut() {
            table.cells.push(cell);
        }
        self.leave(cell.end);
    }

    /// Fills up a row that the parser left short, so that rows can be told apart by number.
    pub(super) fn end_row(&mut self, span: Span) {
        let Some(table) = self.facts.tables.last_mut() else { return };
        let end = trimmed(self.text, span.start as usize, span.end as usize).end;
        let whole = table.cells.len().next_multiple_of(table.columns as usize);
        table.cells.resize(whole, Span { start: end, end });
    }

    pub(super) fn end_table(&mut self, span: Span) {
        let whole = trimmed(self.text, span.start as usize, span.end as usize);
        if let Some(table) = self.facts.tables.last_mut() {
            table.span.end = whole.end;
            table.cells.shrink_to_fit();
        }
        self.leave(whole.end);
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        self.enter(BlockKind::Code, span);
        self.in_code = true;
        let fenced = matches!(kind, CodeBlockKind::Fenced(_));
        let raw = span.of(self.text);
        let first_line = raw.split('\n').next().unwrap_or("");
        let after_line = (span.start as usize + first_line.len() + 1).min(span.end as usize);
        let body = if fenced { after_line } else { span.start as usize };
        let info = first_line.trim_start().trim_start_matches(['`', '~']);
        let language = if fenced { info.split_whitespace().next().unwrap_or("") } else { "" };
        let language = span_in(self.text, language).unwrap_or_default();
        let (section, block) = (self.outline.current(), self.facts.blocks.len() as u32 - 1);
        let body = Span::new(body, body);
        self.facts.codes.push(Code { language, body, span, fenced, section, block });
    }

    pub(super) fn add_code(&mut self, span: Span) {
        if let Some(code) = self.facts.codes.last_mut() {
            code.body = if code.body.is_empty() { span } else { code.body.to(span) };
        }
    }

    pub(super) fn end_code(&mut self, span: Span) {
        self.in_code = false;
        let whole = trimmed(self.text, span.start as usize, span.end as usize);
        let mut end = whole.end;
        if let Some(code) = self.facts.codes.last_mut() {
            end = end.max(code.body.end);
            code.span.end = end;
            let closing = Span { start: code.body.end, end: span.end }.of(self.text);
            if code.fenced && !closing.contains(['`', '~']) {
                let fence = code.span.of(self.text).split(['\r', '\n']).next().unwrap_or("");
                let start = code.span.start as usize;
                let span = Span::new(start, start + fence.trim_end().len());
                self.facts.defects.push(Defect { kind: DefectKind::UnclosedFence, span });
            }
        }
        self.leave(end);
    }

    pub(super) fn start_link(&mut self, target: &str, span: Span) {
        self.depth.enter_link(!target.is_empty());
        if target.is_empty() {
            return;
        }
        let section = self.outline.current();
        self.facts.links.push(Link { span, target: target.into(), section });
        let Some(written) = span_in(self.text, target) else { return };
        if let (true, Some(block)) = (paths::is_relative(target), self.run.block) {
            self.run.path_links.push(span);
            let end = written.start as usize + paths::without_anchor(target);
            let span = Span::new(written.start as usize, end);
            self.facts.paths.push(NamedPath { span, section, block, marked: true });
        }
    }

    /// Notes the comments of a block of HTML. One that nothing closes reaches its end.
    pub(super) fn comments_in(&mut self, html: Span) {
        let mut at = html.start as usize;
        while let Some(rest) = self.text.get(at..html.end as usize) {
            let Some(open) = memmem::find(rest.as_bytes(), b"<!--") else { return };
            let close = memmem::find(&rest.as_bytes()[open..], b"-->");
            let end = close.map_or(rest.len(), |close| open + close + 3);
            self.facts.comments.push(Span::new(at + open, at + end));
            at += end;
        }
    }
}
