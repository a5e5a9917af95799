use super::sections::{Holds, Sections};
use super::slots::{self, Weight};
use super::{finding, marker, shown, undecided, words as vocabulary};
use crate::base::{Level, Span, words};
use crate::facts::{DefectKind, DocumentFacts, Section, SectionId};
use crate::model::ids;
use crate::rules::{Check, Rule, TextFinding};

pub static RULE: Rule = Rule {
    id: super::EMPTY,
    summary: "a heading has nothing under it, or only a comment or a slot",
    promises: &["S2.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/empty-section.md"),
    check: Check::Text(check),
};

const HELP: &str = "write the section, say \"None\" with the reason, or delete the heading";

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

fn check(facts: &DocumentFacts, out: &mut Vec<TextFinding>) {
    let sections = Sections::new(facts);
    for id in 1..facts.sections.len() as SectionId {
        let holds = if sections.has_subsections(id) { Holds::Content } else { sections.holds(id) };
        if holds == Holds::Content || !speaks_of(&sections, facts, id) {
            continue;
        }
        let section = facts.section(id);
        let title = shown(facts.text_of(section.title));
        let message = match holds {
            Holds::Content => continue,
            Holds::Nothing => format!("nothing stands under \"{title}\""),
            Holds::Comment if sections.says_none(id) => continue,
            Holds::Comment => format!("only a comment stands under \"{title}\""),
            Holds::EmptyItem => format!("only an empty bullet stands under \"{title}\""),
            Holds::Slot(slot) if is_said_otherwise(facts, slot) => continue,
            Holds::Slot(_) => format!("only an unfilled slot stands under \"{title}\""),
        };
        let place = if section.title.is_empty() { section.heading } else { section.title };
        out.push(finding(facts, place, message, HELP));
    }
}

/// Whether this rule judges a section, whatever it holds: one that owes content of its own.
pub(super) fn speaks_of(sections: &Sections, facts: &DocumentFacts, id: SectionId) -> bool {
    let section = facts.section(id);
    let heading = (1..=6).contains(&section.level);
    heading
        && !sections.has_subsections(id)
        && !has_slot(facts, section)
        && !marker::marks(facts, section.title)
        && !undecided::leaves_open(facts, section.title)
        && !is_title(sections, facts, id)
        && (!carries_value(facts.text_of(section.title)) || is_left_out(sections, facts, id))
        && !leads_siblings(facts, id)
        && !is_grouped(facts, id)
        && !is_torn(facts, id)
        && !is_change_list(facts, id)
}

fn is_said_otherwise(facts: &DocumentFacts, slot: Span) -> bool {
    marker::marks(facts, slot) || undecided::leaves_open(facts, slot)
}

fn has_slot(facts: &DocumentFacts, section: &Section) -> bool {
    let title = facts.text_of(section.title);
    let mut places = title.match_indices(['[', '<', '{']);
    let bracket = places.any(|(at, _)| {
        slots::at_start(&title[at..]).is_some_and(|(_, weight)| weight >= Weight::Noun)
    });
    bracket || title.trim_end().ends_with(" —") || title.trim_end().ends_with(" -")
}

/// The title of the document, in however many lines, and the first of two lines that make one
/// title elsewhere: they stand together, apart from the text before.
fn is_title(sections: &Sections, facts: &DocumentFacts, id: SectionId) -> bool {
    if facts.sections.len() <= id as usize + 1 {
        return false;
    }
    if (1..=id).all(|id| is_joined(facts, id)) || (id == 1 && facts.section(id).level == 1) {
        return true;
    }
    let before = &facts.text[..facts.section(id).heading.start as usize];
    let blanks = &before[before.trim_end().len()..];
    let apart = blanks.bytes().filter(|byte| *byte == b'\n').count() != 1;
    let filled = sections.has_subsections(id + 1) || sections.holds(id + 1) == Holds::Content;
    apart && is_joined(facts, id) && filled
}

/// Whether the next heading stands on the next line, at the same level.
fn is_joined(facts: &DocumentFacts, id: SectionId) -> bool {
    let Some(next) = facts.sections.get(id as usize + 1) else { return false };
    let section = facts.section(id);
    let gap = Span { start: section.heading.end, end: next.heading.start };
    let lines = gap.of(&facts.text).bytes().filter(|byte| *byte == b'\n').count();
    lines == 1 && next.level == section.level
}

