//! The words of verdicts: labels, decisions, dates.

use crate::base::words::normalize;
use crate::model::phrases::{List, flat, has_any, listed, one_of, opens_with_any, without_struck};
use crate::workflow::Vocabulary;

/// What a verdict decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve,
    /// Approves under conditions.
    Conditional,
    Reject,
}

/// Whether a label announces a verdict wherever it stands.
pub(super) fn announces(name: &str) -> bool {
    const LABELS: &List = listed!(
        "verdict|final verdict|overall verdict|validation verdict|decision|\
        final decision|overall decision|sign off decision|recommendation|final recommendation|\
        sign off|signoff|sign off status|signoff status|sign off verdict|approval|approval status|\
        approval decision|overall status|overall result|overall outcome|overall assessment|\
        validation status|validation result|validation outcome|go no go|go no go decision|\
        pm decision|pm verdict|conclusion|final status|final result"
    );
    one_of(LABELS, name)
}

/// Whether a label announces a verdict where the place around it is about one.
pub(super) fn may_announce(name: &str) -> bool {
    one_of(listed!("status|result|outcome|state|assessment"), name)
}

/// Whether a label says who speaks.
pub(super) fn names_role(name: &str) -> bool {
    one_of(listed!("role|persona|signed as|position|reviewer role|validator role|acting as"), name)
}

/// Whether a label says who signed.
pub(super) fn names_signer(name: &str) -> bool {
    const LABELS: &List = listed!(
        "signed by|signed off by|signed|signer|signature|signatory|approved by|\
        approver|accepted by|sign off by|signoff by|reviewed by|reviewer|validated by|validator|\
        verified by|name|by|author|owner|prepared by|tested by|full name"
    );
    one_of(LABELS, name)
}

/// Whether the value of a label for a signer names anybody. "The product manager" says who should
/// sign, not who did.
pub(in crate::model) fn is_somebody(value: &str) -> bool {
    const NOBODY: &List = listed!(
        "nobody|no one|noone|none|n a|na|nil|nothing|not applicable|not signed|not yet|unsigned|\
        unknown|missing|tbd|tba|tbc|todo|to be|to do|pending|awaiting|waiting|open|outstanding|\
        not available|not assigned|unassigned|signature|name|your name"
    );
    const OFFICES: &List = listed!("manager|owner|lead|engineer|pm|po|team|role|management");
    let words = flat(value);
    let office = words.rsplit(' ').next().is_some_and(|last| one_of(OFFICES, last));
    let unnamed = opens_with_any(&words, listed!("the|our|a|some")) && office;
    !words.is_empty() && !unnamed && !opens_with_any(&words, NOBODY)
}

pub(super) fn names_date(name: &str) -> bool {
    const LABELS: &List = listed!(
        "date|signed on|sign off date|signoff date|date signed|approved on|\
        approval date|validation date|date of sign off|signed at|timestamp|reviewed on|\
        review date|completed|completed on|date completed|validated on|dated|on|day"
    );
    one_of(LABELS, name)
}

/// The decision that a value states. Words count as a whole, or where nothing else follows but a
/// remark: "Ready for review" is no approval.
pub(in crate::model) fn decision(text: &str, words: &Vocabulary) -> Option<Decision> {
    let text = &*without_struck(text);
    const REMARKS: [&str; 9] = [" - ", "—", "–", "(", ";", ". ", ",", "|", "\n"];
    let ends = REMARKS.iter().filter_map(|mark| text.find(mark));
    let head = &text[..ends.filter(|&at| at > 0).min().unwrap_or(text.len())];
    let head = if normalize(head).is_empty() { text } else { head };
    let (value, whole) = (normalize(head), normalize(text));
    let kinds = [
        (Decision::Conditional, &words.conditional),
        (Decision::Reject, &words.reject),
        (Decision::Approve, &words.approve),
    ];
    let fit = |(decision, list): &(Decision, &Vec<String>)| {
        let fits = list.iter().filter(|word| {
            // Conditions may follow the remark: "Approved, with conditions".
            *decision == Decision::Conditional && begins(&whole, word)
                || **word == value
                || begins(&value, word) && (is_shouted(head, word) || goes_on(&value[word.len()..]))
        });
        fits.map(|word| (word.len(), *decision)).max_by_key(|&(length, _)| length)
    };
    let best = kinds.iter().filter_map(fit).max_by_key(|&(length, _)| length);
    if is_draft(&text[text.len().min(head.len())..]) {
        return None;
    }
    best.map(|(_, decision)| decision)
        .or_else(|| if value.is_empty() { marked(text) } else { None })
}

/// Whether the remark behind a decision says that nobody decided yet.
fn is_draft(remark: &str) -> bool {
    const DRAFT: &List = listed!(
        "draft|draft only|not yet reviewed|not reviewed|unreviewed|not yet final|not final|\
        pending review|to be reviewed|to be confirmed|tbc"
    );
    opens_with_any(&flat(remark), DRAFT)
}

fn begins(value: &str, word: &str) -> bool {
    !word.is_empty()
        && value.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ') || rest.is_empty())
}

/// Whether what follows a word only qualifies it.
fn goes_on(rest: &str) -> bool {
    let mut words = rest.split_whitespace();
    let next = words.next().unwrap_or("");
    let after = words.next().unwrap_or("");
    one_of(listed!("with|by|on|as|and|in|at|after|overall|without|all"), next)
        || next == "for"
            && !one_of(listed!("review|validation|testing|qa|sign|approval|discussion"), after)
}

/// Whether a value begins with the word in capitals.
fn is_shouted(head: &str, word: &str) -> bool {
    let letters: Vec<char> = head.chars().filter(|c| c.is_alphabetic()).collect();
    let length = word.chars().filter(|c| c.is_alphabetic()).count();
    length >= 2 && letters.len() >= length && letters[..length].iter().all(|c| c.is_uppercase())
}

/// What a mark before words says that decide nothing themselves: `✅ Secure`.
pub(super) fn leading_mark(text: &str) -> Option<Decision> {
    const WAITING: &List = listed!(
        "pending|progress|review|draft|todo|tbd|awaiting|waiting|scheduled|planned|started|testing"
    );
    let text = &*without_struck(text);
    let bare = text.trim_start().trim_start_matches(['*', '_']);
    let first = marked(bare.get(..bare.chars().next()?.len_utf8())?)?;
    let waiting = has_any(&flat(text), WAITING);
    (!waiting && first != Decision::Conditional).then_some(first)
}

fn marked(text: &str) -> Option<Decision> {
    text.chars().find_map(|c| match c {
        '✅' | '✔' | '✓' | '☑' | '🟢' => Some(Decision::Approve),
        '❌' | '✗' | '✘' | '✖' | '🔴' | '⛔' => Some(Decision::Reject),
        '⚠' | '🟡' => Some(Decision::Conditional),
        _ => None,
    })
}
