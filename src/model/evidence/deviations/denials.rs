//! Ways to say that there are no deviations, and ways to take it back.

use super::labels::departs;
use super::topics::{AGREED, DIFFERENCES, NOUNS, topic};
use crate::model::phrases::{
    List, flat, has_any, listed, number, one_of, opens_with, opens_with_any, sentences,
    without_struck,
};
use crate::workflow::Vocabulary;

/// Whether a text says that there is nothing to report, whatever it says after that.
pub(super) fn says_none(text: &str, words: &Vocabulary) -> bool {
    const ONCE: &List = listed!(
        "no|nothing|nil|zero|0|n a|na|not applicable|not any|not a single one|false|ninguna"
    );
    let text = without_struck(text);
    let text = text.as_ref();
    // "Deviations: None" below the heading "Deviations".
    if let Some((label, rest)) = text.split_once(':')
        && topic(&flat(label)).is_some_and(|topic| !topic.negated)
        && !rest.trim().is_empty()
    {
        return says_none(rest, words);
    }
    let Some(first) = sentences(text).next() else { return false };
    let whole = flat(text);
    let first = flat(first);
    let others = opens_with(&first, "none of") && !opens_with_any(&first, OF_OUR_OWN);
    let narrow = others || is_narrow(&first) || is_unsure(&first);
    if narrow || has_any(&whole, EXCEPTIONS) || continues(text) {
        return false;
    }
    let known = words.says_none(text) || opens_with(&first, "nothing") && is_nothing(&first);
    let bare = opens_with(&first, "none")
        || one_of(ONCE, &first)
        || opens_with_any(&first, listed!("n a|nothing to report|not applicable"));
    let empty = first.is_empty() && text.trim() == "[]";
    bare || known || denies(&first) || nobody_reports(text) || empty
}

/// "None of our own. We follow DEV-1 of Shifts."
const OF_OUR_OWN: &List =
    listed!("none of our own|none of its own|none of my own|none of their own");

/// Whether a text says of one after another that they report none: "Bookings reported none,
/// Shifts reported none."
fn nobody_reports(text: &str) -> bool {
    const NONE: [&str; 3] = [" none", " no deviations", " no deviation"];
    const REPORT: [&str; 3] = [" reported", " reports", " report"];
    let reports = |subject: &str| REPORT.iter().any(|verb| subject.ends_with(verb));
    let clauses = text.split([',', ';', '.']).map(flat);
    let mut clauses = clauses.filter(|one| !one.is_empty()).peekable();
    clauses.peek().is_some()
        && clauses.all(|one| {
            let mut subjects = NONE.iter().filter_map(|none| one.strip_suffix(none));
            subjects.any(reports)
        })
}

/// Whether a sentence about nothing is about deviations: "Nothing was checked" is not.
fn is_nothing(sentence: &str) -> bool {
    const AFTER: &List = listed!(
        "to report|to declare|to note|to list|deviates|deviated|differs|differed|departs|changed|\
        was changed|has changed|different|here|so far|noteworthy|else|notable|relevant|found"
    );
    let rest = sentence.strip_prefix("nothing").unwrap_or(sentence).trim_start();
    rest.is_empty() || opens_with_any(rest, AFTER)
}

/// Whether a denial holds for some of them only: "None that we can explain".
pub(super) fn is_narrow(sentence: &str) -> bool {
    let narrows =
        opens_with_any(sentence, listed!("none that|none which|none worth|none we|none i"));
    let known = listed!(
        "know of|knows of|known|aware|noticed|noted|found|made|needed|necessary|required|apply"
    );
    narrows && !has_any(sentence, known)
}

/// Whether a sentence, as flat words, hopes that there are none or says that nobody looked.
pub(super) fn is_unsure(sentence: &str) -> bool {
    has_any(
        sentence,
        listed!(
            "hope|hopefully|probably|presumably|supposedly|perhaps|maybe|not sure|unsure|unclear|\
            not checked|nothing checked|nothing was checked|unchecked|did not check|didnt check|\
            havent checked|have not checked|not been checked|not compared|did not compare|\
            nobody checked|nobody looked|no one checked|no one looked|did not look|no time|\
            no check|no checks|no review|no comparison|no information|no record"
        ),
    )
}

/// Whether a text neither tells of a departure nor says that there is none.
pub(super) fn evades(text: &str) -> bool {
    let unsure = sentences(text).next().is_some_and(|first| is_unsure(&flat(first)));
    unsure && !departs(&flat(text)) || without_struck(text).trim().is_empty() && text.contains("~~")
}

