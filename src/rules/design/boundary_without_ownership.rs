use super::{Lack, says_anything};
use crate::base::Level;
use crate::finding::Finding;
use crate::model::Model;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "boundary-without-ownership",
    summary: "a feature's boundary does not say what the feature owns",
    promises: &["S2.4"],
    level: Level::Deny,
    page: include_str!("../../../rules/boundary-without-ownership.md"),
    check: Check::Artifact(&[Kind::Architecture], check),
};

const LACK: Lack = Lack {
    of_one: "does not say what the feature owns",
    of_all: "no boundary says what its feature owns",
    help: "list the routes, tables and state that belong to the feature alone, under \"Owns\"",
};

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return;
    };
    let lacking = model.boundaries.iter().filter(|one| !one.says_owned);
    let lacking: Vec<_> = lacking.filter(|one| says_anything(facts, one)).collect();
    LACK.say(artifact, model.boundaries.len(), &lacking, out);
}
