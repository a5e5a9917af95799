use super::{Document, documents, governing, role_of, title};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::validation::{Decision, Verdict};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "rejected-verdict",
    summary: "the latest verdict of a role rejects the system",
    promises: &["S2.16", "S3.1"],
    level: Level::Deny,
    page: include_str!("../../../rules/rejected-verdict.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let governing = governing(project);
    let rejecting = governing.iter().filter(|one| one.verdict.decision == Decision::Reject);
    out.extend(rejecting.map(|one| {
        one.in_gates(rejected(project, &one.document, one.verdict, Some(one.due.role)))
    }));
    // Whoever else was asked may reject as well: the last word of each document counts.
    let owed = |role: Option<&str>| {
        role.is_some_and(|role| governing.iter().any(|one| one.due.role == role))
    };
    for document in documents(project) {
        let mut others = document.model.verdicts.iter().filter(|verdict| {
            verdict.formal && !owed(role_of(project, document.artifact, verdict))
        });
        let last = others.next_back().filter(|one| one.decision == Decision::Reject);
        out.extend(last.map(|verdict| {
            let role = role_of(project, document.artifact, verdict);
            rejected(project, &document, verdict, role)
        }));
    }
}

fn rejected(
    project: &Project,
    document: &Document<'_>,
    verdict: &Verdict,
    role: Option<&str>,
) -> Finding {
    let who =
        role.map_or("this document".to_owned(), |role| format!("the {}", title(project, role)));
    Finding::at(&document.artifact.path, verdict.span, format!("{who} rejects the system"))
        .help("resolve what was found, then have it validated again and add the new verdict with its date")
        .subject(format!("verdict of {who}"))
}
