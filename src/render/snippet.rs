//! The lines of a document around a place, with the place underlined.
//!
//! miette draws them. It gets cleaned and clipped lines and nothing else of the document: it
//! would pass raw control characters on, and search a whole document again for every finding.

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeStyles,
};

use super::sanitize::Cleaner;
use super::text::{WIDTH, width};
use crate::base::Level;
use crate::report::Place;

/// The lines of one place that are shown at most.
const LINES: usize = 4;
/// The columns to which a tab advances.
const TAB: usize = 4;

/// Draws the place, or nothing where it brings no lines. Ends with a line break.
pub fn draw(place: &Place, level: Level, color: bool) -> String {
    let Some(snippet) = Snippet::of(place) else { return String::new() };
    let mut theme = GraphicalTheme::unicode_nocolor();
    if color {
        theme.styles = ThemeStyles::ansi();
        let style = match level {
            Level::Deny => theme.styles.error,
            Level::Warn => theme.styles.warning,
            Level::Note | Level::Off => theme.styles.advice,
        };
        theme.styles.highlights = vec![style];
    }
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_context_lines(0)
        .without_primary_span_start();
    let mut drawn = String::new();
    if handler.render_report(&mut drawn, &snippet).is_err() {
        return String::new();
    }
    // The first line would be miette's own, of the message, which is ours to write.
    drawn.split_once('\n').map_or_else(String::new, |(_, lines)| lines.to_owned())
}

/// A few lines as miette wants them: one text, the number of its first line, one label.
#[derive(Debug)]
struct Snippet {
    text: String,
    first: usize,
    label: SourceSpan,
}

impl Snippet {
    fn of(place: &Place) -> Option<Self> {
        let (start, end) = (place.start, place.end);
        let mut lines: Vec<&str> = place.excerpt.iter().map(String::as_str).take(LINES).collect();
        let spanned = end.line.saturating_sub(start.line) as usize;
        let mut last = (spanned < lines.len()).then(|| end.column.saturating_sub(1) as usize);
        if spanned > 0 && last == Some(0) {
            // The place ends with the line break before its last line.
            lines.truncate(spanned);
            last = None;
        }
        let bottom = lines.len().checked_sub(1)?;
        if start.line == 1 {
            // A byte order mark takes no column.
            lines[0] = lines[0].trim_start_matches('\u{feff}');
        }
        let number = start.line as usize + bottom;
        // An empty place at the end of a line is marked one column behind it.
        let gutter = number.to_string().len() + 5 + if bottom > 0 { 4 } else { 0 };
        let (mut text, mut label) = (String::new(), (0, 0));
        for (index, line) in lines.iter().enumerate() {
            let from = if index == 0 { start.column.saturating_sub(1) as usize } else { 0 };
            let to = if index == bottom { last } else { None };
            let (shown, (begin, finish)) =
                clip(line, from, to.unwrap_or(usize::MAX), WIDTH - gutter);
            if index == 0 {
                label.0 = begin;
            }
            label.1 = text.len() + finish;
            text.push_str(&shown);
            text.push('\n');
        }
        let label = SourceSpan::from((label.0, label.1.saturating_sub(label.0)));
        Some(Self { text, first: start.line.saturating_sub(1) as usize, label })
    }
}

/// A line cleaned, and cut to some columns around the characters `from..to`; and the bytes at
/// which these begin and end in it.
fn clip(line: &str, from: usize, to: usize, columns: usize) -> (String, (usize, usize)) {
    // Where each character begins in the cleaned line: in bytes and in columns.
    let mut clean = String::with_capacity(line.len());
    let mut starts: Vec<(usize, usize)> = Vec::with_capacity(line.len() + 1);
    let mut cleaner = Cleaner::default();
    let mut column = 0;
    for c in line.chars() {
        let at = clean.len();
        starts.push((at, column));
        if c == '\t' {
            clean.push_str(&" ".repeat(TAB - column % TAB));
        } else {
            cleaner.push(c, &mut clean);
        }
        column += width(&clean[at..]);
    }
    starts.push((clean.len(), column));
    let ends = starts.len() - 1;
    let (from, to) = (from.min(ends), to.min(ends).max(from.min(ends)));
    if column <= columns {
        return (clean, (starts[from].0, starts[to].0));
    }
    // Room for an ellipsis on either side; the place in the middle if it lies far right.
    let room = columns.saturating_sub(2).max(1);
    let (begin, finish) = (starts[from].1, starts[to].1.min(starts[from].1 + room));
    let left = if finish <= room { 0 } else { begin.saturating_sub((room - (finish - begin)) / 2) };
    let first = starts.partition_point(|&(_, at)| at < left).min(from);
    let after = starts.partition_point(|&(_, at)| at <= starts[first].1 + room) - 1;
    let after = after.max(first);
    let mut shown = String::new();
    if first > 0 {
        shown.push('…');
    }
    let shift = |index: usize| shown.len() + starts[index.min(after)].0 - starts[first].0;
    let marked = (shift(from), shift(to));
    shown.push_str(&clean[starts[first].0..starts[after].0]);
    if after < ends {
        shown.push('…');
    }
    (shown, marked)
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.text.len()));
        let lines = self.text.lines().count();
        let text = self.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new(text, whole, self.first, 0, lines)))
    }
}

