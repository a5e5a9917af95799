//! Questions that every reader of facts asks.

use super::{
    Block, BlockId, BlockKind, Code, DocumentFacts, Field, Inline, Link, NamedPath, Section,
    SectionId, Table,
};
use crate::base::{RepoPath, Span};

impl DocumentFacts {
    /// The text of a span of this document.
    pub fn text_of(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id as usize]
    }

    /// The section that a place stands in: the last that begins before it.
    pub fn section_at(&self, place: Span) -> SectionId {
        let after = self.sections.partition_point(|one| one.heading.start <= place.start);
        after.saturating_sub(1) as SectionId
    }

    /// Where a finding about the document as a whole stands: its title, else its first words.
    pub fn beginning(&self) -> Span {
        let lead =
            self.text.len() - self.text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
        let first = self.text[lead..].lines().next().unwrap_or("");
        let first = Span::new(lead, lead + first.trim_end().len());
        self.title().map_or(first, |title| title.heading)
    }

    /// Whether a reader finds anything besides the title: front matter and comments are for
    /// tools, and signs alone say nothing.
    pub fn says_anything(&self) -> bool {
        let title = self.title().map(|title| title.heading);
        let mut unread: Vec<Span> = self.comments.clone();
        unread.extend(self.front_matter.into_iter().chain(title));
        unread.sort_unstable();
        let (mut at, says) = (0, |text: &str| text.contains(char::is_alphanumeric));
        for span in unread {
            let before = self.text.get(at..span.start as usize);
            if before.is_some_and(says) {
                return true;
            }
            at = at.max(span.end as usize);
        }
        self.text.get(at..).is_some_and(says)
    }

    /// Each section with its id, the preamble first.
    pub fn sections(&self) -> impl Iterator<Item = (SectionId, &Section)> {
        self.sections.iter().enumerate().map(|(id, section)| (id as SectionId, section))
    }

    /// A section and those that hold it, innermost first.
    pub fn outward(&self, id: SectionId) -> impl Iterator<Item = (SectionId, &Section)> {
        let chain = std::iter::successors(Some(id), |&id| self.section(id).parent);
        chain.map(|id| (id, self.section(id)))
    }

    /// Whether `inner` is `outer` or stands somewhere below it.
    pub fn is_within(&self, inner: SectionId, outer: SectionId) -> bool {
        self.outward(inner).any(|(id, _)| id == outer)
    }

    /// The sections directly under another.
    pub fn children(&self, id: SectionId) -> impl Iterator<Item = (SectionId, &Section)> {
        let end = self.section(id).extent.end;
        let below = self.sections().skip(id as usize + 1);
        let below = below.take_while(move |(_, section)| section.extent.start < end);
        below.filter(move |(_, section)| section.parent == Some(id))
    }

    /// The innermost section around a span.
    pub fn section_around(&self, span: Span) -> Option<SectionId> {
        let after = self.sections.partition_point(|section| section.extent.start <= span.start);
        let mut at = after.checked_sub(1);
        while let Some(id) = at {
            if self.sections[id].extent.covers(span) {
                return Some(id as SectionId);
            }
            at = self.sections[id].parent.map(|parent| parent as usize);
        }
        None
    }

    /// The blocks of a section and of its subsections.
    pub fn blocks_within(&self, id: SectionId) -> impl Iterator<Item = (BlockId, &Block)> {
        self.blocks_in(self.section(id).extent)
    }

    /// The fields of a section and of its subsections.
    pub fn fields_within(&self, id: SectionId) -> impl Iterator<Item = &Field> {
        self.fields_in(self.section(id).extent)
    }

    /// The tables of a section and of its subsections.
    pub fn tables_within(&self, id: SectionId) -> impl Iterator<Item = &Table> {
        self.tables_in(self.section(id).extent)
    }

    /// The blocks that lie wholly in a part of the text.
    pub fn blocks_in(&self, extent: Span) -> impl Iterator<Item = (BlockId, &Block)> {
        let blocks = inside(&self.blocks, extent, |block| block.span);
        blocks.map(|(id, block)| (id as BlockId, block))
    }

    /// The sections whose headings lie in a part of the text. The preamble has none.
    pub fn headings_in(&self, extent: Span) -> impl Iterator<Item = (SectionId, &Section)> {
        let sections = inside(&self.sections, extent, |section| section.heading);
        let headed = sections.filter(|(_, section)| !section.heading.is_empty());
        headed.map(|(id, section)| (id as SectionId, section))
    }

    /// The fields whose labels lie in a part of the text.
    pub fn fields_in(&self, extent: Span) -> impl Iterator<Item = &Field> {
        inside(&self.fields, extent, |field| field.label).map(|(_, field)| field)
    }

    pub fn tables_in(&self, extent: Span) -> impl Iterator<Item = &Table> {
        inside(&self.tables, extent, |table| table.span).map(|(_, table)| table)
    }

    pub fn codes_in(&self, extent: Span) -> impl Iterator<Item = &Code> {
        inside(&self.codes, extent, |code| code.span).map(|(_, code)| code)
    }

    pub fn inlines_in(&self, extent: Span) -> impl Iterator<Item = &Inline> {
        inside(&self.inlines, extent, |inline| inline.span).map(|(_, inline)| inline)
    }

    pub fn paths_in(&self, extent: Span) -> impl Iterator<Item = &NamedPath> {
        inside(&self.paths, extent, |path| path.span).map(|(_, path)| path)
    }

    /// The title of the document: its first heading of level one, else its first heading.
    pub fn title(&self) -> Option<&Section> {
        let headings = || self.sections.iter().filter(|section| (1..=6).contains(&section.level));
        headings().find(|section| section.level == 1).or_else(|| headings().next())
    }

    /// The inline content at an offset, with the block that holds it directly.
    pub fn inline_at(&self, offset: u32) -> Option<(&Inline, BlockId)> {
        let index = self.inlines.partition_point(|inline| inline.span.start <= offset);
        let index = index.checked_sub(1)?;
        let inline = self.inlines.get(index).filter(|inline| offset < inline.span.end)?;
        // Blocks come in the order of their text, so the holder is the last one that begins no
        // later; blocks without text of their own may stand between.
        let index = index as u32;
        let mut block = self.blocks.partition_point(|block| block.inlines.0 <= index);
        while block > 0 {
            block -= 1;
            if index < self.blocks[block].inlines.1 {
                return Some((inline, block as BlockId));
            }
        }
        None
    }

    /// The text that a block holds directly, from its first inline content to its last.
    pub fn own_text(&self, block: &Block) -> Span {
        let (first, last) = (block.inlines.0 as usize, block.inlines.1 as usize);
        match self.inlines.get(first..last) {
            Some([first, .., last]) => first.span.to(last.span),
            Some([only]) => only.span,
            _ => Span { start: block.span.start, end: block.span.start },
        }
    }

    /// The field whose label or value holds an offset.
    pub fn field_at(&self, offset: u32) -> Option<&Field> {
        let after = self.fields.partition_point(|field| field.label.start <= offset);
        let field = &self.fields[after.checked_sub(1)?];
        (offset < field.value.end.max(field.label.end)).then_some(field)
    }

    /// The table that holds an offset, and the number of the cell in it.
    pub fn cell_at(&self, offset: u32) -> Option<(&Table, usize)> {
        let after = self.tables.partition_point(|table| table.span.start <= offset);
        let table = &self.tables[after.checked_sub(1)?];
        let cell = table.cells.partition_point(|cell| cell.start <= offset).checked_sub(1)?;
        (offset < table.span.end).then_some((table, cell))
    }

    /// Whether the nearest holder of the block is of this kind, at any distance.
    pub fn is_inside(&self, block: &Block, kind: BlockKind) -> bool {
        let mut at = block.parent;
        while let Some(id) = at {
            let holder = &self.blocks[id as usize];
            if holder.kind == kind {
                return true;
            }
            at = holder.parent;
        }
        false
    }
}

