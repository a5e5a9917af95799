use super::{governing, title};
use crate::base::Level;
use crate::base::words::list;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "undated-sign-off",
    summary: "a formal sign-off does not say when, or on which commit",
    promises: &["S2.16"],
    level: Level::Warn,
    page: include_str!("../../../rules/undated-sign-off.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in governing(project) {
        let (due, document, verdict) = (&one.due, &one.document, one.verdict);
        let mut missing = Vec::new();
        if verdict.date.is_none() {
            missing.push("date");
        }
        // Before the first commit there is none to name.
        if verdict.commit.is_none() && project.named.history {
            missing.push("commit");
        }
        if due.formal && !missing.is_empty() {
            let role = title(project, due.role);
            let message = format!(
                "the sign-off of the {role} names no {}",
                list(&missing).replace(" and ", " and no ")
            );
            let finding = Finding::at(&document.artifact.path, verdict.span, message)
                .help(format!("add the {} of what was validated", list(&missing)))
                .subject(format!("date and commit of the {role}"));
            out.push(one.in_gates(finding));
        }
    }
}
