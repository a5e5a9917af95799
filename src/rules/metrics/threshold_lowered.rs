use crate::base::Level;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "threshold-lowered",
    summary: "less is promised than was agreed before the work began",
    promises: &["S4.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/threshold-lowered.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for one in &ledger.lowered {
        let artifact = &project.artifacts[one.artifact];
        let commit = &ledger.agreements[one.agreement].commit;
        let since = commit.as_ref().map_or("", |commit| &commit.short);
        let title = project.workflow.metrics.iter().find(|metric| metric.id == one.metric);
        let title = title.map_or(&*one.metric, |metric| &metric.title);
        let message = match &one.now {
            Some(now) => {
                format!("{title}: {now} is promised, and {} was agreed ({since})", one.was)
            }
            None => format!(
                "{title}: nothing is promised any more, and {} was agreed ({since})",
                one.was
            ),
        };
        let finding = match (one.span, artifact.facts()) {
            (Some(span), _) => Finding::at(&artifact.path, span, message),
            (None, Some(facts)) => Finding::at(&artifact.path, facts.beginning(), message),
            (None, None) => Finding::about(&artifact.path, message),
        };
        out.push(
            finding
                .help("take the agreed figure back, or have those who rely on it waive this")
                .subject(one.metric.clone()),
        );
    }
}
