//! Colors, columns and line breaks of everything that is shown to people.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::Level;

/// The columns that a line for people fills at most, paths and single words excepted.
pub const WIDTH: usize = 100;

/// Colors, where they are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Paint(pub bool);

impl Paint {
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub fn good(self, text: &str) -> String {
        self.with("32", text)
    }

    pub fn bad(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub fn path(self, text: &str) -> String {
        self.with("36", text)
    }

    /// In the color of a level.
    pub fn level(self, level: Level, text: &str) -> String {
        match level {
            Level::Deny => self.with("1;31", text),
            Level::Warn => self.with("1;33", text),
            Level::Note | Level::Off => self.with("1;36", text),
        }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The columns a terminal shows a text in.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, filled with blanks on the right.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Breaks a text at blanks, so that every line fits [`WIDTH`]. `first` columns of the first line
/// are taken already; the other lines begin with `indent`. A word that is too long stays whole.
pub fn wrap(text: &str, first: usize, indent: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = first;
    let mut fresh = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if !fresh && column + 1 + wide > WIDTH {
            out.push('\n');
            out.push_str(indent);
            column = width(indent);
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += wide;
        fresh = false;
    }
    out
}

/// Breaks a text at blanks into lines of so many columns; a word that is too long is broken too.
pub fn fold(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut column = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if column > 0 && column + 1 + wide > columns {
            lines.push(String::new());
            column = 0;
        } else if column > 0 {
            put(&mut lines, ' ');
            column += 1;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if column + wide > columns && column > 0 {
                lines.push(String::new());
                column = 0;
            }
            put(&mut lines, c);
            column += wide;
        }
    }
    lines
}

/// Adds to the last line.
fn put(lines: &mut [String], c: char) {
    if let Some(line) = lines.last_mut() {
        line.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_never_inside_words() {
        let long = "x".repeat(150);
        let wrapped = wrap(&format!("{} {long} end", "word ".repeat(30)), 10, "    ");
        let lines: Vec<&str> = wrapped.lines().collect();
        assert!(width(lines[0]) <= WIDTH - 10);
        assert!(lines[1].starts_with("    word"));
        assert_eq!(lines[2], format!("    {long}"));
        assert_eq!(lines[3], "    end");
    }

    #[test]
    fn cells_break_inside_words_only_where_one_is_too_long() {
        assert_eq!(fold("one two three", 7), ["one two", "three"]);
        assert_eq!(fold("a 漢字漢字b", 5), ["a", "漢字", "漢字b"]);
        assert_eq!(fold("", 5), [""]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(pad("漢字", 6), "漢字  ");
    }
}
