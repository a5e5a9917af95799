//! Holds the commits of people against the paths of their roles (S1.4).

use std::collections::{BTreeMap, HashMap};

use super::attribution::{branch, trailers};
use super::globs;
use crate::base::words::{flat, normalize};
use crate::base::{Failure, RepoPath};
use crate::engine::load::trees::Trees;
use crate::ledger::{Astray, By, RoleWork};
use crate::model::people::{self, Person};
use crate::model::records::Handoffs;
use crate::project::team::{Member, Team};
use crate::source::{BlobId, CommitId, Identity, Log, Logged};
use crate::workflow::Pattern;

/// What commits after the one that declared the roles tell of them, and whether a shallow history
/// hides some of it.
///
/// # Errors
/// The history cannot be read.
pub fn read(trees: &Trees<'_>) -> Result<(RoleWork, bool), Failure> {
    let team = Team::of(trees.project);
    let areas: Vec<Vec<Pattern>> = team.members.iter().map(area).collect();
    let mut work = RoleWork::default();
    if areas.iter().all(Vec::is_empty) {
        return Ok((work, false));
    }
    let Some(base) = declared(trees, &team)? else { return Ok((work, false)) };
    let log = trees.history.log(&[base])?;
    let judged = Judged { trees, team: &team, areas: &areas };
    let mut found: BTreeMap<(Vec<String>, RepoPath), Crossing> = BTreeMap::new();
    for (at, commit) in log.commits.iter().enumerate() {
        let changed: Vec<(&RepoPath, Vec<usize>)> = judged.owned(commit);
        if changed.is_empty() {
            continue;
        }
        let Some((roles, by)) = judged.attribute(&log, commit) else {
            work.unattributed.push(trees.named(&commit.commit));
            continue;
        };
        for (path, owners) in changed {
            let mut owning: Vec<String> =
                owners.iter().map(|&owner| team.members[owner].role.clone()).collect();
            owning.dedup();
            if owning.iter().any(|owner| roles.contains(owner)) {
                continue;
            }
            let one = found.entry((roles.clone(), path.clone())).or_insert_with(|| Crossing {
                owners: owning,
                newest: at,
                commits: 0,
                by: by.clone(),
                before: HashMap::new(),
            });
            one.commits += 1;
            let change = commit.changes.iter().find(|one| one.path == *path);
            one.before.insert(commit.brought_by, change.and_then(|one| one.before.clone()));
        }
    }
    for ((roles, path), crossing) in found {
        let now = trees.history.holds(&path)?;
        let undone = crossing.before.values().all(|before| *before == now);
        if !undone && !judged.is_handed(&roles, &path) {
            let Crossing { owners, newest, commits, by, .. } = crossing;
            let commit = trees.named(&log.commits[newest].commit);
            work.astray.push(Astray { roles, path, owners, commit, commits, by });
        }
    }
    Ok((work, log.shallow))
}

/// What is known of a path that a role changed although it belongs to others.
struct Crossing {
    owners: Vec<String>,
    newest: usize,
    commits: usize,
    by: By,
    /// The content before the oldest change of each line of commits.
    before: HashMap<Option<usize>, Option<BlobId>>,
}

/// The files and folders of a role.
fn area(member: &Member<'_>) -> Vec<Pattern> {
    let Some(paths) = member.paths else { return Vec::new() };
    let written = member.facts.text_of(paths);
    let parts = written.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    parts.filter_map(globs::read).flatten().collect()
}

/// The commit that declared the roles first.
fn declared(trees: &Trees<'_>, team: &Team<'_>) -> Result<Option<CommitId>, Failure> {
    let mut oldest: Option<usize> = None;
    for member in &team.members {
        let touching = trees.touching(&member.artifact.path)?;
        oldest = oldest.max(touching.last().map(|(place, _)| *place));
    }
    let journal = trees.journal()?;
    Ok(oldest.map(|place| journal.steps[place].commit.clone()))
}

struct Judged<'j, 'r> {
    trees: &'j Trees<'r>,
    team: &'j Team<'j>,
    /// One for each member.
    areas: &'j [Vec<Pattern>],
}

