//! Which kinds of tests of a feature were written, and of which there are results.

use std::collections::BTreeSet;

use super::Report;
use crate::model::Model;
use crate::model::phrases::flat;
use crate::project::{FeatureId, Project};
use crate::workflow::Kind;

/// Words that a kind of tests goes by in the names of files and suites.
const KINDS: [(&str, &[&str]); 4] = [
    ("unit", &["unit", "units"]),
    ("integration", &["integration"]),
    ("contract", &["contract", "contracts"]),
    ("edge case", &["edge"]),
];

/// The kinds of tests of a feature that its test evidence lists a file for and the reports tell
/// no result of. Nothing unless every result of the feature says which kind it is of: "All suites
/// of Accounts" may be of every kind.
pub(super) fn unreported(
    project: &Project,
    feature: FeatureId,
    reports: &[Report<'_>],
) -> Vec<&'static str> {
    let names = |text: &str| project.names.named_in(text).contains(&feature);
    let mut given = BTreeSet::new();
    for report in reports {
        if report.model.told.iter().any(|span| names(report.facts.text_of(*span))) {
            return Vec::new();
        }
        for suite in report.model.suites.iter().filter(|suite| names(&suite.context)) {
            let (own, row) = (kinds(&suite.key), kinds(report.facts.text_of(suite.span)));
            // What a test runner printed, by paths, is seldom pasted whole.
            if own.is_empty() || suite.name.contains('/') {
                return Vec::new();
            }
            given.extend(own.into_iter().chain(row));
        }
    }
    // "Accounts integration" may be the run of everything in this phase.
    if given.is_empty() || given.iter().eq(["integration"].iter()) {
        return Vec::new();
    }
    written(project, feature).into_iter().filter(|kind| !given.contains(kind)).collect()
}

/// The kinds of tests that the test evidence of a feature, and of no other, lists a file for.
fn written(project: &Project, feature: FeatureId) -> BTreeSet<&'static str> {
    let own = project.documents(Kind::TestEvidence);
    let own = own.filter(|(artifact, _)| artifact.features == [feature]);
    let files = own.filter_map(|(artifact, facts)| match &artifact.model {
        Model::Evidence(evidence) => Some((facts, &evidence.files)),
        _ => None,
    });
    let paths = files.flat_map(|(facts, files)| {
        files.iter().filter(|file| file.test).map(move |file| kinds(facts.text_of(file.span)))
    });
    paths.filter(|kinds| kinds.len() == 1).flatten().collect()
}

fn kinds(text: &str) -> Vec<&'static str> {
    let words = flat(text);
    let says = |known: &[&str]| words.split(' ').any(|word| known.contains(&word));
    KINDS.iter().filter(|(_, known)| says(known)).map(|(kind, _)| *kind).collect()
}
