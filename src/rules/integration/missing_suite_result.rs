use std::collections::{HashMap, HashSet};

use super::kinds::{Results, Written};
use super::{Report, report, reported};
use crate::base::words::{few, list};
use crate::base::{Level, RepoPath, Span};
use crate::finding::Finding;
use crate::model::integration::Suite;
use crate::model::outcome::Outcome;
use crate::model::phrases::{flat, has_any, listed};
use crate::project::{Artifact, DutyState, FeatureId, Project, Subject};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "missing-suite-result",
    summary: "the integration report has no result for a suite, or for the tests of a feature",
    promises: &["S2.15"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-suite-result.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    project.artifacts.iter().filter_map(report).for_each(|report| open(&report, out));
    let written = Written::of(project);
    // Iterations share their reports, which are read once.
    let mut read: HashMap<Vec<&RepoPath>, Read<'_>> = HashMap::new();
    for (duty, reports) in reported(project) {
        let iteration = &project.iterations[duty.iteration].id;
        let Some((report, place)) = place(&reports, iteration) else { continue };
        let paths = reports.iter().map(|report| &report.artifact.path).collect();
        let read = read.entry(paths).or_insert_with(|| Read::of(project, &reports));
        let Some(covered) = &read.covered else { continue };
        let missing = |message: String, subject: String| {
            Finding::at(&report.path, place, message)
                .help("add the last result of each of its suites")
                .subject(subject)
                .gate(duty.iteration, duty.phase)
        };
        let (given, absent): (Vec<_>, Vec<_>) =
            tested(project, duty.iteration).partition(|id| covered.contains(id));
        for feature in absent {
            let name = &project.features[feature].name;
            let message = format!("no test result of feature \"{name}\" is reported");
            out.push(missing(message, name.clone()));
        }
        for feature in given {
            let kinds = read.results.missing(feature, &written);
            if !kinds.is_empty() {
                let (name, kinds) = (&project.features[feature].name, list(&kinds));
                let message = format!("no result of the {kinds} tests of \"{name}\" is reported");
                out.push(missing(message, format!("{name}: {kinds}")));
            }
        }
    }
}

/// What the reports of a duty say.
struct Read<'p> {
    results: Results<'p>,
    /// The features that have results. Nothing where results are sorted by kinds of tests rather
    /// than by features, or told in prose: then they may be those of all.
    covered: Option<HashSet<FeatureId>>,
}

impl<'p> Read<'p> {
    fn of(project: &Project, reports: &[Report<'p>]) -> Self {
        let results = Results::of(project, reports);
        let named = results.features();
        let of_all = results.of_all || reports.iter().any(says_all_pass);
        let silent = reports.iter().all(|report| report.model.suites.is_empty()) && !of_all;
        Self { covered: (!named.is_empty() || silent).then_some(named), results }
    }
}

/// The suites that a report lists without a result.
fn open(report: &Report<'_>, out: &mut Vec<Finding>) {
    // More suites than this were left out for one reason, and so make one finding.
    const SINGLE: usize = 3;
    let suites = report.model.suites.iter().filter(|suite| suite.outcome == Outcome::Open);
    let suites: Vec<_> = suites.collect();
    let finding = |suite: &Suite, message: String| {
        Finding::at(&report.artifact.path, suite.span, message)
            .help("run the suite and add its result")
    };
    if suites.len() <= SINGLE {
        out.extend(suites.iter().map(|suite| {
            let message = format!("the suite \"{}\" has no result", suite.name);
            finding(suite, message).subject(&suite.key)
        }));
    } else {
        let names: Vec<String> = suites.iter().map(|suite| format!("\"{}\"", suite.name)).collect();
        let message = format!("the suites {} have no result", few(&names, SINGLE));
        let keys = suites.iter().map(|suite| suite.key.clone());
        out.push(finding(suites[0], message).subject("suites without a result").members(keys));
    }
}

/// Where the results of an iteration stand, else any. Without such a section that section is what
/// is missing.
fn place<'p>(reports: &[Report<'p>], iteration: &str) -> Option<(&'p Artifact, Span)> {
    let named = format!(" iteration {} ", iteration.to_lowercase());
    let is_own = |report: &Report<'_>, place: Span| {
        let mut around = report.facts.outward(report.facts.section_at(place));
        around.any(|(_, section)| format!(" {} ", section.name).contains(&named))
    };
    let all = reports
        .iter()
        .flat_map(|report| report.model.results.iter().map(move |one| (report, *one)));
    let own = all.clone().find(|&(report, place)| is_own(report, place));
    own.or_else(|| all.clone().next()).map(|(report, place)| (report.artifact, place))
}

fn says_all_pass(report: &Report<'_>) -> bool {
    let words = flat(&report.facts.text);
    has_any(
        &words,
        listed!("tests pass|tests passed|tests passing|suites pass|all green|all pass|all passed"),
    )
}

/// The features of an iteration whose tests are there.
fn tested(project: &Project, iteration: usize) -> impl Iterator<Item = FeatureId> {
    let duties = project.due_in(iteration).iter();
    let tests = duties.filter(|duty| {
        let phase = &project.workflow.phases[duty.phase];
        phase.deliverables[duty.deliverable].kind == Kind::TestEvidence
            && matches!(duty.state, DutyState::Done(_) | DutyState::Within(..))
    });
    tests.filter_map(|duty| match duty.subject {
        Subject::Feature(id) => Some(id),
        _ => None,
    })
}
