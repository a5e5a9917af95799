use std::sync::LazyLock;

use regex::Regex;

use super::context::{Place, announced, first_word};
use super::sections::Sections;
use super::{finding, shown, words};
use crate::base::{Level, Span};
use crate::facts::{BlockKind, DocumentFacts};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "placeholder-marker",
    summary: "a marker such as TBD stands where content belongs",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/placeholder-marker.md"),
    check: Check::Text(check),
};

const HELP: &str = "write what belongs here, or say in words that there is nothing";

static CANDIDATES: LazyLock<Regex> = LazyLock::new(|| {
    let words = "TBD|TBC|TBA|TBW|TKTK|TODO|FIXME|XXX|tbd|tbc|todo|Tbd|Todo";
    let values = "WIP|PLACEHOLDER|Placeholder|placeholder";
    let signs = r"T\.B\.D\.?|\?{3,}|NEEDS CLARIFICATION|NEEDS DECISION|<<\[UNRESOLVED";
    Regex::new(&format!("{words}|{values}|{signs}")).expect("a valid pattern")
});

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let mut line_end = 0;
    for span in candidates(facts) {
        // A line with two markers is one hole.
        if span.start < line_end || !is_marker(facts, span) {
            continue;
        }
        let rest = &facts.text[span.end as usize..];
        line_end = span.end + rest.find('\n').unwrap_or(rest.len()) as u32;
        let word = facts.text_of(span).trim_start_matches("<<[");
        let message = format!("{} stands where content belongs", shown(word));
        out.push(finding(facts, span, message, HELP));
    }
}

/// Whether a text holds a marker of missing content, so that other rules leave it to this one.
pub(super) fn marks(facts: &DocumentFacts, text: Span) -> bool {
    let found = CANDIDATES.find_iter(text.of(&facts.text));
    let mut spans = found.map(|found| {
        let start = text.start as usize;
        Span::new(start + found.start(), start + found.end())
    });
    spans.any(|span| is_marker(facts, span))
}

fn candidates(facts: &DocumentFacts) -> impl Iterator<Item = Span> {
    CANDIDATES.find_iter(&facts.text).map(|found| Span::new(found.start(), found.end()))
}

fn is_marker(facts: &DocumentFacts, span: Span) -> bool {
    let word = facts.text_of(span);
    if word.starts_with("<<[") {
        return is_unresolved(facts, span);
    }
    let Some(place) = Place::find(facts, span) else { return is_marker_in_comment(facts, span) };
    // A link that only names the marker leads to the place where it stands.
    let led = place.style.link && !place.is_whole();
    if led || place.style.struck || place.is_quoted() || is_part_of_name(&place) {
        return false;
    }
    match word {
        "TBD" | "TBC" | "TBW" | "TKTK" | "T.B.D" | "T.B.D." => !is_mentioned(&place),
        "TBA" => place.is_whole() || place.is_parenthesized(),
        "tbd" | "tbc" | "Tbd" => place.is_whole() || place.is_parenthesized(),
        "TODO" | "FIXME" | "XXX" => is_task_marker(&place) && !is_mentioned(&place),
        "todo" | "Todo" => place.is_parenthesized() || begins_with_colon(&place),
        "WIP" | "PLACEHOLDER" | "Placeholder" | "placeholder" => is_value(&place),
        "NEEDS CLARIFICATION" | "NEEDS DECISION" => is_question(&place),
        _ => is_question_marks(&place),
    }
}

/// Part of a longer name or a path: `TODO.md`, `TBD-123`, `#TODO`, `TODO_LIST`, `autodoc`.
fn is_part_of_name(place: &Place) -> bool {
    let before = place.before_raw();
    let after = place.after_raw();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '#' | '@' | '$');
    let binds = |c: char| matches!(c, '_' | '-' | '.' | '\'');
    let bound = |first: Option<char>, second: Option<char>| {
        first.is_some_and(|c| joins(c) || binds(c) && second.is_some_and(char::is_alphanumeric))
    };
    let (mut back, mut ahead) = (before.chars().rev(), after.chars());
    bound(back.next(), back.next()) || bound(ahead.next(), ahead.next())
}

/// Whether the marker is talked about or denied rather than used.
fn is_mentioned(place: &Place) -> bool {
    if place.is_whole() {
        return false;
    }
    let names = || words::contains(words::THINGS, first_word(place.after()));
    let follows_directly = place.after().starts_with([' ', '"', '*', '-', ']']);
    place.is_preceded_by(words::NEGATIONS, 4)
        || place.is_preceded_by(words::MENTIONING, 2)
        || (follows_directly && names())
        || is_enumerated(place)
}

/// One of several markers in a row: `TODO, FIXME or TBD`, `TBD/TODO`.
fn is_enumerated(place: &Place) -> bool {
    let is_border = |c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | '"' | '\'' | '`');
    let bare = |text: &str| {
        ["or ", "and ", "&"].iter().fold(
            text.trim_start_matches(is_border).to_owned(),
            |text, word| {
                text.strip_prefix(word)
                    .map_or(text.clone(), |rest| rest.trim_start_matches(is_border).to_owned())
            },
        )
    };
    let parted = place.after().trim_start().starts_with([',', '/', '|'])
        || place.after().starts_with(" or ");
    let next = bare(place.after());
    let others = [
        "TODO",
        "FIXME",
        "TBD",
        "TBC",
        "XXX",
        "HACK",
        "TKTK",
        "???",
        "placeholder",
        "stub",
        "WIP",
        "N/A",
    ];
    let before = place.before().trim_end_matches(|c: char| is_border(c));
    let before = before.strip_suffix(" or").or(before.strip_suffix(" and")).unwrap_or(before);
    let before = before.trim_end_matches(is_border);
    let touches = place.before().len() > before.len();
    parted && others.iter().any(|other| next.starts_with(other))
        || touches && others.iter().any(|other| before.ends_with(other))
}

