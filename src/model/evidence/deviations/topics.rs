//! Headings and labels that speak of deviations, and those that only seem to.

use crate::model::phrases::{
    List, flat, has, has_any, listed, number, one_of, opens_with, opens_with_any, words,
};

pub(super) const NOUNS: &List = listed!(
    "deviation|deviations|divergence|divergences|departure|departures|deviated|\
        deviates|diverged|diverges"
);
/// Words for a difference that need to say from what.
pub(super) const DIFFERENCES: &List = listed!(
    "change|changes|changed|difference|differences|differs|differ|adjustment|\
        adjustments|modification|modifications|variance|variances|discrepancy|\
        discrepancies"
);
pub(super) const AGREED: &List = listed!(
    "plan|planned|plans|spec|specs|specification|specifications|specified|\
        architecture|design|brief|contract|contracts|blueprint|original|proposal"
);
const PROCESS: &List = listed!(
    "protocol|protocols|rule|rules|policy|policies|process|handling|procedure|\
        procedures|template|format|guidelines|reconciliation|standard"
);
/// First words of headings that tell how to report, or a part of one deviation.
const INSTRUCTING: &List = listed!(
    "how|reporting|report|handling|when|rationale|reason|reasons|why|impact|impacts|\
    effect|effects|consequence|consequences|justification"
);
/// What may follow a single deviation in a heading that announces some.
const FOLLOWING: &List = listed!(
    "from|in|to|vs|versus|against|of|and|report|reports|log|summary|statement|list|\
    table|register|record|records|details|documentation|disclosure|resolution|resolutions|\
    notes|note|no|for|by|during|accepted|with|made|status"
);
/// Other things that stand under one heading with deviations.
const COMPANIONS: &List = listed!(
    "decision|decisions|limitation|limitations|tradeoff|tradeoffs|trade|assumption|\
        assumptions|risk|risks|question|questions|note|notes|debt|learnings|lessons|\
        issue|issues|problems|blockers|observations|findings"
);

/// What a heading or label that speaks of deviations says by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topic {
    /// It denies them: "No architecture deviations".
    pub negated: bool,
    /// It announces other things too: "Decisions & deviations".
    pub mixed: bool,
}

/// Whether a heading or label, as flat words, announces deviations.
pub(super) fn topic(name: &str) -> Option<Topic> {
    // Hardly any name holds one of these.
    let telling = |word| {
        one_of(NOUNS, word) || one_of(DIFFERENCES, word) || one_of(listed!("vs|versus"), word)
    };
    if !words(name).any(telling) {
        return None;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let at = words.iter().position(|word| one_of(NOUNS, word));
    let at = at.filter(|&at| is_certain(&words, at)).or_else(|| difference(&words))?;
    let process = words.iter().any(|word| one_of(PROCESS, word));
    let instructs = one_of(INSTRUCTING, words[0]);
    let statistics = has_any(name, listed!("from mean|from baseline|from average"));
    if process || instructs || statistics {
        return None;
    }
    let negated =
        words[..at.min(2)].iter().any(|word| matches!(*word, "no" | "zero" | "without" | "0"));
    let mixed = words.iter().any(|word| one_of(COMPANIONS, word));
    Some(Topic { negated, mixed })
}

/// Other things diverge and depart too; these words need to say from what. A single deviation
/// before another noun is something else: "deviation patterns".
fn is_certain(words: &[&str], at: usize) -> bool {
    let agreed = words.iter().any(|word| one_of(AGREED, word));
    let few = words.len() <= 2 && words[at].starts_with("diverg");
    let follows = words.get(at + 1).is_none_or(|next| {
        next.len() == 1 || next.bytes().any(|byte| byte.is_ascii_digit()) || one_of(FOLLOWING, next)
    });
    let stands = words[at] != "deviation" || follows;
    stands && (agreed || words[at].starts_with("deviat")) || few
}

/// Where words say "changes from the plan", "plan adjustments", "specified vs implemented".
fn difference(words: &[&str]) -> Option<usize> {
    const APART: &List = listed!("from|vs|versus|against|than|to|relative");
    const PAIRS: &List =
        listed!("actual|actuals|reality|implemented|implementation|built|delivered|as");
    let agreed = |word: &&str| one_of(AGREED, word);
    let at = words.iter().position(|word| one_of(DIFFERENCES, word));
    if let Some(at) = at {
        let apart = words[at + 1..].iter().position(|word| one_of(APART, word));
        let from = apart.is_some_and(|apart| words[at + 1 + apart..].iter().any(agreed));
        let of = at > 0 && matches!(words[at - 1], "plan" | "scope" | "contract" | "unplanned");
        return (from || of).then_some(at);
    }
    let versus = words.iter().position(|word| matches!(*word, "vs" | "versus"))?;
    let (before, after) = (&words[..versus], &words[versus + 1..]);
    let parted = before.iter().any(agreed) && after.iter().any(|w| one_of(PAIRS, w));
    parted.then_some(versus)
}

/// Whether a title heads one deviation: `Deviation 1: …`, `Deviation — …`, `D-2: …`.
pub(super) fn heads_one(title: &str) -> bool {
    let lower = title.to_lowercase();
    for word in ["deviation", "divergence", "departure"] {
        if let Some(rest) = lower.strip_prefix(word) {
            let rest = rest.trim_start();
            let numbered = rest.starts_with(|c: char| c.is_ascii_digit() || c == '#');
            let letter = rest.strip_prefix(|c: char| c.is_alphabetic());
            let lettered =
                letter.is_some_and(|rest| rest.trim_start().starts_with([':', '—', '–', '-', '.']));
            let parted = rest.starts_with([':', '—', '–', '-']);
            return numbered || lettered || (parted && rest.len() > 3);
        }
    }
    opens_with_id(&lower)
}

/// Whether a text opens with the id of a deviation: `D2`, `DEV-3`, `DEV-CAT-1: …`.
pub(super) fn opens_with_id(text: &str) -> bool {
    let id = text.split([':', ' ', '.', ')', '\n']).next().unwrap_or("").to_lowercase();
    let letters = id.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let (prefix, rest) = id.split_at(id.len() - letters.len());
    // Between the prefix and the number may stand what it is about.
    let digits = rest.rsplit('-').next().unwrap_or("");
    let about = rest.strip_suffix(digits).unwrap_or("");
    let known = matches!(prefix, "d" | "dev" | "ad" | "dv" | "deviation");
    known
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && about.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphabetic())
}

