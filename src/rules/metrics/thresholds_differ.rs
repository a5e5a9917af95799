use super::{promised, strictest, written};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "thresholds-differ",
    summary: "a project promises different figures for one metric",
    promises: &["S4.6"],
    level: Level::Warn,
    page: include_str!("../../../rules/thresholds-differ.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for metric in &project.workflow.metrics {
        let all = promised(project, metric);
        let Some(strict) = strictest(metric, &all) else { continue };
        let others = || {
            all.iter().filter(|one| {
                one.figure.value != strict.figure.value
                    && one.figure.measure == strict.figure.measure
            })
        };
        let Some(first) = others().next() else { continue };
        let own = written(strict.artifact, strict.figure.span);
        let message = format!(
            "{}: {own} is promised here, and {} elsewhere; {own} governs",
            metric.title,
            written(first.artifact, first.figure.span)
        );
        let mut finding = Finding::at(&strict.artifact.path, strict.figure.span, message)
            .help("promise one figure, and write it the same everywhere")
            .subject(metric.id.clone());
        for other in others() {
            let told = format!("{} here", written(other.artifact, other.figure.span));
            finding = finding.related(&other.artifact.path, Some(other.figure.span), told);
        }
        out.push(finding);
    }
}
