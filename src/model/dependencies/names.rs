//! Names in lists of needs: `Auth, Todos`, `Tasks 4A, 4B`, `A1-A7`, `Phases 1-3`, `none`.

use super::id::id;
use super::parts::parts;
use super::ranges::{range, several};
use super::{Said, Sense};
use crate::base::Span;
use crate::base::words::{listed as words, normalize, without_markup};

/// What a list of names says.
#[derive(Debug, PartialEq)]
pub(super) enum Listed {
    Names(Vec<Named>),
    /// These, and something that could not be read as a name.
    Partly(Vec<Named>),
    None,
    Everything,
}

impl Listed {
    pub fn names(self) -> Vec<Named> {
        match self {
            Listed::Names(names) | Listed::Partly(names) => names,
            Listed::None | Listed::Everything => Vec::new(),
        }
    }

    /// What it says of all needs of one thing.
    pub fn said(&self) -> Said {
        match self {
            Listed::Names(names) if !names.is_empty() => Said::All,
            Listed::Names(_) | Listed::Partly(_) => Said::Some,
            Listed::None => Said::None,
            Listed::Everything => Said::Everything,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub span: Span,
    /// The one that needs it calls it when both run, and can be built without it.
    pub only_run: bool,
}

impl Named {
    /// What the need of it means.
    pub fn sense(&self) -> Sense {
        if self.only_run { Sense::Order } else { Sense::Said }
    }
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
    let (mut whole, mut explained) = (true, false);
    let named = |name: &str| name.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    for (start, end) in parts(text) {
        let place = Span::new(span.start as usize + start, span.start as usize + end);
        let Some(part) = text.get(start..end) else { continue };
        let bare = without_markup(part);
        // "Accounts: the member behind a token, the event": a reason may hold commas.
        let told = explained && text[..start].ends_with(',') && !named(bare.trim_start());
        let remark = bare.trim_start().starts_with('(');
        let Some(name) = cut(&bare).filter(|_| !told && !remark) else {
            whole &= remark || !bare.contains(char::is_alphanumeric);
            continue;
        };
        let rest = bare.split_once(name).map_or("", |(_, rest)| rest);
        explained = is_reason(rest);
        whole &= !names_more(rest);
        if is_everything(&normalize(name)) {
            return Listed::Everything;
        }
        let only_run = is_run_only(&bare);
        for name in carried(name, &mut kind) {
            names.push(Named { name: name.replace('\n', " "), span: place, only_run });
        }
    }
    // "TrayManager, used to tell about …": what goes on like a sentence is no further name.
    let count = names.len();
    if names.first().is_some_and(|one| named(&one.name)) {
        names.retain(|one| named(&one.name) || one.name.split(' ').count() < 3);
    }
    if whole && names.len() == count { Listed::Names(names) } else { Listed::Partly(names) }
}

/// Whether a part says that the thing is called when it runs, and not built upon: "Accounts at run
/// time only".
fn is_run_only(part: &str) -> bool {
    let said = ["un time", "un-time", "untime"].iter().any(|run| part.contains(run));
    let phrases = ["run time only", "runtime only", "only at run time", "only at runtime"];
    said && {
        let words = normalize(part);
        phrases.iter().any(|phrase| words.contains(phrase))
    }
}

/// Whether what stands behind a name tells what it is needed for.
fn is_reason(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['*', '`', ' ']);
    let leads = [
        ":", "- ", "– ", "— ", "for ", "because ", "since ", "via ", "when ", "which ", "so ",
        "in order", "to ",
    ];
    leads.iter().any(|lead| rest.starts_with(lead))
}

/// Whether what stands behind a name, outside of brackets, may hold another one.
fn names_more(rest: &str) -> bool {
    let mut depth = 0usize;
    let outside = |c: &char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    };
    let outside: String = rest.chars().filter(outside).collect();
    [" and ", " & ", " plus ", " or "].iter().any(|mark| outside.contains(mark))
        || outside.split(' ').any(|word| word.starts_with(char::is_uppercase))
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
    matches!(first, "all" | "everything" | "every" | "any" | "each" | "other" | "others")
}

/// `All components`, `every feature`: the words for everything that a plan lists. Other words
/// behind "all" tell of something else: `All handoffs completed`.
pub(super) fn is_all_of_a_kind(text: &str) -> bool {
    let plain = normalize(text);
    let mut words = plain.split(' ').skip_while(|word| matches!(*word, "of" | "the" | "other"));
    let all = words.next().is_some_and(is_everything);
    let kind = words.find(|word| !matches!(*word, "of" | "the" | "other" | "previous"));
    let kind = kind.map(|kind| kind.strip_suffix('s').unwrap_or(kind));
    all && kind.is_none_or(|kind| KINDS.contains(&kind))
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
    let rest = name[label..].trim_start_matches(|c: char| " :-–—.".contains(c));
    let separator = name.len() - label - rest.len();
    let marked = !name[label..label + separator].trim().is_empty();
    let from = if label > 0 && marked { label + separator } else { label };
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
        " at run",
        " only at run",
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
    const TAILS: &[&str] = &[
        " completion",
        " completed",
        " complete",
        " done",
        " first",
        " finished",
        " phase",
        " and",
    ];
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
        word.filter(|_| is_label(rest.split([' ', '-', '–', ':', '/']).next().unwrap_or("")))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> (Vec<String>, Said) {
        let listed = read(text, Span::new(0, text.len()));
        let said = listed.said();
        (listed.names().into_iter().map(|one| one.name).collect(), said)
    }

    #[test]
    fn reasons_name_nothing_and_hide_nothing() {
        let both =
            |text: &str, said| assert_eq!(listed(text), (vec!["Auth".into(), "Shop".into()], said));
        both("Auth (x, y), Shop (z)", Said::All);
        both("Auth (x, and\ny) and Shop (z)", Said::All);
        both("Auth: x\nShop: z", Said::All);
        both("Auth for x, y and z, Shop", Said::Some);
        assert_eq!(listed("Auth for x and Shop for y").1, Said::Some);
        assert_eq!(listed("Auth: the x, the y").0, ["Auth"]);
    }

    #[test]
    fn all_of_a_kind_is_everything() {
        assert!(is_all_of_a_kind("All components complete"));
        assert!(is_all_of_a_kind("everything"));
        assert!(!is_all_of_a_kind("All handoffs completed"));
    }
}
