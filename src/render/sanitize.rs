//! Text from documents, made safe to show.
//!
//! A document must not be able to move the cursor of a terminal, to show its text in another
//! order than it stands, to hide any of it, or to speak to the machine that reads a log. What
//! could is shown by its escape: `\u{1b}`.

use std::borrow::Cow;

use serde::Serialize;

/// The text on one line, with every dangerous or invisible character as a visible escape, and
/// not like a command of a runner at its beginning.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.trim_start().starts_with("::") {
        return Cow::Owned(inert(&escaped(text)));
    }
    escaped(text)
}

fn escaped(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte) && byte != b'#') {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner::default();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        cleaner.push(c, &mut out);
    }
    Cow::Owned(out)
}

/// `clean`, and cut with an ellipsis where that is more than `limit` characters.
pub fn clipped(text: &str, limit: usize) -> String {
    let end = |text: &str| text.char_indices().nth(limit).map(|(end, _)| end);
    let rest = end(text);
    let mut cleaned = clean(&text[..rest.unwrap_or(text.len())]).into_owned();
    let longer = end(&cleaned);
    if let Some(end) = longer {
        cleaned.truncate(end);
    }
    if rest.or(longer).is_some() {
        cleaned.push('…');
    }
    cleaned
}

/// Text that went through `clean`: what views are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Shown(String);

impl Shown {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<S: AsRef<str>> From<S> for Shown {
    fn from(text: S) -> Self {
        Self(clean(text.as_ref()).into_owned())
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// The last thing that happens to a text for a log: no line of it may begin like a command of
/// GitHub Actions, and none may hold one of the older form, whatever was put together.
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if bare.starts_with("::") {
            out.push_str(&line[..line.len() - bare.len()]);
            out.push_str(r"\u{3a}");
            out.push_str(&bare[1..]);
        } else {
            out.push_str(line);
        }
    }
    if out.contains("##[") { out.replace("##[", r"##\u{5b}") } else { out }
}

/// Writes characters one at a time, so that a caller can tell which became what.
///
/// It remembers whether `##` and perhaps a word came just before: followed by a bracket they are
/// a command to runners of GitHub (`##[error]`) and Azure (`##vso[…]`) anywhere in a line.
#[derive(Debug, Default)]
pub struct Cleaner {
    marker: Marker,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Marker {
    #[default]
    None,
    Hash,
    Hashes,
    Word,
}

impl Cleaner {
    pub fn push(&mut self, c: char, out: &mut String) {
        let armed = matches!(self.marker, Marker::Hashes | Marker::Word);
        self.marker = match (c, self.marker) {
            ('#', Marker::None | Marker::Word) => Marker::Hash,
            ('#', Marker::Hash | Marker::Hashes) => Marker::Hashes,
            (c, _) if armed && c.is_ascii_alphabetic() => Marker::Word,
            _ => Marker::None,
        };
        match c {
            '\n' => out.push_str(r"\n"),
            '\r' => out.push_str(r"\r"),
            '\t' => out.push_str(r"\t"),
            '[' if armed => out.push_str(r"\u{5b}"),
            c if hides(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
}

/// Whether a character acts on its surroundings, or takes no visible place of its own.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            // Zero width, direction marks, separators, embeddings and overrides.
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            // Invisible operators, isolates, deprecated controls, annotations, no characters, tags.
            | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_or_hides_is_shown_as_an_escape() {
        assert_eq!(clean("a\u{1b}[31mb"), r"a\u{1b}[31mb");
        assert_eq!(clean("a\u{202e}b\u{2066}c\u{200b}d"), r"a\u{202e}b\u{2066}c\u{200b}d");
        assert_eq!(clean("a\nb\r\u{85}\u{2028}\u{9b}"), r"a\nb\r\u{85}\u{2028}\u{9b}");
        assert_eq!(clean("漢字 ⚠️ é"), "漢字 ⚠️ é");
        assert_eq!(clean(" ::error::x"), r" \u{3a}:error::x");
        assert_eq!(clean("a::b"), "a::b");
    }

    #[test]
    fn runner_commands_lose_their_bracket() {
        assert_eq!(clean("x ##[error]y"), r"x ##\u{5b}error]y");
        assert_eq!(clean("###[group]"), r"###\u{5b}group]");
        assert_eq!(clean("##vso[task.complete]"), r"##vso\u{5b}task.complete]");
        assert_eq!(clean("## [link] #[a] ##a #[b]"), "## [link] #[a] ##a #[b]");
    }

    #[test]
    fn no_line_begins_a_command() {
        assert_eq!(inert("a ::b\n \u{a0}::error::c\n"), "a ::b\n \u{a0}\\u{3a}:error::c\n");
        assert_eq!(inert("##[error]"), r"##\u{5b}error]");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(clipped("äbc", 2), "äb…");
        assert_eq!(clipped("äbc", 3), "äbc");
        assert_eq!(clipped("\u{1b}\u{1b}", 9), r"\u{1b}\u{…", "escapes count as they are shown");
    }
}
