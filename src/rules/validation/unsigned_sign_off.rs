use super::{governing, title};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "unsigned-sign-off",
    summary: "nobody signed a formal sign-off",
    promises: &["S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/unsigned-sign-off.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for one in governing(project) {
        let (due, document, verdict) = (&one.due, &one.document, one.verdict);
        if due.formal && verdict.signer.is_none() {
            let role = title(project, due.role);
            let message = format!("nobody signed the sign-off of the {role}");
            let finding = Finding::at(&document.artifact.path, verdict.span, message)
                .help("add a line \"Signed by\" with the name of whoever decided")
                .subject(format!("signer for the {role}"));
            out.push(one.in_gates(finding));
        }
    }
}