impl Judged<'_, '_> {
    /// What a commit changed that belongs to some role, each with the members that own it.
    fn owned<'c>(&self, commit: &'c Logged) -> Vec<(&'c RepoPath, Vec<usize>)> {
        let config = self.trees.reading.config;
        let is_free = |path: &RepoPath| {
            config.shared.iter().any(|one| config.means(&one.value, path)) || config.excludes(path)
        };
        let paths = commit.changes.iter().map(|one| &one.path);
        let judged = paths.filter(|path| !self.trees.is_document(path) && !is_free(path));
        let owners = |path: &RepoPath| -> Vec<usize> {
            let home = &self.trees.project.home;
            let areas = self.areas.iter().enumerate();
            areas.filter(|(_, area)| globs::covers(area, home, path)).map(|(at, _)| at).collect()
        };
        let found = judged.map(|path| (path, owners(path)));
        found.filter(|(_, owners)| !owners.is_empty()).collect()
    }

    /// In which roles a commit was made: by its message, its author or its branch.
    fn attribute(&self, log: &Log, commit: &Logged) -> Option<(Vec<String>, By)> {
        let keys = &self.trees.project.workflow.boundaries.role_trailers;
        let named = trailers(&commit.message, keys);
        let roles: Vec<String> = named.iter().flat_map(|value| self.team.roles_in(value)).collect();
        if !roles.is_empty() {
            return Some((sorted(roles), By::Trailer));
        }
        let members = self.team.members.iter();
        let roles: Vec<String> = members
            .filter(|member| self.is_author(member, &commit.author))
            .map(|member| member.role.clone())
            .collect();
        if !roles.is_empty() {
            return Some((sorted(roles), By::Author(commit.author.name.clone())));
        }
        let branch = branch(log, commit)?;
        let roles: Vec<String> =
            branch.split('/').flat_map(|part| self.of_branch(&flat(part))).collect();
        (!roles.is_empty()).then(|| (sorted(roles), By::Branch(branch)))
    }

    /// The roles that a part of the name of a branch is called like: whole, so that a branch about
    /// a database is not the work of whoever is called so.
    fn of_branch(&self, part: &str) -> Vec<String> {
        let workflow = &self.trees.project.workflow;
        let known = workflow.roles.iter().filter(|role| role.names.iter().any(|one| one == part));
        let known = known.map(|role| role.id.clone());
        let declared = self.team.members.iter().filter(|member| {
            normalize(member.title) == part || member.people.iter().any(|one| one.key == part)
        });
        known.chain(declared.map(|member| member.role.clone())).collect()
    }

    fn is_author(&self, member: &Member<'_>, author: &Identity) -> bool {
        let is_token =
            |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '`' | '|');
        let addresses = member.identities.into_iter().flat_map(|all| all.split(is_token));
        let mailed = |one: &str| !one.is_empty() && one.eq_ignore_ascii_case(&author.email);
        let mut listed = member.identities.into_iter().flat_map(|all| all.split([',', ';']));
        let called = listed.any(|one| {
            let name = one.split('<').next().unwrap_or(one);
            !name.contains('@')
                && !name.trim().is_empty()
                && normalize(name) == normalize(&author.name)
        });
        let keys = people::named(&author.name);
        let is_person =
            |one: &Person| keys.iter().any(|author| Person::is_same(&one.key, &author.key));
        let configured = |one: &Person| {
            let known = &self.trees.reading.config.identities;
            let mut own = known.iter().filter(|(name, _)| normalize(name) == normalize(&one.name));
            own.any(|(_, all)| all.iter().any(|alias| mailed(alias) || *alias == author.name))
        };
        addresses.into_iter().any(mailed)
            || called
            || member.people.iter().any(|one| is_person(one) || configured(one))
    }

    /// Whether a path was handed over to one of these roles.
    fn is_handed(&self, roles: &[String], path: &RepoPath) -> bool {
        let mut all = self.trees.project.records::<Handoffs>();
        all.any(|(_, facts, handoffs)| {
            handoffs.0.iter().any(|one| {
                let (Some(to), Some(what)) = (one.to, one.what) else { return false };
                let receives = self.team.roles_in(facts.text_of(to));
                let names = |written: &str| {
                    globs::read(written).is_some_and(|patterns| {
                        globs::covers(&patterns, &self.trees.project.home, path)
                    })
                };
                receives.iter().any(|role| roles.contains(role))
                    && facts.paths_in(what).any(|named| names(facts.text_of(named.span)))
            })
        })
    }
}

fn sorted(mut roles: Vec<String>) -> Vec<String> {
    roles.sort_unstable();
    roles.dedup();
    roles
}
