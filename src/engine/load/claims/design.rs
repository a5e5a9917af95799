//! Evidence and the states of the design that it cites.

use std::sync::Arc;

use super::super::shallow;
use super::super::trees::Trees;
use super::designs::{Designs, State};
use super::history::{Since, last_change};
use crate::base::{Failure, RepoPath};
use crate::ledger::{Cited, Claims, Commit};
use crate::model::Model;
use crate::model::evidence::{By, Citation};
use crate::project::{ArtifactId, Project};

/// Finds the citations of other states of the design than evidence was last changed under, and
/// the digests that no document of the design ever had. Answers also with a note where a shallow
/// history leaves that open.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn cited(trees: &mut Trees<'_>, claims: &mut Claims) -> Result<Option<String>, Failure> {
    let citing = citing(trees);
    if citing.is_empty() || trees.history.tip().is_none() {
        return Ok(None);
    }
    let mut designs = Designs::of(trees)?;
    let mut open = false;
    for (artifact, citations) in citing {
        let evidence = &trees.project.artifacts[artifact];
        let mut current = true;
        for &citation in &citations {
            current = current && designs.is_current(trees, evidence, citation)?;
        }
        if current {
            continue;
        }
        let last = last_change(trees, evidence)?;
        if last == Since::Earlier {
            open |= trees.journal()?.shallow;
            continue;
        }
        let mut groups: Vec<Group<'_>> = Vec::new();
        for citation in citations {
            let (document, state) = designs.state(trees, evidence, citation, last)?;
            if matches!(state, State::Unknown) {
                let told = citation.by == By::Blob && !trees.journal()?.shallow;
                if told && designs.came_later(trees, evidence)? {
                    claims.unknown.push((artifact, citation.span));
                }
                continue;
            }
            match groups.iter_mut().find(|group| group.document == document) {
                Some(group) => group.states.push((citation, state)),
                None => groups.push(Group { document, states: vec![(citation, state)] }),
            }
        }
        for group in groups.iter().filter(|group| !group.is_current()) {
            let mut states = Vec::new();
            for (citation, state) in &group.states {
                if let State::At(commit) = state {
                    states.push((citation.span, trees.design(commit)?));
                }
            }
            let (last, commit) = standing(trees, &designs, last)?;
            claims.cited.push(Cited { artifact, states, last, commit });
        }
    }
    let what = "whether contracts changed after the state that evidence cites";
    open.then(|| shallow(trees.reading.config, what)).transpose()
}

/// The states that evidence cites by commits, or by contents of one document. Where it cites
/// several, it was read again, and one that is right will do.
struct Group<'j> {
    document: Option<&'j RepoPath>,
    states: Vec<(Citation, State)>,
}

impl Group<'_> {
    fn is_current(&self) -> bool {
        self.states.iter().any(|(_, state)| matches!(state, State::Same))
    }
}

/// Every document of evidence with the states of the design that it cites.
fn citing(trees: &Trees<'_>) -> Vec<(ArtifactId, Vec<Citation>)> {
    let artifacts = trees.project.artifacts.iter().enumerate();
    let citing = artifacts.filter_map(|(id, artifact)| match &*artifact.model {
        Model::Evidence(evidence) if artifact.deliverable.is_some() => {
            Some((id, evidence.citations.clone()))
        }
        _ => None,
    });
    citing.filter(|(_, citations)| !citations.is_empty()).collect()
}

/// The design under which evidence was changed last, and the commit that changed it.
type Standing = (Option<Arc<Project>>, Option<Commit>);

fn standing(
    trees: &mut Trees<'_>,
    designs: &Designs<'_>,
    last: Since,
) -> Result<Standing, Failure> {
    let Since::Step(last) = last else { return Ok((None, None)) };
    let commit = trees.journal()?.steps[last].commit.clone();
    let design = designs.at(last).unwrap_or(&commit).clone();
    Ok((Some(trees.design(&design)?), Some(trees.named(&commit))))
}
