//! What each feature owns of the repository.

use std::cell::RefCell;
use std::collections::HashMap;

use super::globs::{self, Globs};
use crate::base::{Failure, RepoPath, Span};
use crate::config::Config;
use crate::facts::DocumentFacts;
use crate::ledger::UnknownShare;
use crate::model::Model;
use crate::model::architecture::ownership::RoutePattern;
use crate::model::architecture::{Owned, Resource, is_shared, paths_in};
use crate::project::features::{Match, Name};
use crate::project::{Artifact, FeatureId, Project};
use crate::source::Source;
use crate::workflow::{Kind, Pattern};

/// What the features of a project own, by documents, configuration and routes.
pub struct Scopes<'p> {
    pub project: &'p Project,
    config: &'p Config,
    source: &'p dyn Source,
    /// One for each feature.
    pub scopes: Vec<Scope>,
    globs: Globs<Claim>,
    /// Branches of features, by the configuration.
    pub branches: Vec<(Pattern, FeatureId)>,
    pub unknown: Vec<UnknownShare>,
    applications: RefCell<HashMap<(usize, String), bool>>,
    known: RefCell<HashMap<RepoPath, Owners>>,
}

/// What one feature owns, as far as it says so.
#[derive(Debug, Default)]
pub struct Scope {
    /// Where the paths are listed first.
    pub place: Option<(RepoPath, Span)>,
    /// Some of it is said in words, so that nobody can tell what is left out.
    pub vague: bool,
    /// Its paths are those of tests as well.
    pub tests: bool,
    routes: Vec<RoutePattern>,
}

#[derive(Clone, Copy, Debug)]
struct Claim {
    feature: FeatureId,
    /// Not shared with others.
    sure: bool,
}

/// Whose a path is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    /// Those who say that it is theirs, sorted.
    pub sure: Vec<FeatureId>,
    /// Those, and others that list it.
    pub all: Vec<FeatureId>,
}

/// How a path stands to a feature that changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its own, everybody's, or not said to be anybody's.
    Inside,
    /// Not its own, and whose instead.
    Outside(Vec<FeatureId>),
}

impl<'p> Scopes<'p> {
    /// # Errors
    /// The source cannot be read.
    pub fn of(
        project: &'p Project,
        config: &'p Config,
        source: &'p dyn Source,
    ) -> Result<Self, Failure> {
        let mut scopes = Self {
            project,
            config,
            source,
            scopes: project.features.iter().map(|_| Scope::default()).collect(),
            globs: Globs::default(),
            branches: Vec::new(),
            unknown: Vec::new(),
            applications: RefCell::default(),
            known: RefCell::default(),
        };
        scopes.configured();
        scopes.documented()?;
        Ok(scopes)
    }

    /// Whether anybody lists files or folders.
    pub fn lists_paths(&self) -> bool {
        !self.globs.is_empty()
    }