/// A heading that says what there is to say: `Status: done`, `401 Unauthorized`, `No open points`,
/// `SSRF ✅ N/A`, `GET /api/todos`, or a statement in a sentence.
fn carries_value(title: &str) -> bool {
    const WORDS: usize = 5;
    let title = title.trim();
    let value = title.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty());
    let mut words_of = title.split_whitespace();
    let first = words_of.next().unwrap_or("");
    let second = words_of.next();
    let code =
        first.len() == 3 && first.bytes().all(|byte| byte.is_ascii_digit()) && second.is_some();
    let method = METHODS.contains(&first);
    let marks = title.contains(['✅', '❌', '☑', '✔', '✓', '✗', '→', '`', '=']);
    let normal = words::normalize(title);
    let none = ["no ", "none", "not "].iter().any(|word| normal.starts_with(word));
    let ends = ["N/A", "n/a", "None", "none", "(empty)", "(removed)", "(deprecated)"];
    let closed = ends.iter().any(|end| title.ends_with(end)) || title.contains("N/A ");
    let does = normal.split(' ').next().unwrap_or("");
    let says = vocabulary::contains(vocabulary::DOING, does);
    let statement = says && title.split_whitespace().count() >= WORDS && !title.ends_with('?');
    value || code || method || marks || none || closed || statement
}

/// What a heading is called by: an identifier, a method and a path, or a label for several things.
/// A heading of that shape names what its section is about and answers nothing itself.
#[derive(PartialEq, Eq)]
enum Called {
    /// The prefix of its identifier, or the word before its number or letter.
    Id(String),
    Endpoint,
    Several,
}

impl Called {
    fn by(title: &str) -> Option<Self> {
        let title = title.trim_matches(['`', '*', ' ']);
        if title.contains(['✅', '❌', '☑', '✔', '✓', '✗', '→', '=']) {
            return None;
        }
        let (first, rest) = title.split_once(' ')?;
        if METHODS.contains(&first) && rest.starts_with('/') && !rest.contains(' ') {
            return Some(Self::Endpoint);
        }
        let (label, value) = title.split_once(": ")?;
        if is_answer(value) {
            return None;
        }
        if let Some((id, end)) = ids::leading(title)
            && end >= label.trim_end().len()
        {
            return Some(Self::Id(id.prefix().to_owned()));
        }
        let part_of = |text: &str| {
            let (word, number) = text.trim().split_once(' ')?;
            let is_part = vocabulary::contains(vocabulary::PARTS, word) && !number.contains(' ');
            is_part.then(|| word.to_ascii_lowercase())
        };
        if let Some(word) = part_of(label) {
            return Some(Self::Id(word));
        }
        let part = part_of(value).is_some();
        let listed = value.contains(" and ") && !value.contains(|c: char| c.is_ascii_digit());
        let several = label.ends_with('s') && !label.ends_with("ss") && !label.ends_with("us");
        (several && (part || listed)).then_some(Self::Several)
    }
}

/// A value that says how something is: `APPROVED`, `4 hours`, `none so far`.
fn is_answer(value: &str) -> bool {
    let value = value.trim_matches(['*', ' ']);
    let (first, rest) = value.split_once([' ', ',']).unwrap_or((value, ""));
    let state = |word| vocabulary::contains(vocabulary::BRACKET_WORDS, word);
    let none = vocabulary::contains(vocabulary::ANSWERS, first);
    let capitals = !value.contains(char::is_lowercase);
    let number = first.starts_with(|c: char| c.is_ascii_digit());
    none || capitals || number || (rest.is_empty() && state(first))
}

