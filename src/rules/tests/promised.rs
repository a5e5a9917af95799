//! The endpoints and events of each feature.

use std::collections::{HashMap, HashSet};

use crate::model::contract::{Contract, ErrorCase, Subject};
use crate::project::contracts::{Stated, is_consumed, is_for_later};
use crate::project::{Artifact, DutyState, FeatureId, Project, Subject as Due};
use crate::workflow::Kind;

/// What can be called or listened to, wherever the project states it.
pub(super) struct Promised<'p> {
    /// For each feature its promises, in the order of the documents.
    features: HashMap<FeatureId, Vec<Promise<'p>>>,
    /// The paths of all endpoints, with `{}` for parameters.
    paths: HashSet<&'p str>,
    /// Every endpoint.
    all: Vec<&'p Subject>,
    /// A document holds contracts that could not be read.
    pub unread: bool,
}

/// One promise with all places that state it, the first of them first.
pub(super) struct Promise<'p> {
    pub subject: &'p Subject,
    pub stated: Vec<(&'p Artifact, &'p Contract)>,
    /// Several features promise it.
    pub shared: bool,
}

impl<'p> Promise<'p> {
    /// The error cases on which all documents that state any agree; that they differ is another
    /// finding.
    pub fn errors(&self) -> Vec<(&'p Artifact, &'p ErrorCase)> {
        let speaking: Vec<_> =
            self.stated.iter().filter(|(_, one)| !one.error_cases.is_empty()).collect();
        let Some((artifact, first)) = speaking.first() else { return Vec::new() };
        let agreed = |case: &&ErrorCase| {
            speaking.iter().all(|(_, one)| one.error_cases.iter().any(|two| two.code == case.code))
        };
        first.error_cases.iter().filter(agreed).map(|case| (*artifact, case)).collect()
    }
}

impl<'p> Promised<'p> {
    pub fn of(project: &'p Project) -> Self {
        let mut stated: HashMap<&Subject, Vec<Stated<'p>>> = HashMap::new();
        let mut order = Vec::new();
        // What can be called or listened to; tables and types have a shape and nothing more.
        let called = |one: &Stated<'_>| {
            matches!(one.contract.subject, Subject::Endpoint { .. } | Subject::Event { .. })
        };
        for one in project.contracts().filter(called) {
            let subject = &one.contract.subject;
            let all = stated.entry(subject).or_insert_with(|| {
                order.push(subject);
                Vec::new()
            });
            all.push(one);
        }
        let mut promised = Promised {
            features: HashMap::new(),
            paths: HashSet::new(),
            all: order.clone(),
            unread: project.unread_contracts().next().is_some(),
        };
        promised.paths.extend(promised.all.iter().copied().filter_map(|one| match one {
            Subject::Endpoint { route, .. } => Some(route.key()),
            _ => None,
        }));
        let unwritten = without_interface(project);
        for subject in order {
            promised.add(project, &stated[subject], &unwritten);
        }
        promised
    }

    /// Gives a promise to the features that state it, rather than to those that only name it.
    fn add(&mut self, project: &'p Project, stated: &[Stated<'p>], unwritten: &HashSet<FeatureId>) {
        let offers = |one: &&Stated<'_>| {
            let facts = project.artifacts[one.artifact].facts();
            let section = one.contract.section;
            facts.is_some_and(|facts| !is_consumed(facts, section) && !is_for_later(facts, section))
        };
        let says = stated.iter().any(|one| one.contract.says_more());
        let stated_well = stated.iter().filter(|one| one.contract.says_more() || !says);
        let mut owners: Vec<FeatureId> =
            stated_well.filter(offers).filter_map(|one| one.feature).collect();
        owners.sort_unstable();
        owners.dedup();
        for &owner in owners.iter().filter(|owner| !unwritten.contains(owner)) {
            let own = stated.iter().filter(|one| one.feature == Some(owner));
            let stated: Vec<_> =
                own.map(|one| (&project.artifacts[one.artifact], one.contract)).collect();
            let Some((_, first)) = stated.first() else { continue };
            let shared = owners.len() > 1;
            let promise = Promise { subject: &first.subject, stated, shared };
            self.features.entry(owner).or_default().push(promise);
        }
    }

    pub fn by(&self, feature: FeatureId) -> &[Promise<'p>] {
        self.features.get(&feature).map_or(&[], Vec::as_slice)
    }

    /// Every endpoint and event of the project.
    pub fn all(&self) -> &[&'p Subject] {
        &self.all
    }

    /// Whether an endpoint has just this path, with `{}` for parameters.
    pub fn has_path(&self, key: &str) -> bool {
        self.paths.contains(key)
    }
}

/// Features whose interface is still owed: what they promise is not known.
fn without_interface(project: &Project) -> HashSet<FeatureId> {
    let missing = project.duties.iter().filter(|duty| {
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        deliverable.kind == Kind::Interface && matches!(duty.state, DutyState::Missing { .. })
    });
    let features = missing.filter_map(|duty| match duty.subject {
        Due::Feature(feature) => Some(feature),
        _ => None,
    });
    features.collect()
}