/// Whether a title begins with a number or a bracketed rule, and so is one of a list.
pub(super) fn is_numbered(title: &str) -> bool {
    let title = title.trim().trim_start_matches(['*', '_', '#', ' ']);
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit());
    title.starts_with('[')
        || (rest.len() < title.len() && rest.starts_with(['.', ')', ':', ' ', '—', '-']))
}

/// Whether a heading only sorts deviations and is none itself: "Auto-fixed issues", "Minor".
pub(super) fn sorts(name: &str) -> bool {
    const SORTS: &List = listed!(
        "auto|fixed|fixes|adapted|approved|minor|major|small|additions|additional|\
        added|removals|removed|changes|changed|modifications|omissions|scope|\
        intentional|unintentional|planned|unplanned|accepted|acceptable|documented|\
        known|discovery|discoveries|discovered|issues|bugs|bug|enhancements|\
        improvements|architectural|architecture|technical|functional|api|backend|\
        frontend|ui|data|database|schema|contract|contracts|other|general|summary|\
        list|log|details|resolved|blocking|critical|missing|functionality|rule|task|\
        phase|plan|step|and|from|the|of|in|by|justified|necessary|required|\
        adjustments|work|extra|none"
    );
    let sorts = |word: &str| one_of(SORTS, word) || number(word).is_some();
    !name.is_empty() && name.split(' ').all(|word| sorts(word) || one_of(NOUNS, word))
}

/// Whether a label or heading stands beside deviations and is none: notes, totals, things put off.
pub(super) fn is_aside(name: &str) -> bool {
    const ASIDES: &List = listed!(
        "note|notes|total|totals|summary|overall|deferred|out of scope|pre existing|\
        preexisting|issues encountered|authentication gates|auth gates|impact on|\
        effect on|net|status|reference|references|see|decision|decisions|verification|\
        self check|scope creep|not deviations|conclusion|known limitations|follow up|\
        follow ups|next steps|legend|assessment|plan execution status|non deviations|\
        confirmed|compliance|as planned"
    );
    // "Migration notes", and not "the response may leave out `note`".
    const FEW: usize = 3;
    let short = name.split(' ').count() <= FEW;
    let closes = short && (name.ends_with(" notes") || name.ends_with(" note"));
    closes || opens_with_any(name, ASIDES)
}

/// Whether a label announces how many there are.
pub(super) fn counts(name: &str) -> bool {
    opens_with(name, "total") || opens_with(name, "totals") || opens_with(name, "number of")
}

/// Whether a title says of itself that it is no deviation.
pub(super) fn is_beside(name: &str) -> bool {
    has_any(name, listed!("not a deviation|not deviations|no deviation"))
        || has(name, "out of scope") && !has(name, "fixed")
        || opens_with(name, "none of")
}

/// Whether a line announces notes: what follows it is told, not reported.
pub(super) fn announces_notes(text: &str) -> bool {
    let opening: Vec<&str> = text.split_whitespace().take(3).collect();
    has_any(&flat(&opening.join(" ")), listed!("note|notes|observations|confirmed|verified"))
}

/// Whether a text only points to where deviations are told.
pub(super) fn refers(text: &str) -> bool {
    let words = flat(text);
    let opens = listed!("see|documented in|documented below|listed|as listed|yes see|refer");
    opens_with_any(&words, opens) && words.split(' ').count() <= 12
}

/// Whether flat words speak of what was agreed: a plan, an architecture, a contract.
pub(super) fn names_agreement(words: &str) -> bool {
    words.split(' ').any(|word| one_of(AGREED, word))
}

/// Whether flat words end with a noun for deviations: "documented deviation".
pub(super) fn ends_in_noun(words: &str) -> bool {
    words.rsplit(' ').next().is_some_and(|last| one_of(NOUNS, last))
}

/// Whether flat words mention deviations by one of their nouns.
pub(super) fn mentions(words: &str) -> bool {
    has_any(words, NOUNS)
}
