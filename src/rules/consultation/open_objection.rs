use super::{consulted, quoted};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::validation::Decision;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "open-objection",
    summary: "a consultant objects, or agrees under a condition that is not met",
    promises: &["S3.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/open-objection.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in consulted(project) {
        let who = &one.role.title;
        let decision = one.said.position.and_then(|(place, said)| Some((place, said?)));
        // Whoever may veto and objects has a finding of their own, which says all of it.
        if one.role.veto && decision.is_some_and(|(_, said)| said == Decision::Reject) {
            continue;
        }
        let open: Vec<_> = one.said.objections.iter().filter(|one| !one.settled).collect();
        for objection in &open {
            let text = quoted(one.facts.text_of(objection.place));
            let message = match objection.overruled {
                true => format!("the objection \"{text}\" of the {who} was overruled, not settled"),
                false => format!("the objection \"{text}\" of the {who} is open"),
            };
            out.push(
                Finding::at(&one.artifact.path, objection.place, message)
                    .help("find a way that the consultant can agree to, then write there how it was settled")
                    .subject(text),
            );
        }
        let told = match decision {
            Some((_, Decision::Approve)) | None => continue,
            Some((place, Decision::Reject)) => {
                (place, format!("the {who} objects to the strategy"))
            }
            Some(_) if !one.said.objections.is_empty() => continue,
            Some((place, Decision::Conditional)) => (
                place,
                format!("the {who} agrees under conditions, and nothing says that they are met"),
            ),
        };
        out.push(
            Finding::at(&one.artifact.path, told.0, told.1)
                .help(
                    "change the strategy, or meet the conditions, until the position is \"Agreed\"",
                )
                .subject(format!("position of the {who}")),
        );
    }
}
