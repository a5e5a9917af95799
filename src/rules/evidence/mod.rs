//! Rules about evidence: what it says about deviations, and whether what it names is there.

mod deviation_incomplete;
mod deviation_without_contract;
mod deviations_contradictory;
mod deviations_unstated;
mod duplicate_deviation;
mod named_commit_aside;
mod named_commit_unknown;
mod named_file_empty;
mod named_file_missing;
mod stale_citation;
mod test_files_unlisted;
mod uncited_evidence;
mod unknown_citation;

use super::Rule;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::evidence::{Evidence, NamedFile};
use crate::project::{Artifact, Project, written_from};
use crate::source::Node;

pub static RULES: &[&Rule] = &[
    &deviations_unstated::RULE,
    &deviation_incomplete::RULE,
    &deviations_contradictory::RULE,
    &deviation_without_contract::RULE,
    &duplicate_deviation::RULE,
    &test_files_unlisted::RULE,
    &named_file_missing::RULE,
    &named_file_empty::RULE,
    &named_commit_unknown::RULE,
    &named_commit_aside::RULE,
    &uncited_evidence::RULE,
    &unknown_citation::RULE,
    &stale_citation::RULE,
];

/// What a readable document of evidence says, with its text.
fn evidence(artifact: &Artifact) -> Option<(&DocumentFacts, &Evidence)> {
    match &*artifact.model {
        Model::Evidence(evidence) => Some((artifact.facts()?, evidence)),
        _ => None,
    }
}

/// The files that a document claims, as written, with what stands at each place that the path may
/// mean. A path that nobody looked up is left out.
fn claimed<'p>(
    artifact: &'p Artifact,
    project: &'p Project,
) -> impl Iterator<Item = (&'p NamedFile, &'p str, Vec<Node>)> {
    let folder = artifact.path.folder();
    let evidence = evidence(artifact).into_iter();
    evidence
        .flat_map(|(facts, evidence)| evidence.files.iter().map(move |file| (facts, file)))
        .filter_map(move |(facts, file)| {
            let written = facts.text_of(file.span);
            let meant = project.named.written.get(&*written_from(&folder, written))?;
            let node = |path| project.named.paths.get(path).copied().flatten();
            Some((file, written, meant.iter().filter_map(node).collect()))
        })
}
