use super::{promised, reported, strictest, written};
use crate::base::Level;
use crate::finding::Finding;
use crate::project::{DutyState, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "metric-not-reported",
    summary: "a figure was promised, and nobody reports it",
    promises: &["S4.6"],
    level: Level::Deny,
    page: include_str!("../../../rules/metric-not-reported.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for duty in &project.duties {
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        let DutyState::Done(ids) = &duty.state else { continue };
        let report = ids.first().map(|&id| &project.artifacts[id]);
        let (Some(report), Kind::Metrics) = (report, deliverable.kind) else { continue };
        let Some(facts) = report.facts().filter(|facts| facts.says_anything()) else { continue };
        for metric in &project.workflow.metrics {
            let all = promised(project, metric);
            let Some(limit) = strictest(metric, &all) else { continue };
            if reported(project, metric, limit).is_some() {
                continue;
            }
            let wanted = written(limit.artifact, limit.figure.span);
            let message = format!(
                "the {} do not report the {}, of which {wanted} was promised",
                deliverable.title, metric.title
            );
            out.push(
                Finding::at(&report.path, facts.beginning(), message)
                    .help(format!("measure the {} and add it with its figure", metric.title))
                    .related(&limit.artifact.path, Some(limit.figure.span), "promised here")
                    .subject(metric.id.clone())
                    .gate(duty.iteration, duty.phase),
            );
        }
    }
}
