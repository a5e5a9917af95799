use std::sync::LazyLock;

use regex::Regex;

use super::context::{Place, first_word};
use super::{finding, shown, words};
use crate::base::{Level, Span};
use crate::facts::{BlockKind, DocumentFacts};
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: "undecided-prose",
    summary: "a sentence says that something is still to be decided or written",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/undecided-prose.md"),
    check: Check::Text(check),
};

const HELP: &str = "decide and write it down, or say who decides it where and when";

/// Phrases in lower case.
static CANDIDATES: LazyLock<Regex> = LazyLock::new(|| {
    let to_be = "to be (?:decided|determined|defined|confirmed|announced|agreed|discussed|clarified\
        |specified|finali[sz]ed|established|written|documented|filled|completed|added|provided\
        |supplied|described|worked out)";
    let not_yet = "not(?: been)? yet (?:been )?(?:decided|determined|defined|documented|specified\
        |finali[sz]ed|agreed|written|chosen|described|settled)";
    let will = "will be (?:decided|determined|defined|specified|documented|filled in) \
        (?:later|soon|in a (?:later|future))";
    let other = "coming soon|under discussion|fill in|fill this in|work in progress|undecided\
        |details to follow|as yet undefined|not decided yet|not been decided(?: yet)?\
        |pending (?:a |the )?decision|open question:\
        |we will (?:define|decide|specify|clarify)";
    Regex::new(&format!("(?-u:{to_be}|{not_yet}|{will}|{other})")).expect("a valid pattern")
});

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let mut line_end = 0;
    for span in candidates(facts, Span::new(0, facts.text.len())) {
        if span.start < line_end || !is_open(facts, span) {
            continue;
        }
        let rest = &facts.text[span.end as usize..];
        line_end = span.end + rest.find('\n').unwrap_or(rest.len()) as u32;
        let message = format!("\"{}\" leaves something open", shown(facts.text_of(span)));
        out.push(finding(facts, span, message, HELP));
    }
}

/// Whether a text says that something is open, so that other rules leave it to this one.
pub(super) fn leaves_open(facts: &DocumentFacts, text: Span) -> bool {
    candidates(facts, text).into_iter().any(|span| is_open(facts, span))
}

/// The phrases in a part of a document, in any case.
fn candidates(facts: &DocumentFacts, part: Span) -> Vec<Span> {
    let mut found = Vec::new();
    words::in_lower_case(part.of(&facts.text), |start, lower| {
        let start = part.start as usize + start;
        let spans = CANDIDATES.find_iter(lower);
        found.extend(spans.map(|span| Span::new(start + span.start(), start + span.end())));
    });
    found
}

/// Words before a phrase that make it a duty, a wish or a possibility instead of a gap.
const CAUSING: &str = "\
    able allow allowed allowing allows can cannot cause caused causes could enable enables expect \
    expected expects force forces going had has have having if intended lead leads likely mark \
    marks may meant might must need needed needs ought permit permits possible prevent prevents \
    ready request requests require required requires should supposed that try unless unlikely \
    until used want wants when where whether which while who would";

/// Words before a phrase that make it a case that may come.
const CONDITIONS: &str = "if unless until when whenever whether while";

/// Words after a phrase that say how or by whom, so that it describes and leaves nothing open.
const DESCRIBING: &str = "\
    as at by for from in into on onto per through to under using via with";

const LATER: &str = "after before later once soon when";

