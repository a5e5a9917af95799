use crate::base::Level;
use crate::base::words::{either, normalize};
use crate::finding::Finding;
use crate::model::Model;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "undeclared-interface",
    summary: "an interface document belongs to no feature that the architecture declares",
    promises: &["S2.3"],
    level: Level::Deny,
    page: include_str!("../../../rules/undeclared-interface.md"),
    check: Check::Artifact(&[Kind::Interface], check),
};

/// More features than this are not worth naming.
const NAMED: usize = 8;

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let declared = project.architectures().any(|(_, _, model)| !model.boundaries.is_empty());
    let belongs = !artifact.features.is_empty() || !artifact.candidates.is_empty();
    let Some(facts) = artifact.facts() else { return };
    if !declared || belongs || is_known(artifact, project) {
        return;
    }
    let names: Vec<&str> = project.features.iter().map(|one| one.name.as_str()).collect();
    let message = "this interface belongs to no feature that the architecture declares";
    out.push(
        Finding::at(&artifact.path, facts.beginning(), message)
            .help(format!(
                "declare the feature in the architecture, or name the file after {}",
                either(&names, NAMED)
            ))
            .subject(artifact.path.name()),
    );
}

/// Whether a design document speaks of the file, or of the thing it is named after, so that it is
/// part of the design without being a feature's: a shared library.
fn is_known(artifact: &Artifact, project: &Project) -> bool {
    let file = artifact.path.name();
    let named = artifact.captures.get("feature").map(|name| normalize(name));
    project.artifacts.iter().any(|other| {
        let design = matches!(other.kind, Kind::Architecture | Kind::Dependencies);
        let (Model::Architecture(model), Some(facts), true) =
            (&*other.model, other.facts(), design)
        else {
            return false;
        };
        let points = |span: &crate::base::Span| facts.text_of(*span).ends_with(file);
        let planned = |name: &str| named.as_ref().is_some_and(|named| normalize(name) == *named);
        model.interfaces.iter().any(points)
            || model.scheduled.iter().any(|line| planned(&line.name))
            || facts.sections.iter().any(|section| planned(&section.name))
    })
}
