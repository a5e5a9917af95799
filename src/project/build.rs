//! From documents to a project: which features exist, what each document is, what is due.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::mentioned::Phrases;
use super::varied::Varied;
use super::{Artifact, Named, Project, declare, duties, stages};
use crate::base::RepoPath;
use crate::project::features::{Index, Match, Name};
use crate::source::{Node, SourceKind};
use crate::workflow::{Kind, Per, Workflow};

/// What a source gave, before anything was concluded from it.
#[derive(Debug)]
pub struct Draft {
    pub workflow: Arc<Workflow>,
    pub view: SourceKind,
    pub home: RepoPath,
    pub root: RepoPath,
    /// Classified by path and read; features are not attributed yet.
    pub artifacts: Vec<Artifact>,
    /// What stands under the root and is no file.
    pub unfollowed: Vec<(RepoPath, Node)>,
}

/// Concludes what a draft declares and owes.
pub fn build(draft: Draft) -> Project {
    let Draft { workflow, view, home, root, mut artifacts, unfollowed } = draft;
    artifacts.sort_by(|left, right| left.path.cmp(&right.path));
    let (declared, iterations, names) = declare::features(&artifacts, &workflow.subjects);
    let phrases = Phrases::new(&declared, &iterations);
    // A few large documents stand side by side, so that each is a task of its own.
    artifacts.par_iter_mut().with_max_len(1).for_each(|artifact| {
        attribute(artifact, &workflow, &root, &names);
        artifact.iterations = spoken_of(artifact, &workflow, &phrases);
    });
    let varied = Varied::of(&artifacts, &workflow);
    let mut project = Project {
        workflow,
        view,
        home,
        root,
        artifacts,
        features: declared,
        names,
        varied,
        iterations,
        duties: Vec::new(),
        graph: OnceLock::new(),
        unfollowed,
        stages: Vec::new(),
        named: Named::default(),
        surface: None,
        offers: OnceLock::new(),
    };
    project.duties = duties::due(&project);
    project.stages = stages::entered(&project);
    project
}

/// The iterations that a shared document speaks of, where it counts for those only.
fn spoken_of(artifact: &Artifact, workflow: &Workflow, phrases: &Phrases) -> Vec<usize> {
    let Some((phase, index)) = artifact.deliverable else { return Vec::new() };
    let deliverable = &workflow.phases[phase].deliverables[index];
    let counted = deliverable.by_iteration && deliverable.per != Per::Feature;
    let text = artifact.facts().filter(|_| counted).map(|facts| &*facts.text);
    text.map_or_else(Vec::new, |text| phrases.iterations_in(text))
}

/// Finds the features that an artifact of a per-feature deliverable speaks for: by its capture,
/// else by the folders it stands in, else by its title and headings.
fn attribute(artifact: &mut Artifact, workflow: &Workflow, root: &RepoPath, names: &Index) {
    let Some((phase, index)) = artifact.deliverable else { return };
    if workflow.phases[phase].deliverables[index].per != Per::Feature {
        return;
    }
    if let Some(captured) = artifact.captures.get("feature") {
        match names.find(&Name::new(captured, None)) {
            Match::One(feature) => artifact.features = vec![feature],
            Match::Several(several) => artifact.candidates = several,
            Match::None => {}
        }
    }
    let settled = !artifact.features.is_empty() || !artifact.candidates.is_empty();
    if settled || !matches!(artifact.kind, Kind::Evidence | Kind::TestEvidence) {
        return;
    }
    let folders = artifact.path.folder();
    let mut found: Vec<usize> = folders
        .below(root)
        .unwrap_or_default()
        .split('/')
        .flat_map(|folder| names.named_in(folder))
        .collect();
    if let (true, Some(facts)) = (found.is_empty(), artifact.facts()) {
        let headings = facts.sections.iter().filter(|section| (1..=3).contains(&section.level));
        let titles = headings.map(|section| facts.text_of(section.title));
        found = titles.flat_map(|title| names.named_in(title)).collect();
    }
    found.sort_unstable();
    found.dedup();
    artifact.features = found;
}
