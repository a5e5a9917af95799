//! Figures that a plan promises less of than it did when it was agreed (S4.6).

use super::Frozen;
use crate::base::Span;
use crate::model::records::Standards;
use crate::project::{ArtifactId, Project};
use crate::workflow::Metric;

/// A promise that shrank.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    /// Index into [`super::Ledger::agreements`].
    pub agreement: usize,
    /// The metric's id.
    pub metric: String,
    /// What was agreed, as written.
    pub was: String,
    /// What is promised now, as written; nothing where nothing is.
    pub now: Option<String>,
    /// The document that says so now, or that said so then.
    pub artifact: ArtifactId,
    pub span: Option<Span>,
}

/// Each metric of which less is promised now than was agreed, once.
pub(super) fn find(now: &Project, frozen: &[Frozen]) -> Vec<Lowered> {
    let mut found: Vec<Lowered> = Vec::new();
    for (agreement, one) in frozen.iter().enumerate() {
        let Some(then) = &one.project else { continue };
        for metric in &now.workflow.metrics {
            if found.iter().any(|known| known.metric == metric.id) {
                continue;
            }
            let Some((was, agreed, place)) = strictest(then, metric) else { continue };
            let own = strictest(now, metric);
            let less = own.as_ref().is_none_or(|(value, ..)| match metric.less {
                true => *value > was,
                false => *value < was,
            });
            if !less {
                continue;
            }
            let path = &then.artifacts[place.0].path;
            let standing = now.artifacts.iter().position(|one| one.path == *path);
            let (artifact, span, written) = match own {
                Some((_, written, (artifact, span))) => (artifact, Some(span), Some(written)),
                // A document that is gone is missed by itself.
                None => match standing {
                    Some(artifact) => (artifact, None, None),
                    None => continue,
                },
            };
            let metric = metric.id.clone();
            found.push(Lowered { agreement, metric, was: agreed, now: written, artifact, span });
        }
    }
    found
}

/// The strictest promise of a metric: its value, how it is written, and where.
fn strictest(project: &Project, metric: &Metric) -> Option<(f64, String, (ArtifactId, Span))> {
    let mut best: Option<(f64, String, (ArtifactId, Span))> = None;
    for (artifact, facts, standards) in project.records::<Standards>() {
        for figure in standards.0.iter().filter(|one| one.metric == metric.id) {
            let id = project.artifacts.iter().position(|one| std::ptr::eq(one, artifact))?;
            let stricter = best.as_ref().is_none_or(|(value, ..)| match metric.less {
                true => figure.value < *value,
                false => figure.value > *value,
            });
            if stricter {
                let written = facts.text_of(figure.span).trim().to_owned();
                best = Some((figure.value, written, (id, figure.span)));
            }
        }
    }
    best
}
