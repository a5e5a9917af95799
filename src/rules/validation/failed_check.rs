use std::cell::LazyCell;

use super::stories::{Wanted, journeys, stories};
use super::{documents, governing, title};
use crate::base::Level;
use crate::facts::{DocumentFacts, SectionId};
use crate::finding::Finding;
use crate::model::failed_rows::{self, FailedRow};
use crate::model::ids;
use crate::model::phrases::{self, has_any, listed};
use crate::model::validation::Decision;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "failed-check",
    summary: "a check failed, and the document approves all the same",
    promises: &["S2.16", "S2.17"],
    level: Level::Deny,
    page: include_str!("../../../rules/failed-check.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let wanted = LazyCell::new(|| {
        let mut wanted = stories(project);
        wanted.extend(journeys(project, &wanted));
        wanted
    });
    // A story or journey that failed has a finding of its own.
    let told = |facts: &DocumentFacts, row: &FailedRow| {
        let about = ids::within(facts, row.name);
        let is_about = |wanted: &Wanted<'_>| about.iter().any(|one| one.covers(wanted.id));
        !about.is_empty() && wanted.iter().any(is_about)
    };
    let governing = governing(project);
    for document in documents(project) {
        let own = |path| path == &document.artifact.path;
        let mut verdicts = governing.iter().filter(|one| own(&one.document.artifact.path));
        let Some(first) = verdicts.next() else { continue };
        let approves = |decision| decision == Decision::Approve;
        if !approves(first.verdict.decision) || !verdicts.all(|one| approves(one.verdict.decision))
        {
            continue;
        }
        let who = title(project, first.due.role);
        for row in failed_rows::read(document.facts) {
            if !told(document.facts, &row) {
                let found = failed(document.artifact, document.facts, &row);
                out.push(first.in_gates(found.help(format!(
                    "fix what failed, check it again and add the new result, or let the {who} reject"
                ))));
            }
        }
    }
    let released = project.artifacts.iter().filter(|artifact| artifact.kind == Kind::Document);
    for artifact in released.filter(|artifact| artifact.deliverable.is_some()) {
        let Some(facts) = artifact.facts() else { continue };
        let rows = failed_rows::read(facts).into_iter();
        out.extend(rows.filter(|row| is_release(facts, row.section)).map(|row| {
            failed(artifact, facts, &row)
                .help("fix what failed, check it again and add the new result")
        }));
    }
}

fn failed(artifact: &Artifact, facts: &DocumentFacts, row: &FailedRow) -> Finding {
    let name = phrases::title(facts.text_of(row.name));
    Finding::at(
        &artifact.path,
        row.span,
        format!("the last result of the check {name} is a failure"),
    )
    .subject(name)
}

/// Whether a heading around a place is about the checks of a release.
fn is_release(facts: &DocumentFacts, section: SectionId) -> bool {
    let mut at = Some(section);
    while let Some(id) = at {
        let section = facts.section(id);
        let named = listed!(
            "final validation|smoke test|smoke tests|smoke testing|health check|health checks|\
            deployment validation|deployment verification|release validation|\
            release verification|post deployment|production validation|production verification"
        );
        if has_any(&section.name, named) {
            return true;
        }
        at = section.parent;
    }
    false
}
