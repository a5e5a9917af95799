use std::sync::LazyLock;

use memchr::memchr2;
use memchr::memmem::Finder;
use regex::Regex;

use super::context::{Place, announced};
use super::request;
use super::sections::{Holds, Sections};
use super::slots::{self, Weight};
use super::{finding, marker, shown, words};
use crate::base::{Level, Span};
use crate::facts::{Code, DocumentFacts, Field};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "template-text",
    summary: "text of a template was left standing",
    promises: &["S2.4", "S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/template-text.md"),
    check: Check::Text(check),
};

const HELP: &str = "replace the template's words by your own, or delete them";

/// Words in lower case that are looked up everywhere, and so few that looking is cheap.
static CANDIDATES: LazyLock<Regex> = LazyLock::new(|| {
    // What tools write into the comments of their templates, to be deleted once it is done.
    let order = r"action required:?[ *]+(?:add|complete|define|describe|fill|list|replace|the content|write)";
    let other =
        "lorem ipsum|replace this (?:text|section|line|paragraph|with)|this is a placeholder";
    Regex::new(&format!("(?-u:{order}|{other})")).expect("a valid pattern")
});

/// The last word of what else a template says.
static END: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(" here"));

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let sections = Sections::new(facts);
    let mut spans: Vec<Span> = phrases(&sections, facts).collect();
    spans.extend(facts.codes.iter().flat_map(|code| slot_lines(&sections, facts, code)));
    spans.extend(facts.fields.iter().filter(|field| offers_choice(facts, field)).map(|f| f.value));
    spans.sort();
    spans.dedup();
    for span in spans {
        let message = format!("\"{}\" is text of a template", shown(facts.text_of(span)));
        out.push(finding(facts, span, message, HELP));
    }
}

/// Phrases that only a template says, in text or, for instructions to the writer, in a comment.
fn phrases(sections: &Sections, facts: &DocumentFacts) -> impl Iterator<Item = Span> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    words::in_lower_case(&facts.text, |from, lower| {
        let phrases = CANDIDATES.find_iter(lower);
        found.extend(phrases.map(|phrase| (from + phrase.start(), from + phrase.end())));
        // Alone this word is found faster.
        let here = END.find_iter(lower.as_bytes());
        found.extend(here.map(|at| (from + at, from + at + END.needle().len())));
    });
    let found = found.into_iter().filter_map(|(start, end)| {
        if !facts.text[start..end].eq_ignore_ascii_case(" here") {
            return Some(Span::new(start, end));
        }
        let line = facts.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut from = line.max(start.saturating_sub(60));
        while !facts.text.is_char_boundary(from) {
            from += 1;
        }
        let alone = !facts.text[end..].starts_with(char::is_alphanumeric);
        let before = request::start(&facts.text[from..start]).filter(|_| alone)?;
        Some(Span::new(from + before, end))
    });
    found.filter(|&span| {
        let phrase = facts.text_of(span);
        if phrase.starts_with(['a', 'A']) && phrase[1..].starts_with(['C', 'c']) {
            let after = facts.comments.partition_point(|comment| comment.start <= span.start);
            let comment = after.checked_sub(1).map(|last| facts.comments[last]);
            return comment.is_some_and(|comment| comment.covers(span))
                && !sections.is_bare(span.start);
        }
        let Some(place) = Place::find(facts, span) else { return false };
        let short = place.before().split_whitespace().count() < 3;
        let quoted = place.is_quoted() || place.is_announced() || place.style.link;
        !quoted && short && !place.is_preceded_by(words::NEGATIONS, 4)
    })
}

