//! What one document says, before anybody asks what it means.
//!
//! [`extract()`] reads a document's bytes once and answers with flat lists of spans. It is total:
//! any bytes give facts. It knows neither the document's path nor any configuration, so equal
//! bytes always give equal facts and a git blob id can stand for them.
//!
//! All spans are byte offsets into [`DocumentFacts::text`]. Flat lists with indices instead of a
//! tree keep the facts of a document about as small as its text.

mod extract;
mod query;

pub use extract::{extract, extract_code};

use crate::base::Span;

/// Everything a document says. Lists are in document order.
#[derive(Debug, Default, PartialEq)]
pub struct DocumentFacts {
    /// The decoded text: the bytes, with replacement characters where they were not UTF-8.
    pub text: Box<str>,
    pub defects: Vec<Defect>,
    /// The front matter at the very start, fences included. Its `key: value` lines are fields of
    /// the first section.
    pub front_matter: Option<Span>,
    /// Never empty: the first section is the preamble before any heading, at level zero.
    pub sections: Vec<Section>,
    pub blocks: Vec<Block>,
    pub inlines: Vec<Inline>,
    pub fields: Vec<Field>,
    pub tables: Vec<Table>,
    pub checks: Vec<CheckItem>,
    pub codes: Vec<Code>,
    pub links: Vec<Link>,
    /// Things in inline code, links or plain words that are written like a path of a file.
    pub paths: Vec<NamedPath>,
    /// HTML comments, markers included.
    pub comments: Vec<Span>,
}

/// What is wrong with the document as a text, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defect {
    pub kind: DefectKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// A NUL byte: the file is binary, or damaged.
    Nul,
    /// A code fence that nothing closes: the rest of the document is code.
    UnclosedFence,
    /// A line left by a merge, outside of code.
    ConflictMarker,
}

/// An index into [`DocumentFacts::sections`].
pub type SectionId = u32;
/// An index into [`DocumentFacts::blocks`].
pub type BlockId = u32;

/// A heading with what stands under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// 0 for the preamble, 1 to 6 for headings, [`Section::PSEUDO`] for a paragraph that is one
    /// bold label and so heads what follows it.
    pub level: u8,
    pub parent: Option<SectionId>,
    /// The whole heading line or lines, markers included. Empty for the preamble.
    pub heading: Span,
    /// The text of the heading without markers.
    pub title: Span,
    /// The title as [`crate::base::words::normalize`] gives it.
    pub name: Box<str>,
    /// What stands directly under the heading: up to the next heading of any level.
    pub body: Span,
    /// The heading and all below it, subsections included.
    pub extent: Span,
}

impl Section {
    /// The level of a bold pseudo-heading. It ends at the next heading of any kind.
    pub const PSEUDO: u8 = 7;
}

/// A block of the document: a paragraph, an item, a table, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    pub section: SectionId,
    /// The block that holds this one: the item of a paragraph, the list of an item.
    pub parent: Option<BlockId>,
    /// The range of [`DocumentFacts::inlines`] that this block holds directly.
    pub inlines: (u32, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Heading,
    Paragraph,
    List,
    /// A list item. The text of a tight item is held directly, else in paragraphs.
    Item,
    Quote,
    Code,
    Html,
    Table,
    /// A cell of a table, its header included.
    Cell,
    Rule,
    Footnote,
    /// The front matter of the document, always the first block.
    FrontMatter,
}

/// A run of inline content. Neighboring text of one style is one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inline {
    pub kind: InlineKind,
    pub span: Span,
    pub style: Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineKind {
    Text,
    /// Inline code. The span holds the backticks.
    Code,
    /// A tag or a comment in a line of text.
    Html,
    Break,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub strong: bool,
    pub struck: bool,
    /// Inside the text of a link or image that has a target.
    pub link: bool,
}

/// A labeled value: `**Verdict**: approved`, `- Error cases: 401`, `Status: done`, a front matter
/// key.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub label: Span,
    /// The label as [`crate::base::words::normalize`] gives it.
    pub name: Box<str>,
    /// The rest of the label's line, or of its paragraph.
    pub value: Span,
    /// The value and the list, table or code that belongs to it: nested below the label's item,
    /// or directly after the label's paragraph when nothing else stands on its line.
    pub content: Span,
    pub section: SectionId,
    pub block: BlockId,
}

/// A table. Cells are kept row by row, the header first.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub span: Span,
    pub section: SectionId,
    pub columns: u32,
    /// The trimmed text of each cell; an empty span at its place where a cell is empty.
    pub cells: Vec<Span>,
}

/// A box that is open or ticked, in any of the ways people draw one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckItem {
    pub state: CheckState,
    pub mark: Span,
    pub text: Span,
    pub section: SectionId,
    pub block: BlockId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckState {
    /// `[ ]`, `□`, `☐`, `🔲`
    Open,
    /// `[x]`, `✅`, `☑`, `✔`
    Done,
    /// `❌`, `✗`
    Failed,
    /// `⚠️`
    Partial,
}

/// A block of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The first word of the info string; empty for none and for indented code.
    pub language: Span,
    /// What stands between the fences.
    pub body: Span,
    pub span: Span,
    pub fenced: bool,
    pub section: SectionId,
    pub block: BlockId,
}

/// A link or an image with a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub span: Span,
    pub target: Box<str>,
    pub section: SectionId,
}

/// Something written like a path of a file: it holds a `/` or ends in an extension, and no blank
/// outside of inline code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedPath {
    pub span: Span,
    pub section: SectionId,
    pub block: BlockId,
    /// Written as inline code or a link target rather than in plain words.
    pub marked: bool,
}