/// Whether a text is one sentence that says that everything is as agreed: "Everything matches".
pub(super) fn agrees(text: &str) -> bool {
    const MATCHES: &List = listed!(
        "match|matches|matched|conform|conforms|comply|complies|agree|agrees|identical|as agreed|\
        as planned|as specified|as designed|was followed|according to"
    );
    const BUT: &List =
        listed!("but|however|although|instead|while|not|except|apart from|other than|until|unless");
    let words = flat(text);
    let short = words.split(' ').count() <= 8 && sentences(text).count() == 1;
    let all = opens_with_any(&words, listed!("everything|all|all of it|it all"));
    short && all && has_any(&words, MATCHES) && !has_any(&words, BUT)
}

/// Whether a text announces more: "None, with one clarification:".
fn continues(text: &str) -> bool {
    const MORE: &List = listed!(
        "clarification|exception|fix|fixes|following|harmonization|reconciliation|\
        correction|caveat"
    );
    let with = listed!("with one|with two|with three|with some|with the following");
    let opening = flat(sentences(text).take(2).last().unwrap_or(""));
    let last = flat(sentences(text).last().unwrap_or(""));
    let counts = last.split(' ').next().is_some_and(|word| number(word).is_some());
    let named = last.split(' ').any(|word| one_of(NOUNS, word) || one_of(DIFFERENCES, word));
    has_any(&opening, with)
        || text.trim_end().ends_with(':') && (counts || named || has_any(&last, MORE))
}

/// What follows takes the denial back.
const EXCEPTIONS: &List = listed!(
    "except|apart from|other than|aside from|with one exception|besides|save for|\
        with the exception"
);

/// Whether a sentence, as flat words, denies deviations or says that all is as agreed.
pub(super) fn denies(sentence: &str) -> bool {
    if has_any(sentence, EXCEPTIONS) || is_unsure(sentence) {
        return false;
    }
    let words: Vec<&str> = sentence.split(' ').collect();
    let is_noun = |word: &&str| one_of(NOUNS, word) || one_of(DIFFERENCES, word);
    let denial = |at: usize| {
        let near = &words[at + 1..words.len().min(at + 6)];
        matches!(words[at], "no" | "zero" | "without" | "0" | "any") && near.iter().any(&is_noun)
    };
    let opens = (0..words.len().min(2)).any(|at| words[at] != "any" && denial(at));
    let verbs = has_any(
        sentence,
        listed!(
            "did not deviate|does not deviate|didnt deviate|do not deviate|\
        without deviating|nothing deviated|nothing deviates|nothing departs|nothing differs|nothing was changed|nothing changed|\
        there were no deviations|there are no deviations|no deviations were|\
        no deviation was|have no deviations|has no deviations|with no deviations|\
        without any deviation|without any deviations|without deviation|\
        without deviations|with zero deviations|no deviations from|no deviation from"
        ),
    );
    opens || verbs || conforms(sentence)
}

/// Whether a sentence says that what was built is what was agreed.
pub(super) fn conforms(sentence: &str) -> bool {
    const DID: &List = listed!(
        "followed|follows|follow|executed|implemented|implementation|implements|\
        matches|match|matched|conforms|conform|adheres|adhered|built|delivered|\
        completed|compliant|complies"
    );
    const AS_AGREED: &List = listed!(
        "as written|as planned|as specified|as designed|as documented|as agreed|\
        to specification|to the specification|to spec|\
        to the letter|as is|per plan|per the plan|per spec|per the spec|\
        per architecture|per the architecture|verbatim"
    );
    const FULLY: &List = listed!("exactly|strictly|fully|faithfully|100|completely");
    const BUT: &List = listed!("but|however|although|instead|while|not|already");
    let agreed = sentence.split(' ').any(|word| one_of(AGREED, word));
    let fully = has_any(sentence, AS_AGREED) || agreed && has_any(sentence, FULLY);
    fully && has_any(sentence, DID) && !has_any(sentence, BUT)
}

/// Whether an item after a denial, as flat words, tells of a departure all the same: it says what
/// was agreed and what was done otherwise.
pub(super) fn contradicts(words: &str) -> bool {
    const TURNS: &List = listed!(
        "instead|rather than|but|differs|deviates|deviated|changed|replaced|\
        not in the plan|skipped"
    );
    const KEPT: &List = listed!("matched|matches|match|verbatim|exact|exactly|identical");
    let agreed = words.split(' ').any(|word| one_of(AGREED, word));
    agreed && has_any(words, TURNS) && !has_any(words, KEPT)
}
