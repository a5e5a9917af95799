//! Which workflows are followed, and under which roots.

use std::sync::Arc;

use super::Listings;
use super::home::{builtin, policy_file, rule_ids, unknown_workflow, what_it_is};
use crate::base::{Failure, RepoPath, words};
use crate::config::{Adoption, Choice, Config};
use crate::engine::{Request, through};
use crate::source::{Node, Source};
use crate::workflow::{self, Workflow};

/// One workflow under one root, with the entry of the configuration that asks for it.
pub type Followable = (Arc<Workflow>, RepoPath, Option<usize>);

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
) -> Result<Vec<Followable>, Failure> {
    let (mut found, mut known) = (Vec::new(), Vec::new());
    for (index, adoption) in config.workflows.iter().enumerate() {
        let workflow = Arc::new(adopted(policies, config, adoption)?);
        known.push(workflow.clone());
        if request.workflow.as_ref().is_some_and(|asked| *asked != workflow.id) {
            continue;
        }
        for root in adoption.roots(folder, &workflow) {
            check_root(listings.source, &root)?;
            found.push((workflow.clone(), root, Some(index)));
        }
    }
    if config.workflows.is_empty() {
        let best = best_builtin(listings, request, folder)?;
        known.push(best.0.clone());
        found.push(best);
    }
    config.check_deliverables(known.iter().map(|one| &**one))?;
    if found.is_empty() {
        let asked = request.workflow.as_deref().unwrap_or_default();
        let known: Vec<&str> = known.iter().map(|workflow| &*workflow.id).collect();
        return Err(through::not_followed(asked, &known));
    }
    Ok(found)
}

/// The workflow that an entry of the configuration adopts.
///
/// # Errors
/// Its file is wrong, or the entry names a phase that it does not have.
pub fn adopted(
    policies: &dyn Source,
    config: &Config,
    adoption: &Adoption,
) -> Result<Workflow, Failure> {
    let workflow = match &adoption.workflow {
        Choice::Builtin(id) => builtin(id)?,
        Choice::File(path) => {
            let file = policy_file(policies, path)?;
            workflow::parse(file, &rule_ids(), &mut |path| policy_file(policies, path))?
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
        return Ok((Arc::new(workflow), root, None));
    }
    let mut scored: Vec<(usize, Workflow, RepoPath)> = Vec::new();
    for id in workflow::builtins() {
        let root = folder.join(workflow::builtin_root(id).unwrap_or_default());
        check_root(source, &root)?;
        let (workflow, listed) = rayon::join(|| builtin(id), || source.list(&root));
        let (workflow, entries) = (workflow?, listings.keep(&root, listed?));
        let below = entries.iter().filter_map(|entry| entry.path.below(&root));
        // With nothing to compare, one document that fits is enough.
        let enough = if workflow::builtins().count() == 1 { 1 } else { usize::MAX };
        let fits = |below: &&str| workflow.classify(below).is_some();
        let fitting = below.filter(fits).take(enough).count();
        scored.push((fitting, workflow, root));
    }
    scored.sort_by_key(|(fitting, _, _)| std::cmp::Reverse(*fitting));
    let tied = matches!(&scored[..], [first, second, ..] if first.0 == second.0);
    match scored.into_iter().next() {
        Some((fitting, workflow, root)) if fitting > 0 && !tied => {
            Ok((Arc::new(workflow), root, None))
        }
        Some((_, workflow, root)) => Err(nothing_fits(&workflow, &root, tied)),
        None => Err(unknown_workflow("")),
    }
}

fn nothing_fits(workflow: &Workflow, root: &RepoPath, tied: bool) -> Failure {
    let what = format!("nothing to check under {root}");
    if tied {
        let why = "several workflows fit its documents equally well";
        return Failure::new(what, why, "name one with --workflow or in gatecheck.toml");
    }
    let first = workflow.phases.first().map(|phase| &phase.deliverables[..]).unwrap_or_default();
    let wanted: Vec<String> = first
        .iter()
        .filter_map(|deliverable| deliverable.paths.first())
        .map(|pattern| root.join(&pattern.written).to_string())
        .collect();
    let why = format!("none of its files is a deliverable of {}", workflow.id);
    Failure::new(what, why, format!("its first phase looks for {}", words::list(&wanted)))
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
