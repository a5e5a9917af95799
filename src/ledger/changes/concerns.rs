//! Whom a change concerns.

use std::collections::HashMap;

use crate::project::{FeatureId, Project};

/// Which features need each feature, by all design documents.
#[derive(Debug, Default)]
pub struct Dependents(HashMap<FeatureId, Vec<FeatureId>>);

impl Dependents {
    pub fn of(project: &Project) -> Self {
        let mut dependents: HashMap<FeatureId, Vec<FeatureId>> = HashMap::new();
        let feature = |node: usize| project.graph().nodes[node].feature;
        for edge in project.graph().edges.iter().filter(|edge| edge.stated().is_some()) {
            if let (Some(from), Some(to)) = (feature(edge.from), feature(edge.to)) {
                dependents.entry(to).or_default().push(from);
            }
        }
        Self(dependents)
    }

    pub fn on(&self, feature: FeatureId) -> &[FeatureId] {
        self.0.get(&feature).map_or(&[], Vec::as_slice)
    }

    /// The owners of a promise, then those that use it and those that need the owners.
    pub fn concerned(
        &self,
        owners: impl IntoIterator<Item = FeatureId>,
        users: impl IntoIterator<Item = FeatureId>,
    ) -> Vec<FeatureId> {
        let mut all: Vec<FeatureId> = Vec::new();
        let add = |all: &mut Vec<FeatureId>, one| {
            if !all.contains(&one) {
                all.push(one);
            }
        };
        owners.into_iter().for_each(|owner| add(&mut all, owner));
        let owners = all.len();
        users.into_iter().for_each(|user| add(&mut all, user));
        for at in 0..owners {
            self.on(all[at]).iter().for_each(|&one| add(&mut all, one));
        }
        all
    }
}