/// `TODO: …`, `TODO (later)`, a line that says only TODO. A word inside a sentence is none, nor
/// is the state of a task or the title of a list.
fn is_task_marker(place: &Place) -> bool {
    if words::contains(words::STATES, &place.label) || place.style.link {
        return false;
    }
    let after = place.after_raw();
    let colon = after.starts_with(':') || after.starts_with("**:") || after.starts_with('(');
    if place.kind == BlockKind::Heading {
        return colon && !after.trim_matches([':', ' ', '*']).is_empty();
    }
    // A task that is planned as a box is work to do, not a hole in the document.
    if place.is_first() {
        return !place.is_in_open_box() || place.is_whole();
    }
    let before = place.before_raw().trim_end();
    let ends = place.after().trim_start_matches(['*', '_', ')', ']', '.', '!', ' ']).is_empty();
    let said = ["is", "are", "still", "a"].iter().any(|word| before.ends_with(&format!(" {word}")));
    place.is_parenthesized()
        || is_member(place)
        || before.ends_with(['(', '[']) && colon
        || ends && said
}

/// A word that stands for a value where it is all that follows a label other than that of a state
/// or an element of a page.
fn is_value(place: &Place) -> bool {
    let named =
        words::says(words::THINGS, &place.label) || words::says(words::STATES, &place.label);
    let labeled = !place.label.is_empty() && place.kind != BlockKind::Cell;
    labeled && !named && place.is_whole() && place.segment.of(&place.facts.text).trim().len() < 14
}

/// The value of a name inside of braces: `{items: [Tool], next: TODO}`.
fn is_member(place: &Place) -> bool {
    let before = place.before_raw().trim_end();
    let after = place.after_raw().trim_start();
    before.ends_with(':') && before.contains('{') && after.starts_with(['}', ',', ']'])
}

fn begins_with_colon(place: &Place) -> bool {
    place.is_first() && place.after_raw().starts_with(": ") && place.kind == BlockKind::Paragraph
}

/// An open question that somebody must answer: `[NEEDS CLARIFICATION: which one?]`, or the words
/// as the whole of a value.
fn is_question(place: &Place) -> bool {
    let after = place.after_raw();
    let question = after.strip_prefix(':').unwrap_or("").split(']').next().unwrap_or("");
    let asks = question.contains(char::is_alphabetic);
    let bracketed = place.before_raw().ends_with('[');
    let in_slot = place.segment.of(&place.facts.text).starts_with('[') && !after.contains("] ");
    let named = words::contains(words::THINGS, first_word(after.split(']').nth(1).unwrap_or("")));
    if asks && bracketed && !named {
        return true;
    }
    let alternative = place.before_raw().trim_end().ends_with(" or") && in_slot;
    place.kind != BlockKind::Heading && (place.is_whole() || alternative)
}

/// `???` as the whole of a value, in parentheses or at the end. At the start of a line it begins
/// a block of some site generators.
fn is_question_marks(place: &Place) -> bool {
    if place.is_whole() || place.is_parenthesized() {
        return true;
    }
    let parted = place.before_raw().ends_with(char::is_whitespace);
    !place.is_first() && parted && place.after_raw().trim().is_empty()
}

/// A decision marked as unresolved, in text or in a fence of its own.
fn is_unresolved(facts: &DocumentFacts, span: Span) -> bool {
    if let Some(place) = Place::find(facts, span) {
        return place.is_first() && !announced(facts, place.block, words::ANNOUNCING_CODE);
    }
    let codes = facts.codes.partition_point(|code| code.span.start <= span.start);
    let code = codes.checked_sub(1).map(|last| facts.codes[last]);
    code.is_some_and(|code| {
        code.body.covers(span)
            && code.language.is_empty()
            && !announced(facts, code.block, words::ANNOUNCING_CODE)
    })
}

/// A line of a comment that begins with the marker. A section that holds only the comment is
/// empty, which says more.
fn is_marker_in_comment(facts: &DocumentFacts, span: Span) -> bool {
    let after = facts.comments.partition_point(|comment| comment.start <= span.start);
    let Some(comment) = after.checked_sub(1).map(|last| facts.comments[last]) else { return false };
    let word = facts.text_of(span);
    if !comment.covers(span) || word.starts_with('?') || word.starts_with("NEEDS") {
        return false;
    }
    let before = Span { start: comment.start, end: span.start }.of(&facts.text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    let starts =
        line.trim_start_matches("<!--").chars().all(|c| c.is_whitespace() || "-*#/".contains(c));
    let rest = &facts.text[span.end as usize..];
    starts && rest.starts_with([':', '(', ' ', '\n']) && !Sections::new(facts).is_bare(span.start)
}
