//! Rules about figures: what was promised, what was measured, what was promised less of later.

mod metric_not_reported;
mod missed_threshold;
mod threshold_lowered;
mod thresholds_differ;

use super::Rule;
use crate::base::Span;
use crate::model::records::{Figure, Metrics, Risks, Standards, limit};
use crate::project::{Artifact, Project};
use crate::workflow::Metric;

pub static RULES: &[&Rule] = &[
    &missed_threshold::RULE,
    &metric_not_reported::RULE,
    &thresholds_differ::RULE,
    &threshold_lowered::RULE,
];

/// A figure that the project promises, wherever it does so.
struct Promised<'p> {
    artifact: &'p Artifact,
    figure: Figure,
}

/// Every promise of a metric: in the standards, among the targets of what is reported, and where a
/// risk says when it is escalated.
fn promised<'p>(project: &'p Project, metric: &Metric) -> Vec<Promised<'p>> {
    let mut found: Vec<Promised<'p>> = Vec::new();
    // Parts of a plan may lie in each other, and say a figure once.
    let mut add = |artifact: &'p Artifact, figure: &Figure| {
        let known = |one: &Promised<'_>| {
            std::ptr::eq(one.artifact, artifact) && one.figure.span == figure.span
        };
        if figure.metric == metric.id && !found.iter().any(known) {
            found.push(Promised { artifact, figure: figure.clone() });
        }
    };
    for (artifact, _, standards) in project.records::<Standards>() {
        standards.0.iter().for_each(|figure| add(artifact, figure));
    }
    for (artifact, _, metrics) in project.records::<Metrics>() {
        metrics.targets.iter().for_each(|figure| add(artifact, figure));
    }
    for (artifact, facts, risks) in project.records::<Risks>() {
        let lines = risks.risks.iter().filter_map(|risk| risk.escalation);
        for figure in lines.filter_map(|line| limit(facts, line, &project.workflow)) {
            add(artifact, &figure);
        }
    }
    found
}

/// The promise that governs: the strictest.
fn strictest<'f, 'p>(metric: &Metric, all: &'f [Promised<'p>]) -> Option<&'f Promised<'p>> {
    let stricter = |one: &&Promised<'_>, other: &&Promised<'_>| {
        let order = one.figure.value.total_cmp(&other.figure.value);
        if metric.less { order.reverse() } else { order }
    };
    // Of several that say the same the first is named.
    all.iter().rev().max_by(stricter)
}

/// The figure that a team reports last, in the measure in which it was promised.
fn reported<'p>(
    project: &'p Project,
    metric: &Metric,
    limit: &Promised<'_>,
) -> Option<(&'p Artifact, &'p Figure)> {
    let all = project.records::<Metrics>().flat_map(|(artifact, _, metrics)| {
        metrics.reported.iter().map(move |figure| (artifact, figure))
    });
    let measure = &limit.figure.measure;
    all.filter(|(_, figure)| figure.metric == metric.id && figure.measure == *measure).last()
}

/// How a figure is written.
fn written(artifact: &Artifact, span: Span) -> &str {
    artifact.facts().map_or("", |facts| facts.text_of(span)).trim()
}
