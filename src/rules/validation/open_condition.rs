use super::{governing, title};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::phrases;
use crate::model::validation::Decision;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "open-condition",
    summary: "a condition of a verdict is not met yet",
    promises: &["S2.16", "S3.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/open-condition.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in governing(project) {
        let (due, document, verdict) = (&one.due, &one.document, one.verdict);
        let role = title(project, due.role);
        let path = &document.artifact.path;
        if verdict.decision == Decision::Reject {
            continue;
        }
        if verdict.decision == Decision::Conditional && document.model.conditions.is_empty() {
            let message = format!("the {role} approves under conditions and does not say which");
            let finding = Finding::at(path, verdict.span, message)
                .help("list the conditions under a heading \"Conditions\", each with its state")
                .subject(format!("conditions of the {role}"));
            out.push(one.in_gates(finding));
        }
        let conditions = document.model.conditions.iter();
        for condition in conditions.filter(|condition| verdict.waits_for(condition, due.formal)) {
            let said = phrases::title(document.facts.text_of(condition.span));
            let message = format!("a condition of the {role} is open: {said}");
            let finding = Finding::at(path, condition.span, message)
                .help("meet the condition and say so beside it, for instance by ticking it")
                .subject(said);
            out.push(one.in_gates(finding));
        }
    }
}
