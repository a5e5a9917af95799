use super::quoted;
use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::{Answers, Given};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "answer-without-reason",
    summary: "a recommendation is rejected, and nobody says why",
    promises: &["S3.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/answer-without-reason.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, answers) in project.records::<Answers>() {
        let rejected = answers.list.iter().filter(|one| one.given == Some(Given::Rejected));
        for answer in rejected.filter(|one| !one.reasoned) {
            let name = quoted(facts.text_of(answer.about));
            let message = format!("\"{name}\" is rejected, and nobody says why");
            out.push(
                Finding::at(&artifact.path, answer.place, message)
                    .help("add the reason in a sentence, so that whoever recommended it can see it")
                    .subject(name),
            );
        }
    }
}
