use super::{Governing, governing, title};
use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::{Ledger, Outdated};
use crate::project::Project;
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "stale-sign-off",
    summary: "a sign-off signs a commit before the last change of what the integration report says",
    promises: &["S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/stale-sign-off.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let mut found: Vec<Governing<'_>> = governing(project);
    found.retain(|one| one.due.formal && one.verdict.commit.is_some());
    for one in found {
        let (artifact, span) = (one.document.artifact, one.verdict.commit);
        let covered = |outdated: &&Outdated| {
            std::ptr::eq(&raw const project.artifacts[outdated.artifact], artifact)
                && Some(outdated.span) == span
                && one.gates.iter().any(|gate| gate.0 == outdated.iteration)
        };
        let Some(outdated) = ledger.claims.outdated.iter().rfind(covered) else {
            continue;
        };
        let role = title(project, one.due.role);
        let commit = one.document.facts.text_of(outdated.span);
        let changed = match &outdated.by {
            Some(by) => format!("{} changed later", by.short),
            None => "a change that is not committed yet has altered".to_owned(),
        };
        let of = match project.iterations.len() {
            1 => String::new(),
            _ => format!(" of iteration {}", project.iterations[outdated.iteration].id),
        };
        let message = format!(
            "the {role} signed {commit}, and {changed} what the integration report says{of}"
        );
        let mut finding = Finding::at(&artifact.path, outdated.span, message)
            .help("validate what stands now, and sign off with the commit that was validated")
            .subject(format!("commit signed by the {role}"));
        if let Some((report, facts)) = project.documents(Kind::Integration).next() {
            finding = finding.related(&report.path, Some(facts.beginning()), "it says this now");
        }
        out.push(one.in_gates(finding));
    }
}
