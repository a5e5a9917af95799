//! Finds "As a …, I want …, so that …", in one sentence or in labeled lines.

use memchr::memchr_iter;

use crate::base::Span;
use crate::facts::{DocumentFacts, Field};
use crate::model::part_of;

/// The parts of a story's sentence that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    pub who: Option<Span>,
    pub what: Option<Span>,
    pub why: Option<Span>,
}

const WHO: &[&str] = &["as a ", "as an ", "as "];
const WHAT: &[&str] =
    &["i want", "i need", "i would like", "i'd like", "i can", "we want", "we need", "i "];
/// What follows "As a" where nobody is meant.
const NOBODY: &[&str] = &[
    "consequence",
    "example",
    "first",
    "general",
    "last",
    "matter",
    "note",
    "precaution",
    "reminder",
    "result",
    "rule",
    "side",
    "starting",
    "whole",
];
const WHY: &[&str] = &[
    "so that",
    "so i ",
    "so we ",
    "so they ",
    "so my ",
    "so our ",
    "so the ",
    "so it ",
    "so you ",
    "in order to",
    "in order that",
    "to be able to",
    "because",
    "such that",
    "so users",
    "thereby",
    "which lets",
    "which allows",
    "so ",
];
/// Labels of the same parts where they stand in lines of their own.
const WHO_LABELS: &[&str] =
    &["actor", "as a", "as an", "as", "persona", "role", "user", "user role", "user type", "who"];
const WHAT_LABELS: &[&str] =
    &["action", "capability", "desire", "goal", "i need", "i want", "i want to", "need", "what"];
const WHY_LABELS: &[&str] = &[
    "benefit",
    "business value",
    "in order to",
    "outcome",
    "purpose",
    "rationale",
    "reason",
    "so that",
    "user value",
    "value",
    "why",
];

impl Sentence {
    pub fn is_whole(&self) -> bool {
        self.who.is_some() && self.what.is_some() && self.why.is_some()
    }

    pub fn is_absent(&self) -> bool {
        self.who.is_none() && self.what.is_none()
    }
}

/// The sentence in a span of a document. Nothing where neither a who nor a what can be told.
pub(super) fn read(facts: &DocumentFacts, extent: Span) -> Sentence {
    let mut found = in_text(facts.text_of(extent), extent.start);
    let fields = || part_of(&facts.fields, extent, |field| field.label).iter();
    let labeled = |names: &[&str]| {
        let has = |field: &&Field| names.contains(&&*field.name) && !field.content.is_empty();
        fields().find(has).map(|field| field.content)
    };
    found.who = found.who.or_else(|| labeled(WHO_LABELS));
    found.what = found.what.or_else(|| labeled(WHAT_LABELS));
    if !found.is_absent() {
        found.why = found.why.or_else(|| labeled(WHY_LABELS));
    }
    // "Role: admin" alone is a remark, and so is "Goal: …".
    if found.who.is_none() != found.what.is_none() && !is_spelled(facts, extent) {
        return Sentence::default();
    }
    found
}

/// Whether the words of a story's sentence stand there, not only labels that others use too.
fn is_spelled(facts: &DocumentFacts, extent: Span) -> bool {
    let text = in_text(facts.text_of(extent), 0);
    let mut fields = part_of(&facts.fields, extent, |field| field.label).iter();
    let own = |name: &str| name.starts_with("as a") || name.starts_with("i want");
    text.who.is_some() || text.what.is_some() || fields.any(|field| own(&field.name))
}

fn in_text(text: &str, offset: u32) -> Sentence {
    let place = |from: usize, to: usize| {
        let (lead, rest) = (text[from..to].len(), text[from..to].trim_start_matches(is_mark));
        let start = from + lead - rest.len();
        let length = rest.trim_end_matches(is_mark).len();
        let span = Span::new(start + offset as usize, start + length + offset as usize);
        (length > 0).then_some(span)
    };
    let Some((at, after_who)) = first(text, 0, WHO, begins) else { return lone(text, &place) };
    let anybody = same(&text.as_bytes()[at..after_who], b"as a ")
        || same(&text.as_bytes()[at..after_who], b"as an ");
    let noun = text[after_who..].trim_start_matches(is_mark);
    let noun = noun.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let nobody = NOBODY.contains(&noun.as_str());
    let what = first(text, after_who, WHAT, follows)
        .filter(|&(what, _)| begins(text, what) || end_of_paragraph(text, after_who) >= what);
    let Some((what, after_what)) = what.filter(|_| !nobody) else {
        // Who alone is the rest of a broken sentence only where nothing else is said.
        let alone = !nobody && anybody && end_of_paragraph(text, after_who) == text.len();
        let who = alone.then(|| place(after_who, text.len())).flatten();
        return Sentence { who, ..Sentence::default() };
    };
    let why = first(text, after_what, WHY, follows);
    let end = why.map_or(end_of_paragraph(text, after_what), |(at, _)| at);
    let to = text[after_what..].trim_start_matches(is_mark);
    let skipped = to.strip_prefix("to").filter(|rest| rest.starts_with(is_mark));
    let after_what = skipped.map_or(after_what, |rest| text.len() - rest.len());
    Sentence {
        who: place(after_who, what),
        what: place(after_what, end.max(after_what)),
        why: why.and_then(|(_, after)| place(after, end_of_paragraph(text, after))),
    }
}

