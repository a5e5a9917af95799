use crate::base::Level;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::outcome::{self, Outcome};
use crate::model::phrases::{flat, opens_with};
use crate::model::records::{Review, Reviews};
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Vocabulary;

pub static RULE: Rule = Rule {
    id: "review-rejected",
    summary: "a review was not passed",
    promises: &["S4.7"],
    level: Level::Deny,
    page: include_str!("../../../rules/review-rejected.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let words = &project.workflow.vocabulary;
    for (artifact, facts, reviews) in project.records::<Reviews>() {
        for (at, review) in reviews.list.iter().enumerate() {
            let Some(result) = review.result.filter(|_| rejects(facts, review, words)) else {
                continue;
            };
            let name = facts.text_of(review.title).trim();
            // A second look of the same name that passes takes the first one back.
            let mut later = reviews.list[at + 1..].iter();
            let again = later.any(|other| {
                facts.text_of(other.title).trim() == name && !rejects(facts, other, words)
            });
            if again {
                continue;
            }
            let message = format!("\"{name}\" was not passed: {}", facts.text_of(result).trim());
            out.push(
                Finding::at(&artifact.path, result, message)
                    .help("do what the review asks for, have it reviewed again, and write the new result here")
                    .subject(name),
            );
        }
    }
}

/// Whether the last word of a result refuses, or says that there is none yet.
fn rejects(facts: &DocumentFacts, review: &Review, words: &Vocabulary) -> bool {
    let Some(result) = review.result else { return false };
    let text = facts.text_of(result);
    let last = ["→", "->"].iter().filter_map(|mark| text.rsplit_once(mark)).next();
    let last = last.map_or(text, |(_, last)| last);
    let opening = flat(last);
    let opens = |list: &[String]| {
        list.iter().filter(|word| opens_with(&opening, word)).map(String::len).max()
    };
    let (accepts, refuses) =
        (opens(&words.approve).max(opens(&words.conditional)), opens(&words.reject));
    match (accepts, refuses) {
        (None, None) => {
            matches!(outcome::of_value(last, words), Some(Outcome::Fail | Outcome::Open))
        }
        (accepts, refuses) => refuses > accepts,
    }
}
