//! Labels of the parts of a deviation, and sentences that stand for them.

use super::topics::NOUNS;
use crate::model::phrases::{List, has_any, listed, one_of, words};

/// A part of a deviation that a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    /// What was agreed.
    Agreed,
    /// What was done.
    Done,
    /// What was wrong: the reason where no other is given.
    Issue,
    Why,
    Impact,
    Resolution,
    /// Anything else that is known to describe a deviation: who found it, which files.
    Detail,
}

/// The labels of each part, as lists of normalized names.
const LABELS: &[(Aspect, &List)] = &[
    (Aspect::Why, listed!("root cause|cause|context|background|trigger|necessity")),
    (
        Aspect::Impact,
        listed!(
            "risk|risks|compatibility|breaking change|security impact|blast radius|user impact"
        ),
    ),
    (Aspect::Resolution, listed!("status|decision|approved by|follow up")),
    (Aspect::Issue, listed!("issue|problem|finding")),
    (
        Aspect::Agreed,
        listed!(
            "specified|planned|original|original plan|original spec|plan|spec|architecture|design|\
         expected|agreed|contract|specification|before|from|plan said|originally|required|\
         requirement"
        ),
    ),
    (
        Aspect::Done,
        listed!(
            "implemented|actual|actually|fix|change|changes|changed|deviation|description|\
         implementation|action|found|discovery|adopted|done|built|delivered|instead|solution|\
         adjustment|modification|after|to|now|current|current implementation|\
         actual implementation|fix applied|action taken|details|detail"
        ),
    ),
    (
        Aspect::Detail,
        listed!(
            "found during|found in|discovered during|files modified|files changed|files|file|\
         verification|verified|commit|commits|committed in|severity|category|type|rule|\
         rule applied|date|owner|task|authorization|plan updated|approved|user approved|id|\
         reference|artifacts|security assessment|tests|evidence|lesson|scope"
        ),
    ),
];
/// First words that make a label one of these whatever follows: "Reason for the change".
const OPENINGS: &[(Aspect, &List)] = &[
    (
        Aspect::Why,
        listed!("why|reason|reasons|rationale|justification|because|motivation|explanation"),
    ),
    (
        Aspect::Impact,
        listed!(
            "impact|impacts|effect|effects|consequence|consequences|affects|affected|implications|\
         implication"
        ),
    ),
    (Aspect::Resolution, listed!("resolution|mitigation|workaround|migration|disposition")),
    (Aspect::Done, listed!("what")),
];
/// Last words that do: "FRD specifies", "Version 10 implements".
const CLOSINGS: &[(Aspect, &List)] = &[
    (
        Aspect::Agreed,
        listed!(
            "specified|specifies|says|said|defines|expected|requires|required|planned|prescribes"
        ),
    ),
    (Aspect::Done, listed!("implemented|implements|did|does|had|adopted")),
    (Aspect::Impact, listed!("impact|impacts|effect|consequences")),
    (Aspect::Why, listed!("reason|rationale|justification")),
];

/// The part that a label names, if it names one. `name` is normalized.
pub(super) fn aspect(name: &str) -> Option<Aspect> {
    const MOST_WORDS: usize = 5;
    let (first, count) = (words(name).next()?, words(name).count());
    let last = words(name).last().unwrap_or(first);
    let among = |table: &[(Aspect, &List)], word: &str| {
        table.iter().find(|(_, list)| one_of(list, word)).map(|&(aspect, _)| aspect)
    };
    if count > MOST_WORDS && !has_any(name, NOUNS) {
        return None;
    }
    among(OPENINGS, first)
        .or_else(|| among(LABELS, name))
        .or_else(|| among(CLOSINGS, last).filter(|_| count <= 3))
}

/// The part of deviations that a heading or label tells about all of them: "Why deviations were
/// necessary", "Impact on other features". Words that stand for a part only below a deviation,
/// such as "Context", have to name deviations. `name` is normalized.
pub(super) fn heads_part(name: &str) -> Option<Aspect> {
    let named = has_any(name, NOUNS);
    let first = words(name).next()?;
    let opening = OPENINGS.iter().find(|(_, list)| one_of(list, first)).map(|&(aspect, _)| aspect);
    let part = opening.or_else(|| aspect(name).filter(|_| named))?;
    matches!(part, Aspect::Why | Aspect::Impact | Aspect::Resolution).then_some(part)
}

impl Aspect {
    /// Whether it tells about the deviation itself, rather than who found it and where.
    pub fn is_telling(self) -> bool {
        !matches!(self, Aspect::Detail | Aspect::Resolution)
    }
}

/// Whether a text, as flat words, tells of something done otherwise than agreed.
pub(super) fn departs(words: &str) -> bool {
    const DEPARTURES: &List = listed!(
        "instead|rather than|not in the plan|not in plan|plan said|plan specified|\
        plan called|spec said|spec says|architecture says|originally|replaced|\
        switched|swapped|renamed|moved|dropped|skipped|deviates|deviated|differs|\
        changed|not planned|wasnt in the plan|was not in the plan"
    );
    has_any(words, DEPARTURES)
}

/// Whether flat words say why for certain.
pub(super) fn states_reason(words: &str) -> bool {
    const REASONS: &List = listed!(
        "because|due to|so that|in order to|reason|rationale|justification|\
        justified|root cause|necessary because|needed because|since the"
    );
    has_any(words, REASONS)
}

/// Whether flat words say for certain what it means for others.
pub(super) fn states_impact(words: &str) -> bool {
    has_any(
        words,
        listed!("impact|impacts|affects|affected|consequence|consequences|no effect|as a result"),
    )
}

/// Whether flat prose gives a reason.
pub(super) fn gives_reason(words: &str) -> bool {
    const REASONS: &List = listed!(
        "because|since|due to|so that|in order to|to avoid|to ensure|to allow|to keep|\
        to prevent|to support|to make|to satisfy|to match|to fix|to enable|reason|\
        rationale|justification|needed|required|necessary|requires|doesnt|does not|\
        didnt|did not|cannot|cant|could not|unavailable|not available|missing|\
        incompatible|conflict|conflicts|conflicted|fails|failed|as the|avoids|\
        prevents|simpler|better|otherwise|would have|root cause|was wrong|per|\
        thanks to|caused|for"
    );
    has_any(words, REASONS)
}

/// Whether flat prose says what it means for others.
pub(super) fn gives_impact(words: &str) -> bool {
    const IMPACTS: &List = listed!(
        "impact|impacts|affects|affected|affect|effect|effects|consequence|\
        consequences|breaking|compatible|compatibility|consumers|consumer|callers|\
        other features|other feature|downstream|no change to|no changes to|unchanged|\
        scope creep|clients|functionally identical|functionally equivalent|means that|\
        behavior|behaviour|identical|equivalent|as a result|users|transparent"
    );
    has_any(words, IMPACTS)
}
