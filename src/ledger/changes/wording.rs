//! What a line says, apart from how it is written.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::base::words::{List, listed, past_tags};
use crate::model::ids;
use crate::model::phrases;

/// The words of a line, without bullets, boxes, identifiers and marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    /// In their order, in lower case.
    words: Vec<String>,
    /// What is left of the telling ones when endings go, sorted, each once.
    stems: Vec<String>,
    /// The numbers, sorted.
    numbers: Vec<String>,
    /// The stems and numbers behind its first "then", sorted: what comes out of it.
    outcome: Vec<String>,
}

/// In what one wording falls short of another.
#[derive(Clone, Debug, PartialEq)]
pub enum Shortfall {
    /// Numbers that are gone, and those that came instead.
    Numbers(Vec<String>, Vec<String>),
    /// "Not" came or went.
    Denied(bool),
    /// It may be done where it had to be.
    Optional,
    /// Less than half of it is left.
    Another,
    /// Nothing is left of what comes out of it.
    Outcome,
}

/// Words that carry nothing a criterion would lose.
const COMMON: &List = listed!(
    "a|an|the|and|or|of|to|in|on|at|by|for|from|with|as|is|are|be|been|was|were|it|its|this|that|\
    these|those|there|then|than|given|when|so|if|they|their|them|he|she|his|her|we|our|you|your|\
    i|my|has|have|had|do|does|will|shall|must|should|can|may|might|could|would|into|all|any|each|\
    also|which|who|whose|und|der|die|das|ein|eine"
);
const DENIALS: &List = listed!(
    "not|no|never|cannot|cant|wont|dont|doesnt|isnt|arent|mustnt|without|none|nothing|nobody|neither|\
    nor|nicht|kein|keine"
);
const OPTIONS: &List = listed!("may|might|optional|optionally|possibly|ideally|could");

impl Wording {
    /// What a text says.
    pub fn of(text: &str) -> Self {
        let mut said = Self::default();
        let mut then = false;
        for word in tokens(bare(text)) {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            let spelled = phrases::number(&word).filter(|&number| number > 2);
            if number || spelled.is_some() {
                let digits = word.len() - word.trim_start_matches(is_of_number).len();
                let digits =
                    spelled.map_or_else(|| word[..digits].replace(',', ""), |n| n.to_string());
                said.outcome.extend(then.then(|| digits.clone()));
                said.numbers.push(digits);
            } else if !COMMON.has(&word) && word.chars().nth(1).is_some() {
                said.outcome.extend(then.then(|| stem(&word)));
                said.stems.push(stem(&word));
            }
            then |= word == "then";
            said.words.push(word);
        }
        said.stems.sort_unstable();
        said.stems.dedup();
        said.numbers.sort_unstable();
        said.outcome.sort_unstable();
        said
    }

    /// The whole text in one form of all its writings.
    pub fn text(&self) -> String {
        self.words.join(" ")
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What is left of the telling words when endings go.
    pub fn stems(&self) -> &[String] {
        &self.stems
    }

    /// The numbers, in digits.
    pub fn numbers(&self) -> &[String] {
        &self.numbers
    }

    /// How much of it another wording holds, from 0 to 1.
    pub fn remains_in(&self, other: &Wording) -> f64 {
        if self.stems.is_empty() {
            return f64::from(u8::from(self.words == other.words));
        }
        let held = self.stems.iter().filter(|stem| other.stems.binary_search(stem).is_ok());
        held.count() as f64 / self.stems.len() as f64
    }

    /// In what another wording of the same promise falls short of this one.
    pub fn shortfall(&self, now: &Wording) -> Option<Shortfall> {
        let remains = self.remains_in(now);
        if remains < HALF {
            return Some(Shortfall::Another);
        }
        let gone = without(&self.numbers, &now.numbers);
        if !gone.is_empty() {
            return Some(Shortfall::Numbers(gone, without(&now.numbers, &self.numbers)));
        }
        if self.comes_out_otherwise(now) {
            return Some(Shortfall::Outcome);
        }
        // In a freer rewording a "not" may hide in another word.
        if remains < CLOSE {
            return None;
        }
        let (was, is) = (self.count(DENIALS), now.count(DENIALS));
        // Two denials more or less leave it as it was.
        if was % 2 != is % 2 {
            return Some(Shortfall::Denied(is > was));
        }
        (self.count(OPTIONS) == 0 && now.count(OPTIONS) > 0).then_some(Shortfall::Optional)
    }

    /// Whether both say what comes out, and not a word of it is the same.
    fn comes_out_otherwise(&self, now: &Wording) -> bool {
        let said = !self.outcome.is_empty() && !now.outcome.is_empty();
        said && !self.outcome.iter().any(|word| now.outcome.binary_search(word).is_ok())
    }

    fn count(&self, list: &List) -> usize {
        self.words.iter().filter(|word| list.has(word)).count()
    }

    /// Marks of every run of words of one length; of the whole where it is shorter.
    pub fn runs(&self) -> impl Iterator<Item = u64> {
        let length = RUN.min(self.words.len()).max(1);
        self.words.windows(length).map(|run| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        })
    }

