//! One pass over the events of the Markdown parser.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::run::Run;
use super::sections::Outline;
use super::{front_matter, trimmed};
use crate::base::Span;
use crate::facts::{BlockId, BlockKind, DocumentFacts, InlineKind, Style};

/// The state of the pass. No part of it recurses: nesting lives in `open`.
pub(super) struct Walk<'t> {
    pub text: &'t str,
    pub facts: DocumentFacts,
    pub outline: Outline,
    /// The blocks entered and not left, outermost first.
    pub open: Vec<Open>,
    /// The text being gathered for the innermost block that takes text.
    pub run: Run,
    /// A field whose line says nothing more, and the holder in which its list may follow.
    pub waiting: Option<(usize, Option<BlockId>)>,
    /// The end of the last content seen. Containers end there, not at the blank lines that the
    /// parser counts to them.
    pub reached: u32,
    pub depth: Depth,
    pub in_code: bool,
}

/// A block entered and not left.
pub(super) struct Open {
    pub id: BlockId,
    pub kind: BlockKind,
    /// Another block stands in it already.
    pub holds: bool,
    /// The paragraph that stands for the rest of a tight item's text has no event of its own.
    pub implied: bool,
    /// The field that takes all of this block as its content.
    pub field: Option<usize>,
}

/// How many elements of each style are open around the text.
#[derive(Default)]
pub(super) struct Depth {
    strong: u32,
    struck: u32,
    /// For each open link and image, whether it has a target.
    links: Vec<bool>,
    targets: u32,
}

impl Depth {
    pub fn style(&self) -> Style {
        Style { strong: self.strong > 0, struck: self.struck > 0, link: self.targets > 0 }
    }

    pub fn enter_link(&mut self, has_target: bool) {
        self.links.push(has_target);
        self.targets += u32::from(has_target);
    }

    fn leave_link(&mut self) {
        self.targets -= u32::from(self.links.pop().unwrap_or(false));
    }

    fn change(&mut self, tag: TagEnd, enters: bool) {
        let count = match tag {
            TagEnd::Strong => &mut self.strong,
            TagEnd::Strikethrough => &mut self.struck,
            _ => return,
        };
        *count = if enters { *count + 1 } else { count.saturating_sub(1) };
    }
}

impl<'t> Walk<'t> {
    pub fn new(text: &'t str) -> Self {
        // The parser takes a byte order mark for text, so it starts behind it.
        let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
        let front_matter = front_matter::find(text, start);
        let start = front_matter.map_or(start, |span| span.end as usize);
        // About as much as documents hold, so that lists seldom move while they grow.
        let facts = DocumentFacts {
            front_matter,
            blocks: Vec::with_capacity(text.len() / 40),
            inlines: Vec::with_capacity(text.len() / 30),
            fields: Vec::with_capacity(text.len() / 150),
            ..DocumentFacts::default()
        };
        let mut walk = Self {
            text,
            facts,
            outline: Outline::new(start),
            open: Vec::new(),
            run: Run::default(),
            waiting: None,
            reached: start as u32,
            depth: Depth::default(),
            in_code: false,
        };
        if let Some(span) = front_matter {
            walk.enter(BlockKind::FrontMatter, span);
            walk.open.clear();
            front_matter::fields(text, span, 0, 0, &mut walk.facts.fields);
        }
        walk
    }

