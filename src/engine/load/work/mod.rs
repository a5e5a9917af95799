//! Holds the work of features against what they own (S2.14).
//!
//! The history beyond the documents is walked only where somebody says what is whose.

mod admitted;
mod attribution;
mod features;
mod globs;
mod roles;
mod scopes;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::trees::Trees;
use super::{Followed, shallow};
use crate::base::{Failure, RepoPath};
use crate::ledger::{
    By, Commit, Frozen, Listed, Misnamed, Outside, Standing as Agreed, Unattributed, Who, Work,
};
use crate::project::features::{Match, Name};
use crate::project::{FeatureId, Project};
use crate::source::{BlobId, CommitId, Log, Logged};
use admitted::is_admitted;
use attribution::{Attributed, Words, attribute, misnamed};
use features::Features;
use scopes::{Scopes, Standing, called};

/// What commits and evidence tell of the work of features. Answers also with a note where a
/// shallow history hides some of it.
///
/// # Errors
/// The source or its history cannot be read, or the configuration requires what is missing of it.
pub fn read(trees: &Trees<'_>, frozen: &[Frozen]) -> Result<(Work, Option<String>), Failure> {
    let (mut work, note) = of_features(trees, frozen)?;
    let (roles, cut) = roles::read(trees)?;
    work.roles = roles;
    let what = "whether everybody worked inside the paths of their role";
    let told = cut.then(|| shallow(trees.reading.config, what)).transpose()?;
    Ok((work, note.or(told)))
}

fn of_features(trees: &Trees<'_>, frozen: &[Frozen]) -> Result<(Work, Option<String>), Failure> {
    let (project, reading) = (trees.project, trees.reading);
    let mut scopes = Scopes::of(project, reading.config, reading.source)?;
    let mut work = Work { unknown: std::mem::take(&mut scopes.unknown), ..Work::default() };
    if scopes.is_empty()? {
        return Ok((work, None));
    }
    let (bases, of_iteration) = bases(frozen, project.iterations.len());
    let log = match bases.is_empty() {
        true => Log::default(),
        false => trees.history.log(&bases)?,
    };
    let mut commits = Commits { trees, scopes: &scopes, of_iteration, log: &log, work: &mut work };
    let worked = commits.judge()?;
    listed(trees, &scopes, &mut work)?;
    unbounded(trees, &scopes, &worked, &mut work)?;
    let cut = log.shallow || frozen.iter().any(|one| one.agreement.standing == Agreed::Unknown);
    let what = "whether work stayed inside the boundaries of its feature";
    let note = cut.then(|| shallow(reading.config, what)).transpose()?;
    Ok((work, note))
}

/// Leaves of the names that are no feature's those that no project of a run knows, and of those in
/// the configuration each once.
pub fn known_to_one(projects: &mut [Followed]) {
    for at in 0..projects.len() {
        let mut misnamed = std::mem::take(&mut projects[at].ledger.work.misnamed);
        misnamed.retain(|one| projects.iter().all(|any| called(&any.project, &one.name).is_none()));
        projects[at].ledger.work.misnamed = misnamed;
    }
    let mut projects = projects.iter_mut().map(|one| &mut one.ledger.work.unknown);
    let Some(first) = projects.next() else { return };
    for other in projects {
        let other = std::mem::take(other);
        first.retain(|one| other.contains(one));
    }
}

/// The agreed commits, and which of them is that of each iteration.
fn bases(frozen: &[Frozen], iterations: usize) -> (Vec<CommitId>, Vec<Option<usize>>) {
    let (mut bases, mut of_iteration) = (Vec::new(), vec![None; iterations]);
    for Frozen { agreement, .. } in frozen {
        let Some(commit) = agreement.commit.as_ref().map(|one| CommitId(one.id.clone())) else {
            continue;
        };
        if agreement.standing == Agreed::Unknown {
            continue;
        }
        let known = bases.iter().position(|one| *one == commit);
        of_iteration[agreement.iteration] = Some(known.unwrap_or_else(|| {
            bases.push(commit);
            bases.len() - 1
        }));
    }
    (bases, of_iteration)
}

