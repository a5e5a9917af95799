//! What happens to a document as a text: wrapped lines, blanks at their ends, carriage returns.

use super::style::{Style, Text};

pub fn dress(text: String, style: &Style) -> String {
    match style.text {
        Text::Plain => text,
        Text::CarriageReturns => text.replace('\n', "\r\n"),
        Text::TrailingSpaces => text.lines().map(|line| trailed(line) + "\n").collect(),
        Text::Reflowed => reflowed(&text),
    }
}

/// Blanks at the end of a line, and two more where it ends in a point already.
fn trailed(line: &str) -> String {
    match line.is_empty() {
        true => String::new(),
        false => format!("{line} "),
    }
}

/// Long lines of prose and lists are broken, outside of fences and tables.
fn reflowed(text: &str) -> String {
    let mut out = String::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let kept = fenced || line.starts_with(['|', '#', '`']) || line.len() < 60;
        if kept {
            out += line;
            out.push('\n');
            continue;
        }
        let indent =
            if line.starts_with(['-', '*', '+']) && !line.starts_with("**") { "  " } else { "" };
        let mut width = 0;
        for word in line.split(' ') {
            if width > 0 && width + word.len() > 52 {
                out.push('\n');
                out += indent;
                width = indent.len();
            } else if width > 0 {
                out.push(' ');
                width += 1;
            }
            out += word;
            width += word.len();
        }
        out.push('\n');
    }
    out
}
