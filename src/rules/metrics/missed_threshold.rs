use super::{promised, reported, strictest, written};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "missed-threshold",
    summary: "a reported figure does not reach what was promised",
    promises: &["S4.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/missed-threshold.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for metric in &project.workflow.metrics {
        let all = promised(project, metric);
        let Some(limit) = strictest(metric, &all) else { continue };
        let Some((artifact, figure)) = reported(project, metric, limit) else { continue };
        let missed = match metric.less {
            true => figure.value > limit.figure.value,
            false => figure.value < limit.figure.value,
        };
        if !missed {
            continue;
        }
        let (own, wanted) =
            (written(artifact, figure.span), written(limit.artifact, limit.figure.span));
        let bound = if metric.less { "at most" } else { "at least" };
        let message =
            format!("{}: {own} was measured, {bound} {wanted} was promised", metric.title);
        out.push(
            Finding::at(&artifact.path, figure.span, message)
                .help(
                    "reach what was promised, or agree on another figure with those who rely on it",
                )
                .related(&limit.artifact.path, Some(limit.figure.span), "promised here")
                .subject(metric.id.clone()),
        );
    }
}