/// Whether a heading that might carry a value is a hole among sections that are filled: another
/// one of its level, called in the same way, holds something. Labels need two of any kind beside
/// them.
fn is_left_out(sections: &Sections, facts: &DocumentFacts, id: SectionId) -> bool {
    // Sections farther away are not needed to tell, and the work stays bounded.
    const REACH: usize = 40;
    let Some(called) = Called::by(facts.text_of(facts.section(id).title)) else { return false };
    let section = facts.section(id);
    let from = (id as usize).saturating_sub(REACH);
    let around = facts.sections().skip(from).take(2 * REACH);
    let others = around.filter(|(other, one)| *other != id && one.level == section.level);
    let alike = others.filter(|(_, one)| match called {
        Called::Several => one.parent == section.parent,
        _ => Called::by(facts.text_of(one.title)).as_ref() == Some(&called),
    });
    let mut filled = alike.filter(|(other, _)| {
        sections.has_subsections(*other) || sections.holds(*other) == Holds::Content
    });
    let needed = if called == Called::Several { 1 } else { 0 };
    filled.nth(needed).is_some()
}

/// Whether the headings that follow at the same level stand for subsections: they are numbered
/// and this one is not, as in `Alternatives`, `Alternative 1`, or they ask and this one does not,
/// as in `Q & A`.
fn leads_siblings(facts: &DocumentFacts, id: SectionId) -> bool {
    let Some(next) = facts.sections.get(id as usize + 1) else { return false };
    let section = facts.section(id);
    let numbered = |section: &Section| {
        let title = facts.text_of(section.title).trim_start_matches(['*', ' ']);
        title.starts_with(|c: char| c.is_ascii_digit())
    };
    let one = section.name.trim_end_matches('s');
    let counts = next.name.strip_prefix(one).is_some_and(|rest| {
        rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && !section.name.ends_with(char::is_numeric)
            && !numbered(section)
    });
    let asks = |section: &Section| facts.text_of(section.title).trim_end().ends_with('?');
    let differs = |of: &dyn Fn(&Section) -> bool| of(next) && !of(section);
    next.level == section.level && (differs(&numbered) || differs(&asks) || counts)
}

/// Whether an unfinished merge runs through the section: its lines of signs read as headings.
fn is_torn(facts: &DocumentFacts, id: SectionId) -> bool {
    let start = facts.section(id).heading.start;
    let end = facts.sections.get(id as usize + 1).map_or(u32::MAX, |next| next.heading.end);
    let first = facts.defects.partition_point(|defect| defect.span.start < start);
    let mut defects = facts.defects[first..].iter().take_while(|defect| defect.span.start < end);
    defects.any(|defect| defect.kind == DefectKind::ConflictMarker)
}

/// Whether a pair of comments around this heading and later ones makes them one part, as tools
/// write that fill a document: `<!-- stack-start -->` … `<!-- stack-end -->`.
fn is_grouped(facts: &DocumentFacts, id: SectionId) -> bool {
    let heading = facts.section(id).heading;
    let Some(next) = facts.sections.get(id as usize + 1) else { return false };
    let before = facts.comments.partition_point(|comment| comment.start < heading.start);
    let Some(opening) = before.checked_sub(1).map(|last| facts.comments[last]) else {
        return false;
    };
    let gap = Span { start: opening.end, end: heading.start };
    if !gap.of(&facts.text).trim().is_empty() || next.level != facts.section(id).level {
        return false;
    }
    let names = facts.text_of(opening).split_whitespace();
    let mut starts = names.filter_map(|name| {
        let lower = name.to_ascii_lowercase();
        ["start", "begin"].iter().find_map(|word| Some(lower.strip_suffix(word)?.to_owned()))
    });
    starts.any(|stem| {
        let end = format!("{stem}end");
        let mut later = facts.comments[before..].iter().take(2);
        later.any(|comment| {
            comment.start > next.heading.start
                && facts.text_of(*comment).to_ascii_lowercase().contains(&end)
        })
    })
}

/// A kind of change under a version of a change log, and a version nobody has filled yet.
pub(super) fn is_change_list(facts: &DocumentFacts, id: SectionId) -> bool {
    let mut at = Some(id);
    while let Some(section) = at.map(|id| facts.section(id)) {
        let title = facts.text_of(section.title).trim_start_matches(['[', 'v', 'V']);
        let version = title.starts_with(|c: char| c.is_ascii_digit())
            && title
                .split(['.', '-'])
                .take(3)
                .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
                .count()
                == 3;
        if version || section.name.starts_with("unreleased") || section.name.contains("changelog") {
            return true;
        }
        at = section.parent;
    }
    false
}
