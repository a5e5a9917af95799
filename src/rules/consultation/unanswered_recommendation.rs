use std::collections::HashMap;

use super::{consulted, quoted};
use crate::base::Level;
use crate::base::words::flat;
use crate::finding::Finding;
use crate::model::phrases::{has, words};
use crate::model::records::{Answer, Answers};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unanswered-recommendation",
    summary: "the review does not say what became of a recommendation",
    promises: &["S3.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/unanswered-recommendation.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let reviews: Vec<_> = project.records::<Answers>().collect();
    let Some((review, _, first)) = reviews.first() else { return };
    let answers = || {
        let all =
            reviews.iter().flat_map(|(_, facts, one)| one.list.iter().map(move |it| (facts, it)));
        all.filter(|(_, answer)| answer.given.is_some())
    };
    // Where two consultants count from one, each has a right to an answer.
    let mut left: HashMap<&str, usize> = HashMap::new();
    for (_, answer) in answers() {
        answer.ids.iter().for_each(|id| *left.entry(id).or_default() += 1);
    }
    for one in consulted(project) {
        for recommendation in &one.said.recommendations {
            let text = one.facts.text_of(recommendation.title);
            let by_id = recommendation.id.as_deref().and_then(|id| left.get_mut(id));
            let is_answered = match by_id {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    true
                }
                Some(_) => false,
                None => answers()
                    .any(|(facts, answer)| speaks_of(facts.text_of(answer.about), text, answer)),
            };
            if is_answered {
                continue;
            }
            let name = quoted(text);
            let message =
                format!("the recommendation \"{name}\" of the {} has no answer", one.role.title);
            out.push(
                Finding::at(&review.path, first.place, message)
                    .help("say here what became of it: adopted, rejected with the reason, or deferred")
                    .subject(name)
                    .related(&one.artifact.path, Some(recommendation.title), "recommended here"),
            );
        }
    }
}

/// Whether an answer means a recommendation by its words: it holds them, or most of them.
fn speaks_of(about: &str, recommendation: &str, answer: &Answer) -> bool {
    let (about, wanted) = (flat(about), flat(recommendation));
    if !answer.ids.is_empty() && about.split(' ').count() < 3 {
        return false;
    }
    let several = |text: &str| text.split(' ').count() > 1;
    if has(&about, &wanted) || several(&about) && has(&wanted, &about) {
        return !about.is_empty();
    }
    let telling = |text: &str| -> Vec<String> {
        words(text).filter(|word| word.len() > 3).map(str::to_owned).collect()
    };
    let (said, wanted) = (telling(&about), telling(&wanted));
    let shared = said.iter().filter(|word| wanted.contains(word)).count();
    shared > 1 && shared * 5 >= said.len().min(wanted.len()) * 3
}
