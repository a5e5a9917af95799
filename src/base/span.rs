//! Places in a text: byte spans inside the program, lines and character columns outside it.

use std::cmp::Reverse;

/// A half-open range of bytes in one document's text.
///
/// Four bytes a side keep the facts of thousands of documents small. A document beyond four
/// gibibytes is refused by the source before anything makes a span into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span of two byte offsets. Offsets beyond `u32::MAX` saturate.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of this span, or nothing where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// Many spans, so that asking what they cover costs the same among ten or ten thousand.
#[derive(Clone, Debug, Default)]
pub struct Extents(
    /// Sorted by where they begin, each with the furthest end of those up to it.
    Vec<Span>,
);

impl Extents {
    /// Whether one of the spans covers another one.
    pub fn cover(&self, span: Span) -> bool {
        let begun = self.0.partition_point(|one| one.start <= span.start);
        begun.checked_sub(1).is_some_and(|last| self.0[last].end >= span.end)
    }
}

impl FromIterator<Span> for Extents {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut furthest = 0;
        for span in &mut spans {
            furthest = furthest.max(span.end);
            span.end = furthest;
        }
        Self(spans)
    }
}

/// Spans that lie within one another or apart, so that asking which is around a place costs the
/// same among ten or ten thousand.
#[derive(Clone, Debug, Default)]
pub struct Nested(Vec<Ring>);

#[derive(Clone, Copy, Debug)]
struct Ring {
    span: Span,
    /// Its place in the list that was given.
    at: usize,
    /// The last one before it that ends behind it.
    around: Option<usize>,
}

impl Nested {
    /// The place, in the list that was given, of the innermost span that covers another one. Of
    /// equal spans it is the first.
    pub fn around(&self, span: Span) -> Option<usize> {
        let begun = self.0.partition_point(|ring| ring.span.start <= span.start);
        let mut ring = self.0.get(begun.checked_sub(1)?)?;
        while ring.span.end < span.end {
            ring = self.0.get(ring.around?)?;
        }
        Some(ring.at)
    }
}

impl FromIterator<Span> for Nested {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let ring = |(at, span)| Ring { span, at, around: None };
        let mut rings: Vec<Ring> = spans.into_iter().enumerate().map(ring).collect();
        rings.sort_unstable_by_key(|ring| (ring.span.start, Reverse((ring.span.end, ring.at))));
        let mut open: Vec<usize> = Vec::new();
        for at in 0..rings.len() {
            while open.last().is_some_and(|&last| rings[last].span.end <= rings[at].span.end) {
                open.pop();
            }
            rings[at].around = open.last().copied();
            open.push(at);
        }
        Self(rings)
    }
}

/// A place as people read it: both numbers start at one, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// The line starts of one text, so that many offsets of it become positions cheaply.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<u32>,
}

impl<'t> LineIndex<'t> {
    pub fn new(text: &'t str) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at as u32 + 1)).collect();
        Self { text, starts }
    }

    /// The line and character column of a byte offset. An offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let before = Span { start: self.starts[line - 1], end: offset };
        let column = before.of(self.text).trim_start_matches('\u{feff}').chars().count();
        Position { line: line as u32, column: column as u32 + 1 }
    }

    /// The text of a line, numbered from one, without its line end.
    pub fn line(&self, line: u32) -> &'t str {
        let index = (line.max(1) - 1) as usize;
        let Some(&start) = self.starts.get(index) else { return "" };
        let end = self.starts.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        self.text.get(start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_cover_what_one_of_them_covers() {
        let extents: Extents = [(5, 9), (0, 2), (4, 20), (6, 7)]
            .map(|(from, to)| Span::new(from, to))
            .into_iter()
            .collect();
        for (from, to, covered) in [(0, 2, true), (1, 3, false), (8, 20, true), (5, 21, false)] {
            assert_eq!(extents.cover(Span::new(from, to)), covered, "{from}..{to}");
        }
        assert!(!Extents::default().cover(Span::default()));
    }

    #[test]
    fn the_innermost_span_around_another_is_found() {
        let spans = [(30, 40), (0, 25), (2, 20), (5, 9), (2, 20), (10, 12)];
        let nested: Nested = spans.map(|(from, to)| Span::new(from, to)).into_iter().collect();
        let rows = [(6, 8, 3), (9, 10, 2), (13, 20, 2), (0, 3, 1), (19, 22, 1), (30, 40, 0)];
        for (from, to, at) in rows {
            assert_eq!(nested.around(Span::new(from, to)), Some(at), "{from}..{to}");
        }
        assert!(nested.around(Span::new(24, 31)).is_none());
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let index = LineIndex::new("漢字 TBD\r\nnext");
        assert_eq!(index.position(7), Position { line: 1, column: 4 });
        assert_eq!(index.position(12), Position { line: 2, column: 1 });
        assert_eq!(index.line(1), "漢字 TBD");
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(LineIndex::new("ab").position(99), Position { line: 1, column: 3 });
        assert_eq!(LineIndex::new("").position(0), Position { line: 1, column: 1 });
        assert_eq!(LineIndex::new("a").line(7), "");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(LineIndex::new("\u{feff}# T").position(3), Position { line: 1, column: 1 });
    }
}
