//! Answers about files outside the workflow root that documents name.
//!
//! Only names are looked up; the contents stay unread.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use crate::base::{Failure, RepoPath};
use crate::config::Config;
use crate::facts::CheckState;
use crate::model;
use crate::project::{Artifact, DutyState, Named, Project, Subject, written_from};
use crate::source::{Node, Source};
use crate::workflow::Pattern;

/// Looks up every path that the documents of a project name.
///
/// # Errors
/// The source cannot be read.
pub fn named(source: &dyn Source, project: &Project) -> Result<Named, Failure> {
    let artifacts = project.artifacts.par_iter().filter(|one| one.deliverable.is_some());
    let asked: Vec<Asked<'_>> =
        artifacts.filter_map(|artifact| Asked::by(artifact, project)).collect();
    let (mut written, mut places) = (Vec::new(), Vec::new());
    for mut of_one in asked {
        written.append(&mut of_one.written);
        places.append(&mut of_one.links);
    }
    written.par_sort_unstable();
    written.dedup();
    let meant: Vec<Vec<RepoPath>> =
        written.par_iter().map(|written| taken_for(project, written)).collect();
    places.par_extend(meant.par_iter().flatten_iter().cloned());
    let mut named = Named { history: source.history().tip().is_some(), ..Named::default() };
    look(source, &mut named, places)?;
    let mut elsewhere = Vec::new();
    for (written, mut meant) in written.into_iter().zip(meant) {
        meant.retain(|path| named.stands(path));
        if meant.is_empty() {
            elsewhere.push(written);
        } else {
            named.written.insert(written.into_owned(), meant);
        }
    }
    if !elsewhere.is_empty() {
        let endings = Endings::new(source.names()?);
        for written in elsewhere {
            let path = written.rsplit('\0').next().unwrap_or(&written);
            let meant = endings.of(path);
            look(source, &mut named, meant.clone())?;
            named.written.insert(written.into_owned(), meant);
        }
    }
    Ok(named)
}

/// What one document names.
struct Asked<'p> {
    /// As [`written_from`] gives it.
    written: Vec<Cow<'p, str>>,
    links: Vec<RepoPath>,
}

impl<'p> Asked<'p> {
    fn by(artifact: &'p Artifact, project: &Project) -> Option<Self> {
        let facts = artifact.facts()?;
        let folder = artifact.path.folder();
        let recorded = artifact.records.iter().flat_map(|region| facts.paths_in(region.extent));
        let listing = project.deliverable(artifact).is_some_and(|one| !one.checklists.is_empty());
        let boxes = facts.checks.iter().filter(|_| listing);
        let done = boxes.filter(|item| item.state == CheckState::Done);
        let ticked = done.flat_map(|item| facts.paths_in(item.text));
        let others = recorded.chain(ticked).map(|path| path.span);
        let paths = model::named_paths(&artifact.model).chain(others);
        Some(Self {
            written: paths.map(|span| written_from(&folder, facts.text_of(span))).collect(),
            links: facts.links.iter().filter_map(|link| link.file_from(&folder)).collect(),
        })
    }
}

/// The repository paths that a written path may mean: counted from the project, and from the
/// repository root; a relative one also from the folder of its document, as links are.
fn taken_for(project: &Project, written: &str) -> Vec<RepoPath> {
    let (own, written) = match written.split_once('\0') {
        Some((folder, written)) => (Some(RepoPath::new(folder)), written),
        None => (None, written),
    };
    let root = RepoPath::default();
    let home = Some(&project.home).filter(|home| !home.is_root());
    let folders = own.iter().chain(home).chain([&root]);
    let mut paths: Vec<RepoPath> =
        folders.filter_map(|folder| RepoPath::resolve(folder, written)).collect();
    paths.dedup();
    paths
}

/// Remembers what stands at these paths.
fn look(source: &dyn Source, named: &mut Named, mut paths: Vec<RepoPath>) -> Result<(), Failure> {
    paths.par_sort_unstable();
    paths.dedup();
    let found: Vec<(RepoPath, Option<Node>)> = paths
        .into_par_iter()
        .map(|path| source.look(&path).map(|node| (path, node)))
        .collect::<Result<_, Failure>>()?;
    named.paths.extend(found);
    Ok(())
}

/// All files of the source by the ends of their paths, for paths that are not where they say.
struct Endings<'s> {
    /// By name, and by the folder and the name.
    by_end: HashMap<&'s str, Vec<&'s RepoPath>>,
}

