use std::collections::HashSet;

use super::{Lack, says_anything};
use crate::base::{Level, Span};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::{Architecture, Boundary};
use crate::project::features::{Match, Name};
use crate::project::{Artifact, FeatureId, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "boundary-without-contract",
    summary: "a feature's boundary neither states a contract nor points to its interface",
    promises: &["S2.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/boundary-without-contract.md"),
    check: Check::Artifact(&[Kind::Architecture], check),
};

const LACK: Lack = Lack {
    of_one: "states no contract and points to no interface document",
    of_all: "no boundary states a contract or points to an interface document",
    help: "write what others can call and what they get back, under \"API Contract\", or link the \
           feature's INTERFACE document",
};

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return;
    };
    let pointed = Pointed::of(project, facts, model);
    let lacking: Vec<&Boundary> = model
        .boundaries
        .iter()
        .filter(|one| !one.has_contract && says_anything(facts, one))
        .filter(|one| !pointed.at(project, one))
        .collect();
    LACK.say(artifact, model.boundaries.len(), &lacking, out);
}

/// The interface files that a document names.
struct Pointed {
    /// Where it names them, sorted.
    places: Vec<Span>,
    /// A name stands for all of them, `INTERFACE-*.md`, and so for every feature's.
    all: bool,
    /// The features whose interface is among them.
    features: HashSet<FeatureId>,
}

impl Pointed {
    fn of(project: &Project, facts: &DocumentFacts, model: &Architecture) -> Self {
        let written = || model.interfaces.iter().map(|&span| facts.text_of(span));
        let file = |written: &str| written.rsplit('/').next().unwrap_or(written).to_lowercase();
        let files: HashSet<String> = written().map(file).collect();
        let interfaces = project.documents(Kind::Interface);
        let named = interfaces.filter(|(one, _)| files.contains(&one.path.name().to_lowercase()));
        let mut places = model.interfaces.clone();
        places.sort_unstable();
        Self {
            places,
            all: written().any(|written| written.contains(['*', '{', '[', '<'])),
            features: named.flat_map(|(artifact, _)| artifact.features.iter().copied()).collect(),
        }
    }

    /// Whether a boundary names an interface file, or the document names that of its feature.
    fn at(&self, project: &Project, boundary: &Boundary) -> bool {
        let from = self.places.partition_point(|place| place.start < boundary.extent.start);
        let inside = self.places.get(from).is_some_and(|place| boundary.extent.covers(*place));
        let name = Name::new(&boundary.name, boundary.label.as_deref());
        let own = || match project.names.find(&name) {
            Match::One(feature) => self.features.contains(&feature),
            _ => false,
        };
        inside || self.all || own()
    }
}
