//! What a clause does with the things that it names: tell, deny, or only mention them.

use crate::model::phrases::{List, has_any, listed, one_of, opens_with_any};

/// What a clause does with the things that it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stance {
    /// It tells what became of them.
    #[default]
    Told,
    /// It needs them for a reason, a comparison or what follows for others.
    Aside,
    /// It says that they are as they were.
    Denied,
}

/// How a clause begins that stands apart from what was before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// "but", "except": what follows speaks for itself.
    Turn,
    /// "because", "since".
    Reason,
}

/// Whether a word opens a clause of its own.
pub fn opener(word: &str, rest: &str) -> Option<Opener> {
    let next = rest.trim_start();
    let follows = |with: &str| next.get(..with.len()).is_some_and(|n| n.eq_ignore_ascii_case(with));
    match word {
        "but" | "except" | "besides" | "while" | "whereas" | "although" | "though" | "however" => {
            Some(Opener::Turn)
        }
        "apart" if follows("from") => Some(Opener::Turn),
        "because" | "since" => Some(Opener::Reason),
        "so" if follows("that") => Some(Opener::Reason),
        "due" if follows("to") => Some(Opener::Reason),
        "in" if follows("order to") => Some(Opener::Reason),
        _ => None,
    }
}

/// Whether the words before a route only compare with it or go through it.
pub fn is_beside(words: &str) -> bool {
    const LIKE: &List = listed!(
        "like|unlike|as|via|through|calls|call|calling|called|than|see|uses|using|resembles"
    );
    const BETWEEN: &List = listed!("the|in|does|of|for|to|on|endpoint|with|its|own|existing");
    let mut before = words.rsplit(' ').skip_while(|word| one_of(BETWEEN, word));
    before.next().is_some_and(|word| one_of(LIKE, word))
        || ["same as", "similar to", "relies on", "depends on"]
            .iter()
            .any(|end| words.ends_with(end))
}

/// What a clause of these words does with what it names.
pub fn stance(words: &str) -> Stance {
    /// What says for certain that something is as it was.
    const CERTAIN: &List = listed!(
        "unchanged|not changed|not been changed|not change|didnt change|doesnt change|dont change|\
        wasnt changed|isnt changed|werent changed|arent changed|never changed|not removed|\
        not been removed|wasnt removed|isnt removed|werent removed|not touched|not been touched|\
        wasnt touched|untouched|unaffected|not affected|isnt affected|arent affected|not altered|\
        not modified|not dropped|not renamed|not extended|wasnt altered|wasnt modified|\
        wasnt dropped|wasnt renamed|no change|no changes|not a deviation|no deviation|\
        without changing|without touching|nothing changes|nothing changed|neither|nor|intact"
    );
    /// What may say so, unless the clause tells of a change as well.
    const LIKELY: &List = listed!(
        "remains|remain|stays|stay|still|kept|keeps|keep|as before|as specified|as agreed|\
        as designed|as documented|as planned|conforms|matches|considered|would have|preserved"
    );
    const CHANGES: &List = listed!(
        "instead|rather|no longer|missing|lacks|lack|lacking|absent|gone|not as|removed|dropped|\
        renamed|replaced|added|omitted|optional|out|deviates|differs"
    );
    const OTHERS: &List = listed!(
        "no other|other features|other feature|no feature|nobody|no one|no caller|no callers|\
        no consumer|no consumers|consumers|callers|affects|affected|impact|impacts|none of"
    );
    if has_any(words, CERTAIN) || has_any(words, LIKELY) && !has_any(words, CHANGES) {
        return Stance::Denied;
    }
    let reason = opens_with_any(words, listed!("to avoid|to make|to keep|to allow"));
    if has_any(words, OTHERS) || reason { Stance::Aside } else { Stance::Told }
}