impl<'s> Endings<'s> {
    fn new(names: &'s [RepoPath]) -> Self {
        let mut by_end: HashMap<&str, Vec<&RepoPath>> = HashMap::new();
        for path in names {
            let pair = end(path.as_str());
            by_end.entry(path.name()).or_default().push(path);
            if pair.len() > path.name().len() {
                by_end.entry(pair).or_default().push(path);
            }
        }
        Self { by_end }
    }

    /// The files whose paths end with what was written, component by component.
    fn of(&self, written: &str) -> Vec<RepoPath> {
        let Some(written) = RepoPath::resolve(&RepoPath::default(), written) else {
            return Vec::new();
        };
        let ending = format!("/{written}");
        let near = self.by_end.get(end(written.as_str())).into_iter().flatten();
        near.filter(|path| path.as_str().ends_with(&ending)).map(|path| (*path).clone()).collect()
    }
}

/// The last two components of a path, or its only one.
fn end(path: &str) -> &str {
    let before = path.rmatch_indices('/').nth(1);
    before.map_or(path, |(at, _)| &path[at + 1..])
}

/// Looks for duties that a file elsewhere in the repository fulfills: one that the configuration
/// names, or one that fits the workflow's patterns and that a document of the phase names.
///
/// # Errors
/// The source cannot be read.
pub fn elsewhere(
    source: &dyn Source,
    config: &Config,
    project: &mut Project,
) -> Result<(), Failure> {
    let mut found: Vec<(usize, RepoPath)> = Vec::new();
    let mut by_place: HashMap<(usize, usize), Option<RepoPath>> = HashMap::new();
    for (at, duty) in project.duties.iter().enumerate() {
        let DutyState::Missing { .. } = duty.state else { continue };
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        if let Some(setting) = config.deliverables.get(&deliverable.id)
            && let Some(path) = mapped(source, project, &setting.value, &duty.subject)?
        {
            found.push((at, path));
            continue;
        }
        let place = (duty.phase, duty.deliverable);
        if !deliverable.elsewhere.is_empty() && !by_place.contains_key(&place) {
            by_place.insert(place, mentioned(source, project, place)?);
        }
        found.extend(by_place.get(&place).cloned().flatten().map(|path| (at, path)));
    }
    for (at, path) in found {
        project.duties[at].state = DutyState::Elsewhere(path);
    }
    Ok(())
}

/// The file that the configuration lets do a duty. Where a pattern captures the feature or the
/// role, only the file of the one that owes the duty does it.
fn mapped(
    source: &dyn Source,
    project: &Project,
    patterns: &[Pattern],
    subject: &Subject,
) -> Result<Option<RepoPath>, Failure> {
    let (name, owing) = match subject {
        Subject::Project => ("", ""),
        Subject::Feature(id) => ("feature", &*project.features[*id].slug),
        Subject::Role(role) => ("role", &**role),
    };
    let does = |path: &&RepoPath| {
        let Some(below) = path.below(&project.home) else { return false };
        let mut found = patterns.iter().filter_map(|pattern| pattern.matches(below));
        found.any(|captures| captures.get(name).is_none_or(|one| one.eq_ignore_ascii_case(owing)))
    };
    Ok(source.names()?.iter().find(does).cloned())
}

/// A file elsewhere in the repository that fits a deliverable and that a document of its phase
/// names, as a path or by a link.
fn mentioned(
    source: &dyn Source,
    project: &Project,
    (phase, index): (usize, usize),
) -> Result<Option<RepoPath>, Failure> {
    let deliverable = &project.workflow.phases[phase].deliverables[index];
    let of_phase = |one: &&Artifact| one.deliverable.is_some_and(|(own, _)| own == phase);
    for artifact in project.artifacts.iter().filter(of_phase) {
        let Some(facts) = artifact.facts() else { continue };
        let folder = artifact.path.folder();
        let written = facts.paths.iter().map(|path| facts.text_of(path.span));
        let written = written.filter_map(|written| RepoPath::resolve(&project.home, written));
        let linked = facts.links.iter().filter_map(|link| link.file_from(&folder));
        for path in written.chain(linked) {
            let below = path.below(&project.home).filter(|_| path.below(&project.root).is_none());
            let fits = |below| deliverable.elsewhere.iter().any(|p| p.matches(below).is_some());
            if below.is_some_and(fits) && matches!(source.look(&path)?, Some(Node::File(_))) {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}