    /// Whether anybody says anything that a change could be held to.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn is_empty(&self) -> Result<bool, Failure> {
        if self.lists_paths() {
            return Ok(false);
        }
        let routed = self.scopes.iter().any(|scope| !scope.routes.is_empty());
        Ok(!routed || !self.serves_files()?)
    }

    /// Whether a feature says what it owns of the files, or its routes do.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn is_bounded(&self, feature: FeatureId) -> Result<bool, Failure> {
        let scope = &self.scopes[feature];
        let routed = !scope.routes.is_empty() && self.serves_files()?;
        Ok(scope.place.is_some() || scope.vague || routed)
    }

    fn configured(&mut self) {
        let path = self.config.path();
        for (name, share) in &self.config.features {
            let Some(feature) = called(self.project, name) else {
                let place = (path.clone(), share.span);
                self.unknown.push(UnknownShare { name: name.clone(), place });
                continue;
            };
            for setting in &share.value.paths {
                let patterns = globs::read(&setting.value.written);
                let patterns = patterns.unwrap_or_else(|| vec![setting.value.clone()]);
                self.claim(feature, patterns, true, (path.clone(), setting.span));
            }
            let branches = share.value.branches.iter();
            self.branches.extend(branches.map(|branch| (branch.clone(), feature)));
        }
    }

    /// Reads the boundaries of the architecture and the interfaces.
    fn documented(&mut self) -> Result<(), Failure> {
        let labels = &self.project.workflow.boundaries.labels;
        for artifact in &self.project.artifacts {
            let (Some(facts), Model::Architecture(model)) = (artifact.facts(), &*artifact.model)
            else {
                continue;
            };
            match (artifact.kind, &artifact.features[..]) {
                (Kind::Architecture, _) => {
                    for one in &model.boundaries {
                        let name = Name::new(&one.name, one.label.as_deref());
                        let Match::One(feature) = self.project.names.find(&name) else { continue };
                        let mut owned = paths_in(facts, one.extent, labels);
                        let told = |known: &Owned| owned.iter().any(|one| one.span == known.span);
                        let more: Vec<Owned> =
                            one.owned.iter().filter(|one| !told(one)).copied().collect();
                        owned.extend(more);
                        self.list(feature, artifact, facts, &owned)?;
                    }
                }
                (Kind::Interface, &[feature]) => {
                    let whole = Span::new(0, facts.text.len());
                    self.list(feature, artifact, facts, &paths_in(facts, whole, labels))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn list(
        &mut self,
        feature: FeatureId,
        artifact: &Artifact,
        facts: &DocumentFacts,
        owned: &[Owned],
    ) -> Result<(), Failure> {
        for one in owned {
            let text = facts.text_of(one.span);
            match (one.kind, globs::read(text)) {
                (Resource::Path, Some(patterns)) if self.is_here(text)? => {
                    let place = (artifact.path.clone(), one.span);
                    let sure = one.claimed || !is_shared(facts, one.span);
                    self.claim(feature, patterns, sure, place);
                }
                (Resource::Path, _) => self.scopes[feature].vague = true,
                (Resource::Route, _) if one.claimed => {
                    let route = RoutePattern::read(text).filter(RoutePattern::is_exact);
                    self.scopes[feature].routes.extend(route);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether a path begins with something that stands here, or is a pattern of itself: what has a
    /// slash in it may be the name of a topic or of a package as well.
    fn is_here(&self, written: &str) -> Result<bool, Failure> {
        let bare = written.trim_start_matches(['.', '/']);
        let first = bare.split('/').next().unwrap_or(bare);
        if written.contains(['*', '{']) || written.ends_with('/') {
            return Ok(true);
        }
        let home = &self.project.home;
        for path in [home.join(first), RepoPath::new(first)] {
            if self.source.look(&path)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn claim(
        &mut self,
        feature: FeatureId,
        patterns: Vec<Pattern>,
        sure: bool,
        place: (RepoPath, Span),
    ) {
        let scope = &mut self.scopes[feature];
        scope.place.get_or_insert(place);
        scope.tests |= patterns.iter().any(|one| is_test(&one.written));
        patterns.into_iter().for_each(|one| self.globs.add(one, Claim { feature, sure }));
    }

    /// Whose a path is.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn owners(&self, path: &RepoPath) -> Result<Owners, Failure> {
        if let Some(known) = self.known.borrow().get(path) {
            return Ok(known.clone());
        }
        let mut owners = Owners::default();
        for claim in self.globs.of(&self.project.home, path) {
            owners.all.push(claim.feature);
            owners.sure.extend(claim.sure.then_some(claim.feature));
        }
        let served = self.served(path)?;
        owners.all.extend(&served);
        owners.sure.extend(&served);
        for list in [&mut owners.all, &mut owners.sure] {
            list.sort_unstable();
            list.dedup();
        }
        self.known.borrow_mut().insert(path.clone(), owners.clone());
        Ok(owners)
    }

    /// How a path stands to a feature that changed it.
    ///
    /// # Errors
    /// As [`Scopes::owners`].
    pub fn standing(&self, feature: FeatureId, path: &RepoPath) -> Result<Standing, Failure> {
        let (scope, owners) = (&self.scopes[feature], self.owners(path)?);
        if self.is_free(path) || owners.all.contains(&feature) {
            return Ok(Standing::Inside);
        }
        if !owners.sure.is_empty() {
            return Ok(Standing::Outside(owners.sure));
        }
        let open = scope.place.is_none()
            // Whoever lists it says that it is not theirs alone.
            || !owners.all.is_empty()
            || scope.vague
            || self.is_shared(path)
            || !scope.tests && is_test(path.as_str());
        Ok(if open { Standing::Inside } else { Standing::Outside(Vec::new()) })
    }

    /// Whether a path is one that every feature may change, since nobody owns it: a manifest, a
    /// document.
    ///
    /// # Errors
    /// As [`Scopes::owners`].
    pub fn is_anybodys(&self, path: &RepoPath) -> Result<bool, Failure> {
        Ok(self.is_shared(path) && self.owners(path)?.sure.is_empty())
    }

    fn is_shared(&self, path: &RepoPath) -> bool {
        globs::covers(&self.project.workflow.boundaries.shared, &self.project.home, path)
    }

    /// Whether the configuration lets everybody change a path, or has nobody look at it.
    pub fn is_free(&self, path: &RepoPath) -> bool {
        let mut shared = self.config.shared.iter();
        shared.any(|one| self.config.means(&one.value, path)) || self.config.excludes(path)
    }

    /// Where a feature says what it owns, or where it is declared.
    pub fn place(&self, feature: FeatureId) -> (RepoPath, Span) {
        let (declared, span) = self.project.features[feature].declared;
        let declared = || (self.project.artifacts[declared].path.clone(), span);
        self.scopes[feature].place.clone().unwrap_or_else(declared)
    }

    /// The features whose routes a file serves, where its place says which.
    fn served(&self, path: &RepoPath) -> Result<Vec<FeatureId>, Failure> {
        for (at, router) in self.project.workflow.boundaries.routers.iter().enumerate() {
            for (application, route) in router.routes(path.as_str()) {
                if !self.is_application(at, application)? {
                    continue;
                }
                // A file below a page that somebody owns belongs to the page.
                let mut route = &*route;
                while !route.is_empty() {
                    let owners = self.routed(route);
                    if !owners.is_empty() {
                        return Ok(owners);
                    }
                    route = &route[..route.rfind('/').unwrap_or(0)];
                }
            }
        }
        Ok(Vec::new())
    }

    fn routed(&self, route: &str) -> Vec<FeatureId> {
        let Some(route) = RoutePattern::read(route) else { return Vec::new() };
        let scopes = self.scopes.iter().enumerate();
        let owning = scopes.filter(|(_, scope)| scope.routes.iter().any(|one| one.covers(&route)));
        owning.map(|(feature, _)| feature).collect()
    }

    /// Whether the project itself is an application whose files serve routes.
    fn serves_files(&self) -> Result<bool, Failure> {
        for at in 0..self.project.workflow.boundaries.routers.len() {
            if self.is_application(at, self.project.home.as_str())? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_application(&self, router: usize, folder: &str) -> Result<bool, Failure> {
        let key = (router, folder.to_owned());
        if let Some(&known) = self.applications.borrow().get(&key) {
            return Ok(known);
        }
        let folder = RepoPath::new(folder);
        let mut found = false;
        for beside in &self.project.workflow.boundaries.routers[router].beside {
            found = found || self.source.look(&folder.join(beside))?.is_some();
        }
        self.applications.borrow_mut().insert(key, found);
        Ok(found)
    }
}

/// The feature that somebody calls so: by name, name in paths or label.
pub fn called(project: &Project, name: &str) -> Option<FeatureId> {
    let name = name.trim();
    let find = |name: &str| match project.names.find(&Name::new(name, None)) {
        Match::One(feature) => Some(feature),
        _ => None,
    };
    let label = || (name.len() <= 2).then(|| find(&format!("feature {name}"))).flatten();
    find(name).or_else(label)
}

/// Whether a path is one of tests.
fn is_test(path: &str) -> bool {
    let words = path.split(|c: char| !c.is_alphanumeric());
    let known = ["test", "tests", "spec", "specs", "e2e", "cypress"];
    words.into_iter().any(|word| known.iter().any(|one| word.eq_ignore_ascii_case(one)))
}
