//! Which gate a finding belongs to.

use crate::base::{RepoPath, Span, words};
use crate::project::{Artifact, Project, stages};
use crate::workflow::Per;

/// The gate of a place: the phase of the document's deliverable, in the iteration of the feature
/// or iteration section it stands in, else in the newest iteration that began the phase.
pub fn gate(project: &Project, path: &RepoPath, span: Option<Span>) -> Option<(usize, usize)> {
    let found = project.artifacts.binary_search_by(|artifact| artifact.path.cmp(path)).ok()?;
    let artifact = &project.artifacts[found];
    let (phase, _) = artifact.deliverable?;
    let iteration = by_feature(project, artifact)
        .or_else(|| by_section(project, artifact, span?))
        .unwrap_or_else(|| newest_begun(project, phase));
    Some((iteration, phase))
}

fn by_feature(project: &Project, artifact: &Artifact) -> Option<usize> {
    let deliverable = project.deliverable(artifact)?;
    let of_feature = deliverable.per == Per::Feature;
    let iterations = artifact.features.iter().map(|&id| project.features[id].iteration);
    iterations.max().filter(|_| of_feature)
}

/// The innermost section around a place that names one iteration, or features of just one.
fn by_section(project: &Project, artifact: &Artifact, span: Span) -> Option<usize> {
    if project.iterations.len() == 1 {
        return Some(0);
    }
    let facts = artifact.facts()?;
    let mut at = facts.section_around(span);
    while let Some(id) = at {
        let title = facts.text_of(facts.section(id).title);
        if let Some(iteration) = named_iteration(project, title) {
            return Some(iteration);
        }
        at = facts.section(id).parent;
    }
    None
}

/// The iteration that a title names, itself or by features of just that one.
pub fn named_iteration(project: &Project, title: &str) -> Option<usize> {
    let name = words::normalize(title);
    let mut said = name.split(' ').skip_while(|word| *word != "iteration").skip(1);
    if let Some(id) = said.next() {
        let found = project.iterations.iter().position(|one| one.id.to_lowercase() == id);
        if found.is_some() {
            return found;
        }
    }
    let features = project.names.named_in(title);
    let mut iterations = features.iter().map(|&id| project.features[id].iteration);
    let first = iterations.next()?;
    iterations.all(|iteration| iteration == first).then_some(first)
}

fn newest_begun(project: &Project, phase: usize) -> usize {
    let mut iterations = (0..project.iterations.len()).rev();
    iterations.find(|&one| stages::is_begun(project, one, phase)).unwrap_or(0)
}
