//! Which kinds of tests of a feature were written, and of which there are results.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::Report;
use crate::base::words::holds;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::model::integration::Suite;
use crate::project::{FeatureId, Project};
use crate::workflow::Kind;

/// Words that a kind of tests goes by in the names of files and suites.
const KINDS: [(&str, &[&str]); 4] = [
    ("unit", &["unit", "units"]),
    ("integration", &["integration"]),
    ("contract", &["contract", "contracts"]),
    ("edge case", &["edge"]),
];

/// The results that reports give, by the features that they name.
pub(super) struct Results<'p> {
    suites: HashMap<FeatureId, Vec<(&'p DocumentFacts, &'p Suite)>>,
    /// Features with a result in prose.
    told: HashSet<FeatureId>,
    /// Some result in prose names no feature, so that it may be that of all.
    pub of_all: bool,
}

impl<'p> Results<'p> {
    pub fn of(project: &Project, reports: &[Report<'p>]) -> Self {
        let mut results = Self { suites: HashMap::new(), told: HashSet::new(), of_all: false };
        for report in reports {
            let suites = &report.model.suites;
            let named = suites.par_iter().map(|suite| project.names.named_in(&suite.context));
            for (suite, named) in suites.iter().zip(named.collect::<Vec<_>>()) {
                for feature in named {
                    results.suites.entry(feature).or_default().push((report.facts, suite));
                }
            }
            for span in &report.model.told {
                let named = project.names.named_in(report.facts.text_of(*span));
                results.of_all |= named.is_empty();
                results.told.extend(named);
            }
        }
        results
    }

    /// The features that any result names.
    pub fn features(&self) -> HashSet<FeatureId> {
        self.suites.keys().chain(&self.told).copied().collect()
    }

    /// The kinds of tests of a feature that its test evidence lists a file for and the reports
    /// tell no result of. Nothing unless every result of the feature says which kind it is of:
    /// "All suites of Accounts" may be of every kind.
    pub fn missing(&self, feature: FeatureId, written: &Written) -> Vec<&'static str> {
        if self.told.contains(&feature) {
            return Vec::new();
        }
        let mut given = BTreeSet::new();
        for (facts, suite) in self.suites.get(&feature).into_iter().flatten() {
            let own = kinds(&suite.key);
            // What a test runner printed, by paths, is seldom pasted whole.
            if own.is_empty() || suite.name.contains('/') {
                return Vec::new();
            }
            given.extend(own.into_iter().chain(kinds(facts.text_of(suite.span))));
        }
        // "Accounts integration" may be the run of everything in this phase.
        if given.is_empty() || given.iter().eq(["integration"].iter()) {
            return Vec::new();
        }
        let written = written.0.get(&feature).into_iter().flatten();
        written.copied().filter(|kind| !given.contains(kind)).collect()
    }
}

/// The kinds of tests that the test evidence of each feature, and of no other, lists a file for.
pub(super) struct Written(HashMap<FeatureId, BTreeSet<&'static str>>);

impl Written {
    pub fn of(project: &Project) -> Self {
        let mut written: HashMap<FeatureId, BTreeSet<&'static str>> = HashMap::new();
        for (artifact, facts) in project.documents(Kind::TestEvidence) {
            let (Model::Evidence(evidence), &[feature]) = (&*artifact.model, &*artifact.features)
            else {
                continue;
            };
            for file in evidence.files.iter().filter(|file| file.test) {
                if let [kind] = kinds(facts.text_of(file.span))[..] {
                    written.entry(feature).or_default().insert(kind);
                }
            }
        }
        Self(written)
    }
}

fn kinds(text: &str) -> Vec<&'static str> {
    let words = || text.split(|c: char| !c.is_alphanumeric());
    let says = |known: &[&str]| {
        known
            .iter()
            .any(|known| holds(text, known) && words().any(|word| word.eq_ignore_ascii_case(known)))
    };
    KINDS.iter().filter(|(_, known)| says(known)).map(|(kind, _)| *kind).collect()
}