impl std::fmt::Display for Snippet {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, self.label))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Position;

    fn place(start: (u32, u32), end: (u32, u32), excerpt: &[&str]) -> Place {
        let position = |(line, column)| Position { line, column };
        let excerpt = excerpt.iter().map(|&line| line.to_owned()).collect();
        Place { start: position(start), end: position(end), excerpt }
    }

    fn drawn(start: (u32, u32), end: (u32, u32), excerpt: &[&str]) -> String {
        draw(&place(start, end, excerpt), Level::Deny, false)
    }

    #[test]
    fn the_mark_stands_under_the_place_past_tabs_wide_and_escaped_characters() {
        let drawn = drawn((7, 5), (7, 8), &["\t漢\u{1b}:TBD."]);
        assert_eq!(drawn, "   ╭────\n 7 │     漢\\u{1b}:TBD.\n   ·              ───\n   ╰────\n");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}TBD{}", "a".repeat(50_000), "b".repeat(50_000));
        let drawn = drawn((1, 50_001), (1, 50_004), &[&line]);
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines[1].starts_with(" 1 │ …aaa") && lines[1].ends_with("bbb…"), "{drawn}");
        assert!(width(lines[1]) <= WIDTH && width(lines[1]) > WIDTH - 5, "{}", width(lines[1]));
        let marked = lines[2].find('─').map(|at| lines[2][..at].chars().count());
        let expected = lines[1].find("TBD").map(|at| lines[1][..at].chars().count());
        assert_eq!(marked, expected);
    }

    #[test]
    fn a_place_longer_than_the_line_is_marked_to_the_edge() {
        let drawn = drawn((1, 1), (1, 100_001), &[&"漢".repeat(100_000)]);
        assert!(drawn.lines().all(|line| width(line) <= WIDTH), "{drawn}");
    }

    #[test]
    fn places_of_several_lines_end_where_their_last_line_does() {
        let two = drawn((3, 1), (5, 1), &["first", "second", "third"]);
        assert!(two.contains("first") && two.contains("second") && !two.contains("third"), "{two}");
        let clamped = drawn((3, 2), (90, 1), &["first", "second"]);
        assert!(clamped.contains("second"), "{clamped}");
    }

    #[test]
    fn odd_places_draw_without_panic() {
        assert_eq!(drawn((1, 1), (1, 1), &[]), "");
        assert!(drawn((1, 99), (1, 2), &["ab"]).contains("ab"));
        assert!(drawn((4, 1), (4, 1), &[""]).contains(" 4 │"));
        assert!(drawn((0, 0), (0, 0), &["x"]).contains('x'));
        assert!(drawn((1, 1), (1, 4), &["\u{feff}TBD"]).contains("───"));
    }

    proptest::proptest! {
        #[test]
        fn any_place_draws_within_the_width_and_harmless(
            lines in proptest::collection::vec("[\\PC\t\u{1b}\u{301}漢:#\\[]{0,150}", 0..6),
            start in (0u32..4, 0u32..160),
            end in (0u32..12, 0u32..160),
        ) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let drawn = drawn(start, (start.0 + end.0, end.1), &lines);
            for line in drawn.lines() {
                let columns: usize = line.chars().map(|c| width(c.encode_utf8(&mut [0; 4]))).sum();
                proptest::prop_assert!(columns <= WIDTH, "{columns}: {line}");
                proptest::prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }
}
