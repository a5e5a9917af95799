use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::model::outcome::Outcome;
use crate::model::records::Prerequisites;
use crate::model::validation::Decision;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "prerequisites-not-met",
    summary: "nobody has said GO, or nobody stands behind it",
    promises: &["S1.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/prerequisites-not-met.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, facts, one) in project.records::<Prerequisites>() {
        let open = one.items.iter().filter(|item| item.outcome != Some(Outcome::Pass));
        let open: Vec<&str> = open.map(|item| facts.text_of(item.name).trim()).collect();
        let behind = match &open[..] {
            [] => String::new(),
            items => format!("; what is not verified: {}", few(items, 3)),
        };
        let (message, help) = match (one.decision, one.by) {
            (Some(Decision::Approve), Some(_)) => continue,
            (Some(Decision::Approve), None) => (
                "GO is said, and nobody says who verified the prerequisites".to_owned(),
                "add a line \"Verified by\" with the name of the person who looked",
            ),
            (Some(Decision::Conditional), _) => (
                format!("GO is said under conditions only{behind}"),
                "meet the conditions, then write \"Decision: GO\"; work begins after that",
            ),
            (Some(Decision::Reject), _) => (
                format!("the decision is NO-GO{behind}"),
                "get what is missing, have it verified again, then write \"Decision: GO\"; work \
                 begins after that",
            ),
            (None, _) => (
                format!("nobody has decided GO or NO-GO{behind}"),
                "have the prerequisites verified, then write \"Decision: GO\" and \"Verified by\" \
                 here; work begins after that",
            ),
        };
        out.push(Finding::at(&artifact.path, one.place, message).help(help).subject("go"));
    }
}
