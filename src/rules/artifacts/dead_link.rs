use std::collections::{HashMap, HashSet};

use crate::base::{Level, RepoPath};
use crate::facts::Link;
use crate::finding::Finding;
use crate::project::{DutyState, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "dead-link",
    summary: "a link leads to a file that is not there",
    promises: &["X.6"],
    level: Level::Warn,
    page: include_str!("../../../rules/dead-link.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let places = Places::of(project);
    for artifact in project.artifacts.iter().filter(|artifact| artifact.deliverable.is_some()) {
        let Some(facts) = artifact.facts() else { continue };
        let folder = artifact.path.folder();
        let mut said: HashSet<RepoPath> = HashSet::new();
        for link in facts.links.iter().filter(|link| is_file(link)) {
            let Some(path) = link.file_from(&folder) else { continue };
            let gone = project.named.paths.get(&path).is_some_and(Option::is_none);
            let silent = || places.owed.contains(&path) || stands_from_above(project, link);
            if !gone || silent() || !said.insert(path.clone()) {
                continue;
            }
            let help = match places.named_like(&path) {
                Some(place) => format!("link to {place}, which has this name"),
                None => "correct the link, or take it out".to_owned(),
            };
            out.push(
                Finding::at(&artifact.path, link.span, format!("nothing stands at {path}"))
                    .help(help)
                    .subject(path.as_str()),
            );
        }
    }
}

/// Where documents are, and where they should be.
struct Places<'p> {
    /// Missing documents, each a finding for all links to it.
    owed: HashSet<&'p RepoPath>,
    /// Documents under the root by their names.
    by_name: HashMap<&'p str, Vec<&'p RepoPath>>,
}

impl<'p> Places<'p> {
    fn of(project: &'p Project) -> Self {
        let missing =
            project.duties.iter().filter(|duty| matches!(duty.state, DutyState::Missing { .. }));
        let mut by_name: HashMap<&str, Vec<&RepoPath>> = HashMap::new();
        for artifact in &project.artifacts {
            by_name.entry(artifact.path.name()).or_default().push(&artifact.path);
        }
        Self { owed: missing.map(|duty| &duty.expected).collect(), by_name }
    }

    /// The one document that has the name which a link looks for.
    fn named_like(&self, path: &RepoPath) -> Option<&'p RepoPath> {
        match self.by_name.get(path.name())?[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Whether a target is meant as the name of a file: a word without an ending is a slot or a page
/// of some wiki, and brackets stand for what nobody has filled in yet.
fn is_file(link: &Link) -> bool {
    let target = link.target.split(['#', '?']).next().unwrap_or("");
    target.contains(['.', '/']) && !target.contains(['{', '}', '<', '>', '[', ']', '*', '…'])
}

/// Whether the link is right when it is read from the project or the repository instead.
fn stands_from_above(project: &Project, link: &Link) -> bool {
    [&project.home, &RepoPath::default(), &project.root].into_iter().any(|folder| {
        let path = link.file_from(folder);
        path.is_some_and(|path| stands(project, &path))
    })
}

fn stands(project: &Project, path: &RepoPath) -> bool {
    let artifact = project.artifacts.binary_search_by(|one| one.path.cmp(path)).is_ok();
    artifact || project.named.paths.get(path).is_some_and(Option::is_some)
}