    /// Whether it is long enough to be told from others by its runs.
    pub fn has_runs(&self) -> bool {
        self.words.len() >= RUN
    }
}

/// How much of a line has to be left for the rest to be a rewording of it.
pub const HALF: f64 = 0.5;
/// How much of it is left where hardly a word was changed.
pub const CLOSE: f64 = 0.7;
/// So many words in a row do not come together twice by chance.
const RUN: usize = 5;

/// The members of a list that another one lacks, each as often as it does.
pub fn without(list: &[String], other: &[String]) -> Vec<String> {
    let count = |of: &[String], one: &String| of.iter().filter(|known| *known == one).count();
    let mut gone = Vec::new();
    for (at, one) in list.iter().enumerate() {
        let nth = list[..at].iter().filter(|known| *known == one).count();
        if nth >= count(other, one) {
            gone.push(one.clone());
        }
    }
    gone
}

/// A line from its first word on: without bullet, box, list number and identifier.
fn bare(text: &str) -> &str {
    let text = past_tags(text);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < text.len() && rest.starts_with(char::is_whitespace) => {
            past_tags(rest)
        }
        _ => text,
    };
    let unticked = ["x] ", "X] "].iter().find_map(|mark| text.strip_prefix(mark));
    let text = past_tags(unticked.unwrap_or(text));
    match ids::leading(text) {
        Some((_, length)) => &text[length..],
        None => text,
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// The words and numbers of a text. What hangs together by hyphens and digits, as `US-001`, is
/// none of either.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let targets = text.replace("](", "] (");
    for piece in targets.split_whitespace() {
        let is_link = piece.starts_with('(') && (piece.contains(".md") || piece.contains("://"));
        if is_link || ids::leading(past_tags(piece)).is_some() {
            continue;
        }
        let lower = piece.to_lowercase().replace(['\'', '’'], "");
        let mut rest = lower.as_str();
        loop {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            let Some(first) = rest.chars().next() else { break };
            let end = match first.is_ascii_digit() {
                true => rest.find(|c| !is_of_number(c)),
                false => rest.find(|c: char| !c.is_alphanumeric()),
            };
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            found.push(word.trim_end_matches(['.', ',']).to_owned());
            rest = after;
        }
    }
    found
}

/// A word without its ending: `submits`, `submitted` and a slip of the pen near the end are one.
fn stem(word: &str) -> String {
    const LETTERS: usize = 5;
    let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word);
    singular.chars().take(LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortfall(then: &str, now: &str) -> Option<Shortfall> {
        Wording::of(then).shortfall(&Wording::of(now))
    }

    #[test]
    fn marks_boxes_and_identifiers_say_nothing() {
        let plain = Wording::of("Given a member, when they log out, then the session ends.");
        for written in [
            "- [ ] **AC-001.2** Given a *member*, when they log out, then the session ends",
            "1. [x] Given a member when they\n   log out then the `session` ends.",
            "AC-2: GIVEN a member, WHEN they log out, THEN the session ends",
            "| AC-001.2 | Given a member | when they log out | then the session ends |",
        ] {
            assert_eq!(Wording::of(written), plain, "{written}");
        }
    }

    #[test]
    fn small_changes_of_wording_are_none() {
        let then = "When the form is submitted without a reason, it is refused and asks for one.";
        for now in [
            "When the form is submitted without reasons, it's refused and asks for one",
            "Submitting the form without a reason is refused, and the form asks for one.",
            "When the form is submited without a reason, it is refused at once and asks for one.",
        ] {
            assert_eq!(shortfall(then, now), None, "{now}");
        }
    }

    #[test]
    fn what_shrinks_is_told() {
        let then =
            "A password must have at least 12 characters and is stored nowhere in plain text";
        let numbers = |gone: &str, new: &str| {
            Some(Shortfall::Numbers(vec![gone.to_owned()], vec![new.to_owned()]))
        };
        assert_eq!(shortfall(then, &then.replace("12", "8")), numbers("12", "8"));
        assert_eq!(shortfall(then, &then.replace("12", "twelve")), None);
        let denied = then.replace("must have", "must not have");
        assert_eq!(shortfall(then, &denied), Some(Shortfall::Denied(true)));
        let optional = then.replace("must", "may");
        assert_eq!(shortfall(then, &optional), Some(Shortfall::Optional));
        let refused = "When somebody sends an empty form, then it is refused";
        let works = refused.replace("it is refused", "it works");
        assert_eq!(shortfall(refused, &works), Some(Shortfall::Outcome));
        assert_eq!(shortfall(refused, &refused.replace("refused", "at once refused")), None);
        let limit = "A member with more than 20 loans gets no other";
        assert_eq!(shortfall(limit, &limit.replace("20", "twenty")), None);
        assert_eq!(shortfall(limit, &limit.replace("20", "thirteen")), numbers("20", "13"));
        let another = "Members may choose any picture they like";
        assert_eq!(shortfall(then, another), Some(Shortfall::Another));
    }
}