/// The members of a list that lie wholly in a part of the text, with their places in the list.
/// All lists of facts are sorted by where their members begin, so the cost is that of what is
/// found, in documents of any size.
fn inside<T>(
    list: &[T],
    extent: Span,
    span: impl Fn(&T) -> Span,
) -> impl Iterator<Item = (usize, &T)> {
    let from = list.partition_point(|one| span(one).start < extent.start);
    let rest = list.iter().enumerate().skip(from);
    rest.map(move |(at, one)| (at, one, span(one)))
        .take_while(move |(_, _, place)| place.start <= extent.end)
        .filter(move |(_, _, place)| extent.covers(*place))
        .map(|(at, one, _)| (at, one))
}

impl Link {
    /// The file of the repository that a relative link leads to, for a document in `folder`.
    /// Nothing for an address, an anchor in the document itself, or a path out of the repository.
    pub fn file_from(&self, folder: &RepoPath) -> Option<RepoPath> {
        let path = self.target.split(['#', '?']).next().unwrap_or_default();
        let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_address = !scheme.is_empty() && !scheme.contains(['/', '.']);
        if path.is_empty() || is_address || path.starts_with("//") {
            return None;
        }
        let path = percent_decoded(path);
        match path.strip_prefix('/') {
            Some(from_root) => RepoPath::resolve(&RepoPath::default(), from_root),
            None => RepoPath::resolve(folder, &path),
        }
    }
}

/// `%20` and its like as the bytes they stand for.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Table {
    /// The cells of the header row.
    pub fn header(&self) -> &[Span] {
        self.row(0)
    }

    /// The cells of a row; row zero is the header.
    pub fn row(&self, row: usize) -> &[Span] {
        let columns = self.columns as usize;
        self.cells.get(row * columns..(row + 1) * columns).unwrap_or(&[])
    }

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = &[Span]> {
        self.cells.chunks(self.columns.max(1) as usize).skip(1)
    }
}
