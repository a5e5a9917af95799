//! The text of one block, gathered line by line until the block ends.

use crate::base::Span;
use crate::facts::BlockId;

/// The lines gathered so far. One value serves all blocks, so that its buffers are reused.
#[derive(Default)]
pub(super) struct Run {
    /// The block that takes the text; nothing between two runs.
    pub block: Option<BlockId>,
    pub first_inline: u32,
    pub first_link: usize,
    pub lines: Vec<Line>,
    pub strong_starts: u32,
    /// Links whose target is a path, so that their text need not name it again.
    pub path_links: Vec<Span>,
    /// The next content begins a line.
    fresh: bool,
}

/// A line of text without the markers of the containers around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub start: u32,
    pub end: u32,
    /// The writer broke the line on purpose, so that the next does not continue it.
    pub hard: bool,
}

impl Run {
    pub fn begin(&mut self, block: BlockId, first_inline: u32, first_link: usize) {
        self.clear();
        self.block = Some(block);
        self.first_inline = first_inline;
        self.first_link = first_link;
    }

    pub fn clear(&mut self) {
        self.block = None;
        self.lines.clear();
        self.path_links.clear();
        self.strong_starts = 0;
        self.fresh = true;
    }

    pub fn touch_start(&mut self, span: Span) {
        if self.fresh {
            self.fresh = false;
            self.lines.push(Line { start: span.start, end: span.start, hard: false });
        }
    }

    pub fn touch_end(&mut self, span: Span) {
        if let (false, Some(line)) = (self.fresh, self.lines.last_mut()) {
            line.end = line.end.max(span.end);
        }
    }

    pub fn break_line(&mut self, hard: bool) {
        if let Some(line) = self.lines.last_mut() {
            line.hard |= hard;
        }
        self.fresh = true;
    }

    /// From the first character of the text to its last.
    pub fn span(&self) -> Option<Span> {
        let (first, last) = (self.lines.first()?, self.lines.last()?);
        Some(Span { start: first.start, end: last.end.max(first.start) })
    }
}
