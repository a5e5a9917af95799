//! How deviations were resolved.

use super::around;
use crate::base::Span;
use crate::facts::{DocumentFacts, SectionId};
use crate::model::evidence::{Deviation, deviations};
use crate::model::phrases::{
    List, flat, has_any, is_blank, listed, one_of, opens_with_any, sentences,
};
use crate::workflow::Vocabulary;

/// What a report says about one deviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub title: String,
    pub span: Span,
    /// Everything that is said about it.
    pub extent: Span,
    /// The headings around it, which may name the feature, and all its text.
    pub context: String,
    /// How it was resolved; nothing where that is open.
    pub way: Option<Way>,
}

/// How a deviation was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The code was changed to match the contract.
    Code,
    /// The contract was changed to match the code.
    Contract,
    /// Both were left as they are.
    Accepted,
    /// In words of the writer's own.
    Other,
}

/// Reads the resolutions in these sections.
pub fn read(facts: &DocumentFacts, words: &Vocabulary, sections: &[SectionId]) -> Vec<Resolution> {
    let told = sections.iter().flat_map(|&id| deviations::told(facts, words, facts.section(id)));
    told.map(|entry| Resolution {
        way: way(facts, &entry),
        context: format!(
            "{} {}",
            around(facts, facts.section_at(entry.span)),
            facts.text_of(entry.extent)
        ),
        title: entry.title,
        span: entry.span,
        extent: entry.extent,
    })
    .collect()
}

fn way(facts: &DocumentFacts, entry: &Deviation) -> Option<Way> {
    const OPEN: &List = listed!(
        "open|pending|unresolved|tbd|todo|to be decided|to be discussed|not resolved|deferred|\
        not yet|undecided|in progress|under discussion|under review|in review|under investigation|\
        blocked|outstanding|awaiting|needs discussion|needs a decision|needs decision|no decision|\
        no resolution"
    );
    let labeled = entry.resolution.map(|span| facts.text_of(span)).filter(|text| !is_blank(text));
    if entry.resolution.is_some() && labeled.is_none() {
        return None;
    }
    let text = labeled.unwrap_or(facts.text_of(entry.extent));
    if has_any(&flat(text), OPEN) {
        return None;
    }
    let clauses: Vec<String> = clauses(text).collect();
    let told = |list: &List| clauses.iter().any(|clause| states(clause, list) == Some(true));
    if told(CONTRACT) {
        Some(Way::Contract)
    } else if told(CODE) || clauses.iter().any(|clause| clause == "code") {
        Some(Way::Code)
    } else if told(ACCEPTED) {
        Some(Way::Accepted)
    } else {
        let refused = clauses.iter().any(|clause| {
            let denied = [CONTRACT, CODE, ACCEPTED, RESOLVED].map(|list| states(clause, list));
            denied.contains(&Some(false))
                || one_of(REFUSED, clause)
                || opens_with_any(clause, LATER)
        });
        let own_words = labeled.is_some() && !refused;
        (own_words || told(RESOLVED)).then_some(Way::Other)
    }
}

const CONTRACT: &List = listed!(
    "contract updated|contract changed|contracts updated|contract update|updated contract|\
    updated contracts|update contract|architecture updated|updated architecture|spec updated|\
    specification updated|interface updated|updated interface|documentation updated|\
    contract amended|updated the contract|changed the contract|architecture md updated|\
    architecture amended"
);
const CODE: &List = listed!(
    "code changed|code fixed|fixed|code updated|updated implementation|implementation updated|\
    changed the code|implementation changed|implementation fixed|reverted|corrected|refactored|\
    reimplemented|updated code|code change|code changes|code fix|code now|code adapted|code aligned|\
    code adjusted|code corrected|changed code|change code|change the code|fix in code|rewritten"
);
const ACCEPTED: &List = listed!(
    "accepted|accept|approved|kept|retained|no action|as is|agreed|acceptable|tolerated|no change|\
    waived|documented|wont fix"
);
/// What is resolved in other words.
const RESOLVED: &List = listed!(
    "resolved|resolution|done|closed|updated|changed|merged|reconciled|aligned|yes|now|addressed|\
    discussed|reviewed|decided|handled|adapted|adjusted|fix"
);
const REFUSED: &List =
    listed!("rejected|declined|refused|denied|disputed|no|none agreed|contested");
/// How intentions open.
const LATER: &List =
    listed!("will|to be|should|must|shall|needs to|has to|planned for|planned|scheduled|going to");

/// The clauses of a text, as flat words: a negation reaches no further than its own.
fn clauses(text: &str) -> impl Iterator<Item = String> {
    let parts = sentences(text).flat_map(|sentence| sentence.split([',', ';', ':', '(', ')', '|']));
    parts.map(flat).filter(|clause| !clause.is_empty())
}

/// Whether a clause holds a phrase of a list: true where it says so, false where it only denies it
/// or means to: "not fixed", "will be fixed in iteration 3".
fn states(clause: &str, list: &List) -> Option<bool> {
    const DENIES: &List = listed!(
        "not|never|no|cannot|cant|isnt|wasnt|hasnt|havent|arent|werent|didnt|without|nobody|neither|\
        will|should|must|shall|would|could|might|if|unless"
    );
    const REACH: usize = 3;
    let words: Vec<&str> = clause.split(' ').collect();
    let mut found = None;
    let mut rest = clause;
    for at in 0..words.len() {
        if opens_with_any(rest, list) {
            let before = &words[at.saturating_sub(REACH)..at];
            let denied = before.iter().any(|word| one_of(DENIES, word));
            let meant = before.windows(2).any(|pair| pair == ["to", "be"]);
            if !denied && !meant {
                return Some(true);
            }
            found = Some(false);
        }
        rest = rest.get(words[at].len() + 1..).unwrap_or("");
    }
    found
}
