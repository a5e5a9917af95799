//! Where one name of a list ends and the next begins.

/// The parts of a list, by offsets: parted by commas, semicolons, plus signs between blanks and
/// line ends, outside of brackets.
pub(super) fn parts(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0usize);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        let mut length = c.len_utf8();
        let parted = match c {
            '(' | '[' | '{' | '（' => {
                depth += 1;
                false
            }
            ')' | ']' | '}' | '）' => {
                depth = depth.saturating_sub(1);
                let joined = [" and ", " & ", " plus "];
                let join = joined.iter().find(|join| text[at + length..].starts_with(**join));
                // "Accounts (sessions) and Catalog (tools)".
                if let Some(join) = join.filter(|_| depth == 0 && c != ']') {
                    found.push((start, at + length));
                    start = at + length + join.len();
                    skip = start;
                }
                false
            }
            ',' | ';' | '、' => depth == 0,
            // A line that is only too long goes on in brackets, or in small letters.
            '\n' if (depth > 0 && text[at..].contains(')')) || goes_on(text, at) => false,
            '\n' => {
                depth = 0;
                true
            }
            '+' => depth == 0 && text[..at].ends_with(' ') && text[at + 1..].starts_with(' '),
            '<' if text[at..].starts_with("<br") => {
                length = text[at..].find('>').map_or(1, |end| end + 1);
                true
            }
            _ => false,
        };
        if parted {
            found.push((start, at));
            start = at + length;
            skip = start;
        }
    }
    found.push((start, text.len()));
    found
}

/// Whether a line of a text that begins with a name goes on behind its end.
fn goes_on(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start();
    text.trim_start_matches(['*', '`', '[']).starts_with(char::is_uppercase)
        && rest.starts_with(|c: char| c == '(' || c.is_lowercase())
}
