use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::Approval;
use crate::model::validation::Decision;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "plan-not-approved",
    summary: "the plan is not approved, or nobody says who approved it",
    promises: &["S0.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/plan-not-approved.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, _, approval) in project.records::<Approval>() {
        let (message, help) = match (approval.decision, approval.by) {
            (Some(Decision::Approve), Some(_)) => continue,
            (Some(Decision::Approve), None) => (
                "the plan is approved, and nobody says by whom",
                "add a line \"Approved by\" with the name of the person who agreed",
            ),
            (Some(Decision::Conditional), _) => (
                "the plan is approved under conditions only",
                "meet the conditions, then write \"Status: Approved\"; work starts after that",
            ),
            (Some(Decision::Reject), _) => (
                "the plan was rejected",
                "change the plan, then have it approved; work starts after that",
            ),
            (None, _) => (
                "the plan is not approved",
                "have it approved, then write \"Status: Approved\" and \"Approved by\" here; work \
                 starts after that",
            ),
        };
        out.push(
            Finding::at(&artifact.path, approval.place, message).help(help).subject("approval"),
        );
    }
}