fn is_open(facts: &DocumentFacts, span: Span) -> bool {
    let Some(place) = Place::find(facts, span) else { return false };
    let bounded = !place.before_raw().ends_with(char::is_alphanumeric)
        && !place.after_raw().starts_with(char::is_alphanumeric);
    if !bounded
        || place.style.struck
        || place.style.link
        || place.is_quoted()
        || is_denied(&place)
        || is_history(&place)
    {
        return false;
    }
    let phrase = facts.text_of(span).to_ascii_lowercase();
    if place.kind == BlockKind::Heading {
        return phrase.starts_with("fill") && place.is_parenthesized();
    }
    let alone = place.is_whole() || place.is_parenthesized();
    let still = place.is_preceded_by("still", 3);
    let later = is_put_off(&place);
    match phrase.split(' ').next_back().unwrap_or("") {
        "soon" => {
            alone || place.is_first() || place.after().trim_matches(['.', '!', '*', ' ']).is_empty()
        }
        "follow" => place.after().trim_matches(['.', '!', '*', '_', ' ']).is_empty(),
        "undefined" => true,
        "decision" => alone || place.is_first() || place.before_raw().trim_end().ends_with('('),
        "question:" => place.is_first() && place.after_raw().trim_end().ends_with('?'),
        "progress" => alone && place.label.is_empty() && place.kind == BlockKind::Paragraph,
        "discussion" | "undecided" => alone || says_is(&place) && !describes(&place),
        _ if phrase.starts_with("fill") => place.is_parenthesized() || is_in_slot(&place),
        "define" | "decide" | "specify" | "clarify" => {
            let after = place.after().trim_end_matches(['.', '!', '*', '_', ' ']);
            let ends = [" later", " in the next sprint", " next week", " in the next meeting"];
            ends.iter().any(|end| after.ends_with(end)) && !place.is_preceded_by(CONDITIONS, 12)
        }
        // Changes are agreed with somebody as a rule; one thing is because it is open.
        "agreed" if first_word(place.after()) == "with" => {
            place.is_first() || place.is_preceded_by("is still", 1)
        }
        _ if phrase.starts_with("will") => true,
        _ if phrase.starts_with("not") => {
            let attribute = place.is_preceded_by("that which who", 3);
            let said = says_is(&place) && (phrase.contains("yet") || !describes(&place));
            alone || said && !attribute && !place.is_preceded_by(CONDITIONS, 12)
        }
        "decided" | "announced" | "discussed" | "clarified" => {
            let needs = place.is_preceded_by("need needs", 2)
                && !place.is_preceded_by("can could may might must should would", 12);
            alone || needs || later || !place.is_preceded_by(CAUSING, 12) && !describes(&place)
        }
        "written" | "documented" | "filled" | "completed" | "added" | "provided" | "supplied"
        | "described" => {
            let short = place.before().split_whitespace().count() < 4
                && place.after().trim_matches(['.', '!', '*', '_', ' ']).is_empty();
            let free = !place.is_preceded_by(CAUSING, 12);
            let owed = phrase.starts_with("to be") && place.is_first() && is_by_somebody(&place);
            alone || is_in_slot(&place) || owed || free && (later || short)
        }
        _ => alone || still || !place.is_preceded_by(CAUSING, 12) && (later || !describes(&place)),
    }
}

fn is_denied(place: &Place) -> bool {
    place.is_preceded_by(words::NEGATIONS, 5) || place.is_preceded_by("nothing", 3)
}

/// What a change log tells is over.
fn is_history(place: &Place) -> bool {
    let block = &place.facts.blocks[place.block as usize];
    super::empty_section::is_change_list(place.facts, block.section)
}

/// `… is not yet decided`, `… has not been decided`: a statement, not an attribute.
fn says_is(place: &Place) -> bool {
    let passive = place.facts.text_of(place.span).contains(" been ");
    place.is_preceded_by("is are still remains remain", 2)
        || passive && place.is_preceded_by("has have", 2)
}

fn is_put_off(place: &Place) -> bool {
    let after = place.after();
    let first = first_word(after);
    let elsewhere = ["in a later", "in a future", "in a separate", "in another", "in a different"];
    words::contains(LATER, first)
        || elsewhere.iter().any(|words| after.trim_start().starts_with(words))
}

fn describes(place: &Place) -> bool {
    words::contains(DESCRIBING, first_word(place.after()))
}

/// `To be added by the integration engineer.`: all that the paragraph says is who owes it.
fn is_by_somebody(place: &Place) -> bool {
    let after = place.after();
    let end = place.after_raw().len() <= after.len() + 2;
    first_word(after) == "by" && end && after.split_whitespace().count() < 7
}

/// Inside of brackets that wait to be replaced.
fn is_in_slot(place: &Place) -> bool {
    let before = place.before_raw();
    let open = before.rfind(['[', '{', '<']);
    let close = before.rfind([']', '}', '>']);
    open > close && place.after_raw().contains([']', '}', '>'])
}
