//! Names in lists of needs: `Auth, Todos`, `Tasks 4A, 4B`, `A1-A7`, `Phases 1-3`, `none`.

use super::id::id;
use crate::base::Span;
use crate::base::words::{listed as words, normalize, without_markup};

/// What a list of names says.
#[derive(Debug, PartialEq)]
pub(super) enum Listed {
    Names(Vec<Named>),
    None,
    Everything,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub span: Span,
}

/// Words that come before a letter or a number and make a name of both.
pub(super) const KINDS: &[&str] = &[
    "batch",
    "component",
    "epic",
    "feature",
    "group",
    "iteration",
    "layer",
    "level",
    "milestone",
    "module",
    "phase",
    "plan",
    "service",
    "sprint",
    "stage",
    "step",
    "story",
    "stream",
    "task",
    "team",
    "tier",
    "track",
    "wave",
    "workstream",
];
/// More words than this are a sentence.
const WORDS: usize = 7;
/// The most members that a range is taken to have.
const RANGE: u32 = 200;

/// Reads the names in a part of the text. `text` is the text of `span`.
pub(super) fn read(text: &str, span: Span) -> Listed {
    let plain = normalize(text);
    if is_none(text, &plain) {
        return Listed::None;
    }
    if is_everything(&plain) {
        return Listed::Everything;
    }
    let mut names: Vec<Named> = Vec::new();
    let mut kind: Option<String> = None;
    for (start, end) in parts(text) {
        let place = Span::new(span.start as usize + start, span.start as usize + end);
        let Some(part) = text.get(start..end) else { continue };
        let bare = without_markup(part);
        let Some(name) = cut(&bare) else { continue };
        if is_everything(&normalize(name)) {
            return Listed::Everything;
        }
        for name in carried(name, &mut kind) {
            names.push(Named { name, span: place });
        }
    }
    // "TrayManager, used to tell about …": what goes on like a sentence is no further name.
    let named = |one: &Named| one.name.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if names.first().is_some_and(named) {
        names.retain(|one| named(one) || one.name.split(' ').count() < 3);
    }
    Listed::Names(names)
}

/// Whether a text says that there is nothing: `None`, `-`, `n/a`, `Nothing (first phase)`.
pub(super) fn is_none(text: &str, plain: &str) -> bool {
    let known = words!(
        "none|nil|n a|na|nothing|no|no dependencies|no dependency|independent|standalone|\
         not applicable|no prerequisites|no needs|nobody|no one"
    );
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "*_`[](){}.\"'".contains(c));
    let signs = !bare.is_empty() && bare.chars().all(|c| matches!(c, '-' | '–' | '—' | '∅' | '/'));
    let opens = |word: &str| {
        let rest = plain.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    signs
        || bare == "[]"
        || text.trim() == "[]"
        || known.has(plain)
        || opens("none")
        || opens("nothing")
        || opens("no dependencies")
}

fn is_everything(plain: &str) -> bool {
    let first = plain.split(' ').next().unwrap_or("");
    matches!(first, "all" | "everything" | "every" | "any" | "each" | "others")
}

/// The parts of a list, by offsets: parted by commas, semicolons, plus signs between blanks and
/// line ends, outside of brackets.
fn parts(text: &str) -> Vec<(usize, usize)> {
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
                false
            }
            ',' | ';' | '、' => depth == 0,
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

/// The name that a part begins with: without what is said about it.
pub(super) fn cut(part: &str) -> Option<&str> {
    let mut name = part.trim_matches(|c: char| c.is_whitespace() || "*_`\"'“”[]-•–—→".contains(c));
    for lead in ["and ", "or ", "the ", "on ", "only ", "just ", "both ", "plus ", "then "] {
        let opens = name.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead));
        name = if opens { name[lead.len()..].trim_start() } else { name };
    }
    // "Feature A: Accounts", "T-003 - Setup": what stands behind a label belongs to the name.
    let label = id(name).map_or(0, |(_, length)| length);
    let separator = name[label..].len()
        - name[label..].trim_start_matches(|c: char| " :-–—.".contains(c)).len();
    let from = if label > 0 { label + separator } else { 0 };
    const ENDS: &[&str] = &[
        " (",
        "（",
        " [",
        " - ",
        " – ",
        " — ",
        ": ",
        " from ",
        " for ",
        " because",
        " since ",
        " before ",
        " via ",
        " when ",
        " which ",
        " so that",
        " in order",
        " to be ",
        " → ",
        " -> ",
        ". ",
        " (",
        " must ",
        " can ",
        " is ",
        " are ",
        " has ",
        " have ",
    ];
    let lower = name.to_ascii_lowercase();
    // What stands in brackets right behind a label tells about it.
    let from = if name[label..].starts_with(" (") { label } else { from };
    let cuts = ENDS.iter().filter_map(|end| lower.get(from..)?.find(end).map(|at| at + from));
    let end = cuts.min().unwrap_or(name.len());
    let mut name = name.get(..end)?.trim_end();
    name = name.trim_end_matches(['.', ':', ')', '*', '`', ',', ' ', '_', '"', ']']);
    const TAILS: &[&str] =
        &[" completion", " completed", " complete", " done", " first", " finished", " phase"];
    for tail in TAILS {
        let stem = name.len().checked_sub(tail.len()).filter(|at| *at > 0);
        if let Some(stem) = stem
            && name.get(stem..).is_some_and(|end| end.eq_ignore_ascii_case(tail))
        {
            name = name[..stem].trim_end();
        }
    }
    let slot = name.contains("{{") || name.contains("}}");
    let readable =
        !slot && name.chars().any(char::is_alphanumeric) && name.split(' ').count() <= WORDS;
    readable.then_some(name)
}

