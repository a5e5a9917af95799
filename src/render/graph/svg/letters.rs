//! How wide texts are, where their lines break, and how they stand in XML.
//!
//! Nobody knows the font that a picture will be shown with. The widths are those of a wide one, so
//! that a text may stand a little lost in its box and never sticks out of it.

use unicode_width::UnicodeWidthChar;

/// Marks that join words; a line may end behind them.
const JOINING: [char; 6] = ['-', '_', '/', '.', ':', ','];

/// The width of a text in the font size 1.
pub fn width(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.35,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '/' | '\\' => 0.43,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.98,
        'a'..='z' | '0'..='9' => 0.63,
        'A'..='Z' => 0.74,
        c => match c.width().unwrap_or(0) {
            0 => 0.0,
            1 => 0.8,
            _ => 1.15,
        },
    }
}

/// The text in lines of at most `limit`, at most `most` of them, the last one cut if need be.
///
/// Lines break at blanks, else behind marks that join words, else anywhere.
pub fn lines(text: &str, limit: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 == most {
            lines.push(clipped(rest, limit));
            break;
        }
        let (line, after) = rest.split_at(first_line(rest, limit));
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    lines
}

/// The text, cut with an ellipsis where it is wider than `limit`.
pub fn clipped(text: &str, limit: f64) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut wide = letter('…');
    let fits = |c: &char| {
        wide += letter(*c);
        wide <= limit
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// As [`lines`], and no line is much shorter than another.
pub fn balanced(text: &str, limit: f64, most: usize) -> Vec<String> {
    let widest = lines(text, limit, most);
    let words = text.split(' ').flat_map(|word| word.split_inclusive(JOINING));
    let longest = words.map(width).fold(0.0, f64::max);
    let tighter = (10..20).map(|part| limit * f64::from(part) / 20.0);
    let mut tighter =
        tighter.filter(|&limit| limit >= longest).map(|limit| lines(text, limit, most));
    let whole = |one: &Vec<String>| {
        one.len() == widest.len() && !one.last().is_some_and(|last| last.ends_with('…'))
    };
    tighter.find(whole).unwrap_or(widest)
}

/// The length of what fits into the first line: at least one character.
fn first_line(text: &str, limit: f64) -> usize {
    let (mut wide, mut blank, mut mark) = (0.0, 0, 0);
    for (at, c) in text.char_indices() {
        if c == ' ' {
            blank = at;
        }
        wide += letter(c);
        if wide > limit && at > 0 {
            // A joining mark early in the line would leave most of it empty.
            let early = width(&text[..mark.max(blank)]) < limit / 2.0;
            return if blank > 0 && (blank > mark || !early) {
                blank.max(mark)
            } else if mark > 0 && !early {
                mark
            } else if blank > 0 {
                blank
            } else {
                at
            };
        }
        if JOINING.contains(&c) {
            mark = at + c.len_utf8();
        }
    }
    text.len()
}

/// The text as content or as the value of an attribute. What cannot stand in XML at
/// all, `Shown` has written by its escape.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_words_end_and_keep_every_letter() {
        assert_eq!(
            lines("Member accounts and sessions", 9.0, 4),
            ["Member", "accounts and", "sessions"]
        );
        assert_eq!(lines("payment-provider-gateway", 9.0, 4), ["payment-", "provider-", "gateway"]);
        let long = "x".repeat(40);
        assert_eq!(lines(&long, 9.0, 9).concat(), long);
        assert_eq!(lines("", 9.0, 4), [""; 0]);
    }

    #[test]
    fn lines_of_a_name_are_about_equally_long() {
        assert_eq!(balanced("A name of some words", 10.0, 4), ["A name of", "some words"]);
        assert_eq!(balanced("Notifications by mail 13", 12.0, 4), ["Notifications", "by mail 13"]);
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis() {
        let cut = lines(&"word ".repeat(40), 9.0, 3);
        assert_eq!(cut.len(), 3);
        assert!(cut[2].ends_with('…') && width(&cut[2]) <= 9.0, "{cut:?}");
    }
}
