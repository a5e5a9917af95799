//! Which workflows are followed, and under which roots.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::home::{builtin, policy_file, rule_ids, unknown_workflow, what_it_is};
use super::listings::Listings;
use crate::base::{Failure, RepoPath, words};
use crate::config::{Adoption, Choice, Config};
use crate::engine::{Request, through};
use crate::source::{Node, Source};
use crate::workflow::{self, Workflow};

/// One workflow under one root, with the entry of the configuration that asks for it.
pub type Followable = (Arc<Workflow>, RepoPath, Option<usize>);

/// The workflows of a project.
pub struct Follows {
    /// Those to judge by.
    pub judged: Vec<Followable>,
    /// All of them: what one does not know may be a deliverable of another.
    pub all: Vec<(Arc<Workflow>, RepoPath)>,
}

/// The workflows to judge by, each with its roots. Workflow files are read from `policies`.
///
/// # Errors
/// A workflow file is wrong, a root is no folder, nothing fits, or the configuration names a
/// phase or deliverable that its workflow does not have.
pub fn workflows(
    listings: &Listings<'_>,
    policies: &dyn Source,
    request: &Request,
    folder: &RepoPath,
    config: &Config,
) -> Result<Follows, Failure> {
    let (mut judged, mut all, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for (index, adoption) in config.workflows.iter().enumerate() {
        let workflow = adopted(policies, config, adoption)?;
        known.push(workflow.clone());
        let asked = request.workflow.as_ref().is_none_or(|asked| *asked == workflow.id);
        for root in adoption.roots(folder, &workflow) {
            all.push((workflow.clone(), root.clone()));
            if asked {
                check_root(listings.source, &root)?;
                judged.push((workflow.clone(), root, Some(index)));
            }
        }
    }
    if config.workflows.is_empty() {
        let best = best_builtin(listings, request, folder)?;
        known.push(best.0.clone());
        judged.push(best);
    }
    config.check_deliverables(known.iter().map(|one| &**one))?;
    if judged.is_empty() {
        let asked = request.workflow.as_deref().unwrap_or_default();
        let known: Vec<&str> = known.iter().map(|workflow| &*workflow.id).collect();
        return Err(through::not_followed(asked, &known));
    }
    Ok(Follows { judged, all })
}

/// The workflow that an entry of the configuration adopts.
///
/// # Errors
/// Its file is wrong, or the entry names a phase that it does not have.
pub fn adopted(
    policies: &dyn Source,
    config: &Config,
    adoption: &Adoption,
) -> Result<Arc<Workflow>, Failure> {
    let workflow = match &adoption.workflow {
        Choice::Builtin(id) => builtin(id)?,
        Choice::File(path) => {
            let file = policy_file(policies, path)?;
            let read = |path: &RepoPath| policy_file(policies, path);
            Arc::new(workflow::parse(file, &rule_ids(), &mut { read })?)
        }
    };
    config.check_phases(adoption, &workflow)?;
    Ok(workflow)
}

/// Without a configuration the built-in workflow is used that most documents fit.
fn best_builtin(
    listings: &Listings<'_>,
    request: &Request,
    folder: &RepoPath,
) -> Result<Followable, Failure> {
    let source = listings.source;
    if let Some(id) = &request.workflow {
        let workflow = builtin(id)?;
        let root = folder.join(&workflow.root);
        check_root(source, &root)?;
        return Ok((workflow, root, None));
    }
    let roots = workflow::builtins().filter_map(workflow::builtin_root);
    let roots: Vec<RepoPath> = roots.map(|root| folder.join(root)).collect();
    for root in &roots {
        check_root(source, root)?;
    }
    let ids: Vec<&str> = workflow::builtins().collect();
    let parse = || ids.par_iter().map(|id| builtin(id)).collect::<Result<Vec<_>, Failure>>();
    // Parsing takes about as long as listing, and neither waits for the other.
    let Some(first) = roots.first() else { return Err(unknown_workflow("")) };
    let (workflows, listed) = rayon::join(parse, || source.list(first));
    listings.keep(first, listed?);
    let mut scored: Vec<(usize, Arc<Workflow>, RepoPath)> = Vec::new();
    for (workflow, root) in workflows?.into_iter().zip(&roots) {
        let entries = listings.list(root)?;
        let below = entries.iter().filter_map(|entry| entry.path.below(root));
        let fitting = below.filter(|below| workflow.classify(below).is_some()).count();
        scored.push((fitting, workflow, root.clone()));
    }
    scored.sort_by_key(|(fitting, _, _)| std::cmp::Reverse(*fitting));
    let tied = matches!(&scored[..], [first, second, ..] if first.0 == second.0);
    if scored.first().is_none_or(|(fitting, ..)| *fitting == 0 || tied) {
        return Err(nothing_fits(&scored));
    }
    let (_, workflow, root) = scored.swap_remove(0);
    Ok((workflow, root, None))
}

/// Says what was looked for: by the workflows that fit equally well, or by all where none does.
fn nothing_fits(scored: &[(usize, Arc<Workflow>, RepoPath)]) -> Failure {
    let most = scored.first().map_or(0, |(fitting, ..)| *fitting);
    let equal = || scored.iter().take_while(|(fitting, ..)| *fitting == most);
    let roots: BTreeSet<String> = equal().map(|(.., root)| root.to_string()).collect();
    let what = format!("nothing to check under {}", words::list(&Vec::from_iter(roots)));
    let ids: Vec<&str> = equal().map(|(_, workflow, _)| &*workflow.id).collect();
    if most > 0 {
        let why = format!("{} fit its documents equally well", words::list(&ids));
        return Failure::new(what, why, "name one with --workflow or in gatecheck.toml");
    }
    let wanted: Vec<String> = equal()
        .filter_map(|(_, workflow, root)| {
            let first = workflow.phases.first()?.required_paths(root).next()?;
            Some(format!("{first} ({})", workflow.id))
        })
        .collect();
    let why = "none of its files is a deliverable of a workflow that gatecheck brings along";
    let help = format!("begin with one of {}, or run `gatecheck init`", words::list(&wanted));
    Failure::new(what, why, help)
}

/// A root must be a folder of this repository, or not be there at all.
fn check_root(source: &dyn Source, root: &RepoPath) -> Result<(), Failure> {
    let what = match source.look(root)? {
        None | Some(Node::Folder) => return Ok(()),
        Some(node) => what_it_is(node),
    };
    let help = "the workflow root must be a folder of this repository";
    Err(Failure::new(
        format!("cannot read the workflow root {root}"),
        format!("it is {what}"),
        help,
    ))
}
