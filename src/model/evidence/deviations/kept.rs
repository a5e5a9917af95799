//! Ways to say that one thing is as agreed: a line for each contract, with nothing to report.

use super::denials;
use super::labels::departs;
use super::topics::names_agreement;
use crate::model::phrases::{List, flat, has_any, listed, one_of, opens_with_any, sentences};

/// Whether a short text says that what it names is as agreed: "Routes: as in ARCHITECTURE.md",
/// "API contract: no deviation", "The tables match the design".
pub(super) fn keeps(text: &str) -> bool {
    const MOST_WORDS: usize = 12;
    // Whoever gives a reason, adds or narrows has something to report.
    const OTHERWISE: &List = listed!(
        "but|however|although|instead|while|not|except|besides|plus|also|only|until|unless|doesnt|\
        dont|didnt|isnt|arent|never|cannot|partly|partially|mostly|almost|nearly|some|most|half|\
        should|must|will|would|missing|so|because|since|due|added|additional|removed|used|uses|using|\
        introduced|extended|merged|split|combined|fixed|adapted|adjusted|updated|new|now|apart from|\
        other than|aside from|rather than|no longer|save for|to match|to follow|to conform|to comply|followed by"
    );
    const KEPT: &List = listed!(
        "none|no deviation|no deviations|no departure|no departures|no difference|no differences|\
        no change|no changes|unchanged|respected|kept|honored|as specified|as designed|as planned|\
        as agreed|as documented|as written|identical|compliant|conformant|fully compliant"
    );
    let words = flat(text);
    if words.split(' ').count() > MOST_WORDS
        || sentences(text).take(3).count() > 2
        || has_any(&words, OTHERWISE)
        || departs(&words)
        || denials::is_unsure(&words)
    {
        return false;
    }
    let labeled = text.split_once([':', '—', '–']).or_else(|| text.split_once(" - "));
    let value = labeled.map(|(_, value)| flat(value)).unwrap_or_default();
    let opens = opens_with_any(&value, KEPT) && value.split(' ').count() <= 4
        || opens_with_any(&value, LIKE) && (names_agreed(&value) || one_of(LIKE, &value));
    // "It lost a field. The rest is unchanged" keeps the rest only.
    let ends = sentences(text).count() == 1
        && words
            .rsplit(' ')
            .next()
            .is_some_and(|last| one_of(listed!("unchanged|respected|honored"), last));
    opens || one_of(KEPT, &words) || !denies_one(&words) && (ends || is_like_agreed(&words))
}

/// Words that compare what was done with what was agreed.
const LIKE: &List = listed!(
    "as in|as per|same as|the same as|identical to|equal to|equals|match|matches|matched|\
    conform|conforms|comply|complies|follows|followed|according to|in line with|\
    as described in|as defined in|as specified in|as designed in|as stated in"
);

fn is_like_agreed(words: &str) -> bool {
    has_any(words, LIKE) && names_agreed(words)
}

fn names_agreed(words: &str) -> bool {
    names_agreement(words) || has_any(words, listed!("interface|interfaces|agreed"))
}

/// "No endpoint matches the contract".
fn denies_one(words: &str) -> bool {
    has_any(words, listed!("no|none|neither|nothing|zero"))
}

/// Whether the header of a column asks whether something is as agreed: "As designed?".
pub(super) fn asks(header: &str) -> bool {
    let agreed = has_any(header, listed!("as specified|as designed|as planned|as agreed"));
    agreed || has_any(header, listed!("match|matches|conforms|compliant"))
}

/// Whether a cell answers that question with yes.
pub(super) fn affirms(cell: &str) -> bool {
    let marked = cell.trim_start().starts_with(['✅', '✓', '✔', '☑']);
    one_of(listed!("yes|ok|true|y"), &flat(cell)) || marked && !departs(&flat(cell))
}