/// The lines of a fence that are slots, where the fence has no language and most of it is slots.
/// Code in a language, and text in which a bracket stands here and there, means what it says.
fn slot_lines(sections: &Sections, facts: &DocumentFacts, code: &Code) -> Vec<Span> {
    let body = facts.text_of(code.body);
    if !code.fenced || !code.language.is_empty() || !body.contains(['[', '{']) {
        return Vec::new();
    }
    let mut at = code.body.start as usize;
    let mut filled = Vec::new();
    let (mut lines, mut first) = (0, false);
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() {
            continue;
        }
        if bare.ends_with(':') && bare.to_ascii_lowercase().starts_with("example") {
            break;
        }
        lines += 1;
        if let Some((from, to)) = slot_in(bare) {
            let offset = start + (line.len() - line.trim_start().len());
            let rest = &facts.text[at.min(code.body.end as usize)..code.body.end as usize];
            first |= lines == 1 && from == 0 && rest.lines().next().unwrap_or("").trim().is_empty();
            filled.push(Span::new(offset + from, offset + to));
        }
    }
    let mostly = first || filled.len() * 2 >= lines;
    let said = || {
        announced(facts, code.block, words::ANNOUNCING_CODE)
            || is_example(facts, code)
            || filled.iter().any(|span| marker::marks(facts, *span))
            || matches!(sections.holds(code.section), Holds::Slot(_))
                && super::empty_section::speaks_of(sections, facts, code.section)
    };
    if filled.is_empty() || !mostly || said() { Vec::new() } else { filled }
}

/// The slot of a line of text: all of it behind a bullet, a box or a label, or one that describes
/// what belongs there.
fn slot_in(line: &str) -> Option<(usize, usize)> {
    for (at, _) in line.match_indices(['[', '{']) {
        // Single braces and angles are how formats name their parts.
        if line[at..].starts_with('{') && !line[at..].starts_with("{{") {
            continue;
        }
        let Some((slot, weight)) = slots::at_start(&line[at..]) else { continue };
        let before = line[..at].trim_end();
        let boxed = before.ends_with("[ ]") || before.ends_with("[x]");
        let leads =
            before.is_empty() || boxed || before.ends_with([':', '-', '*', '•', '|', '.', ')']);
        let ends = line[at + slot.len()..].trim().is_empty();
        let parted = line[..at].is_empty() || line[..at].ends_with(char::is_whitespace);
        let counts = match weight {
            Weight::None => false,
            Weight::Noun => leads && ends && !before.is_empty(),
            Weight::Phrase => leads && ends,
            Weight::Certain => leads || slot.contains("e.g."),
        };
        if counts && parted {
            return Some((at, at + slot.len()));
        }
    }
    None
}

/// Whether a heading above says that the section shows how something is written. The title of a
/// whole document says nothing of the kind: a template is to be filled in.
fn is_example(facts: &DocumentFacts, code: &Code) -> bool {
    let mut at = Some(code.section);
    while let Some(section) = at.map(|id| facts.section(id)) {
        let mut said = section.name.split(' ');
        if section.level > 1 && said.any(|word| words::contains(words::EXAMPLE_TITLES, word)) {
            return true;
        }
        at = section.parent;
    }
    false
}

/// A value that still offers every choice: `Impact: High / Medium / Low`.
fn offers_choice(facts: &DocumentFacts, field: &Field) -> bool {
    const SCALES: &str = "\
        approval confidence decision impact likelihood outcome priority probability recommendation \
        result severity status verdict";
    const OPPOSITES: &str = "approve approved fail go no no-go pass reject rejected yes";
    let value = facts.text_of(field.value).trim();
    if memchr2(b'|', b'/', value.as_bytes()).is_none() {
        return false;
    }
    let name = field.name.split(' ').next_back().unwrap_or("");
    let several = !value.contains(['\n', '`', '(']);
    if !several || !words::contains(SCALES, name) {
        return false;
    }
    let separator = if value.contains('|') { '|' } else { '/' };
    let choices: Vec<&str> =
        value.split(separator).map(|c| c.trim_matches(['*', '[', ']', ' '])).collect();
    let short = choices.iter().all(|c| !c.is_empty() && c.split_whitespace().count() <= 3);
    let words_only =
        choices.iter().all(|c| c.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-'));
    let opposed = choices.iter().all(|choice| words::contains(OPPOSITES, choice));
    short && words_only && (choices.len() > 2 || choices.len() == 2 && opposed)
}