/// The names that a part stands for: a range, or a letter that shares the word before the list.
fn carried(name: &str, kind: &mut Option<String>) -> Vec<String> {
    let (head, rest) = name.split_once([' ', '_']).unwrap_or((name, ""));
    let lower = head.to_ascii_lowercase();
    let known = |word: &str| KINDS.contains(&word);
    let plural = lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let plural =
        plural.or_else(|| lower.strip_suffix("es").map(str::to_owned).filter(|w| known(w)));
    let plural = plural.or_else(|| lower.strip_suffix('s').map(str::to_owned));
    let singular = plural.filter(|word| known(word));
    let word = match singular {
        Some(singular) => Some(capitalized(head, &singular)),
        None => known(&lower).then(|| head.to_owned()),
    };
    if let Some(word) =
        word.filter(|_| is_label(rest.split([' ', '-', '–', ':']).next().unwrap_or("")))
    {
        let names = several(rest).into_iter().map(|label| format!("{word} {label}")).collect();
        *kind = Some(word);
        return names;
    }
    match kind {
        Some(word) if is_label(name) || range(name).is_some() => {
            several(name).into_iter().map(|label| format!("{word} {label}")).collect()
        }
        _ => {
            *kind = None;
            several(name)
        }
    }
}

fn capitalized(head: &str, word: &str) -> String {
    let upper = head.starts_with(|c: char| c.is_ascii_uppercase());
    let first = &word[..1];
    if upper { format!("{}{}", first.to_ascii_uppercase(), &word[1..]) } else { word.to_owned() }
}

/// The members of a range or of a pair: `1-3`, `A and B`.
fn several(name: &str) -> Vec<String> {
    if let Some(range) = range(name) {
        return range;
    }
    if name.contains('/') && name.split('/').all(|part| id(part).is_some()) {
        return name.split('/').map(str::to_owned).collect();
    }
    let pair = name.split_once(" and ").or_else(|| name.split_once(" & "));
    match pair {
        Some((first, second)) if is_label(first.trim()) && is_label(second.trim()) => {
            vec![first.trim().to_owned(), second.trim().to_owned()]
        }
        _ => vec![name.to_owned()],
    }
}

/// `A1-A7`, `T001 through T005`, `1–3`, `4A-4C`, `1.1-1.4`.
fn range(name: &str) -> Option<Vec<String>> {
    let marks = [" through ", " to ", " – ", " - ", "–", "—", "..", "-"];
    marks.iter().find_map(|mark| {
        let (first, last) = name.split_once(mark)?;
        between(first.trim(), last.trim(), *mark == "-")
    })
}

fn between(first: &str, last: &str, bare: bool) -> Option<Vec<String>> {
    let token = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
    };
    if !token(first) || !token(last) {
        return None;
    }
    let (head, number, tail) = parted(first)?;
    let (last_head, last_number, last_tail) = parted(last)?;
    let width = number.len();
    let same_head = last_head.is_empty() || last_head.eq_ignore_ascii_case(head);
    let (low, high): (u32, u32) = (number.parse().ok()?, last_number.parse().ok()?);
    if tail.is_empty() && last_tail.is_empty() {
        // "01-02" is the name of one plan, "1-3" three of them behind a word.
        let plain = head.is_empty() && bare && width > 1;
        let counts = low < high && high - low < RANGE;
        return (same_head && counts && !plain)
            .then(|| (low..=high).map(|n| format!("{head}{n:0width$}")).collect());
    }
    let (from, to) = (tail.chars().next()?, last_tail.chars().next()?);
    let letters = low == high && same_head && tail.len() == 1 && last_tail.len() == 1 && from < to;
    letters.then(|| (from..=to).map(|letter| format!("{head}{number}{letter}")).collect())
}

/// Letters before the last number, the number, and a letter behind it.
fn parted(token: &str) -> Option<(&str, &str, &str)> {
    let end = token.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = token[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let tail = &token[end..];
    let short = tail.len() <= 1 && tail.bytes().all(|byte| byte.is_ascii_alphabetic());
    short.then_some((&token[..start], &token[start..end], tail))
}

/// A letter, or a number with a letter or points: `A`, `4B`, `2.1`.
pub(super) fn is_label(word: &str) -> bool {
    let word = word.trim_end_matches([':', '.', ')']);
    let single = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let numbered = word.len() <= 6
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    single || (numbered && letters <= 2)
}