/// The commits after what was agreed, and what is to be said of them.
struct Commits<'c, 'r> {
    trees: &'c Trees<'r>,
    scopes: &'c Scopes<'c>,
    /// For each iteration, the place of its agreement among those that the log was asked for.
    of_iteration: Vec<Option<usize>>,
    log: &'c Log,
    work: &'c mut Work,
}

/// What is known of a path that a feature changed outside of what it owns.
struct Crossing {
    owners: Vec<FeatureId>,
    newest: usize,
    commits: usize,
    by: By,
    /// The content before the oldest change of each line of commits.
    before: HashMap<Option<usize>, Option<BlobId>>,
}

impl Commits<'_, '_> {
    /// Finds what crosses a boundary and what cannot be attributed. Answers with the features that
    /// have commits.
    fn judge(&mut self) -> Result<BTreeSet<FeatureId>, Failure> {
        let (project, log) = (self.trees.project, self.log);
        let features = Features::new(self.scopes, self.trees);
        let words = Words {
            trailers: &project.workflow.boundaries.trailers,
            common: &project.workflow.boundaries.common,
            none: &project.workflow.vocabulary.none,
        };
        let mut worked = BTreeSet::new();
        let mut names: BTreeMap<String, Vec<Commit>> = BTreeMap::new();
        let mut crossings: BTreeMap<(FeatureId, RepoPath), Crossing> = BTreeMap::new();
        for (at, commit) in log.commits.iter().enumerate() {
            let changed = commit.changes.iter().map(|one| &one.path);
            let mut judged: Vec<&RepoPath> = Vec::new();
            for path in changed.filter(|path| self.is_judged(path)) {
                if !self.scopes.is_anybodys(path)? {
                    judged.push(path);
                }
            }
            if judged.is_empty() {
                continue;
            }
            for name in misnamed(&features, &words, &commit.message) {
                names.entry(name).or_default().push(self.trees.named(&commit.commit));
            }
            match attribute(&features, &words, log, commit, &judged) {
                Attributed::Nobody => {}
                Attributed::Unknown => self.unattributed(commit, &judged)?,
                Attributed::To(who, by) => {
                    let who = who.into_iter().filter_map(|one| match one {
                        Who::Feature(feature) => Some(feature),
                        Who::Role(_) => None,
                    });
                    let due: Vec<FeatureId> =
                        who.filter(|&feature| self.is_due(feature, commit)).collect();
                    worked.extend(&due);
                    for path in judged {
                        let Some((feature, owners)) = self.crossed(&due, path)? else { continue };
                        let key = (feature, path.clone());
                        let one = crossings.entry(key).or_insert_with(|| Crossing {
                            owners,
                            newest: at,
                            commits: 0,
                            by: by.clone(),
                            before: HashMap::new(),
                        });
                        one.commits += 1;
                        let before = commit.changes.iter().find(|one| one.path == *path);
                        let before = before.and_then(|one| one.before.clone());
                        one.before.insert(commit.brought_by, before);
                    }
                }
            }
        }
        let names = names.into_iter().map(|(name, commits)| Misnamed { name, commits });
        self.work.misnamed = names.collect();
        for ((feature, path), crossing) in crossings {
            if !is_admitted(self.trees.project, feature, &crossing.owners, &path)
                && !self.is_undone(&path, &crossing)?
            {
                let Crossing { owners, newest, commits, by, .. } = crossing;
                let commit = self.trees.named(&log.commits[newest].commit);
                let place = self.scopes.place(feature);
                let outside = Outside { feature, path, owners, commit, commits, by, place };
                self.work.outside.push(outside);
            }
        }
        Ok(worked)
    }

    fn is_judged(&self, path: &RepoPath) -> bool {
        !self.trees.is_document(path) && !self.scopes.is_free(path)
    }

    /// Whether a commit came after what was agreed for a feature.
    fn is_due(&self, feature: FeatureId, commit: &Logged) -> bool {
        let iteration = self.trees.project.features[feature].iteration;
        self.of_iteration[iteration].is_some_and(|base| commit.after.contains(&base))
    }

