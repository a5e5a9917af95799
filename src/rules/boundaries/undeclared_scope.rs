use super::{SINGLE, named};
use crate::base::Level;
use crate::base::words::{closest, few};
use crate::finding::Finding;
use crate::ledger::{Ledger, Listed, UnknownShare};
use crate::project::{FeatureId, Project};
use crate::rules::agreement::reporting_phase;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "undeclared-scope",
    summary: "a feature was built in files that nothing says it owns",
    promises: &["S2.14"],
    level: Level::Warn,
    page: include_str!("../../../rules/undeclared-scope.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    let work = &ledger.work;
    match &work.unbounded[..] {
        many if many.len() > SINGLE => out.push(unbounded(project, many)),
        few => out.extend(few.chunks(1).map(|one| unbounded(project, one))),
    }
    out.extend(work.listed.iter().map(|one| listed(project, one)));
    out.extend(work.unknown.iter().map(|one| unknown(project, one)));
}

/// Features that were built and list nothing.
fn unbounded(project: &Project, features: &[FeatureId]) -> Finding {
    let first = &project.features[features[0]];
    let (artifact, span) = first.declared;
    let (say, it) = if features.len() == 1 { ("says", "it owns") } else { ("say", "they own") };
    let names: Vec<&str> = features.iter().map(|&id| &*project.features[id].name).collect();
    let message = format!(
        "{} {say} nothing of the files that {it}, while other features do, so that nobody can tell \
         whether the work stayed inside",
        few(&names, SINGLE)
    );
    let help = format!(
        "list the files and folders under `Paths` in the boundary, or in gatecheck.toml under \
         `[features.{}]`",
        first.slug
    );
    let finding = Finding::at(&project.artifacts[artifact].path, span, message).help(help);
    let finding = match names.len() {
        1 => finding.subject(&*first.name),
        _ => finding.subject("features").members(names.into_iter().map(str::to_owned)),
    };
    gated(project, finding, features[0])
}

/// Files that evidence lists and that are not the feature's.
fn listed(project: &Project, one: &Listed) -> Finding {
    let artifact = &project.artifacts[one.artifact];
    let paths: Vec<&str> = one.files.iter().map(|(_, path)| path.as_str()).collect();
    let name = &project.features[one.feature].name;
    let verb = if paths.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{} {verb} listed here and outside of the paths that {name} owns",
        few(&paths, SINGLE)
    );
    let help = format!(
        "add to the paths of {name} what is its own, and report the rest as a deviation that names \
         it; `shared` in gatecheck.toml lists what everybody may change"
    );
    let (place, span) = &one.place;
    let finding = Finding::at(&artifact.path, one.files[0].0, message)
        .help(help)
        .subject(format!("files of {}", named(project, &[one.feature])))
        .members(paths.into_iter().map(str::to_owned))
        .related(place, Some(*span), format!("{name} says here what it owns"));
    gated(project, finding, one.feature)
}

/// A name in the configuration that is no feature's.
fn unknown(project: &Project, one: &UnknownShare) -> Finding {
    let (path, span) = &one.place;
    let message = format!("`{}` is no feature, so that nothing is held to its paths", one.name);
    let slugs = project.features.iter().map(|feature| &*feature.slug);
    let help = match closest(&one.name, slugs) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a feature as its interface does, or as its boundary calls it".to_owned(),
    };
    let finding = Finding::at(path, *span, message).help(help).subject(&*one.name);
    match reporting_phase(project) {
        Some(phase) => finding.gate(0, phase),
        None => finding,
    }
}

fn gated(project: &Project, finding: Finding, feature: FeatureId) -> Finding {
    match reporting_phase(project) {
        Some(phase) => finding.gate(project.features[feature].iteration, phase),
        None => finding,
    }
}
