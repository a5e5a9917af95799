//! Rules about what the tests of each feature are said to test (S2.13).

mod coverage_target_low;
mod covering;
mod endpoint_not_tested;
mod error_case_not_tested;
mod paths;
mod promised;
mod test_kind_missing;
mod unknown_contract_tested;

use super::Rule;
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::evidence::Tests;
use crate::model::evidence::files::lists_tests;
use crate::model::evidence::tested::Line;
use crate::project::{Artifact, Duty, DutyState, FeatureId, Project, Subject};
use crate::workflow::Kind;

pub static RULES: &[&Rule] = &[
    &endpoint_not_tested::RULE,
    &error_case_not_tested::RULE,
    &unknown_contract_tested::RULE,
    &test_kind_missing::RULE,
    &coverage_target_low::RULE,
];

/// The test evidence of one feature.
struct Tested<'p> {
    duty: &'p Duty,
    feature: FeatureId,
    parts: Vec<Part<'p>>,
}

/// A document of test evidence, or the section that stands for one.
#[derive(Clone, Copy)]
struct Part<'p> {
    artifact: &'p Artifact,
    facts: &'p DocumentFacts,
    tests: &'p Tests,
    extent: Span,
    heading: Span,
}

/// The test evidence of every feature that has any. Evidence that names no test file is none yet,
/// and its own finding.
fn tested(project: &Project) -> Vec<Tested<'_>> {
    let phases = &project.workflow.phases;
    let due = project.duties.iter().filter(|duty| {
        phases[duty.phase].deliverables[duty.deliverable].kind == Kind::TestEvidence
    });
    let read = due.filter_map(|duty| {
        let Subject::Feature(feature) = duty.subject else { return None };
        let parts: Vec<Part> = match &duty.state {
            DutyState::Done(all) => {
                all.iter().filter_map(|&id| Part::of(&project.artifacts[id], None)).collect()
            }
            &DutyState::Within(id, section) => {
                let artifact = &project.artifacts[id];
                let section = artifact.facts().map(|facts| facts.section(section));
                let part =
                    section.and_then(|one| Part::of(artifact, Some((one.extent, one.heading))));
                part.into_iter().collect()
            }
            _ => Vec::new(),
        };
        let lists = parts.iter().any(|part| lists_tests(part.facts, part.extent));
        lists.then_some(Tested { duty, feature, parts })
    });
    read.collect()
}

impl<'p> Part<'p> {
    fn of(artifact: &'p Artifact, section: Option<(Span, Span)>) -> Option<Self> {
        let (Model::Evidence(evidence), Some(facts)) = (&*artifact.model, artifact.facts()) else {
            return None;
        };
        let whole = || (Span::new(0, facts.text.len()), facts.beginning());
        let (extent, heading) = section.unwrap_or_else(whole);
        Some(Part { artifact, facts, tests: &evidence.tests, extent, heading })
    }

    /// The lines that say that something is tested.
    fn lines(self) -> impl Iterator<Item = &'p Line> {
        let inside = self.tests.lines.iter().filter(move |line| self.extent.covers(line.span));
        inside.filter(|line| !line.denied)
    }

    fn text(self, span: Span) -> &'p str {
        self.facts.text_of(span)
    }
}

impl<'p> Tested<'p> {
    fn name<'a>(&self, project: &'a Project) -> &'a str {
        &project.features[self.feature].name
    }

    fn lines(&self) -> impl Iterator<Item = (Part<'p>, &'p Line)> {
        self.parts.iter().flat_map(|&part| part.lines().map(move |line| (part, line)))
    }

    /// A finding in the gate of this evidence: at a place of it, or where it begins.
    fn finding(&self, place: Option<(Part<'_>, Span)>, message: String) -> Option<Finding> {
        let &first = self.parts.first()?;
        let (part, span) = place.unwrap_or((first, first.heading));
        let finding = Finding::at(&part.artifact.path, span, message);
        Some(finding.gate(self.duty.iteration, self.duty.phase))
    }
}
