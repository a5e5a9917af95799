use std::collections::{BTreeMap, HashMap, HashSet};

use crate::base::words::{count, list, normalize};
use crate::base::{Level, RepoPath};
use crate::finding::Finding;
use crate::project::{ArtifactId, DutyState, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Part;

pub static RULE: Rule = Rule {
    id: "unknown-artifact",
    summary: "documents under the root that the workflow does not know",
    promises: &["S2.1"],
    level: Level::Note,
    page: include_str!("../../../rules/unknown-artifact.md"),
    check: Check::Project(check),
};

const HELP: &str = "nothing judges them; move them, or name them in the workflow if they matter";
const HELP_ONE: &str = "nothing judges it; move it, or name it in the workflow if it matters";

/// More names than this say no more.
const NAMED: usize = 3;

fn check(project: &Project, out: &mut Vec<Finding>) {
    let near: HashSet<ArtifactId> = project
        .duties
        .iter()
        .filter_map(|duty| match &duty.state {
            DutyState::Missing { near } => Some(near.iter().copied()),
            _ => None,
        })
        .flatten()
        .collect();
    let parts = parts(project);
    let mut folders: BTreeMap<RepoPath, Vec<&RepoPath>> = BTreeMap::new();
    for (id, artifact) in project.artifacts.iter().enumerate() {
        let readme = artifact.path.name().to_lowercase().starts_with("readme");
        let unknown = artifact.deliverable.is_none() && artifact.facts().is_some();
        if !unknown || readme || near.contains(&id) {
            continue;
        }
        let folder = artifact.path.folder();
        let stem = artifact.path.name().rsplit_once('.').map_or("", |(stem, _)| stem);
        let stem = normalize(stem);
        if !parts.get(&folder).is_some_and(|parts| parts.iter().any(|part| part.is_named(&stem))) {
            folders.entry(folder).or_default().push(&artifact.path);
        }
    }
    for (folder, paths) in folders {
        let mut names: Vec<String> =
            paths.iter().take(NAMED).map(|path| path.name().to_owned()).collect();
        if paths.len() > NAMED {
            names.push(format!("{} more", paths.len() - NAMED));
        }
        let documents = count(paths.len(), "document", "documents");
        let message = format!("{documents} in {folder} that no phase asks for: {}", list(&names));
        out.push(
            Finding::about(paths[0], message)
                .help(if paths.len() == 1 { HELP_ONE } else { HELP })
                .subject(folder.as_str()),
        );
    }
}

/// The parts that documents of each folder must have, which files beside them may be:
/// INTEGRATION-POINTS.md of an architecture.
fn parts(project: &Project) -> HashMap<RepoPath, Vec<&Part>> {
    let mut parts: HashMap<RepoPath, Vec<&Part>> = HashMap::new();
    let mut known: HashSet<(RepoPath, (usize, usize))> = HashSet::new();
    for artifact in &project.artifacts {
        let (Some(deliverable), Some(place)) =
            (project.deliverable(artifact), artifact.deliverable)
        else {
            continue;
        };
        let folder = artifact.path.folder();
        if known.insert((folder.clone(), place)) {
            parts.entry(folder).or_default().extend(&deliverable.parts);
        }
    }
    parts
}
