//! Rules about work and its boundaries: what a feature changed, against what it owns.

mod outside_boundary;
mod outside_role;
mod unattributed_work;
mod undeclared_scope;
mod unknown_committer;

use super::Rule;
use crate::base::words::list;
use crate::project::{FeatureId, Project};

pub static RULES: &[&Rule] = &[
    &outside_boundary::RULE,
    &undeclared_scope::RULE,
    &unattributed_work::RULE,
    &outside_role::RULE,
    &unknown_committer::RULE,
];

/// More things than this of one sort have one cause, and so one finding.
const SINGLE: usize = 3;

/// The names of features, as a sentence has them.
fn named(project: &Project, features: &[FeatureId]) -> String {
    let names: Vec<&str> = features.iter().map(|&id| &*project.features[id].name).collect();
    list(&names)
}