    pub fn run(mut self) -> DocumentFacts {
        let start = self.reached as usize;
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH;
        let rest = &self.text[start..];
        for (event, range) in Parser::new_ext(rest, options).into_offset_iter() {
            let span = Span::new(start + range.start, start + range.end);
            match event {
                Event::Start(tag) => self.start(tag, span),
                Event::End(tag) => self.end(tag, span),
                event => self.content(event, span),
            }
        }
        let mut facts = self.facts;
        facts.sections = self.outline.finish(self.text.len() as u32);
        // Targets stand behind the text of their links, so that both may name paths.
        facts.paths.sort_by_key(|path| (path.span, path.block));
        facts.paths.dedup_by_key(|path| (path.span, path.block));
        facts.comments.sort();
        shrink(&mut facts);
        facts
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.enter_text(BlockKind::Paragraph, span),
            Tag::Heading { level, .. } => {
                self.leave_implied();
                if self.open.is_empty() {
                    self.outline.begin(level as u8, span.start);
                }
                self.enter_text(BlockKind::Heading, span);
            }
            Tag::BlockQuote(_) => self.enter(BlockKind::Quote, span),
            Tag::List(_) => self.enter(BlockKind::List, span),
            Tag::Item => self.enter(BlockKind::Item, span),
            Tag::FootnoteDefinition(_) => self.enter(BlockKind::Footnote, span),
            Tag::HtmlBlock => self.enter(BlockKind::Html, span),
            Tag::CodeBlock(kind) => self.start_code(&kind, span),
            Tag::Table(columns) => self.start_table(columns.len(), span),
            Tag::TableCell => self.enter_text(BlockKind::Cell, span),
            Tag::TableHead | Tag::TableRow => {}
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.touch(span);
                self.start_link(&dest_url, span);
            }
            tag => {
                self.touch(span);
                self.run.strong_starts += u32::from(matches!(tag, Tag::Strong));
                self.depth.change(tag.to_end(), true);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph => {
                self.finish_run();
                self.leave(self.reached);
            }
            TagEnd::Heading(_) => {
                let title = self.run.span();
                self.finish_run();
                let heading = trimmed(self.text, span.start as usize, span.end as usize);
                self.leave(heading.end);
                if self.open.is_empty() {
                    let title = title.unwrap_or(Span { start: heading.end, end: heading.end });
                    self.outline.name(self.text, heading, title);
                }
            }
            TagEnd::TableCell => self.end_cell(span),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(span),
            TagEnd::Table => self.end_table(span),
            TagEnd::CodeBlock => self.end_code(span),
            TagEnd::HtmlBlock => {
                let whole = trimmed(self.text, span.start as usize, span.end as usize);
                self.comments_in(whole);
                self.leave(whole.end);
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.leave_implied();
                self.leave(self.reached);
            }
            TagEnd::Link | TagEnd::Image => {
                self.depth.leave_link();
                self.reach(span);
            }
            tag => {
                self.depth.change(tag, false);
                self.reach(span);
            }
        }
    }

    fn content(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Text(_) if self.in_code => self.add_code(span),
            Event::Text(_) => {
                self.touch(span);
                self.inline(InlineKind::Text, span);
            }
            Event::Code(_) => {
                self.touch(span);
                self.inline(InlineKind::Code, span);
            }
            Event::InlineHtml(_) => {
                self.touch(span);
                let html = span.of(self.text);
                if html.starts_with("<!--") {
                    self.facts.comments.push(span);
                }
                let breaks = html.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
                self.inline(InlineKind::Html, span);
                if breaks {
                    self.run.break_line(true);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                self.run.break_line(matches!(event, Event::HardBreak));
                self.inline(InlineKind::Break, span);
            }
            Event::Rule => {
                let whole = trimmed(self.text, span.start as usize, span.end as usize);
                self.enter(BlockKind::Rule, whole);
                self.leave(whole.end);
            }
            Event::Html(_) => {}
            _ => {
                self.touch(span);
                self.reach(span);
            }
        }
    }
}

/// Gives back the room that growing lists took in advance.
fn shrink(facts: &mut DocumentFacts) {
    facts.blocks.shrink_to_fit();
    facts.inlines.shrink_to_fit();
    facts.fields.shrink_to_fit();
    facts.tables.shrink_to_fit();
    facts.checks.shrink_to_fit();
    facts.codes.shrink_to_fit();
    facts.links.shrink_to_fit();
    facts.paths.shrink_to_fit();
    facts.comments.shrink_to_fit();
    facts.sections.shrink_to_fit();
}