    /// The first of some features, with the owners of a path that is outside for all of them.
    fn crossed(
        &self,
        features: &[FeatureId],
        path: &RepoPath,
    ) -> Result<Option<(FeatureId, Vec<FeatureId>)>, Failure> {
        let mut first = None;
        for &feature in features {
            match self.scopes.standing(feature, path)? {
                Standing::Inside => return Ok(None),
                Standing::Outside(owners) => _ = first.get_or_insert((feature, owners)),
            }
        }
        Ok(first)
    }

    fn unattributed(&mut self, commit: &Logged, judged: &[&RepoPath]) -> Result<(), Failure> {
        let mut features = BTreeSet::new();
        for path in judged {
            features.extend(self.scopes.owners(path)?.sure);
        }
        features.retain(|&feature| self.is_due(feature, commit));
        if !features.is_empty() {
            let commit = self.trees.named(&commit.commit);
            let features = features.into_iter().collect();
            self.work.unattributed.push(Unattributed { commit, features });
        }
        Ok(())
    }

    /// Whether a path is again what it was before it was changed.
    fn is_undone(&self, path: &RepoPath, crossing: &Crossing) -> Result<bool, Failure> {
        let now = self.trees.history.holds(path)?;
        Ok(crossing.before.values().all(|before| *before == now))
    }
}

/// Finds what evidence lists outside of what its feature owns, and no commit told of.
fn listed(trees: &Trees<'_>, scopes: &Scopes<'_>, work: &mut Work) -> Result<(), Failure> {
    let project = trees.project;
    let mut found: BTreeMap<usize, Listed> = BTreeMap::new();
    for (artifact, span, path) in features::listed(project) {
        let features = &project.artifacts[artifact].features;
        let told = |one: &Outside| one.path == path && features.contains(&one.feature);
        if trees.is_document(&path) || work.outside.iter().any(told) {
            continue;
        }
        let mut first = None;
        for &feature in features {
            match scopes.standing(feature, &path)? {
                Standing::Inside => first = Some(None),
                Standing::Outside(owners) => _ = first.get_or_insert(Some((feature, owners))),
            }
        }
        let Some(Some((feature, owners))) = first else { continue };
        if is_admitted(project, feature, &owners, &path) {
            continue;
        }
        let place = || scopes.place(feature);
        let one = found.entry(artifact).or_insert_with(|| Listed {
            artifact,
            feature,
            files: Vec::new(),
            place: place(),
        });
        if one.files.iter().all(|(_, known)| *known != path) {
            one.files.push((span, path));
        }
    }
    work.listed = found.into_values().collect();
    Ok(())
}

/// Finds features with work that say nothing of what they own, while others do.
fn unbounded(
    trees: &Trees<'_>,
    scopes: &Scopes<'_>,
    worked: &BTreeSet<FeatureId>,
    work: &mut Work,
) -> Result<(), Failure> {
    let project = trees.project;
    if !scopes.lists_paths() {
        return Ok(());
    }
    let evidence = project.artifacts.iter().filter(|one| one.kind.is_evidence());
    let mut begun: BTreeSet<FeatureId> =
        evidence.flat_map(|one| one.features.iter().copied()).collect();
    begun.extend(worked);
    for feature in begun {
        if !scopes.is_bounded(feature)? && !owns_nothing(project, feature) {
            work.unbounded.push(feature);
        }
    }
    Ok(())
}

/// Whether the boundary of a feature says nothing of owning at all, which is told of the design.
fn owns_nothing(project: &Project, feature: FeatureId) -> bool {
    let boundaries = project.architectures().flat_map(|(.., model)| &model.boundaries);
    let own = boundaries.filter(|one| {
        let name = Name::new(&one.name, one.label.as_deref());
        project.names.find(&name) == Match::One(feature)
    });
    let own: Vec<bool> = own.map(|one| one.says_owned).collect();
    !own.is_empty() && !own.contains(&true)
}