/// "I want …" without anybody who wants it, at the beginning of a line.
fn lone(text: &str, place: &dyn Fn(usize, usize) -> Option<Span>) -> Sentence {
    let Some((_, after)) = first(text, 0, &["i want to ", "i want "], begins) else {
        return Sentence::default();
    };
    let why = first(text, after, &["so that", "in order to"], follows);
    let end = end_of_paragraph(text, after);
    let what = place(after, why.map_or(end, |(at, _)| at));
    let why = why.and_then(|(_, after)| place(after, end_of_paragraph(text, after)));
    Sentence { who: None, what, why }
}

/// The first place after `from` where one of the words stands, with its end.
fn first(
    text: &str,
    from: usize,
    words: &[&str],
    fits: fn(&str, usize) -> bool,
) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    for at in from..bytes.len() {
        // All words begin with one of few letters, and none goes on another.
        let letter = bytes[at] | 0x20;
        if !matches!(letter, b'a' | b'i' | b'w' | b't' | b's' | b'b')
            || at > 0 && bytes[at - 1].is_ascii_alphanumeric()
        {
            continue;
        }
        for word in words.iter().filter(|word| word.as_bytes()[0] == letter) {
            let Some(found) = bytes.get(at..at + word.len()) else { continue };
            let ends = word.ends_with(' ')
                || bytes.get(at + word.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
            if ends && same(found, word.as_bytes()) && fits(text, at) {
                return Some((at, at + word.len()));
            }
        }
    }
    None
}

/// Equal without regard to case, where any white space equals a blank.
fn same(found: &[u8], word: &[u8]) -> bool {
    let equal = |(f, w): (&u8, &u8)| f.eq_ignore_ascii_case(w) || *w == b' ' && is_blank(*f);
    found.len() == word.len() && found.iter().zip(word).all(equal)
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'*' || byte == b'_'
}

/// Whether a clause may begin here: at the start of a line, or behind a mark.
fn begins(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '*', '_', '>', '-', '+', '"', '“', '\t']);
    before.is_empty() || before.ends_with(['\n', ':', '.', '|', '(', ')', '—', '–', '•', '`', ']'])
}

/// Whether a word may begin here.
fn follows(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '\'' && c != '’')
}

/// Where the paragraph at hand ends: at a blank line, a heading or a new item.
fn end_of_paragraph(text: &str, from: usize) -> usize {
    let rest = &text.as_bytes()[from..];
    let breaks = |at: usize| {
        let next = &rest[at + 1..];
        let begins = next.starts_with(b"#") || next.starts_with(b"- ") || next.starts_with(b"* ");
        if begins || next.starts_with(b"\n") {
            return Some(at);
        }
        let carried = next.starts_with(b"\r\n") && rest[..at].ends_with(b"\r");
        carried.then(|| at - 1)
    };
    from + memchr_iter(b'\n', rest).find_map(breaks).unwrap_or(rest.len())
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | ',' | '.' | ':' | '"' | '>' | '-' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn parts(text: &str) -> [String; 3] {
        let facts = extract(text.as_bytes());
        let found = read(&facts, Span::new(0, facts.text.len()));
        let shown = |part: Option<Span>| part.map_or("", |part| facts.text_of(part)).to_owned();
        [shown(found.who), shown(found.what), shown(found.why)]
    }

    #[test]
    fn a_sentence_has_its_parts_in_any_form() {
        let whole = ["member", "find a tool", "I can borrow it"];
        for text in [
            "As a member, I want to find a tool, so that I can borrow it.\n",
            "**As a** member\n**I want to** find a tool\n**So that** I can borrow it\n",
            "**AS A** member  \n\n**I WANT** to find a tool\n\n**SO THAT** I can borrow it\n",
            "- **As a**: member\n- **I want**: find a tool\n- **So that**: I can borrow it\n",
            "**As** member, **I want** to find a tool **so that** I can borrow it.\n",
            "User story: *As a member,\nI want to find a tool so\nthat I can borrow it.*\n",
            "**Who**: member\n\n**What**: find a tool\n\n**Why**: I can borrow it\n",
        ] {
            assert_eq!(parts(text), whole, "{text}");
        }
    }

    #[test]
    fn missing_parts_are_missing() {
        assert_eq!(parts("As a member, I want to find a tool.\n"), ["member", "find a tool", ""]);
        assert_eq!(parts("I want to find a tool, so that I know.\n")[0], "");
        assert_eq!(parts("As a member\n")[1], "");
    }

    #[test]
    fn prose_and_remarks_are_no_story() {
        for text in [
            "The shed acts as a hub. I like it.\n",
            "As the collection grows, pages matter.\n\nMore text, and I mean it.\n",
            "- **Role**: admin\n- **Priority**: P1\n",
            "**Goal**: fewer calls\n",
        ] {
            assert_eq!(parts(text), ["", "", ""], "{text}");
        }
    }
}
