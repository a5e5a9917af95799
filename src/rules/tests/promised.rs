//! The endpoints and events of each feature.

use std::collections::{HashMap, HashSet};

use super::paths::{Methods, Paths};
use crate::model::contract::{Contract, ErrorCase, Mention, Subject};
use crate::project::offers::Place;
use crate::project::{Artifact, DutyState, FeatureId, Project, Subject as Due};
use crate::workflow::Kind;

/// What can be called or listened to, wherever the project states it.
pub(super) struct Promised<'p> {
    /// For each feature its promises, in the order of the documents.
    features: HashMap<FeatureId, Vec<Promise<'p>>>,
    /// The paths of all endpoints.
    paths: Paths<'p>,
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
        let mut promised = Promised {
            features: HashMap::new(),
            paths: Paths::default(),
            unread: project.unread_contracts().next().is_some(),
        };
        let unwritten = without_interface(project);
        for offer in project.offers() {
            let stated = |place: &Place| {
                let contract = project.contract_at(*place)?;
                Some((place.feature, &project.artifacts[place.artifact], contract))
            };
            let mut stated: Vec<_> = offer.stated.iter().filter_map(stated).collect();
            let Some((_, _, first)) = stated.first() else { continue };
            if let Subject::Endpoint { method, route } = &first.subject {
                promised.paths.add(*method, route.key());
            }
            stated.sort_by_key(|(feature, ..)| *feature);
            let shared = offer.by.len() > 1;
            for of_one in stated.chunk_by(|(one, ..), (other, ..)| one == other) {
                let [(Some(feature), _, first), ..] = of_one else { continue };
                if offer.by.binary_search(feature).is_err() || unwritten.contains(feature) {
                    continue;
                }
                let stated = of_one.iter().map(|&(_, artifact, one)| (artifact, one)).collect();
                let promise = Promise { subject: &first.subject, stated, shared };
                promised.features.entry(*feature).or_default().push(promise);
            }
        }
        promised
    }

    pub fn by(&self, feature: FeatureId) -> &[Promise<'p>] {
        self.features.get(&feature).map_or(&[], Vec::as_slice)
    }

    /// The paths of every endpoint of the project, whoever promises it.
    pub fn paths(&self) -> &Paths<'p> {
        &self.paths
    }

    /// Whether a mention means any endpoint of the project, as [`super::covering::fits`] asks of a
    /// single one. A pattern that stands for many paths is not asked for.
    pub fn knows(&self, mention: &Mention) -> bool {
        let asked = Methods::of(mention);
        match self.paths.methods(mention.route.key()) {
            Some(methods) => methods.meet(asked),
            None => self.paths.end_like(mention.route.key(), asked),
        }
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
